"""What the words of a post tell of its holder: whether he is 一把手, whether he is 纪检干部; the words are data."""

import tomllib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostWords:
    """Words that stand within a post; those of a deputy go before those of a top leader."""

    discipline: tuple[str, ...]
    top: tuple[str, ...]
    deputy: tuple[str, ...]

    def of_discipline(self, post: str, unit: str) -> bool:
        """Tell whether a post, or the unit it belongs to, is one of discipline inspection."""
        return any(word in words for word in self.discipline for words in (post, unit))

    def leads(self, post: str) -> bool | None:
        """Tell whether the holder is the top leader; None for a post that leaves it open, as 局长 of a department."""
        if any(word in post for word in self.deputy):
            return False
        return True if any(word in post for word in self.top) else None


def load_post_words(toml_text: str) -> PostWords:
    """Return the words as they are written down; KeyError for a file that is not what it should be."""
    data = tomllib.loads(toml_text)
    return PostWords(**{name: tuple(data[name]["words"]) for name in ("discipline", "top", "deputy")})

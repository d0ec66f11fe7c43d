"""Standing words of the papers, out of ``resources/rules/papers.toml`` or of what the unit made of it."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from paizhu.base import paths


class Wording:
    """The words of one family of papers, by name."""

    def __init__(self, words: Mapping[str, str | list[str]]) -> None:
        self._words = words

    def __getitem__(self, name: str) -> str:
        found = self._words[name]
        return found if isinstance(found, str) else "\n".join(found)

    def points(self, name: str) -> tuple[str, ...]:
        """Return words that are given as numbered points."""
        found = self._words[name]
        return (found,) if isinstance(found, str) else tuple(found)


@lru_cache(maxsize=8)
def load(text: str) -> Mapping[str, Wording]:
    """Return the words by family of papers, out of the text of such a file."""
    return {family: Wording(words) for family, words in tomllib.loads(text).items()}


def shipped(family: str) -> Wording:
    """Return the words that come with the program."""
    return load((paths.resources() / "rules" / "papers.toml").read_text(encoding="utf-8"))[family]

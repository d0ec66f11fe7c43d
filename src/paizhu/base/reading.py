"""Why a typed word could not be read: a code for programs and a Chinese sentence for the officer."""

import unicodedata


class ReadingError(ValueError):
    """Typed words that cannot be taken as the value meant; the message says what is expected."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


def narrowed(text: str) -> str:
    """Return the text in half-width form without any spaces, as every reader here expects it."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.split())


def quoted(text: object, longest: int = 20) -> str:
    """Return the officer's own words in quotation marks, cut when they are long."""
    words = " ".join(str(text).split())
    return f"“{words[:longest]}…”" if len(words) > longest else f"“{words}”"

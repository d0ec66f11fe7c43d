"""How long work says how far it is, whoever listens: a window, a terminal, or nobody."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_TELL_EVERY = 200

Progress = Callable[[str, int, int], None]
"""Told what is done now, how much of it, and of how much (0 while nobody knows); bytes where files are read or written.

It raises CancelledError to stop the work.
"""


def told(items: Sequence[T], words: str, progress: Progress) -> Iterator[T]:
    """Yield them all, and now and then tell how far it is."""
    for done, item in enumerate(items):
        if done % _TELL_EVERY == 0:
            progress(words, done, len(items))
        yield item


def taken(items: list[T], words: str, progress: Progress) -> Iterator[T]:
    """Take them all out of the list, the first first, and tell how far it is.

    Each is let go once it is done with: tens of thousands let go together would keep the window from the interpreter.
    """
    total = len(items)
    items.reverse()
    while items:
        if (done := total - len(items)) % _TELL_EVERY == 0:
            progress(words, done, total)
        yield items.pop()


def silent(_words: str, _done: int, _total: int) -> None:
    """Take no notice of how far the work is."""

"""How long work says how far it is, whoever listens: a window, a terminal, or nobody."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told what is done now, how much of it, and of how much (0 while nobody knows); bytes where files are read or written.

It raises CancelledError to stop the work.
"""


def silent(_words: str, _done: int, _total: int) -> None:
    """Take no notice of how far the work is."""

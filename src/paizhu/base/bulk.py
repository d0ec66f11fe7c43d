"""Long runs over many rows, in which Python is to look for cyclic garbage seldom."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (200_000, 20, 100)
"""Containers made between two searches. Python's own 700 means one search every few rows of a ledger, each over all
that is alive: a sixth of an import. Rows are freed by counting references; only cycles wait for a search."""
_counting = threading.Lock()
_running = 0
_usual = gc.get_threshold()


@contextmanager
def many_rows() -> Iterator[None]:
    """Search for garbage seldom until the block is left; blocks may overlap, in several threads too."""
    global _running, _usual  # noqa: PLW0603  # the collector is one for the whole process
    with _counting:
        if not _running:
            _usual = gc.get_threshold()
            gc.set_threshold(*_SELDOM)
        _running += 1
    try:
        yield
    finally:
        with _counting:
            _running -= 1
            if not _running:
                gc.set_threshold(*_usual)

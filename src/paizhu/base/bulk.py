"""Long runs over many rows, in which Python looks for cyclic garbage seldom and hands over between threads often."""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (200_000, 20, 100)
"""Containers made between two searches. Python's own 700 means one search every few rows of a ledger, each over all
that is alive: a sixth of an import. Rows are freed by counting references; only cycles wait for a search."""
HAND_OVER = 0.0005
"""Seconds a thread works on while another waits for its turn. With Python's own 0.005 the thread that stores rows waits
ten times as long after every statement, and the window for everything it reads and paints while others work."""
_counting = threading.Lock()
_running = 0
_usual = gc.get_threshold(), sys.getswitchinterval()


def is_running() -> bool:
    """Tell whether such a run goes on in any thread."""
    return _running > 0


@contextmanager
def many_rows() -> Iterator[None]:
    """Work so until the block is left; blocks may overlap, in several threads too."""
    global _running, _usual  # noqa: PLW0603  # the collector is one for the whole process
    with _counting:
        if not _running:
            _usual = gc.get_threshold(), sys.getswitchinterval()
            gc.set_threshold(*_SELDOM)
            sys.setswitchinterval(HAND_OVER)
        _running += 1
    try:
        yield
    finally:
        with _counting:
            _running -= 1
            if not _running:
                threshold, interval = _usual
                gc.set_threshold(*threshold)
                sys.setswitchinterval(interval)

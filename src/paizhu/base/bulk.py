"""Work beside the window, which hands over between threads often, and long runs over many rows, in which Python also
looks for cyclic garbage seldom.
"""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_SELDOM = (200_000, 20, 100)
"""Containers made between two searches. Python's own 700 means one search every few rows of a ledger, each over all
that is alive: a sixth of an import. Rows are freed by counting references; only cycles wait for a search."""
HAND_OVER = 0.0005
"""Seconds a thread works on while another waits for its turn. With Python's own 0.005 the thread that stores rows waits
ten times as long after every statement, and the window for everything it reads and paints while others work."""


class _Setting:
    """A measure of the whole process that is another for as long as anybody in any thread needs it so."""

    def __init__(self, change: Callable[[], Callable[[], None]]) -> None:
        self._change = change
        self._counting = threading.Lock()
        self._back: Callable[[], None] | None = None
        self.wanted = 0

    @contextmanager
    def changed(self) -> Iterator[None]:
        """Keep it changed until the block is left; blocks may overlap."""
        with self._counting:
            if not self.wanted:
                self._back = self._change()
            self.wanted += 1
        try:
            yield
        finally:
            with self._counting:
                self.wanted -= 1
                if not self.wanted and self._back:
                    self._back()


def _search_seldom() -> Callable[[], None]:
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    return lambda: gc.set_threshold(*usual)


def _hand_over_often() -> Callable[[], None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(HAND_OVER)
    return lambda: sys.setswitchinterval(usual)


_searching, _handing_over = _Setting(_search_seldom), _Setting(_hand_over_often)


def is_running() -> bool:
    """Tell whether a run over many rows goes on in any thread."""
    return _searching.wanted > 0


def is_beside() -> bool:
    """Tell whether anything is done beside the window: what it has read would all be looked through."""
    return _handing_over.wanted > 0


@contextmanager
def beside_others() -> Iterator[None]:
    """Hand over to other threads often until the block is left; blocks may overlap, in several threads too."""
    with _handing_over.changed():
        yield


@contextmanager
def many_rows() -> Iterator[None]:
    """Look for garbage seldom besides."""
    with _handing_over.changed(), _searching.changed():
        yield

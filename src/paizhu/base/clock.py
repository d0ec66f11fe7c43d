"""The only place that asks the machine what time it is; tests set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime


def _machine() -> datetime:
    return datetime.now()


_source: Callable[[], datetime] = _machine


def now() -> datetime:
    """Return local time without zone, to the second: what stands on the officer's wall."""
    return _source().replace(microsecond=0)


def today() -> date:
    """Return the local day."""
    return _source().date()


def set_clock(source: Callable[[], datetime] | None) -> None:
    """Ask this callable for the time from now on; None goes back to the machine."""
    global _source  # noqa: PLW0603  # one clock for the whole program is the point
    _source = source or _machine


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment inside a ``with`` block."""
    before = _source
    set_clock(lambda: moment)
    try:
        yield
    finally:
        set_clock(before)

"""A figure beside its floor, taken in the same process and run, so that a slow or busy computer changes neither."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: seconds (or megabytes) of ours and of the floor, and the goal for their ratio.

    ``at_least`` says that the floor is to be beaten by so many times, as search beats a scan.
    """

    name: str
    ours: float
    floor: float
    goal: float | None
    unit: str = "s"
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the floor ours takes; for ``at_least`` how many times faster ours is."""
        return self.floor / self.ours if self.at_least else self.ours / self.floor

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def line(self) -> str:
        """Return the figure as one line of the table."""
        goal = "" if self.goal is None else f"{'≥' if self.at_least else '≤'} {self.goal:g}×"
        verdict = {True: "ok", False: "MISSED", None: ""}[self.met]
        return (
            f"{self.name:<46}{_amount(self.ours, self.unit):>12}{_amount(self.floor, self.unit):>12}"
            f"{self.ratio:>9.2f}×  {goal:<8}{verdict:<8}{self.note}"
        )

    def as_json(self) -> dict[str, Any]:
        """Return the figure as plain data."""
        return {**asdict(self), "ratio": round(self.ratio, 3), "met": self.met}


trial = False
"""Set by whoever only wants to see that everything runs, as the tests do: once, and the figures mean nothing."""
HEAD = f"{'':<46}{'ours':>12}{'floor':>12}{'ratio':>10}  {'goal':<8}"


def _amount(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:.0f} {unit}"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.2f} ms"


class Watch:
    """Seconds of a block of work."""

    seconds = 0.0


@contextmanager
def watch() -> Iterator[Watch]:
    """Take the time of a block, after the rubbish of what went before is gone."""
    if not trial:
        gc.collect()
    taken = Watch()
    start = time.perf_counter()
    yield taken
    taken.seconds = time.perf_counter() - start


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the least seconds of several runs: what disturbs a run only ever makes it longer."""
    seconds = []
    for _ in range(1 if trial else times):
        with watch() as taken:
            work()
        seconds.append(taken.seconds)
    return min(seconds)

"""How far a responsibility item has come: its periods, what is due now, and which papers are missing.

An item that recurs has as many periods as its 频次 says; until somebody writes them down, they are taken from the
year of its due date (domain 2.1: recurring items generate instances).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.base.dates import last_of_month
from paizhu.base.rows import Values
from paizhu.registers.duty import DUTY
from paizhu.registers.duty_rows import period_done

SLOT = "evidence"
WITHIN = ":"
_NUMERALS = "一二三四"
_MONTHS_APART = {"monthly": 1, "quarterly": 3, "half_yearly": 6}


@dataclass(frozen=True, slots=True)
class Period:
    """One period of an item: stored, or only planned (``row`` 0); ``files`` counts the papers put in its place."""

    name: str
    due: date | None
    done: bool
    row: int = 0
    completion: str = ""
    note: str = ""
    reported_at: date | None = None
    material: str = ""
    reason: str = ""
    files: int = 0

    @property
    def slot(self) -> str:
        """Where the papers of this period belong."""
        return f"{SLOT}{WITHIN}{self.name}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an item stands on a day.

    ``owed`` are the periods whose paper is wanted by now, ``lacking`` those of them that have neither paper nor
    reason; ``loose`` counts papers put in no period's place, which stand in for those that lack one.
    """

    periods: tuple[Period, ...]
    done: int
    total: int
    ended: bool
    current: Period | None
    owed: tuple[Period, ...]
    lacking: tuple[Period, ...]
    files: int
    loose: int
    due: date | None

    @property
    def pending(self) -> bool:
        """Tell whether a report is wanted now: the current period ends soon or has ended."""
        return self.current is not None and self.current in self.owed and not self.ended


def planned(values: Values) -> list[tuple[str, date | None]]:
    """Return name and last day of each period that the 频次 asks for in the year of the due date."""
    due = values.get("due_date")
    day = date.fromisoformat(str(due)[:10]) if due else None
    apart = _MONTHS_APART.get(str(values.get("frequency") or ""))
    # An occurrence that makes its own successor is one period by itself.
    if apart is None or day is None or values.get("repeats"):
        return [("全部", day)]
    return [
        (_name(apart, place), last_of_month(date(day.year, place * apart, 1))) for place in range(1, 12 // apart + 1)
    ]


def progress(
    values: Values, rows: Sequence[Values], files: Mapping[str, int], today: date, soon: date | None = None
) -> Progress:
    """Return how an item stands; ``files`` counts papers by their place, ``soon`` is the last day that is near."""
    state = str(values.get("state") or "")
    ended = bool(state) and DUTY.flow is not None and DUTY.flow.state(state).end
    periods = _periods(values, rows, files, ended=ended)
    current = None if ended else next((each for each in periods if not each.done), None)
    near = soon or today
    due = _day(values.get("due_date"))

    def is_owed(each: Period) -> bool:
        # Before anybody wrote the periods down, only the day of the item itself binds.
        binding = each.due if each.row else due
        near_now = binding is not None and binding <= near
        return each.done or ended or near_now or (each is current and bool(each.completion))

    owed = tuple(filter(is_owed, periods))
    if ended and not rows:
        # An old ledger tells of the whole item only, so one paper answers for it.
        owed = owed[-1:]
    named = {each.slot for each in periods}
    loose = sum(count for slot, count in files.items() if slot not in named)
    waived = bool(values.get("no_evidence"))
    lacking = [] if waived else [each for each in owed if not each.files and not each.reason]
    return Progress(
        periods,
        sum(each.done for each in periods),
        len(periods),
        ended,
        current,
        owed,
        tuple(lacking[loose:]),
        sum(files.values()),
        loose,
        None if ended else current.due if current and current.row and current.due else due,
    )


def _periods(values: Values, rows: Sequence[Values], files: Mapping[str, int], *, ended: bool) -> tuple[Period, ...]:
    if not rows:
        return tuple(
            Period(name, due, ended, files=files.get(f"{SLOT}{WITHIN}{name}", 0)) for name, due in planned(values)
        )
    return tuple(
        Period(
            str(row.get("period") or ""),
            _day(row.get("due")),
            ended or period_done(row),
            int(str(row.get("id") or 0)),
            str(row.get("completion") or ""),
            str(row.get("note") or ""),
            _day(row.get("reported_at")),
            str(row.get("material") or ""),
            str(row.get("no_evidence") or ""),
            files.get(f"{SLOT}{WITHIN}{row.get('period')}", 0),
        )
        for row in rows
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _name(apart: int, place: int) -> str:
    match apart:
        case 1:
            return f"{place}月"
        case 3:
            return f"{_NUMERALS[place - 1]}季度"
        case _:
            return "上半年" if place == 1 else "下半年"

"""The table of a half year: the officer's own work against what was asked of him beside it, each with its list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from paizhu import registers
from paizhu.base import values
from paizhu.base.rows import Ref, Value
from paizhu.base.view import Condition, Test, View
from paizhu.registers.outside import OUTSIDE
from paizhu.services.deadlines.task import open_title
from paizhu.services.desk import Desk
from paizhu.services.out.classes import totals_only
from paizhu.services.preparing import day_of
from paizhu.services.two_hats.numbers import MainKind, main_kinds
from paizhu.storage import queries

_FIRST_HALF = 6
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: the record, its day, what it was and how long; estimated hours are usual ones."""

    register: str
    id: int
    day: date
    words: str
    hours: Decimal | None
    estimated: bool = False
    ordered_by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table with the work behind it."""

    side: str
    name: str
    works: tuple[Work, ...]
    is_sum: bool = False

    @property
    def count(self) -> int:
        """How many pieces of work."""
        return len(self.works)

    @property
    def hours(self) -> Decimal:
        """How many hours, those unknown left out."""
        return sum((work.hours for work in self.works if work.hours is not None), Decimal(0))

    @property
    def estimated(self) -> int:
        """For how many the hours are usual ones."""
        return sum(work.estimated for work in self.works)


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The table of one half year."""

    year: int
    half: int
    main: tuple[Line, ...]
    outside: tuple[Line, ...]

    @property
    def words(self) -> str:
        """The half year in words."""
        return words_of(self.year, self.half)

    @property
    def share(self) -> str:
        """Which part of all hours the work outside takes; — where there are none."""
        outside, main = total(self.outside).hours, total(self.main).hours
        return f"{outside * 100 / (outside + main):.0f}%" if outside + main else "—"


def words_of(year: int, half: int) -> str:
    """Return a half year in words."""
    return f"{year} 年{'上' if half == 1 else '下'}半年"


def total(lines: Sequence[Line]) -> Line:
    """Return the sum of lines as one."""
    return Line(lines[0].side if lines else "", "合计", tuple(work for line in lines for work in line.works), True)


class HalfYears:
    """Reads the half-year tables of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def present(self) -> tuple[int, int]:
        """Return the year and the half in which today lies."""
        today = self._desk.today
        return today.year, 1 if today.month <= _FIRST_HALF else 2

    def of(self, year: int = 0, half: int = 0) -> HalfYear:
        """Return the table of a half year, the present one by default; every register is looked through for it."""
        now = self.present()
        year, half = year or now[0], half or now[1]
        first, last = date(year, 1 if half == 1 else 7, 1), date(year, 6 if half == 1 else 12, 30 if half == 1 else 31)
        main = tuple(Line("主业", kind.name, tuple(self._main(kind, first, last))) for kind in main_kinds())
        works = list(self._outside(first, last))
        kinds = dict.fromkeys(kind for kind, _work in works)
        outside = tuple(
            Line("职责外", kind or "没有写类型", tuple(work for each, work in works if each == kind)) for kind in kinds
        )
        return HalfYear(year, half, tuple(line for line in main if line.works), outside)

    def _main(self, kind: MainKind, first: date, last: date) -> Iterator[Work]:
        register = registers.register(kind.register)
        since, until = Condition(kind.date, Test.SINCE, first), Condition(kind.date, Test.UNTIL, last)
        view = View(register.key, (since, until, Condition(kind.needs, Test.FILLED))).ordered(kind.date)
        if kind.states:
            view = view.where(Condition("state", Test.ONE_OF, tuple(kind.states)))
        with self._desk.vault.read() as connection:
            rows = list(queries.every(connection, view))
        for row in rows:
            day = day_of(row.values.get(kind.date))
            real = _between(row.values.get(kind.start), row.values.get(kind.end)) if kind.end else None
            words = row.no if totals_only(register) else open_title(register, row)
            yield Work(register.key, row.id, day or first, words, real or kind.hours, real is None)

    def _outside(self, first: date, last: date) -> Iterator[tuple[str, Work]]:
        view = View(OUTSIDE.key, (Condition("done_on", Test.SINCE, first), Condition("done_on", Test.UNTIL, last)))
        with self._desk.vault.read() as connection:
            rows = list(queries.every(connection, view.ordered("done_on")))
        for row in rows:
            hours, who = row.values.get("hours"), row.values.get("ordered_by")
            day = day_of(row.values.get("done_on")) or first
            work = Work(
                OUTSIDE.key,
                row.id,
                day,
                str(row.values.get("what") or ""),
                hours if isinstance(hours, Decimal) else None,
                False,
                who.label if isinstance(who, Ref) else "",
            )
            yield values.show(OUTSIDE.field("kind"), row.values.get("kind")), work


def _between(start: Value, end: Value) -> Decimal | None:
    """Return the hours between two moments, in tenths; None where one of them knows no time."""
    if not isinstance(start, datetime) or not isinstance(end, datetime) or end <= start:
        return None
    minutes = Decimal((end - start).seconds) / _MINUTES
    return (minutes / _MINUTES).quantize(Decimal("0.1"))

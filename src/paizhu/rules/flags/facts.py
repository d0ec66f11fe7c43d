"""What the rules about one review item look at: the item, its neighbours in the ledger, its meeting, its people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from paizhu.base.money import show_wan
from paizhu.base.month_only import MonthOnly
from paizhu.base.rows import Ref, Row, Value, Values
from paizhu.registers.review_flow import FLOW
from paizhu.rules.flags.finding import Finding, Given
from paizhu.rules.flags.matching import Company, Relations, same_company
from paizhu.rules.influence_table import Settings, settings

ITEM = "review_item"


@dataclass(frozen=True, slots=True)
class Item:
    """One review item, read for comparing; ``unit`` is the key of its unit, ``refused`` the points answered 否."""

    id: int
    values: Values
    unit: str = ""
    day: date | None = None
    threshold: Decimal | None = None
    company: Company | None = None
    refused: frozenset[str] = frozenset()
    suggestions: Sequence[Values] = ()
    candidates: Sequence[Values] = ()

    @property
    def title(self) -> str:
        """What the item is called."""
        return str(self.values.get("title") or "")

    @property
    def amount(self) -> Decimal | None:
        """The sum, or None."""
        found = self.values.get("amount")
        return found if isinstance(found, Decimal) and found > 0 else None

    @property
    def live(self) -> bool:
        """Tell whether it was neither withdrawn nor turned down."""
        return not self.values.get("drop_reason") and self.values.get("decided") not in ("refused", "not_heard")

    @property
    def agreed(self) -> bool:
        """Tell whether the meeting decided for it."""
        return self.values.get("decided") in ("agreed", "agreed_in_principle")

    @property
    def over(self) -> bool:
        """Tell whether it is behind us; an old ledger without a column is not asked for it again."""
        return bool(self.agreed or self.ended or self.values.get("follow_result"))

    @property
    def ended(self) -> bool:
        """Tell whether nothing more is to be done with it."""
        state = str(self.values.get("state") or FLOW.start)
        return bool(self.values.get("conclusion")) or FLOW.state(state).end

    @property
    def evidence(self) -> tuple[str, int]:
        """The item itself as evidence."""
        return (ITEM, self.id)


class Ledger:
    """The review items beside one, found by unit and by company."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(items)

    @cached_property
    def by_unit(self) -> Mapping[str, list[Item]]:
        """Live items of each unit in the order of their days."""
        found: dict[str, list[Item]] = defaultdict(list)
        for each in sorted(self._live, key=lambda item: (item.day or date.min, item.id)):
            found[each.unit].append(each)
        return found

    @cached_property
    def _live(self) -> list[Item]:
        return [each for each in self.items if each.live and each.day]

    @cached_property
    def _by_company(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for each in self._live:
            for key in each.company.keys if each.company else ():
                found[key].append(each)
        return found

    def of_company(self, company: Company) -> list[Item]:
        """Return the live items of a company in the order of their days, whichever way it is written."""
        near = {item.id: item for key in company.keys for item in self._by_company.get(key, ())}
        found = [item for item in near.values() if item.company and same_company(company, item.company)]
        return sorted(found, key=lambda item: (item.day or date.min, item.id))

    def of_year(self, unit: str, year: int) -> list[Item]:
        """Return the live items of a unit in a calendar year."""
        return [item for item in self.by_unit.get(unit, ()) if item.day and item.day.year == year]


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie to a company: under whom it is recorded, whose it is, and its days."""

    holder: Ref
    company: Company
    whose: Ref | None = None
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the tie stood on a day."""
        return (self.since or date.min) <= day <= (self.until or date.max)


@dataclass(frozen=True, slots=True)
class People:
    """The roster as the rules need it: persons by id, relations and ties to companies."""

    persons: Mapping[int, Row] = field(default_factory=dict)
    posts: Mapping[int, Sequence[Values]] = field(default_factory=dict)
    relations: Relations = field(default_factory=Relations)
    ties: Sequence[Tie] = ()

    def team(self) -> Iterator[Row]:
        """Yield the members of leading teams."""
        return (row for row in self.persons.values() if row.values.get("team_now") or row.values.get("top_now"))

    def row(self, ref: Ref) -> Row | None:
        """Return the person behind a reference."""
        return self.persons.get(ref.id_in("person") or 0)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting of an item with what its minutes were checked for."""

    id: int
    values: Values
    day: date | None
    checks: Mapping[str, str] = field(default_factory=dict)

    @property
    def evidence(self) -> tuple[str, int]:
        """The meeting as evidence."""
        return ("meeting", self.id)


def _no_days(_start: date, _end: date) -> int:
    return 0


def _nothing(_person: Ref) -> Sequence[Row]:
    return ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered about one person: the opinion, the person's line in it, and the day of the letter."""

    id: int
    no: str
    values: Values
    day: date | None

    @property
    def clear(self) -> bool:
        """Tell whether nothing was found that stands against the appointment."""
        return self.values.get("reply") == "clear"


def _no_answer(_person: Ref) -> Sequence[Answer]:
    return ()


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around one item; ``measures_on``, ``open_on`` and ``answers_on`` give what concerns a person.

    ``reviewed`` holds what was reviewed where it differs now, ``other_people`` that candidates were changed since, and
    ``again`` that a noted change was reviewed itself.
    """

    today: date
    ledger: Ledger = field(default_factory=lambda: Ledger(()))
    meeting: Meeting | None = None
    members: int | None = None
    people: People = field(default_factory=People)
    measures_on: Callable[[Ref], Sequence[Row]] = _nothing
    open_on: Callable[[Ref], Sequence[Row]] = _nothing
    working_days: Callable[[date, date], int] = _no_days
    reviewed: Values = field(default_factory=dict)
    other_people: bool = False
    again: bool = False
    answers_on: Callable[[Ref], Sequence[Answer]] = _no_answer
    periods: Settings = field(default_factory=settings)


ItemRule = Callable[[Item, Around, Given], Iterator[Finding]]


def day_of(value: Value) -> date | None:
    """Return the day of a day or moment; None for anything else."""
    return date(value.year, value.month, value.day) if isinstance(value, date) else None


def wan(amount: Decimal) -> str:
    """Return a sum in 万元, as tables write it."""
    return show_wan(int(amount * 100))


def spoken(day: date | None) -> str:
    """Return a day as sentences write it."""
    if isinstance(day, MonthOnly):
        return f"{day.year} 年 {day.month} 月"
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else "日期不详"


def percent(part: Decimal | int, whole: Decimal | int) -> int:
    """Return a share in whole percent."""
    return round(100 * Decimal(part) / Decimal(whole))

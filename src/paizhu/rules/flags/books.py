"""What the rules about the books as a whole look at: leads, cases, talks, duties, findings as plain rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from paizhu.base.rows import Row, Values
from paizhu.rules.flags.facts import Meeting, People
from paizhu.rules.flags.finding import Finding, Given
from paizhu.rules.influence_table import Settings, settings


@dataclass(frozen=True, slots=True)
class Running:
    """One clock that runs: at which record, by which rule of the time-limit table, since when it is due."""

    register: str
    id: int
    rule: str
    what: str
    due: date
    title: str = ""
    no: str = ""

    @property
    def evidence(self) -> tuple[str, int]:
        """The record as evidence."""
        return (self.register, self.id)


@dataclass(frozen=True, slots=True)
class Books:
    """The registers that rules compare; child rows by the id of their record.

    ``titles`` are the item titles of each meeting. ``risky`` are the units with high risk points, None while no
    register tells. ``asked`` are the persons of each opinion,
    ``problems`` what each letter names.
    """

    today: date
    running: Sequence[Running] = ()
    petitions: Sequence[Row] = ()
    leads: Sequence[Row] = ()
    hands: Mapping[int, Sequence[Values]] = field(default_factory=dict)
    extensions: Mapping[tuple[str, int], Sequence[Values]] = field(default_factory=dict)
    cases: Sequence[Row] = ()
    measures: Sequence[Row] = ()
    appeals: Mapping[int, Sequence[Values]] = field(default_factory=dict)
    talks: Sequence[Row] = ()
    people: People = field(default_factory=People)
    meetings: Sequence[Meeting] = ()
    titles: Mapping[int, Sequence[str]] = field(default_factory=dict)
    risky: Sequence[Row] | None = None
    findings: Sequence[Row] = ()
    archives: Sequence[Row] = ()
    opinions: Sequence[Row] = ()
    asked: Mapping[int, Sequence[Values]] = field(default_factory=dict)
    periods: Settings = field(default_factory=settings)
    activities: Sequence[Row] = ()
    letters: Sequence[Row] = ()
    problems: Mapping[int, Sequence[Values]] = field(default_factory=dict)


BookRule = Callable[[Books, Given], Iterator[Finding]]


def late(books: Books, rules: Sequence[str], registers: Sequence[str]) -> Iterator[tuple[Running, int]]:
    """Yield the clocks of these rules that ran out, with the days since, unless an extension reaches further.

    An empty rule takes in the dates a record states itself, such as a typed or extended due day.
    """
    for clock in books.running:
        if clock.register not in registers or clock.rule not in rules or clock.due >= books.today:
            continue
        extended = (row.get("new_due") for row in books.extensions.get(clock.evidence, ()))
        if not any(isinstance(day, date) and day >= books.today for day in extended):
            yield clock, (books.today - clock.due).days

"""What a single field of a register means, said once and read by every layer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from paizhu.base.asked import When
from paizhu.base.rows import Values


class FieldKind(StrEnum):
    """How a value is typed, stored, shown and written; the only place that lists the kinds."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    MONTH = "month"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    REF = "ref"
    REFS = "refs"
    FILES = "files"
    SEALED = "sealed"


class Sens(IntEnum):
    """Confidentiality classes of the domain: P0 open work … P4 identity of an informant."""

    P0 = 0
    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice: a code that is never reused and the words on the screen."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """What a day tells of time: what happened, unless it is ``planned``, and that it follows ``after``.

    What happened cannot lie ahead of today. Some days are planned only as long as the record's values say so, such as
    that of a meeting until it is held. ``after`` are days of the same record that it cannot precede; ``of_before``
    tells from the values that what stands there may still belong to an earlier round, so that only a newly typed day
    is held against them. Where a ``month_will_do``, rosters often know no more than that.
    """

    planned: bool | Callable[[Values], bool] = False
    after: tuple[str, ...] = ()
    of_before: Callable[[Values], bool] | None = None
    month_will_do: bool = False

    def is_planned(self, values: Values) -> bool:
        """Tell whether a record with these values may name a day to come here."""
        return self.planned if isinstance(self.planned, bool) else self.planned(values)


FACT = Dated()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one register.

    ``required`` is needed to save at all (it identifies the record); ``wanted`` is what the domain
    marks R: shown as 待补 while empty, of every record or of those that a condition concerns. What a later state
    needs is said by the flow, not here.
    ``targets`` are the registers a reference may point to. ``computed`` fields are never typed;
    ``private`` ones leave the vault masked unless they are ticked one by one (``domain.md`` 8.5). ``dated`` says of a
    day, moment or month whether it may lie ahead and what it follows.
    """

    name: str
    label: str
    kind: FieldKind
    required: bool = False
    wanted: bool | When = False
    sens: Sens = Sens.P1
    choices: tuple[Choice, ...] = ()
    targets: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    help: str = ""
    searchable: bool = False
    computed: bool = False
    private: bool = False
    dated: Dated = FACT
    by_label: dict[str, Choice] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        from paizhu.base.text import folded

        for choice in self.choices:
            for words in (choice.code, choice.label, *choice.aliases):
                self.by_label.setdefault(folded(words), choice)

    @property
    def wanted_of_all(self) -> bool:
        """Tell whether every record must have it, whatever else stands in the record."""
        return self.wanted is True

    @property
    def is_reference(self) -> bool:
        """Tell whether values point to other records."""
        return self.kind in (FieldKind.REF, FieldKind.REFS)

    @property
    def is_day(self) -> bool:
        """Tell whether values are days, with a time or without; a month is none."""
        return self.kind in (FieldKind.DAY, FieldKind.MOMENT)

    def choice(self, code: str) -> Choice | None:
        """Return the choice with this code, retired ones too."""
        return next((choice for choice in self.choices if choice.code == code), None)

"""A row of a ledger as understood: the columns it was read by, what its cells say, and what is wrong with them."""

from dataclasses import dataclass, field

from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Value


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet: where it stands, its header, the field it feeds (of a row kind under the register,
    when ``child`` is named) and how sure the match is.

    ``also`` is the field of the post where name and post share the column; ``parts`` are the columns of month and
    day where a date is spread over three.
    """

    index: int
    letter: str
    header: str
    field: Field | None
    child: str = ""
    unit: str = "元"
    confidence: float = 0.0
    also: Field | None = None
    parts: tuple[int, ...] = ()

    @property
    def plain(self) -> bool:
        """Tell whether each cell feeds just one field of the record itself."""
        return self.field is not None and not (self.child or self.also or self.parts) and not self.sealed

    @property
    def sealed(self) -> bool:
        """Tell whether the words are kept under seal."""
        return self.field is not None and self.field.kind is FieldKind.SEALED

    @property
    def names(self) -> tuple[str, ...]:
        """Code names of the fields of the record itself that the column feeds."""
        if self.field is None or self.child:
            return ()
        return (self.field.name, self.also.name) if self.also else (self.field.name,)

    @property
    def path(self) -> str:
        """Code name of the field, ``child.field`` for a field of a row kind."""
        if self.field is None:
            return ""
        return f"{self.child}.{self.field.name}" if self.child else self.field.name


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell: where, the value as it stood, what is expected; a warning stops nothing.

    ``proposal`` are words that may be meant instead; they are offered, never applied by themselves.
    """

    column: str
    field: str
    value: str
    code: str
    message: str
    severity: str = "error"
    proposal: str = ""


@dataclass(slots=True)
class RowRead:
    """A row as understood: values by field, the rows below it, what no column has a place for, and what is wrong.

    ``untouched`` are the fields of which the row says nothing, so that what a record holds there stays; ``assumed``
    those whose year was told by today alone, which tells nothing of the rows below.
    """

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    untouched: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)
    refused: bool = False

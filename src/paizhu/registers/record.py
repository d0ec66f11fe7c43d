"""What every record has, and the words to declare a field with.

Field names are those of ``domain.md``; the class says what a field means, the annotation whether it is
needed to save at all (``Mapped[date]``) or not (``Mapped[date | None]``).
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from paizhu.base.asked import When
from paizhu.base.field import Choice, Dated, Field, FieldKind, Sens
from paizhu.base.rows import Ref, Sealed, Values
from paizhu.registers.columns import Kept, KeptNumber

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of every table the migrations know."""

    metadata = MetaData(naming_convention=NAMING)


class Meaning(TypedDict, total=False):
    """Keywords of every field helper; a misspelt one is an error in the editor."""

    wanted: bool | When
    sens: Sens
    aliases: tuple[str, ...]
    help: str
    searchable: bool
    computed: bool
    private: bool


class OfDay(Meaning, total=False):
    """What may be said of a day besides, see :class:`Dated`: a day records what happened unless it is planned."""

    planned: bool | Callable[[Values], bool]
    after: tuple[str, ...]
    of_before: Callable[[Values], bool]
    month_will_do: bool


def _column(
    kind: FieldKind,
    label: str,
    type_: TypeEngine[Any],
    meaning: Meaning,
    *,
    choices: tuple[Choice, ...] = (),
    targets: tuple[str, ...] = (),
) -> MappedColumn[Any]:
    made = {"label": label, "kind": kind, "choices": choices, "targets": targets, **meaning}
    return mapped_column(type_, info={"field": made})


def _dated(kind: FieldKind, label: str, type_: TypeEngine[Any], meaning: OfDay) -> MappedColumn[Any]:
    dated = Dated(
        meaning.pop("planned", False),
        meaning.pop("after", ()),
        meaning.pop("of_before", None),
        meaning.pop("month_will_do", False),
    )
    made = _column(kind, label, type_, meaning)
    made.column.info["field"]["dated"] = dated
    return made


def line(label: str, **meaning: Unpack[Meaning]) -> Mapped[str]:
    """Declare one line of words."""
    return _column(FieldKind.LINE, label, Text(), meaning)


def text(label: str, **meaning: Unpack[Meaning]) -> Mapped[str]:
    """Declare several lines of words."""
    return _column(FieldKind.TEXT, label, Text(), meaning)


def day(label: str, **meaning: Unpack[OfDay]) -> Mapped[date]:
    """Declare a calendar day."""
    return _dated(FieldKind.DAY, label, Kept(FieldKind.DAY), meaning)


def moment(label: str, **meaning: Unpack[OfDay]) -> Mapped[date]:
    """Declare a day with its time; the time may stay unknown (then the value is a plain date)."""
    return _dated(FieldKind.MOMENT, label, Kept(FieldKind.MOMENT), meaning)


def month(label: str, **meaning: Unpack[OfDay]) -> Mapped[str]:
    """Declare a month, kept as ``YYYY-MM``."""
    return _dated(FieldKind.MONTH, label, Text(), meaning)


def integer(label: str, **meaning: Unpack[Meaning]) -> Mapped[int]:
    """Declare a count."""
    return _column(FieldKind.INTEGER, label, Integer(), meaning)


def number(label: str, **meaning: Unpack[Meaning]) -> Mapped[Decimal]:
    """Declare a number with decimals that is not money."""
    return _column(FieldKind.NUMBER, label, Kept(FieldKind.NUMBER), meaning)


def money(label: str, **meaning: Unpack[Meaning]) -> Mapped[Decimal]:
    """Declare a sum in yuan with two decimals; the database keeps 分."""
    return _column(FieldKind.MONEY, label, KeptNumber(FieldKind.MONEY), meaning)


def yes_no(label: str, **meaning: Unpack[Meaning]) -> Mapped[bool]:
    """Declare a question answered 是 or 否, or not yet."""
    return _column(FieldKind.YES_NO, label, KeptNumber(FieldKind.YES_NO), meaning)


def choice(label: str, choices: tuple[Choice, ...], **meaning: Unpack[Meaning]) -> Mapped[str]:
    """Declare one of several codes."""
    return _column(FieldKind.CHOICE, label, Text(), meaning, choices=choices)


def choices(label: str, options: tuple[Choice, ...], **meaning: Unpack[Meaning]) -> Mapped[tuple[str, ...]]:
    """Declare any number of several codes, in the order given."""
    return _column(FieldKind.CHOICES, label, Kept(FieldKind.CHOICES), meaning, choices=options)


def link(label: str, *targets: str, **meaning: Unpack[Meaning]) -> Mapped[Ref]:
    """Declare a pointer to a record of one of these registers; unknown words are kept as written."""
    return _column(FieldKind.REF, label, Kept(FieldKind.REF), meaning, targets=targets)


def links(label: str, *targets: str, **meaning: Unpack[Meaning]) -> Mapped[tuple[Ref, ...]]:
    """Declare pointers to several records."""
    return _column(FieldKind.REFS, label, Kept(FieldKind.REFS), meaning, targets=targets)


def person(label: str, **meaning: Unpack[Meaning]) -> Mapped[Ref]:
    """Declare a person of the roster, or a name that is not in it yet."""
    return link(label, "person", **meaning)


def persons(label: str, **meaning: Unpack[Meaning]) -> Mapped[tuple[Ref, ...]]:
    """Declare several persons."""
    return links(label, "person", **meaning)


def unit(label: str, **meaning: Unpack[Meaning]) -> Mapped[Ref]:
    """Declare a unit of the tree, or a name that is not in it yet."""
    return link(label, "unit", **meaning)


def units(label: str, **meaning: Unpack[Meaning]) -> Mapped[tuple[Ref, ...]]:
    """Declare several units."""
    return links(label, "unit", **meaning)


def files(label: str, **meaning: Unpack[Meaning]) -> Mapped[int]:
    """Declare a place for attachments; the column keeps how many hang there."""
    meaning.setdefault("computed", True)
    return _column(FieldKind.FILES, label, Integer(), meaning)


def sealed(label: str, **meaning: Unpack[Meaning]) -> Mapped[Sealed]:
    """Declare words about an informant (class P4), encrypted apart from the rest of the vault."""
    meaning["sens"] = Sens.P4
    return _column(FieldKind.SEALED, label, Kept(FieldKind.SEALED), meaning)


def state(flow_states: tuple[Any, ...], label: str = "状态", **meaning: Unpack[Meaning]) -> Mapped[str]:
    """Declare the state of the course; changed by steps only, read from old ledgers."""
    options = tuple(Choice(each.code, each.label) for each in flow_states)
    meaning.setdefault("computed", True)
    meaning.setdefault("sens", Sens.P0)
    return _column(FieldKind.CHOICE, label, Text(), meaning, choices=options)


SECRECY = (
    Choice("none", "非密", ("非涉密", "无")),
    Choice("work", "工作秘密", ("内部",)),
    Choice("state", "国家秘密", ("秘密", "机密", "绝密")),
)


class Record(Base):
    """Fields of every register (``domain.md`` 2.0); nothing is ever deleted, records are voided."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-99)
    version: Mapped[int] = mapped_column(Integer, default=1, sort_order=-98)
    voided: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False, sort_order=-97)
    void_reason: Mapped[str | None] = mapped_column(Text, sort_order=-96)
    void_by: Mapped[str | None] = mapped_column(Text, sort_order=-95)
    void_at: Mapped[str | None] = mapped_column(Text, sort_order=-94)
    missing: Mapped[int] = mapped_column(Integer, default=0, sort_order=-93)
    extra: Mapped[str | None] = mapped_column(Text, sort_order=-92)
    provenance: Mapped[str | None] = mapped_column(Text, sort_order=-91)

    no: Mapped[str | None] = line("编号", computed=True, sens=Sens.P0, searchable=True)
    year: Mapped[int | None] = integer("年度", computed=True, sens=Sens.P0)
    stat_month: Mapped[str | None] = month("统计归属月", computed=True, sens=Sens.P0)
    unit_id: Mapped[Ref | None] = unit("所属单位", wanted=True, sens=Sens.P0, aliases=("单位", "单位名称"))
    handler: Mapped[Ref | None] = person("承办人", wanted=True, aliases=("经办人",))
    co_handler: Mapped[Ref | None] = person("协办人")
    secrecy_notice: Mapped[str | None] = choice("密级提示", SECRECY, wanted=True, sens=Sens.P0, aliases=("密级",))
    remarks: Mapped[str | None] = text("备注", searchable=True, aliases=("说明", "附注"))


class Child(Base):
    """Fields of every row that stands under a record; it is created, changed and voided with it."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-99)
    version: Mapped[int] = mapped_column(Integer, default=1, sort_order=-98)
    voided: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False, sort_order=-97)
    parent_id: Mapped[int] = mapped_column(Integer, index=True, sort_order=-96)
    position: Mapped[int] = mapped_column(Integer, default=0, sort_order=-95)


OWN = ("no", "year", "stat_month", "unit_id", "handler", "co_handler", "secrecy_notice", "remarks")
"""Names of the fields that come from :class:`Record`, for the closing section of a form."""


def fields_of(model: type[Base]) -> tuple[Field, ...]:
    """Return the fields a mapped class declares, in its order, the common ones first."""
    return tuple(_declared(model))


def _declared(model: type[Base]) -> Iterator[Field]:
    for column in model.__table__.columns:
        made = column.info.get("field")
        if made is not None:
            required = isinstance(column, Column) and not column.nullable
            yield Field(name=column.name, required=required, **made)


def indexes(table: str, *columns: str) -> tuple[Index, ...]:
    """Return the indexes that keep lists flat: voided first, then the column sorted by."""
    return tuple(Index(f"ix_{table}_{column}", "voided", column, "id") for column in columns)


def named(table: str, *columns: str) -> tuple[Index, ...]:
    """Return the indexes that lead from a name to the few records with it; the name first: no list is walked by it."""
    return tuple(Index(f"ix_{table}_by_{column}", column, "voided") for column in columns)


__all__ = [
    "OWN",
    "Base",
    "Child",
    "Choice",
    "Decimal",
    "Mapped",
    "Record",
    "Ref",
    "Sealed",
    "Sens",
    "choice",
    "choices",
    "date",
    "datetime",
    "day",
    "fields_of",
    "files",
    "indexes",
    "integer",
    "line",
    "link",
    "links",
    "moment",
    "money",
    "month",
    "named",
    "number",
    "person",
    "persons",
    "sealed",
    "state",
    "text",
    "unit",
    "units",
    "yes_no",
]

"""How a kind of record stands in the database: its table, columns, and statements made from the declaration."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from paizhu import registers
from paizhu.base import stored
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Row, Value

RECORD_COLUMNS = ("id", "version", "voided", "void_reason", "void_by", "void_at", "missing", "extra", "provenance")
CHILD_COLUMNS = ("id", "version", "voided", "parent_id", "position")
ATTACHMENT = "attachment"
ATTACHMENT_COLUMNS = (
    "id",
    "version",
    "voided",
    "register",
    "record_id",
    "slot",
    "name",
    "size",
    "digest",
    "added_by",
    "added_at",
)


@dataclass(frozen=True, eq=False)
class Table:
    """One kind: a register (``lead``) or rows under one (``lead.extension``)."""

    kind: str
    name: str
    register: Register
    parent: Register | None = None

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.register.fields}

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Columns that are not declared fields."""
        return CHILD_COLUMNS if self.parent else RECORD_COLUMNS

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column, own ones first."""
        return self.own + tuple(self.fields)

    @cached_property
    def select(self) -> str:
        """Statement up to the table's name, with every column in order."""
        return f"SELECT {', '.join(map(quoted, self.columns))} FROM {quoted(self.name)}"

    def insert(self, names: Sequence[str]) -> str:
        """Return the statement that stores a row of these columns; all others stay empty."""
        return f"{self.inserting(names)} VALUES ({', '.join('?' * len(names))})"

    def inserting(self, names: Sequence[str]) -> str:
        """Return the statement that stores rows of these columns, up to the word VALUES."""
        return f"INSERT INTO {quoted(self.name)} ({', '.join(map(quoted, names))})"

    @cached_property
    def writers(self) -> tuple[tuple[str, FieldKind, Callable[[Any], Any] | None], ...]:
        """Name, kind and way into its column of each declared field, in column order."""
        return tuple((name, field.kind, stored.writer_of(field.kind)) for name, field in self.fields.items())

    @cached_property
    def readers(self) -> Mapping[str, Callable[[Any], Value] | None]:
        """Way out of its column of each declared field, in column order; None where nothing is to be done."""
        return {name: stored.reader_of(field.kind) for name, field in self.fields.items()}

    @cached_property
    def writer_of(self) -> Mapping[str, Callable[[Any], Any] | None]:
        """Way into its column of each declared field; None where nothing is to be done."""
        return {name: convert for name, _kind, convert in self.writers}

    @cached_property
    def indexed(self) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
        """Fields that search, pinyin and pointers are made of, with the way out of their columns."""
        names = {name for name, _field in self.searchable} | {field.name for field in self.register.references}
        return tuple((name, convert) for name, convert in self.readers.items() if name in names)

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """Place of every column in what :attr:`select` returns."""
        return {name: place for place, name in enumerate(self.columns)}

    @cached_property
    def searchable(self) -> tuple[tuple[str, Field], ...]:
        """Fields that search looks into; never class P4."""
        return tuple(
            (name, field) for name, field in self.fields.items() if field.searchable and field.sens is not Sens.P4
        )

    @cached_property
    def found_by(self) -> frozenset[str]:
        """Names of the fields that search looks into."""
        return frozenset(name for name, _field in self.searchable)

    @cached_property
    def named_by(self) -> frozenset[str]:
        """Fields with an index that leads from a name to the records with it (``record.named``)."""
        leading = {next(iter(index.columns)).name for index in self.register.model.__table__.indexes}
        return frozenset(leading.intersection(self.fields))

    @cached_property
    def listed_choices(self) -> frozenset[str]:
        """Choices with an index that brings the records of each together (``record.indexes``)."""
        columns = {
            list(index.columns)[1].name for index in self.register.model.__table__.indexes if len(index.columns) > 1
        }
        return frozenset(
            name for name, field in self.fields.items() if field.kind is FieldKind.CHOICE and name in columns
        )

    @cached_property
    def naming(self) -> tuple[str, ...]:
        """Reference fields that name a record of a roster, for search by pinyin; never class P4."""
        return tuple(
            field.name
            for field in self.fields.values()
            if field.is_reference and field.sens is not Sens.P4 and set(registers.ROSTERS) & set(field.targets)
        )

    def encode(self, name: str, value: Any) -> Any:
        """Return what the column keeps for a value of the program."""
        field = self.fields.get(name)
        return stored.to_db(field.kind, value) if field else value

    def row(self, found: Sequence[Any]) -> Row:
        """Return a frozen row from the columns of :attr:`select`."""
        skip = len(self.own)
        head = dict(zip(self.own, found, strict=False))
        values: dict[str, Value] = {
            name: value if value is None or convert is None else convert(value)
            for (name, convert), value in zip(self.readers.items(), found[skip:], strict=True)
        }
        values["voided"] = bool(head["voided"])
        if self.parent:
            values["parent_id"] = head["parent_id"]
            values["position"] = head["position"]
            return Row(self.kind, head["id"], head["version"], values)
        for name in ("void_reason", "void_by", "void_at"):
            values[name] = head[name]
        return Row(
            self.kind,
            head["id"],
            head["version"],
            values,
            extra=json.loads(head["extra"]) if head["extra"] else {},
            source=json.loads(head["provenance"]) if head["provenance"] else {},
            missing=head["missing"] or 0,
        )


def quoted(name: str) -> str:
    """Return a column or table name safe beside SQL's own words (``order``, ``check`` …)."""
    return f'"{name}"'


def _tables() -> Mapping[str, Table]:
    found: dict[str, Table] = {}
    for register in registers.REGISTERS:
        found[register.key] = Table(register.key, register.model.__tablename__, register)
        for child in register.rows:
            kind = f"{register.key}.{child.key}"
            found[kind] = Table(kind, child.model.__tablename__, child, register)
    return found


TABLES: Mapping[str, Table] = _tables()


def table(register: Register | str, child: str = "") -> Table:
    """Return the table of a register or of rows under it; KeyError for an unknown kind."""
    key = register if isinstance(register, str) else register.key
    return TABLES[f"{key}.{child}" if child else key]

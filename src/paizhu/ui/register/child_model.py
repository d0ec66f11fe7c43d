"""Rows under a record as they are typed: words per cell, and the ids of those the vault has already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.base import values
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Sealed, Value
from paizhu.ui.kit.guard import Guarded

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
RAW_ROLE = int(_ROLE.UserRole) + 40
"""What stands in a cell as plain data, for its editor."""


class ChildModel(Guarded, QAbstractTableModel):
    """Editable rows of one kind; nothing reaches the vault before the record above is saved."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        self.register = register
        names = [name for section in register.sections for name in section.names]
        every = [field for name in names if (field := register.field(name)).kind is not FieldKind.FILES]
        self.fields: list[Field] = [field for field in every if not field.computed]
        """What is typed; nothing of rows that only the program writes."""
        self.shown: list[Field] = self.fields or every
        """The columns: what is typed, and of rows that only the program writes what it wrote."""
        self._rows: list[dict[str, Any]] = []
        self._first: list[dict[str, Any]] = []
        self.editable = False

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what the vault holds."""
        self.beginResetModel()
        self._rows = [
            {"id": row.id, **{field.name: raw_of(field, row.values.get(field.name)) for field in self.shown}}
            for row in rows
        ]
        self._first = [dict(row) for row in self._rows]
        self.endResetModel()

    def show_typed(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show what was typed earlier, over what the vault holds; nothing can have been where nothing may be typed."""
        if not self.fields:
            return
        self.beginResetModel()
        self._rows = [dict(row) for row in rows]
        self.endResetModel()

    def says_anything(self, field: Field) -> bool:
        """Tell whether any row holds something in this field."""
        return any(row.get(field.name) not in (None, "", []) for row in self._rows)

    def set_editable(self, editable: bool) -> None:
        """Let cells be typed into, or not."""
        self.editable = editable

    def is_changed(self) -> bool:
        """Tell whether something else stands here than the vault holds; rows the program alone writes never do."""
        return bool(self.fields) and self.typed() != self._first

    def typed(self) -> list[dict[str, Any]]:
        """Return the rows that hold anything, ready to be saved.

        A row of the vault that nobody touched stays, also where all it holds is what the program wrote into it.
        """
        return [dict(row) for at, row in enumerate(self._rows) if self.is_kept(at)]

    def is_kept(self, at: int) -> bool:
        """Tell whether a row is saved: it holds something, or the vault has it already."""
        return self._rows[at] in self._first or not self.is_blank(at)

    def is_blank(self, at: int) -> bool:
        """Tell whether nothing stands in the cells of a row."""
        return all(self._rows[at].get(field.name) in (None, "", []) for field in self.fields)

    def gap(self) -> tuple[int, int]:
        """Return row and column of the first empty cell in the row with most of them; row -1 where there is no row."""
        empty = [
            [column for column, field in enumerate(self.shown) if row.get(field.name) in (None, "", [])]
            for row in self._rows
        ]
        at = max(range(len(empty)), key=lambda each: len(empty[each]), default=-1)
        return (at, empty[at][0] if empty[at] else 0) if at >= 0 else (-1, 0)

    def place_of(self, row_id: int) -> int:
        """Return where a row of the vault stands; -1 when it does not."""
        return next((at for at, row in enumerate(self._rows) if row.get("id") == row_id), -1)

    def add_row(self) -> int:
        """Add an empty row at the end and return its place."""
        at = len(self._rows)
        self.beginInsertRows(_ROOT, at, at)
        self._rows.append({})
        self.endInsertRows()
        return at

    def remove_row(self, at: int) -> None:
        """Take a row out."""
        if 0 <= at < len(self._rows):
            self.beginRemoveRows(_ROOT, at, at)
            del self._rows[at]
            self.endRemoveRows()

    def move_row(self, at: int, to: int) -> bool:
        """Put a row before or after its neighbour; False at the ends."""
        if not (0 <= at < len(self._rows) and 0 <= to < len(self._rows)) or at == to:
            return False
        self.beginMoveRows(_ROOT, at, at, _ROOT, to + 1 if to > at else to)
        self._rows.insert(to, self._rows.pop(at))
        self.endMoveRows()
        return True

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of fields."""
        return 0 if parent.isValid() else len(self.shown)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the label of a field."""
        said = role in (_ROLE.DisplayRole, _ROLE.ToolTipRole)
        if orientation is Qt.Orientation.Horizontal and said and section < len(self.shown):
            return self.head_of(self.shown[section])
        return None

    def head_of(self, field: Field) -> str:
        """Return the words over a column: under the title 反映人 its name is 姓名."""
        return field.label.removeprefix(self.register.label) or field.label

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells be edited while the form is open."""
        plain = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return plain | Qt.ItemFlag.ItemIsEditable if self.editable and self.fields and index.isValid() else plain

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words of a cell, or its plain data."""
        if not index.isValid():
            return None
        field = self.shown[index.column()]
        raw = self._rows[index.row()].get(field.name)
        if role == RAW_ROLE:
            return raw
        if role == _ROLE.DisplayRole:
            return words_of(field, raw)
        if role == _ROLE.AccessibleTextRole:
            return f"{field.label}：{words_of(field, raw)}"
        if role == _ROLE.ToolTipRole and not self.fields:
            return words_of(field, raw)
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Keep what was typed into a cell."""
        name = self.fields[index.column()].name
        if self._rows[index.row()].get(name) == value:
            return False
        self._rows[index.row()][name] = value
        self.dataChanged.emit(index, index)
        return True


def raw_of(field: Field, value: Value) -> Any:
    """Return a value as the plain data an editor gives back."""
    match value:
        case None:
            return [] if field.kind in (FieldKind.CHOICES, FieldKind.REFS) else ""
        case Ref():
            return {"label": value.label, "register": value.register, "id": value.id} if value.linked else value.label
        case Sealed():
            return value
        case tuple():
            return [raw_of(field, each) if isinstance(each, Ref) else each for each in value]
        case str() if field.kind is FieldKind.CHOICE:
            return value
        case _:
            return values.show(field, value)


def is_masked(field: Field) -> bool:
    """Tell whether a cell hides its words while nobody types into it: they are about an informant."""
    return field.kind is FieldKind.SEALED or field.sens is Sens.P4


def words_of(field: Field, raw: Any) -> str:
    """Return the words of plain data; words about an informant stay masked."""
    if is_masked(field):
        return values.MASK if raw else ""
    if isinstance(raw, list):
        return "、".join(words_of(field, each) for each in raw)
    if isinstance(raw, dict):
        return str(raw.get("label") or "")
    return values.choice_words(field, str(raw)) if raw and field.choices else str(raw or "")

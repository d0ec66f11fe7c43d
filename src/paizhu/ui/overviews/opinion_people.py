"""The persons of a letter as rows: who, to which post, what was found, what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.services.opinions import Standing
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, RowRole, SecondLineRole, Tone

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    Column("name", "姓名", 150, stretches=True),
    Column("to_post", "拟任职务", 130, rank=1),
    Column("found", "查询结果", 250, CellKind.STATUS, least=120),
    Column("reply", "回复意见", 190, CellKind.STATUS, least=120),
)
_CLEAR = "暂未发现"
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_SHORT = {"petition": "信访", "lead": "线索", "case": "案件", "measure": "处分", "opinion": "往次意见"}


class PeopleModel(Guarded, QAbstractTableModel):
    """Persons as the service gives them, in the order of the letter."""

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[Standing, ...] = ()

    def show_people(self, people: Sequence[Standing]) -> None:
        """List other persons; the same ones keep the rows that are chosen."""
        if people and [each.row.id for each in people] == [each.row.id for each in self.people]:
            self.people = tuple(people)
            self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.people = tuple(people)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of persons."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words and marks of a cell."""
        person, key = self.people[index.row()], COLUMNS[index.column()].key
        match role:
            case _ROLE.DisplayRole:
                return self._words(person, key)
            case _ROLE.ToolTipRole:
                return "\n".join(f"{hit.label}：{hit.words}" for hit in person.hits) if key == "found" else None
            case _ROLE.AccessibleTextRole:
                said = (person.who.label, str(person.row.values.get("to_post") or ""), found_mark(person).words)
                return "，".join(filter(None, (*said, reply_mark(person).words)))
            case _ if role == MarkRole and key == "found":
                return found_mark(person)
            case _ if role == MarkRole and key == "reply":
                return reply_mark(person)
            case _ if role == SecondLineRole and key == "name":
                return post_of(person)
        return person if role == RowRole else None

    def _words(self, person: Standing, key: str) -> str:
        match key:
            case "name":
                return person.who.label
            case "to_post":
                return str(person.row.values.get("to_post") or "")
            case "found":
                return found_mark(person).words
        return reply_mark(person).words


def post_of(person: Standing) -> str:
    """Return unit and present post as one phrase."""
    return "".join(str(person.row.values.get(name) or "") for name in ("unit", "post"))


def found_mark(person: Standing) -> Mark:
    """Return what the five sources hold in a few words; a source not searched goes before everything."""
    if person.missing:
        return Mark(
            Shape.DIAMOND, f"未查：{'、'.join(person.missing)}", Tone.ACCENT, f"未查 {len(person.missing)} 个来源"
        )
    told = [f"{_SHORT[hit.source]} {hit.count}" for hit in person.hits if hit.count]
    if not person.count:
        more = f"，{told[-1]}" if told else ""
        return Mark(Shape.TICK, f"五个来源已查，没有查到{more}", Tone.DONE, "没有查到")
    return Mark(Shape.TRIANGLE, "、".join(told), Tone.AMBER, f"查到 {person.count} 件")


def reply_mark(person: Standing) -> Mark:
    """Return the answer the officer chose; a person without one waits."""
    reply = person.row.values.get("reply")
    if not reply:
        return Mark(Shape.CIRCLE, "未选定", Tone.PLAIN)
    return (
        Mark(Shape.TICK, person.reply, Tone.DONE, _CLEAR)
        if reply == "clear"
        else Mark(Shape.TRIANGLE, person.reply, Tone.AMBER)
    )

"""What a search found, as a list: records under the head of their register, with the place of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from paizhu import registers
from paizhu.services.search import Found, Group
from paizhu.ui import theme
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Group as Head
from paizhu.ui.kit.roles import GroupRole, LinkRole, RowRole
from paizhu.ui.theme import Text

_MARKED = 40
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class More:
    """The line under a register of which not everything is shown."""

    register: str
    rest: int

    @property
    def words(self) -> str:
        """How it reads."""
        return f"该台账还有 {self.rest:,} 条"


class FoundModel(Guarded, QAbstractListModel):
    """Records under the head of their register, and how many more that register has."""

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__()
        self.lines: list[Found | Head | More] = []
        for group in groups:
            self.lines += [Head(registers.register(group.register).label, f"{group.total:,} 条"), *group.found]
            if group.rest > 0:
                self.lines.append(More(group.register, group.rest))

    def found(self, row: int) -> Found | None:
        """Return the record in a line; None for the head of a group."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Found) else None

    def target(self, row: int) -> Found | More | None:
        """Return what a line leads to: a record, or the rest of its register; None for a head."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Found | More) else None

    def step(self, row: int, by: int) -> int:
        """Return the next line that leads somewhere in a direction, staying where there is none."""
        at = row + by
        while 0 <= at < len(self.lines):
            if isinstance(self.lines[at], Found | More):
                return at
            at += by
        return row

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return records and heads."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only what leads somewhere be chosen."""
        if isinstance(self.lines[index.row()], Head):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words of a line."""
        line = self.lines[index.row()]
        if isinstance(line, More):
            return (
                line.words
                if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole)
                else True
                if role == LinkRole
                else None
            )
        if isinstance(line, Head):
            return line if role == GroupRole else f"{line.words}，{line.note}" if role == _ROLE.DisplayRole else None
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return reading(line)
        return line if role == RowRole else None


def reading(found: Found) -> str:
    """Return a line as it is read out: register, number, title and where the words stand."""
    return "，".join(
        words for words in (registers.register(found.register).label, found.no, found.title, where(found)) if words
    )


def where(found: Found) -> str:
    """Return the field that holds the words, with the words around them; nothing where the title says it."""
    if not found.snippet or found.snippet in (found.no, found.title):
        return ""
    register = registers.register(found.register)
    if register.has(found.field):
        label = register.field(found.field).label
    elif found.field in {child.key for child in register.rows}:
        label = register.child(found.field).label
    else:
        label = ""
    return f"{label}：{found.snippet}" if label else found.snippet


def pieces(words: str, sought: Sequence[str]) -> list[tuple[str, bool]]:
    """Return words cut where they were found, with whether each piece was sought."""
    low = words.lower()
    cut: list[tuple[int, int]] = []
    for word in sought:
        at = low.find(word) if word else -1
        while at >= 0 and len(cut) < _MARKED:
            cut.append((at, at + len(word)))
            at = low.find(word, at + len(word))
    made, done = [], 0
    for start, end in sorted(cut):
        if start < done:
            continue
        made += [(words[done:start], False)] if start > done else []
        made.append((words[start:end], True))
        done = end
    return [*made, (words[done:], False)] if done < len(words) else made


class FoundDelegate(Guarded, QStyledItemDelegate):
    """Number and title in the first line, the place of the words in the second; what was sought is bold."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.sought: Sequence[str] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line."""
        heights = theme.current().heights
        found = index.data(RowRole)
        if not isinstance(found, Found):
            return QSize(0, heights.dense_row)
        return QSize(0, heights.two_line_row if where(found) else heights.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        look = theme.current()
        place: QRect = option.rect  # type: ignore[attr-defined]  # the published types leave QStyleOption's own out
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # as above
        group = index.data(GroupRole)
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "surface2" if isinstance(group, Head) else "sel" if selected else ""
        if ground:
            painter.fillRect(place, look.colour(ground))
        if selected:
            painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), look.colour("slate"))
        inside = QRectF(place).adjusted(look.px(12), 0, -look.px(10), 0)
        if isinstance(group, Head):
            _paint(painter, inside, [(group.words, True), (f"  {group.note}", False)], Text.SECONDARY)
        elif isinstance(found := index.data(RowRole), Found):
            self._paint_found(painter, inside, found)
        elif index.data(LinkRole):
            _paint(painter, inside, [(str(index.data()), True)], Text.SECONDARY)
        painter.restore()

    def _paint_found(self, painter: QPainter, inside: QRectF, found: Found) -> None:
        look = theme.current()
        below = where(found)
        line = QFontMetrics(look.font(bold=True)).height()
        small = QFontMetrics(look.font(Text.SECONDARY, bold=True)).height()
        top = inside.center().y() - (line + (small if below else 0)) / 2
        first = QRectF(inside.left(), top, inside.width(), line)
        number = [*pieces(found.no, self.sought), ("  ", False)] if found.no and found.no not in found.title else []
        _paint(painter, first, [*number, *pieces(found.title, self.sought)], Text.BODY, "ink")
        if below:
            second = QRectF(inside.left(), first.bottom(), inside.width(), small)
            _paint(painter, second, pieces(below, self.sought), Text.SECONDARY)


def _paint(painter: QPainter, place: QRectF, parts: Sequence[tuple[str, bool]], text: Text, ink: str = "ink2") -> None:
    """Paint pieces one after the other, bold ones in full ink, cut with dots at the end."""
    look = theme.current()
    left = place.left()
    for words, loud in parts:
        metrics = QFontMetrics(look.font(text, bold=loud))
        room = int(place.right() - left)
        if room <= 0:
            return
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.setFont(look.font(text, bold=loud))
        painter.setPen(look.colour("slate" if loud else ink))
        painter.drawText(QRectF(left, place.top(), room + 1, place.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        left += metrics.horizontalAdvance(shown)

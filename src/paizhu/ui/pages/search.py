"""Searching everything: a list under the box while words are typed, grouped by register; Enter opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from paizhu import registers
from paizhu.base.text import folded
from paizhu.services.search import Found
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.roles import Group, GroupRole, RowRole
from paizhu.ui.tasks import Progress, Task
from paizhu.ui.theme import Text

QUIET_MS = 150
MOST_OF_EACH = 8
_WIDTH = 560
_SHOWN_ROWS = 12
_MARKED = 40
Index = QModelIndex | QPersistentModelIndex
Groups = Sequence[tuple[str, Sequence[Found]]]
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()


class FoundModel(Guarded, QAbstractListModel):
    """Records under the head of their register."""

    def __init__(self, groups: Groups) -> None:
        super().__init__()
        self.lines: list[Found | Group] = []
        for key, members in groups:
            many = "，可能还有" if len(members) >= MOST_OF_EACH else ""
            self.lines += [Group(registers.register(key).label, f"{len(members)} 条{many}"), *members]

    def found(self, row: int) -> Found | None:
        """Return the record in a line; None for the head of a group."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Found) else None

    def step(self, row: int, by: int) -> int:
        """Return the next record's line in a direction, staying where there is none."""
        at = row + by
        while 0 <= at < len(self.lines):
            if isinstance(self.lines[at], Found):
                return at
            at += by
        return row

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return records and heads."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only records be chosen."""
        if isinstance(self.lines[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words of a line."""
        line = self.lines[index.row()]
        if isinstance(line, Group):
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
        ground = "surface2" if isinstance(group, Group) else "sel" if selected else ""
        if ground:
            painter.fillRect(place, look.colour(ground))
        if selected:
            painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), look.colour("slate"))
        inside = QRectF(place).adjusted(look.px(12), 0, -look.px(10), 0)
        if isinstance(group, Group):
            _paint(painter, inside, [(group.words, True), (f"  {group.note}", False)], Text.SECONDARY)
        elif isinstance(found := index.data(RowRole), Found):
            self._paint_found(painter, inside, found)
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


class SearchPopup(QFrame):
    """The list under the search box; the box keeps the focus, so typing goes on while arrows choose."""

    def __init__(self, context: Context, box: QLineEdit) -> None:
        # A part of the window and no window of its own: it must never take the focus or outlive a lock.
        super().__init__(box.window())
        self._context = context
        self._box = box
        self._task: Task | None = None
        self.setProperty("frame", "box")
        self.setAccessibleName("搜索结果")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = QListView()
        self.list.setAccessibleName("搜索结果")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self._delegate = FoundDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(lambda index: self.open_row(index.row()))
        self._note = Label("", Text.SECONDARY, "ink2", wraps=True)
        self._note.setContentsMargins(12, 8, 12, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self._note)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self.search)
        box.textEdited.connect(lambda _: self._typed())
        box.installEventFilter(self)
        box.window().installEventFilter(self)
        box.destroyed.connect(self.deleteLater)
        self.hide()
        if box.text():
            self._typed()

    def words(self) -> str:
        """Return what is said below the list: that nothing was found, or which keys help."""
        return self._note.text()

    def model(self) -> FoundModel | None:
        """Return what was found last."""
        model = self.list.model()
        return model if isinstance(model, FoundModel) else None

    def search(self) -> None:
        """Look for the words in the box, away from the window; an older search that is still going is dropped."""
        self._timer.stop()
        words = self._box.text().strip()
        if self._task is not None:
            self._task.disown()
            self._task = None
        if not words:
            self.hide()
            return
        search = self._context.office.search

        def work(progress: Progress) -> list[tuple[str, list[Found]]]:
            progress.check()
            return search.by_register(words, MOST_OF_EACH)

        def done(groups: Groups) -> None:
            self._task = None
            self._show(words, groups)

        self._task = self._context.tasks.run(work, done)

    def open_row(self, row: int) -> bool:
        """Open the record of a line; False where there is none."""
        model = self.model()
        found = model.found(row) if model else None
        if found is None:
            return False
        self.hide()
        self._context.events.asked_for.emit(found.register, found.id)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move in the list; leave when the box loses the focus; follow the window's size."""
        if watched is self._box:
            if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() is QEvent.Type.Hide or (event.type() is QEvent.Type.FocusOut and not self.underMouse()):
                # A box that goes away takes its list with it: nothing readable stays over the locked page.
                self.hide()
            elif event.type() is QEvent.Type.FocusIn and self._box.text() and self.model() is not None:
                self._place()
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Escape if self.isVisible():
                self.hide()
            case Qt.Key.Key_Escape if self._box.text():
                self._box.clear()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self.isVisible():
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Down if self._box.text():
                self.search()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                # Words typed a moment ago are looked for first, or an older answer would be opened.
                if self._timer.isActive() or not self.isVisible():
                    self.search()
                else:
                    self.open_row(self.list.currentIndex().row())
            case _:
                return False
        return True

    def _typed(self) -> None:
        if self._box.text().strip():
            self._timer.start()
        else:
            self.search()

    def _step(self, by: int) -> None:
        if model := self.model():
            self._choose(model.step(self.list.currentIndex().row(), by))

    def _choose(self, row: int) -> None:
        model = self.model()
        found = model.found(row) if model else None
        if model is None or found is None:
            return
        self.list.setCurrentIndex(model.index(row))
        # The focus stays in the box, so what is chosen is told to a screen reader as the box's description.
        self._box.setAccessibleDescription(reading(found))
        QAccessible.updateAccessibility(QAccessibleEvent(self._box, QAccessible.Event.DescriptionChanged))

    def _show(self, words: str, groups: Groups) -> None:
        if words != self._box.text().strip():
            return
        old = self.list.model()
        model = FoundModel(groups)
        model.setParent(self.list)
        self._delegate.sought = [folded(word) for word in words.split()]
        self.list.setModel(model)
        if old:
            old.deleteLater()
        self.list.setVisible(bool(groups))
        nothing = f"没有找到“{words}”。可以换一个词，或只写其中两三个字；姓名可以用拼音首字母。"
        self._note.setText("↑↓ 选择，Enter 打开，Esc 关闭" if groups else nothing)
        self._box.setAccessibleDescription("" if groups else nothing)
        self._choose(model.step(-1, 1))
        if self._box.hasFocus() or not QApplication.focusWidget():
            self._place()

    def _place(self) -> None:
        """Stand under the box, at its right end, no larger than the window allows."""
        window, look = self._box.window(), theme.current()
        model = self.model()
        width = min(look.px(_WIDTH), window.width() - 16)
        below = self._box.mapTo(window, QPoint(self._box.width(), self._box.height() + 2))
        heights = [self.list.sizeHintForRow(row) for row in range(min(model.rowCount(), 60))] if model else []
        wanted = min(sum(heights), look.heights.two_line_row * _SHOWN_ROWS)
        self._note.setFixedWidth(width - 2)
        note = self._note.heightForWidth(width - 2)
        height = min(wanted + note + 4, window.height() - below.y() - 8)
        self.setGeometry(max(below.x() - width, 8), below.y(), width, max(height, note + 4))
        self.raise_()
        self.show()


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

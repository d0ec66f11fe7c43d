"""Searching everything: a list under the box while words are typed, grouped by register; Enter opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QLineEdit, QListView, QVBoxLayout

from paizhu.base.text import folded
from paizhu.services.search import Group
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.label import Label
from paizhu.ui.pages.found_list import FoundDelegate, FoundModel, More, reading
from paizhu.ui.tasks import Progress, Task
from paizhu.ui.theme import Text

QUIET_MS = 150
MOST_OF_EACH = 8
_WIDTH = 560
_SHOWN_ROWS = 12


class SearchPopup(QFrame):
    """The list under the search box; the box keeps the focus, so typing goes on while arrows choose."""

    left = Signal()
    """Esc was pressed in the empty line: whoever searched goes back to the page."""

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
        self._timer = DeskTimer(self, QUIET_MS, single=True)
        self._timer.timeout.connect(self.search)
        box.textEdited.connect(lambda _: self._typed())
        box.installEventFilter(self)
        box.window().installEventFilter(self)
        box.destroyed.connect(self._end)
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

        def work(progress: Progress) -> list[Group]:
            progress.check()
            return search.by_register(words, MOST_OF_EACH)

        def done(groups: Sequence[Group]) -> None:
            self._task = None
            self._show(words, groups)

        self._task = self._context.tasks.run(work, done)

    def open_row(self, row: int) -> bool:
        """Open the record of a line, or the page with the rest of a register; False where there is neither."""
        model = self.model()
        line = model.target(row) if model else None
        if isinstance(line, More):
            self.hide()
            self._context.events.results_asked.emit(self._box.text().strip(), line.register)
            return True
        found = line
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
            if event.type() is QEvent.Type.Hide or (isinstance(event, QFocusEvent) and self._left(event)):
                # A box that goes away takes its list with it: nothing readable stays over the locked page.
                self.hide()
            elif event.type() is QEvent.Type.FocusIn and self._box.text() and self.model() is not None:
                self._place()
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _left(self, event: QFocusEvent) -> bool:
        """Tell whether the focus went elsewhere; a pointer that happens to rest over the list keeps nothing open."""
        by_mouse = event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        return event.type() is QEvent.Type.FocusOut and not (by_mouse and self.underMouse())

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Escape if self._box.text():
                self._box.clear()
                self._typed()
            case Qt.Key.Key_Escape:
                self.left.emit()
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

    def _end(self) -> None:
        # Until it is gone itself, words typed a moment ago would be looked for in a box that is no more.
        self._timer.stop()
        self.deleteLater()

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
        line = model.target(row) if model else None
        if model is None or line is None:
            return
        self.list.setCurrentIndex(model.index(row))
        # The focus stays in the box, so what is chosen is told to a screen reader as the box's description.
        self._box.setAccessibleDescription(line.words if isinstance(line, More) else reading(line))
        QAccessible.updateAccessibility(QAccessibleEvent(self._box, QAccessible.Event.DescriptionChanged))

    def _show(self, words: str, groups: Sequence[Group]) -> None:
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
        self._note.setText("↑↓ 选择，Enter 打开，Esc 清空" if groups else nothing)
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

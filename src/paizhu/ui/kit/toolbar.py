"""The bars of a page: tools on top, the detail's head, actions at the bottom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.chips import ChipBar
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel, StatusPill
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.tab_bar import TabBar
from paizhu.ui.theme import Text

# What title and meta line should have, in pixels as drawn, before the tabs may stand beside them.
_TITLE_ROOM = 380
_FEW_CHIPS = 3


class Toolbar(QFrame):
    """Buttons at the left, then chips that give way, then what belongs at the right end.

    Where the words of a choice at the left would leave no room for a few chips, it becomes a drop-down.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "toolbar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self._row.setSpacing(6)
        theme.current().follow(self, self._measure)
        self._measure()

    def add(self, widget: QWidget, *, stretches: bool = False) -> None:
        """Add a widget at the right of those there are."""
        self._row.addWidget(widget, 1 if stretches else 0)

    def add_line(self) -> None:
        """Part what comes from what is there."""
        bar = line(upright=True)
        bar.setFixedHeight(theme.current().px(24))
        self._row.addSpacing(6)
        self._row.addWidget(bar)
        self._row.addSpacing(6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        """Share the width anew when a part wants more or less of it."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._share()
        return super().event(event)

    def _share(self) -> None:
        parts = [item.widget() for at in range(self._row.count()) if (item := self._row.itemAt(at)) and item.widget()]
        seen = [part for part in parts if not part.isHidden() and not isinstance(part, Segments)]
        used = sum(self._wanted(part) + self._row.spacing() for part in seen) + 24 + 12
        for part in parts:
            if isinstance(part, Segments):
                part.set_narrow(used + part.full_width() + self._row.spacing() > self.width())

    @staticmethod
    def _wanted(part: QWidget) -> int:
        """Return the room of a part, of chips that of the first few and the way to the others."""
        return part.least_width(_FEW_CHIPS) if isinstance(part, ChipBar) else part.sizeHint().width()

    def _measure(self) -> None:
        self.setFixedHeight(theme.current().heights.toolbar)


class ActionBar(QFrame):
    """The actions of a record: the red one first, saved time and 撤销 at the right end.

    Why an action is disabled stands in a line of its own below, where it has the whole width; without ``reasons``
    whoever holds the bar says it.
    """

    def __init__(
        self, *buttons: Button, undo: bool = True, reasons: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("frame", "action-bar")
        self._tells = reasons
        self._buttons: list[Button] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._saved = MarkLabel(Mark(Shape.TICK, "", Tone.DONE), Text.SECONDARY)
        self._saved.hide()
        self._row.addWidget(self._saved)
        self.undo = Button("撤销", Look.FLAT, icon="undo", shortcut="Ctrl+Z")
        self._row.addWidget(self.undo)
        self._reasons = Label("", Text.SECONDARY, "ink2", wraps=True)
        self._reasons.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(self._row, 1)
        column.addWidget(self._reasons)
        # Only now is the bar its parent: shown without one, a button is a window of its own for a moment.
        self.undo.setVisible(undo)
        for button in buttons:
            self.add(button)
        theme.current().follow(self, self._measure)
        self._measure()

    def add(self, button: Button) -> None:
        """Add a button after the others."""
        self._row.insertWidget(len(self._buttons), button)
        self._buttons.append(button)
        button.reason_changed.connect(self._show_reasons)
        self._show_reasons()

    def put_above(self, widget: QWidget) -> None:
        """Give a line that tells what the buttons wait for its place over them, on the ground of the bar."""
        self._column.insertWidget(0, widget)

    @property
    def is_bare(self) -> bool:
        """Tell whether nothing of it would be seen but the band."""
        return all(part.isHidden() for part in (*self._buttons, self.undo, self._saved))

    def take_back(self, button: Button) -> None:
        """Give a button that stood in a pane for a while its place in front of the others again."""
        if button.parentWidget() is not self:
            move_button(button, lambda: self._row.insertWidget(0, button))

    def reasons(self) -> str:
        """Return why actions are disabled; empty when none is."""
        return self._reasons.text()

    def show_saved(self, words: str) -> None:
        """Say when it was saved, such as `10:25 已自动保存`."""
        self._saved.set_mark(Mark(Shape.TICK, words, Tone.DONE))
        self._saved.setVisible(bool(words))
        if words:
            self.show()

    def _show_reasons(self) -> None:
        words = "　".join(button.reason for button in self._buttons if button.reason)
        self._reasons.setText(words)
        self._reasons.setVisible(bool(words) and self._tells)

    def _measure(self) -> None:
        self.setMinimumHeight(theme.current().heights.action_bar)


def move_button(button: Button, put: Callable[[], object]) -> None:
    """Put a button into another layout; Qt hides what changes its parent, and only later shows it again."""
    shown = not button.isHidden()
    put()
    button.setVisible(shown)


class DetailHeader(QFrame):
    """Title, meta line with the state, and the tabs of a record; the tabs drop below where there is no room.

    ``back`` is the way to the list for the mouse; it is there while the record stands in the list's place.
    """

    def __init__(self, title: str = "", meta: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "header")
        self.tabs = TabBar(small=True)
        self.tabs.setAccessibleName("这条记录的各页")
        self._title = ElidedLabel(title, Text.PANE)
        self._meta = ElidedLabel(meta, Text.SECONDARY, "ink2")
        self._pill = StatusPill(Mark(Shape.CIRCLE, ""))
        self._pill.hide()
        self._low = False
        self._second = QWidget()
        self._meta_line = second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(12)
        self.back = Button("返回列表", Look.LINK, icon="back", size=Size.SMALL, parent=self)
        self.back.setToolTip("Alt+←")
        self.back.hide()
        self._first = QHBoxLayout()
        self._first.setSpacing(12)
        self._first.addWidget(self.back)
        self._first.addWidget(self._title)
        self._first.addStretch(1)
        second.addWidget(self._meta)
        second.addWidget(self._pill)
        second.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 10, 16, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(self._first, 0, 0)
        self._grid.addWidget(self._second, 1, 0)
        self._beside = False
        self._grid.addWidget(self.tabs, 2, 0, 1, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tabs beside the title, or below it where they would crowd it."""
        super().resizeEvent(event)
        beside = self.width() > self.tabs.sizeHint().width() + theme.current().px(_TITLE_ROOM)
        if beside is not self._beside:
            self._beside = beside
            self._grid.removeWidget(self.tabs)
            place = (0, 1, 2, 1) if beside else (2, 0, 1, 2)
            bottom = Qt.AlignmentFlag.AlignBottom | (
                Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft
            )
            self._grid.addWidget(self.tabs, *place, bottom)
            # The underline of the tab in front stands on the line below; the words do not.
            self._meta_line.setContentsMargins(0, 0, 0, 6 if beside else 0)

    def set_low(self, low: bool) -> None:
        """In a low pane leave title and state in one line; what the meta line told is read with it, and hover tells."""
        if low is self._low:
            return
        self._low = low
        self._second.setVisible(not low)
        line, at = (self._first, 2) if low else (self._meta_line, 1)
        line.insertWidget(at, self._pill)
        self._tell_rest()

    def _tell_rest(self) -> None:
        rest = self._meta.words() if self._low else ""
        self._title.setAccessibleDescription(rest)
        self.setToolTip(rest)

    def show_record(self, title: str, meta: str, mark: Mark | None = None) -> None:
        """Show another record's head; without tabs its last line keeps away from what stands below."""
        self._grid.setContentsMargins(16, 10, 16, 8 if self.tabs.isHidden() else 0)
        self._title.set_words(title)
        self._meta.set_words(meta)
        self._pill.setVisible(mark is not None)
        if mark:
            self._pill.set_mark(mark)
        self._tell_rest()

"""Strips that ask for a few words before something is done: a reason, a password, a new value; never a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.panes import chain, tab_stops
from paizhu.ui.theme import Text

Answered = Callable[[Sequence[Any]], object]
"""Takes what was answered, for each label what stands beside it or the words of its line."""


class AskStrip(QFrame):
    """Words, a few lines to fill in, and two buttons; Esc leaves it, Enter does it. Empty lines do nothing.

    Several may ask in the same strip: the answer goes to whoever asked last, and to nobody once it was left.
    """

    given = Signal(list)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "strip-plain")
        self._lines: list[QWidget] = []
        self._made = False
        self._asked_from: QWidget | None = None
        self._then: Answered | None = None
        self._round = 0
        self.given.connect(self._go_on)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def _make(self) -> None:
        # Every pane can ask, and hardly ever does: what it asks with is made when it first does.
        if self._made:
            return
        self._made = True
        self._title = Label("", bold=True, wraps=True)
        self._note = Label("", Text.SECONDARY, "ink2", wraps=True)
        self._problem = Label("", Text.SECONDARY, "accent", wraps=True)
        self._notes: list[FieldNote] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._do = Button("", size=Size.SMALL)
        self._do.clicked.connect(self._give)
        self._leave = Button("不做了", shortcut="Esc", size=Size.SMALL)
        self._leave.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._do)
        row.addWidget(self._leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        for part in (self._title, self._note):
            column.addWidget(part)
        column.addLayout(self._grid)
        column.addWidget(self._problem)
        column.addLayout(row)

    def ask(
        self,
        title: str,
        note: str,
        do: str,
        lines: Sequence[tuple[str, QWidget | None]],
        then: Answered | None = None,
        *,
        secret: str = "",
    ) -> None:
        """Ask for one line under each label and hand the answers to ``then``.

        ``secret`` is the label of a password above them.
        """
        self._make()
        self._then = then
        self._round += 1
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._asked_from = focus
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._do.setText(do)
        self._do.setAccessibleName(do)
        self.setAccessibleName(title)
        self.say("")
        empty(self._grid)
        self._lines, self._notes = [], []
        wanted: list[tuple[str, QWidget]] = [(secret, PasswordEdit(secret))] if secret else []
        wanted += [(label, given or QLineEdit()) for label, given in lines]
        for at, (label, line) in enumerate(wanted):
            line.setAccessibleName(label)
            below = FieldNote(line.field if isinstance(line, PasswordEdit) else line)
            self._grid.addWidget(Label(label, ink="ink3"), 2 * at, 0)
            self._grid.addWidget(line, 2 * at, 1)
            self._grid.addWidget(below, 2 * at + 1, 1)
            self._lines.append(line)
            self._notes.append(below)
            if isinstance(line, QLineEdit):
                line.returnPressed.connect(self._give)
            elif isinstance(line, PasswordEdit):
                line.entered.connect(self._give)
        stops = [stop for _label, line in wanted for stop in tab_stops(line)]
        chain([*stops, self._do, self._leave])
        self.show()
        self._stand_whole()
        self._lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
        # Its place is known only after the pane is laid out anew.
        QTimer.singleShot(0, self, self._come_into_sight)

    def say(self, words: str, at: int | None = None) -> None:
        """Say why it was not done, beneath the line it was done for; what was filled in stays."""
        self._make()
        self._do.allow()
        for note in self._notes:
            note.clear()
        self._problem.setText(words if at is None else "")
        self._problem.setVisible(bool(words) and at is None)
        if at is not None and at < len(self._notes):
            self._notes[at].show_error(words)
            line = self._lines[at]
            if isinstance(line, PasswordEdit):
                line.field.selectAll()
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> str:
        """Return what is said against it now, wherever it stands."""
        notes = [note.words() for note in self._notes] if self._made else []
        return "".join([self._problem.text(), *notes]) if self._made else ""

    def hold(self, words: str) -> Callable[[], bool]:
        """Take no second answer while the first is looked at: a password given twice would count twice.

        What is returned tells, when the look is over, whether it is still that which is asked here: it may have been
        left meanwhile, or something else asked.
        """
        self.say("")
        self._do.refuse(words)
        held = self._round
        return lambda: held == self._round

    def lines(self) -> list[QWidget]:
        """Return the lines to be filled in, from top to bottom."""
        return list(self._lines)

    def leave(self) -> None:
        """Go away without doing it."""
        if not self.isHidden():
            self._then = None
            self._round += 1
            self._empty()
            self._give_focus_back()
            self.hide()
            self.left.emit()

    def done(self) -> None:
        """Go away: it was done. What was typed is not kept."""
        self._then = None
        self._round += 1
        self._empty()
        self._give_focus_back()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc leave it, and Enter do it where a line left the key alone, as a drop-down does."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QComboBox):
            self._give()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as high as its words are long: in a narrow list they take more lines than Qt reckons with."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._stand_whole()

    def _stand_whole(self) -> None:
        if self._made:
            self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))

    def _come_into_sight(self) -> None:
        """Scroll the pane it stands in, so that whoever pressed a key further down sees what is asked."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.isVisible():
            above.ensureWidgetVisible(self, 0, 0)

    def _give_focus_back(self) -> None:
        """Go back to where it was asked from; left alone, the focus would land on the tabs of the window."""
        came, focus = self._asked_from, QApplication.focusWidget()
        if came is None or focus is None or not self.isAncestorOf(focus) or not isValid(came):
            return
        if came.isVisible() and came.isEnabled():
            came.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        if self._made:
            self.say("")
        for line in self._lines:
            if isinstance(line, QLineEdit | PasswordEdit):
                line.clear()

    def _go_on(self, answers: Sequence[Any]) -> None:
        if self._then:
            self._then(answers)

    def _give(self) -> None:
        if not self._do.isEnabled():
            return
        self.given.emit([line.text() if isinstance(line, QLineEdit | PasswordEdit) else line for line in self._lines])

"""An editor for every kind of field: it shows a value, and gives back words as they were typed, never a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QVBoxLayout, QWidget

from paizhu.base import values
from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Value
from paizhu.ui.undoing import was_typed_into

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)
_WAYS = {
    FieldKind.MONEY: "可写 48.6万、486,000，不写单位就是元",
    FieldKind.DAY: "可写 3.5、0305、2026.3.5、今天、+15工作日",
    FieldKind.MOMENT: "可写 3.5 15:00、今天 9点半；时间不知道就只写日期",
}

_MONTH_WILL_DO = "只知道月份的写到月，如 2023-06"


class Editor(QWidget):
    """What all editors share: `edited` follows the officer's typing only, `left` the leaving of the field."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.target: QWidget = self
        self.onward: Callable[[], bool] | None = None
        """Goes to the next field of the form the editor stands in; False when there is none."""

    def go_on(self) -> None:
        """Go to the next field after Enter; outside a form, and after its last one, where Tab goes."""
        if self.onward is None or not self.onward():
            self.target.focusNextChild()

    def take(self, target: QWidget) -> None:
        """Make a widget the one that takes the focus, the border of a problem, and the field's name."""
        self.target = target
        target.setAccessibleName(self.field.label)
        known = _MONTH_WILL_DO if self.field.dated.month_will_do else ""
        ways = [words for words in (self.field.help, _WAYS.get(self.field.kind, ""), known) if words]
        target.setToolTip("\n".join(ways))
        self.setFocusProxy(target)
        target.installEventFilter(self)
        if isinstance(target, QAbstractScrollArea):
            target.viewport().installEventFilter(self)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Pass on what an input method writes: in a cell that was only chosen it begins before the field has the focus.

        Qt keeps the focus on the table until the first word is written, or that would be interrupted.
        """
        if self.target is not self:
            QCoreApplication.sendEvent(self.target, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the field was left, for another field and not for its own popup; let dragged files pass.

        A field would take the path of a file for words; the record around it takes the file itself. Ctrl+Z in a field
        that nothing was typed into is meant for the acts, as the bar below says.
        """
        files = isinstance(event, QDragEnterEvent) and event.mimeData().hasUrls()
        override = event.type() is QEvent.Type.ShortcutOverride
        if files or (override and isinstance(event, QKeyEvent) and self._has_nothing_to(event)):
            event.ignore()
            return True
        if event.type() is QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in _PASSING:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _has_nothing_to(self, event: QKeyEvent) -> bool:
        """Tell whether a key asks to undo or redo and the field, never typed into, can do neither."""
        if not (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)):
            return False
        return not was_typed_into(self.target)

    def raw(self) -> Any:
        """Return what stands in the editor as plain data: words, codes, or references as they are known."""
        return ""

    def show_value(self, value: Value) -> None:
        """Show a value of the record."""
        self.show_raw(values.show(self.field, value))

    def show_raw(self, raw: Any) -> None:
        """Show what was typed earlier, as it was typed."""

    def show_read(self, words: str) -> None:
        """Show typed words as they were understood."""
        self.show_raw(words)

    def show_placeholder(self, words: str) -> None:
        """Say in the empty field that it is still to be filled in."""


EditorMaker = Callable[[Field], Editor]


class FormEditors(NamedTuple):
    """Make the editors of a form: those beside a label, and those in a cell of the rows under the record."""

    field: EditorMaker
    row: EditorMaker

"""Editors for choices: all words in view while they are few, else a drop-down; boxes where several may be ticked."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from paizhu.base.field import Choice, Field
from paizhu.base.rows import Value
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.segments import Segments
from paizhu.ui.register.editor import Editor
from paizhu.ui.register.flow_layout import FlowLayout

_FEW, _FEW_LETTERS = 4, 14
_MOST_SHOWN = 16
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_YES_NO = (Choice("是", "是"), Choice("否", "否"))


class ChoiceEditor(Editor):
    """One code of several, or none; Delete takes the choice away."""

    def __init__(self, field: Field, *, in_cell: bool = False, choices: tuple[Choice, ...] = ()) -> None:
        super().__init__(field)
        offered = [choice for choice in choices or field.choices if not choice.retired]
        self._words = {choice.code: choice.label for choice in choices or field.choices}
        few = len(offered) <= _FEW and sum(len(choice.label) for choice in offered) <= _FEW_LETTERS
        self.segments: Segments | None = None
        self.combo: DropDown | None = None
        if few and not in_cell:
            self.segments = Segments(field.label, [(choice.code, choice.label) for choice in offered])
            self.segments.chosen.connect(lambda _: self._chosen())
            self.column.addWidget(self.segments)
            self.take(self.segments)
            return
        self.combo = DropDown()
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(4)
        self.combo.setMaxVisibleItems(_MOST_SHOWN)
        self.combo.addItem("", "")
        for choice in offered:
            self.combo.addItem(choice.label, choice.code)
        self.combo.activated.connect(lambda _: self._chosen())
        self.column.addWidget(self.combo)
        self.take(self.combo)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from changing a choice that merely passes under the pointer."""
        if event.type() is QEvent.Type.Wheel and watched is self.combo and not self.combo.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Delete take the choice away, and Enter go on."""
        if event.key() in _CLEARING and self.raw():
            self.show_raw("")
            self._chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.go_on()
        else:
            super().keyPressEvent(event)

    def raw(self) -> Any:
        """Return the code, or the empty string."""
        if self.segments:
            return self.segments.current()
        return str(self.combo.currentData() or "") if self.combo else ""

    def show_value(self, value: Value) -> None:
        """Show the choice with this code, one that is no longer offered too."""
        self.show_raw(value)

    def show_raw(self, raw: Any) -> None:
        """Show a code; words that are none stand in the list too, so that nothing typed is dropped."""
        code = "" if raw is None else str(raw)
        if self.segments:
            if code and code not in self._words:
                code = next((known for known, words in self._words.items() if words == code), "")
            self.segments.set_current(code)
        elif self.combo:
            at = self.combo.findData(code)
            if at < 0:
                self.combo.addItem(self._words.get(code, code), code)
                at = self.combo.count() - 1
            self.combo.setCurrentIndex(at)

    def show_placeholder(self, words: str) -> None:
        """Say in the empty drop-down what is wanted."""
        if self.combo:
            self.combo.ask(words)

    def _chosen(self) -> None:
        self.edited.emit()
        self.left.emit()


class YesNoEditor(ChoiceEditor):
    """是, 否, or not answered yet."""

    def __init__(self, field: Field, *, in_cell: bool = False) -> None:
        super().__init__(field, in_cell=in_cell, choices=_YES_NO)

    def show_value(self, value: Value) -> None:
        """Show the answer."""
        self.show_raw("" if value is None else "是" if value else "否")


class _Box(QCheckBox):
    """One box of several: Tab goes to the one that was last looked at, arrows go from box to box."""

    entered = Signal()
    walked = Signal(int)
    """How far an arrow goes: to the box before or after."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows; Qt itself walks only to boxes that Tab stops at."""
        if step := _ARROWS.get(Qt.Key(event.key())):
            self.walked.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor is here now."""
        super().focusInEvent(event)
        self.entered.emit()


class ChoicesEditor(Editor):
    """Any number of codes, each with its box; Space ticks, arrows go on, Tab and Enter leave all of them."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.boxes: dict[str, QCheckBox] = {}
        self._unknown: list[str] = []
        holder = QWidget()
        lines = FlowLayout(holder, gap=10)
        for choice in field.choices:
            if choice.retired:
                continue
            box = _Box(choice.label)
            box.setAccessibleName(f"{field.label}：{choice.label}")
            box.entered.connect(partial(self._stop_at, box))
            box.walked.connect(partial(self._walk, len(self.boxes)))
            box.clicked.connect(lambda _=False: self._ticked())
            lines.addWidget(box)
            self.boxes[choice.code] = box
        self.column.addWidget(holder)
        self.take(holder)
        if self.boxes:
            self._stop_at(next(iter(self.boxes.values())))
            self.setFocusProxy(next(iter(self.boxes.values())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.go_on()
        else:
            super().keyPressEvent(event)

    def _walk(self, at: int, step: int) -> None:
        boxes = list(self.boxes.values())
        boxes[max(0, min(at + step, len(boxes) - 1))].setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, here: QCheckBox) -> None:
        for box in self.boxes.values():
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if box is here else Qt.FocusPolicy.ClickFocus)

    def raw(self) -> Any:
        """Return the codes in the order of the boxes, retired ones that were kept after them."""
        return [code for code, box in self.boxes.items() if box.isChecked()] + self._unknown

    def show_value(self, value: Value) -> None:
        """Tick what the record holds."""
        self.show_raw(list(value) if isinstance(value, tuple) else [])

    def show_raw(self, raw: Any) -> None:
        """Tick these codes; one without a box is kept as it is."""
        codes = [str(code) for code in raw] if isinstance(raw, list | tuple) else []
        for code, box in self.boxes.items():
            box.setChecked(code in codes)
        self._unknown = [code for code in codes if code not in self.boxes]

    def _ticked(self) -> None:
        self.edited.emit()
        self.left.emit()

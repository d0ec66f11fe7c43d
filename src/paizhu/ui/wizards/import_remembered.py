"""记住的对应: every layout whose columns are matched by themselves, to be named otherwise or forgotten."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.services.importing.mappings import Mappings, Remembered
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.theme import Text

FORGET = "不再自动用"
_MOST = 8


class RememberedPane(QWidget):
    """A line for each layout: its name, which can be typed over, where it goes, and how to forget it."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._mappings = Mappings(context.office.vault)
        self._note = ElidedLabel("", Text.SECONDARY, "ink2")
        self.names: list[QLineEdit] = []
        self.buttons: list[Button] = []
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Label("记住的对应", Text.SECTION))
        top.addWidget(self._note)
        top.addStretch(1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 10)
        column.setSpacing(6)
        column.addWidget(line())
        column.addLayout(top)
        column.addLayout(self._lines)

    def read(self) -> None:
        """Show what is remembered now."""
        empty(self._lines)
        self.names, self.buttons = [], []
        found = self._mappings.all()
        more = f"，这里列出最近的 {_MOST} 种" if len(found) > _MOST else ""
        self._note.set_words(f"表头一样的表不用再对应；要改对应，导入时改好再勾“记住这次对应”{more}")
        for each in found[:_MOST]:
            self._lines.addWidget(self._line(each))
        self.setVisible(bool(found))

    def _line(self, each: Remembered) -> QWidget:
        known = {register.key: register.label for register in registers.REGISTERS}
        label = known.get(each.register, each.register)
        name = QLineEdit(each.name)
        name.setPlaceholderText("还没有名字")
        name.setAccessibleName(f"{label}的对应，名称")
        name.setFixedWidth(theme.current().px(260))
        name.editingFinished.connect(partial(self._rename, each, name))
        forget = Button(FORGET, Look.LINK, size=Size.SMALL)
        forget.setAccessibleName(f"{each.name or label} {FORGET}")
        forget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        forget.clicked.connect(partial(self._forget, each))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(name)
        row.addWidget(ElidedLabel(f"{label}，对应 {each.fed} 列", Text.SECONDARY, "ink2"))
        row.addWidget(forget)
        row.addStretch(1)
        self.names.append(name)
        self.buttons.append(forget)
        return holder

    def _rename(self, each: Remembered, field: QLineEdit) -> None:
        self._mappings.rename(each.fingerprint, field.text())

    def _forget(self, each: Remembered, _pressed: bool = False) -> None:
        self._mappings.forget(each.fingerprint)
        self.read()
        self.changed.emit()

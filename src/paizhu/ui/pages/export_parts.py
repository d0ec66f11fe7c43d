"""On the page 导出: a list sent out in parts, one workbook for each person or unit, to come back filled."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from paizhu import registers
from paizhu.services.out import handing_out
from paizhu.services.out.classes import totals_only
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Text

_USUAL = "duty_item"
"""What is sent out in parts most: the responsibility list."""


class PartsCard(Card):
    """`wanted` gives register and field when the parts are to be written."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(
            "分开发给各人填", "一人或一个单位一份工作簿，填好后直接导入，按记录对回去，不会重复", plain_head=True
        )
        self.register, self.field = DropDown(), DropDown()
        self.register.setAccessibleName("分开导出哪本台账")
        self.field.setAccessibleName("按什么分开")
        for each in registers.REGISTERS:
            if handing_out.fields(each) and not totals_only(each):
                self.register.addItem(each.label, each.key)
        self.register.activated.connect(lambda _at: self._offer_fields())
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, box in (("台账", self.register), ("按", self.field)):
            row.addWidget(Label(words, Text.SECONDARY, "ink2"))
            row.addWidget(box)
        row.addStretch(1)
        self.body.addLayout(row)
        self.button = Button("分开导出…", icon="folder")
        self.button.clicked.connect(self._ask)
        self.set_corner(self.button)
        self.show_register("")

    def show_register(self, key: str) -> None:
        """Offer a register, the usual one when it cannot be parted."""
        at = self.register.findData(key)
        self.register.setCurrentIndex(at if at >= 0 else max(self.register.findData(_USUAL), 0))
        self._offer_fields()

    def _offer_fields(self) -> None:
        self.field.clear()
        for each in handing_out.fields(registers.register(str(self.register.currentData()))):
            self.field.addItem(each.label, each.name)

    def _ask(self) -> None:
        self.wanted.emit(str(self.register.currentData()), str(self.field.currentData()))

"""On the page 导出: everything at once, with the reason and the password again, for whoever hands the desk over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from paizhu.ui.kit.button import Button
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.second_password import SecondPassword
from paizhu.ui.pages.export_lines import short, with_note


class LeavingCard(Card):
    """Asks why everything goes out; `asked` when it should."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__("全部导出", "交接或不再使用时：全部台账、全部附件和目录，不用本程序也能打开", plain_head=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("全部导出的事由")
        self.reason.setPlaceholderText("事由，例如：岗位交接")
        self.reason_note = FieldNote(self.reason)
        self.second = SecondPassword()
        self.body.addLayout(short(with_note(self.reason, self.reason_note)))
        self.body.addLayout(short(self.second))
        button = Button("全部导出…", icon="folder")
        button.clicked.connect(self.asked)
        self.set_corner(button)

    def taken(self) -> str:
        """Return the reason; empty without one, which is then asked for."""
        reason = self.reason.text().strip()
        if reason:
            self.reason_note.clear()
        else:
            self.reason_note.show_error("请写明事由，例如岗位交接")
            self.reason.setFocus()
        return reason

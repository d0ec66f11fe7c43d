"""On the page 导出: whether leads and cases go out one by one, for what reason, and what opens the workbook."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from paizhu.services.out.classes import Release
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.kit.second_password import SecondPassword
from paizhu.ui.pages.export_lines import short, with_note
from paizhu.ui.theme import Text


class SecrecyCard(Card):
    """Class P3 goes out only with a reason and the password given again (``domain.md`` 8.5); P4 never does."""

    changed = Signal(bool)
    """Leads and cases go out one by one, or as totals again."""

    def __init__(self) -> None:
        super().__init__(
            "保密", "默认遮盖身份证号、电话、住址和家庭成员；线索、案件只出合计；举报人信息从不导出", plain_head=True
        )
        self.confidential = QCheckBox("逐条导出线索和案件（写明事由、再输入口令，每一条都记入留痕）")
        self.confidential.toggled.connect(self._toggled)
        self.none_note = FieldNote(self.confidential)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("导出事由")
        self.reason.setPlaceholderText("例如：按某月某日通知报送派出机关")
        self.reason_note = FieldNote(self.reason)
        self.reason.textEdited.connect(lambda _words: self.reason_note.clear())
        self._reason_box = with_note(self.reason, self.reason_note)
        self.second = SecondPassword()
        self.password = PasswordEdit("工作簿打开密码")
        self.body.addWidget(self.confidential)
        self.body.addWidget(self.none_note)
        self.body.addLayout(short(self._reason_box))
        self.body.addLayout(short(self.second))
        self.body.addWidget(Label("给工作簿加打开密码（可以不填）", Text.SECONDARY, "ink2"))
        self.body.addLayout(short(self.password))
        self._reason_box.hide()
        self.second.hide()

    @property
    def one_by_one(self) -> bool:
        """Tell whether leads and cases go out record by record."""
        return self.confidential.isChecked()

    def release(self) -> Release | None:
        """Return what may leave; None without the reason it needs, which is then asked for."""
        if not self.one_by_one:
            return Release()
        if not self.reason.text().strip():
            self.reason_note.show_error("请写明事由，它会和每一条记录一起记入留痕")
            self.reason.setFocus()
            return None
        self.reason_note.clear()
        return Release(self.reason.text().strip())

    def _toggled(self, on: bool) -> None:
        self._reason_box.setVisible(on)
        self.second.setVisible(on)
        self.second.forget()
        self.changed.emit(on)
        if on:
            self.reason.setFocus()

"""核验纸面: the code at the foot of a paper, held against the journal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from paizhu.base.errors import PaizhuError
from paizhu.services.out import anchoring
from paizhu.services.out.anchoring import Verified
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Text

_WORDS = "录入纸面页脚的校验码，或扫出的二维码文字，查看打印以后有没有改动。"


class CodeCard(Card):
    """Asks for a code; `verified` tells what it proves, what is no code is said beneath its field."""

    verified = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__("核验纸面", plain_head=True)
        self._context = context
        self._register, self._record_id = "", 0
        self.code = QLineEdit()
        self.code.setAccessibleName("纸面校验码")
        self.code.setPlaceholderText("例如 103-D5DB4EBB46")
        self.code.returnPressed.connect(self.verify)
        button = Button("核验", icon="shield")
        button.clicked.connect(self.verify)
        row = QHBoxLayout()
        row.addWidget(self.code, 1)
        row.addWidget(button)
        self.note = FieldNote(self.code)
        self.body.addWidget(Label(_WORDS, Text.SECONDARY, "ink2", wraps=True))
        self.body.addLayout(row)
        self.body.addWidget(self.note)

    def look_at(self, register: str = "", record_id: int = 0) -> None:
        """Take note which record is in front: a code without one in it is held against that."""
        self._register, self._record_id = register, record_id

    def begin(self) -> None:
        """Put the cursor on the code."""
        self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.code.selectAll()

    def verify(self) -> None:
        """Hold the code typed against the journal and say what it proves."""
        desk, typed, register, record_id = self._context.office.desk, self.code.text(), self._register, self._record_id

        def done(found: Verified) -> None:
            self.note.clear()
            self.verified.emit(found)

        def failed(error: Exception) -> None:
            if isinstance(error, PaizhuError):
                self.note.show_error(str(error))

        self._context.tasks.run(lambda _p: anchoring.verify(desk, typed, register, record_id), done, failed)

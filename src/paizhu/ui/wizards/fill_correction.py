"""起草更正说明: the note as it will be printed, its words open to the officer, printed or as a document."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from paizhu.services.forms.corrections import Draft
from paizhu.ui import messages, theme
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Text

WORD = "Word 文档 (*.docx)"
_LINES = 12


class CorrectionPane(QWidget):
    """`looked` asks for the note as it will be printed, `wanted` gives the path of its words; `left` goes back."""

    looked = Signal()
    wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self.title, self.to = QLineEdit(), QLineEdit()
        self.title.setAccessibleName("更正说明标题")
        self.to.setAccessibleName("主送机关")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("更正说明正文")
        self.text.setTabChangesFocus(True)
        self._found = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.pdf = Button("预览打印稿", Look.PRIMARY, icon="print", shortcut="Ctrl+Enter")
        self.pdf.clicked.connect(self.save)
        self.word = Button("存为 Word…", icon="export")
        self.word.clicked.connect(self._save_words)
        self.copy = Button("复制正文", icon="copy")
        self.copy.clicked.connect(lambda: messages.copy(self.text.toPlainText()))
        back = Button("返回", Look.LINK)
        back.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label("起草更正说明", Text.SECTION))
        column.addWidget(self._found)
        for words, widget in (("标题", self.title), ("主送", self.to), ("正文（每行一段）", self.text)):
            column.addWidget(Label(words, Text.SECONDARY, "ink2"))
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.pdf, self.word, self.copy, back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        theme.current().follow(self, self._measure)
        self._measure()
        self.setFocusProxy(self.text)

    def show_draft(self, draft: Draft) -> None:
        """Show a note that was drafted."""
        self.draft = draft
        self.title.setText(draft.title)
        self.to.setText(draft.to)
        self.text.setPlainText(draft.body)
        self._found.setText(
            f"报送时的数已留存，不会改动；更正后的 {len(draft.changes)} 个数在打印或存为文件时一并留存。"
            "对照表附在文后，只写记录编号，不写人名。"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc go back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def save(self) -> None:
        """Show the note as it will be printed, to be printed or saved from there."""
        if self.draft is not None:
            self.looked.emit()

    def _save_words(self) -> None:
        if self.draft is None:
            return
        sent = self.draft.sent
        path = messages.ask_save(self, "更正说明存到", f"更正说明-{sent.name}-{sent.period}.docx", WORD)
        if path is not None:
            self.wanted.emit(Path(path))

    def _measure(self) -> None:
        look = theme.current()
        self.setMaximumWidth(look.px(880))
        self.text.setFixedHeight(_LINES * look.heights.dense_row)

"""Papers: choose one for a record, or the list as shown; the PDF itself is the preview; codes on paper are verified."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.register import Register
from paizhu.base.view import View
from paizhu.documents.pdf_papers import Written
from paizhu.services import anchoring
from paizhu.services.anchoring import Verdict, Verified
from paizhu.services.today import open_title
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.register.attachments_pane import OpenedFiles
from paizhu.ui.theme import Text

_LIST = "list"
_PDF = "PDF (*.pdf)"


class PaperPage(PageFrame):
    """Makes papers and verifies their codes; `written` tells the path of what was made."""

    written = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("打印", "先生成 PDF，看过再打印；每一次都记入留痕", parent=parent)
        self._context = context
        self._register: Register | None = None
        self._view: View | None = None
        self._ids: tuple[int, ...] = ()
        self._opened = OpenedFiles()
        self.destroyed.connect(lambda _=None, opened=self._opened: opened.clear())
        self.open = Button("生成并打开", Look.PRIMARY, icon="print", shortcut="Ctrl+Enter")
        self.open.clicked.connect(self.open_now)
        self.save = Button("另存为…", icon="save")
        self.save.clicked.connect(self.save_now)
        for button in (self.save, self.open):
            self.head.addWidget(button)
        self.told = Strip(closable=True)
        self.told.hide()
        self.body.addWidget(self.told)
        self.body.addWidget(self._choice())
        self.body.addWidget(self._verifying())
        self._show_choice()

    def show_list(self, register: Register, view: View, ids: Sequence[int] = ()) -> None:
        """Offer the papers of one record when exactly one is chosen, else the list as shown."""
        self._register, self._view, self._ids = register, view, tuple(ids)
        self.told.hide()
        self._show_choice()

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action in ("complete", "print"):
            self.open_now()
            return True
        return False

    def save_draft(self) -> None:
        """Delete the readable copies that were opened: the desk is about to be locked."""
        self._opened.clear()

    def open_now(self) -> None:
        """Make a copy that goes at the next lock, and show it with the system's program."""
        if self._ready():
            self._make(self._opened.place(f"{self._name()}.pdf"), opens=True)

    def save_now(self) -> None:
        """Make the paper where the officer says."""
        path = messages.ask_save(self, "另存为", f"{self._name()}.pdf", _PDF) if self._ready() else None
        if path:
            self._make(path, opens=False)

    def verify(self) -> None:
        """Hold the code typed against the journal and say what it proves."""
        desk = self._context.office.desk
        one = self._ids[0] if len(self._ids) == 1 and self._register else 0
        register = self._register.key if one and self._register else ""

        def done(found: Verified) -> None:
            level = Level.ERROR if found.verdict is Verdict.REWRITTEN else Level.PLAIN
            acts = "；".join(f"{entry.at.replace('T', ' ')[:16]} {entry.label}" for entry in found.since[:5])
            self.told.show_words(found.words, acts, level)
            self.told.show()
            self._code_note.clear()

        def failed(error: Exception) -> None:
            if isinstance(error, PaizhuError):
                self._code_note.show_error(str(error))

        typed = self.code.text()
        self._context.tasks.run(lambda _p: anchoring.verify(desk, typed, register, one), done, failed)

    # --- the machine -----------------------------------------------------------------------------------------

    def _choice(self) -> Card:
        self._card = Card("打印什么", plain_head=True)
        self.what = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.kind = Segments("文书")
        self.kind.chosen.connect(lambda _key: self._show_purpose())
        self.purpose = QLineEdit()
        self.purpose.setAccessibleName("打印用途")
        self.purpose.setPlaceholderText("用途，例如：报请审批、案卷归档")
        self._purpose_note = FieldNote(self.purpose)
        self._purpose_box = QWidget()
        column = QVBoxLayout(self._purpose_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.purpose)
        column.addWidget(self._purpose_note)
        for part in (self.what, self.kind, self._purpose_box):
            self._card.body.addWidget(part)
        return self._card

    def _verifying(self) -> Card:
        card = Card("核验纸面", "录入纸面页脚的校验码，或扫出的二维码文字，查看打印以后有没有改动", plain_head=True)
        self.code = QLineEdit()
        self.code.setAccessibleName("纸面校验码")
        self.code.setPlaceholderText("例如 103-D5DB4EBB46")
        self.code.returnPressed.connect(self.verify)
        button = Button("核验", icon="shield")
        button.clicked.connect(self.verify)
        row = QHBoxLayout()
        row.addWidget(self.code, 1)
        row.addWidget(button)
        self._code_note = FieldNote(self.code)
        card.body.addLayout(row)
        card.body.addWidget(self._code_note)
        return card

    def _show_choice(self) -> None:
        register, printing = self._register, self._context.office.printing
        for button in (self.open, self.save):
            button.setEnabled(register is not None)
        self.kind.setVisible(register is not None)
        if register is None:
            self.what.setText("在台账里选好记录或列表，再按 Ctrl+P 打印。")
            self._purpose_box.hide()
            return
        choices = [(_LIST, f"{register.label}列表（按屏幕上的筛选和顺序）")]
        self.what.setText("")
        if len(self._ids) == 1:
            row = self._context.office.records.get(register, self._ids[0])
            self.what.setText(f"{open_title(register, row)}　{row.no}")
            choices = [(kind.code, kind.label) for kind in printing.kinds(register)] + choices
        elif self._ids:
            choices = [(_LIST, f"选中的 {len(self._ids)} 条")]
        self.kind.show_choices(choices, choices[0][0])
        self._show_purpose()

    def _show_purpose(self) -> None:
        self._purpose_note.clear()
        self._purpose_box.setVisible(self._asks_purpose())

    def _asks_purpose(self) -> bool:
        if self._register is None:
            return False
        printing = self._context.office.printing
        kind = next((each for each in printing.kinds(self._register) if each.code == self.kind.current()), None)
        return printing.needs_purpose(self._register, kind)

    def _ready(self) -> bool:
        """Tell whether a paper can be made; a purpose that is missing is asked for beneath its field."""
        if self._register is None:
            return False
        if self._asks_purpose() and not self.purpose.text().strip():
            self._purpose_note.show_error("请写明用途，它会记入留痕")
            self.purpose.setFocus()
            return False
        return True

    def _name(self) -> str:
        assert self._register is not None
        if self.kind.current() == _LIST or len(self._ids) != 1:
            return f"{self._register.label}列表"
        kinds = self._context.office.printing.kinds(self._register)
        label = next(kind.label for kind in kinds if kind.code == self.kind.current())
        number = self._context.office.records.get(self._register, self._ids[0]).no
        return f"{label} {number}".strip()

    def _make(self, path: Path, *, opens: bool) -> None:
        register, view = self._register, self._view
        if register is None or view is None:
            return
        purpose = self.purpose.text().strip() if self._asks_purpose() else ""
        printing, code, ids = self._context.office.printing, self.kind.current(), self._ids
        columns = register.columns

        def work(_progress: object) -> Written:
            if code == _LIST:
                return printing.list(view, path, columns, ids if len(ids) > 1 else (), purpose)
            return printing.paper(code, register, ids[0], path, purpose)

        def done(made: Written) -> None:
            notes = "；".join((*made.warnings, *made.substitutes))
            self.told.show_words(
                f"已生成 {made.pages} 页：{path.name}", notes, Level.AMBER if made.warnings else Level.PLAIN
            )
            self.told.show()
            if opens and not messages.open_file(made.path):
                self.told.show_words(
                    "已生成，但这台电脑没有打开 PDF 的程序", "请按“另存为”，拷到能打开的电脑上。", Level.AMBER
                )
            self.written.emit(str(made.path))

        def failed(error: Exception) -> None:
            if isinstance(error, PaizhuError):
                messages.tell(self, error)

        self._context.tasks.run(work, done, failed, label="正在生成文书")

"""Papers: choose one for a record, or the list as shown; the PDF itself is the preview."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.register import Register
from paizhu.base.rows import Change
from paizhu.base.view import View
from paizhu.documents.pdf.pages import Pages
from paizhu.documents.pdf.writing import Written
from paizhu.services.deadlines.task import open_title
from paizhu.services.out import drafts
from paizhu.services.out.anchoring import Verdict, Verified
from paizhu.services.out.drafts import Draft
from paizhu.services.readable import OpenedFiles
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pdf_view import PdfView
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.pages.frame import CardSplit, PageFrame
from paizhu.ui.pages.paper_code import CodeCard
from paizhu.ui.tasks import Progress
from paizhu.ui.theme import Text

_LIST = "list"
_PDF = "PDF (*.pdf)"
_SIDE = 380
_WAITING = "文书还没有生成。"
_ACTS_TOLD = 5


class PaperPage(PageFrame):
    """Makes papers, shows them, prints, saves or opens what is shown; codes on paper are verified beside them.

    `written` tells the path of what was saved, `printed` how many pages went to the printer.
    """

    written = Signal(str)
    printed = Signal(int)
    drafted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("打印", "看到的就是打印出来的；打印、另存、打开都记入留痕", scrolls=False, parent=parent)
        self._context = context
        self._register: Register | None = None
        self._view: View | None = None
        self._ids: tuple[int, ...] = ()
        self._draft: Draft | None = None
        self._asked = 0
        self._stale = False
        self._opened = OpenedFiles(context.office.vault.header.vault_id)
        self.destroyed.connect(lambda _=None, opened=self._opened: opened.clear())
        self.print = Button("打印…", Look.PRIMARY, icon="print", shortcut="Ctrl+Enter")
        self.print.clicked.connect(self.print_now)
        self.save = Button("另存为…", icon="save")
        self.save.clicked.connect(self.save_now)
        self.open = Button("用其他程序打开", icon="external")
        self.open.clicked.connect(self.open_now)
        for button in (self.open, self.save, self.print):
            self.head.addWidget(button)
        self.told = Strip(closable=True)
        self.told.hide()
        self.body.addWidget(self.told)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self._choice())
        self.codes = CodeCard(context)
        self.codes.verified.connect(self._tell_verified)
        side.addWidget(self.codes)
        side.addStretch(1)
        self.preview = PdfView()
        self.preview.page_shown.connect(self._tell_page)
        split = CardSplit()
        split.addWidget(scrolled(side))
        split.addWidget(self._paper_card())
        split.setStretchFactor(1, 1)
        split.setSizes([theme.current().px(_SIDE), theme.current().px(3 * _SIDE)])
        self.body.addWidget(split, 1)
        self._show_choice()
        context.events.changed.connect(self._hear)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the paper again that was made before its record changed: what is seen is what is printed."""
        super().showEvent(event)
        if self._stale:
            self.make_preview()

    def show_list(self, register: Register, view: View, ids: Sequence[int] = (), wanted: str = "") -> None:
        """Offer the papers of one record when exactly one is chosen, else the list as shown; `wanted` stands first."""
        self._register, self._view, self._ids = register, view, tuple(ids)
        self.told.hide()
        self.purpose.clear()
        self.covered.setChecked(False)
        self._show_choice(wanted)

    def show_draft(self, draft: Draft) -> None:
        """Show a paper made elsewhere, about no single record or list; it is printed and saved as it stands."""
        self._register, self._view, self._ids = None, None, ()
        self.told.hide()
        self._show_choice()
        self.what.setText(draft.label)
        self._show(draft, Pages(draft.content))

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action in ("complete", "record.complete", "record.primary", "print"):
            self.print_now()
            return True
        if action == "verify":
            self.codes.begin()
            return True
        return False

    def save_draft(self) -> None:
        """Delete readable copies and the preview: the desk is about to be locked."""
        self._opened.clear()
        self._forget()

    # --- making ------------------------------------------------------------------------------------------------

    def make_preview(self) -> None:
        """Make the chosen paper in memory and show it; a purpose that is missing is asked for beneath its field."""
        register, view = self._register, self._view
        self._forget()
        if register is None or view is None or not self._has_purpose():
            return
        purpose = self.purpose.text().strip() if self._asks_purpose() else ""
        made_by, code, ids, columns = self._context.office.printing, self.kind.current(), self._ids, register.columns
        ledgers = {each.code for each in made_by.ledgers(register)}
        self._asked += 1
        asked, covered = self._asked, self.covered.isChecked()

        def work(_progress: Progress) -> tuple[Draft, Pages]:
            if code == _LIST or code in ledgers:
                some = ids if len(ids) > 1 else ()
                draft = made_by.draft_list(view, columns, some, purpose, code, sanitised=covered)
            else:
                draft = made_by.draft(code, register, ids[0], purpose, sanitised=covered)
            # Opening thousands of pages would be felt.
            return draft, Pages(draft.content)

        def done(made: tuple[Draft, Pages]) -> None:
            # Another paper was chosen in the meantime.
            self._show(*made) if asked == self._asked else made[1].close()

        self._context.tasks.run(work, done, label="正在生成文书")

    def print_now(self) -> None:
        """Send what is shown to a printer; without a paper yet, make it first."""
        draft = self._draft
        if draft is None:
            self.make_preview()
            return
        from paizhu.ui import paper_print

        # Printed from a copy of its own: the preview may be turned or closed meanwhile.
        pages = Pages(draft.content)
        printer = paper_print.printer_for(pages)
        if not messages.ask_printer(self, printer):
            pages.close()
            return

        def done(count: int) -> None:
            pages.close()
            self._context.office.printing.note(draft, drafts.PRINTED)
            self._tell(paper_print.sent(printer, count, draft.label))
            self.printed.emit(count)

        def failed(error: Exception) -> None:
            pages.close()
            self._context.tasks.tell(error)

        self._context.tasks.run(
            lambda progress: paper_print.send(pages, printer, progress), done, failed, label="正在打印"
        )

    def save_now(self) -> None:
        """Put what is shown where the officer says."""
        draft = self._draft
        if draft is None:
            self.make_preview()
            return
        path = messages.ask_save(self, "另存为", f"{draft.label}.pdf", _PDF)
        if path:
            self._write(draft, path)

    def open_now(self) -> None:
        """Show a copy, which goes at the next lock, with the system's program."""
        draft = self._draft
        if draft is None:
            self.make_preview()
        else:
            self._open(draft, self._opened.place(f"{draft.label}.pdf"))

    # --- the machine -------------------------------------------------------------------------------------------

    def _write(self, draft: Draft, path: Path) -> None:
        def done(made: Written) -> None:
            self.told.hide()
            self._context.events.written.emit(f"已{drafts.SAVED} {made.pages} 页：{path.name}", made.path)
            self.written.emit(str(made.path))

        self._context.tasks.run(lambda _: self._context.office.printing.save(draft, path), done)

    def _open(self, draft: Draft, path: Path) -> None:
        made_by = self._context.office.printing

        def done(made: Written) -> None:
            if not messages.open_file(made.path):
                # Nobody saw the paper, so the journal does not say that somebody did.
                self._tell("这台电脑没有打开 PDF 的程序", "请按“另存为”，拷到能打开的电脑上。", Level.AMBER)
            else:
                try:
                    made_by.note(draft, drafts.OPENED, path.name)
                    self._tell(f"已{drafts.OPENED} {made.pages} 页：{path.name}")
                except PaizhuError as error:
                    self._context.tasks.tell(error)
            self.written.emit(str(made.path))

        self._context.tasks.run(lambda _: made_by.copy(draft, path), done)

    def _show(self, draft: Draft, pages: Pages) -> None:
        self._draft = draft
        self.preview.show_pages(pages)
        faces = "、".join(each.partition("用")[0] for each in draft.substitutes)
        own = (f"本机没有{faces}，用程序自带的字体代替",) if faces else ()
        notes = "；".join((*draft.warnings, *own))
        self._notes.set_words(notes)
        self._notes.setVisible(bool(notes))
        if draft.warnings:
            self._tell("请看一遍再打印", "；".join(draft.warnings), Level.AMBER)
        for button in (self.print, self.save, self.open):
            button.allow()
        self.preview.setFocus()
        self.drafted.emit()

    def _hear(self, change: Change) -> None:
        key = self._register.key if self._register else ""
        # Rows under a record are named after it.
        if self._draft is not None and any(name.partition(".")[0] == key for name in change.registers):
            self._stale = True
            if self.isVisible():
                self.make_preview()

    def _forget(self) -> None:
        self._asked += 1
        self._draft, self._stale = None, False
        self.preview.show_pages(None)
        self._notes.hide()
        for button in (self.print, self.save, self.open):
            button.refuse(_WAITING.rstrip("。")) if self._register is None else button.allow()

    def _tell(self, words: str, more: str = "", level: Level = Level.PLAIN) -> None:
        self.told.show_words(words, more, level)
        self.told.show()

    def _tell_verified(self, found: Verified) -> None:
        level = Level.ERROR if found.verdict is Verdict.REWRITTEN else Level.PLAIN
        self._tell(found.words, "；".join(each.words for each in found.since[:_ACTS_TOLD]), level)

    def _tell_page(self, at: int, count: int) -> None:
        self._page.set_words(f"第 {at} 页，共 {count} 页　PgUp PgDn 翻页，Ctrl+滚轮缩放" if count else _WAITING)

    def _paper_card(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(4)
        self._page = ElidedLabel(_WAITING, Text.SECONDARY, "ink2")
        self._notes = ElidedLabel("", Text.SECONDARY, "ink2")
        self._notes.hide()
        column.addWidget(self._page)
        column.addWidget(self._notes)
        column.addWidget(self.preview, 1)
        return holder

    def _choice(self) -> Card:
        self._card = Card("打印什么", plain_head=True)
        self.what = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.kind = Segments("文书")
        self.kind.chosen.connect(lambda _key: self._take_kind())
        self.purpose = QLineEdit()
        self.purpose.setAccessibleName("打印用途")
        self.purpose.setPlaceholderText("用途，例如：报请审批、案卷归档")
        self.purpose.returnPressed.connect(self.make_preview)
        self._purpose_note = FieldNote(self.purpose)
        look = Button("生成预览")
        look.clicked.connect(self.make_preview)
        self._purpose_box = QWidget()
        column = QVBoxLayout(self._purpose_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.purpose, 1)
        row.addWidget(look)
        column.addLayout(row)
        column.addWidget(self._purpose_note)
        self.covered = QCheckBox("脱敏副本（姓名换成某甲，号码遮去）")
        self.covered.setToolTip("证件号、电话一并遮去，图片从略；单位和职务不改，发出前请通读一遍")
        self.covered.clicked.connect(self._take_kind)
        for part in (self.what, self.kind, self.covered, self._purpose_box):
            self._card.body.addWidget(part)
        return self._card

    def _show_choice(self, wanted: str = "") -> None:
        register, made_by = self._register, self._context.office.printing
        one = register is not None and len(self._ids) == 1
        self.codes.look_at(register.key if register and one else "", self._ids[0] if one else 0)
        self.kind.setVisible(register is not None)
        self.covered.setVisible(register is not None)
        if register is None:
            self.what.setText("在台账里选好记录或列表，再按 Ctrl+P 打印。")
            self._purpose_box.hide()
            self._forget()
            return
        ledgers = [(each.code, each.label) for each in made_by.ledgers(register)]
        choices = [(_LIST, f"{register.label}列表（按屏幕上的筛选和顺序）"), *ledgers]
        self.what.setText("")
        if len(self._ids) == 1:
            row = self._context.office.records.get(register, self._ids[0])
            self.what.setText(f"{open_title(register, row)}　{row.no}")
            choices = [(kind.code, kind.label) for kind in made_by.kinds(register, row)] + choices
        elif self._ids:
            choices = [(_LIST, f"选中的 {len(self._ids)} 条"), *ledgers]
        self.kind.show_choices(choices, wanted if wanted in dict(choices) else choices[0][0])
        self._take_kind()

    def _take_kind(self) -> None:
        """Show the chosen paper at once, unless somebody has to say what it is for."""
        self._purpose_note.clear()
        self._purpose_box.setVisible(self._asks_purpose())
        if self._asks_purpose() and not self.purpose.text().strip():
            self._forget()
            self.purpose.setFocus()
        else:
            self.make_preview()

    def _asks_purpose(self) -> bool:
        if self._register is None:
            return False
        made_by = self._context.office.printing
        kind = next((each for each in made_by.kinds(self._register) if each.code == self.kind.current()), None)
        return made_by.needs_purpose(self._register, kind)

    def _has_purpose(self) -> bool:
        return not self._ask_purpose()

    def _ask_purpose(self) -> bool:
        """Ask for the purpose beneath its field where it is missing; True when it was asked."""
        if not self._asks_purpose() or self.purpose.text().strip():
            return False
        self._purpose_note.show_error("请写明用途，它会记入留痕")
        self.purpose.setFocus()
        return True

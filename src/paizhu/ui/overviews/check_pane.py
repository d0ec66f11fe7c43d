"""What the first panes of a check, a problem and a letter share: a strip, questions, and one act for each answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.base.progress import Progress
from paizhu.base.rows import Change, Ref, Row, Value, refs_in
from paizhu.registers.proposal import PROPOSAL_KINDS
from paizhu.services.supervision.handing_letters import HandingLetters
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.theme import Text
from paizhu.ui.write_many import write_many

USUAL_KIND = "reminder"
"""What a letter is unless the officer chooses another kind."""


class CheckPane(Overview):
    """Such a pane: parts one below the other, every answer stored as one act, refusals told where they were asked."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.handing = HandingLetters(context.office.desk)
        self.row: Row | None = None
        self._writing = False
        self.strip = Strip(closable=True)
        self.strip.hide()
        self.ask = AskStrip()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.ask)
        column.addLayout(self.body)
        column.addStretch(1)

    def take(self, row: Row) -> bool:
        """Take a record in hand; True when it is another one than before."""
        other = self.row is None or self.row.id != row.id
        self.row = row
        if other:
            self.ask.leave()
            self.strip.hide()
        return other

    def section(self, words: str, *buttons: Button) -> Label:
        """Add the head of a part with its buttons at the right; returns the quiet label beside it."""
        head, note = QWidget(), Label("", Text.SECONDARY, "ink2")
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 6, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(words, Text.SECTION))
        line.addWidget(note)
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        self.body.addWidget(head)
        return note

    def button(self, words: str, then: Callable[[], object], icon: str = "") -> Button:
        """Return a small button for the head of a part."""
        made = Button(words, size=Size.SMALL, icon=icon)
        made.clicked.connect(lambda _=False: then())
        return made

    def open(self, register: str, record_id: int) -> None:
        """Ask the window for a record."""
        if record_id:
            self.context.events.asked_for.emit(register, record_id)

    # --- asking and storing ----------------------------------------------------------------------------------

    def ask_letter(self, make: Callable[[str], Change]) -> None:
        """Ask which kind of letter is wanted, and draft it."""
        kinds = DropDown()
        for choice in PROPOSAL_KINDS:
            kinds.addItem(choice.label, choice.code)
        kinds.setCurrentIndex(kinds.findData(USUAL_KIND))
        note = "问题、依据、要求和责任人带过去，回复期限按期限表先填好；打开后改定、审核、签发。"
        self.ask.ask(
            "生成文书", note, "生成文书", [("文书种类", kinds)],
            lambda _answers: self.store(lambda _progress: make(str(kinds.currentData())), "已生成文书草稿", opens=True),
        )  # fmt: skip

    def store(
        self, write: Callable[[Progress], Change], words: str, *, opens: bool = False, count: int = 1, label: str = ""
    ) -> None:
        """Write so many records and say it, and open what was made when wanted; a refusal stands where it was asked.

        Many are written behind a backup and beside the window, under this label.
        """
        row = self.row
        if row is None or self._writing:
            return
        self._writing = True
        asks = self.ask.hold("正在写入") if not self.ask.isHidden() else lambda: False

        def stored(change: Change) -> None:
            self._writing = False
            if asks():
                self.ask.done()
            here = self.row is not None and self.row.id == row.id
            if here:
                self.strip.hide()
            made = change.records[0] if change.records else None
            self.context.events.changed.emit(change)
            self.context.events.said.emit(words, change.entry)
            # Who went on to another record while many were written is not taken away from it.
            if opens and made and here:
                self.context.events.made_of.emit(made, (row.register, row.id))
                self.open(*made)

        def refused(error: Exception) -> None:
            self._writing = False
            if not isinstance(error, PaizhuError):
                # A fault is told where faults are.
                return
            problems = error.problems if isinstance(error, InvalidRecordError) else ()
            told = messages.joined([each.message for each in problems])
            told = told or messages.joined([error.happened, error.kept, error.todo])
            if asks():
                self.ask.say(told)
            elif self.row is None or self.row.id != row.id:
                # Another record stands here by now, and the strip would be about that one.
                messages.tell(self, error)
            else:
                self.strip.show_words("没有办成", told, Level.ERROR)
                self.strip.show()

        write_many(self.context, write, stored, refused, count=count, words=label or words)


def label_of(value: Value) -> str:
    """Return the words of a reference, or of several."""
    if isinstance(value, Ref):
        return value.label
    if isinstance(value, tuple):
        return "、".join(each.label for each in value if isinstance(each, Ref))
    return ""


def linked(value: Value) -> list[Ref]:
    """Return the references of a value that lead to a record."""
    return [ref for ref in refs_in(value) if ref.linked]


def joined(*parts: str) -> str:
    """Return words side by side, empty ones left out."""
    return "　".join(part for part in parts if part)

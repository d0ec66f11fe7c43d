"""Where the persons of a letter are typed, pasted or taken from a workbook, and looked at before they count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from paizhu.base.errors import PaizhuError
from paizhu.services.drafts import PaneDrafts
from paizhu.services.opinions.answering import Opinions
from paizhu.services.opinions.people import Asked
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import Tone
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.theme import Text

READ_AFTER_MS = 300
_DRAFT = "integrity_opinion:people"
_LINES = 4
_MOST_ROWS = 10


def _post(asked: Asked) -> str:
    return "".join((asked.unit, asked.post)) or "未写职务"


_CELLS: tuple[Cells[Asked], ...] = (
    Cells(Column("name", "姓名", 110), lambda asked: asked.name or "未识别"),
    Cells(
        Column("post", "单位和职务", 240, stretches=True),
        _post,
        second=lambda asked: "；".join(asked.unsure),
        tone=lambda asked: Tone.AMBER if asked.unsure else None,
    ),
    Cells(Column("to_post", "拟任职务", 160, rank=1), lambda asked: asked.to_post),
)


def _sentence(asked: Asked) -> str:
    to_post = f"拟任{asked.to_post}" if asked.to_post else ""
    return "，".join(filter(None, (asked.name or "未识别", _post(asked), to_post, *asked.unsure)))


class PeoplePaste(QFrame):
    """Words or a workbook in, persons out; `given` hands them over, `left` says that nothing was wanted.

    Words that were not handed over are kept encrypted with the request.
    """

    given = Signal(list)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("frame", "strip-plain")
        self.setAccessibleName("征求意见人员")
        self._context = context
        self._drafts = PaneDrafts(context.office.vault, _DRAFT)
        self._request = 0
        self.people: list[Asked] = []
        self._from_book = False
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("人员名单原文")
        self.text.setPlaceholderText("一行一人，可以从来函或表格里粘贴，例如：张三 办公室主任 拟任副处长")
        self.text.setTabChangesFocus(True)
        self._timer = DeskTimer(self, READ_AFTER_MS, single=True)
        self._timer.timeout.connect(self.read)
        self._timer.timeout.connect(self.keep)
        self.text.textChanged.connect(self._typed)
        self._told = Label("", Text.SECONDARY, "ink2", wraps=True)
        self._problem = Label("", Text.SECONDARY, "accent", wraps=True)
        self.understood = LinesModel(_CELLS, sentence=_sentence)
        self.table = RegisterTable("识别结果", row=RowHeight.TWO_LINES)
        self.table.show_model(self.understood, self.understood.columns)
        self.store_button = Button("登记并查询", size=Size.SMALL)
        self.store_button.clicked.connect(self.store)
        book = Button("选择 Excel 名单", size=Size.SMALL, icon="import")
        book.clicked.connect(self._ask_book)
        leave = Button("不登记", size=Size.SMALL)
        leave.clicked.connect(self.leave)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.store_button, book, leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 10)
        self._column.setSpacing(6)
        self._column.addWidget(Label("征求意见人员", Text.SECTION))
        for part in (self.text, self._told, self._problem):
            self._column.addWidget(part)
        self._column.addLayout(buttons)
        self._column.addWidget(self.table)
        theme.current().follow(self, self._measure)
        self._show([])

    def start(self, request: int) -> bool:
        """Begin for a request with what was not handed over last time; False where that is nothing."""
        self._from_book = False
        self._request = request
        kept = self._drafts.find(request)
        self.text.setPlainText(kept[1] if kept else "")
        self._show([])
        self.say("")
        if kept:
            self.read()
            self._told.setText(f"放回了 {kept[0].replace('T', ' ')[5:16]} 没有登记的名单。{self._told.text()}")
            self._told.show()
        return kept is not None

    def keep(self) -> None:
        """Keep what stands here, encrypted."""
        words = self.text.toPlainText().strip()
        if self._request and not self._context.office.vault.closed and (words or self._drafts.find(self._request)):
            self._drafts.keep(self._request, words or None)

    def clear(self) -> None:
        """Leave nothing: it was stored, or is not wanted."""
        self.text.clear()
        self._timer.stop()
        self.keep()
        self.start(self._request)

    def read(self) -> None:
        """Show what is understood of the words now."""
        self._timer.stop()
        if self._context.office.vault.closed or self._from_book:
            return
        self._show(Opinions(self._context.office.desk).plan(self.text.toPlainText()))

    def read_book(self, path: Path) -> None:
        """Take the persons of a workbook; one without a column of names says so."""
        try:
            people = Opinions(self._context.office.desk).plan_book(path)
        except PaizhuError as error:
            self.say(str(error))
            return
        self.text.clear()
        self._from_book = True
        self._show(people)
        self._told.setText(f"《{path.name}》里有 {len(people)} 人，核对后登记。")

    def store(self) -> None:
        """Hand over what was understood."""
        self.read()
        if self.people:
            self.given.emit(list(self.people))

    def leave(self) -> None:
        """Give up; nothing was stored."""
        self.clear()
        self.left.emit()

    def say(self, words: str) -> None:
        """Say why nothing was stored; what was typed stays."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def put_aside(self) -> None:
        """Leave what stands here as a draft; the button that opened this brings it back."""
        self.keep()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc leave without losing what was pasted."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_aside()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        if self.text.toPlainText().strip():
            self._from_book = False
        self._timer.start()

    def _ask_book(self) -> None:
        path = messages.ask_open(self, "选择名单", messages.WORKBOOKS)
        if path is not None:
            self.read_book(path)

    def _show(self, people: Sequence[Asked]) -> None:
        self.people = list(people)
        unsure = sum(bool(each.unsure) for each in people)
        more = f"，{unsure} 人请核对" if unsure else ""
        self._told.setText(f"识别为 {len(people)} 人{more}；登记后每人查五个来源。" if people else "")
        self._told.setVisible(bool(people))
        words = f"登记 {len(people)} 人并查询" if people else "登记并查询"
        self.store_button.setText(words)
        self.store_button.setAccessibleName(words)
        if people:
            self.store_button.allow()
        else:
            self.store_button.refuse("还没有写人员")
        self.understood.show_lines(people)
        self._measure()

    def _measure(self) -> None:
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 16)
        heights, rows = theme.current().heights, len(self.people)
        self.table.setVisible(rows > 0)
        self.table.setFixedHeight(heights.header + min(rows, _MOST_ROWS) * heights.two_line_row + 2)

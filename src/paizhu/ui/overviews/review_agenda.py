"""The place where an agenda is pasted: what was understood is shown, and mended, before one act stores it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout

from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.base.progress import Progress
from paizhu.base.rows import Change, Row
from paizhu.base.text import folded
from paizhu.registers.meeting import MEETING
from paizhu.services.drafts import PaneDrafts
from paizhu.services.reviews.agenda_book import agenda_words
from paizhu.services.reviews.agenda_reading import AgendaItem, AgendaReading
from paizhu.services.reviews.agenda_words import heading
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.overviews.review_agenda_table import UnderstoodModel, UnderstoodTable
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.rereading import Rereading
from paizhu.ui.theme import Text
from paizhu.ui.write_many import write_many

READ_AFTER_MS = 300
_DRAFT = "meeting:agenda"
_LINES = 5
_MOST_ROWS = 14


class AgendaPaste(QFrame):
    """Words in, items out; `left` follows when it was stored, put aside or given up, `stored` when items were made.

    Until then they are kept encrypted with the meeting, so that a lock or another record takes nothing of them.
    """

    left = Signal()
    stored = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("frame", "strip-plain")
        self.setAccessibleName("粘贴议程")
        self._context = context
        self._meeting: Row | None = None
        self._storing = False
        self._reading = Rereading(context.tasks, self._understand, self._show)
        self._asked = ("", 0)
        self._to_store: bool | None = None
        """What was pressed is done with what is understood of the words then: stored here, or with another meeting."""
        self._to_table = False
        self._put_back = ""
        self._drafts = PaneDrafts(context.office.vault, _DRAFT)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("议程原文")
        self.text.setPlaceholderText(
            "粘贴编号的议程，或者从表格里复制的行，例如：1. 办公楼维修采购（办公室，48.60 万元）"
        )
        self.text.setTabChangesFocus(True)
        self._timer = DeskTimer(self, READ_AFTER_MS, single=True)
        self._timer.timeout.connect(self.read)
        self._timer.timeout.connect(self.keep)
        self.text.textChanged.connect(self._timer.start)
        self.understood = UnderstoodModel()
        self.table = UnderstoodTable(self.understood)
        self._told = ElidedLabel("", Text.SECONDARY, "ink2")
        self._problem = Label("", Text.SECONDARY, "accent", wraps=True)
        self.store_button = Button("登记议题", size=Size.SMALL)
        self.store_button.clicked.connect(lambda _=False: self.store(as_new=False))
        self.other_button = Button("另建会议", size=Size.SMALL)
        self.other_button.clicked.connect(lambda _=False: self.store(as_new=True))
        book = Button("选择 Excel 议程", size=Size.SMALL, icon="import")
        book.clicked.connect(self._ask_book)
        leave = Button("不登记", size=Size.SMALL)
        leave.clicked.connect(self.leave)
        buttons = FlowLayout(gap=8)
        for button in (self.other_button, self.store_button, book, leave):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addLayout(self._arrival())
        column.addWidget(self._told)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        column.addWidget(self.table)
        theme.current().follow(self, self._measure)

    def _arrival(self) -> QHBoxLayout:
        """Ask once for all items when their papers arrived; what came piece by piece is entered at each."""
        self.came = QLineEdit()
        self.came.setAccessibleName("材料报送时间")
        self.came.textEdited.connect(lambda _words: self._timer.start())
        self.came.setPlaceholderText("一起报来的写一次，如 今天 9:30；不填的逐项登记")
        self.came.setMaximumWidth(theme.current().px(400))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label("材料报送时间", ink="ink3"))
        row.addWidget(self.came, 4)
        row.addStretch(1)
        return row

    def start(self, meeting: Row) -> None:
        """Begin for this meeting with what was not stored last time, or with nothing."""
        self._meeting = meeting
        kept = self._drafts.find(meeting.id)
        words, came, self.understood.chosen = json.loads(kept[1]) if kept else ("", "", {})
        self._to_store = None
        self.text.setPlainText(words)
        self.came.setText(came)
        self._put_back = f"放回了 {kept[0].replace('T', ' ')[5:16]} 没有登记的议程" if kept else ""
        self._show(("", meeting.id, []))
        self.read()

    @property
    def busy(self) -> bool:
        """Tell whether the words are being read, or the items stored."""
        return self._storing or self._reading.busy

    def has_kept(self, meeting_id: int) -> bool:
        """Tell whether an agenda was left here without being stored or given up."""
        return self._drafts.find(meeting_id) is not None

    def put(self, words: str) -> None:
        """Put words in the place of those that stand there, as pasting does: Ctrl+Z takes them out again."""
        self.text.selectAll()
        self.text.insertPlainText(words)

    def keep(self) -> None:
        """Keep what stands here, encrypted."""
        if self._meeting is None or self._context.office.vault.closed:
            return
        words, came = self.text.toPlainText(), self.came.text()
        if words.strip():
            self._drafts.keep(self._meeting.id, json.dumps([words, came, self.understood.chosen], ensure_ascii=False))
        elif self.has_kept(self._meeting.id):
            self._drafts.keep(self._meeting.id, None)

    def _forget(self) -> None:
        self._to_store, self._put_back = None, ""
        self.text.clear()
        self.came.clear()
        self.understood.chosen.clear()
        self._timer.stop()
        self.keep()

    def read(self) -> None:
        """Have the words read as they stand now, beside the window, and show what is understood of them."""
        self._timer.stop()
        if self._meeting is None or self._context.office.vault.closed:
            return
        self._asked = self.text.toPlainText(), self._meeting.id
        self._reading.ask()

    def _understand(self) -> tuple[str, int, list[AgendaItem]]:
        words, meeting_id = self._asked
        return words, meeting_id, AgendaReading(self._context.office.desk).plan(words, meeting_id)

    def _show(self, understood: tuple[str, int, list[AgendaItem]]) -> None:
        words, meeting_id, items = understood
        if self._meeting is None or self._meeting.id != meeting_id or self._context.office.vault.closed:
            return
        self.understood.show_lines(items)
        self._say("")
        fresh = [item for item in self.understood.lines if not item.known]
        unsure = sum(bool(item.unsure) for item in fresh)
        told = f"识别为 {len(items)} 项议题" + (f"，{unsure} 项请核对" if unsure else "") if items else ""
        name = self._other_name()
        self._told.set_words("　".join(filter(None, (self._put_back, told, f"会议：{name}" if name else ""))))
        own = str(self._meeting.values.get("name") or "")
        # The words name another meeting: then it is said where the items would go.
        label = f"登记 {len(fresh)} 项到“{own}”" if name and own else f"登记 {len(fresh)} 项议题"
        self.store_button.setText(label)
        self.store_button.setAccessibleName(label)
        if fresh:
            self.store_button.allow()
        else:
            self.store_button.refuse("没有新的议题可以登记")
        self.other_button.setText(f"另建会议“{name}”")
        self.other_button.setVisible(bool(name and items))
        self._measure()
        if words != self.text.toPlainText():
            # They were written on meanwhile, and are read again.
            return
        if self._to_table and items:
            self._to_table = False
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._to_store is not None:
            as_new, self._to_store = self._to_store, None
            self._store(self._meeting, as_new=as_new)

    def read_book(self, path: Path) -> None:
        """Put the agenda of a workbook in the place for words, to be looked at and mended like a pasted one."""
        try:
            words = agenda_words(path)
        except PaizhuError as error:
            self._say(str(error))
            return
        self._to_table = True
        self.put(words)
        self.read()

    def store(self, *, as_new: bool) -> None:
        """Store the items under this meeting, or with the meeting the words name."""
        if not self._storing:
            self._to_store = as_new
            self.read()

    def _store(self, meeting: Row, *, as_new: bool) -> None:
        if not self.understood.lines:
            return
        reading = AgendaReading(self._context.office.desk)
        items, came, words = list(self.understood.lines), self.came.text(), self.text.toPlainText()
        above: dict[str, Any] = {}
        if as_new:
            items = [replace(item, known=False) for item in items]
            above = {**_taken_over(meeting), **heading(words)}
        count = sum(not item.known for item in items)
        self._storing = True

        def write(progress: Progress) -> Change:
            return reading.apply(above, items, None if as_new else meeting.id, came, progress)

        def done(change: Change) -> None:
            self._storing = False
            self._put_away(meeting, words)
            self._context.events.changed.emit(change)
            self._context.events.said.emit(f"已登记 {count} 项议题", change.entry)
            if as_new:
                self._context.events.asked_for.emit(MEETING.key, change.records[0][1])

        write_many(self._context, write, done, self._not_stored, count=count, words=f"登记 {count} 项议题")

    def _put_away(self, meeting: Row, words: str) -> None:
        """Clear what was stored away; what was written over it meanwhile, or belongs to another meeting, stays."""
        if self._meeting is None or self._meeting.id != meeting.id:
            self._drafts.keep(meeting.id, None)
            return
        if self.text.toPlainText() == words:
            self._forget()
            self.left.emit()
        else:
            self.read()
        self.stored.emit()

    def _not_stored(self, error: Exception) -> None:
        self._storing = False
        if isinstance(error, InvalidRecordError):
            self._say(messages.joined([problem.message for problem in error.problems]))
        elif isinstance(error, PaizhuError):
            self._say(messages.joined([error.happened, error.kept, error.todo]))

    def leave(self) -> None:
        """Give up; nothing was stored."""
        self._forget()
        self.left.emit()

    def put_aside(self) -> None:
        """Leave what stands here as a draft; the button that opened this brings it back."""
        self.keep()
        if self._meeting is not None and self.has_kept(self._meeting.id):
            self._context.events.said.emit("议程还没有登记，粘贴的内容存为草稿，按“登记议程”接着核对", 0)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc leave without losing what was pasted and mended."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_aside()
        else:
            super().keyPressEvent(event)

    def _ask_book(self) -> None:
        path = messages.ask_open(self, "选择议程", messages.WORKBOOKS)
        if path is not None:
            self.read_book(path)

    def _other_name(self) -> str:
        """Return the name of the meeting in the words when it is not the one shown."""
        name = heading(self.text.toPlainText()).get("name", "")
        own = str(self._meeting.values.get("name") or "") if self._meeting else ""
        return "" if folded(name) == folded(own) else name

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _measure(self) -> None:
        heights = theme.current().heights
        rows = len(self.understood.lines)
        self.table.setVisible(rows > 0)
        self.table.setFixedHeight(heights.header + min(rows, _MOST_ROWS) * heights.two_line_row + 2)
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 16)


def _taken_over(meeting: Row) -> dict[str, Any]:
    """Return what a new meeting has in common with the one shown."""
    return {name: value for name in ("kind", "unit_id", "secrecy_notice") if (value := meeting.values.get(name))}

"""One meeting: who is there, its items with their state, and the place where an agenda is pasted."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from paizhu.base import values
from paizhu.base.rows import Row
from paizhu.registers.meeting import MEETING
from paizhu.registers.review import REVIEW
from paizhu.services.reviews.agenda_words import is_agenda
from paizhu.services.reviews.reviewing import OPEN, Quorum, Reviewing
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.overviews.review_agenda import AgendaPaste
from paizhu.ui.overviews.review_columns import ground
from paizhu.ui.register.words import state_mark
from paizhu.ui.theme import Text
from paizhu.ui.turns import Pieces


class Item(NamedTuple):
    """A matter of the meeting and where it stands on the agenda; one without a number of its own shows its place."""

    place: int
    row: Row

    def shown(self, name: str) -> str:
        """Return the words of a field."""
        return values.show(REVIEW.field(name), self.row.values.get(name))


def _number(item: Item) -> str:
    return item.shown("agenda_no") or str(item.place)


CELLS: tuple[Cells[Item], ...] = (
    Cells(Column("agenda_no", "序号", 48, rank=2), _number, tone=Tone.DONE),
    Cells(Column("title", "议题", 200, stretches=True), lambda item: item.shown("title") or "—"),
    Cells(Column("category", "类别", 112, rank=1), lambda item: item.shown("category") or "—", tone=Tone.DONE),
    Cells(
        Column("state", "审查状态", 120, CellKind.STATUS),
        lambda item: item.shown("state") or "—",
        mark=lambda item: state_mark(REVIEW, item.row.state),
        tone=Tone.DONE,
    ),
    Cells(Column("opinion", "审查意见", 116, rank=3), lambda item: item.shown("opinion") or "—", tone=Tone.DONE),
)


def _sentence(item: Item) -> str:
    return "，".join(filter(None, (item.shown(cells.column.key) for cells in CELLS)))


class MeetingOverview(Overview):
    """The first pane of a meeting."""

    label = "议程"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAccessibleName("会议议程")
        ground(self, "surface")
        self._reviewing = Reviewing(context.office.desk)
        self._row: Row | None = None
        self._wants_items = False
        """Items were just made of an agenda: once they stand in the table, the keys go on there."""
        self._members = MarkLabel(Mark(Shape.CIRCLE, ""))
        self._counts = ElidedLabel("", Text.SECONDARY, "ink2")
        self.edit = Button("修改", Look.LINK, shortcut="F2", size=Size.SMALL)
        self.edit.clicked.connect(lambda: self.field_asked.emit("present"))
        self.paste_button = Button("登记议程", size=Size.SMALL)
        self.paste_button.setToolTip("粘贴编号的议程，或者选择 Excel 议程")
        self.paste_button.clicked.connect(self.open_paste)
        self.entrance = self.paste_button
        self.items = LinesModel(CELLS, sentence=_sentence)
        self.table = RegisterTable("会议议题")
        self.table.show_model(self.items, self.items.columns)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.opened.connect(self._open)
        self._nothing = Label(
            "还没有议题。按“登记议程”粘贴或选择 Excel 议程，或者在“会前审查”里逐项登记。", ink="ink2", wraps=True
        )
        self._nothing.setContentsMargins(16, 4, 16, 12)
        self.paste = AgendaPaste(context)
        self.paste.left.connect(self._leave_paste)
        self.paste.stored.connect(self._want_items)
        self.paste.hide()
        theme.current().follow(self, self._measure)
        self._lay_out()

    def showing(self, row: Row) -> Pieces:
        """Show a meeting and its items; an agenda being read stays open while the meeting is the same."""
        other = self._row is None or row.id != self._row.id
        if other:
            self._close_paste()
        self._row = row
        if other and not row.voided and not _ended(row) and self.paste.has_kept(row.id):
            self.paste.start(row)
            self.paste.show()
        self._members.set_mark(_mark(self._reviewing.quorum(row)))
        self._members.setToolTip(f"依据：{self._reviewing.quorum(row).source}")
        items = self._reviewing.items(row.id)
        live = [item for item in items if item.state != "dropped"]
        waiting = sum(item.state in OPEN for item in live)
        held = row.values.get("present") is not None
        left = f"会已召开，还有 {waiting} 项没有出具意见" if held else f"待审查 {waiting} 项"
        words = f"{len(live)} 项，{left if waiting else '都已出具意见'}" if live else ""
        self._counts.set_words(words)
        yield
        self.items.show_lines([Item(place, item) for place, item in enumerate(items, 1)])
        self.table.setVisible(bool(items))
        self._nothing.setVisible(not items)
        for button in (self.paste_button, self.edit):
            button.setVisible(not row.voided and not _ended(row))
        self._measure()
        if self._wants_items and items:
            self._wants_items = False
            if self.paste_button.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_paste(self) -> None:
        """Show the place for an agenda."""
        if self._row is not None:
            self.paste.start(self._row)
            self.paste.show()
            self.paste.text.setFocus()

    def take_pasted(self, words: str) -> bool:
        """Take an agenda pasted over the list of meetings: numbered lines, not the cells of a sheet."""
        row = self._row
        if row is None or row.voided or _ended(row) or not is_agenda(words):
            return False
        self.open_paste()
        self.paste.put(words)
        return True

    def keep_draft(self) -> None:
        """Keep an agenda that is being read."""
        if not self.paste.isHidden():
            self.paste.keep()

    def _close_paste(self) -> None:
        self.paste.hide()

    def _leave_paste(self) -> None:
        # First, or the focus goes to whatever comes next in the window.
        if self.paste.isAncestorOf(QApplication.focusWidget() or self):
            self.paste_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._close_paste()

    def _want_items(self) -> None:
        self._wants_items = True

    def _open(self, at: int) -> None:
        item = self.items.line(at)
        if item:
            self.context.events.asked_for.emit(REVIEW.key, item.row.id)

    def _measure(self) -> None:
        heights = theme.current().heights
        self.table.setFixedHeight(heights.header + len(self.items.lines) * heights.row + 2)

    def _lay_out(self) -> None:
        members = QHBoxLayout()
        members.setContentsMargins(16, 10, 16, 8)
        members.setSpacing(8)
        members.addWidget(Label("到会", Text.SECTION))
        members.addWidget(self._members, 1)
        members.addWidget(self.edit)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        head.addWidget(Label("议题", Text.SECTION))
        head.addWidget(self._counts)
        head.addStretch(1)
        head.addWidget(self.paste_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(members)
        column.addWidget(line())
        column.addLayout(head)
        column.addWidget(self.paste)
        column.addWidget(self.table)
        column.addWidget(self._nothing)
        column.addStretch(1)


def _mark(quorum: Quorum) -> Mark:
    if quorum.enough is None:
        return Mark(Shape.CIRCLE, quorum.words, Tone.DONE)
    shape, tone = (Shape.TICK, Tone.DONE) if quorum.enough else (Shape.TRIANGLE, Tone.AMBER)
    return replace(Mark(shape, quorum.words), tone=tone)


def _ended(row: Row) -> bool:
    flow = MEETING.flow
    return flow is not None and bool(row.state) and flow.state(row.state).end

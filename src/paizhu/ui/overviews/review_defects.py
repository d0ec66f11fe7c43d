"""After the meeting: a procedural defect becomes a finding in one press, or the finding made of it is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change, Row
from paizhu.services.flags.computing import Flag
from paizhu.services.reviews.handing_findings import FROM_THE_MEETING_ON, HandingFindings
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.register.asking import AskStrip

_MAKE, _OPEN = "make", "open"


class ReviewDefects(QWidget):
    """A strip with what the flags of procedure say; `made` follows the act that made the finding."""

    made = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._handing = HandingFindings(context.office.desk)
        self._row: Row | None = None
        self._words: str | None = None
        """What is wanting in words; None as long as it is not known."""
        self.strip = Strip()
        self.strip.acted.connect(self._act)
        self.ask = AskStrip()
        self.ask.given.connect(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.ask)
        self.hide()

    def show_item(self, row: Row) -> None:
        """Show what was made of an item's procedure; nothing before its meeting.

        What the ledgers say of it follows with its hints: comparing them takes its time.
        """
        if self._row is None or self._row.id != row.id:
            self.ask.leave()
            self._words = None
        self._row = row
        shown = not row.voided and row.state in FROM_THE_MEETING_ON
        self.setVisible(shown)
        if not shown:
            return
        finding = self._handing.finding_of(row)
        if finding:
            self.strip.show_words(
                "程序问题已登记", finding.label, Level.PLAIN, [Offer(_OPEN, "打开发现问题", Look.LINK)]
            )
            return
        self._show_words()

    def show_flags(self, flags: Iterable[Flag]) -> None:
        """Show what the flags of the item shown say of its procedure."""
        self._words = self._handing.defects(flags)
        if self._row and not self.isHidden() and not self._handing.finding_of(self._row):
            self._show_words()

    def _show_words(self) -> None:
        detail = self._words or "会议程序有问题的，登记后一直跟到整改销号。"
        level = Level.AMBER if self._words else Level.PLAIN
        self.strip.show_words("会后核对", detail, level, [Offer(_MAKE, "登记程序问题")])

    def _act(self, key: str) -> None:
        row = self._row
        if row is None:
            return
        finding = self._handing.finding_of(row)
        if key == _OPEN and finding:
            self._context.events.asked_for.emit(finding.register, int(finding.id or 0))
        elif key == _MAKE:
            if self._words is None:
                # Pressed before the hints came.
                self.show_flags(self._context.office.flags.of(row.id))
            line = QLineEdit(self._words or "")
            note = "责任单位、分管领导、来源从本件带过去，不用再录。"
            self.ask.ask("登记程序问题", note, "登记为发现问题", [("问题描述", line)])

    def _make(self, given: Sequence[Any]) -> None:
        row = self._row
        if row is None:
            return
        try:
            change: Change = self._handing.finding_from_review(row.id, str(given[0]))
        except PaizhuError as error:
            self.ask.say(messages.joined([error.happened, error.kept, error.todo]))
            return
        self.ask.done()
        self._context.events.changed.emit(change)
        self._context.events.said.emit("已登记为发现问题", change.entry)
        self.made.emit(change)

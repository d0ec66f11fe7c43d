"""The strip over a settled record, and the reason without which nothing that stands in it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from paizhu.base import clock
from paizhu.base.dates import short_day
from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.base.flow import Shape
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.services.correcting import Correcting
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.detail_stack import FILES

CORRECT = "correct"


class Settled(QObject):
    """Locks the form of a record whose course is over; a reason, kept in the journal, opens it until one goes on."""

    def __init__(self, context: Context, pane: DetailPane) -> None:
        super().__init__(pane)
        self._context, self._pane = context, pane
        self._correcting = Correcting(context.office.desk)
        self._open = 0
        pane.head_shown.connect(self.look)
        pane.stack.files_made.connect(lambda _files: self.look())
        pane.strip.acted.connect(self._acted)

    def look(self) -> None:
        """Lock the record in hand when it is settled and nobody gave a reason to correct it."""
        row = self._pane.work.row
        if row is None or row.id != self._open:
            self._close()
        free = row is None or row.voided or row.id == self._open
        why = "" if free or row is None else self._correcting.settled(self._pane.register, row)
        self._look_at_files(row, why)
        if row is None or not why or self._pane.form.is_open:
            return
        self._pane.form.lock(not row.missing, only_fills=row.missing > 0)
        if self._pane.strip.isHidden():
            offers = [Offer(CORRECT, "申请更正（留痕）", Look.LINK)]
            day = self._correcting.settled_on(self._pane.register, row)
            detail = f"{short_day(day, clock.today())} {why}" if day else why
            title = "已归档，只读" if _is_filed(self._pane.register, row) else "只读"
            if row.missing:
                title = f"已归档，待补 {row.missing} 项"
                detail += "。空着的可以补录，不用写原因；已填的要改，先申请更正"
            self._pane.strip.show_words(title, detail, offers=offers, icon="lock")
            self._pane.strip.show()

    def _look_at_files(self, row: Row | None, why: str) -> None:
        """Let the files of a settled record only be read; one that lacks something takes those that complete it."""
        if FILES in self._pane.stack.made:
            self._pane.files.lock(bool(why), takes=not why or (row is not None and row.missing > 0))

    def _close(self) -> None:
        if self._open:
            self._correcting.end(self._pane.register, self._open)
        self._open = 0

    def _acted(self, key: str) -> None:
        if key == CORRECT:
            self._pane.ask.ask(
                "申请更正",
                "写明原因后可以修改。原因、改前和改后的内容都记入留痕，不能删除。",
                "记入留痕并更正",
                [("更正原因", None)],
                self._given,
            )

    def _given(self, answers: Sequence[Any]) -> None:
        row = self._pane.work.row
        if row is None:
            return
        try:
            change = self._correcting.begin(self._pane.register, row, str(answers[0]))
        except PaizhuError as error:
            problems = error.problems if isinstance(error, InvalidRecordError) else ()
            self._pane.ask.say(messages.joined([each.message for each in problems]) or str(error))
            return
        self._pane.ask.done()
        self._open = row.id
        self._pane.strip.hide()
        self._pane.form.lock(False)
        self._look_at_files(row, "")
        self._context.events.changed.emit(change)
        self._pane.field_asked.emit(next(each.name for each in self._pane.register.fields if not each.computed))


def _is_filed(register: Register, row: Row) -> bool:
    """Tell whether a course came to its end: what was called off or withdrawn is only read, and filed nowhere."""
    return register.flow is None or register.flow.state(row.state or register.flow.start).shape is not Shape.NONE

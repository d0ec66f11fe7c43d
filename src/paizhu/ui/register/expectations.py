"""What a refused step lacks and the vault can propose is put into the form, each field once and with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit

from paizhu.services import expecting
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.register.form import Form
from paizhu.ui.register.record_work import RecordWork

LOOK_AFTER_MS = 600


class Expectations(QObject):
    """Fills what is empty when a step is refused, and later what only follows from another field typed meanwhile."""

    def __init__(self, context: Context, form: Form, work: RecordWork) -> None:
        super().__init__(form)
        self._context, self._form, self._work = context, form, work
        self._open: list[str] = []
        self._filled: dict[str, Any] = {}
        self._of: tuple[int | None, int | None] = (None, None)
        self._timer = DeskTimer(self, LOOK_AFTER_MS, single=True)
        self._timer.timeout.connect(self._fill)
        form.edited.connect(self._edited)

    def ask(self, names: Sequence[str]) -> list[str]:
        """Fill those of the fields that are empty and known; return which were filled."""
        self._of, self._open = self._now(), list(names)
        return self._fill()

    def _edited(self) -> None:
        if self._now() != self._of:
            self._open, self._filled = [], {}
            return
        for name, raw in list(self._filled.items()):
            if self._form.fields[name].raw() != raw:
                # The officer knows better: the reason goes with the words it was given for.
                self._form.fields[name].show_caution("")
                del self._filled[name]
        if self._open:
            self._timer.start()

    def _fill(self) -> list[str]:
        row, fields = self._work.row, self._form.fields
        if row is None or self._context.office.vault.closed or self._now() != self._of or not self._form.is_open:
            return []
        empty = [name for name in self._open if name in fields and fields[name].can_edit and not fields[name].raw()]
        found = expecting.expected(self._context.office.desk, self._work.register, row, self._form.typed(), empty)
        for name, each in found.items():
            fields[name].show_raw(each.raw)
            fields[name].clear_problem()
            fields[name].show_caution(each.why)
            self._filled[name] = fields[name].raw()
            line = QApplication.focusWidget()
            if isinstance(line, QLineEdit) and fields[name].cell.isAncestorOf(line):
                # It came while the cursor waited there: what is typed now takes its place, and is not put before it.
                line.selectAll()
            self._open.remove(name)
        if found:
            self._form.edited.emit()
        return list(found)

    def _now(self) -> tuple[int | None, int | None]:
        return self._work.record_id, self._work.version

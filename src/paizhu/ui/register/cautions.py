"""While a record is typed, what the vault knows like it is said beneath the fields; nothing is stopped by it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from paizhu.services import cautioning, preparing
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.register.form import Form
from paizhu.ui.register.record_work import RecordWork

CAUTION_AFTER_MS = 600


class Cautions(QObject):
    """Looks a moment after the last key, in registers where there is something to compare with."""

    def __init__(self, context: Context, form: Form, work: RecordWork) -> None:
        super().__init__(form)
        self._context, self._form, self._work = context, form, work
        self._timer = DeskTimer(self, CAUTION_AFTER_MS, single=True)
        self._timer.timeout.connect(self.look)
        if cautioning.watched(work.register):
            form.edited.connect(self._timer.start)

    def look(self) -> None:
        """Compare what stands in the form now."""
        fields = cautioning.watched(self._work.register)
        if not fields or self._context.office.vault.closed or not self._form.is_open:
            return
        typed = self._form.typed()
        found: dict[str, str] = {}
        if any(name in typed for name in fields):
            desk, row = self._context.office.desk, self._work.row
            read = preparing.read_typed(self._work.register, typed, desk.reading).values
            known = dict(row.values) if row else {}
            found = cautioning.cautions(desk, self._work.register, {**known, **read}, row.id if row else 0)
        self._form.show_cautions(found)

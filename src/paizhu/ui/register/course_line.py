"""The stations of one record in a line under its head, those it has reached with their days."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from paizhu.base import clock
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.ui.kit.stepper import Step, Stepper
from paizhu.ui.register.record_work import RecordWork
from paizhu.ui.register.step_bar import due_at, reached, stations, told


class CourseLine(QFrame):
    """The line; a register whose records go through no stages has none."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        self.setProperty("frame", "course")
        self._register = register
        self._stations: list[Step] = []
        self._stepper = Stepper()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stepper)

    @property
    def has_stations(self) -> bool:
        """Tell whether there is anything to show."""
        flow = self._register.flow
        return flow is not None and len(flow.stages()) > 1

    def show_record(self, row: Row, work: RecordWork, width: int) -> None:
        """Show where a record stands by its journal, what it says of itself, and its running clocks."""
        flow = self._register.flow
        if flow is None or not self.has_stations:
            return
        days = reached(self._register, work.moves())
        own = told(self._register, row.values)
        state = row.state or flow.start
        self._stations = stations(flow, state, days, clock.today().year, own, due_at(flow, work.tasks()))
        self.fit(width)

    def fit(self, width: int) -> None:
        """Leave out what there is no room for; while the line is out of sight its own width is an old one."""
        self._stepper.show_fitted(self._stations, width)

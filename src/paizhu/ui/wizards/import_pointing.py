"""What the officer points at in an import: a register, the header, a column; the table is then planned anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from paizhu.services.importing.facts import Said
from paizhu.ui.wizards.import_flow import ImportFlow
from paizhu.ui.wizards.import_panes import HEADER, MAPPING, ImportPanes
from paizhu.ui.wizards.import_tables import mapping_of


class Pointing(QObject):
    """Has the table in hand planned again as it was pointed at."""

    header_stands = Signal()
    """The header was taken as it is: nothing has to be planned."""
    header_wanted = Signal()
    """There is a register now, and the header has to be pointed at before anything can be planned."""

    def __init__(self, flow: ImportFlow, panes: ImportPanes) -> None:
        super().__init__(panes)
        self._flow, self._panes = flow, panes
        self.then = MAPPING
        """The step to stand at once the table is planned."""

    def take_header(self) -> None:
        """Take the header as it is marked, for the register that is chosen; without one it is asked for."""
        table, given = self._flow.table, self._panes.header.frame()
        box = self._panes.side.register
        register = str(box.currentData() or "")
        if table is None or given is None:
            return
        if table.sheet is not None and given == table.frame:
            self.header_stands.emit()
        elif not register:
            box.setFocus()
            box.showPopup()
        else:
            self.then = MAPPING
            self._flow.plan_again(Said(register, given=given))

    def choose_register(self, key: str) -> None:
        """Take the table for rows of another register."""
        table = self._flow.table
        if table is None or not key:
            return
        table.wanted = True
        given = self._panes.header.frame() if self._panes.step == HEADER else None
        if table.sheet is None and given is None:
            self.header_wanted.emit()
        else:
            self.then = self._panes.step
            self._flow.plan_again(Said(key, given=given if given != table.frame else None))

    def map_column(self, letter: str, path: str) -> None:
        """Take a column for another field, or for none."""
        self.then = self._panes.step
        self._flow.plan_again(Said(mapping=mapping_of(self._panes.mapping.columns(), letter, path)))

    def forget_layout(self) -> None:
        """Match the columns anew, as if this layout had never been seen."""
        self.then = self._panes.step
        self._flow.forget_mapping()

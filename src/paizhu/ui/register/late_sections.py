"""Sections of a new record that are opened one by one while the officer types into the first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from paizhu.ui.register.form_section import FormSection
from paizhu.ui.turns import next_turn


class LateSections(QObject):
    """A form of a hundred fields takes its time to make: what is not typed into at once is opened in between."""

    opened = Signal()
    """One more section has its fields; what stands below it moved."""

    def __init__(self, form: QObject) -> None:
        super().__init__(form)
        self._waiting: list[FormSection] = []
        self._coming = False

    def __bool__(self) -> bool:
        """Tell whether sections are still being opened."""
        return bool(self._waiting)

    def open(self, sections: list[FormSection]) -> None:
        """Open these, each in a turn of its own."""
        self._waiting = list(sections)
        self._ask()

    def clear(self) -> None:
        """Leave the rest shut: another record stands here."""
        self._waiting.clear()

    def _ask(self) -> None:
        if self._waiting and not self._coming:
            self._coming = True
            next_turn(self, self._open_next)

    def _open_next(self) -> None:
        self._coming = False
        if self._waiting:
            self._waiting.pop(0).open()
            self.opened.emit()
        self._ask()

"""Fields one below the other: the words right-aligned in one column, the field beside them, what is wrong beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from paizhu.base.rows import Problem
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.number_edit import NumberEdit

_WORDS, _FIELD, _AFTER = range(3)


class FieldGrid(QGridLayout):
    """A short editor that is no form of a register; `notes` are kept under the names problems come back with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalSpacing(12)
        self.setVerticalSpacing(6)
        self.setColumnStretch(_FIELD, 1)
        self.notes: dict[str, FieldNote] = {}
        self._lines = 0

    def add(
        self, words: str, field: QWidget, noted: str = "", *, name: str = "", after: QWidget | None = None
    ) -> Label:
        """Add a field beside its words; `noted` gives it a note of that name, `name` says it better when read out."""
        label = Label(words, ink="ink3")
        label.setBuddy(field)
        field.setAccessibleName(name or words)
        many_lines = isinstance(field, QPlainTextEdit)
        across = Qt.AlignmentFlag.AlignTop if many_lines else Qt.AlignmentFlag.AlignVCenter
        self.addWidget(label, self._lines, _WORDS, across | Qt.AlignmentFlag.AlignRight)
        if after:
            self.addWidget(after, self._lines, _AFTER)
        self.add_bare(field, noted, across=1 + bool(after))
        return label

    def add_bare(self, field: QWidget, noted: str = "", *, across: int = 1) -> None:
        """Add a field that carries its own words, such as a box to tick; its note reaches across some columns."""
        self.addWidget(field, self._lines, _FIELD)
        self._lines += 1
        # A number says itself what it may be.
        own = field.note if isinstance(field, NumberEdit) else None
        if note := own or (FieldNote(field) if noted else None):
            self.addWidget(note, self._lines, _FIELD, 1, across)
            self._lines += 1
            if noted:
                self.notes[noted] = note

    def clear(self) -> None:
        """Take every field away, to add those of something else."""
        empty(self)
        self.notes.clear()
        self._lines = 0

    def show_problems(self, problems: Sequence[Problem], otherwise: FieldNote) -> None:
        """Say each problem beneath its field; `otherwise` takes those whose field is not here."""
        self.clear_notes()
        otherwise.clear()
        for problem in problems:
            self.notes.get(problem.field, otherwise).show_error(problem.message)

    def clear_notes(self) -> None:
        """Take all notes away."""
        for note in self.notes.values():
            note.clear()

    @property
    def words_width(self) -> int:
        """How wide its words are, without what another grid asks for."""
        items = (self.itemAtPosition(line, _WORDS) for line in range(self.rowCount()))
        return max((item.sizeHint().width() for item in items if item), default=0)


def in_one_column(*grids: FieldGrid) -> None:
    """Let the fields of grids that stand one below the other begin at the same place."""
    width = max(grid.words_width for grid in grids)
    for grid in grids:
        grid.setColumnMinimumWidth(_WORDS, width)

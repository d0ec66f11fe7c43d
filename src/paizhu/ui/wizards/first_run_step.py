"""What every step of the first run has: a title, a sentence, a body, and why one cannot go on yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Text


class StepPage(QWidget):
    """`changed` asks the wizard to look again at `waits_for`."""

    changed = Signal()

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(title, Text.TITLE))
        if note:
            column.addWidget(Label(note, Text.TAB, "ink2", wraps=True))
        column.addSpacing(24)
        column.addLayout(self.body)
        column.addStretch(1)

    def waits_for(self) -> str:
        """Return why the next step must wait; empty when one may go on."""
        return ""

    def enter(self) -> None:
        """Get ready to be shown."""


def tall_line(name: str, placeholder: str = "") -> QLineEdit:
    """Return a tall field for a step; Enter in it goes to the next field."""
    line = QLineEdit()
    line.setProperty("fit", "tall")
    line.setAccessibleName(name)
    line.setPlaceholderText(placeholder)
    line.returnPressed.connect(line.focusNextChild)
    return line


def add_field(grid: QGridLayout, row: int, name: str, field: QWidget, help_words: str = "") -> None:
    """Put a field under its name, with a line of help below."""
    label = Label(name)
    label.setBuddy(field)
    grid.addWidget(label, row * 3, 0)
    grid.addWidget(field, row * 3 + 1, 0)
    words = Label(help_words, Text.SECONDARY, "ink2", wraps=True)
    words.setVisible(bool(help_words))
    grid.addWidget(words, row * 3 + 2, 0)

"""What a field of a form is made of on the screen: its label, the place beside it, and the text that stands there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from paizhu.base.field import Field
from paizhu.ui.kit.label import Label


class FieldCell(QWidget):
    """The place of value, editor and note; a click on the value asks to edit."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on the plain text for the wish to change it."""
        self.clicked.emit()
        super().mouseReleaseEvent(event)


def in_lines(words: str, letters: int) -> str:
    """Return the words of a label so that no single character is left over for its second line."""
    return f"{words[:-2]}\n{words[-2:]}" if len(words) == letters + 1 else words


class FieldParts:
    """Label, place and plain text of one field; editor, notes and links join them when they are first needed."""

    def __init__(self, field: Field, home: QWidget | None) -> None:
        self.label = Label(field.label, ink="ink3", wraps=True)
        self.label.setAccessibleName(field.label)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.cell = FieldCell()
        self.cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(self.cell)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3)
        self.reading = Label("", wraps=True)
        self.reading.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.column.addWidget(self.reading)
        # Beside a higher field the words stay at the top of their place.
        self.column.addStretch(1)
        if home:
            self.label.setParent(home)
            self.cell.setParent(home)

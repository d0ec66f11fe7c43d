"""A framed pane with a head: title, a quiet note, something at the right end, and a body."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.theme import Text

_INSET, _PADDING = 14, 12


class Card(QFrame):
    """A card whose `body` takes widgets; `set_corner` puts a link or chips at the right of the head."""

    def __init__(self, title: str, note: str = "", *, plain_head: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "card")
        self.setAccessibleName(title)
        self._note = ElidedLabel(note, Text.SECONDARY, "ink2")
        self._note.setVisible(bool(note))
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._title = Label(title, Text.SECTION)
        self._head.addWidget(self._title)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        head = QFrame()
        head.setProperty("frame", "" if plain_head else "card-head")
        head.setLayout(self._head)
        self._head.setContentsMargins(_INSET, 7, _INSET, 7)
        self.body = QVBoxLayout()
        # Without a line below the head, its own margin already parts it from what follows.
        self.body.setContentsMargins(_INSET, 2 if plain_head else _PADDING, _INSET, _PADDING)
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Change the quiet words after the title."""
        self._note.set_words(note)
        self._note.setVisible(bool(note))

    def set_corner(self, widget: QWidget) -> None:
        """Put a widget at the right end of the head."""
        self._head.addWidget(widget)

    def fill(self) -> None:
        """Let the body reach the frame, for strips and tables."""
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)


def line(*, upright: bool = False) -> QFrame:
    """Return a hairline between parts."""
    frame = QFrame()
    frame.setProperty("frame", "bar" if upright else "line")
    return frame

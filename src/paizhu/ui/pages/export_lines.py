"""How a field stands on the cards of the page 导出: with a note beneath it, and not over the whole width."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui.kit.field_note import FieldNote


def with_note(edit: QWidget, note: FieldNote) -> QWidget:
    """Return a field with the place for a note beneath it."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(edit)
    column.addWidget(note)
    return box


def short(field: QWidget) -> QHBoxLayout:
    """Return a field that is not drawn over the whole width of a wide window."""
    row = QHBoxLayout()
    row.addWidget(field, 3)
    row.addStretch(2)
    return row

"""Where the cursor stands in a form, and how it is put back there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from paizhu.ui.register.field_row import FieldRow


@dataclass(frozen=True)
class Cursor:
    """A field and before which of its letters, behind the last one for -1; of rows under the record also which row."""

    field: str = ""
    letter: int = -1
    rows: str = ""
    """Kind of the rows; empty for a field of the record itself."""
    at: int = 0


def field_with_cursor(fields: Mapping[str, FieldRow]) -> str:
    """Return the field the cursor stands in, or nothing."""
    focus = QApplication.focusWidget()
    if focus is None:
        return ""
    editors = ((name, row.editor) for name, row in fields.items() if row.editor)
    return next((name for name, editor in editors if editor is focus or editor.isAncestorOf(focus)), "")


def letter_of(target: QWidget | None) -> int:
    """Return before which letter of an editor's line or text the cursor stands; -1 where that is no matter of
    letters."""
    if isinstance(target, QLineEdit):
        return target.cursorPosition()
    return target.textCursor().position() if isinstance(target, QPlainTextEdit) else -1


def stand_at(target: QWidget, letter: int = -1) -> None:
    """Put the cursor before a letter of a line or text, or behind its words: were they selected, the next key would
    wipe them out."""
    if isinstance(target, QLineEdit):
        target.setCursorPosition(len(target.text()) if letter < 0 else letter)
    elif isinstance(target, QPlainTextEdit):
        cursor = target.textCursor()
        last = target.document().characterCount() - 1
        cursor.setPosition(last if letter < 0 else min(letter, last))
        target.setTextCursor(cursor)


def put_cursor(row: FieldRow | None, letter: int = -1) -> None:
    """Put the cursor into a field, selecting nothing."""
    if row is not None and row.editor is not None:
        row.focus()
        stand_at(row.editor.target, letter)

"""Where the cursor stands in a form, and how it is put back there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from paizhu.ui.register.field_row import FieldRow


def field_with_cursor(fields: Mapping[str, FieldRow]) -> str:
    """Return the field the cursor stands in, or nothing."""
    focus = QApplication.focusWidget()
    if focus is None:
        return ""
    editors = ((name, row.editor) for name, row in fields.items() if row.editor)
    return next((name for name, editor in editors if editor is focus or editor.isAncestorOf(focus)), "")


def letter_of(row: FieldRow | None) -> int:
    """Return before which letter of a field the cursor stands; -1 where that is no matter of letters."""
    target = row.editor.target if row is not None and row.editor is not None else None
    if isinstance(target, QLineEdit):
        return target.cursorPosition()
    return target.textCursor().position() if isinstance(target, QPlainTextEdit) else -1


def put_cursor(row: FieldRow | None, letter: int = -1) -> None:
    """Put the cursor before a letter of a field, or behind its words: were they selected, the next key would wipe them
    out."""
    if row is None or row.editor is None:
        return
    row.focus()
    target = row.editor.target
    if isinstance(target, QLineEdit):
        target.setCursorPosition(len(target.text()) if letter < 0 else letter)
    elif isinstance(target, QPlainTextEdit):
        cursor = target.textCursor()
        last = target.document().characterCount() - 1
        cursor.setPosition(last if letter < 0 else min(letter, last))
        target.setTextCursor(cursor)

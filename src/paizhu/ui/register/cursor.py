"""Where the cursor stands in a form, and how it is put back there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from paizhu.ui.register.field_row import FieldRow


def field_with_cursor(fields: Mapping[str, FieldRow]) -> str:
    """Return the field the cursor stands in, or nothing."""
    focus = QApplication.focusWidget()
    if focus is None:
        return ""
    editors = ((name, row.editor) for name, row in fields.items() if row.editor)
    return next((name for name, editor in editors if editor is focus or editor.isAncestorOf(focus)), "")


def put_cursor(row: FieldRow | None) -> None:
    """Put the cursor behind the words of a field: were they selected, the next key would wipe them out."""
    if row is None or row.editor is None:
        return
    row.focus()
    target = row.editor.target
    if isinstance(target, QLineEdit):
        target.end(False)
    elif isinstance(target, QPlainTextEdit):
        target.moveCursor(QTextCursor.MoveOperation.End)

"""The place in a whole form where one types, its rows included: kept over a lock, and opened by F2."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.cursor import Cursor, field_with_cursor, letter_of, put_cursor
from paizhu.ui.register.form import Form


def place_in(form: Form) -> Cursor:
    """Return where the cursor stands in a form; nowhere while nothing of it is open."""
    if not form.is_open:
        return Cursor()
    table = _rows_with_focus(form)
    if table is not None:
        return table.cell_in_hand()
    name = field_with_cursor(form.body.fields)
    editor = form.body.fields[name].editor if name else None
    return Cursor(name, letter_of(editor.target if editor else None))


def come_back(form: Form, cursor: Cursor) -> QWidget | None:
    """Put the cursor back, opening what it stands in; return what has to be in sight then."""
    if table := form.tables.get(cursor.rows):
        form.open_fields([cursor.rows])
        if isinstance(table, ChildTable):
            table.put_cursor(cursor)
        return table
    row = form.fields.get(cursor.field)
    if row is not None and not row.editing:
        form.open_section(None, cursor.field)
    put_cursor(row, cursor.letter)
    return row.editor if row is not None else None


def stay_at(form: Form, cursor: Cursor) -> bool:
    """Put the cursor back if what it stood in is open for typing still; False where that is only read by now."""
    name = cursor.rows or cursor.field
    if not name or not form.still_open(name):
        return False
    table = form.body.tables.get(cursor.rows)
    if isinstance(table, ChildTable):
        # A cell that was only chosen is not typed into.
        table.put_cursor(cursor, opens=cursor.letter >= 0)
    else:
        come_back(form, cursor)
    return True


def opens_cell(form: Form) -> bool:
    """Open the cell in hand of the rows under the record; False where none is."""
    table = _rows_with_focus(form)
    return table is not None and table.type_here()


def _rows_with_focus(form: Form) -> ChildTable | None:
    focus = QApplication.focusWidget()
    tables = (table for table in form.body.tables.values() if isinstance(table, ChildTable))
    return next((table for table in tables if focus is not None and table.isAncestorOf(focus)), None)

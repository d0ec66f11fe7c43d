"""Enter in a form: the next field in reading order, over the end of a section as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paizhu.ui.register.field_row import FieldRow

if TYPE_CHECKING:
    from paizhu.ui.register.form import Form


def go_on(form: Form, row: FieldRow) -> bool:
    """Go to the field after this one, opening the next section for it; False after the last field of the form."""
    sections = sorted((each for each in form.sections if each.isVisible()), key=lambda each: each.y())
    at = next((place for place, each in enumerate(sections) if row in each.rows), len(sections))
    for section in sections[at:]:
        rows = section.rows[section.rows.index(row) + 1 :] if row in section.rows else section.rows
        if found := next((each for each in rows if each.editing and each.can_edit), None):
            found.focus()
            form.focus_asked.emit(found.cell)
            return True
        # Its link is there only where it may be opened.
        if row not in section.rows and not section.edit_button.isHidden():
            form.open_section(section)
            return True
    return False

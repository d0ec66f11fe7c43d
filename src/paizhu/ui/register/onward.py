"""Enter in a form: the next field in reading order, over the end of a section as well; marked fields go before.

A field that stays covered is passed over: Enter would stop at the button that types it anew, and press it next.
"""

from __future__ import annotations

from collections.abc import Iterable

from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.form_section import FormSection


def after(row: FieldRow, sections: Iterable[FormSection]) -> FieldRow | FormSection | None:
    """Return the field after this one, or the section to open for it; None after the last field of the form."""
    in_sight = sorted((each for each in sections if each.isVisible()), key=lambda each: each.y())
    # A step was refused: what it asks for comes next, not what stands between.
    rows = [each for section in in_sight for each in section.rows]
    behind = rows[rows.index(row) + 1 :] if row in rows else rows
    if marked := next((each for each in behind if _is_marked(each)), None):
        return marked
    at = next((place for place, each in enumerate(in_sight) if row in each.rows), len(in_sight))
    for section in in_sight[at:]:
        rows = section.rows[section.rows.index(row) + 1 :] if row in section.rows else section.rows
        if found := next((each for each in rows if each.editing and each.can_edit and not each.has_covered), None):
            return found
        # Its link is there only where it may be opened.
        if row not in section.rows and not section.edit_button.isHidden():
            return section
    return None


def _is_marked(row: FieldRow) -> bool:
    return row.editing and row.can_edit and row.note is not None and row.note.is_error

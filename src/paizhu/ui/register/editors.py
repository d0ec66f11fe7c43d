"""Which editor belongs to which kind of field."""

from __future__ import annotations

from paizhu.base.field import Field, FieldKind
from paizhu.ui.register.edit_choice import ChoiceEditor, ChoicesEditor, YesNoEditor
from paizhu.ui.register.edit_day import DayEditor
from paizhu.ui.register.edit_text import LineEditor, SealedEditor, TextEditor
from paizhu.ui.register.editor import Editor


def editor_for(field: Field, *, in_cell: bool = False) -> Editor:
    """Return the editor for a field; in a table's cell choices are drop-downs."""
    match field.kind:
        case FieldKind.TEXT if not in_cell:
            return TextEditor(field)
        case FieldKind.DAY | FieldKind.MOMENT:
            return DayEditor(field)
        case FieldKind.CHOICE:
            return ChoiceEditor(field, in_cell=in_cell)
        case FieldKind.YES_NO:
            return YesNoEditor(field, in_cell=in_cell)
        case FieldKind.CHOICES if not in_cell:
            return ChoicesEditor(field)
        case FieldKind.SEALED:
            return SealedEditor(field)
        case _:
            return LineEditor(field)

"""Makes the editors of a page: those for names look into the rosters and can put a new name there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Ref
from paizhu.services.proposing import Proposing, naming_field, referred, target_table
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.register.cell_editing import CellTextEditor
from paizhu.ui.register.edit_ref import RefEditor
from paizhu.ui.register.edit_refs import RefsEditor
from paizhu.ui.register.editor import Editor, FormEditors
from paizhu.ui.register.editors import editor_for


class EditorKit:
    """Gives a form its editors; the same for the cells of a table."""

    def __init__(self, context: Context, page: QWidget) -> None:
        self._context = context
        self._page = page
        self._proposing = Proposing(context.office.desk)

    def editor(self, field: Field) -> Editor:
        """Return the editor of a field in a form."""
        match field.kind:
            case FieldKind.REF:
                target = target_table(field)
                rostered = target is not None and naming_field(target) == "name"
                return RefEditor(field, self._proposing, self._make if rostered else None)
            case FieldKind.REFS:
                return RefsEditor(field, self._proposing)
            case _:
                return editor_for(field)

    def cell_editor(self, field: Field) -> Editor:
        """Return the editor of a field in a table's cell: one line, whatever the kind."""
        if field.kind is FieldKind.REF:
            return RefEditor(field, self._proposing, in_cell=True)
        return editor_for(field, in_cell=True)

    def row_editor(self, field: Field) -> Editor:
        """Return the editor of a field in the rows under a record, where words may be long and names several."""
        match field.kind:
            case FieldKind.TEXT:
                return CellTextEditor(field)
            case FieldKind.REFS:
                return RefsEditor(field, self._proposing, in_cell=True)
            case _:
                return self.cell_editor(field)

    @property
    def form(self) -> FormEditors:
        """What a form is given."""
        return FormEditors(self.editor, self.row_editor)

    def _make(self, field: Field, words: str) -> Ref | None:
        """Put a name into the roster at once, as an act of its own that can be undone."""
        target = target_table(field)
        if target is None:
            return None
        records = self._context.office.records
        try:
            change = records.save(target, {naming_field(target): words})
        except PaizhuError as error:
            messages.tell(self._page, error)
            return None
        made = referred(target, records.get(target, change.records[0][1]))
        self._context.events.changed.emit(change)
        self._context.events.said.emit(f"已在{target.label}名册里新建“{words}”", change.entry)
        return made

"""What F2 does in a page of registers: the record in hand is opened for typing where the cursor stands."""

from __future__ import annotations

from paizhu.ui.register.cursor import field_with_cursor
from paizhu.ui.register.detail_stack import FORM
from paizhu.ui.register.side import RegisterSide
from paizhu.ui.register.typing_place import opens_cell


def open_for_typing(side: RegisterSide) -> None:
    """Open the cell or section with the cursor, else the first of the form; what is voided is only read."""
    detail = side.detail
    if field_with_cursor(detail.form.body.fields) or opens_cell(detail.form):
        return
    if detail.work.row is not None and not detail.work.row.voided:
        # Opened while it is out of sight, the section is laid out once and not first for reading.
        detail.form.open_section()
        detail.header.tabs.setCurrentIndex(FORM)
        side.open(detail.work.row.id)
        detail.form.open_section()

"""Standing ready at what is to be done next with a record: a field, a row under it, or what a step still lacks."""

from __future__ import annotations

from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.detail_stack import FORM


def begin(pane: DetailPane, action: str, row_id: int = 0) -> None:
    """Go to a field, to the row of a clock, or to the first thing a step lacks.

    A step that lacks nothing has only its button left, and the cursor waits on it.
    """
    row, form = pane.work.row, pane.form
    if row is None or row.voided or not action:
        return None
    for key, rows in pane.work.rows.items():
        if row_id and any(each.id == row_id for each in rows):
            return _begin_row(pane, key, row_id, action)
    if form.body.has_field(action):
        return form.open_section(name=action)
    if form.body.has_rows(action):
        return _begin_row(pane, action)
    ways = pane.ways_on.all
    way = next((each for each in ways if each.step.after == action), next(iter(ways), None))
    lacking = [each.field for each in way.against if each.code == "missing"] if way else []
    if lacking and form.body.has_field(lacking[0]):
        form.open_fields(lacking)
        return form.open_section(name=lacking[0])
    if lacking and form.body.has_rows(lacking[0]):
        return _begin_row(pane, lacking[0])
    pane.ways_on.focus_way(way.step.after if way else "")
    return None


def _begin_row(pane: DetailPane, child: str, row_id: int = 0, name: str = "") -> None:
    pane.header.tabs.setCurrentIndex(FORM)
    table = pane.form.tables[child]
    table.edit_asked.emit()
    table.go_to(row_id, name)
    pane.form.focus_asked.emit(table)

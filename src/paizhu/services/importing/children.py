"""Rows under records come back from our own export: found again by their own number, changed, added, never deleted.

A row without a number is new and goes under the record its sheet names, by number or by 编号.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from paizhu.base.register import Register
from paizhu.base.rows import Row, Value, Values
from paizhu.documents.tables.column_match import PARENT_ID, PARENT_NO
from paizhu.services import deriving, preparing
from paizhu.services.deadlines import extended
from paizhu.services.desk import Desk
from paizhu.services.importing.deciding import Meant
from paizhu.services.importing.facts import CHANGED, NEW, TableFacts
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.importing.questions import NewNames
from paizhu.services.importing.read import CellProblem, Column, RowRead
from paizhu.services.importing.settled import permission
from paizhu.services.linking import Roster
from paizhu.storage import scratch
from paizhu.storage.journal import Act
from paizhu.storage.scratch import Kept
from paizhu.storage.tables import quoted, table

_NOWHERE = "没有写明属于哪一条记录，或那一条已经不在台账里；请在“上级编号”里填它的编号"


class ChildPlan(SheetPlan):
    """The plan of one sheet of rows under the records of a register."""

    def __init__(
        self, desk: Desk, parent: Register, register: Register, columns: Sequence[Column], facts: TableFacts
    ) -> None:
        # Such rows have no place for words of other columns; what is left out is said in the notes of the table.
        self.left_out = tuple(column.header for column in columns if column.field is None)
        fed = [column for column in columns if column.field is not None]
        self._above: dict[str, int | None] = {}
        super().__init__(desk, register, fed, facts, parent)

    def _decided(self, row: RowRead, cells: Sequence[Any], meant: Meant) -> Kept:
        above = None if meant.targets else self._record_above(cells)
        if not meant.targets and above is None:
            row.refused = True
            row.problems.append(CellProblem("", "", "", "no_parent", _NOWHERE))
        kept = super()._decided(row, cells, replace(meant, identity=None, twin=None))
        return kept._replace(body={**kept.body, "parent": above})

    def _record_above(self, cells: Sequence[Any]) -> int | None:
        fed = self.facts.matching.fields if self.facts.matching else {}
        said: dict[str, Any] = {}
        for target in (PARENT_ID, PARENT_NO):
            match = fed.get(target)
            if match is not None and match.column.index < len(cells):
                said[target] = cells[match.column.index]
        number = said.get(PARENT_ID)
        if isinstance(number, int | float):
            return self._one_above("id", int(number))
        return self._one_above("no", str(said[PARENT_NO]).strip()) if said.get(PARENT_NO) else None

    def _one_above(self, column: str, value: int | str) -> int | None:
        key = f"{column}:{value}"
        if key not in self._above:
            assert self.parent is not None
            with self._desk.vault.read() as connection:
                found = connection.execute(
                    f"SELECT id FROM {quoted(table(self.parent).name)} WHERE {column} = ? AND voided = 0", (value,)
                ).fetchall()
            self._above[key] = found[0][0] if len(found) == 1 else None
        return self._above[key]


def apply_rows(
    act: Act, sheet: ChildPlan, names: NewNames, before: dict[int, list[Values]]
) -> Iterator[tuple[int, int]]:
    """Store the good rows of a sheet; yields its row and the stored row.

    ``before`` is told of every record above what stood under it until then.
    """
    parent = sheet.parent
    assert parent is not None
    found = table(parent, sheet.register.key)
    for kept in sheet.kept((NEW, CHANGED)):
        made: dict[str, Value] = dict(scratch.unpacked(found, kept.body["values"]))
        if names.wanted(sheet, kept.body["names"]):
            made = names.linked(sheet, kept.row, kept.body["names"], made)
        if allowed := permission(kept):
            act.corrections.allow(parent.key, *allowed)
        if kept.outcome == NEW:
            above = int(kept.body["parent"])
            before.setdefault(above, _under(act, parent, sheet.register, above))
            yield kept.row, act.add_row(parent, above, sheet.register.key, made)
            continue
        assert kept.record_id is not None
        made.update(dict.fromkeys(kept.body["emptied"]))
        above = int(str(act.read(parent, kept.record_id, sheet.register.key).values["parent_id"]))
        before.setdefault(above, _under(act, parent, sheet.register, above))
        act.change(found.kind, kept.record_id, kept.version, made)
        yield kept.row, kept.record_id


def count_anew(desk: Desk, act: Act, parent: Register, record_id: int, before: Mapping[str, Sequence[Values]]) -> None:
    """Compute again what a record derives from the rows under it; ``before`` are those that stood there, by kind.

    A day until which something was extended follows its rows, as when they are typed.
    """
    row = act.read(parent, record_id)
    rows = {child.key: _under(act, parent, child, record_id) for child in parent.rows}
    made = preparing.complete(
        parent, row.values, Roster(desk.vault), deriving.aids(desk, rows, record_id), desk.setting("cutoff_day")
    )
    told = {name: value for name, value in made.items() if _computed(parent, name)}
    told |= extended.days_of(parent, before, {key: rows[key] for key in before})
    changed = {name: value for name, value in told.items() if value != row.values.get(name)}
    if changed:
        act.change(parent, record_id, None, changed)


def _computed(parent: Register, name: str) -> bool:
    return parent.has(name) and parent.field(name).computed


def _under(act: Act, parent: Register, child: Register, record_id: int) -> list[Values]:
    found = table(parent, child.key)
    stored = act.execute(f"{found.select} WHERE parent_id = ? AND voided = 0 ORDER BY position, id", (record_id,))
    rows: list[Row] = [found.row(each) for each in stored.fetchall()]
    return [row.values for row in rows]


def made_for(
    desk: Desk, register: Register, parent: Register | None, columns: Sequence[Column], facts: TableFacts
) -> SheetPlan:
    """Return the empty plan of a table: of records, or of rows under them."""
    if parent is None:
        return SheetPlan(desk, register, columns, facts)
    return ChildPlan(desk, parent, register, columns, facts)

"""A plan becomes one act: its good rows are stored, those kept by column by column all the way into the register."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from paizhu.base.errors import NotAllowedError
from paizhu.base.field import Sens
from paizhu.base.progress import Progress
from paizhu.base.rows import Value, Values
from paizhu.services.deadlines import extended
from paizhu.services.desk import Desk
from paizhu.services.importing.batch import Applied, Plan
from paizhu.services.importing.children import ChildPlan, apply_rows, count_anew
from paizhu.services.importing.facts import CHANGED, NEW
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.importing.questions import NewNames, is_roster, rosters_first
from paizhu.services.importing.settled import permission
from paizhu.services.records import Records
from paizhu.storage import scratch
from paizhu.storage.journal import Act
from paizhu.storage.scratch import Kept, Run
from paizhu.storage.tables import table

_TOLD_EVERY = 200
_MOST_TOLD = 10_000
"""Of a longer import nobody asks which record each row became."""


class Applying:
    """Stores the good rows of plans."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._records = Records(desk)

    def apply(self, plan: Plan, all_or_nothing: bool, progress: Progress) -> Applied:
        """Store the good rows as one act; refused and doubtful ones wait."""
        counts = plan.counts()
        waiting = sum(tally.refused + tally.doubtful for tally in (sheet.tally() for sheet in plan.sheets))
        if all_or_nothing and waiting:
            raise NotAllowedError(f"有 {waiting} 行没有通过，按“全部或都不”没有导入", "数据没有改动", "改正后再导入")
        total = counts[NEW] + counts[CHANGED]
        ids: dict[tuple[str, int], int] = {}
        about: dict[str, Any] = {"file": plan.file, "sha256": plan.sha256, "counts": counts}
        with self._desk.vault.act("import", f"{_verb(plan)}《{plan.file}》{total} 行", size=total, **about) as act:
            names = NewNames(act, self._records, plan.file)
            stored = (
                (sheet.facts.sheet, *each)
                for sheet in rosters_first(plan.sheets)
                for each in self._sheet(act, plan, sheet, names)
            )
            for done, (sheet, row, record_id) in enumerate(stored, start=1):
                if total <= _MOST_TOLD:
                    ids[(sheet, row)] = record_id
                if done % _TOLD_EVERY == 0:
                    progress("正在导入", done, total)
        return Applied(act.entry, counts, ids, act.result(), names.made)

    def _sheet(self, act: Act, plan: Plan, sheet: SheetPlan, names: NewNames) -> Iterator[tuple[int, int]]:
        """Store the rows of a table; yields the number of each and its record (for a row below one: its own id)."""
        if isinstance(sheet, ChildPlan) and sheet.parent is not None:
            before: dict[int, list[Values]] = {}
            yield from apply_rows(act, sheet, names, before)
            for record_id, rows in sorted(before.items()):
                count_anew(self._desk, act, sheet.parent, record_id, {sheet.register.key: rows})
            return
        for given in sheet.together((NEW, CHANGED)):
            if isinstance(given, Kept):
                yield given.row, self._one(act, plan, sheet, names, given)
            elif names.wanted(sheet, chain.from_iterable(given.names)):
                yield from ((kept.row, self._one(act, plan, sheet, names, kept)) for kept in given.each())
            else:
                ids = list(self._run(act, plan, sheet, given))
                if is_roster(sheet):
                    names.came(sheet.register.key, dict(given.values), ids)
                yield from zip(given.rows, ids, strict=True)

    def _run(self, act: Act, plan: Plan, sheet: SheetPlan, run: Run) -> Iterable[int]:
        """Store new records that are kept by column and return their ids."""
        columns = dict(run.values)
        # Number and first state are the same as values and in their columns.
        self._records.numbers.give_all(act, sheet.register, columns)
        sources = [{"file": plan.file, "sheet": sheet.facts.sheet, "row": row} for row in run.rows]
        return act.create_run(sheet.register, run._replace(values=columns), sources)

    def _one(self, act: Act, plan: Plan, sheet: SheetPlan, names: NewNames, kept: Kept) -> int:
        """Store one row and return its record."""
        found = table(sheet.register)
        values = dict(kept.body["values"])
        if names.wanted(sheet, kept.body["names"]):
            plain = names.linked(sheet, kept.row, kept.body["names"], scratch.unpacked(found, values))
            values = scratch.packed(found, plain)
        if kept.outcome == NEW:
            self._records.numbers.give(act, sheet.register, values)
            rows = {
                key: [scratch.unpacked(table(sheet.register, key), each) for each in given]
                for key, given in kept.body["rows"].items()
            }
            days = extended.days_of(sheet.register, {}, rows)
            values = {
                **scratch.packed(found, days),
                **{name: each for name, each in values.items() if each is not None},
            }
            source = {"file": plan.file, "sheet": sheet.facts.sheet, "row": kept.row}
            made_id = act.create_kept(sheet.register, values, rows, kept.body["extra"], source)
            if is_roster(sheet):
                names.came(sheet.register.key, {name: [value] for name, value in values.items()}, [made_id])
            return made_id
        made: dict[str, Value] = dict(scratch.unpacked(found, values))
        assert kept.record_id is not None
        made.update(dict.fromkeys(kept.body["emptied"]))
        if allowed := permission(kept):
            act.corrections.allow(sheet.kind, *allowed)
        act.change(sheet.register, kept.record_id, kept.version, made)
        if kept.body["extra"]:
            act.add_extra(sheet.register, kept.record_id, kept.body["extra"])
        return kept.record_id


def _verb(plan: Plan) -> str:
    """Return how the log tells an import: matters of class P3 come with their own numbers and days, so it is 补录."""
    kinds = [sheet.register for sheet in plan.sheets if sheet.register.flow]
    secret = any(kind.field(name).sens >= Sens.P3 for kind in kinds for name in kind.title)
    return "补录（导入）" if secret else "导入"

"""Workbooks out: registers and periods, the list as it is shown, empty forms; what leaves follows the classes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from paizhu import registers
from paizhu.base import clock
from paizhu.base.progress import Progress, silent
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.base.view import Condition, Test, View
from paizhu.documents.workbooks import write as workbook_write
from paizhu.documents.workbooks.table import TotalsOut
from paizhu.documents.workbooks.write import SheetOut
from paizhu.services.desk import Desk
from paizhu.services.out import classes
from paizhu.services.out.classes import DEFAULT, Release
from paizhu.services.register_keys import register_of
from paizhu.storage import queries
from paizhu.storage.tables import quoted, table

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, records per sheet, and registers of which only totals went out."""

    path: Path
    counts: tuple[tuple[str, int], ...]
    totals: tuple[str, ...]

    @property
    def records(self) -> int:
        """How many records went out; the rows below them stand on sheets of their own, 会议-议题."""
        return sum(number for name, number in self.counts if "-" not in name)

    @property
    def rows(self) -> int:
        """How many rows below records went out."""
        return sum(number for name, number in self.counts if "-" in name)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One register to export: its view (filter and order), and which columns (all that may leave when empty)."""

    view: View
    columns: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()


class Exporting:
    """Writes workbooks from the vault; every export is journalled with what went out and why."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def export(
        self, path: Path, keys: Sequence[str] = (), release: Release = DEFAULT, password: str | None = None
    ) -> Exported:
        """Write whole registers; when none is named, all but those that leave only by name."""
        return self.export_views(path, self.within(keys), release, password)

    def within(self, keys: Sequence[str], since: date | None = None, until: date | None = None) -> list[Wanted]:
        """Return registers with the records of a period, by each one's main date, as lists to be written."""
        chosen = [register_of(key) for key in keys] or list(filter(classes.leaves_unasked, registers.REGISTERS))
        return [Wanted(self.period(register, since, until)) for register in chosen]

    def export_views(
        self,
        path: Path,
        wanted: Sequence[Wanted],
        release: Release = DEFAULT,
        password: str | None = None,
        progress: Progress = silent,
        annexes: Sequence[TotalsOut] = (),
    ) -> Exported:
        """Write lists as they are shown; registers whose records stay inside give their totals instead.

        ``annexes`` are sheets the officer ticked to go with them.
        """
        exported = self.write(path, wanted, release, password, progress, annexes)
        self._note(path, exported.counts, release, wanted)
        return exported

    def write(
        self,
        path: Path,
        wanted: Sequence[Wanted],
        release: Release = DEFAULT,
        password: str | None = None,
        progress: Progress = silent,
        annexes: Sequence[TotalsOut] = (),
    ) -> Exported:
        """Write lists without an entry in the journal; whoever asks for several files makes one entry for all."""
        sheets: list[SheetOut | TotalsOut] = []
        totals = []
        whole = 0
        for each in wanted:
            register = register_of(each.view.register)
            if classes.totals_only(register, release):
                sheets.append(self._totals(register, each))
                totals.append(register.key)
                continue
            fields = classes.fields_out(register, release, each.columns)
            whole += self._count(each)
            sheets.append(
                SheetOut(
                    register,
                    fields,
                    self._rows(each, [field.name for field in fields]),
                    classes.masking_of(fields, release),
                    title=f"{register.label}台账",
                    under_title=self._under_title(each.view),
                )
            )
            if not each.columns:
                sheets += self._below(register, each, release)

        def told(done: int) -> None:
            # Rows below the records come on top: how many there are is known only when they were written.
            progress("正在写工作簿", done, whole if done <= whole else 0)

        written = workbook_write.write_book(path, [*sheets, *annexes], password=password, progress=told)
        return Exported(path, written.counts, tuple(totals))

    def template(self, key: str, path: Path) -> Path:
        """Write the empty form of a register, to be filled by hand and imported."""
        workbook_write.template(register_of(key), path)
        return path

    def period(self, register: Register, since: date | None, until: date | None, *, by: str = "") -> View:
        """Return the list of a register within a period, by its main date or another one of its days."""
        day = by or register.main_date
        view = View(register.key, order=((day, False),) if day else ())
        if day and since:
            view = view.where(Condition(day, Test.SINCE, since))
        if day and until:
            view = view.where(Condition(day, Test.UNTIL, until))
        return view

    # --- the machine -----------------------------------------------------------------------------------------

    def _rows(self, wanted: Wanted, names: Sequence[str]) -> Iterator[Row]:
        with self._vault.read() as connection, queries.scanning(connection):
            if wanted.ids:
                for record_id in wanted.ids:
                    yield queries.one(connection, table(wanted.view.register), record_id)
            else:
                yield from queries.some(connection, wanted.view, names, _BLOCK)

    def _count(self, wanted: Wanted) -> int:
        if wanted.ids:
            return len(wanted.ids)
        with self._vault.read() as connection:
            return queries.count(connection, wanted.view)

    def _ids(self, wanted: Wanted) -> Iterator[int]:
        if wanted.ids:
            yield from wanted.ids
            return
        with self._vault.read() as connection, queries.scanning(connection):
            yield from queries.every_id(connection, wanted.view)

    def _below(self, register: Register, wanted: Wanted, release: Release) -> Iterator[SheetOut]:
        for child in register.rows:
            if classes.never_leaves(child) or classes.totals_only(child, release):
                continue
            fields = classes.fields_out(child, release)
            if fields and self._has_rows(register, child):
                yield SheetOut(
                    child,
                    fields,
                    self._child_rows(register, child, wanted),
                    classes.masking_of(fields, release),
                    title=f"{register.label}：{child.label}",
                    parent=register,
                    above=self._above(register),
                )

    def _has_rows(self, register: Register, child: Register) -> bool:
        with self._vault.read() as connection:
            name = quoted(table(register, child.key).name)
            return connection.execute(f"SELECT 1 FROM {name} WHERE voided = 0 LIMIT 1").fetchone() is not None

    def _child_rows(self, register: Register, child: Register, wanted: Wanted) -> Iterator[Row]:
        found = table(register, child.key)
        with self._vault.read() as connection, queries.scanning(connection):
            for record_id in self._ids(wanted):
                yield from queries.children(connection, found, record_id)

    def _above(self, register: Register) -> Callable[[Row], tuple[int, str]]:
        numbers: dict[int, str] = {}
        found = quoted(table(register).name)

        def above(row: Row) -> tuple[int, str]:
            parent = int(str(row.values["parent_id"]))
            if parent not in numbers:
                numbers.clear()
                with self._vault.read() as connection:
                    no = connection.execute(f"SELECT no FROM {found} WHERE id = ?", (parent,)).fetchone()[0]
                numbers[parent] = no or ""
            return parent, numbers[parent]

        return above

    def _totals(self, register: Register, wanted: Wanted) -> TotalsOut:
        with self._vault.read() as connection:
            rows: list[tuple[str | int, ...]] = [("合计", "", queries.count(connection, wanted.view))]
            if register.flow:
                states = queries.tally(connection, wanted.view, "state")
                labels = {state.code: state.label for state in register.flow.states}
                rows += [("按阶段", labels.get(code, str(code)), count) for code, count in states.items()]
            months = queries.tally(connection, wanted.view, "stat_month")
            rows += [("按月", month or "未填日期", count) for month, count in sorted(months.items(), key=str)]
        return TotalsOut(
            register.label,
            f"{register.label}合计",
            f"{self._under_title(wanted.view)}；本表只有数字，逐条内容不导出",
            ("项目", "分类", "件数"),
            tuple(rows),
        )

    def _under_title(self, view: View) -> str:
        period = "、".join(
            f"{'自' if condition.test is Test.SINCE else '至'} {condition.value}"
            for condition in view.conditions
            if condition.test in (Test.SINCE, Test.UNTIL)
        )
        parts = (self._desk.setting("group"), period, f"{clock.now():%Y-%m-%d %H:%M} 导出")
        return "    ".join(part for part in parts if part)

    def _note(self, path: Path, counts: Any, release: Release, wanted: Sequence[Wanted]) -> None:
        facts: dict[str, Any] = {"file": path.name, "sheets": dict(counts)}
        if release.confidential:
            facts["reason"] = release.reason
            facts["unmasked"] = sorted(release.unmasked)
        noted = [(each.view.register, list(self._ids(each))) for each in wanted] if release.confidential else []
        size = sum(len(ids) for _register, ids in noted)
        with self._vault.act("export", f"导出《{path.name}》", always=True, size=size, **facts) as act:
            for register, ids in noted:
                for record_id in ids:
                    act.note(register, record_id, "export", {"reason": release.reason})

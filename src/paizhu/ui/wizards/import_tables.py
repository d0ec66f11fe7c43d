"""The tables of everything chosen for one import: read, planned again, mended; every change is replayed when needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from paizhu.base.errors import PaizhuError
from paizhu.base.progress import Progress
from paizhu.documents.tables.frame import Given
from paizhu.services.importing.columns import ColumnLook, looks
from paizhu.services.importing.facts import DOUBTFUL, NO_ROWS, PlannedRow, Said, Tally
from paizhu.services.importing.ledgers import Applied, Importing, Plan
from paizhu.services.importing.look import SheetLook, frame_from
from paizhu.services.importing.near import NEAR
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.importing.questions import IS, Answer, Key, is_roster
from paizhu.services.office import Office
from paizhu.storage.backup_place import Reason

MEND, TAKE, SKIP, CORRECT = "mend", "take", "skip", "correct"
_DOUBTS = (TAKE, SKIP)
_DECISIONS = (*_DOUBTS, CORRECT)


@dataclass(frozen=True)
class ImportPlace:
    """What is needed to stand here again after a lock: the files and the step, never a password or a cell."""

    paths: tuple[Path, ...]
    step: int
    pasted: str = ""
    """The hash of cells that were pasted; they themselves lie encrypted in the vault."""


@dataclass(frozen=True)
class Edit:
    """One thing the officer did to a row: other words in a cell, a decision about a doubtful one, or a reason."""

    kind: str
    row: int
    at: int | None = None
    words: str = ""


@dataclass
class ImportTable:
    """One table of one sheet, or a sheet in which no register was recognised."""

    plan: Plan
    name: str
    sheet: SheetPlan | None
    look: SheetLook
    wanted: bool = True
    mapping: dict[str, str] = field(default_factory=dict)
    given: Given | None = None
    edits: list[Edit] = field(default_factory=list)
    answers: dict[Key, Answer] = field(default_factory=dict)
    _tally: Tally | None = None
    _emptied: int | None = None

    @property
    def keep_filled(self) -> bool:
        """Whether empty cells leave alone what the records hold."""
        return self.sheet is not None and self.sheet.facts.keep_filled

    @property
    def emptied(self) -> int:
        """How many rows would empty something a record holds; counted once for each plan of the table."""
        if self._emptied is None:
            self._emptied = self.sheet.emptied() if self.sheet else 0
        return self._emptied

    def count(self) -> None:
        """Count now what the page asks for at once: in tens of thousands of rows that takes its time."""
        assert self.tally is not None
        assert self.emptied >= 0
        if self.sheet is not None:
            # What the list of rows is made of: the plan has it at hand from now on, until a row changes.
            self.sheet.counts()
            self.sheet.with_problems()
            self.sheet.numbers()
            self.sheet.numbers(problems_only=True)

    @property
    def file(self) -> str:
        """The name of the file the table stands in."""
        return self.plan.file

    def words(self, *, several: bool) -> str:
        """Return what names the table where it is chosen, with its file where there are several."""
        file = f"{Path(self.file).stem} · " if several else ""
        if self.sheet is None:
            return f"{file}{self.name}（未认出）"
        # The table in which something is to be mended is to be found without opening each of them.
        counted = self.tally
        waiting = ((counted.refused, "须先改正"), (counted.doubtful, "疑似重复"), (counted.look, "建议看一眼"))
        said = "、".join(f"{words} {count:,}" for count, words in waiting if count)
        left = "，不导入" if not self.wanted else f"（{said}）" if said else ""
        return f"{file}{self.name} · {self.sheet.label}{left}"

    @property
    def proposed(self) -> str:
        """The register the cells of a sheet without a header speak for; empty when none stands out."""
        return self.plan.proposed.get(self.name, "")

    @property
    def certain(self) -> bool:
        """Tell whether header and register were found without doubt."""
        return self.sheet is not None and self.sheet.facts.certain

    @property
    def frame(self) -> Given | None:
        """Where header and records stand: as found, or as the officer said; None while no header is known."""
        found = self.sheet.facts.header_rows if self.sheet else self.plan.headers.get(self.name, ())
        said = self.given or (self.sheet.facts.given if self.sheet else None)
        return said or (frame_from(found) if found else None)

    @property
    def tally(self) -> Tally:
        """How the rows divide; none for a sheet that is not planned. Counted once until something is done to a row."""
        if self._tally is None:
            self._tally = self.sheet.tally() if self.sheet else NO_ROWS
        return self._tally

    def columns(self) -> list[ColumnLook]:
        """Return the columns as the officer sees them."""
        matching = self.sheet.facts.matching if self.sheet else None
        return looks(matching, self.sheet.columns) if self.sheet and matching else []

    def mend(self, row: int, column: int, words: str) -> PlannedRow:
        """Put other words into one cell."""
        return self._do(Edit(MEND, row, column, words))

    def take(self, row: int, record_id: int | None) -> PlannedRow:
        """Decide a doubtful row: as a new record, or as this one."""
        return self._do(Edit(TAKE, row, record_id))

    def skip(self, row: int) -> PlannedRow:
        """Leave a doubtful row out."""
        return self._do(Edit(SKIP, row))

    def take_all(self) -> list[int]:
        """Take every row that is only like another one as a new record; returns the rows."""
        rows = self.near_rows()
        for row in rows:
            self.take(row, None)
        return rows

    def near_rows(self) -> list[int]:
        """Return the rows that wait because they are like another one."""
        return self._planned.numbers_with(NEAR, DOUBTFUL)

    def take_back(self, row: int) -> PlannedRow:
        """Take back a decision about a doubtful row, or the reason of one that corrects a settled record."""
        self.edits = [edit for edit in self.edits if not (edit.kind in _DECISIONS and edit.row == row)]
        self._tally = self._emptied = None
        self._planned.reasons.pop(row, None)
        return self._planned.reconsider(row)

    def is_taken(self, row: int) -> bool:
        """Tell whether the officer decided this row."""
        return any(edit.kind in _DECISIONS and edit.row == row for edit in self.edits)

    def waiting(self) -> list[int]:
        """Return the rows that would change settled records and wait for a reason."""
        return self._planned.waiting()

    def correct(self, rows: Sequence[int], reason: str) -> None:
        """Let rows change settled records, for a reason that is journalled with each."""
        for row in rows:
            self._do(Edit(CORRECT, row, None, reason))

    def mend_alike(self, column: int, letter: str, old: str, words: str) -> list[int]:
        """Put other words into every cell of a column that has a problem with the same words; returns the rows."""
        rows = list(self._alike(letter, old))
        for row in rows:
            self.mend(row, column, words)
        return rows

    def any_alike(self, letter: str, old: str) -> bool:
        """Tell whether a cell of a column has a problem with these words."""
        return bool(old) and next(self._alike(letter, old), None) is not None

    def _alike(self, letter: str, old: str) -> Iterator[int]:
        for row in self._planned.rows(problems_only=True):
            if any(problem.column == letter and problem.value == old for problem in row.problems):
                yield row.row

    def answer(self, importing: Importing, answers: Mapping[Key, Answer]) -> None:
        """Take what names of the ledger mean; decisions about the rows they stand in are kept."""
        self.answers.update(answers)
        rows = set(importing.answer(self._planned, answers))
        self._tally = self._emptied = None
        for edit in self.edits:
            if edit.kind in _DECISIONS and edit.row in rows:
                _apply(self._planned, edit)
        self.count()

    def replay(self, sheet: SheetPlan, importing: Importing) -> None:
        """Show another plan of the same table, with everything done to its rows so far."""
        self.sheet = sheet
        self._tally = self._emptied = None
        if self.answers:
            importing.answer(sheet, self.answers)
        for edit in self.edits:
            _apply(sheet, edit)
        self.count()

    @property
    def _planned(self) -> SheetPlan:
        if self.sheet is None:
            raise PaizhuError(f"“{self.name}”还没有认出台账", "数据没有改动", "请先选择台账")
        return self.sheet

    def _do(self, edit: Edit) -> PlannedRow:
        made = _apply(self._planned, edit)
        self._tally = self._emptied = None
        self.edits = [old for old in self.edits if not _replaces(edit, old)]
        self.edits.append(edit)
        return made


def _replaces(edit: Edit, old: Edit) -> bool:
    """Tell whether an edit stands for an older one: of the same cell, or the decision about the same row."""
    if edit.row != old.row:
        return False
    if edit.kind in _DOUBTS:
        return old.kind in _DOUBTS
    return (old.kind, old.at) == (edit.kind, edit.at)


def _apply(sheet: SheetPlan, edit: Edit) -> PlannedRow:
    if edit.kind == SKIP:
        return sheet.skip(edit.row)
    if edit.kind == TAKE:
        return sheet.take(edit.row, edit.at)
    if edit.kind == CORRECT:
        sheet.correct([edit.row], edit.words)
        return sheet.row(edit.row)
    return sheet.mend(edit.row, edit.at or 0, edit.words)


def read_file(
    importing: Importing, path: Path, register: str, password: str | None, progress: Progress
) -> list[ImportTable]:
    """Read a workbook and plan it; a sheet nobody recognised comes without a plan when it is all there is."""
    plan = importing.plan_known(path, register, password, progress)
    try:
        return tables_of(importing, plan)
    except BaseException:
        plan.drop()
        raise


def tables_of(importing: Importing, plan: Plan) -> list[ImportTable]:
    """Return the tables of a plan; unknown sheets are there to be pointed out, and left out unless they are all."""
    seen = importing.looks(plan)
    nothing = SheetLook("", ())
    found = [
        ImportTable(plan, sheet.facts.sheet, sheet, seen.get(sheet.facts.sheet, nothing), wanted=bool(sheet.last_row))
        for sheet in plan.sheets
    ]
    found += [
        ImportTable(plan, name, None, seen.get(name, nothing), wanted=not plan.sheets)
        for name in plan.unknown
        if seen.get(name, nothing).rows
    ]
    if not found:
        raise PaizhuError(f"《{plan.file}》里没有内容", "数据没有改动", "请换一个文件")
    for table in found:
        table.count()
    return found


def plan_again(importing: Importing, table: ImportTable, said: Said, progress: Progress) -> None:
    """Plan a table again as the officer says; what was mended in its rows is kept where the rows are still there."""
    if table.sheet is None:
        sheet = importing.plan_unknown(table.plan, table.name, said.register, said.given, progress)
    else:
        at = table.plan.sheets.index(table.sheet)
        sheet = importing.replan(table.plan, at, said, progress)
    table.mapping = dict(said.mapping)
    table.given = said.given or table.given
    there = set(sheet.numbers())
    table.edits = [edit for edit in table.edits if edit.row in there]
    table.replay(sheet, importing)


def mapping_of(columns: Sequence[ColumnLook], letter: str, path: str) -> dict[str, str]:
    """Return the field of every column after one was changed; a field leaves the column that fed it before."""
    made = {look.letter: look.path for look in columns if not look.fixed or look.letter == letter}
    for other, fed in made.items():
        if path and fed == path and other != letter:
            made[other] = ""
    made[letter] = path
    return made


@dataclass(frozen=True)
class Outcome:
    """What applying came to, file by file, and the refusal that ended it early."""

    applied: tuple[Applied, ...]
    files: tuple[str, ...]
    refused: PaizhuError | None = None


def apply_all(
    office: Office, tables: Sequence[ImportTable], progress: Progress, *, whole: bool, remember: bool, name: str = ""
) -> Outcome:
    """Make a proven backup, then store the good rows of each file as one act; files are independent of each other."""
    office.backups.before_mass_change(progress, Reason.IMPORT)
    applied: list[Applied] = []
    files: list[str] = []
    plans = {id(table.plan): table.plan for table in tables}
    left = sorted(plans.values(), key=lambda plan: not any(map(is_roster, plan.sheets)))
    for plan in left.copy():
        left.remove(plan)
        chosen = [table.sheet for table in tables if table.plan is plan and table.wanted and table.sheet]
        counted = [sheet.tally() for sheet in chosen]
        if not sum(tally.ready + tally.look for tally in counted):
            continue
        try:
            applied.append(office.importing.apply(replace(plan, sheets=chosen), whole, progress))
        except PaizhuError as error:
            if not applied:
                raise
            return Outcome(tuple(applied), tuple(files), error)
        # What one file brought into the roster, or made new, is there for the next ones.
        later = [table for table in tables if table.plan in left and table.sheet]
        made = office.importing.known_now([table.sheet for table in later if table.sheet])
        made |= {key: Answer(IS, record_id) for key, record_id in applied[-1].made.items()}
        for table in later if made else ():
            table.answer(office.importing, made)
        files.append(plan.file)
        for sheet in chosen if remember else ():
            office.importing.remember(sheet, name if len(tables) == 1 else "")
    return Outcome(tuple(applied), tuple(files))


def step_notes(tables: Sequence[ImportTable], table: ImportTable | None, tally: Tally) -> Sequence[str]:
    """Return what is said under each of the five steps: file, header, columns, rows to be mended, nothing."""
    names = [each.file for each in tables]
    file = names[0] if len(set(names)) == 1 else f"{len(set(names))} 个文件" if names else ""
    rows = table.sheet.facts.header_rows if table and table.sheet else ()
    header = f"第 {'、'.join(map(str, rows))} 行" if rows else ""
    columns = f"{len(table.columns())} 列" if table and table.columns() else ""
    wrong = f"须先改正 {tally.refused} 行" if tally.refused else "没有须改正的行" if tally.total else ""
    return file, header, columns, wrong, ""

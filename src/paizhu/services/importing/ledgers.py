"""Ledgers in: first a plan to look at, then one act that can be taken back any time later."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from paizhu import registers
from paizhu.base.errors import NotFoundError, PaizhuError
from paizhu.base.progress import Progress, silent
from paizhu.base.register import Register
from paizhu.documents.books import opening as workbook_read
from paizhu.documents.books.book import ASIDE, Book, Limits, Sheet, letters
from paizhu.documents.tables import column_match, register_find, table_find
from paizhu.documents.tables.column_match import RECORD_ID, Matching
from paizhu.documents.tables.frame import Given, Table
from paizhu.documents.tables.label_words import Vocabulary
from paizhu.services.desk import Desk
from paizhu.services.history import History, Undone
from paizhu.services.importing import errors as import_errors
from paizhu.services.importing import headless as import_headless
from paizhu.services.importing import notes as import_notes
from paizhu.services.importing import pasted
from paizhu.services.importing.applying import Applying
from paizhu.services.importing.batch import Applied, Plan
from paizhu.services.importing.children import made_for
from paizhu.services.importing.columns import columns_of, matched
from paizhu.services.importing.facts import Said, TableFacts
from paizhu.services.importing.look import LOOKED_AT, SheetLook, look_at, words_above
from paizhu.services.importing.mappings import Mappings
from paizhu.services.importing.pasted import PASTED
from paizhu.services.importing.plan import RawRow, SheetPlan
from paizhu.services.importing.questions import Answer, Key, Question, answer, known_now, questions
from paizhu.services.importing.sought import EVERY, Sought
from paizhu.storage import scratch


class Importing:
    """Brings workbooks into the vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._applying, self._history = Applying(desk), History(desk)
        self.mappings = Mappings(desk.vault)
        scratch.sweep(desk.vault.folder)

    # --- planning --------------------------------------------------------------------------------------------

    def plan(
        self,
        path: Path,
        register: str | None = None,
        sheet: str | None = None,
        password: str | None = None,
        keep_filled: bool = False,
        progress: Progress = silent,
    ) -> Plan:
        """Read a workbook and plan every row; the vault is untouched, byte for byte.

        The register of each table is recognised from its headers. One that is named is the only one looked for; of a
        named sheet nothing else is read. A workbook in which no register is recognised is refused. With
        ``keep_filled`` an empty cell empties nothing.
        """
        sought = Sought.only(register) if register else EVERY
        with self._reading(path, password, keep_filled) as (plan, book):
            for each in _tables_in(book, sheet):
                self._plan_sheet(plan, each, sought, progress)
            if not plan.sheets:
                raise _nothing_in(plan, sheet)
        return plan

    def plan_known(
        self, path: Path, likely: str = "", password: str | None = None, progress: Progress = silent
    ) -> Plan:
        """Plan what a workbook tells of itself, for an officer who points out the rest at the window.

        Sheets in which no register is recognised stand in ``unknown``. The register that is likely decides where the
        headers leave it open; where no sheet is recognised at all, they are read as that one's.
        """
        with self._reading(path, password) as (plan, book):
            for each in _tables_in(book):
                self._plan_sheet(plan, each, Sought(likely=likely), progress)
            if likely and not plan.sheets:
                unknown, plan.unknown, plan.proposed = plan.unknown, [], {}
                for name in unknown:
                    self._plan_sheet(plan, book.sheet(name), Sought.only(likely), progress)
        return plan

    @contextmanager
    def _reading(self, path: Path, password: str | None, keep_filled: bool = False) -> Iterator[tuple[Plan, Book]]:
        """Lend a workbook and the plan to be made of it, which is dropped when reading it comes to nothing."""
        plan = Plan(path.name, "", [], path=path, password=password, keep_filled=keep_filled)
        try:
            with workbook_read.open_book(path, password, self._limits()) as book:
                plan.sha256 = book.sha256
                yield plan, book
        except BaseException:
            plan.drop()
            raise

    def plan_cells(self, register: str, cells: Sequence[Sequence[str]], columns: Sequence[str] = ()) -> Plan:
        """Plan a block of cells pasted into a list: with its own header row, or in the order of these columns."""
        sheet = pasted.planned(self._desk, registers.register(register), cells, columns)
        return Plan(PASTED, pasted.fingerprint(cells), [sheet], cells=cells, columns=tuple(columns))

    def replan(
        self,
        plan: Plan,
        at: int,
        said: Said,
        progress: Progress = silent,
    ) -> SheetPlan:
        """Plan one table of a plan again, as it is said now; cells that were mended are read from the file again.

        The old plan of the table stays if the new one is refused.
        """
        old = plan.sheets[at]
        kind = registers.register(said.register) if said.register else old.register
        facts = old.facts if said.keep_filled is None else replace(old.facts, keep_filled=said.keep_filled)
        made = self._again(plan, facts, kind, said.mapping, said.given or facts.given, progress)
        plan.sheets[at] = made
        old.drop()
        return made

    def plan_unknown(
        self, plan: Plan, sheet: str, register: str, given: Given | None = None, progress: Progress = silent
    ) -> SheetPlan:
        """Plan a sheet in which no register was recognised, as the register the officer named."""
        facts = TableFacts(sheet, given.header_rows if given else (), known=(register,))
        made = self._again(plan, facts, registers.register(register), None, given, progress)
        plan.unknown.remove(sheet)
        plan.sheets.append(made)
        return made

    def _again(
        self,
        plan: Plan,
        facts: TableFacts,
        kind: Register,
        mapping: Mapping[str, str] | None,
        given: Given | None,
        progress: Progress,
    ) -> SheetPlan:
        if plan.path is None:
            return pasted.again(self._desk, plan.cells, facts, kind, mapping)
        # The same words as at first, or the header could be found elsewhere.
        known = tuple(each for each in registers.REGISTERS if each.key in facts.known) or registers.REGISTERS
        with workbook_read.open_book(plan.path, plan.password, self._limits()) as book:
            sheet = book.sheet(facts.sheet)
            for each in table_find.read_tables(sheet, Vocabulary(known), given):
                if facts.header_rows and not given and each.frame.header_rows != facts.header_rows:
                    for _row in each.rows():
                        pass
                    continue
                matching = matched(each.columns, each.samples, kind, mapping)
                if not matching.fields:
                    break
                if facts.matching is not None and kind is facts.matching.register:
                    matching = replace(matching, parent=facts.matching.parent, own=facts.matching.own)
                above = words_above(sheet, given) if given else ()
                return self._filled(each, matching, replace(facts, given=given, above=above), progress)
        raise PaizhuError(
            f"“{facts.sheet}”里没有一列对得上“{kind.label}”的字段",
            "数据没有改动",
            "请换一种台账，或重新指定表头所在的行",
        )

    def looks(self, plan: Plan) -> dict[str, SheetLook]:
        """Return the first rows of every sheet of a plan by name, for the officer to see and point at the header."""
        if plan.path is None:
            rows = [(number, tuple(map(str, row))) for number, row in enumerate(plan.cells[:LOOKED_AT], 1)]
            return {PASTED: SheetLook(PASTED, tuple(rows))}
        with workbook_read.open_book(plan.path, plan.password, self._limits()) as book:
            return {sheet.name: look_at(sheet) for sheet in book.sheets if not sheet.hidden}

    def _limits(self) -> Limits:
        return Limits(
            file_bytes=self._desk.setting("workbook_limit_mb") * 2**20, rows=self._desk.setting("workbook_limit_rows")
        )

    def _plan_sheet(self, plan: Plan, sheet: Sheet, sought: Sought, progress: Progress) -> None:
        found = False
        for each in table_find.read_tables(sheet, Vocabulary(sought.registers), None):
            if not each.frame.certain and self._headless(plan, sheet, sought.registers, progress):
                return
            matching, remembered = self._matching(each, sheet.name, sought)
            if matching is None:
                for _row in each.rows():
                    pass
                if each.frame.certain:
                    plan.headers.setdefault(sheet.name, each.frame.header_rows)
                continue
            found = True
            facts = TableFacts(
                sheet.name,
                each.frame.header_rows,
                known=sought.words,
                remembered=remembered,
                keep_filled=plan.keep_filled,
            )
            plan.sheets.append(self._filled(each, matching, facts, progress))
        if not found and sheet.name not in ASIDE and not self._headless(plan, sheet, sought.registers, progress):
            plan.unknown.append(sheet.name)
            if (said := import_headless.proposed(sheet, sought.registers)) is not None:
                plan.proposed[sheet.name] = said

    def _headless(self, plan: Plan, sheet: Sheet, known: Sequence[Register], progress: Progress) -> bool:
        """Plan a sheet without a header as one of the same shape was planned before; False when there was none."""
        again = import_headless.found_again(sheet, known, self.mappings)
        if again is None:
            return False
        table, matching, given = again
        above = words_above(sheet, given)
        facts = TableFacts(sheet.name, (), above, given=given, remembered=True, keep_filled=plan.keep_filled)
        plan.sheets.append(self._filled(table, matching, facts, progress))
        return True

    def _filled(self, found: Table, matching: Matching, facts: TableFacts, progress: Progress) -> SheetPlan:
        frame = found.frame
        facts = replace(
            facts,
            header_rows=frame.header_rows,
            above=frame.above or facts.above,
            fingerprint=matching.fingerprint,
            matching=matching,
            certain=frame.certain,
        )
        columns = columns_of(matching, facts.above)
        made = made_for(self._desk, matching.register, matching.parent, columns, facts)
        try:
            made.fill(_raw_rows(found, matching), lambda row: progress("正在读入工作簿", row, 0))
        except BaseException:
            made.drop()
            raise
        frame = found.frame
        made.skipped = [(skipped.row, skipped.reason) for skipped in frame.skipped]
        made.hidden_rows, made.dittos = frame.hidden_rows, frame.dittos
        made.hidden_columns = tuple(letters(column) for column in sorted(frame.hidden_columns))
        made.commented = tuple(f"{letters(column)}{row}" for row, column in sorted(frame.commented))
        made.unread_comments = frame.unread_comments
        made.notes = import_notes.notes(made)
        return made

    def _matching(self, found: Table, sheet: str, sought: Sought) -> tuple[Matching | None, bool]:
        known, above = sought.registers, found.frame.above
        if register_find.is_own(found.columns):
            # Our own workbook says itself what it holds; a sheet of another register is none of the one asked for.
            return register_find.recognise(found.columns, found.samples, known, sheet, above), False
        kept = self.mappings.find(column_match.fingerprint(found.columns, found.samples))
        if kept is not None and kept.register in {each.key for each in known}:
            return matched(found.columns, found.samples, registers.register(kept.register), kept.mapping), True
        matching = register_find.recognise(found.columns, found.samples, known, sheet, above, sought.likely)
        if matching is None and sought.named:
            matching = column_match.match_columns(found.columns, found.samples, sought.named)
            return (matching if matching.fields else None), False
        return matching, False

    def questions(self, sheets: Sequence[SheetPlan]) -> list[Question]:
        """Return the names of these tables that the roster does not know, to be answered once for all rows."""
        return questions(self._vault, sheets)

    def known_now(self, sheets: Sequence[SheetPlan]) -> dict[Key, Answer]:
        """Return what names of these tables mean since another import brought them into the roster."""
        return known_now(self._vault, sheets)

    def answer(self, sheet: SheetPlan, answers: Mapping[Key, Answer]) -> list[int]:
        """Take answers for a table; nothing is made before the import itself. Returns the rows planned again."""
        return answer(self._vault, sheet, answers)

    def error_workbook(self, plan: Plan, path: Path, only: Sequence[SheetPlan] | None = None) -> Path:
        """Write the officer's own file with the problems of its tables marked; mended, it can be imported again.

        With ``only`` some of its tables. Who reported is masked.
        """
        return import_errors.write(plan, plan.sheets if only is None else only, path, self._limits())

    # --- mappings --------------------------------------------------------------------------------------------

    def remember(self, found: SheetPlan, name: str = "") -> None:
        """Keep how the columns of this layout were matched, so that the next file needs no click."""
        if found.facts.matching is None or found.facts.matching.own or not found.facts.fingerprint:
            return
        mapping = {column.letter: column.path for column in found.columns}
        self.mappings.keep(found.facts.fingerprint, found.register.key, mapping, name)

    def forget(self, fingerprint: str) -> None:
        """Forget the matching kept for a layout."""
        self.mappings.forget(fingerprint)

    # --- applying --------------------------------------------------------------------------------------------

    def apply(self, plan: Plan, all_or_nothing: bool = False, progress: Progress = silent) -> Applied:
        """Store the good rows as one act; refused and doubtful ones wait. The caller makes a proven backup first."""
        return self._applying.apply(plan, all_or_nothing, progress)

    def undo(self, batch: int, also: Sequence[tuple[str, int]] = ()) -> Undone:
        """Take an import back: created records are voided, changed ones restored, later edits kept and listed."""
        self._history.check_import(batch)
        return self._history.undo(batch, also)

    def batches(self) -> list[Any]:
        """Return the imports so far, newest first, with file, hash and counts."""
        return self._history.entries(kind="import")


def _raw_rows(found: Table, matching: Matching) -> Iterator[RawRow]:
    own = matching.fields.get(RECORD_ID)
    for row in found.rows():
        value = row.cell(own.column.index) if own else None
        yield row.number, row.cells, int(value) if isinstance(value, int | float) else None


def _tables_in(book: Book, name: str | None = None) -> Iterator[Sheet]:
    for sheet in book.sheets:
        # The explanations of an empty form name fields and choices: read as a table they look like records.
        aside = sheet.hidden or sheet.name in ASIDE
        if sheet.name == name or (name is None and not aside):
            yield sheet


def _nothing_in(plan: Plan, sheet: str | None) -> PaizhuError:
    """Return the refusal of a workbook that has the sheet asked for not, no content, or no table known."""
    if sheet and sheet not in plan.unknown:
        return NotFoundError(f"《{plan.file}》里没有名为“{sheet}”的工作表", "数据没有改动", "请核对工作表的名称")
    if not plan.proposed:
        return PaizhuError(f"《{plan.file}》里没有内容", "数据没有改动", "请换一个文件")
    return PaizhuError(f"没有在《{plan.file}》里认出台账", "数据没有改动", "请指定这是哪一种台账，或核对表头是否完整")


__all__ = ["PASTED", "Applied", "Importing", "Plan", "Progress"]

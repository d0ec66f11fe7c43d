"""The course of one import without its looks: files read, tables planned again and applied, one work at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from paizhu.base.errors import PaizhuError
from paizhu.documents.refusals import PasswordNeededError, WrongWorkbookPasswordError
from paizhu.services.importing.facts import NO_ROWS, Said, Tally
from paizhu.services.importing.questions import Answer, Key, Question
from paizhu.ui.context import Context
from paizhu.ui.tasks import Progress, Task, was_cancelled
from paizhu.ui.wizards.import_tables import ImportTable, Outcome, apply_all, plan_again, read_file, tables_of

T = TypeVar("T")


class ImportFlow(QObject):
    """Speaks by signals: what runs and how far, when files are read, a table was planned again, rows went in."""

    began = Signal(str)
    advanced = Signal(object, object, str)
    ended = Signal()
    files_changed = Signal()
    read_done = Signal()
    password_wanted = Signal(str, str)
    """File name, and why the last password did not do (empty at first)."""
    planned = Signal()
    answered = Signal()
    rest_ready = Signal()
    applied = Signal(object)
    """An `Outcome`."""
    exported = Signal(object)
    """Where the marked workbook was written."""
    refused = Signal(object)
    stopped = Signal()

    def __init__(self, context: Context, register: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.register = register
        self.paths: list[Path] = []
        self.tables: list[ImportTable] = []
        self.at = 0
        self.said: dict[Key, Answer] = {}
        self._passwords: dict[Path, str] = {}
        self._turned_away: list[PaizhuError] = []
        """Why files were not read; told together when the others are."""
        self._prepare: Callable[[list[ImportTable], Progress], None] | None = None
        self._task: Task | None = None
        held = self.tables
        self.destroyed.connect(lambda: drop(held))

    @property
    def busy(self) -> bool:
        """Tell whether something runs."""
        return self._task is not None

    @property
    def table(self) -> ImportTable | None:
        """The table in hand."""
        return self.tables[self.at] if self.at < len(self.tables) else None

    @property
    def pasted(self) -> str:
        """The hash of the cells in hand that were pasted; empty for files."""
        return next((table.plan.sha256 for table in self.tables if table.plan.path is None), "")

    def all_read(self) -> bool:
        """Tell whether every file was read."""
        seen = {table.plan.path for table in self.tables}
        return bool(self.tables) and all(path in seen for path in self.paths)

    def wanted(self) -> list[ImportTable]:
        """Return the planned tables that are to be imported."""
        return [table for table in self.tables if table.wanted and table.sheet]

    def tally(self) -> Tally:
        """Return how all rows to be imported divide."""
        return sum((table.tally for table in self.wanted()), NO_ROWS)

    def labels(self) -> tuple[str, ...]:
        """Return the registers rows go into."""
        return tuple(dict.fromkeys(table.sheet.label for table in self.wanted() if table.sheet))

    def went_to(self) -> str:
        """Return the register to look at afterwards: the one asked for, else the one most rows went into."""
        counts: Counter[str] = Counter()
        for table in self.wanted():
            if table.sheet is not None:
                tally = table.tally
                counts[(table.sheet.parent or table.sheet.register).key] += tally.ready + tally.look
        went = [key for key, count in counts.most_common() if count]
        return self.register if self.register in went else next(iter(went), "")

    def choices(self) -> list[tuple[str, str]]:
        """Return place and words of every table, to choose the one in hand."""
        several = len({id(table.plan) for table in self.tables}) > 1
        return [(str(at), table.words(several=several)) for at, table in enumerate(self.tables)]

    def remembered(self) -> str | None:
        """Return the name of the layout as it is remembered, empty without one; None where it was recognised anew."""
        sheet = self.table.sheet if self.table else None
        if sheet is None or not sheet.facts.remembered:
            return None
        known = self._context.office.importing.mappings.find(sheet.facts.fingerprint)
        return known.name if known else ""

    def notes(self) -> list[tuple[str, str]]:
        """Return the name of every file and what was found in it."""
        found = []
        for path in self.paths:
            own = [table for table in self.tables if table.plan.path == path]
            labels = "、".join(dict.fromkeys(table.sheet.label for table in own if table.sheet))
            found.append((path.name, f"{len(own)} 张表：{labels or '没有认出台账'}" if own else "等待读入"))
        return found

    # --- files -----------------------------------------------------------------------------------------------

    def plan_cells(self, cells: Sequence[Sequence[str]], columns: Sequence[str], planned: Callable[[], object]) -> None:
        """Plan pasted cells, in the order of these columns where they bring no header; tells when they are planned."""
        importing = self._context.office.importing

        def done(tables: list[ImportTable]) -> None:
            self.tables += tables
            planned()

        def work(_told: Progress) -> list[ImportTable]:
            return tables_of(importing, importing.plan_cells(self.register, cells, columns))

        self._run("正在看粘贴的内容", work, done, self._fail)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take files in and read them; one that is there already is read anew."""
        if self.busy:
            return
        self._forget(paths)
        self.paths += [path for path in dict.fromkeys(paths) if path not in self.paths]
        self.files_changed.emit()
        self.read()

    def leave_out(self, at: int) -> None:
        """Take a file out again."""
        if not self.busy and 0 <= at < len(self.paths):
            self._forget([self.paths.pop(at)])
            self.files_changed.emit()

    def read(self, password: str = "") -> None:
        """Read the files that are not read yet, one after the other; at the end `read_done`."""
        seen = {table.plan.path for table in self.tables}
        path = next((path for path in self.paths if path not in seen), None)
        if path is None:
            self.all_planned()
            return
        if password:
            self._passwords[path] = password
        importing, register, key = self._context.office.importing, self.register, self._passwords.get(path)

        def done(tables: list[ImportTable]) -> None:
            self.tables += tables
            self.files_changed.emit()
            self.read()

        def failed(error: Exception) -> None:
            self._passwords.pop(path, None)
            if isinstance(error, WrongWorkbookPasswordError):
                self.password_wanted.emit(path.name, "密码打不开这个文件，请核对大小写后重新输入")
            elif isinstance(error, PasswordNeededError):
                self.password_wanted.emit(path.name, "")
            elif isinstance(error, PaizhuError) and not was_cancelled(error):
                self.paths.remove(path)
                self._turned_away.append(error)
                self.files_changed.emit()
                self.read()
            else:
                self.files_changed.emit()
                self._fail(error)

        said = dict(self.said)

        def work(told: Progress) -> list[ImportTable]:
            found = read_file(importing, path, register, key, told)
            for table in found:
                if said and table.sheet is not None:
                    table.answer(importing, said)
            return found

        self._run("正在读入工作簿", work, done, failed)

    def when_read(self, prepare: Callable[[list[ImportTable], Progress], None]) -> None:
        """Do this to the tables, off the window's thread, once every file is read."""
        self._prepare = prepare

    def all_planned(self) -> None:
        """Do what was to be done once everything is read, then tell that it is."""
        prepare, self._prepare = self._prepare, None
        if prepare is None or not self.tables:
            self._tell_read()
            return
        tables = self.tables

        def work(told: Progress) -> None:
            prepare(tables, told)

        self._run("正在接着上次的进度", work, lambda _nothing: self._tell_read(), self._fail)

    def _tell_read(self) -> None:
        """Tell that all is read that can be, and what of the files could not."""
        away, self._turned_away = self._turned_away, []
        self.read_done.emit()
        if away:
            self.refused.emit(_together(away))

    def clear(self) -> None:
        """Begin anew, without files."""
        drop(self.tables)
        self.tables.clear()
        self.paths.clear()
        self.said.clear()
        self._passwords.clear()
        self.at = 0
        self.files_changed.emit()

    def _forget(self, paths: Sequence[Path]) -> None:
        gone = [table for table in self.tables if table.plan.path in paths]
        self.tables[:] = [table for table in self.tables if table.plan.path not in paths]
        drop(gone)
        self.at = 0

    # --- planning and applying -------------------------------------------------------------------------------

    def plan_again(self, said: Said) -> None:
        """Plan the table in hand again as the officer says."""
        table, importing = self.table, self._context.office.importing
        if table is None or self.busy:
            return

        def work(told: Progress) -> None:
            plan_again(importing, table, said, told)

        def done(_nothing: None) -> None:
            self.files_changed.emit()
            self.planned.emit()

        self._run("正在重新核对", work, done, self._fail)

    def keep_filled(self, keep: bool) -> None:
        """Take empty cells of the table in hand as saying nothing, or as saying that there is nothing; `answered`."""
        table, importing = self.table, self._context.office.importing
        if table is not None:
            self._run(
                "正在重新核对",
                lambda told: plan_again(importing, table, Said(mapping=table.mapping, keep_filled=keep), told),
                lambda _nothing: self.answered.emit(),
                self._fail,
            )

    def forget_mapping(self) -> None:
        """Forget how this layout was matched before, and match it anew."""
        table = self.table
        if table is not None and table.sheet is not None:
            self._context.office.importing.forget(table.sheet.facts.fingerprint)
            self.plan_again(Said())

    def apply(self, *, whole: bool, remember: bool, name: str = "") -> None:
        """Make the backup, then import what is wanted."""
        office, tables = self._context.office, self.wanted()

        def work(told: Progress) -> Outcome:
            return apply_all(office, tables, told, whole=whole, remember=remember, name=name)

        self._run("正在导入", work, self.applied.emit, self._fail, acts="导入")

    def export_errors(self, path: Path) -> None:
        """Write the file of the table in hand with its problems marked."""
        table, importing = self.table, self._context.office.importing
        if table is None or self.busy:
            return
        plan = table.plan
        chosen = [each.sheet for each in self.wanted() if each.plan is plan and each.sheet]

        def work(_told: Progress) -> Path:
            return importing.error_workbook(plan, path, chosen)

        self._run("正在导出问题行", work, self.exported.emit, self._fail)

    def questions(self) -> list[Question]:
        """Return the names the roster does not know, of everything that is to be imported."""
        return self._context.office.importing.questions([each.sheet for each in self.wanted() if each.sheet])

    def answer(self, answers: Mapping[Key, Answer]) -> None:
        """Take answers for every table; then `answered`."""
        importing, tables = self._context.office.importing, self.wanted()
        self.said.update(answers)

        def work(_told: Progress) -> None:
            for table in tables:
                table.answer(importing, answers)

        self._run("正在按您的回答核对", work, lambda _nothing: self.answered.emit(), self._fail)

    def look_at_rest(self) -> None:
        """Plan the tables again: what went in is the same now, the rest can be mended."""
        importing, tables = self._context.office.importing, self.wanted()

        def work(told: Progress) -> None:
            for table in tables:
                plan_again(importing, table, Said(mapping=table.mapping), told)

        self._run("正在核对没有导入的行", work, lambda _nothing: self.rest_ready.emit(), self._fail)

    def cancel(self) -> None:
        """Ask what runs to stop."""
        if self._task is not None:
            self._task.cancel()

    def _run(
        self,
        what: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        acts: str = "",
    ) -> None:
        if self.busy:
            return

        self.began.emit(what)
        task = self._context.tasks.run(work, done, failed, acts=acts)
        task.advanced.connect(self._advance)
        # The task says `finished` before it hands over what came of it, so the next work may begin there.
        task.finished.connect(self._finish)
        # A page that is thrown away meanwhile must not hear of it.
        self.destroyed.connect(task.disown)
        self._task = task

    def _advance(self, done: int, total: int, words: str) -> None:
        self.advanced.emit(done, total, words)

    def _finish(self) -> None:
        self._task = None
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        if was_cancelled(error):
            self.stopped.emit()
        else:
            self.refused.emit(error)


def _together(errors: Sequence[PaizhuError]) -> PaizhuError:
    """Return several refusals of files as one: each says what happened, all of them what was kept and what to do."""
    if len(errors) == 1:
        return errors[0]
    happened = "；".join(error.happened.rstrip("。") for error in errors)
    todo = "".join(dict.fromkeys(error.todo.rstrip("。") + "。" for error in errors if error.todo))
    return PaizhuError(f"{len(errors)} 个文件没有读入：{happened}", errors[0].kept, todo)


def drop(tables: Sequence[ImportTable]) -> None:
    """Forget the plans behind tables; nothing of them was written into the vault."""
    for plan in {id(table.plan): table.plan for table in tables}.values():
        plan.drop()

"""导入旧台账: choose files, check the header, match columns, look at the rows, import; nothing is written before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from paizhu import registers
from paizhu.base.errors import PaizhuError
from paizhu.documents.books.book import column_number
from paizhu.services.importing.errors import covers, proposed_name
from paizhu.services.importing.questions import Question
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.strip import Level
from paizhu.ui.rereading import Rereading
from paizhu.ui.turns import next_turn
from paizhu.ui.wizards.import_bars import (
    EXPORTED,
    EXPORTED_COVERED,
    KEPT,
    NOT_KEPT,
    NOT_KEPT_WHY,
    STEPS,
    STOPPED,
    steps_at,
)
from paizhu.ui.wizards.import_done import done_words
from paizhu.ui.wizards.import_flow import ImportFlow
from paizhu.ui.wizards.import_middle import ImportMiddle
from paizhu.ui.wizards.import_next import ImportStep, next_of
from paizhu.ui.wizards.import_panes import CHECK, DONE, FILES, HEADER, MAPPING, ImportPanes
from paizhu.ui.wizards.import_pointing import Pointing
from paizhu.ui.wizards.import_resume import Resuming, can_keep
from paizhu.ui.wizards.import_tables import ImportPlace, Outcome, step_notes


class ImportPage(ImportPanes):
    """One import from the files to the batch; `left` asks the window to go back where the officer came from."""

    status = Signal(str)
    left = Signal()
    list_asked = Signal(str)
    """The register whose list shows what went in."""

    def __init__(self, context: Context, paths: Sequence[Path] = (), register: str = "") -> None:
        super().__init__(context, register)
        self._next_step: int = MAPPING
        self._went_to = ""
        self.flow = ImportFlow(context, register, self)
        self._asking = Rereading(context.tasks, self.flow.questions, self._show_questions)
        self.pointing = Pointing(self.flow, self)
        self.resuming = Resuming(context, self.flow, self.files)
        self._connect()
        self._show_step(FILES)
        if paths:
            QTimer.singleShot(0, self, lambda: self.flow.add_files(list(paths)))
        # While the files are chosen or read.
        next_turn(self, lambda: self.middle)

    @classmethod
    def from_cells(
        cls, context: Context, register: str, rows: Sequence[Sequence[str]], columns: Sequence[str] = ()
    ) -> ImportPage:
        """Make the page for cells pasted into a list, in the order of these columns where they bring no header."""
        page = cls(context, register=register)
        width = max((len(row) for row in rows), default=0)
        names = (list(columns) or list(registers.register(register).columns))[:width]
        page.flow.plan_cells(rows, names, page._enter_pasted)
        return page

    def _enter_pasted(self) -> None:
        self._show_step(MAPPING if self.flow.table and self.flow.table.columns() else CHECK)

    @property
    def _pasted(self) -> bool:
        return bool(self.flow.pasted)

    # --- what the window asks --------------------------------------------------------------------------------

    def place(self) -> ImportPlace | None:
        """Return what is needed to stand here again."""
        return ImportPlace(tuple(self.flow.paths), self.step, self.flow.pasted)

    def return_to(self, place: object) -> None:
        """Read the files or pasted cells again and go to the step there was, unless they are still here."""
        here = self.flow.paths or self.flow.tables
        if not isinstance(place, ImportPlace) or not (place.paths or place.pasted) or here:
            return
        if saved := self.resuming.of(place.paths, place.pasted):
            self.resuming.take_up(saved)
        if place.pasted and not saved and place.step < DONE:
            self.say(NOT_KEPT, NOT_KEPT_WHY, Level.AMBER)
        if saved or place.pasted:
            return
        self._go_on_at(place.step)
        self.flow.add_files([path for path in place.paths if path.is_file()])

    def save_draft(self) -> None:
        """Keep how far the import has come; the vault's records and the file are untouched."""
        if HEADER <= self.step < DONE and not self.flow.busy:
            self.resuming.keep(self.step)

    def loses(self) -> bool:
        """Tell whether pasted words about an informant stand here: only the password, given again, opens such words."""
        return self._pasted and self.step < DONE and bool(self.flow.tables) and not can_keep(self.flow)

    def put_aside(self) -> None:
        """Leave without importing; what was done so far can be taken up again."""
        if HEADER <= self.step < DONE and self.resuming.keep(self.step):
            self._context.events.said.emit(KEPT, 0)
            self.flow.clear()
            self._show_step(FILES)
        self.left.emit()

    def _go_on_at(self, step: int) -> None:
        self._next_step = max(min(step, CHECK), MAPPING)

    def is_busy(self) -> bool:
        """Tell whether work is under way that leaving would stop."""
        return self.flow.busy

    def run(self, action_id: str) -> bool:
        """Do a command of the window here: completing (Ctrl+Enter) presses the red button."""
        done = self.log.complete if self.shows_log() else self.complete
        return action_id.rpartition(".")[2] in ("complete", "primary") and done()

    def complete(self) -> bool:
        """Press the red button; False while it cannot be pressed."""
        if not self.bar.next.isEnabled() or not self.bar.isEnabled() or not self.bar.isVisibleTo(self):
            return False
        self.go_on()
        return True

    # --- going on --------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Do what the red button says; what was told of the step before is done with."""
        self.strip.hide()
        match self.step:
            case ImportStep.FILES if self.flow.all_read():
                self._show_step(HEADER)
            case ImportStep.FILES:
                self.flow.read()
            case ImportStep.HEADER:
                self.pointing.take_header()
            case ImportStep.MAPPING:
                self._show_step(CHECK)
            case ImportStep.CHECK:
                side = self.side
                name = side.name.text()
                self.flow.apply(whole=side.whole.isChecked(), remember=side.remember.isChecked(), name=name)
            case ImportStep.DONE if self._went_to:
                self.list_asked.emit(self._went_to)
            case ImportStep.DONE:
                self.left.emit()

    def go_back(self) -> None:
        """Go one step back."""
        least = MAPPING if self._pasted else FILES
        self._show_step(max(self.step - 1, least))

    def show_log(self) -> None:
        """Show the batches so far."""
        self.show_log_pane()
        self.log.read()
        self.log.setFocus()
        self.let_see(self.log)

    def _enter(self) -> None:
        """After reading: to the first table whose header needs a look, else straight to the columns."""
        self.files.locked.forget()
        if not self.flow.tables:
            self._show_step(FILES)
            return
        wanted = [at for at, table in enumerate(self.flow.tables) if table.wanted]
        # Pasted cells have no header to point at.
        unsure = [at for at in wanted if not self.flow.tables[at].certain and not self._pasted]
        self.flow.at = (unsure or wanted or [0])[0]
        self._show_step(HEADER if unsure else self._next_step)
        self._next_step = MAPPING
        table = self.flow.table
        if table is not None and table.sheet is None:
            rest = "表头已经标出，不对的点一下改正。" if table.frame else "再点一下表头所在的行，或勾选没有表头。"
            self.say("没有认出是哪种台账", f"请在“导入到”里选择台账，{rest}", Level.AMBER)

    def _applied(self, outcome: Outcome) -> None:
        self.done.show_outcome(outcome, self.flow.tally(), self.flow.labels())
        self._went_to = self.flow.went_to() if outcome.applied else ""
        self._show_step(DONE)
        self.resuming.forget()
        for applied in outcome.applied:
            self._context.events.changed.emit(applied.change)
        if outcome.applied:
            alone = len(outcome.applied) == 1
            words = done_words(outcome) + ("" if alone else "可在“导入记录”里逐批撤销。")
            self._context.events.said.emit(words, outcome.applied[-1].batch if alone else 0)

    def _export(self) -> None:
        """Ask where to, then write the marked workbook of the file in hand."""
        plan = self.flow.table.plan if self.flow.table else None
        if plan is None or plan.path is None:
            return
        if path := messages.ask_save(self, "导出问题行", proposed_name(plan.path)):
            self.flow.export_errors(path)

    def _exported(self, path: Path) -> None:
        plan = self.flow.table.plan if self.flow.table else None
        covered = EXPORTED_COVERED if plan and covers(plan.sheets) else ""
        self.say(f"已导出《{path.name}》", EXPORTED + covered)
        self._context.events.written.emit(f"已导出《{path.name}》。", path)

    # --- showing ---------------------------------------------------------------------------------------------

    def _show_step(self, step: int) -> None:
        self.show_panes(ImportStep(step), has_table=self.flow.table is not None)
        self._refresh()
        if step == FILES:
            self.resuming.show_offers()
            self.files.setFocus()
        elif step == HEADER:
            self.header.setFocus()
            self.let_see(self.header)
        elif step == MAPPING:
            self.mapping.focus_first()
            self.let_see(self.mapping)
        elif step == CHECK:
            self.preview.setFocus()
            self.let_see(self.preview)
        elif step == DONE:
            self.let_see(self.done)

    def _refresh(self) -> None:
        """Show the table in hand and the counts as they are now."""
        table = self.flow.table
        self._show_segments()
        if table is not None:
            sealed = {column_number(look.letter) for look in table.columns() if look.sealed}
            if self.step == HEADER:
                self.header.show_sheet(table.look, table.frame, sealed)
            self.side.show_table(table, many=len(self.flow.tables) > 1, pasted=self._pasted, sealed=sealed)
            self.side.show_pointing(shown=self.step != HEADER and not self._pasted)
            if table.sheet is not None and self.step == MAPPING:
                self.mapping.show_columns(table.sheet.register, table.columns(), remembered=self.flow.remembered())
            if self.step == CHECK:
                # The names of every row are looked through, away from the window; those asked about stay until then.
                self._asking.ask()
            if self.step in (MAPPING, CHECK):
                self.preview.show_table(table)
            self.arrange()
        self._counted()

    def _show_questions(self, found: Sequence[Question]) -> None:
        if self.step == CHECK and not self._context.office.vault.closed:
            self.questions.show_questions(found, self.flow.said)
            self.arrange()

    def _counted(self) -> None:
        if self.has_middle:
            self.side.show_counts(self.flow.tally())
        self._show_bar()
        self._show_steps()

    def _show_steps(self) -> None:
        notes = step_notes(self.flow.tables, self.flow.table, self.flow.tally())
        self.stepper.show_steps(steps_at(self.step, notes, finished=self.step == DONE))
        said = f"第 {self.step + 1} 步，共 {len(STEPS)} 步：{STEPS[self.step]}"
        self.status.emit(f"导入旧台账 · {said}")

    def _show_bar(self) -> None:
        tally = self.flow.tally()
        wrong = tally.look + tally.refused + tally.doubtful
        self.bar.export.setVisible(MAPPING <= self.step < DONE and bool(wrong) and not self._pasted)
        self.bar.back.setVisible(FILES < self.step < DONE and not (self._pasted and self.step == MAPPING))
        self.bar.show_quit(shown=self.step < DONE, keeps=HEADER <= self.step < DONE and can_keep(self.flow))
        if self.step == DONE:
            there = f"打开{registers.register(self._went_to).label}" if self._went_to else ""
            self.bar.show_next(there or self.head.back.accessibleName())
            return
        pointed = self.has_middle and bool(self.side.register.currentData() and self.header.frame())
        files, whole = bool(self.flow.paths), self.has_middle and self.side.whole.isChecked()
        self.bar.show_next(*next_of(self.step, tally, files=files, pointed=pointed, whole=whole, pasted=self._pasted))

    def _show_segments(self) -> None:
        self.segments.show_choices(choices := self.flow.choices(), str(self.flow.at))
        self.show_tables_bar(len(choices) > 1 and self.step in (HEADER, MAPPING, CHECK))

    def _choose_table(self, key: str) -> None:
        self.flow.at = int(key)
        table = self.flow.table
        self._show_step(HEADER if table is None or table.sheet is None else self.step)

    def _want(self, wanted: bool) -> None:
        if self.flow.table is not None:
            self.flow.table.wanted = wanted
        self._counted()

    def _refuse(self, error: object) -> None:
        if isinstance(error, PaizhuError):
            self.say(error.happened.rstrip("。"), messages.joined((error.kept, error.todo)), Level.ERROR)
        self._refresh()

    def _stopped(self) -> None:
        self.say("已停下", STOPPED)
        self._refresh()

    def _ask_password(self, name: str, wrong: str) -> None:
        self._show_step(FILES)
        self.files.locked.ask(name, wrong)

    def _jump(self, step: int) -> None:
        if step < self.step < DONE and not self.flow.busy and not (self._pasted and step < MAPPING):
            self._show_step(step)

    def _again(self) -> None:
        self.flow.clear()
        self._show_step(FILES)

    # --- the machine -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc stop what runs or close the batches, and Ctrl+Enter press the red button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape and self.flow.busy:
            self.flow.cancel()
        elif event.key() == Qt.Key.Key_Escape and self.shows_log():
            self._show_step(self.step)
        elif enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier and self.complete():
            return
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        flow = self.flow
        flow.began.connect(self.begin_work)
        flow.advanced.connect(self.advance_work)
        flow.ended.connect(self.end_work)
        flow.files_changed.connect(lambda: self.files.show_files(flow.notes()))
        flow.files_changed.connect(self._show_bar)
        flow.files_changed.connect(self.resuming.show_offers)
        flow.read_done.connect(self._enter)
        flow.password_wanted.connect(self._ask_password)
        flow.answered.connect(self._refresh)
        flow.planned.connect(lambda: self._show_step(self.pointing.then))
        flow.rest_ready.connect(lambda: self._show_step(CHECK))
        flow.applied.connect(self._applied)
        flow.refused.connect(self._refuse)
        flow.exported.connect(self._exported)
        flow.stopped.connect(self._stopped)
        self.loading.cancel_asked.connect(flow.cancel)
        self.files.chosen.connect(flow.add_files)
        self.files.removed.connect(flow.leave_out)
        self.files.locked.given.connect(flow.read)
        self.segments.chosen.connect(self._choose_table)
        self.head.back_asked.connect(self.left)
        self.head.log_asked.connect(self.show_log)
        self.bar.back_asked.connect(self.go_back)
        self.bar.quit_asked.connect(self.put_aside)
        self.pointing.header_stands.connect(lambda: self._show_step(MAPPING))
        self.pointing.header_wanted.connect(self._show_bar)
        self.resuming.said.connect(self.say)
        self.resuming.taken_up.connect(self._go_on_at)
        self.dropped.connect(flow.add_files)
        self.bar.export_asked.connect(self._export)
        self.bar.next_asked.connect(self.go_on)
        self.stepper.step_asked.connect(self._jump)
        self.log_left.connect(lambda: self._show_step(self.step))
        self.log_asked.connect(self.show_log)
        self.again_asked.connect(self._again)
        self.rest_asked.connect(flow.look_at_rest)

    def _join_middle(self, made: ImportMiddle) -> None:
        asked = self.flow.register
        made.side.asked = registers.register(asked).label if asked else ""
        made.questions.answered.connect(self.flow.answer)
        made.header.pointed.connect(lambda _rows: self._show_bar())
        made.mapping.mapped.connect(self.pointing.map_column)
        made.mapping.forget_asked.connect(self.pointing.forget_layout)
        made.preview.changed.connect(self._show_segments)
        made.preview.changed.connect(self._counted)
        made.side.register_chosen.connect(self.pointing.choose_register)
        made.side.wanted_changed.connect(self._want)
        made.side.keep_changed.connect(self.flow.keep_filled)
        made.side.header_asked.connect(lambda: self._show_step(HEADER))
        made.side.whole.clicked.connect(lambda _: self._show_bar())

"""What is done with the record in a pane: save, step, draft, undo; refusals are told where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError, PaizhuError, StaleRecordError, StepRefusedError
from paizhu.base.flow import Step
from paizhu.base.rows import Change, Problem
from paizhu.services.duties.recurring import Scope
from paizhu.services.naming import restored
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.button import Offer
from paizhu.ui.kit.strip import Level
from paizhu.ui.panes import enter
from paizhu.ui.register.beginning import begin
from paizhu.ui.register.cautions import Cautions
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.detail_stack import FORM, OVERVIEW
from paizhu.ui.register.draft_keeping import DraftKeeping
from paizhu.ui.register.keeping_fresh import KeepingFresh
from paizhu.ui.register.leaving import Leaving
from paizhu.ui.register.record_work import merged
from paizhu.ui.register.telling import Telling
from paizhu.ui.register.typing_place import place_in, stay_at
from paizhu.ui.turns import Pieces, at_once
from paizhu.ui.undoing import take_back

DRAFT_AFTER_MS = 1000
_SAVING = "Ctrl+S"
_ASIDE = "先前没写完的那一份留着，登记或放弃这一条以后，再新增时放回"


class DetailActs(QObject):
    """Joins one pane to the vault; `went` gives the id of a record that was saved, moved on, or closed (0)."""

    went = Signal(int)
    primary_changed = Signal()

    def __init__(self, context: Context, pane: DetailPane) -> None:
        super().__init__(pane)
        self._context = context
        self._pane = pane
        self._form, self._work = pane.form, pane.work
        self._writing = False
        self._came_from_overview = False
        self._draft_timer = DeskTimer(self, DRAFT_AFTER_MS, single=True)
        self._draft_timer.timeout.connect(self.keep_draft)
        self._form.edited.connect(self._draft_timer.start)
        self._cautions = Cautions(context, self._form, self._work)
        self._telling = Telling(context, pane)
        self.keeping = DraftKeeping(context, pane)
        self._fresh = KeepingFresh(pane, self.show_record, self._take_fresh, lambda: context.office.vault.closed)
        self._leaving = Leaving(context, pane, self.keep_draft, self._leave_typing)
        self._leaving.left_new.connect(self.close)
        for left in (self._leaving.left_new, self._leaving.left_open):
            left.connect(partial(self.went.emit, 0))
        self._form.opened.connect(self._show_bar)
        pane.save_asked.connect(self.save)
        pane.step_asked.connect(self.take_step)
        pane.undo_asked.connect(self.undo_last)
        pane.stack.undo_asked.connect(self.undo)
        pane.strip.acted.connect(self._strip_acted)
        pane.field_asked.connect(self._edit_field)

    # --- showing ---------------------------------------------------------------------------------------------

    def show_record(self, record_id: int) -> None:
        """Show a record; what was typed over it earlier and not saved stands in the form again."""
        at_once(self.showing(record_id))

    def showing_again(self, record_id: int) -> Pieces:
        """Show a record that stands here already as it is; any other is read, and shown in pieces."""
        if self._work.record_id != record_id or self._work.is_new:
            yield from self.showing(record_id)

    def showing(self, record_id: int) -> Pieces:
        """Show a record in pieces, unless it is read again or another comes between them."""
        self.keep_draft()
        self._fresh.settle()
        self._leaving.settle()
        self._pane.ask.leave()
        if self._work.record_id != record_id:
            self._came_from_overview = False
            self.keeping.leave()
        row = self._work.open(record_id)
        draft = None if row.voided else self._work.draft()
        if draft is None and self._pane.leave_form(row):
            yield
            if self._work.row is not row:
                return
        self._form.show_record(row, self._work.rows, self._context.office.desk.reading)
        self._pane.strip.hide()
        self._pane.bar.show_saved("")
        if draft:
            self._form.show_draft(draft)
            self._work.version = draft.version or row.version
            self._telling.draft(draft)
            self._cautions.look()
        if row.voided:
            self._telling.voided(row)
        yield from self._pane.showing_head()
        if self._work.row is row:
            self._show_bar()

    def start_new(self, values: Mapping[str, Any]) -> None:
        """Open an empty form, with what was typed into one earlier and not saved."""
        # A form left open and empty has nothing to keep, and must not take away what another page laid down for it.
        if not self._work.is_new or self._form.is_changed() or self._draft_timer.isActive():
            self.keep_draft()
        self._leaving.settle()
        self._pane.ask.leave()
        self.keeping.leave()
        self._work.start_new()
        if values and self._work.set_draft_aside():
            self._context.events.said.emit(_ASIDE, 0)
        draft = None if values else self._work.draft()
        self._pane.strip.hide()
        self._pane.bar.show_saved("")
        # First, or the record that stood here would be put into the form once more when that comes into sight.
        self._form.begin_new(draft.typed if draft else values, self._context.office.desk.reading)
        self._pane.show_head()
        self._form.open_new(draft.rows if draft else {})
        self._work.begun = {} if draft else self._form.typed()
        if draft:
            self._form.cover(typed=True)
            self._telling.draft(draft)
        self._cautions.look()
        self._show_bar()

    def close(self) -> None:
        """Show nothing; what is typed is kept as a draft."""
        self.keep_draft()
        self.keeping.leave()
        self._pane.show_nothing()
        self.primary_changed.emit()

    def note_change(self, change: Change) -> None:
        """Read the record again when something wrote to it; what is typed stays in the form."""
        if not self._writing:
            self._fresh.take(change)

    # --- writing ---------------------------------------------------------------------------------------------

    def save(self, scope: Scope | None = None) -> bool:
        """Store what was typed; a refusal stands at its fields and nothing typed goes.

        A change of what every occurrence of a recurring record has in common asks first how far it reaches.
        """
        own = self._pane.ways_on.own_offers() if self._pane.has_record and not self._form.is_open else ()
        if own and own[0].shortcut == _SAVING:
            self._pane.ways_on.press_primary()
            return True
        if not self._pane.has_record or not self._form.is_open:
            return False
        typed, rows = self._form.typed(), self._form.typed_rows()
        if not typed and not rows and not self._work.is_new:
            stands = place_in(self._form)
            self._leave_typing()
            stay_at(self._form, stands)
            return True
        if scope is None and (labels := self._work.spreading(typed)):
            self._ask_scope(labels)
            return False
        was_new = self._work.is_new
        change = self._try(lambda: self._work.save(typed, rows, scope))
        if change is None:
            return False
        self._after_write(change, f"{clock.now():%H:%M} 已保存", may_stay=True)
        if was_new:
            self._pane.go_on_with_new()
            no = self._work.row.no if self._work.row else ""
            self._context.events.said.emit(f"已登记{self._work.register.label} {no}".strip(), change.entry)
        return True

    def take_step(self, step: Step) -> bool:
        """Take a step with what is typed; what is missing is opened, marked and gone to."""
        typed, rows = self._form.typed(), self._form.typed_rows()
        try:
            against = self._work.objections(step, typed, rows)
        except PaizhuError as error:
            self._telling.refusal(error)
            return False
        aside = self._leaving.aside()
        if against and aside:
            # It comes back with the form that opens now, and may be just what is missing.
            self._pane.header.tabs.setCurrentIndex(FORM)
            self._leaving.bring_back()
            against = self._work.objections(step, self._form.typed(), self._form.typed_rows())
            if not against:
                self._pane.strip.show_words("草稿已放回", f"{step.label}要填的都在里面，核对后再按一次。", Level.AMBER)
                self._pane.strip.show()
                self._show_bar()
                return False
        if against:
            self._object(step, against)
            return False
        change = self._try(lambda: self._work.advance(step, typed, rows), step)
        if change is None:
            return False
        if aside:
            self._work.keep_draft(aside.typed, aside.rows)
        self._after_write(change, f"{clock.now():%H:%M} 已{step.label}")
        self._go_back()
        self._pane.stack.overview_to_top()
        row = self._work.row
        self._context.events.said.emit(f"已{step.label} {row.no if row else ''}".strip(), change.entry)
        return True

    def keep_draft(self) -> None:
        """Keep what is typed now, encrypted; called a second after the last key, and at lock and close."""
        self._draft_timer.stop()
        if self.keeping.keep():
            self._show_bar()

    def undo_last(self) -> None:
        """Take back the newest act of the desk, as Ctrl+Z does."""
        entry = self._context.office.history.last_undoable()
        if entry is None:
            self._context.events.said.emit("没有可以撤销的操作", 0)
        else:
            self.undo(entry.id)

    def redo_last(self) -> None:
        """Take back the newest undoing, as Ctrl+Y does."""
        entry = self._context.office.history.last_redoable()
        if entry is None:
            self._context.events.said.emit("没有可以重做的操作", 0)
        else:
            self.undo(entry.id)

    def undo(self, entry_id: int) -> None:
        """Take an act back and say what was left alone because it was edited since."""
        take_back(self._context, entry_id, offers_redo=False)

    def _ask_scope(self, labels: Sequence[str]) -> None:
        offers = [Offer("this", "只改这一次"), Offer("later", "以后都改")]
        words = f"{'、'.join(labels)}每一期都有，只改这一次，还是以后都改？"
        self._pane.strip.show_words("定期事项", words, Level.AMBER, offers)
        self._pane.strip.show()
        self._pane.strip.focus_offer()

    # --- the machine -----------------------------------------------------------------------------------------

    def _try(self, write: Any, step: Step | None = None) -> Change | None:
        self._writing = True
        try:
            return write()  # type: ignore[no-any-return]  # both writers return the change
        except StaleRecordError as error:
            self._merge_fresh(error.happened)
        except StepRefusedError as error:
            self._object(step, error.problems) if step and error.problems else self._telling.refusal(error)
        except InvalidRecordError as error:
            self._telling.problems(error.problems)
        except PaizhuError as error:
            self._telling.refusal(error)
        finally:
            self._writing = False
        return None

    def _after_write(self, change: Change, words: str, *, may_stay: bool = False) -> None:
        self._draft_timer.stop()
        self.keeping.settle()
        focus = QApplication.focusWidget() or self._pane
        held = (self._form, self._pane.strip, self._pane.bar)
        was_inside = any(part.isAncestorOf(focus) for part in held)
        stands = place_in(self._form)
        self._leave_typing()
        self._pane.bar.show_saved(words)
        # Who saves in between writes on. Else what held the cursor is gone, and what comes next is one key away.
        stays = may_stay and stay_at(self._form, stands)
        if was_inside and not stays and not self._pane.bar.focus_next():
            self._pane.header.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        self._writing = True
        self._context.events.changed.emit(change)
        self._writing = False
        self.went.emit(self._work.record_id or 0)

    def _go_back(self) -> None:
        """Go back to the overview a step was asked from, when it had led to fields of the form first."""
        came_from, self._came_from_overview = self._came_from_overview, False
        if came_from and self._pane.has_overview:
            self._pane.header.tabs.setCurrentIndex(OVERVIEW)
            self._show_bar()
            focus = QApplication.focusWidget()
            if focus is None or not self._pane.isAncestorOf(focus):
                overview = self._pane.overview
                assert overview is not None
                enter(overview)

    def _leave_typing(self) -> None:
        row = self._work.row
        if row:
            self._form.show_record(row, self._work.rows, self._context.office.desk.reading)
            self._pane.strip.hide()
            self._pane.show_head()
            self._show_bar()

    def _show_bar(self) -> None:
        if not self._pane.has_record:
            return
        typed, rows = (self._form.typed(), self._form.typed_rows()) if self._form.is_open else ({}, {})
        try:
            ways = self._work.ways(typed, rows)
        except PaizhuError:
            ways = []
        self._pane.show_bar(ways)
        self.primary_changed.emit()

    def _take_fresh(self, happened: str) -> None:
        """Let a file come or go without a word while something is typed: nobody types files."""
        if not self._work.took_files():
            self._merge_fresh(happened)
        elif self._work.row:
            self._form.row = self._work.row
            self._form.body.take_files(self._work.row)
            self._pane.show_head()
            self._show_bar()

    def _merge_fresh(self, happened: str) -> None:
        """Show the record as it stands now with what was typed over it, and say what changed meanwhile."""
        draft = merged(self._form.typed(), self._form.typed_rows(), None)
        differences = self._work.read_again()
        row = self._work.row
        if row is None:
            return
        self._form.show_record(row, self._work.rows, self._context.office.desk.reading)
        self._form.show_draft(draft)
        words = "；".join(differences) or "看过后再保存"
        self._pane.strip.show_words(
            happened, f"{words}。您填的内容还在，保存时只改您填过的项。", Level.AMBER, [Offer("drop", "不要我填的内容")]
        )
        self._pane.strip.show()
        self._pane.show_head()
        self._show_bar()

    def _object(self, step: Step, against: Sequence[Problem]) -> None:
        self._work.asked = step.after
        self._came_from_overview |= self._telling.objections(step, against)
        self._show_bar()

    def _edit_field(self, name: str) -> None:
        self._pane.header.tabs.setCurrentIndex(FORM)
        self._form.open_fields([name])
        if self._form.body.has_field(name) or self._form.body.has_rows(name):
            # Whoever pressed a clock or a missing fact types at once; the field may stand far down the form.
            begin(self._pane, name)
        self._show_bar()

    def _strip_acted(self, key: str) -> None:
        row = self._work.row
        if key == "drop":
            self._work.forget_draft()
            self.keeping.settle()
            if row:
                self._leave_typing()
            else:
                self._work.start_new()
                self._form.begin_new({}, self._context.office.desk.reading)
                self._form.open_new({})
            self._pane.strip.hide()
            self._pane.bar.show_saved("")
            self._show_bar()
        elif key in ("this", "later"):
            self.save("this" if key == "this" else "later")
        elif key == "unvoid" and row:
            change = self._try(lambda: self._context.office.records.unvoid(self._work.register, [row.id]))
            if change:
                self._context.events.changed.emit(change)
                words = restored(self._context.office.vault, self._work.register, [row.id])
                self._context.events.said.emit(words, change.entry)

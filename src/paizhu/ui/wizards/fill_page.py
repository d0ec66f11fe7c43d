"""填报表样: a commission's blank form shown as it looks, its cells proposed, corrected by pointing, and written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.documents.refusals import PasswordNeededError, WrongWorkbookPasswordError
from paizhu.rules import periods
from paizhu.services import keeping
from paizhu.services.forms.filling import Filled, FormLook, Worked
from paizhu.services.forms.schedule import PLAN, Plan, cycle_named
from paizhu.services.forms.wishes import Wishes
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.dropped import files_there
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.tasks import was_cancelled
from paizhu.ui.wizards.fill_correction import CorrectionPane
from paizhu.ui.wizards.fill_grid import FormModel
from paizhu.ui.wizards.fill_pointing import Pointing
from paizhu.ui.wizards.fill_sent import SentForms
from paizhu.ui.wizards.fill_start import StartPane
from paizhu.ui.wizards.fill_work import FillPlace, WorkPane

T = TypeVar("T")
_BLANK = re.compile(r"\s*[（(]\s*(?:空|空白|空表|空白表|模板|样表|表样)\s*[）)]")
"""What the name of a blank form says of being blank, which the filled one is not."""
_NOTE = "派出机关的空白表：每个数都有依据"
_START, _WORK, _NOTE_PANE = range(3)


class FillPage(PageFrame):
    """One form from the blank to the file that is sent."""

    ledger_asked = Signal(object)
    """What was taken for a form, dropped on the window, is a ledger after all; carries its path."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("填报表样", _NOTE, scrolls=False, parent=parent)
        self._context = context
        self.filling = context.office.filling
        self.look: FormLook | None = None
        self.wishes = Wishes()
        self.worked: Worked | None = None
        self.busy = False
        self._locked: Path | None = None
        self.setAcceptDrops(True)
        self.other = Button("换一张表", icon="form")
        self.other.clicked.connect(self.show_start)
        self.ledger = Button("按台账导入", icon="import")
        self.ledger.clicked.connect(lambda: self.look and self.ledger_asked.emit(self.look.form.path))
        self.export = Button("导出填好的表…", Look.PRIMARY, icon="export", shortcut="Ctrl+Enter")
        self.export.clicked.connect(self.export_now)
        for button in (self.ledger, self.other, self.export):
            self.head.addWidget(button)
        self.strip = Strip(closable=True)
        self.strip.closed.connect(self.strip.hide)
        self.start = StartPane(self.filling.ready_forms())
        self.start.chosen.connect(self.open)
        self.start.plan_chosen.connect(self.open_plan)
        self.start.plan_set.connect(self._set_plan)
        self.start.locked.given.connect(self._open_locked)
        self.note = CorrectionPane()
        self.note.left.connect(self.show_start)
        self._sent = SentForms(context, self.strip, self.note, self._work, self)
        self._sent.draft_shown.connect(self._show_note)
        self._sent.written.connect(self._note_written)
        self.start.sent_chosen.connect(self._sent.compare)
        self.stack = QStackedWidget()
        for pane in (self.start, self._work_pane(), self.note):
            self.stack.addWidget(pane)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.stack)
        context.events.changed.connect(self._note_change)
        self.show_start()

    # --- what the window asks --------------------------------------------------------------------------------

    def run(self, action: str) -> bool:
        """Do a command of the window here: completing and exporting write the form."""
        if action.rpartition(".")[2] not in ("complete", "primary", "export"):
            return False
        if self.stack.currentWidget() is self.note:
            self.note.save()
            return True
        if self.look is not None:
            self.export_now()
            return True
        return False

    def is_busy(self) -> bool:
        """Tell whether work is under way that leaving would stop."""
        return self.busy

    def save_draft(self) -> None:
        """Keep what was pointed at."""
        if self.look is not None and self.wishes != self.look.wishes:
            self.filling.remember(self.look, self.wishes)

    def place(self) -> FillPlace | None:
        """Return what is needed to stand here again."""
        return FillPlace(self.look.form.path, self.period.text()) if self.look else None

    def return_to(self, place: object) -> None:
        """Read the form again."""
        if isinstance(place, FillPlace) and self.look is None and place.path.is_file():
            self.open(place.path)

    # --- a form ----------------------------------------------------------------------------------------------

    def show_start(self) -> None:
        """Ask for a form."""
        self.save_draft()
        self.look = self.worked = None
        self._pointing.take(self.wishes, None)
        self.set_note(_NOTE)
        self.strip.hide()
        self.start.locked.forget()
        self.start.show_plans(self.filling.schedule.plans())
        self.start.show_sent(self.filling.sent())
        self.stack.setCurrentIndex(_START)
        for button in (self.ledger, self.other, self.export):
            button.hide()
        self.start.setFocus()
        self._look_for_changes()

    def open(self, path: Path, password: str | None = None) -> None:
        """Read a form and work it out for the period it asks for; one that is locked asks for its password."""
        self._locked = path
        self._open(lambda: self.filling.look(path, password))

    def open_plan(self, plan: Plan) -> None:
        """Fill a known form for the period that is to be sent next, from the blank one kept in the vault."""
        if not plan.blank:
            self.strip.show_words(
                f"《{plan.name}》的空白表没有留存", "请把空白表再拖进来，指定过的格子都在", Level.AMBER
            )
            self.strip.show()
            self.start.choose.setFocus()
            return
        self._locked = self.filling.schedule.blank(plan)
        self._open(lambda: self.filling.look_again(plan))

    def _open_locked(self, password: str) -> None:
        if self._locked is not None:
            self.open(self._locked, password)

    def _open(self, read: Callable[[], FormLook]) -> None:
        def both() -> tuple[FormLook, Worked]:
            look = read()
            return look, self.filling.shown(look, look.period)

        self._work(both, self._opened, "正在读表样")

    def _set_plan(self, key: str, cycle: str, days: int, stopped: bool) -> None:
        if change := self.filling.schedule.set(key, cycle=cycle_named(cycle), days=days, stopped=stopped):
            self._context.events.changed.emit(change)
            words = "这张表不再列在要报的表里；再填一次就会回来。" if stopped else "已改报表周期"
            self._context.events.said.emit(words, change.entry)

    def _note_change(self, change: Change) -> None:
        if PLAN in keeping.kinds(change.registers):
            self.start.show_plans(self.filling.schedule.plans())

    def _look_for_changes(self) -> None:
        """Count behind the officer's back what would be told otherwise today."""
        filling = self.filling
        self._context.tasks.run(lambda _progress: filling.changed_since(), self.start.show_changed, lambda _error: None)

    def _opened(self, found: tuple[FormLook, Worked]) -> None:
        self.look, self.worked = found
        self.wishes = self.look.wishes
        self.period.show_word(self.look.period)
        self.reason.clear()
        self.set_note(f"《{self.look.name}》" + ("，按上次的指定填写" if self.look.known else "，第一次见到，请看一遍"))
        self.choice.show_words(self.filling.words)
        names = [sheet.name for sheet in self.look.form.sheets if not sheet.grid.hidden]
        self.sheets.show_choices([(name, name) for name in names], names[0])
        self.sheets.setVisible(len(names) > 1)
        self.start.locked.forget()
        self.password.clear()
        self.stack.setCurrentIndex(_WORK)
        self.export.show()
        self.other.show()
        self.ledger.setVisible(not self.look.known)
        if self.worked.bare:
            self.strip.show_words(
                "没有认出要填的位置", "点一下要填的格子，在右边选填什么；不是报表的，请换一张表。", Level.AMBER
            )
            self.strip.show()
        elif self.look.changed:
            self.strip.show_words(self.look.changed, "；".join(self.look.changes), Level.AMBER)
            self.strip.show()
        self._show_sheet(next((s.name for s in self.look.form.sheets if s.areas), names[0]))

    def _show_sheet(self, name: str) -> None:
        if self.look is None:
            return
        self.sheets.set_current(name)
        self._pointing.take(self.wishes, self.worked)
        self.view.show_form(FormModel(self.look.form.sheet(name), self.wishes, self.worked))
        self._pointing.show_cell()
        if self.worked is not None:
            self.checks.show_worked(self.worked)
        self.view.setFocus()

    # --- counting --------------------------------------------------------------------------------------------

    def _take_wishes(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self.recount()

    def recount(self) -> None:
        """Work the form out anew for the period and the choices as they are now."""
        if self.look is None:
            return
        look, wishes, release = self.look, self.wishes, self.checks.release()
        try:
            period = self.period.word()
        except PaizhuError as error:
            self._period_note.show_error(str(error))
            self.period.setFocus()
            return
        self._period_note.clear()
        self.period.show_word(period)
        self._work(lambda: self.filling.shown(look, period, wishes, release), self._recounted, "正在统计")

    def _recounted(self, worked: Worked) -> None:
        self.worked = worked
        self._pointing.take(self.wishes, worked)
        model = self.view.form()
        if model is not None:
            model.show_worked(self.wishes, worked)
        self._pointing.show_cell()
        self.checks.show_worked(worked)

    # --- writing ---------------------------------------------------------------------------------------------

    def export_now(self) -> None:
        """Ask for the place and write the form; what was sent is kept with its figures."""
        if self.look is None or self.worked is None or self.busy:
            return
        look, worked = self.look, self.worked
        # A key may export while the cursor is still in the line where the period or the reason is being typed.
        if self._another_period() or worked.release != self.checks.release():
            self.recount()
            return
        proposed = f"{_BLANK.sub('', look.name)}-{periods.label(worked.period)}{look.form.path.suffix}"
        path = messages.ask_save(self, "导出到", proposed)
        if path is None:
            return
        secret = self.password.text() or None
        filling = self.filling
        self._work(
            lambda: filling.write(look, worked, path, out_password=secret),
            lambda done: self._written(done, locked=secret is not None),
            "正在填表",
        )

    def _written(self, done: Filled, *, locked: bool) -> None:
        self.password.clear()
        lock = "，打开要口令" if locked else ""
        counts = (f"{len(done.worked.cells)} 个数" * bool(done.worked.cells), f"清单 {done.rows} 行" * bool(done.rows))
        told = "、".join(filter(None, counts)) or "没有要填的数"
        words = f"已填好《{done.path.name}》{lock}：{told}，报送的数已留存。"
        self._context.events.written.emit(words, done.path)

    def _show_note(self) -> None:
        self.other.show()
        self.stack.setCurrentIndex(_NOTE_PANE)
        self.note.setFocus()

    def _note_written(self, name: str) -> None:
        self.show_start()
        self.strip.show_words("更正说明已留存", name, Level.PLAIN)
        self.strip.show()

    # --- the machine -----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if files_there(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the form that was dropped."""
        if files := files_there(event.mimeData()):
            event.acceptProposedAction()
            self.open(files[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc go back from the choice to the form."""
        if event.key() == Qt.Key.Key_Escape and self.look is not None and not self.view.hasFocus():
            self.view.setFocus()
            return
        super().keyPressEvent(event)

    def _work(self, work: Callable[[], T], done: Callable[[T], object], label: str) -> None:
        self.busy = True

        def ended(result: T) -> None:
            self.busy = False
            done(result)

        def failed(error: Exception) -> None:
            self.busy = False
            if isinstance(error, PasswordNeededError | WrongWorkbookPasswordError) and self._locked is not None:
                wrong = "" if isinstance(error, PasswordNeededError) else str(error)
                self.start.locked.ask(self._locked.stem, wrong)
            elif isinstance(error, PaizhuError) and not was_cancelled(error):
                messages.tell(self, error)

        self._context.tasks.run(lambda _progress: work(), ended, failed, label=label)

    def _work_pane(self) -> WorkPane:
        pane = WorkPane()
        self.period, self.sheets, self.view = pane.period, pane.sheets, pane.view
        self.choice, self.list_choice = pane.choice, pane.list_choice
        self.records, self.checks = pane.records, pane.checks
        self.password, self.reason = pane.password, pane.checks.reason
        self._period_note = pane.period_note
        self._pointing = Pointing(pane, self._context)
        self._pointing.pointed.connect(self._take_wishes)
        self.period.editingFinished.connect(self._period_typed)
        self.sheets.chosen.connect(self._show_sheet)
        self.records.opened.connect(self._context.events.asked_for)
        self.reason.editingFinished.connect(self._reason_typed)
        return pane

    def _period_typed(self) -> None:
        if self._another_period():
            self.recount()

    def _another_period(self) -> bool:
        """Tell whether the form was worked out for another span than the one written now."""
        return self.worked is not None and self.period.text() != periods.label(self.worked.period)

    def _reason_typed(self) -> None:
        if self.worked is not None and self.reason.isModified():
            self.reason.setModified(False)
            self.recount()

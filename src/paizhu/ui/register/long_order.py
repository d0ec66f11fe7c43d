"""Long lists that no index leads to: worked out beside the window, which shows the list as it was meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from paizhu.base.view import View
from paizhu.services.list_orders import FELT
from paizhu.services.records import Records
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.table_model import RegisterModel
from paizhu.ui.tasks import Progress, Task, Tasks, was_cancelled
from paizhu.ui.turns import next_turn

_IDLE_MS = 1_000
_LABEL = "正在排列"


class LongOrder(QObject):
    """Shows a view as soon as its order is there, and works out ahead what the heads of a list may ask for."""

    given_up = Signal(object)
    """The view whose order the officer did not wait for; the list stands as it did."""

    def __init__(self, records: Records, tasks: Tasks, pane: QWidget) -> None:
        super().__init__(pane)
        self._records = records
        self._tasks = tasks
        self._pane = pane
        self.wanted: View | None = None
        """The view that is to be shown when its order is there."""
        self._show: Callable[[], object] = lambda: None
        self._then: Callable[[], object] | None = None
        self._ahead: list[View] = []
        self._at_work: Task | None = None
        self._idle = DeskTimer(self, single=True)
        self._idle.timeout.connect(lambda: next_turn(self, self._work_ahead))

    def show(self, model: RegisterModel, view: View, show: Callable[[], object]) -> None:
        """Show a view at once if its order is at hand, else when it was worked out; what was asked before is off."""
        self.wanted = self._then = None

        def showing() -> None:
            show()
            self._look_ahead(model)

        if isinstance(model, OutlineModel) or self._records.is_at_hand(view):
            return showing()
        self.wanted, self._show = view, showing
        work, come, fail = partial(_work_out, self._records, view), partial(self._come, view), partial(self._fail, view)
        self._tasks.run(work, come, fail, label=_LABEL)
        return None

    def count(self, view: View, counted: Callable[[], object]) -> None:
        """Count the records of a view beside the window, which shows the first of them meanwhile."""
        self._tasks.run(partial(_count, self._records, view), lambda _: counted(), lambda _: counted())

    def then(self, do: Callable[[], object]) -> None:
        """Do something when what is waited for is shown, at once if nothing is; never if something else is asked."""
        if self.wanted is None:
            do()
        else:
            self._then = do

    def finish(self) -> None:
        """Show now what is still waited for: somebody looks for a place in it."""
        if self.wanted is not None:
            self._come(self.wanted)

    def _look_ahead(self, model: RegisterModel) -> None:
        """Work out what a list of a very long register may ask for next, while nothing else happens: a place far down,
        and what its heads offer.
        """
        self._ahead = []
        if isinstance(model, OutlineModel) or not self._records.is_very_long(model.view):
            return
        self._ahead = [model.view]
        if model.total > FELT:
            shown = [column.key for column in model.columns if column.shown]
            ways = (model.sorted_by(key, descending=down) for key in shown for down in (False, True))
            self._ahead += [way for way in ways if way]
        self._idle.start(_IDLE_MS)

    def _fail(self, view: View, error: Exception) -> None:
        if not was_cancelled(error):
            # The list itself says what stands against it.
            self._come(view)
        elif view == self.wanted:
            self.wanted = self._then = None
            self.given_up.emit(view)

    def _come(self, view: View, _worked: object = None) -> None:
        if view == self.wanted and not self._records.is_locked:
            then, self.wanted, self._then = self._then, None, None
            self._show()
            if then:
                then()

    def _work_ahead(self) -> None:
        if self._at_work or self._records.is_locked or not self._pane.isVisible():
            return
        if self._ahead:
            view = self._ahead.pop(0)
            if self._records.is_worked_out(view):
                # What was written since is put in its place there, which takes its time for each of a dozen orders.
                self._idle.start(0)
            else:
                self._at_work = self._tasks.run(partial(_work_out, self._records, view), self._worked, self._left)

    def _worked(self, _nothing: object) -> None:
        self._at_work = None
        # Between two orders the window has time for keys and clicks.
        self._idle.start(0)

    def _left(self, _error: Exception) -> None:
        self._at_work, self._ahead = None, []


def _count(records: Records, view: View, _progress: Progress) -> None:
    records.count(view)


def _work_out(records: Records, view: View, progress: Progress) -> None:
    records.work_out_order(view)
    # The vault sorts in one go; who stopped meanwhile is not shown what came of it.
    progress.check()

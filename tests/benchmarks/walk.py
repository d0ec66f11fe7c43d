"""A walk through the window that notes the longest time in which it answered nothing, for each thing done.

Run as a program in a process of its own, so that everything is opened for the first time: ``walk.py PASSWORD``, on the
vault the machine used last. What other programs took from a turn is taken off it; what the window waited for workers of
its own is not.
"""

from __future__ import annotations

import gc
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from paizhu.base.view import Condition, Test, View
from tests.benchmarks.walk_far import far
from tests.benchmarks.walk_keeping import keeping

if TYPE_CHECKING:
    # Only for the type checker, which finds what was renamed: imported, they would be loaded before their time.
    from paizhu.app import App
    from paizhu.ui.desk import Desk
    from paizhu.ui.register.edit_text import LineEditor
    from paizhu.ui.register.page import RegisterPage
    from paizhu.ui.register.side import RegisterSide

_QUIET_MS = 250
"""The window has come to rest when no turn of its loop took longer than a blink for so long."""
_BLINK = 0.004
_LONGEST_MS = 60_000
_PAGES = {
    "import": "the import page",
    "export": "the export page",
    "fill": "the page of forms",
    "journal": "the journal",
    "settings": "the settings",
    "help": "the help page",
    "deadlines": "the month of deadlines",
    "calendar": "the calendar",
    "limits": "the table of limits",
    "talk_matrix": "the table of coverage",
    "backup": "the backups",
}
_SCHEDULED = Path("/proc/thread-self/schedstat")


class Turn(NamedTuple):
    """Seconds of one turn of the event loop, of this thread alone.

    ``own`` is what the program took: ``wall`` without the time in which the thread could have run and another program
    did. It is more than ``cpu`` by what the thread waited for: the disk, a lock, workers that had the interpreter.
    """

    own: float = 0.0
    wall: float = 0.0
    cpu: float = 0.0


class _Clock:
    """Reads the three times of the thread that made it; where the system does not tell of other programs, two."""

    def __init__(self) -> None:
        self._file = _SCHEDULED.open("rb", buffering=0) if _SCHEDULED.exists() else None

    def now(self) -> Turn:
        held_up = 0.0
        if self._file:
            self._file.seek(0)
            held_up = int(self._file.read().split()[1]) / 1e9
        wall = time.perf_counter()
        return Turn(wall - held_up, wall, time.thread_time())


class Turns:
    """Measures how long the event loop lets its most frequent timer wait: what is clicked meanwhile waits as long."""

    def __init__(self) -> None:
        self.longest = Turn()
        self.busy_at = 0.0
        self._clock = _Clock()
        self._ticked = self._clock.now()
        self._beat = QTimer()
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(1)
        self._beat.timeout.connect(self._tick)
        self._beat.start()

    def _tick(self) -> None:
        now = self._clock.now()
        taken = Turn(*(after - before for after, before in zip(now, self._ticked, strict=True)))
        self._ticked = now
        self.longest = max(self.longest, taken)
        if taken.own > _BLINK:
            self.busy_at = now.wall

    def of(self, work: Callable[[], object], done: Callable[[], bool] = lambda: True) -> Turn:
        """Do something as a click would and return the longest turn until it is done and the window at rest."""
        loop = QEventLoop()
        watching = QTimer()
        watching.setInterval(20)
        start = time.perf_counter()

        def look() -> None:
            # This may come before the tick that was due in the same turn: a long one would go unseen.
            self._tick()
            now = time.perf_counter()
            if (done() and now - max(self.busy_at, start) > _QUIET_MS / 1000) or now - start > _LONGEST_MS / 1000:
                loop.quit()

        def begin() -> None:
            # Measured from here: the turn that started this loop is not its part.
            self.longest, self._ticked = Turn(), self._clock.now()
            work()

        watching.timeout.connect(look)
        watching.start()
        self.busy_at = start
        QTimer.singleShot(0, begin)
        loop.exec()
        return self.longest


def main(password: str) -> dict[str, Turn]:
    """Open the vault used last, go everywhere once, and return the longest turn of everything done, by its words."""
    # As `paizhu.__main__` starts.
    gc.disable()
    from paizhu.app import App

    app = App(QApplication(["paizhu"]))
    turns = Turns()
    found = {"start up to the locked page": turns.of(app.show, lambda: app.window.filled)}
    app._preload.wait()
    app.window.resize(1440, 900)
    found["unlock"] = turns.of(partial(_unlock, app, password), lambda: app.window.desk is not None)
    # An officer looks at the first page for a while; the rest is loaded meanwhile.
    turns.of(lambda: None, lambda: app._preload._rest is not None and not app._preload._rest.is_alive())
    out = Path(tempfile.mkdtemp())
    for words, work in chain(_steps(_desk(app)), far(_desk(app)), keeping(_desk(app), out)):
        found[words] = max(turns.of(work, lambda: not _desk(app).context.tasks.busy), found.get(words, Turn()))
    shutil.rmtree(out)
    # With every page made, and a page to come back to.
    found["lock"] = turns.of(app.window.lock)
    found["unlock again"] = turns.of(partial(_unlock, app, password), lambda: app.window.desk is not None)
    found["a page where it was before the lock"] = turns.of(lambda: _desk(app).show_tab("talks"))
    backup = _desk(app).context.office.backups.make().first
    turns.of(lambda: None, lambda: not _desk(app).context.tasks.busy)
    found["put a backup back"] = turns.of(partial(app.window.restore, backup), lambda: not app.window.leaving.under_way)
    found["close the program"] = turns.of(app.window.close, lambda: app.window.leaving.closed)
    return found


def _desk(app: App) -> Desk:
    assert app.window.desk is not None
    return app.window.desk


def _unlock(app: App, password: str) -> None:
    app.window.lock_page.password.field.setText(password)
    app.window.lock_page.try_password()


def _steps(desk: Desk) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "first opening of 廉政谈话", partial(desk.show_tab, "talks")
    yield from _records(desk, "integrity_talk")
    yield from _look("with one big form open")
    for tab in desk.tabs:
        if tab.key not in ("today", "talks"):
            yield f"first opening of {tab.label}", partial(desk.show_tab, tab.key)
    for key, words in _PAGES.items():
        yield f"first opening of {words}", partial(desk.show_tab, key)
    for register in ("case", "review_item", "person"):
        yield from _records(desk, register)
    yield from _look("with every page open")
    yield "back to a page seen before", partial(desk.show_tab, "talks")
    side = cast("RegisterPage", desk.pages.page("talks")).side
    yield "sort", partial(side.list.sorted_by.emit, "place", False)
    yield "open the filter", side.open_filters
    condition = side.list.filters.lines[0]
    yield "choose what to filter by", partial(condition.which.setCurrentText, "谈话地点")
    for letter in "三楼":
        assert condition.editor is not None
        yield "type into the filter", partial(_type, condition.editor.target, letter)
    yield "apply the filter", side.list.filters.apply
    yield "new record", partial(desk.pages.run, "new")
    yield "type into the search line", partial(_search, desk)
    yield "everything found", partial(desk.errands.open_results, "谈话", "integrity_talk")
    yield "back from what was found", desk.back
    yield from _writing(desk, side)
    yield "a paper before it is printed", partial(desk.pages.run, "print")
    yield "back from the paper", desk.back
    yield "to the page of the day", partial(desk.show_tab, "today")


def _records(desk: Desk, register: str) -> Iterator[tuple[str, Callable[[], object]]]:
    ids = desk.context.office.records.ids(View(register))
    yield f"open a record of {register}", partial(desk.open_record, register, ids[0])
    yield f"open another of {register}", partial(desk.open_record, register, ids[1])
    yield f"edit the record of {register}", partial(desk.pages.run, "edit")


def _writing(desk: Desk, side: RegisterSide) -> Iterator[tuple[str, Callable[[], object]]]:
    planned = desk.context.office.records.ids(View("integrity_talk", (Condition("state", Test.IS, "planned"),)))
    yield "open a record", partial(desk.open_record, "integrity_talk", planned[0])
    yield "edit a record", partial(desk.pages.run, "edit")
    yield "type into a field", partial(_type_into, side, "place", "二楼谈话室")
    yield "save a record", partial(desk.pages.run, "save")
    yield "undo a save", desk.last_act.undo


def _type_into(side: RegisterSide, name: str, words: str) -> None:
    field = side.detail.form.fields[name]
    field.open()
    line = cast("LineEditor", field.editor).line
    line.setText(words)
    line.textEdited.emit(words)


def _look(words: str) -> Iterator[tuple[str, Callable[[], object]]]:
    # As the keys and the settings page do it.
    from paizhu.ui import theme

    look = theme.current()
    yield f"font change {words}", partial(look.gently, look.larger)
    yield f"font change {words}", partial(look.gently, look.smaller)
    yield f"dark {words}", partial(look.gently, partial(look.set_scheme, theme.Scheme.DARK))
    yield f"light {words}", partial(look.gently, partial(look.set_scheme, theme.Scheme.LIGHT))


def _type(line: QWidget, letter: str) -> None:
    line.setFocus()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.postEvent(line, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _search(desk: Desk) -> None:
    desk.open_search()
    desk.head.search.setText("谈话")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1]), ensure_ascii=False))
    sys.stdout.flush()
    import os

    os._exit(0)

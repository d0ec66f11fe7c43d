"""What stands on the screen: the start, the unlocking, and a list of any length."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from paizhu.base import paths
from paizhu.base.view import Condition, Test, View
from paizhu.registers import register
from paizhu.services.office import Office
from paizhu.storage.tables import TABLES
from tests.benchmarks import grounds
from tests.benchmarks.figures import Figure, best

TALK = register("integrity_talk")
_SEEN = 30
_STARTS = 7
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
qt = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
qt.processEvents()
sys.stdout.write("shown\\n")
sys.stdout.flush()
"""
# As `paizhu.__main__` starts.
_OURS = """
import gc
import sys
gc.disable()
from PySide6.QtWidgets import QApplication
from paizhu import app
qt = QApplication([])
made = app.App(qt)
made.show()
qt.processEvents()
sys.stdout.write("shown\\n")
sys.stdout.flush()
made._preload.wait()
# What the window makes while the password is typed.
while not made.window.filled:
    qt.processEvents()
import time
start = time.perf_counter()
made.session.unlock({password!r})
made.window.open_desk()
qt.processEvents()
made.window.grab()
sys.stdout.write(f"{{time.perf_counter() - start}}\\n")
sys.stdout.flush()
import os
os._exit(0)
"""


def started(folder: Path, records: int) -> Iterator[Figure]:
    """Start the program up to the locked page, and unlock up to the first page, against a bare window."""
    from paizhu.services.machine import Machine

    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    vault = folder / "start.paizhu"
    office = grounds.new_office(vault)
    grounds.fill(office, records)
    office.vault.close()
    environment = {**os.environ, "PAIZHU_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPATH"] = os.pathsep.join((str(paths.program() / "src"), os.environ.get("PYTHONPATH", "")))
    # As in an installed program, Python keeps what it compiled: else every start of ours would compile it anew, beside
    # a bare window that has nothing to compile.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    os.environ["PAIZHU_HOME"] = str(home)
    Machine().set_setting("last_vault", str(vault))
    bare, shown, unlocked = [], [], []
    for _ in range(_STARTS):
        bare.append(_start(_BARE, environment)[0])
        seconds, said = _start(_OURS.format(password=grounds.PASSWORD), environment)
        shown.append(seconds)
        unlocked.append(float(said))
    yield Figure("launch to the locked page", min(shown), min(bare), 1.3)
    yield Figure(f"unlock to the first page, {records:,} records", min(unlocked), min(bare), None)
    yield Figure("both together", min(shown) + min(unlocked), min(bare), 4)


def _start(script: str, environment: dict[str, str]) -> tuple[float, str]:
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "shown\n"
    seconds = time.perf_counter() - start
    said = process.stdout.read()
    process.wait()
    return seconds, said


def listed(folder: Path, records: int) -> Iterator[Figure]:
    """Show, jump, sort and filter a list of three lengths, against the query of the rows that are seen."""
    from PySide6.QtWidgets import QApplication

    qt = QApplication.instance() or QApplication([])
    for count in (records // 100, records // 10, records):
        office = grounds.new_office(folder / "list.paizhu")
        grounds.fill(office, count)
        yield from _one_list(office, count)
        office.vault.close()
    del qt


def _one_list(office: Office, count: int) -> Iterator[Figure]:
    view = office.records.default_view(TALK)
    narrow = view.where(Condition("state", Test.IS, "held"))
    found = TABLES[TALK.key].select
    live, newest = "WHERE voided = 0", "ORDER BY planned_date DESC, id DESC"
    oldest, seen = "ORDER BY planned_date, id", f"LIMIT {_SEEN}"
    asked: dict[str, tuple[View, int, str]] = {
        "first paint": (view, 0, f"{found} {live} {newest} {seen}"),
        "jump to end": (view, count - 1, f"{found} {live} {oldest} {seen}"),
        "sort by state": (view.ordered("state"), 0, f"{found} {live} ORDER BY state, id {seen}"),
        "sort by a column without index": (view.ordered("place"), 0, f"{found} {live} ORDER BY place, id {seen}"),
        "filter": (narrow, 0, f"{found} {live} AND state = 'held' {newest} {seen}"),
    }
    with office.vault.read() as connection:
        for name, (wanted, at, statement) in asked.items():
            floor = best(lambda: connection.execute(statement).fetchall())  # noqa: B023  # run at once
            shows, paints = _page(office, wanted, at)
            yield Figure(f"list of {count:,}: {name}", best(shows), floor, 3, note="model")
            painted, bare = best(paints), best(_bare_page(office, wanted))
            yield Figure(f"list of {count:,}: {name}, painted", painted, floor + bare, 3, note="floor paints too")


def _columns() -> Any:
    from paizhu.ui.register.columns import columns_of

    return columns_of(TALK)


def _page(office: Office, view: View, at: int) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what reads the rows that are seen, and what also paints them."""
    from paizhu.ui.kit.table_view import RegisterTable
    from paizhu.ui.register.table_model import RegisterModel

    columns = _columns()
    model = RegisterModel(office.records, TALK, columns)
    table = RegisterTable("测速")
    table.resize(1100, _SEEN * 32)
    table.show_model(model, columns)
    table.show()

    alone = RegisterModel(office.records, TALK, columns)
    seen = [place for place, column in enumerate(columns) if column.shown]

    def shows() -> None:
        alone.show_view(view, office.desk.today)
        first = max(0, min(at, alone.total - _SEEN))
        for row in range(first, min(first + _SEEN, alone.total)):
            for column in seen:
                alone.data(alone.index(row, column))

    def paints() -> None:
        model.show_view(view, office.desk.today)
        if at:
            table.scrollToBottom()
        table.grab()

    return shows, paints


def _bare_page(office: Office, view: View) -> Callable[[], None]:
    """Return what paints the same words in a table of Qt's own."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QTableView

    from paizhu.ui.register.table_model import RegisterModel

    columns = [column for column in _columns() if column.shown]
    ours = RegisterModel(office.records, TALK, columns)
    ours.show_view(view, office.desk.today)
    model = QStandardItemModel(_SEEN, len(columns))
    for row in range(_SEEN):
        for column in range(len(columns)):
            model.setItem(row, column, QStandardItem(str(ours.data(ours.index(row, column)) or "")))
    table = QTableView()
    table.resize(1100, _SEEN * 32)
    table.setModel(model)
    table.show()

    def paints() -> None:
        table.reset()
        table.grab()

    return paints

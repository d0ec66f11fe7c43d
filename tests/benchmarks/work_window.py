"""What stands on the screen: the start, the unlocking, and a list of any length."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from paizhu.base import paths
from paizhu.base.view import Condition, Test, View
from paizhu.registers import register
from paizhu.services.facets import Facets, stages
from paizhu.services.list_orders import LONG, Orders
from paizhu.services.office import Office
from paizhu.storage.tables import TABLES
from tests.benchmarks import grounds
from tests.benchmarks.figures import Figure, best

TALK = register("integrity_talk")
_SEEN = 30
_STARTS = 7
_UNINDEXED = "sort by a column without index, for the first time"
_SHORT = 15
"""How often what takes less than a millisecond is done, on both sides."""
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
_OURS = Path(__file__).with_name("start.py")


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
        bare.append(_start(["-c", _BARE], environment)[0])
        seconds, said = _start([str(_OURS), grounds.PASSWORD], environment)
        shown.append(seconds)
        unlocked.append(float(said))
    yield Figure("launch to the locked page", min(shown), min(bare), 1.3)
    yield Figure(f"unlock to the first page, {records:,} records", min(unlocked), min(bare), None)
    yield Figure("both together", min(shown) + min(unlocked), min(bare), 4)


def _start(program: Sequence[str], environment: dict[str, str]) -> tuple[float, str]:
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
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
    facets = Facets(office.desk)
    chips = facets.of(TALK)
    # A list is shown beneath its chips, which have counted what is behind each of them.
    facets.counts(TALK, chips)
    codes = {key: states for key, _words, states in stages(TALK)}
    chip = next(each for each in chips if "held" in codes.get(each.key, ()))
    found = TABLES[TALK.key].select
    live, newest = "WHERE voided = 0", "ORDER BY planned_date DESC, id DESC"
    oldest, seen = "ORDER BY planned_date, id", f"LIMIT {_SEEN}"
    held = ", ".join(f"'{code}'" for code in codes[chip.key])
    asked: dict[str, tuple[View, int, str]] = {
        "first paint": (view, 0, f"{found} {live} {newest} {seen}"),
        "jump to end": (view, count - 1, f"{found} {live} {oldest} {seen}"),
        "sort by state": (view.ordered("state"), 0, f"{found} {live} ORDER BY state, id {seen}"),
        _UNINDEXED: (view.ordered("place"), 0, f"{found} {live} ORDER BY place, id {seen}"),
        "filter by a chip": (chip.view, 0, f"{found} {live} AND state IN ({held}) {newest} {seen}"),
    }
    with office.vault.read() as connection:
        for name, (wanted, at, statement) in asked.items():
            floor = best(lambda: connection.execute(statement).fetchall(), _SHORT)  # noqa: B023  # run at once
            yield Figure(f"list of {count:,}: {name}", best(_shows(office, wanted, at), _SHORT), floor, 3, note="model")
            painted, bare = best(_paints(office, wanted, at)), best(_bare_page(office, wanted))
            yield Figure(f"list of {count:,}: {name}, painted", painted, floor + bare, 3, note="floor paints too")
        if count > LONG:
            yield from _known_order(office, count, asked[_UNINDEXED][0], asked["sort by state"][2])
        statement = f"{found} {live} AND state = 'held' AND year IS NOT 0 {newest} {seen}"
        floor = best(lambda: connection.execute(statement).fetchall(), _SHORT)
        # What was counted once is known until something is written: each run asks for something else.
        conditions = iter(range(100))
        shows = _shows(office, view, 0)

        def asks() -> None:
            own = (Condition("state", Test.IS, "held"), Condition("year", Test.NOT, next(conditions)))
            shows(view.where(*own))

        yield Figure(f"list of {count:,}: a condition never counted before", best(asks, _SHORT), floor, 3, note="model")


def _known_order(office: Office, count: int, view: View, indexed: str) -> Iterator[Figure]:
    """Sort by a column without index as the list does it, which works its orders out ahead: also after each save.

    No floor sorts every record for that: the floor is the query of a window in an order that an index keeps.
    """
    office.records.work_out_order(view)
    with office.vault.read() as connection:
        floor = best(lambda: connection.execute(indexed).fetchall(), _SHORT)
    shows = _shows(office, view, count // 2, afresh=False)
    yield Figure(f"list of {count:,}: the same, worked out ahead", best(shows, _SHORT), floor, 3, note="model")
    narrow = View(TALK.key, (Condition("place", Test.CONTAINS, "三楼"),), (("state", False),))
    office.records.work_out_order(narrow)
    assert office.records.is_at_hand(narrow)
    seen = best(_shows(office, narrow, count // 2, afresh=False), _SHORT)
    yield Figure(f"list of {count:,}: a part of it in an order of the whole, seen before", seen, floor, 3, note="model")
    planned = office.records.ids(view.where(Condition("state", Test.IS, "planned")))
    moved = planned[len(planned) // 2]
    rooms = iter(range(1_000))

    def saved() -> float:
        row = office.records.get(TALK, moved)
        office.records.save(TALK, {"place": f"示例{next(rooms)}号谈话室"}, moved, row.version)
        start = time.perf_counter()
        shows()
        return time.perf_counter() - start

    least = min(saved() for _ in range(_SHORT))
    yield Figure(f"list of {count:,}: the same, after a save", least, floor, None, note="model, one record moved")


def _shows(office: Office, view: View, at: int, *, afresh: bool = True) -> Callable[..., None]:
    """Return what reads the rows that are seen and gives their words.

    An order worked out before is known until something is written: ``afresh`` it is worked out each time.
    """
    from paizhu.ui.register.columns import columns_of
    from paizhu.ui.register.table_model import RegisterModel

    columns = columns_of(TALK)
    model = RegisterModel(office.records, TALK, columns)
    seen = [place for place, column in enumerate(columns) if column.shown]

    def shows(wanted: View = view) -> None:
        if afresh:
            office.desk.orders = Orders(office.vault)
        model.show_view(wanted, office.desk.today)
        first = max(0, min(at, model.total - _SEEN))
        for row in range(first, min(first + _SEEN, model.total)):
            for column in seen:
                model.data(model.index(row, column))

    return shows


def _paints(office: Office, view: View, at: int) -> Callable[[], None]:
    """Return what reads and paints the list as the desk shows it, with the clocks of each record."""
    from paizhu.ui.kit.table_view import RegisterTable

    model = _with_clocks(office)
    table = RegisterTable("测速")
    table.resize(1100, _SEEN * 32)
    table.show_model(model, model.columns)
    table.show()

    def paints() -> None:
        office.desk.orders = Orders(office.vault)
        model.show_view(view, office.desk.today)
        if at:
            table.scrollToBottom()
        table.grab()

    return paints


def _with_clocks(office: Office) -> Any:
    from paizhu.ui.register.columns import columns_of
    from paizhu.ui.register.table_model import RegisterModel

    columns = columns_of(TALK, deadlines=True)
    return RegisterModel(office.records, TALK, columns, lambda rows: office.today.of_records(TALK, rows))


def _bare_page(office: Office, view: View) -> Callable[[], None]:
    """Return what paints the same words in a table of Qt's own."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QTableView

    ours = _with_clocks(office)
    ours.show_view(view, office.desk.today)
    shown = [at for at, column in enumerate(ours.columns) if column.shown]
    model = QStandardItemModel(_SEEN, len(shown))
    for row in range(_SEEN):
        for place, column in enumerate(shown):
            model.setItem(row, place, QStandardItem(str(ours.data(ours.index(row, column)) or "")))
    table = QTableView()
    table.resize(1100, _SEEN * 32)
    table.setModel(model)
    table.show()

    def paints() -> None:
        office.desk.orders = Orders(office.vault)
        table.reset()
        table.grab()

    return paints

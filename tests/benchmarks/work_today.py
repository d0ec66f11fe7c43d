"""今日 on twenty years of data, against the bare statements for the rows it shows; one deadline explained."""

import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from paizhu import registers
from paizhu.rules import limits
from paizhu.services.deadlines import agenda
from paizhu.services.duties import coverage
from paizhu.services.matters import inactive
from paizhu.services.office import Office
from paizhu.storage.tables import table
from tests.benchmarks import grounds, twenty_years
from tests.benchmarks.figures import Figure, best

_GOAL = 3
_MILLISECOND = 0.001
_EXPLAINED = 200
_RUNS = 20


def opened(folder: Path, scale: float) -> Iterator[Figure]:
    """Read the page of the day and show it, and explain deadlines one by one."""
    office = grounds.new_office(folder / "today.paizhu")
    last = office.desk.today
    twenty_years.fill(office, last, scale)
    statements = list(_needed(office, last))
    with office.vault.read() as connection:

        def bare() -> None:
            for statement, parameters in statements:
                connection.execute(statement, parameters).fetchall()

        floor = best(bare, _RUNS)
    due = office.today.due()
    note = f"{len(due)} lines"
    read = best(lambda: _read(office), _RUNS)
    yield Figure("今日 on twenty years: read", read, floor, _GOAL, note=note)
    shown, painted = _shown(office)

    def opens() -> None:
        _read(office)
        shown()

    yield Figure("今日 on twenty years: shown", best(opens), floor + best(painted), _GOAL,
                 note="floor paints the same words")  # fmt: skip
    yield from _explained(office)
    office.vault.close()


def _read(office: Office) -> None:
    office.snooze.parted(office.today.due())
    agenda.week(office.desk)
    coverage.covers(office.desk)


def _needed(office: Office, today: date) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield one statement for each clock with the columns its line shows, and those beside the lines."""
    for register in registers.REGISTERS:
        for kind in (register, *register.rows):
            found = table(kind) if kind is register else table(register, kind.key)
            for limit in kind.limits:
                names = {limit.start, *limit.until, *(register.title if kind is register else kind.title)}
                columns = ", ".join(f't."{name}"' for name in sorted(names))
                empty = "".join(f' AND t."{name}" IS NULL' for name in limit.until)
                ended: tuple[str, ...] = ()
                where = f't.voided = 0 AND t."{limit.start}" IS NOT NULL{empty}'
                if kind.flow:
                    ended = limit.states or tuple(state.code for state in kind.flow.states if not state.end)
                    where += f" AND t.state IN ({', '.join('?' * len(ended))})"
                above = "" if kind is register else f' JOIN "{table(register).name}" p ON p.id = t.parent_id'
                where += "" if kind is register else " AND p.voided = 0"
                yield f'SELECT t.id, {columns} FROM "{found.name}" t{above} WHERE {where}', ended
        for child in register.rows:
            if child.has("old_due") and child.has("new_due"):
                yield (
                    f'SELECT parent_id, old_due, new_due FROM "{table(register, child.key).name}" WHERE voided = 0',
                    (),
                )
    yield from _quiet()
    yield "SELECT name, body FROM kept WHERE kind = 'snooze'", ()
    monday = today - timedelta(days=today.weekday())
    week = (monday.isoformat(), f"{(monday + timedelta(days=6)).isoformat()}~")
    year = (f"{today.year}-01-01", f"{today.year}-12-31~")
    yield "SELECT id, name, held_at, place FROM meeting WHERE voided = 0 AND held_at BETWEEN ? AND ?", week
    yield (
        "SELECT id, subject, planned_date, start_at, outline, place FROM integrity_talk "
        "WHERE voided = 0 AND planned_date BETWEEN ? AND ?",
        week,
    )
    yield "SELECT id, name FROM person WHERE voided = 0 AND team_now = 1", ()
    yield "SELECT subject FROM integrity_talk WHERE voided = 0 AND planned_date BETWEEN ? AND ?", year
    yield (
        "SELECT id, title, opinion, adopted FROM review_item WHERE voided = 0 AND planned_meeting_at BETWEEN ? AND ?",
        year,
    )
    held = "SELECT id FROM integrity_talk WHERE voided = 0 AND start_at IS NOT NULL AND planned_date BETWEEN ? AND ?"
    yield (
        f"SELECT parent_id, words, due, done_at FROM talk_requirement WHERE voided = 0 AND parent_id IN ({held})",
        year,
    )
    yield "SELECT id, problem, state, due, closed_at FROM finding WHERE voided = 0", ()
    yield "SELECT id, content, state, done_at FROM duty_item WHERE voided = 0 AND due_date BETWEEN ? AND ?", year


def _quiet() -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield what tells when something was last entered at each open petition, lead and case, its rows included."""
    for register in inactive.WATCHED:
        assert register.flow is not None
        states = tuple(state.code for state in register.flow.states if not state.end)
        ids = f'SELECT id FROM "{table(register).name}" WHERE voided = 0 AND state IN ({", ".join("?" * len(states))})'
        kinds = [(register.key, ids)] + [
            (f"{register.key}.{child.key}",
             f'SELECT id FROM "{table(register, child.key).name}" WHERE parent_id IN ({ids})')
            for child in register.rows
        ]  # fmt: skip
        for kind, among in kinds:
            yield (
                "SELECT c.record_id, max(e.at) FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id "
                f"WHERE c.kind = ? AND c.record_id IN ({among}) GROUP BY c.record_id",
                (kind, *states),
            )


def _shown(office: Office) -> tuple[Any, Any]:
    """Return what shows the lines in our table, and what paints the same words in a table of Qt's own."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    from paizhu.ui.kit.table_view import RegisterTable, RowHeight
    from paizhu.ui.pages.day.today_model import COLUMNS, TodayModel

    QApplication.instance() or QApplication([])
    tasks = office.today.due()
    ours = RegisterTable("测速", row=RowHeight.TWO_LINES)
    ours.resize(1000, 640)
    ours.show()
    kept: list[Any] = []

    def shows() -> None:
        made = TodayModel(tasks, 5)
        kept[:] = [made]
        ours.show_model(made, COLUMNS)
        ours.grab()

    model = TodayModel(tasks, 5)
    bare = QTableView()
    bare.resize(1000, 640)
    bare.show()

    def paints() -> None:
        items = QStandardItemModel(model.rowCount(), len(COLUMNS))
        for row in range(model.rowCount()):
            for column in range(len(COLUMNS)):
                items.setItem(row, column, QStandardItem(str(model.data(model.index(row, column)) or "")))
        kept[:] = [items]
        bare.setModel(items)
        bare.grab()

    return shows, paints


def _explained(office: Office) -> Iterator[Figure]:
    """Explain every rule from many days: the slowest single answer is the figure."""
    calendar, today = office.desk.calendar, office.desk.today
    slowest, name = 0.0, ""
    for code, rule in office.desk.limits.items():
        for back in range(_EXPLAINED):
            day = today - timedelta(days=back * 36)
            times = []
            for _ in range(3):
                start = time.perf_counter()
                limits.due(rule, day, calendar)
                times.append(time.perf_counter() - start)
            if min(times) > slowest:
                slowest, name = min(times), f"slowest: {code} from {day.isoformat()}"
    yield Figure("one deadline explained", slowest, _MILLISECOND, 1, note=name)

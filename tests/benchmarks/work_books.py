"""Ledgers in and workbooks out, each against the barest way to move the same cells, and their peak memory."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paizhu.base import text, values
from paizhu.registers import register
from paizhu.services.out import classes
from paizhu.services.out.classes import Release
from paizhu.storage import queries
from tests.benchmarks import grounds
from tests.benchmarks.figures import Figure, watch

TALK = register("integrity_talk")
ALL = Release(reason="测速")
_SEARCHED = (2, 3, 6, 8, 11, 12, 13, 19)
"""Columns of the ledger that a search looks into, besides the name."""
_SPARED = 1.15
"""Memory counts as flat up to here: what the interpreter itself keeps varies by that much."""


def imported(folder: Path, rows: int) -> Iterator[Figure]:
    """Plan and apply against reading the cells and storing them with their search text."""
    path = grounds.ledger(folder, rows)
    office = grounds.new_office(folder / "import.paizhu")
    with watch() as planned:
        plan = office.importing.plan(path)
    with watch() as applied:
        office.importing.apply(plan)
    assert plan.counts()["new"] == rows, plan.counts()
    plan.drop()
    office.vault.close()
    with watch() as floor:
        _store_bare(path, folder / "floor.db")
    both = planned.seconds + applied.seconds
    parts = f"plan {planned.seconds:.1f} s, apply {applied.seconds:.1f} s"
    yield Figure(f"import {rows:,} × 20", both, floor.seconds, 3, note=parts)


def _store_bare(path: Path, target: Path) -> None:
    import python_calamine

    connection = grounds.bare_database(target)
    names = ", ".join(f"c{place}" for place in range(20))
    connection.execute(f"CREATE TABLE ledger (id INTEGER PRIMARY KEY, {names})")
    connection.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5(title, body, content='', contentless_delete=1, "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO ledger ({names}) VALUES ({', '.join('?' * 20)})", rows)
    connection.executemany(
        "INSERT INTO search_text (rowid, title, body) VALUES (?, ?, ?)",
        (
            (number, text.spaced(str(row[1])), text.spaced(" \n ".join(str(row[place]) for place in _SEARCHED)))
            for number, row in enumerate(rows, start=1)
        ),
    )
    connection.execute("COMMIT")
    connection.close()


def exported(folder: Path, rows: int) -> Iterator[Figure]:
    """Export a register against writing the same cells with the faster of two writers."""
    office = grounds.new_office(folder / "export.paizhu")
    path = grounds.ledger(folder, rows)
    plan = office.importing.plan(path)
    office.importing.apply(plan)
    plan.drop()
    with watch() as ours:
        office.exporting.export(folder / "ours.xlsx", [TALK.key], release=ALL)
    cells = list(_cells(office))
    floors = {}
    for name, write in (("openpyxl", _write_openpyxl), ("XlsxWriter", _write_xlsxwriter)):
        with watch() as taken:
            write(folder / "floor.xlsx", cells)
        floors[name] = taken.seconds
    office.vault.close()
    note = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in floors.items())
    columns = len(cells[0])
    yield Figure(f"export {rows:,} × {columns}", ours.seconds, min(floors.values()), 1.3, note=note)


def _cells(office: Any) -> Iterator[list[Any]]:
    fields = classes.fields_out(TALK, ALL)
    with office.vault.read() as connection:
        view = office.records.default_view(TALK)
        for row in queries.every(connection, view):
            yield [row.id, row.version, *(values.cell(field, row.values.get(field.name)) for field in fields)]


def _write_openpyxl(path: Path, rows: list[list[Any]]) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)


def _write_xlsxwriter(path: Path, rows: list[list[Any]]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            # An empty cell costs nothing in either writer.
            if value is not None:
                sheet.write(number, column, value)
    book.close()


def memory(folder: Path, rows: int) -> Iterator[Figure]:
    """Peak memory of import and export with ten times the rows, each in a process of its own."""
    for work in ("import", "export"):
        small, large = (_peak(folder, work, count) for count in (rows // 10, rows))
        name = f"peak memory of {work}, {rows:,} rows to {rows // 10:,}"
        yield Figure(name, large, small, _SPARED, unit="MB")


def _peak(folder: Path, work: str, rows: int) -> float:
    script = f"from tests.benchmarks import work_books; work_books.in_a_process({str(folder)!r}, {work!r}, {rows})"
    if work == "export":
        subprocess.run([sys.executable, "-c", script.replace("'export'", "'import'")], check=True, capture_output=True)
    grounds.ledger(folder, rows)
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return float(done.stdout)


def in_a_process(place: str, work: str, rows: int) -> None:
    """Do the work and say how many megabytes it took at its peak."""
    from paizhu.services.office import Office
    from paizhu.storage.vault import Vault

    folder = Path(place)
    vault = folder / f"memory-{rows}.paizhu"
    if work == "import":
        office = grounds.new_office(vault)
        plan = office.importing.plan(grounds.ledger(folder, rows))
        office.importing.apply(plan)
        plan.drop()
    else:
        office = Office(Vault.open(vault, grounds.PASSWORD))
        office.exporting.export(folder / "memory.xlsx", [TALK.key], release=ALL)
    office.vault.close()
    # The system's own count for a child begins with what its parent had.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    sys.stdout.write(str(int(peak) / 1024))

"""Comparing a vault with its backup, against reading the rows of both, and its peak memory."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paizhu.registers import register
from paizhu.services.office import Office
from paizhu.services.safety.comparing import Comparing
from paizhu.storage import cipher
from paizhu.storage.keys import Purpose
from paizhu.storage.tables import TABLES
from paizhu.storage.vault import Vault
from tests.benchmarks import grounds
from tests.benchmarks.figures import Figure, watch

TALK = register("integrity_talk")
_CHANGED = 200
"""So many records are changed after the backup, or all where there are fewer."""
_SPARED = 1.15
"""Memory counts as flat up to here: what the interpreter itself keeps varies by that much."""


def compared(folder: Path, records: int) -> Iterator[Figure]:
    """Compare with a backup made before some records were changed, in a process of its own for each length."""
    small, large = (_in_a_process(folder, count) for count in (records // 10, records))
    ours, floor, peak = large
    yield Figure(f"compare {records:,} records with a backup", ours, floor, 3, note="floor reads both sides' rows")
    yield Figure(f"peak memory of comparing {records:,} to {records // 10:,}", peak, small[2], _SPARED, unit="MB")


def _in_a_process(folder: Path, records: int) -> tuple[float, float, float]:
    for work in (prepare, compare):
        script = f"from {__name__} import {work.__name__}; {work.__name__}({str(folder)!r}, {records})"
        done = subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            text=True,
        )
    ours, floor, peak = map(float, done.stdout.split())
    return ours, floor, peak


def prepare(place: str, records: int) -> None:
    """Make a vault of so many records with a backup, and change some of them afterwards."""
    office = grounds.new_office(Path(place) / f"compare-{records}.paizhu")
    grounds.fill(office, records)
    office.backups.make()
    with office.vault.act("save", "改动若干条") as act:
        for record_id in range(1, min(_CHANGED, records) + 1):
            act.corrections.allow(TALK.key, record_id, "测速")
            act.change(TALK, record_id, None, {"place": "二楼谈话室"})
    office.vault.close()


def compare(place: str, records: int) -> None:
    """Say how many seconds comparing took, how many reading both sides, and the megabytes at its peak."""
    office = Office(Vault.open(Path(place) / f"compare-{records}.paizhu", grounds.PASSWORD))
    (backup,) = office.backups.list()
    with watch() as ours:
        found = Comparing(office.desk).compare(backup)
    assert (len(found.found), found.unexplained) == (min(_CHANGED, records), ()), found.words
    # The system's own count for a child begins with what its parent had.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    key = office.vault.key_for(Purpose.DATABASE)
    with watch() as floor:
        for side in (office.vault.folder, backup.folder):
            connection = cipher.connect(side / cipher.DATABASE, key, readonly=True)
            _read(connection)
            connection.close()
    office.vault.close()
    sys.stdout.write(f"{ours.seconds} {floor.seconds} {int(peak) / 1024}")


def _read(connection: Any) -> None:
    for name in (*(found.name for found in TABLES.values()), "attachment", "journal_entry", "journal_change"):
        cursor = connection.execute(f'SELECT * FROM "{name}" ORDER BY id')
        while cursor.fetchmany(500):
            pass

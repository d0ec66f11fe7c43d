"""One record saved, one word found: against a bare INSERT and against a scan of the same vault."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paizhu.registers import register
from paizhu.services.office import Office
from paizhu.storage.tables import TABLES
from tests.benchmarks import grounds
from tests.benchmarks.figures import Figure, best, watch

TALK = register("integrity_talk")
TYPED = {
    "subject": "单秀兰",
    "planned_date": "2026.3.5",
    "kind": "日常",
    "subject_unit": "某示例单位1处",
    "place": "三楼谈话室",
    "talker": "陈守正",
    "record": "按提纲谈了三个问题",
}
_SAVES = 60


def saved(folder: Path, records: int) -> Iterator[Figure]:
    """Save a typed record against storing its row bare, on a vault that is in use."""
    office = grounds.new_office(folder / "save.paizhu")
    grounds.fill(office, records)
    office.records.save(TALK, TYPED)
    writer = office.vault._writer
    statement, row = TABLES[TALK.key].insert(TABLES[TALK.key].columns), _row(office)
    ours, floor = [], []
    for _ in range(_SAVES):
        with watch() as taken:
            office.records.save(TALK, TYPED)
        ours.append(taken.seconds)
        with watch() as taken:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute(statement, (None, *row[1:]))
            writer.execute("COMMIT")
        floor.append(taken.seconds)
    office.vault.close()
    name = f"save one record among {records:,}"
    yield Figure(name, statistics.median(ours), statistics.median(floor), 5)


def _row(office: Office) -> Any:
    with office.vault.read() as connection:
        return connection.execute(f"{TABLES[TALK.key].select} ORDER BY id DESC LIMIT 1").fetchone()


def searched(folder: Path, records: int) -> Iterator[Figure]:
    """Find a word of two characters in the index against scanning the text for it."""
    office = grounds.new_office(folder / "search.paizhu")
    grounds.fill(office, records, length=200)
    for number in range(20):
        office.records.save(TALK, {**TYPED, "record": f"第{number}次核对碧螺的去向"})
    with office.vault.read() as reader:
        for kind, word in (("rare", "碧螺"), ("middling", "招标"), ("common", "报告")):
            scan = "SELECT count(*) FROM integrity_talk WHERE record LIKE ?"
            count = reader.execute(scan, (f"%{word}%",)).fetchone()[0]
            floor = best(lambda: reader.execute(scan, (f"%{word}%",)).fetchone(), 3)  # noqa: B023  # run at once
            with office.vault.searching() as index:
                alone = best(lambda: index.find(word, 50), 20)  # noqa: B023  # run at once
            whole = best(lambda: office.search.find(word), 20)  # noqa: B023  # run at once
            note = f"{count:,} records hold it"
            yield Figure(f"search a {kind} word in {records:,} × 200", alone, floor, 50, at_least=True, note=note)
            yield Figure(f"  with titles and snippets of {min(count, 50)}", whole, floor, None, at_least=True)
    office.vault.close()

"""A process that writes acts and says so after each; made to be killed at any moment."""

import itertools
from multiprocessing.connection import Connection
from pathlib import Path

# Read before the process is split off, so that a child is at work at once.
import pypinyin  # noqa: F401

from paizhu import registers
from paizhu.services.office import Office
from paizhu.storage.header import Header
from paizhu.storage.vault import Vault

BATCH = 60
TALK = registers.register("integrity_talk")


def work(folder: str, key: bytes, known: int, saying: Connection) -> None:
    """Write for ever; after each finished act send what stands since then."""
    vault = Vault.open_with(Path(folder), Header.load(Path(folder)), key)
    office = Office(vault)
    saying.send(("open", 0, ""))
    for turn in itertools.count(known):
        typed = {"subject": f"示例{turn}", "planned_date": "2026-03-05", "record": f"第{turn}次 " * 40}
        rows = {"requirement": [{"words": f"要求{turn}"}]}
        record_id = office.records.save(TALK, typed, rows=rows).records[0][1]
        saying.send(("saved", record_id, office.records.get(TALK, record_id).no))
        office.records.save(TALK, {"place": f"第{turn}谈话室"}, record_id)
        saying.send(("changed", record_id, f"第{turn}谈话室"))
        if turn % 4 == 1:
            office.records.void(TALK, [record_id], "示例")
            saying.send(("voided", record_id, ""))
        if turn % 4 == 2:
            with vault.act("import", f"导入 {BATCH} 行") as act:
                for row in range(BATCH):
                    act.create("unit", {"name": f"单位{turn}第{row}"})
            saying.send(("imported", act.entry, ""))
        vault.drafts.put("lead", 0, f"草稿{turn}")
        saying.send(("drafted", turn, ""))

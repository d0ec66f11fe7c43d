"""A sitting at the desk in a process of its own, with words that must not be readable anywhere afterwards.

Run as `python -m tests.journeys.sitting FOLDER KEY LEDGER MOMENT`; at the moment named it either waits for a line on
its input or dies as in a crash.
"""

import os
import sys
from pathlib import Path

from paizhu import registers
from paizhu.services.office import Office
from paizhu.storage import backup
from paizhu.storage.header import Header
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD

WORDS = {
    "person": "欧阳秘某样",
    "record": "谈话里说的暗语内容",
    "row": "要求里的暗语内容",
    "informant": "举报者暗名某",
    "draft": "草稿里的暗语内容",
    "file": "附件里的暗语内容",
    "name of file": "附件的暗名",
    "ledger": "台账里的暗语内容",
    "extra": "没有字段的暗语内容",
    "view": "视图的暗语名字",
    "export": "导出理由的暗语",
}
"""Everything an officer typed or brought in, by where it stands."""
CRASHES = ("in an act", "in a plan", "in an import", "in a backup", "in an export")


def main() -> None:
    """Work, and stop at the moment named."""
    folder, key, ledger, moment = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    vault = Vault.open_with(folder, Header.load(folder), key)
    office = Office(vault)
    work(office, ledger.parent)
    if moment == "open":
        wait("open")
        return
    if moment in CRASHES:
        crash(office, ledger, moment)
    plan = office.importing.plan(ledger)
    wait("planned")
    office.importing.apply(plan)
    plan.drop()
    backup.make(folder, key)
    # An act of many carries its log into the database: what comes after it begins another, to be looked into as well.
    office.records.save(registers.register("integrity_talk"), {"place": WORDS["record"]}, 1)
    wait("imported")
    vault.close()
    wait("closed")


def work(office: Office, outside: Path) -> None:
    """Save, change, take rows and files in, leave a draft: each with words of its own."""
    talk, petition = registers.register("integrity_talk"), registers.register("petition")
    office.records.save(registers.register("person"), {"name": WORDS["person"]})
    typed = {"subject": WORDS["person"], "planned_date": "2026-03-05", "record": WORDS["record"]}
    office.records.save(talk, typed, rows={"requirement": [{"words": WORDS["row"]}]})
    office.records.save(talk, {"place": WORDS["record"]}, 1)
    office.history.undo(office.history.entries()[0].id)
    office.records.save(
        petition,
        {"received_at": "2026-03-02", "summary": WORDS["record"]},
        rows={"informant": [{"name": WORDS["informant"]}]},
    )
    office.records.reveal(petition, 1, "informant", PASSWORD, WORDS["record"])
    paper = outside / f"{WORDS['name of file']}.txt"
    paper.write_text(WORDS["file"] * 1000, encoding="utf-8")
    office.records.attach(talk, 1, paper)
    office.vault.drafts.put("integrity_talk", 0, WORDS["draft"])
    office.vault.keep("view", WORDS["view"], WORDS["view"])
    assert office.search.find(WORDS["record"][2:6])


def crash(office: Office, ledger: Path, moment: str) -> None:
    """Die in the middle of something long."""

    def die(*_told: object) -> None:
        os._exit(9)

    match moment:
        case "in an act":
            with office.vault.act("save", WORDS["record"]) as act:
                for _ in range(3000):
                    act.create("unit", {"name": WORDS["record"]})
                die()
        case "in a plan":
            office.importing.plan(ledger, progress=lambda _words, done, _total: die() if done > 800 else None)
        case "in an import":
            office.importing.apply(office.importing.plan(ledger), progress=die)
        case "in a backup":
            backup.make(office.vault.folder, office.vault.data_key, progress=die)
        case "in an export":
            office.importing.apply(office.importing.plan(ledger))
            wanted = office.exporting.within(["integrity_talk"])
            office.exporting.export_views(ledger.with_name("导出.xlsx"), wanted, password=WORDS["export"], progress=die)
    raise AssertionError(f"nothing died {moment}")


def wait(words: str) -> None:
    """Say how far the work is and wait to be told to go on."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main()

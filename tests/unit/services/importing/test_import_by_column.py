"""Plain new rows go by column from the sheet into the register: the same comes of them as of rows taken one by one."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.importing.questions import MAKE, Answer
from paizhu.services.office import Office
from paizhu.storage import scratch
from paizhu.storage.header import Header
from paizhu.storage.scratch import Run
from paizhu.storage.vault import Vault

HEAD = ["谈话日期", "谈话对象", "谈话类型", "谈话地点", "谈话内容", "已核对签字", "回访日期", "旧表的一列", "编号"]


def ledger(path: Path, count: int) -> Path:
    """Write a ledger in which most rows are plain; others repeat, say something odd, or bring a number or a state."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(HEAD)
    for row in range(count):
        day = f"20{10 + row % 15}.{row % 12 + 1}.{row % 28 + 1}"
        talk: list[Any] = [
            day,
            f"示例{'甲乙丙丁'[row % 4]}{row // 4}",
            "日常",
            f"{row % 3}楼谈话室",
            f"谈了第 {row} 件事",
        ]
        talk += ["是" if row % 2 else None, None, "原文" if row % 5 == 0 else None, None]
        if row % 23 == 7:
            talk[6] = "2001.1.1"
        if row % 29 == 11:
            talk[5] = "看不懂的话"
        if row % 31 == 13:
            talk[8] = f"谈〔2019〕{row:04}"
        sheet.append(talk)
    sheet.append(["2010.1.1", "示例甲0", "日常", "0楼谈话室", "谈了第 0 件事"])
    book.save(path)
    return path


def planned(office: Office, path: Path) -> Any:
    return office.importing.plan(path, "integrity_talk")


def test_rows_decided_together_are_those_decided_one_by_one(office: Office, tmp_path: Path) -> None:
    office.records.save(registers.register("person"), {"name": "示例乙3"})
    (sheet,) = planned(office, ledger(tmp_path / "谈话.xlsx", 200)).sheets
    together = list(sheet.rows(("new",)))
    assert len(together) > 150
    assert {"unknown_name"} <= {problem.code for row in together for problem in row.problems}
    assert [sheet.take(row.row) for row in together] == together


def left_behind(office: Office, path: Path, answered: bool) -> tuple[Any, ...]:
    """Import a ledger, one of its names as a new person when answered, and return all that is in the vault then."""
    plan = planned(office, path)
    made = {question.key: Answer(MAKE) for question in office.importing.questions(plan.sheets)[:1]}
    if answered:
        office.importing.answer(plan.sheets[0], made)
    applied = office.importing.apply(plan)
    plan.drop()
    talk = registers.register("integrity_talk")
    records = [office.records.get(talk, each) for each in sorted(office.records.ids(View(talk.key)))]
    writer = office.vault._writer
    writer.execute("CREATE VIRTUAL TABLE temp.spelled USING fts5vocab('main', 'search_text', 'instance')")
    told = writer.execute("SELECT kind, record_id, action, delta FROM journal_change ORDER BY id").fetchall()
    others = (
        "SELECT term, doc, col, offset FROM temp.spelled ORDER BY 1, 2, 3, 4",
        "SELECT label, readings FROM search_name ORDER BY 1",
        "SELECT * FROM reference ORDER BY 1, 2, 3",
        "SELECT * FROM number_counter ORDER BY 1, 2",
    )
    journal = [(*row[:3], json.loads(row[3])) for row in told]
    return applied.ids, records, journal, *(writer.execute(each).fetchall() for each in others)


@pytest.mark.parametrize("answered", [False, True])
def test_rows_stored_by_column_leave_behind_what_rows_stored_one_by_one_do(
    vault_template: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answered: bool
) -> None:
    path = ledger(tmp_path / "谈话.xlsx", 900)
    stored = []
    for fewest in (40, 10_000):
        monkeypatch.setattr(scratch, "_FEW", fewest)
        folder = tmp_path / f"{fewest}.paizhu"
        shutil.copytree(vault_template[0], folder)
        office = Office(Vault.open_with(folder, Header.load(folder), vault_template[1]))
        stored.append(left_behind(office, path, answered))
        assert office.vault.verify() == []
        office.vault.close()
    by_column, one_by_one = stored
    assert len(by_column[0]) > 800
    assert by_column == one_by_one


def test_a_row_that_was_mended_leaves_its_run_and_keeps_its_place(office: Office, tmp_path: Path) -> None:
    plan = planned(office, ledger(tmp_path / "谈话.xlsx", 200))
    (sheet,) = plan.sheets
    sheet.mend(60, 3, "改过的地点")
    sheet.skip(61)
    by_column = [given for given in sheet.together(("new",)) if isinstance(given, Run)]
    assert sum(len(run.rows) for run in by_column) > 100
    applied = office.importing.apply(plan)
    talk = registers.register("integrity_talk")
    rows = sorted(applied.ids.items())
    assert [record for _row, record in rows] == sorted(record for _row, record in rows)
    assert office.records.get(talk, applied.ids[sheet.facts.sheet, 60]).values["place"] == "改过的地点"
    assert office.records.get(talk, applied.ids[sheet.facts.sheet, 62]).values["place"] == "0楼谈话室"

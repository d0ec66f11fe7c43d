"""Rows of a ledger that would change settled records: shown as such, never written without a reason."""

from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.services.importing.plan_json import sheet as as_json
from paizhu.services.office import Office
from tests.ledgers import ROWS, ledger

TALK = registers.register("integrity_talk")
REASON = "登记表写错了地点"


@pytest.fixture
def standing(office: Office, tmp_path: Path) -> int:
    """A talk brought in from a ledger that is filed and lacks nothing."""
    applied = office.importing.apply(office.importing.plan(ledger(tmp_path / "一.xlsx", ROWS[:1])))
    (made,) = applied.ids.values()
    with office.vault.act("step") as act:
        act.change(TALK, made, None, {"state": "archived"})
        act.execute("UPDATE integrity_talk SET missing = 0")
    return made


def changed(tmp_path: Path) -> Path:
    """The same ledger with one other cell, and a talk that is new."""
    return ledger(tmp_path / "二.xlsx", [[*ROWS[0][:6], "提醒并谈心", None], ROWS[1]])


def test_the_plan_says_what_it_would_change_and_that_a_reason_is_needed(
    office: Office, standing: int, tmp_path: Path
) -> None:
    plan = office.importing.plan(changed(tmp_path))
    assert plan.counts() | {"new": 1, "refused": 1} == plan.counts()
    row = plan.sheets[0].row(plan.sheets[0].waiting()[0])
    assert (row.outcome, row.id) == ("refused", standing)
    assert row.problems[0].code == "settled"
    assert row.problems[0].message.startswith("须说明理由：")
    told = next(each for each in as_json(plan.sheets[0])["rows"] if each["outcome"] == "refused")
    assert list(told["values"]) == list(told["before"]) != []


def test_without_a_reason_it_is_never_written(office: Office, standing: int, tmp_path: Path) -> None:
    before = office.records.get(TALK, standing)
    office.importing.apply(office.importing.plan(changed(tmp_path)))
    assert office.records.get(TALK, standing) == before


def test_with_a_reason_it_goes_in_and_is_journalled(office: Office, standing: int, tmp_path: Path) -> None:
    plan = office.importing.plan(changed(tmp_path))
    with pytest.raises(InvalidRecordError):
        plan.correct(" ")
    plan.correct(REASON)
    assert plan.counts()["changed"] == 1
    applied = office.importing.apply(plan)
    told = [each for each in office.history.of_record(TALK.key, standing) if each.entry.id == applied.batch]
    assert any(each.after == f"事由：{REASON}" for each in told)
    assert any("提醒并谈心" in each.after for each in told)
    office.importing.undo(applied.batch)
    assert office.importing.plan(ledger(tmp_path / "三.xlsx", ROWS[:1])).counts()["same"] == 1


def test_a_mended_row_keeps_its_reason(office: Office, standing: int, tmp_path: Path) -> None:
    plan = office.importing.plan(changed(tmp_path))
    (number,) = plan.sheets[0].waiting()
    plan.correct(REASON)
    assert plan.sheets[0].mend(number, 6, "另一句话").outcome == "changed"
    applied = office.importing.apply(plan)
    assert any(
        each.after == f"事由：{REASON}"
        for each in office.history.of_record(TALK.key, standing)
        if each.entry.id == applied.batch
    )


def test_the_same_file_again_needs_no_reason(office: Office, standing: int, tmp_path: Path) -> None:
    plan = office.importing.plan(tmp_path / "一.xlsx")
    assert plan.counts()["same"] == 1
    assert plan.waiting() == 0


def test_rows_under_a_settled_record_wait_too(office: Office, standing: int, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    office.records.save(TALK, {}, standing, rows={"point": [{"words": "示例要点"}]}, reason="补录")
    out = tmp_path / "谈话导出.xlsx"
    office.exporting.export(out, ["integrity_talk"])
    book = load_workbook(out)
    name = next(each for each in book.sheetnames if each.startswith("廉政谈话-") or "要点" in each)
    sheet = book[name]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "示例要点":
                cell.value = "改过的要点"
    book.save(out)
    plan = office.importing.plan(out)
    below = next(each for each in plan.sheets if each.parent is not None)
    assert len(below.waiting()) == 1
    office.importing.apply(plan)
    assert office.records.rows(TALK, standing)["point"][0].values["words"] == "示例要点"
    again = office.importing.plan(out)
    again.correct("要点登记有误")
    office.importing.apply(again)
    assert office.records.rows(TALK, standing)["point"][0].values["words"] == "改过的要点"


def test_a_row_that_only_fills_in_what_is_lacking_needs_no_reason(
    office: Office, standing: int, tmp_path: Path
) -> None:
    with office.vault.act("step") as act:
        act.change(TALK, standing, None, {"record": None, "place": None})
        act.execute("UPDATE integrity_talk SET missing = 1")
    plan = office.importing.plan(ledger(tmp_path / "三.xlsx", ROWS[:1]))
    assert plan.counts()["changed"] == 1
    applied = office.importing.apply(plan)
    told = [each for each in office.history.of_record(TALK.key, standing) if each.entry.id == applied.batch]
    assert [each.after for each in told if each.action == "fill"] != []


def test_a_row_that_changes_what_stands_waits_although_something_is_lacking(
    office: Office, standing: int, tmp_path: Path
) -> None:
    with office.vault.act("step") as act:
        act.execute("UPDATE integrity_talk SET missing = 1")
    plan = office.importing.plan(changed(tmp_path))
    assert plan.sheets[0].row(plan.sheets[0].waiting()[0]).problems[0].code == "settled"

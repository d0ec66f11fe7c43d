"""A ledger that names records by their number alone: what it does not say stays as it is, nothing is refused."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.office import Office

TALK = registers.register("integrity_talk")


def test_a_row_that_names_a_record_by_number_changes_only_what_it_says(office: Office, tmp_path: Path) -> None:
    office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-05", "place": "谈话室"})
    (talk,) = office.records.window(View("integrity_talk"), 0, 9)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["编号", "谈话地点", "备注"],
        [talk.no, "会议室", "改了地点"],
        ["谈〔2026〕099", "会议室", "没有这一条"],
    ):
        sheet.append(row)
    book.save(tmp_path / "补充.xlsx")
    plan = office.importing.plan(tmp_path / "补充.xlsx", "integrity_talk")
    outcomes = {row.row: row.outcome for row in plan.sheets[0].rows()}
    assert outcomes == {2: "changed", 3: "refused"}
    office.importing.apply(plan)
    (after,) = office.records.window(View("integrity_talk"), 0, 9)
    assert (after.values["place"], after.values["remarks"]) == ("会议室", "改了地点")
    assert str(getattr(after.values["subject"], "label", "")) == "孙立新"
    assert after.values["planned_date"] == talk.values["planned_date"]


def test_the_same_ledger_again_leaves_the_number_that_was_issued_for_its_empty_cell(
    office: Office, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["编号", "谈话对象", "计划日期", "谈话地点"],
        [None, "孙立新", "2026-03-05", "谈话室"],
        ["旧〔2020〕7 号", "丁海波", "2026-03-06", "谈话室"],
    ):
        sheet.append(row)
    book.save(tmp_path / "台账.xlsx")
    office.importing.apply(office.importing.plan(tmp_path / "台账.xlsx", "integrity_talk"))
    numbers = {row.no for row in office.records.window(View("integrity_talk"), 0, 9)}
    assert numbers == {"谈〔2026〕001", "旧〔2020〕7 号"}
    plan = office.importing.plan(tmp_path / "台账.xlsx", "integrity_talk")
    assert [row.outcome for row in plan.sheets[0].rows()] == ["same", "same"]
    # Another word in the row changes that word alone.
    sheet["D2"] = "会议室"
    book.save(tmp_path / "台账.xlsx")
    office.importing.apply(office.importing.plan(tmp_path / "台账.xlsx", "integrity_talk"))
    assert {row.no for row in office.records.window(View("integrity_talk"), 0, 9)} == numbers

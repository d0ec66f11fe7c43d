"""Our own export edited elsewhere and brought back: changes, rows taken out, and records changed in both places."""

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.office import Office

TALK = registers.register("integrity_talk")


def exported(office: Office, path: Path) -> Path:
    for subject, day in (("孙立新", "2026-03-05"), ("丁海波", "2026-03-06")):
        office.records.save(TALK, {"subject": subject, "planned_date": day, "place": "谈话室"})
    office.exporting.export(path, ["integrity_talk"])
    return path


def cell_of(sheet: Worksheet, words: str) -> tuple[int, int]:
    found = [(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == words]
    return found[0]


def edited(path: Path) -> Path:
    """Move the first talk elsewhere and take the second row out."""
    book = load_workbook(path)
    sheet = book[TALK.label]
    row, column = cell_of(sheet, "谈话室")
    sheet.cell(row, column).value = "会议室"
    sheet.delete_rows(row + 1)
    book.save(path)
    return path


def test_a_changed_cell_is_a_change_and_a_row_taken_out_is_no_deletion(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(edited(exported(office, tmp_path / "台账.xlsx")))
    assert (plan.counts()["changed"], plan.counts()["new"]) == (1, 0)
    office.importing.apply(plan)
    rows = office.records.window(View("integrity_talk"), 0, 9)
    assert sorted(str(row.values["place"]) for row in rows) == ["会议室", "谈话室"]


def test_a_record_changed_in_both_places_is_doubtful_with_both_values(office: Office, tmp_path: Path) -> None:
    path = edited(exported(office, tmp_path / "台账.xlsx"))
    for record_id in office.records.ids(View("integrity_talk")):
        office.records.save(TALK, {"place": "小会议室"}, record_id)
    (sheet,) = office.importing.plan(path).sheets
    (row,) = sheet.rows(["doubtful"])
    said = "".join(problem.message for problem in row.problems)
    assert "小会议室" in said
    assert "“会议室”" in said
    taken = sheet.take(row.row, row.candidates[0])
    assert (taken.outcome, taken.values["place"]) == ("changed", "会议室")

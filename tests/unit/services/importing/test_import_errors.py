"""The marked workbook: the officer's own file, red where something is wrong, and imported again once mended."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from paizhu.base.errors import NotAllowedError, PaizhuError
from paizhu.base.values import MASK
from paizhu.base.view import View
from paizhu.documents.tables.label_words import REPORT_HEADER
from paizhu.services.office import Office
from tests.ledgers import ROWS, ledger

LEDGERS = Path(__file__).parents[3] / "data" / "ledgers"


def opened(path: Path) -> Worksheet:
    sheet = load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return sheet


def marked(office: Office, path: Path, out: Path) -> Worksheet:
    return opened(office.importing.error_workbook(office.importing.plan(path), out))


def words(value: object) -> str:
    return str(value or "")


def test_a_problem_cell_is_red_with_a_note_and_the_last_column_says_why(office: Office, tmp_path: Path) -> None:
    sheet = marked(office, ledger(tmp_path / "谈话.xlsx"), tmp_path / "问题.xlsx")
    assert sheet["B7"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["B7"].comment is not None
    assert "2025.2.30" in sheet["B7"].comment.text
    assert sheet["I3"].value == REPORT_HEADER
    assert "B 列" in words(sheet["I7"].value)
    assert sheet["B4"].fill.fgColor.rgb != "FFFFC7CE"
    assert sheet["I4"].value is None


def test_nothing_else_of_the_file_is_changed(office: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx")
    book = load_workbook(path)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["B7"].font = Font(bold=True, size=15)
    sheet["A4"].comment = Comment("补记", "李记")
    sheet.column_dimensions["G"].width = 44
    sheet.freeze_panes = "A4"
    book.save(path)
    before = path.read_bytes()
    after = marked(office, path, tmp_path / "问题.xlsx")
    assert path.read_bytes() == before
    assert (after["B7"].font.sz, after["B7"].font.b) == (15, True)
    assert after["A4"].comment is not None
    assert after["A4"].comment.text == "补记"
    assert after["B7"].comment is not None
    assert (after.column_dimensions["G"].width, after.freeze_panes) == (44, "A4")
    original = opened(path)
    assert sorted(map(str, after.merged_cells.ranges)) == sorted(map(str, original.merged_cells.ranges))
    assert all(after[cell.coordinate].value == cell.value for row in original.iter_rows() for cell in row)


def test_mended_and_imported_again_exactly_the_missing_rows_are_taken(office: Office, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        *ROWS,
        [5, "2025.13.1", "何文涛", "科员", "日常", "陈守正", "y", None],
        [6, *ROWS[0][1:]],
    ]
    rows[5][6] = "另一次的内容"
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx", rows))
    out = office.importing.error_workbook(plan, tmp_path / "问题.xlsx")
    assert office.importing.apply(plan).counts == {"new": 3, "changed": 0, "same": 0, "doubtful": 1, "refused": 2}
    again = office.importing.plan(out)
    assert again.counts() == {"new": 0, "changed": 0, "same": 3, "doubtful": 1, "refused": 2}
    book = load_workbook(out)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["B7"], sheet["B8"], sheet["B9"] = "2025.2.28", "2025.12.1", "2025.3.7"
    book.save(out)
    mended = office.importing.plan(out)
    assert mended.counts() == {"new": 3, "changed": 0, "same": 3, "doubtful": 0, "refused": 0}
    office.importing.apply(mended)
    assert office.records.count(View("integrity_talk")) == 6
    row = office.records.window(View("integrity_talk"), 0, 1)[0]
    assert not any("问题说明" in header for header in row.extra)


def test_a_cell_mended_in_the_plan_is_mended_in_the_marked_workbook(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx"))
    plan.sheets[0].mend(7, 1, "2025.2.28")
    out = office.importing.error_workbook(plan, tmp_path / "问题.xlsx")
    assert office.importing.plan(out).counts()["new"] == 4


@pytest.mark.parametrize(
    "name", ["talks_merged.xls", "duties_grouped.ods", "talks_gb18030.csv", "reviews_two_tables.xlsx"]
)
def test_a_file_of_another_kind_is_written_as_xlsx_with_the_same_reading(
    office: Office, tmp_path: Path, name: str
) -> None:
    plan = office.importing.plan(LEDGERS / name)
    again = office.importing.plan(office.importing.error_workbook(plan, tmp_path / "问题.xlsx"))
    assert [[(row.row, row.outcome, dict(row.values)) for row in sheet.rows()] for sheet in again.sheets] == [
        [(row.row, row.outcome, dict(row.values)) for row in sheet.rows()] for sheet in plan.sheets
    ]


def test_a_file_with_a_password_keeps_it(office: Office, tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = ledger(tmp_path / "明.xlsx")
    locked = tmp_path / "加密.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("钥匙123", target)
    plan = office.importing.plan(locked, password="钥匙123")
    out = office.importing.error_workbook(plan, tmp_path / "问题.xlsx")
    with pytest.raises(PaizhuError, match="密码"):
        office.importing.plan(out)
    assert office.importing.plan(out, password="钥匙123").counts() == plan.counts()


def test_a_file_changed_since_it_was_read_is_not_marked(office: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx")
    plan = office.importing.plan(path)
    ledger(path, ROWS[:2])
    with pytest.raises(NotAllowedError, match="读入以后改过"):
        office.importing.error_workbook(plan, tmp_path / "问题.xlsx")
    assert not (tmp_path / "问题.xlsx").exists()


def test_the_source_is_never_written_over(office: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx")
    with pytest.raises(PaizhuError, match="正是原来的台账"):
        office.importing.error_workbook(office.importing.plan(path), path)


def test_an_equals_sign_in_a_text_table_stays_text(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "谈话.csv"
    path.write_text("谈话日期,谈话对象,谈话内容\n2025.2.30,孙立新,=1+1\n", encoding="utf-8")
    sheet = marked(office, path, tmp_path / "问题.xlsx")
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")


HEAD = ("收件日期", "主要问题摘要", "是否实名", "反映人姓名", "反映人电话", "举报方式")
LETTERS = (
    ("2026-03-02", "示例反映一", "实名", "绝不外露甲", "13900000001", "来信"),
    ("2026-13-45", "示例反映二", "实名", "绝不外露乙", "13900000002", "来信"),
)


def letters(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "信访登记"
    for row in (HEAD, *LETTERS):
        sheet.append(row)
    sheet["D3"].comment = Comment("绝不外露丙", "李记")
    book.create_sheet("通讯录").append(("绝不外露丁", "13900000003"))
    book.save(path)
    return path


def test_who_reported_does_not_leave_in_the_marked_workbook(office: Office, tmp_path: Path) -> None:
    """Not in a cell, nor in the file's list of strings, a note, or a sheet beside it (domain.md 8.1 and 8.5)."""
    plan = office.importing.plan(letters(tmp_path / "信访.xlsx"))
    out = office.importing.error_workbook(plan, tmp_path / "问题.xlsx")
    with ZipFile(out) as parts:
        everything = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert "示例反映二" in everything
    assert "绝不外露" not in everything
    assert "1390000000" not in everything
    sheet = opened(out)
    assert [sheet.cell(3, column).value for column in range(1, 7)] == ["2026-13-45", "示例反映二", *[MASK] * 3, "来信"]
    assert "反映人各栏没有带出" in words(sheet.cell(3, 7).value)


def test_what_was_masked_leaves_alone_what_the_record_holds(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(letters(tmp_path / "信访.xlsx"))
    office.importing.apply(plan)
    out = office.importing.error_workbook(plan, tmp_path / "问题.xlsx")
    sheet = opened(out)
    sheet["A3"] = "2026-03-05"
    assert sheet.parent is not None
    sheet.parent.save(out)
    again = office.importing.plan(out)
    rows = [row for each in again.sheets for row in each.rows()]
    assert [row.outcome for row in rows] == ["same", "new"]
    office.importing.apply(again)
    read = {row.values["summary"]: row.values["named"] for row in office.records.window(View("petition"), 0, 9)}
    assert read == {"示例反映一": "real", "示例反映二": None}

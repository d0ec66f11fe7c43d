"""What the plan says beside the values: hidden parts, units and years assumed, what is shown and what is stored."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from paizhu.services.importing.plan import SheetPlan
from paizhu.services.office import Office
from tests.unit.services.messy import FOLDER

Rows = Sequence[Sequence[object]]


def _written(path: Path, rows: Rows, style: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    for place in style.split():
        name, code = place.split("=")
        sheet[name].number_format = code
    book.save(path)
    return path


def planned(office: Office, path: Path, rows: Rows, register: str, style: str = "") -> SheetPlan:
    (found,) = office.importing.plan(_written(path, rows, style), register).sheets
    return found


def test_hidden_rows_and_columns_are_read_and_said(office: Office) -> None:
    (sheet,) = office.importing.plan(FOLDER / "13_duties_grouped.ods").sheets
    assert sheet.notes == ("原表隐藏了第 5 行和 J 列，这些内容也读入了。",)


def commented(path: Path, *places: str) -> Path:
    book = load_workbook(path)
    for place in places:
        book.active[place].comment = Comment("反映人为示例人员", "示例")  # type: ignore[index]  # one sheet
    book.save(path)
    return path


def test_comments_are_not_read_and_it_is_said_where_they_stand(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["谈话时间", "谈话对象", "谈话类型"], *([f"2026-03-0{day}", "孙立新", "日常"] for day in range(1, 7))]
    path = commented(_written(tmp_path / "谈话.xlsx", rows), "B3", "A1", "C7")
    (sheet,) = office.importing.plan(path, "integrity_talk").sheets
    told = "A1、B3、C7 有批注，批注没有读入；用得着的，请写进单元格再导入，或导入后记在备注里。"
    assert sheet.notes == (told,)
    # What a comment says is not repeated: it may be about an informant.
    assert "反映人" not in str(office.importing.plan(path, "integrity_talk").as_json())
    many = commented(path, *(f"{letter}{row}" for letter in "ABC" for row in range(1, 6)))
    (sheet,) = office.importing.plan(many, "integrity_talk").sheets
    assert sheet.notes[0].startswith("A1、B1、C1、A2、B2、C2、A3、B3、C3、A4、B4、C4等 16 格有批注")


def _with_comments(path: Path, before: str, after: str) -> Path:
    """Return a copy of a workbook in whose comments some words stand for others; none at all leaves them out."""
    made = path.with_name(f"坏{path.name}")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(made, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            if "comment" in name and name.endswith(".xml"):
                if not after:
                    continue
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode())
            broken.writestr(name, content)
    return made


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("</comments>", "", "这张表里有批注，但文件的批注部分有缺损"),
        ("</comments>", "</comm", "这张表里有批注，但文件的批注部分有缺损"),
        ('ref="C3"', 'ref="第3格"', "这张表里还有别的批注，但文件的批注部分有缺损"),
    ],
)
def test_comments_that_cannot_be_read_are_told(
    office: Office, tmp_path: Path, before: str, after: str, told: str
) -> None:
    rows: Rows = [
        ["谈话时间", "谈话对象", "谈话类型"],
        *([f"2026-0{month}-05", "孙立新", "日常"] for month in (1, 2, 3)),
    ]
    path = _with_comments(commented(_written(tmp_path / "谈话.xlsx", rows), "B3", "C3"), before, after)
    (sheet,) = office.importing.plan(path, "integrity_talk").sheets
    assert sheet.counts()["new"] == 3
    assert sheet.notes[-1].startswith(told)
    assert any(words.startswith("B3 有批注") for words in sheet.notes) == ("还有别的" in told)


def test_our_own_marks_are_no_comments_of_the_officer(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["谈话时间", "谈话对象", "谈话类型"], ["2026-13-01", "孙立新", "日常"], ["2026-03-02", "", "日常"]]
    for name, places in (("无批注.xlsx", ()), ("有批注.xlsx", ("C3",))):
        path = commented(_written(tmp_path / name, rows), *places)
        plan = office.importing.plan(path, "integrity_talk")
        marked = office.importing.error_workbook(plan, tmp_path / f"标注{name}")
        assert load_workbook(marked).active["A2"].comment is not None  # type: ignore[index]  # one sheet
        (sheet,) = office.importing.plan(marked, "integrity_talk").sheets
        assert [words.partition(" 有批注")[0] for words in sheet.notes] == list(places)


def test_the_unit_of_money_over_the_table_is_said(office: Office) -> None:
    (sheet,) = office.importing.plan(FOLDER / "18_reviews_unit_above.xlsx").sheets
    assert sheet.notes == ("表头上方写着“单位：万元”，没有写单位的金额按万元换算成元。",)


def test_a_rounded_amount_says_what_is_shown_and_survives_mending(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["议题名称", "事项类别", "金额(元)", "拟上会时间"], ["采购", "大额资金", 1186.6, "2026.5.1"]]
    sheet = planned(office, tmp_path / "议题.xlsx", rows, "review_item", "C2=0")
    (problem,) = sheet.row(2).problems
    assert (problem.code, problem.column) == ("rounded", "C")
    assert problem.message == "原表显示为 1187，存的是 1186.6，按存的数导入"
    mended = sheet.mend(2, 0, "采购电脑")
    assert [each.code for each in mended.problems] == ["rounded"]
    assert str(mended.values["amount"]) == "1186.60"


def test_a_day_that_depends_on_when_it_was_written_is_never_guessed(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["谈话时间", "谈话对象", "谈话类型"], ["下周三", "孙立新", "日常"]]
    row = planned(office, tmp_path / "谈话.xlsx", rows, "integrity_talk").row(2)
    assert (row.outcome, row.problems[0].code) == ("refused", "relative_date")


def test_a_formula_without_result_is_never_taken_for_words_after_another_cell_was_mended(
    office: Office, tmp_path: Path
) -> None:
    rows: Rows = [["谈话时间", "谈话对象", "谈话类型", "谈话内容"], ["2025.3.6", "孙立新", "日常", '="a"&"b"']]
    sheet = planned(office, tmp_path / "谈话.xlsx", rows, "integrity_talk")
    mended = sheet.mend(2, 2, "提醒")
    assert mended.values.get("record") is None
    assert [each.code for each in mended.problems] == ["error_cell"]


def test_a_long_code_kept_as_a_number_is_refused_with_the_reason(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["姓名", "身份证号"], ["李四", 110101197811050000], ["王五", "110101199001011237"]]
    sheet = planned(office, tmp_path / "名册.xlsx", rows, "person")
    (problem,) = sheet.row(2).problems
    assert problem.code == "lost_digits"
    assert "已经丢失" in problem.message
    assert sheet.row(2).values.get("id_no") is None
    assert sheet.row(3).values["id_no"] == "110101199001011237"


def test_columns_that_are_parts_of_one_field_are_kept_beside_it(office: Office) -> None:
    (sheet,) = office.importing.plan(FOLDER / "14_duties_quarters.xlsx").sheets
    assert sheet.row(4).values.get("progress") is None
    assert sheet.row(4).extra["落实情况 / 三季度"] == "已检查"


def test_a_cell_that_cannot_be_read_leaves_the_record_as_it_was(office: Office, tmp_path: Path) -> None:
    head = ["谈话时间", "谈话对象", "谈话类型", "回访日期", "谈话地点"]
    good: Rows = [head, ["2025.3.6", "孙立新", "日常", "2025.6.6", "谈话室"]]
    plan = office.importing.plan(_written(tmp_path / "一.xlsx", good))
    office.importing.apply(plan)
    bad: Rows = [head, ["2025.3.6", "孙立新", "日常", "待定", None]]
    (row,) = planned(office, tmp_path / "二.xlsx", bad, "integrity_talk").rows()
    assert row.outcome == "changed"
    assert "revisit_date" not in row.values
    assert row.values["place"] is None
    assert row.extra == {"回访日期": "待定"}


def test_what_is_said_of_an_informant_is_sealed_where_there_is_a_place_and_told_where_there_is_none(
    office: Office, tmp_path: Path
) -> None:
    told = "139-0000-1111"
    for header, place in (
        ("反映人联系方式", "phone"),
        ("举报人手机号码", "phone"),
        ("信访人住址", "address"),
        ("反映人工作单位", "employer"),
        ("反映人证件号码", ""),
        ("被反映人联系方式", None),
    ):
        rows: Rows = [["收件日期", "主要问题摘要", "被反映人", header], ["2026.1.5", "反映作风问题", "某甲", told]]
        sheet = planned(office, tmp_path / "信访.xlsx", rows, "petition")
        (row,) = sheet.rows()
        sealed = {name.removeprefix("informant.") for name in row.values if name.startswith("informant.")}
        assert sealed == ({place} if place else set()), header
        assert (told in str(row.extra)) == (place is None), header
        assert any(header in words for words in sheet.notes) == (place == ""), header

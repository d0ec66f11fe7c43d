"""Tables are found in sheets as officers keep them."""

import time
from pathlib import Path

import openpyxl
import pytest

from paizhu.documents.tables.frame import Given
from tests.unit.documents.ledgers import FOLDER, found

TALK_COLUMNS = {
    "B": "start_at",
    "C": "subject",
    "D": "subject_post",
    "E": "kind",
    "F": "talker",
    "G": "record",
    "H": "subject_statement",
    "I": "follow_up",
    "J": "remarks",
}
PLAIN_TALK = {"A": "start_at", "B": "subject", "C": "subject_post", "D": "kind", "E": "talker", "F": "record"}
DUTY_COLUMNS = {
    "B": "subject",
    "C": "content",
    "E": "measures",
    "F": "duty_dept",
    "G": "owner",
    "H": "due_date",
    "I": "progress",
}
REVIEW_COLUMNS = {
    "B": "title",
    "C": "category",
    "D": "amount",
    "E": "submit_dept",
    "F": "submitted_at",
    "G": "planned_meeting_at",
    "H": "opinion",
    "I": "adopted",
}
LEAD_COLUMNS = {
    "A": "no",
    "B": "received_at",
    "C": "subject",
    "D": "subject_unit",
    "E": "subject_post",
    "F": "summary",
    "G": "source",
    "H": "mode",
    "I": "closed_at",
}
PETITION_COLUMNS = {
    "A": "no",
    "B": "received_at",
    "C": "channel",
    "D": "reported_names",
    "E": "summary",
    "F": "handling",
    "G": "remarks",
}

# File, register, header rows, rows with records, columns, rows passed over.
EXPECTED = [
    *(
        (name, "integrity_talk", (2, 3), [4, 5, 6, 7, 8, 9], TALK_COLUMNS, {10: "合计行", 11: "落款"})
        for name in ("talks_merged.xlsx", "talks_merged.xls", "wps_says_a1.xlsx", "claims_whole_sheet.xlsx")
    ),
    *(
        (name, "integrity_talk", (2,), [3, 4, 5, 6, 7, 8], PLAIN_TALK, {9: "合计行"})
        for name in ("talks_gb18030.csv", "talks_utf8_bom.csv", "talks_tabs.csv")
    ),
    ("talks_plain.xlsx", "integrity_talk", (1,), [2, 3, 4, 5, 6, 7], PLAIN_TALK, {}),
    *(
        (
            name,
            "duty_item",
            (3,),
            [4, 5, 6, 8, 9],
            DUTY_COLUMNS,
            {7: "合计行", 10: "只有序号，没有内容", 11: "只有序号，没有内容", 12: "表下的说明", 13: "落款"},
        )
        for name in ("duties_grouped.xlsx", "duties_grouped.ods")
    ),
    *(
        (name, "review_item", (2,), [3, 4, 9, 10], REVIEW_COLUMNS, {5: "合计行", 7: "分组标题", 8: "重复的表头"})
        for name in ("reviews_two_tables.xlsx", "reviews_two_tables.ods")
    ),
    *(
        (name, "lead", (2, 3, 4), [5, 6, 7], LEAD_COLUMNS, {})
        for name in ("leads_three_rows.xlsx", "leads_three_rows.xls")
    ),
    (
        "petitions_repeated_header.xlsx",
        "petition",
        (2,),
        [3, 4, 5, 6, 8, 9, 10, 11, 13, 14, 15, 16],
        PETITION_COLUMNS,
        {7: "重复的表头", 12: "重复的表头"},
    ),
]


@pytest.mark.parametrize(
    ("name", "register", "header", "rows", "columns", "skipped"), EXPECTED, ids=[each[0] for each in EXPECTED]
)
def test_a_ledger_is_read_without_a_click(
    name: str,
    register: str,
    header: tuple[int, ...],
    rows: list[int],
    columns: dict[str, str],
    skipped: dict[int, str],
) -> None:
    (table,) = found(FOLDER / name)
    assert (table.key, table.frame.header_rows, table.frame.certain) == (register, header, True)
    assert [row.number for row in table.rows] == rows
    assert (table.frame.first_row, table.frame.last_row) == (rows[0], rows[-1])
    assert table.fed == columns
    assert {each.row: each.reason for each in table.frame.skipped} == skipped


def test_headings_of_two_rows_are_joined() -> None:
    (table,) = found(FOLDER / "talks_merged.xlsx")
    heads = {column.letters: column.header for column in table.frame.columns}
    assert (heads["C"], heads["D"], heads["B"], heads["K"]) == ("被谈话人 / 姓名", "被谈话人 / 职务", "时间", "")


def test_a_group_merged_over_rows_reaches_down_to_each() -> None:
    (table,) = found(FOLDER / "duties_grouped.xlsx")
    subjects = [(row.cell(1), 1 in row.carried, row.hidden) for row in table.rows]
    assert subjects == [
        ("党组书记\n王建国", False, False),
        ("党组书记\n王建国", True, True),
        ("党组书记\n王建国", True, False),
        ("副局长\n张伟", False, False),
        ("副局长\n张伟", True, False),
    ]


def test_words_over_the_table_are_kept_for_the_year() -> None:
    (table,) = found(FOLDER / "duties_grouped.xlsx")
    assert "某某局2026年全面从严治党责任清单" in table.frame.above


def test_sheets_of_one_workbook_hold_different_registers() -> None:
    assert [(table.sheet, table.key) for table in found(FOLDER / "roster.xlsx")] == [
        ("干部名册", "person"),
        ("单位", "unit"),
    ]


def _saved(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_two_registers_one_below_the_other_are_two_tables(tmp_path: Path) -> None:
    path = _saved(
        tmp_path / "a.xlsx",
        [
            ["一、谈话"],
            ["谈话日期", "谈话对象", "谈话类型", "谈话内容"],
            ["2026.3.5", "孙立新", "提醒", "内容"],
            [],
            ["二、单位"],
            ["单位名称", "简称", "单位类型"],
            ["某某局", "某局", "驻在单位"],
        ],
    )
    tables = found(path)
    assert [(table.key, table.frame.header_rows, [row.number for row in table.rows]) for table in tables] == [
        ("integrity_talk", (2,), [3]),
        ("unit", (6,), [7]),
    ]
    assert [each.reason for each in tables[0].frame.skipped] == ["另一张表的标题"]


def test_a_two_row_header_without_merged_cells_is_understood(tmp_path: Path) -> None:
    path = _saved(
        tmp_path / "a.xlsx",
        [
            ["时间", "被谈话人", None, "谈话类别", "谈话人"],
            [None, "姓名", "职务", None, None],
            ["2026.3.5", "孙立新", "处长", "提醒", "陈守正"],
            ["2026.3.6", "丁海波", "科长", "提醒", "陈守正"],
        ],
    )
    (table,) = found(path)
    assert table.frame.header_rows == (1, 2)
    assert table.fed == {"A": "start_at", "B": "subject", "C": "subject_post", "D": "kind", "E": "talker"}


def test_people_whose_words_look_like_totals_are_not_passed_over(tmp_path: Path) -> None:
    path = _saved(
        tmp_path / "a.xlsx",
        [
            ["谈话对象", "谈话日期", "谈话内容"],
            ["合小计", "2026.3.5", "合计数据核对不严"],
            ["共计明", "2026.3.6", "审核人员要回避"],
        ],
    )
    (table,) = found(path)
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize("signer", ["组长签字：", "纪检组长：", "分管领导签字：示例丁", "签发：", "记录人：示例戊"])
def test_whoever_signs_below_the_table_is_no_record(tmp_path: Path, signer: str) -> None:
    path = _saved(
        tmp_path / "a.xlsx",
        [
            ["谈话对象", "谈话日期", "谈话内容", "谈话人"],
            ["示例甲", "2026.3.5", "组长：当面提醒", "示例丙"],
            ["组长签", "2026.3.6", "提醒", "示例丙"],
            [None, None, None, None],
            [signer, None, "填表人：示例丙", "联系电话："],
        ],
    )
    (table,) = found(path)
    assert [row.number for row in table.rows] == [2, 3]


def test_a_sheet_without_any_known_word_gives_an_uncertain_table_or_none(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.xlsx", [["Apfel", "Birne"], [1, 2], [3, 4]])
    tables = found(path)
    assert all(not table.frame.certain and table.matching is None for table in tables)


def test_the_frame_the_officer_sets_wins() -> None:
    (table,) = found(FOLDER / "talks_merged.xlsx", Given((2, 3), 6, 7))
    assert [row.number for row in table.rows] == [6, 7]
    assert table.fed == TALK_COLUMNS


def test_a_long_ledger_is_read_in_one_pass_in_little_time(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["谈话日期", "谈话对象", "谈话类型", "谈话内容"])
    for number in range(5000):
        sheet.append(["2026.3.5", f"某{number}", "提醒", "内容"])
    book.save(path)
    started = time.perf_counter()
    (table,) = found(path)
    assert (len(table.rows), table.frame.last_row) == (5000, 5001)
    assert time.perf_counter() - started < 5

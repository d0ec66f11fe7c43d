"""Cells that mean more, or less, than they say: name and post in one, a date over three, days without a year."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from paizhu.base.rows import Ref
from paizhu.base.values import Reading
from paizhu.services.importing.completing import Completing
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.importing.rows import RowReader
from paizhu.services.linking import Roster
from paizhu.services.office import Office


def planned(office: Office, tmp_path: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> SheetPlan:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    book.save(tmp_path / "台账.xlsx")
    (found,) = office.importing.plan(tmp_path / "台账.xlsx", "integrity_talk").sheets
    return found


@pytest.mark.parametrize("header", ["谈话对象姓名及职务", "被谈话人姓名、职务", "姓名及职务"])
def test_name_and_post_in_one_column_feed_two_fields(office: Office, tmp_path: Path, header: str) -> None:
    sheet = planned(
        office,
        tmp_path,
        [
            ["序号", "谈话日期", header, "谈话类型"],
            [1, "2025.3.6", "孙立新（副局长）", "日常"],
            [2, "2025.3.7", "丁海波", "日常"],
        ],
    )
    assert (sheet.row(2).values["subject"], sheet.row(2).values["subject_post"]) == (Ref("孙立新"), "副局长")
    assert sheet.row(3).values["subject"] == Ref("丁海波")
    assert not sheet.row(3).values.get("subject_post")


def test_a_column_of_posts_beside_it_keeps_its_own(office: Office, tmp_path: Path) -> None:
    rows = [["谈话日期", "谈话对象", "职务", "谈话类型"], ["2025.3.6", "孙立新", "副局长", "日常"]]
    sheet = planned(office, tmp_path, rows)
    assert (sheet.row(2).values["subject"], sheet.row(2).values["subject_post"]) == (Ref("孙立新"), "副局长")


def test_year_month_and_day_in_three_columns_are_one_date(office: Office, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["谈话日期", None, None, "谈话对象", "谈话类型"],
        ["年", "月", "日"],
        [2025, 3, 6, "孙立新", "日常"],
        ["2025年", "4月", "30日", "丁海波", "日常"],
        [2025, 2, 30, "何文涛", "日常"],
    ]
    sheet = planned(office, tmp_path, rows, ["A1:C1", "D1:D2", "E1:E2"])
    assert [row.values.get("start_at") or row.values.get("planned_date") for row in sheet.rows(["new"])] == [
        date(2025, 3, 6),
        date(2025, 4, 30),
    ]
    assert sheet.row(5).outcome == "refused"
    assert sheet.mend(5, 0, "2025.2.28").outcome == "new"


def test_a_day_without_year_takes_it_from_the_rows_above_and_says_so(office: Office, tmp_path: Path) -> None:
    rows = [["谈话日期", "谈话对象", "谈话类型"], ["2023.3.6", "孙立新", "日常"], ["5月8日", "丁海波", "日常"]]
    sheet = planned(office, tmp_path, rows)
    row = sheet.row(3)
    assert date(2023, 5, 8) in row.values.values()
    said = [each for each in row.problems if each.code == "year"]
    assert [(each.column, each.severity, "2023" in each.message) for each in said] == [("A", "warning", True)]
    assert not [each for each in sheet.row(2).problems if each.code == "year"]


def test_rows_read_together_are_those_read_one_by_one(office: Office, tmp_path: Path) -> None:
    header = ["谈话日期", "谈话对象", "谈话类型", "谈话内容", "已核对签字", "集体人数", "旧表的一列"]
    plain: list[list[object]] = [
        ["2025.3.6", "孙立新", "日常", "谈了  三个问题 ", "是", 1, None],
        [date(2025, 3, 7), "丁海波", "日常", None, True, 2.0, "原文"],
        ["2025.3.6", "孙 立新", "年度", "●●●", "√", "三人", ""],
        [datetime(2025, 3, 8, 9, 30), "丁海波、孙立新", "没有这一种", "#REF!", "否", True, 5],
        [20250309, "", "日常", "长" * 60, None, 1, "●●●"],
        ["2025.13.40", "何文涛", "日常", "谈了三个问题", "是", 1.5],
        ["2025.3.6", "孙立新"],
    ]
    for rows in (plain, [*plain[:3], ["3月10日", "何文涛", "日常", "谈", "是", 1], *plain[3:]]):
        sheet = planned(office, tmp_path, [header, *rows])
        together, alone = (
            RowReader(
                sheet.columns,
                Reading(None, add_working_days=office.desk.calendar.add_working_days),
                office.vault.seal,
                Completing(office.desk, sheet.register, Roster(office.vault), (), below=False),
            )
            for _ in range(2)
        )
        numbered = list(enumerate(rows, start=2))
        for _again in range(2):
            block = together.read_all(numbered)
            assert [block.row(at) for at in range(len(rows))] == [alone.read_all([each]).row(0) for each in numbered]


def test_a_day_without_a_year_takes_the_year_of_the_nearest_day_above(office: Office, tmp_path: Path) -> None:
    rows = [["谈话日期", "谈话对象", "谈话类型"]]
    rows += [[day, "孙立新", "日常"] for day in ("2024.3.6", "2025.3.6", "2024.3.6", "4月7日")]
    assert planned(office, tmp_path, rows).row(5).values["start_at"] == date(2024, 4, 7)

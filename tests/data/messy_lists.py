"""Responsibility lists and items reviewed before meetings: grouped rows, columns by quarter, money in any unit."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook as XWorkbook

from tests.data.messy_kit import Messy, Table, merge, new, put, xput


def grouped(path: Path) -> None:
    """Merged subjects and categories, subtotals between, limits that are no days, hidden row and column, empty rows."""
    book, sheet = new("责任清单")
    put(
        sheet,
        1,
        [
            ["某市示例局2026年全面从严治党责任清单"],
            ["填报单位：示例局", None, None, None, None, None, None, "2026年1月"],
            [
                "序\n号",
                "责任主体",
                "责任类别",
                "责任  内容",
                "落实措施",
                "责任部门",
                "责任人",
                "完成\n时限",
                "落实情况",
                "备注",
            ],
            [
                1,
                "党组书记\n王建国",
                "统筹谋划部署",
                "每半年研究一次",
                "召开党组会",
                "办公室",
                "李明",
                "2026.6.30",
                "已研究",
            ],
            [2, None, None, "签订责任书", "逐级签订", "办公室", "李明", "2026年3月底前"],
            [3, None, "强化宣传教育", "开展警示教育", None, "机关党委", "周红", date(2026, 12, 20)],
            ["小计", None, None, "3项"],
            [4, "副局长\n张伟", "推进源头治理", "排查廉政风险", "建立台账", "财务科", "赵琳", "20260930", None, "重点"],
            [5, None, None, "开展谈心谈话", "不少于4次", "财务科", "赵琳", "长期坚持"],
            ["合计", None, None, "5项"],
            [6],
            [7],
            ["注：本表每季度更新一次。"],
            ["单位负责人：王建国", None, None, None, None, None, "联系电话：000-0000000"],
        ],
    )
    merge(sheet, "A1:J1", "B4:B6", "C4:C5", "B8:B9", "C8:C9")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["J"].hidden = True
    book.save(path)


GROUPED = Table(
    "责任清单",
    "duty_item",
    (3,),
    {
        "B": "subject",
        "C": "category",
        "D": "content",
        "E": "measures",
        "F": "duty_dept",
        "G": "owner",
        "H": "due_date",
        "I": "progress",
        "J": "remarks",
    },
    {
        4: [
            "党组书记 王建国",
            "planning",
            "每半年研究一次",
            "召开党组会",
            "办公室",
            "李明",
            "2026-06-30",
            "已研究",
            None,
        ],
        5: ["党组书记 王建国", "planning", "签订责任书", "逐级签订", "办公室", "李明", "2026-03-31", None, None],
        6: ["党组书记 王建国", "education", "开展警示教育", None, "机关党委", "周红", "2026-12-20", None, None],
        8: ["副局长 张伟", "prevention", "排查廉政风险", "建立台账", "财务科", "赵琳", "2026-09-30", None, "重点"],
        9: ["副局长 张伟", "prevention", "开展谈心谈话", "不少于4次", "财务科", "赵琳", None, None, None],
    },
    skipped=(7, 10, 11, 12, 13, 14),
    problems={9: ("H:invalid_date",)},
    extra={9: {"完成 时限": "长期坚持"}},
    hidden_rows=(5,),
    hidden_columns=("J",),
)


def quarters(path: Path) -> None:
    """What was done stands in four columns, one a quarter, under one heading; none of them is the whole."""
    book = XWorkbook(str(path))
    sheet = book.add_worksheet("落实")
    sheet.merge_range("A1:I1", "示例局2025年度主体责任清单落实情况")
    sheet.merge_range("A2:A3", "序号")
    for column, words in (("B", "责任主体"), ("C", "工作任务"), ("D", "责任人"), ("E", "完成时限")):
        sheet.merge_range(f"{column}2:{column}3", words)
    sheet.merge_range("F2:I2", "落实情况")
    for column, words in zip("FGHI", ("一季度", "二季度", "三季度", "四季度"), strict=True):
        sheet.write(f"{column}3", words)
    xput(
        sheet,
        4,
        [
            [1, "党组", "研究部署工作", "王建国", "2025年12月31日", "已部署", "已推进", "已检查", "已总结"],
            [2, "党组", "约谈下级", "王建国", "12月底前", None, "约谈2人", None, "约谈3人"],
        ],
    )
    book.close()


QUARTERS = Table(
    "落实",
    "duty_item",
    (2, 3),
    {"B": "subject", "C": "content", "D": "owner", "E": "due_date", "F": "", "G": "", "H": "", "I": ""},
    {4: ["党组", "研究部署工作", "王建国", "2025-12-31"], 5: ["党组", "约谈下级", "王建国", "2025-12-31"]},
    problems={5: ("E:year",)},
    extra={
        4: {
            "落实情况 / 一季度": "已部署",
            "落实情况 / 二季度": "已推进",
            "落实情况 / 三季度": "已检查",
            "落实情况 / 四季度": "已总结",
        },
        5: {"落实情况 / 二季度": "约谈2人", "落实情况 / 四季度": "约谈3人"},
    },
)


def duty_csv(path: Path) -> None:
    """A text table with a heading over two lines and cells of several lines, the last column without a heading."""
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["2026年责任清单", "", "", "", "", ""])
        writer.writerow(["序号", "责任主体", "责任\n内容", "完成期限", "责任部门", ""])
        writer.writerow(["1", "党组", "一、研究部署\n二、督促检查", "2026-6-30", "办公室", "重点"])
        writer.writerow(["2", "王建国", "述责述廉", "2026年11月", "人事科", ""])


DUTY_CSV = Table(
    "15_duties_gb",
    "duty_item",
    (2,),
    {"B": "subject", "C": "content", "D": "due_date", "E": "duty_dept", "F": ""},
    {
        3: ["党组", "一、研究部署\n二、督促检查", "2026-06-30", "办公室"],
        4: ["王建国", "述责述廉", None, "人事科"],
    },
    problems={4: ("D:no_day",)},
    extra={3: {"F 列": "重点"}, 4: {"完成期限": "2026年11月"}},
)


def two_lists(path: Path) -> None:
    """Two lists in one sheet, one below the other, with other columns each."""
    book, sheet = new("清单")
    put(
        sheet,
        1,
        [
            ["一、正面清单"],
            ["序号", "责任主体", "责任内容", "完成时限", "责任人"],
            [1, "党组", "研究部署", "2026.6.30", "王建国"],
            [2, "党组", "听取汇报", "2026.12.20", "王建国"],
            [None],
            ["二、负面清单"],
            ["序号", "责任内容", "责任主体", "落实措施", "责任部门", "完成时限"],
            [1, "不得插手工程", "全体班子成员", "承诺", "办公室", "2026.12.31"],
        ],
    )
    merge(sheet, "A1:E1", "A6:F6")
    book.save(path)


TWO_LISTS = (
    Table(
        "清单",
        "duty_item",
        (2,),
        {"B": "subject", "C": "content", "D": "due_date", "E": "owner"},
        {3: ["党组", "研究部署", "2026-06-30", "王建国"], 4: ["党组", "听取汇报", "2026-12-20", "王建国"]},
        skipped=(6,),
    ),
    Table(
        "清单",
        "duty_item",
        (7,),
        {"B": "content", "C": "subject", "D": "measures", "E": "duty_dept", "F": "due_date"},
        {8: ["不得插手工程", "全体班子成员", "承诺", "办公室", "2026-12-31"]},
    ),
)

BOOKS: list[Any] = [
    Messy("13_duties_grouped.ods", grouped, (GROUPED,), through="ods"),
    Messy("14_duties_quarters.xlsx", quarters, (QUARTERS,)),
    Messy("15_duties_gb.csv", duty_csv, (DUTY_CSV,)),
    Messy("16_duties_two_lists.xlsx", two_lists, TWO_LISTS, through="xlsx"),
]

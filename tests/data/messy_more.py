"""More ledgers as they come: numbered empty rows, another calendar, headers without merges, days in every writing."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl.styles import Border, Side
from xlsxwriter import Workbook as XWorkbook

from tests.data.messy_kit import Messy, Table, merge, new, put, xput

_HEADS = ["序号", "谈话时间", "谈话对象", "职务", "谈话类型", "主谈人", "谈话内容"]
_FIELDS = {"B": "start_at", "C": "subject", "D": "subject_post", "E": "kind", "F": "talker", "G": "record"}


def blank_below(path: Path) -> None:
    """Numbers filled in beforehand for three hundred rows, a mark that nothing follows, borders to the end."""
    book, sheet = new("谈话")
    put(sheet, 1, [["2025年谈话登记"], _HEADS])
    put(
        sheet,
        3,
        [
            [1, "2025.3.6", "孙立新", "副局长", "提醒", "陈守正", "提醒"],
            [2, "2025.3.7", "丁海波", "处长", "日常", "陈守正", "收心"],
            [3, "（以下空白）"],
            *([number] for number in range(4, 301)),
        ],
    )
    merge(sheet, "A1:G1")
    box = Border(left=Side(style="thin"), bottom=Side(style="thin"))
    for row in sheet.iter_rows(3, 500, 1, 7):
        for cell in row:
            cell.border = box
    book.save(path)


BLANK_BELOW = Table(
    "谈话",
    "integrity_talk",
    (2,),
    _FIELDS,
    {
        3: ["2025-03-06", "孙立新", "副局长", "reminder", "陈守正", "提醒"],
        4: ["2025-03-07", "丁海波", "处长", "routine", "陈守正", "收心"],
    },
    skipped=tuple(range(5, 303)),
)


def mac_calendar(path: Path) -> None:
    """A workbook that counts its days from 1904, with months alone among the days and a narrow hidden column."""
    book = XWorkbook(str(path), {"date_1904": True})
    sheet = book.add_worksheet("谈话")
    day = book.add_format({"num_format": "m月d日"})
    xput(
        sheet, 1, [_HEADS, [1, None, "孙立新", "副局长", "提醒", "陈守正", "提醒"], [2, None, "丁海波", "处长", "日常"]]
    )
    sheet.write_datetime("B2", datetime.fromisoformat("2025-03-06"), day)
    sheet.write_datetime("B3", datetime.fromisoformat("2025-11-30"), day)
    sheet.set_column("D:D", 8, None, {"hidden": True})
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()


MAC_CALENDAR = Table(
    "谈话",
    "integrity_talk",
    (1,),
    _FIELDS,
    {
        2: ["2025-03-06", "孙立新", "副局长", "reminder", "陈守正", "提醒"],
        3: ["2025-11-30", "丁海波", "处长", "routine", None, None],
    },
    hidden_rows=(3,),
    hidden_columns=("D",),
)


def unmerged(path: Path) -> None:
    """A header of two rows without merges, in a text table: the upper heading stands over the first of its columns."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["2025年谈话登记表", "", "", "", "", "", ""])
        writer.writerow(["序号", "被谈话人", "", "", "谈话情况", "", ""])
        writer.writerow(["", "姓名", "职务", "政治面貌", "时间", "谈话人", "内容"])
        writer.writerow(["1", "孙立新", "副局长", "中共党员", "2025.3.6", "陈守正", "提醒"])
        writer.writerow(["2", "丁海波", "处长", "群众", "2025.3.7", "陈守正", "收心"])


UNMERGED = Table(
    "34_talks_unmerged",
    "integrity_talk",
    (2, 3),
    {
        "B": "subject",
        "C": "subject_post",
        "D": "subject_political",
        "E": "start_at",
        "F": "talker",
        "G": "record",
    },
    {
        4: ["孙立新", "副局长", "member", "2025-03-06", "陈守正", "提醒"],
        5: ["丁海波", "处长", "masses", "2025-03-07", "陈守正", "收心"],
    },
)


def cases(path: Path) -> None:
    """Cases with a person merged over two cases, stages of a case in columns, and amounts in ten thousands."""
    book, sheet = new("案件")
    put(
        sheet,
        1,
        [
            ["2025年度立案审查调查台账"],
            [
                "案件编号",
                "案件名称",
                "被审查调查人",
                "立案类型",
                "立案日期",
                "主要违纪事实",
                "追缴金额（万元）",
                "结案日期",
            ],
            ["案〔2025〕001", "甲某违规发放补贴案", "甲某", "党纪立案", "2025.3.6", "违规发放补贴", 1.5, "2025.6.6"],
            ["案〔2025〕002", "甲某收受礼品案", None, "党纪、政务立案", "2025.4.7", "收受礼品", None, None],
            ["案〔2025〕003", "某站财务混乱案", "某站", "对单位问责", "2025.5.8", "财务混乱", "0.3万", None],
        ],
    )
    merge(sheet, "A1:H1", "C3:C4")
    book.save(path)


CASES = Table(
    "案件",
    "case",
    (2,),
    {
        "A": "no",
        "B": "name",
        "C": "subject",
        "D": "kind",
        "E": "filed_at",
        "F": "facts",
        "G": "money_recovered",
        "H": "closed_at",
    },
    {
        3: [
            "案〔2025〕001",
            "甲某违规发放补贴案",
            "甲某",
            "party",
            "2025-03-06",
            "违规发放补贴",
            "15000.00",
            "2025-06-06",
        ],
        4: ["案〔2025〕002", "甲某收受礼品案", "甲某", "both", "2025-04-07", "收受礼品", None, None],
        5: ["案〔2025〕003", "某站财务混乱案", "某站", "body", "2025-05-08", "财务混乱", "3000.00", None],
    },
)


_NAMES = "甲乙丙丁戊己庚辛壬癸子"


def days(path: Path) -> None:
    """One day after the other, each written in another way; some of them are no days."""
    book, sheet = new("2025年谈话")
    written: list[Any] = [
        "2025年三月六日",
        "二〇二五年三月七日",
        "25.3.8",
        "2025-03-09 00:00:00",
        "3月10日下午",
        2025.1,
        "2025.3",
        "待定",
        "2025/3/14 星期五",
        "三月十五日",
        "2025.13.1",
    ]
    put(
        sheet,
        1,
        [
            ["谈话时间", "谈话对象", "谈话类型"],
            *([day, f"张{name}某", "日常"] for name, day in zip(_NAMES, written, strict=True)),
        ],
    )
    book.save(path)


_DAYS = [
    "2025-03-06", "2025-03-07", "2025-03-08", "2025-03-09", "2025-03-10", None, None, None, "2025-03-14", "2025-03-15",
    None,
]  # fmt: skip
_WRONG = {7: "ambiguous", 8: "no_day", 9: "invalid_date", 12: "invalid_date"}
DAYS = Table(
    "2025年谈话",
    "integrity_talk",
    (1,),
    {"A": "start_at", "B": "subject", "C": "kind"},
    {
        row: [day, f"张{name}某", "routine"] if row not in _WRONG else []
        for row, (name, day) in enumerate(zip(_NAMES, _DAYS, strict=True), 2)
    },
    problems={**{row: (f"A:{code}",) for row, code in _WRONG.items()}, 6: ("A:year",), 11: ("A:year",)},
    refused=tuple(_WRONG),
)


def two_rows_high(path: Path) -> None:
    """Records two rows high: every cell but one merged over both, the last one split in two lines."""
    book, sheet = new("责任")
    put(
        sheet,
        1,
        [
            ["责任主体", "责任内容", "完成时限", "责任人", "落实措施"],
            ["党组", "研究部署", "2026.6.30", "王建国", "召开会议"],
            [None, None, None, None, "印发通知"],
            ["党组", "听取汇报", "2026.12.20", "李明", "听取汇报"],
            [None, None, None, None, "反馈意见"],
        ],
    )
    for column in "ABCD":
        merge(sheet, f"{column}2:{column}3", f"{column}4:{column}5")
    book.save(path)


TWO_ROWS_HIGH = Table(
    "责任",
    "duty_item",
    (1,),
    {"A": "subject", "B": "content", "C": "due_date", "D": "owner", "E": "measures"},
    {
        2: ["党组", "研究部署", "2026-06-30", "王建国", "召开会议"],
        3: ["党组", "研究部署", "2026-06-30", "王建国", "印发通知"],
        4: ["党组", "听取汇报", "2026-12-20", "李明", "听取汇报"],
        5: ["党组", "听取汇报", "2026-12-20", "李明", "反馈意见"],
    },
    problems={3: (":duplicate",), 5: (":duplicate",)},
)

BOOKS: list[Any] = [
    Messy("32_talks_blank_below.xlsx", blank_below, (BLANK_BELOW,), through="xlsx"),
    Messy("33_talks_from_1904.xlsx", mac_calendar, (MAC_CALENDAR,)),
    Messy("34_talks_unmerged.csv", unmerged, (UNMERGED,)),
    Messy("35_cases.xls", cases, (CASES,), through="xls"),
    Messy("36_talks_days.xlsx", days, (DAYS,)),
    Messy("37_duties_two_rows_high.ods", two_rows_high, (TWO_ROWS_HIGH,), through="ods"),
]

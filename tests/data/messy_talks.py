"""Ledgers of talks as officers keep them: tall headers, loose dates, totals anywhere, files of many programs."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook as XWorkbook

from tests.data.messy_kit import Messy, Table, merge, new, put, xput


def three_rows(path: Path) -> None:
    """A header of three rows, every way of writing a day, and two hundred bordered rows with nothing in them."""
    book = XWorkbook(str(path))
    box = book.add_format({"border": 1})
    sheet = book.add_worksheet("谈话登记")
    sheet.merge_range("A1:K1", "二〇二五年廉政谈话登记表", box)
    sheet.merge_range("A2:F2", "填报单位：某市示例局", box)
    sheet.merge_range("G2:K2", "填报日期：2025年12月31日", box)
    heads = ["序号", "谈话时间", None, None, None, None, "谈话类型", "谈话人", "谈话主要内容", "是否签字", "备注"]
    xput(sheet, 3, [heads], box)
    for column, words in (("A", "序号"), ("B", "谈话时间"), ("G", "谈话类型"), ("H", "谈话人")):
        sheet.merge_range(f"{column}3:{column}5", words, box)
    for column, words in (("I", "谈话主要内容"), ("J", "是否签字"), ("K", "备注")):
        sheet.merge_range(f"{column}3:{column}5", words, box)
    sheet.merge_range("C3:F3", "被谈话人基本情况", box)
    sheet.merge_range("C4:C5", "姓名", box)
    sheet.merge_range("D4:E4", "单位及职务", box)
    sheet.merge_range("F4:F5", "政治面貌", box)
    sheet.write("D5", "单位", box)
    sheet.write("E5", "职务", box)
    day = book.add_format({"border": 1, "num_format": "yyyy/m/d"})
    rows: list[list[Any]] = [
        [1, "2025.3.6", "孙立新", "示例局", "副局长", "中共党员", "提醒", "陈守正", "提醒廉政风险", "√"],
        [2, "3月18日", "张  三", "办公室", "主任", "党员", "日常", "陈守正", "节后收心", "是"],
        [3, "2025年4月2日上午9时", "吴建平", "人事科", "科长", "预备党员", "任前谈话", "陈守正", "任前要求", "有"],
        [4, "20250513", "邵永", "财务科", "科长", "群众", "约谈", "陈守正", "压实责任", "否", "已约谈"],
        [5, 45800, "田玉芳", "财务科", "副科长", "无党派", "日常", "陈守正", "日常提醒", "×"],
        [6, None, "何文涛", "信息中心", "科员", "群众", "集体谈话", "陈守正", "集体谈话", "☑"],
        [7, "２０２５．８．９", "欧阳小丽", "办公室", "科员", "党员", "回访", "陈守正", "回访", None],
    ]
    after = xput(sheet, 6, rows, box)
    sheet.write_datetime("B11", datetime.fromisoformat("2025-07-15"), day)
    xput(sheet, after, [["合计", None, "7人次"], ["填表人：李记", None, None, None, None, None, "审核人：陈守正"]], box)
    sheet.merge_range("A15:K15", "备注：1.本表按季更新。2.“谈话人”填主谈人。", box)
    for number in range(15, 215):
        for place in range(11):
            sheet.write_blank(number, place, None, box)
    book.close()


_BEFORE_POST = ["pre_appointment", "陈守正", "任前要求", True, None]
THREE_ROWS = Table(
    "谈话登记",
    "integrity_talk",
    (3, 4, 5),
    {
        "B": "start_at",
        "C": "subject",
        "D": "subject_unit",
        "E": "subject_post",
        "F": "subject_political",
        "G": "kind",
        "H": "talker",
        "I": "record",
        "J": "signed",
        "K": "remarks",
    },
    {
        6: ["2025-03-06", "孙立新", "示例局", "副局长", "member", "reminder", "陈守正", "提醒廉政风险", True, None],
        7: ["2025-03-18", "张 三", "办公室", "主任", "member", "routine", "陈守正", "节后收心", True, None],
        8: ["2025-04-02T09:00", "吴建平", "人事科", "科长", "probationary", *_BEFORE_POST],
        9: ["2025-05-13", "邵永", "财务科", "科长", "masses", "summons", "陈守正", "压实责任", False, "已约谈"],
        10: ["2025-05-23", "田玉芳", "财务科", "副科长", "non_party", "routine", "陈守正", "日常提醒", False, None],
        11: ["2025-07-15", "何文涛", "信息中心", "科员", "masses", "collective", "陈守正", "集体谈话", True, None],
        12: ["2025-08-09", "欧阳小丽", "办公室", "科员", "member", "follow_up", "陈守正", "回访", None, None],
    },
    skipped=(13, 14, 15),
    problems={7: ("B:year",)},
)


def name_and_post(path: Path) -> None:
    """Name and post in one column, the date over three, a blank column, line breaks in headings."""
    book, sheet = new("Sheet1")
    put(sheet, 1, [["2025年谈话情况一览表"]])
    heads = [
        "序号",
        "谈话日期",
        None,
        None,
        "被谈话人\n姓名及职务",
        None,
        "谈话\n类别",
        "谈话人",
        "谈话\n内容",
        "后续措施",
    ]
    put(sheet, 2, [heads, [None, "年", "月", "日"]])
    put(
        sheet,
        4,
        [
            [1, 2025, 3, 6, "孙立新（副局长）", None, "提醒谈话", "陈守正", "提醒风险", "回访"],
            [2, 2025, 4, 30, "副局长 丁海波", None, "日常谈话", "陈守正", "收心", "无"],
            [3, 2025, "5月", "8日", "吴建平科长", None, "任前", "陈守正、李记", "任前要求", None],
            [4, "2025年", 6, 31, "何文涛", None, "日常", "陈守正", "没有这一天", None],
        ],
    )
    merge(sheet, "A1:J1", "B2:D2", "A2:A3", "E2:E3", "G2:G3", "H2:H3", "I2:I3", "J2:J3")
    book.save(path)


NAME_AND_POST = Table(
    "Sheet1",
    "integrity_talk",
    (2, 3),
    {"B": "start_at", "E": "subject", "G": "kind", "H": "talker", "I": "record", "J": "follow_up", "": "subject_post"},
    {
        4: ["2025-03-06", "孙立新", "reminder", "陈守正", "提醒风险", "revisit", "副局长"],
        5: ["2025-04-30", "丁海波", "routine", "陈守正", "收心", "none", "副局长"],
        6: ["2025-05-08", "吴建平", "pre_appointment", "陈守正、李记", "任前要求", None, "科长"],
        7: [],
    },
    problems={6: ("H:several_names",), 7: ("B:invalid_date",)},
    refused=(7,),
)


def by_quarter(path: Path) -> None:
    """A sheet a quarter with its columns in another order each time, a sheet of figures, one of words, a hidden one."""
    book, sheet = new("一季度")
    put(
        sheet,
        1,
        [
            ["2025年第一季度谈话台账"],
            ["序号", "谈话时间", "谈话对象", "职务", "谈话类型", "主谈人", "谈话内容"],
            [1, "1月8日", "孙立新", "副局长", "提醒", "陈守正", "提醒"],
            [2, "2月14日", "丁海波", "处长", "节前提醒", "陈守正", "过节"],
            ["小计", None, "2人"],
        ],
    )
    merge(sheet, "A1:G1")
    second = book.create_sheet("二季度")
    put(
        second,
        1,
        [
            ["2025年第二季度谈话台账"],
            ["序号", "谈话对象", "职务", "谈话类型", "主谈人", "谈话内容", "谈话时间"],
            [1, "吴建平", "科长", "任前", "陈守正", "任前", "4月2日"],
        ],
    )
    merge(second, "A1:G1")
    figures = book.create_sheet("汇总")
    put(
        figures,
        1,
        [
            ["2025年上半年谈话情况汇总"],
            ["单位", "提醒谈话", "诫勉谈话", "任前谈话", "合计"],
            ["办公室", 3, 1, 0, 4],
            ["财务科", 2, 0, 1, 3],
            ["合计", 5, 1, 1, 7],
        ],
    )
    words = book.create_sheet("填表说明")
    put(words, 1, [["填表说明"], ["一、本表由各处室填写。"], ["二、谈话时间填到日。"]])
    hidden = book.create_sheet("参数")
    put(hidden, 1, [["提醒"], ["约谈"]])
    hidden.sheet_state = "hidden"
    book.save(path)


TALK_FIELDS = {"B": "start_at", "C": "subject", "D": "subject_post", "E": "kind", "F": "talker", "G": "record"}
BY_QUARTER = (
    Table(
        "一季度",
        "integrity_talk",
        (2,),
        TALK_FIELDS,
        {
            3: ["2025-01-08", "孙立新", "副局长", "reminder", "陈守正", "提醒"],
            4: ["2025-02-14", "丁海波", "处长", "holiday", "陈守正", "过节"],
        },
        skipped=(5,),
        problems={3: ("B:year",), 4: ("B:year",)},
    ),
    Table(
        "二季度",
        "integrity_talk",
        (2,),
        {"B": "subject", "C": "subject_post", "D": "kind", "E": "talker", "F": "record", "G": "start_at"},
        {3: ["吴建平", "科长", "pre_appointment", "陈守正", "任前", "2025-04-02"]},
        problems={3: ("G:year",)},
    ),
)


def bom(path: Path) -> None:
    """A text table with a byte order mark, words over two lines, and codes with zeros in front."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["谈话登记表（2025年）", "", "", "", "", "", ""])
        writer.writerow(["谈话时间", "谈话对象", "工作单位", "职务", "谈话类型", "主要内容", "证件号"])
        writer.writerow(["2025/3/6 9:30", "孙立新", "示例局", "副局长", "提醒", "第一行，有逗号\n第二行", "000123"])
        writer.writerow(["2025-3-7", "张 三", "办公室", "主任", "日常", '他说："知道了"', '="000456"'])
        writer.writerow(["合计", "2人", "", "", "", "", ""])
        writer.writerow(["", "", "", "", "", "", ""])


BOM = Table(
    "04_talks_bom",
    "integrity_talk",
    (2,),
    {"A": "start_at", "B": "subject", "C": "subject_unit", "D": "subject_post", "E": "kind", "F": "record", "G": ""},
    {
        3: ["2025-03-06T09:30", "孙立新", "示例局", "副局长", "reminder", "第一行，有逗号\n第二行"],
        4: ["2025-03-07", "张 三", "办公室", "主任", "routine", '他说："知道了"'],
    },
    skipped=(5,),
    extra={3: {"证件号": "000123"}, 4: {"证件号": "000456"}},
)


def gb18030(path: Path) -> None:
    """What an old system exports: GB18030, tabs, a rare character in a name, every row ending in an empty cell."""
    lines = [
        "谈话日期\t姓名\t谈话类别\t谈话人\t主要内容\t",
        "2025年3月6日\t李㛃\t日常\t陈守正\t日常提醒\t",
        "2025-03-10\t王䶮\t诫勉\t陈守正\t诫勉谈话\t",
        "\t\t\t\t\t",
        "填表人：李记\t\t\t\t\t",
    ]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))


GB18030 = Table(
    "05_talks_gb18030",
    "integrity_talk",
    (1,),
    {"A": "start_at", "B": "subject", "C": "kind", "D": "talker", "E": "record"},
    {
        2: ["2025-03-06", "李㛃", "routine", "陈守正", "日常提醒"],
        3: ["2025-03-10", "王䶮", "admonition", "陈守正", "诫勉谈话"],
    },
    skipped=(5,),
)


def spaced(path: Path) -> None:
    """Headings with spaces between the letters, stars, full width and remarks in brackets; times of day."""
    book, sheet = new("台账")
    put(
        sheet,
        1,
        [
            [
                "谈 话 时 间",
                "谈 话 对 象",
                "＊谈话类型",
                "主谈人（签名）",
                "谈话\n主要内容",
                "备　注（补谈等）",
                "职 务",
            ],
            ["2025年3月7日（星期五）", "孙立新", "提醒谈话", "陈守正", "提醒", "补谈", "副局长"],
            [datetime.fromisoformat("2025-03-10T14:30"), "丁海波", "日常谈话", "陈守正", "收心", None, "处长"],
            ["2025年3月11日（星期五）", "吴建平", "日常谈话", "陈守正", "星期写错", None, "科长"],
            ["2025.3.12-3.13", "何文涛", "日常谈话", "陈守正", "跨两天", None, "科员"],
        ],
    )
    sheet["A3"].number_format = "yyyy-mm-dd hh:mm"
    book.save(path)


SPACED = Table(
    "台账",
    "integrity_talk",
    (1,),
    {
        "A": "start_at",
        "B": "subject",
        "C": "kind",
        "D": "talker",
        "E": "record",
        "F": "remarks",
        "G": "subject_post",
    },
    {
        2: ["2025-03-07", "孙立新", "reminder", "陈守正", "提醒", "补谈", "副局长"],
        3: ["2025-03-10T14:30", "丁海波", "routine", "陈守正", "收心", None, "处长"],
        4: [],
        5: [],
    },
    problems={4: ("A:weekday_mismatch",), 5: ("A:is_range",)},
    refused=(4, 5),
)


def totals_on_top(path: Path) -> None:
    """The total right under the header, headings of groups, the header again, hidden rows, signatures in cells."""
    book, sheet = new("谈话台账")
    heads = ["序号", "谈话时间", "谈话对象", "职务", "谈话类型", "主谈人", "谈话内容"]
    put(
        sheet,
        1,
        [
            ["谈话台账（2025年度）"],
            heads,
            ["总计", None, "4人次"],
            ["一、办公室"],
            [1, "2025.3.6", "张  三", "主任", "日常", "陈守正", "甲"],
            [2, "2025.3.7", "李四", "科员", "日常", "陈守正", "乙"],
            ["小计（2人）"],
            ["二、财务科"],
            heads,
            [3, "2025.4.1", "王五", "科长", "提醒", "陈守正", "丙"],
            [4, "2025.4.2", "赵六", "科员", "提醒", "陈守正", "丁"],
            [None],
            ["单位负责人：王建国", None, None, "审核人：陈守正", None, "填表人：李记"],
            ["注：1.谈话类型按规定填写；", None],
            ["2.一式两份。"],
            ["填表日期：2025年12月31日"],
        ],
    )
    merge(sheet, "A1:G1", "A4:G4", "A8:G8")
    sheet.row_dimensions[6].hidden = True
    book.save(path)


TOTALS_ON_TOP = Table(
    "谈话台账",
    "integrity_talk",
    (2,),
    TALK_FIELDS,
    {
        5: ["2025-03-06", "张 三", "主任", "routine", "陈守正", "甲"],
        6: ["2025-03-07", "李四", "科员", "routine", "陈守正", "乙"],
        10: ["2025-04-01", "王五", "科长", "reminder", "陈守正", "丙"],
        11: ["2025-04-02", "赵六", "科员", "reminder", "陈守正", "丁"],
    },
    skipped=(3, 4, 7, 8, 9, 13, 14, 15, 16),
    hidden_rows=(6,),
)


def far_down(path: Path) -> None:
    """A table that begins at D9, beside a merged binding line, under remarks that look a little like a header."""
    book = XWorkbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    sheet.merge_range("A1:A40", "装  订  线")
    sheet.write("D3", "说明：谈话时间、谈话对象、谈话类型为必填。")
    sheet.merge_range("D5:I5", "廉政谈话情况表（2025年）")
    xput(sheet, 7, [["单位：", "示例局", None, None, "时间：", "2025年"]], left=3)
    xput(
        sheet,
        9,
        [
            ["时间", "姓名", "职务", "类别", "谈话人", "内容"],
            ["3.6", "孙立新", "副局长", "提醒", "陈守正", "提醒"],
            ["3.18", "丁海波", "处长", "日常", "陈守正", "收心"],
        ],
        left=3,
    )
    book.close()


FAR_DOWN = Table(
    "Sheet1",
    "integrity_talk",
    (9,),
    {"D": "start_at", "E": "subject", "F": "subject_post", "G": "kind", "H": "talker", "I": "record"},
    {
        10: ["2025-03-06", "孙立新", "副局长", "reminder", "陈守正", "提醒"],
        11: ["2025-03-18", "丁海波", "处长", "routine", "陈守正", "收心"],
    },
    problems={10: ("D:year",), 11: ("D:year",)},
)


BOOKS = [
    Messy("01_talks_three_rows.xlsx", three_rows, (THREE_ROWS,)),
    Messy("02_talks_name_and_post.xlsx", name_and_post, (NAME_AND_POST,), through="xlsx"),
    Messy("03_talks_by_quarter.xlsx", by_quarter, BY_QUARTER, unread=("汇总", "填表说明")),
    Messy("04_talks_bom.csv", bom, (BOM,)),
    Messy("05_talks_gb18030.csv", gb18030, (GB18030,)),
    Messy("06_talks_spaced.xls", spaced, (SPACED,), through="xls"),
    Messy("07_talks_totals_on_top.ods", totals_on_top, (TOTALS_ON_TOP,), through="ods"),
    Messy("08_talks_far_down.xlsx", far_down, (FAR_DOWN,)),
]

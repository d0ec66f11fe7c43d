"""Items reviewed before meetings: money in any unit, a meeting over several rows, a table a meeting."""

from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook as XWorkbook

from tests.data.messy_kit import Messy, Table, merge, new, put, xput

_REVIEW = [
    "序号",
    "议题名称",
    "事项\n类别",
    "金额（万元）",
    "提出部门",
    "报送时间",
    "拟上会时间",
    "审查意见",
    "采纳情况",
]
_REVIEW_FIELDS = {
    "B": "title",
    "C": "category",
    "D": "amount",
    "E": "submit_dept",
    "F": "submitted_at",
    "G": "planned_meeting_at",
    "H": "opinion",
    "I": "adopted",
}


def ten_thousands(path: Path) -> None:
    """Money in a column of ten thousands, with cells that bring a unit of their own, words for figures, and none."""
    book = XWorkbook(str(path))
    sheet = book.add_worksheet("会前审查")
    sheet.merge_range("A1:I1", "2026年“三重一大”事项会前审查台账")
    whole = book.add_format({"num_format": "0"})
    xput(
        sheet,
        2,
        [
            _REVIEW,
            [
                1,
                "办公楼维修采购",
                "大额资金使用",
                48.6,
                "办公室",
                "2026-05-11 16:20",
                "2026.5.14下午3时",
                "同意",
                "采纳",
            ],
            [2, "平台建设", "重大项目安排", "120万元", "信息中心", "2026.6.1", "2026.6.4", "补充材料", "部分采纳"],
            [3, "预算调整", "重大决策", "壹佰贰拾万元整", "财务科", "6月2日", "6月4日", "暂缓", "未采纳"],
            [4, "设备采购", "大额资金", "1,200,000元", "财务科", "2026.6.3", "2026.6.8", "无意见", "—"],
            [5, "信息系统运维", "大额资金", "４８．６", "信息中心", "2026.6.4", "2026.6.8", "同意", "采纳"],
            [6, "人事任免", "干部任免", "/", "人事科", "2026.6.5", "2026.6.8", "不同意", "采纳"],
            [7, "修缮工程", "项目安排", "约50", "办公室", "2026.6.5", "2026.6.8", "同意", "采纳"],
        ],
    )
    sheet.write_row("A10", [8, "印刷服务", "大额资金"])
    sheet.write_number("D10", 5.4321, whole)
    sheet.write_row("E10", ["办公室", "2026.6.6", "2026.6.9", "同意", "采纳"])
    book.close()


TEN_THOUSANDS = Table(
    "会前审查",
    "review_item",
    (2,),
    _REVIEW_FIELDS,
    {
        3: [
            "办公楼维修采购",
            "fund",
            "486000.00",
            "办公室",
            "2026-05-11T16:20",
            "2026-05-14T15:00",
            "ok",
            "adopted",
        ],
        4: ["平台建设", "project", "1200000.00", "信息中心", "2026-06-01", "2026-06-04", "after_supplement", "partly"],
        5: ["预算调整", "decision", "1200000.00", "财务科", "2026-06-02", "2026-06-04", "postpone", "refused"],
        6: ["设备采购", "fund", "1200000.00", "财务科", "2026-06-03", "2026-06-08", "ok", None],
        7: ["信息系统运维", "fund", "486000.00", "信息中心", "2026-06-04", "2026-06-08", "ok", "adopted"],
        8: ["人事任免", "appointment", None, "人事科", "2026-06-05", "2026-06-08", "object", "adopted"],
        9: ["修缮工程", "project", None, "办公室", "2026-06-05", "2026-06-08", "ok", "adopted"],
        10: ["印刷服务", "fund", "54321.00", "办公室", "2026-06-06", "2026-06-09", "ok", "adopted"],
    },
    problems={5: ("F:year", "G:year"), 9: ("D:ambiguous",), 10: ("D:rounded",)},
    extra={9: {"金额（万元）": "约50"}},
)


def unit_above(path: Path) -> None:
    """The unit of money stands over the header, at the right; nothing in the heading itself names it."""
    book, sheet = new("审查")
    put(
        sheet,
        1,
        [
            ["会前审查台账"],
            ["填报单位：示例局", None, None, None, None, "单位：万元"],
            ["序号", "议题名称", "事项类别", "拟上会时间", "金额", "供应商"],
            [1, "办公楼维修", "大额资金使用", "2026.5.14", 48.6, "示例建筑公司"],
            [2, "采购电脑", "大额资金使用", "2026.5.20", 30, "示例科技公司"],
            [3, "购买服务", "大额资金使用", "2026.5.21", "25万元", "示例服务公司"],
            ["合计", None, None, None, 103.6],
        ],
    )
    merge(sheet, "A1:F1", "A2:C2")
    book.save(path)


UNIT_ABOVE = Table(
    "审查",
    "review_item",
    (3,),
    {"B": "title", "C": "category", "D": "planned_meeting_at", "E": "amount", "F": "supplier"},
    {
        4: ["办公楼维修", "fund", "2026-05-14", "486000.00", "示例建筑公司"],
        5: ["采购电脑", "fund", "2026-05-20", "300000.00", "示例科技公司"],
        6: ["购买服务", "fund", "2026-05-21", "250000.00", "示例服务公司"],
    },
    skipped=(7,),
)


def by_meeting(path: Path) -> None:
    """Meeting and day merged over the items of each meeting; the number of the item beside them."""
    book, sheet = new("议题")
    put(
        sheet,
        1,
        [
            ["党组会议题审查情况"],
            ["会议名称", "会议时间", "议题序号", "议题名称", "汇报人", "审查意见", "意见内容"],
            ["第5次党组会", datetime.fromisoformat("2026-05-14T09:00"), 1, "预算调整", "赵琳", "同意上会", None],
            [None, None, 2, "干部任免", "周红", "提醒后上会", "注意程序"],
            [None, None, 3, "工程变更", "李明", "不同意", "缺可研报告"],
            ["第6次党组会", "2026.6.4", 1, "采购车辆", "李明", "同意", None],
            [None, None, 2, "资产处置", "赵琳", "补充材料后上会", "补评估报告"],
        ],
    )
    sheet["B3"].number_format = 'yyyy"年"m"月"d"日" h:mm'
    merge(sheet, "A1:G1", "A3:A5", "B3:B5", "A6:A7", "B6:B7")
    book.save(path)


BY_MEETING = Table(
    "议题",
    "review_item",
    (2,),
    {
        "A": "meeting",
        "B": "planned_meeting_at",
        "C": "agenda_no",
        "D": "title",
        "E": "reporter",
        "F": "opinion",
        "G": "opinion_text",
    },
    {
        3: ["第5次党组会", "2026-05-14T09:00", 1, "预算调整", "赵琳", "ok", None],
        4: ["第5次党组会", "2026-05-14T09:00", 2, "干部任免", "周红", "ok_with_note", "注意程序"],
        5: ["第5次党组会", "2026-05-14T09:00", 3, "工程变更", "李明", "object", "缺可研报告"],
        6: ["第6次党组会", "2026-06-04", 1, "采购车辆", "李明", "ok", None],
        7: ["第6次党组会", "2026-06-04", 2, "资产处置", "赵琳", "after_supplement", "补评估报告"],
    },
)


def two_meetings(path: Path) -> None:
    """A table a meeting, each with title, header and total, the second with its columns in another order."""
    book, sheet = new("会前审查")
    second = ["序号", "事项类别", "议题名称", "涉及金额(元)", "提出部门", "上会时间", "审查意见"]
    put(
        sheet,
        1,
        [
            ["一、党组会议题（2026年）"],
            _REVIEW,
            [1, "办公楼维修", "大额资金使用", 48.6, "办公室", "5月11日", "2026.5.14", "同意上会", "采纳"],
            [None, "合计", None, 48.6],
            [None],
            ["二、局长办公会议题（2026年）"],
            second,
            [1, "重大决策", "预算调整", 1200000, "财务科", "2026.6.4", "同意上会"],
            [2, "大额资金使用", "采购电脑", "300,000", "办公室", "2026.6.4", "同意上会"],
            [None, None, "合计", 1500000],
        ],
    )
    merge(sheet, "A1:I1", "A6:G6")
    book.save(path)


TWO_MEETINGS = (
    Table(
        "会前审查",
        "review_item",
        (2,),
        _REVIEW_FIELDS,
        {3: ["办公楼维修", "fund", "486000.00", "办公室", "2026-05-11", "2026-05-14", "ok", "adopted"]},
        skipped=(4, 6),
        problems={3: ("F:year",)},
    ),
    Table(
        "会前审查",
        "review_item",
        (7,),
        {"B": "category", "C": "title", "D": "amount", "E": "submit_dept", "F": "planned_meeting_at", "G": "opinion"},
        {
            8: ["decision", "预算调整", "1200000.00", "财务科", "2026-06-04", "ok"],
            9: ["fund", "采购电脑", "300000.00", "办公室", "2026-06-04", "ok"],
        },
        skipped=(10,),
    ),
)


def unit_row(path: Path) -> None:
    """The unit of money in a row of its own under the heading, merged beside it in one table, bare in the other."""
    book, sheet = new("审查")
    rows: list[Any] = [["办公楼维修", 48.6, "2026.5.14", "大额资金"], ["采购电脑", "30", "2026.5.20", "大额资金"]]
    above: list[Any] = [["议题名称", "金额", "拟上会时间", "事项类别"], [None, "（万元）"]]
    put(sheet, 1, [*above, *rows, ["无"]])
    merge(sheet, "A1:A2", "C1:C2", "D1:D2")
    second = book.create_sheet("审查二")
    heads: list[Any] = [["议题名称", "拟上会时间", "预算金额", "事项类别"], [None, None, "单位：万元"]]
    put(second, 1, heads)
    more: list[Any] = [["购买服务", "2026.5.21", 25, "大额资金"], ["设备更新", "2026.5.22", "18.5万", "大额资金"]]
    put(second, 3, more)
    book.save(path)


UNIT_ROW = (
    Table(
        "审查",
        "review_item",
        (1, 2),
        {"A": "title", "B": "amount", "C": "planned_meeting_at", "D": "category"},
        {3: ["办公楼维修", "486000.00", "2026-05-14", "fund"], 4: ["采购电脑", "300000.00", "2026-05-20", "fund"]},
        skipped=(5,),
    ),
    Table(
        "审查二",
        "review_item",
        (1, 2),
        {"A": "title", "B": "planned_meeting_at", "C": "amount", "D": "category"},
        {3: ["购买服务", "2026-05-21", "250000.00", "fund"], 4: ["设备更新", "2026-05-22", "185000.00", "fund"]},
    ),
)

BOOKS: list[Any] = [
    Messy("38_reviews_unit_row.xlsx", unit_row, UNIT_ROW, through="xlsx"),
    Messy("17_reviews_ten_thousands.xlsx", ten_thousands, (TEN_THOUSANDS,)),
    Messy("18_reviews_unit_above.xlsx", unit_above, (UNIT_ABOVE,), through="xlsx"),
    Messy("19_reviews_by_meeting.xls", by_meeting, (BY_MEETING,), through="xls"),
    Messy("20_reviews_two_meetings.ods", two_meetings, TWO_MEETINGS, through="ods"),
]

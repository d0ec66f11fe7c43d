"""Leads, petitions, cases and people as they come, formulas, and the ledgers nobody can read without a word."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook as XWorkbook

from tests.data.messy_kit import Messy, Table, merge, new, put, xput


def repeated_names(path: Path) -> None:
    """Twice 姓名 and twice 时间, told apart only by the heading above them."""
    book = XWorkbook(str(path))
    sheet = book.add_worksheet("线索")
    sheet.merge_range("A1:K1", "问题线索处置台账")
    sheet.merge_range("A2:A3", "线索编号")
    sheet.merge_range("B2:D2", "被反映人")
    sheet.merge_range("E2:F2", "收到线索")
    sheet.merge_range("G2:G3", "反映主要问题")
    sheet.merge_range("H2:I2", "办结")
    sheet.merge_range("J2:K2", "承办人")
    for column, words in zip(
        "BCDEFHIJK", ("姓名", "单位", "职务", "来源", "日期", "方式", "时间", "姓名", "电话"), strict=True
    ):
        sheet.write(f"{column}3", words)
    xput(
        sheet,
        4,
        [
            [
                "线0001",
                "甲某某",
                "示例站",
                "站长",
                "信访举报",
                "2026.1.8",
                "违规发放补贴",
                "函询",
                "2026.2.20",
                "李记",
                "000-001",
            ],
            [
                "线0002",
                "乙某",
                "示例科",
                "科员",
                "监督检查发现",
                "2026.2.3",
                "公车私用",
                "初核",
                None,
                "李记",
                "000-002",
            ],
        ],
    )
    book.close()


REPEATED_NAMES = Table(
    "线索",
    "lead",
    (2, 3),
    {
        "A": "no",
        "B": "subject",
        "C": "subject_unit",
        "D": "subject_post",
        "E": "source",
        "F": "received_at",
        "G": "summary",
        "H": "mode",
        "I": "closed_at",
        "J": "handler",
        "K": "",
    },
    {
        4: [
            "线0001",
            "甲某某",
            "示例站",
            "站长",
            "petition",
            "2026-01-08",
            "违规发放补贴",
            "talk_inquiry",
            "2026-02-20",
            "李记",
        ],
        5: ["线0002", "乙某", "示例科", "科员", "supervision", "2026-02-03", "公车私用", "check", None, "李记"],
    },
    extra={
        4: {"承办人 / 电话": "000-001"},
        5: {"承办人 / 电话": "000-002"},
    },
)


def short_forms(path: Path) -> None:
    """Short forms of ways of disposal, amounts in words, a row twice, and one without the person."""
    book, sheet = new("线索台账")
    put(
        sheet,
        1,
        [
            ["线索编号", "收到日期", "被反映人", "职级", "主要问题", "线索来源", "处置方式", "涉及金额", "备注"],
            ["0001", "2026.1.8", "甲某某", "正科", "违规发放补贴", "信访", "函询", "3.5万", None],
            ["0002", "2026.2.3", "乙某", "科员", "公车私用", "巡察", "初核", "不详", None],
            ["0003", "2026.3.1", "丙某", "副处级", "收受礼品", "上级交办", "暂存", "伍仟元", None],
            ["0003", "2026.3.1", "丙某", "副处级", "收受礼品", "上级交办", "暂存", "伍仟元", "重复录入"],
            ["0004", "2026.3.5", None, None, "反映某科", "审计", "了结", 0, None],
        ],
    )
    book.save(path)


SHORT_FORMS = Table(
    "线索台账",
    "lead",
    (1,),
    {
        "A": "no",
        "B": "received_at",
        "C": "subject",
        "D": "subject_rank",
        "E": "summary",
        "F": "source",
        "G": "mode",
        "H": "amount",
        "I": "remarks",
    },
    {
        2: ["0001", "2026-01-08", "甲某某", "section", "违规发放补贴", "petition", "talk_inquiry", "35000.00", None],
        3: ["0002", "2026-02-03", "乙某", "general", "公车私用", "inspection", "check", None, None],
        4: ["0003", "2026-03-01", "丙某", "division", "收受礼品", "superior", "hold", "5000.00", None],
        5: ["0003", "2026-03-01", "丙某", "division", "收受礼品", "superior", "hold", "5000.00", "重复录入"],
        6: [],
    },
    problems={3: ("H:invalid_money",), 5: (":duplicate",), 6: ("C:required",)},
    refused=(6,),
    extra={3: {"涉及金额": "不详"}},
)


def pages(path: Path) -> None:
    """One page after another with header and total, names parted in every way, an informant in the last columns."""
    book, sheet = new("信访登记")
    heads = ["编号", "收件日期", "举报方式", "被反映人", "主要问题摘要", "办理方式", "反映人", "联系电话"]
    put(
        sheet,
        1,
        [
            ["信访举报登记簿（2026年）"],
            heads,
            ["信0001", "1月5日", "来信", "某甲、某乙", "补贴问题", "自办", "举报人甲", "13900000001"],
            ["信0002", "2026.1.6", "来访", "某丙；某丁", "作风问题", "转办", "举报人乙", "13900000002"],
            ["本页小计", None, "2件"],
            [None],
            heads,
            ["信0003", "2026.2.7", "网络", "某戊\n某己", "招投标问题", "留存", None, None],
            ["信0004", "2026.2.8", "12388电话", "某庚/某辛，某壬", "经费问题", "自办", None, None],
            ["本页小计", None, "2件"],
            ["累计", None, "4件"],
        ],
    )
    merge(sheet, "A1:H1")
    book.save(path)


PAGES = Table(
    "信访登记",
    "petition",
    (2,),
    {
        "A": "no",
        "B": "received_at",
        "C": "channel",
        "D": "reported_names",
        "E": "summary",
        "F": "handling",
        "G": "informant.name",
        "H": "informant.phone",
    },
    {
        3: ["信0001", "2026-01-05", "letter", ["某甲", "某乙"], "补贴问题", "self", "●●●", "●●●"],
        4: ["信0002", "2026-01-06", "visit", ["某丙", "某丁"], "作风问题", "transfer", "●●●", "●●●"],
        8: ["信0003", "2026-02-07", "net", ["某戊", "某己"], "招投标问题", "keep", None, None],
        9: ["信0004", "2026-02-08", "phone", ["某庚", "某辛", "某壬"], "经费问题", "self", None, None],
    },
    skipped=(5, 7, 10, 11),
    problems={3: ("B:year",)},
)


def codes(path: Path) -> None:
    """Codes with zeros in front, in a text table without a title, with one row cut short."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["信访编号", "收件日期", "举报方式", "被反映人", "主要问题摘要"])
        writer.writerow(["000123", "2026-01-05", "来信", "某甲", "问题;带分号"])
        writer.writerow(["000124", "20260106", "电话"])
        writer.writerow(["000125", "45000000", "来信", "某乙", "日子写错"])


CODES = Table(
    "24_petitions_codes",
    "petition",
    (1,),
    {"A": "no", "B": "received_at", "C": "channel", "D": "reported_names", "E": "summary"},
    {
        2: ["000123", "2026-01-05", "letter", ["某甲"], "问题;带分号"],
        3: ["000124", "2026-01-06", "phone", None, None],
        4: [],
    },
    problems={4: ("B:invalid_date",)},
    refused=(4,),
)


def measures(path: Path) -> None:
    """Punishments in short forms; one of them could be of the party or of the state, and must not be guessed."""
    book, sheet = new("处分台账")
    put(
        sheet,
        1,
        [
            ["2025年受处分人员情况"],
            ["序号", "受处分人", "单位及职务", "处分种类", "处分时间", "处分决定机关", "影响期止", "主要违纪事实"],
            [1, "甲某", "示例站站长", "党内警告", "2025.3.6", "示例局党组", "2026.3.6", "违规发放补贴"],
            [2, "乙某", "示例科科员", "严重警告", "2025.4.7", "示例局党组", None, "公车私用"],
            [3, "丙某", "示例科科长", "警告", "2025.5.8", "示例局党组", None, "收受礼品"],
            [4, "丁某", "示例站副站长", "政务记过", date(2025, 6, 9), "市监委", None, "失职"],
            [5, "戊某", "示例科科员", "留党察看一年", "2025年7月10日", "市纪委", None, "严重违纪"],
        ],
    )
    merge(sheet, "A1:H1")
    book.save(path)


MEASURES = Table(
    "处分台账",
    "measure",
    (2,),
    {
        "B": "subject",
        "C": "subject_post",
        "D": "kind",
        "E": "decided_at",
        "F": "decided_by",
        "G": "period_to_set",
        "H": "facts",
    },
    {
        3: ["甲某", "示例站站长", "party_warning", "2025-03-06", "示例局党组", "2026-03-06", "违规发放补贴"],
        4: ["乙某", "示例科科员", "party_serious_warning", "2025-04-07", "示例局党组", None, "公车私用"],
        5: ["丙某", "示例科科长", "warning", "2025-05-08", "示例局党组", None, "收受礼品"],
        6: ["丁某", "示例站副站长", "admin_demerit", "2025-06-09", "市监委", None, "失职"],
        7: ["戊某", "示例科科员", "party_probation", "2025-07-10", "市纪委", None, "严重违纪"],
    },
)


BOOKS: list[Any] = [
    Messy("21_leads_repeated_names.xlsx", repeated_names, (REPEATED_NAMES,)),
    Messy("22_leads_short_forms.xls", short_forms, (SHORT_FORMS,), through="xls"),
    Messy("23_petitions_pages.xlsx", pages, (PAGES,)),
    Messy("24_petitions_codes.csv", codes, (CODES,)),
    Messy("25_measures.ods", measures, (MEASURES,), through="ods"),
]

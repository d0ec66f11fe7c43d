"""People, units and meetings, formulas, names of two people, and a ledger nobody can read without a word."""

from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook as XWorkbook

from tests.data.messy_kit import Messy, Table, merge, new, put, xput


def roster(path: Path) -> None:
    """Numbers of identity cards as text and as numbers that lost digits, months, ranks beside posts."""
    book, sheet = new("干部名册")
    put(
        sheet,
        1,
        [
            ["示例局干部名册"],
            [
                "姓 名",
                "性别",
                "出生年月",
                "身份证号码",
                "政治面貌",
                "工作单位",
                "现任职务",
                "职级",
                "联系电话",
                "是否班子成员",
            ],
            [
                "张  三",
                "男",
                "1975.03",
                "110101197503070013",
                "中共党员",
                "示例局办公室",
                "主任",
                "正科级",
                "000123",
                "√",
            ],
            [
                "欧阳小丽",
                "女",
                "1980年12月",
                "11010119801212002X",
                "党员",
                "示例局财务科",
                "科长",
                "正科",
                13900000000,
                "否",
            ],
            ["李四", "男", 197811, 110101197811050000, "群众", "示例站", "科员", "科员", None, "无"],
            ["王五", "男", date(1990, 5, 1), "110101199005010011", "团员", "示例站", "干部", "四级调研员", None, None],
        ],
    )
    merge(sheet, "A1:J1")
    sheet["C6"].number_format = "yyyy.mm"
    book.save(path)


ROSTER = Table(
    "干部名册",
    "person",
    (2,),
    {
        "A": "name",
        "B": "gender",
        "C": "birth",
        "D": "id_no",
        "E": "political_status",
        "F": "unit_now",
        "G": "post_now",
        "H": "rank_now",
        "I": "phone",
        "J": "team_now",
    },
    {
        3: [
            "张三", "male", "1975-03", "110101197503070013", "member", "示例局办公室", "主任", "section", "000123",
            True,
        ],
        4: [
            "欧阳小丽", "female", "1980-12", "11010119801212002X", "member", "示例局财务科", "科长", "section",
            "13900000000", False,
        ],
        5: ["李四", "male", "1978-11", None, "masses", "示例站", "科员", "general", None, False],
        6: ["王五", "male", "1990-05", "110101199005010011", "league", "示例站", "干部", "division", None, None],
    },
    problems={5: ("D:lost_digits",)},
)  # fmt: skip


def several(path: Path) -> None:
    """Units, people and meetings on sheets of one book."""
    book = XWorkbook(str(path))
    units = book.add_worksheet("单位")
    xput(
        units,
        1,
        [
            ["单位名称", "简称", "单位类型", "上级单位"],
            ["示例局", "示例", "驻在单位", None],
            ["示例站", None, "直属单位", "示例局"],
        ],
    )
    people = book.add_worksheet("人员")
    xput(
        people,
        1,
        [
            ["姓名", "性别", "工作单位", "职务"],
            ["孙立新", "男", "示例局", "副局长"],
            ["丁海波", "男", "示例站", "站长"],
        ],
    )
    meetings = book.add_worksheet("会议台账")
    meetings.merge_range("A1:G1", "党组会议台账")
    xput(
        meetings,
        2,
        [
            ["序号", "会议名称", "会议类型", "会议时间", "主持人", "应到", "实到"],
            [1, "第5次党组会", "党组会", "2026.5.14", "王建国", 7, 6],
            [2, "第3次办公会", "局长办公会", "2026年5月20日上午9:00", "王建国", "7人", "７"],
        ],
    )
    empty = book.add_worksheet("Sheet4")
    empty.write_blank("A1", None)
    book.close()


SEVERAL = (
    Table(
        "单位",
        "unit",
        (1,),
        {"A": "name", "B": "short_name", "C": "kind", "D": "parent"},
        {2: ["示例局", "示例", "host", None], 3: ["示例站", None, "subordinate", "示例局"]},
    ),
    Table(
        "人员",
        "person",
        (1,),
        {"A": "name", "B": "gender", "C": "unit_now", "D": "post_now"},
        {2: ["孙立新", "male", "示例局", "副局长"], 3: ["丁海波", "male", "示例站", "站长"]},
    ),
    Table(
        "会议台账",
        "meeting",
        (2,),
        {"B": "name", "C": "kind", "D": "held_at", "E": "chair", "F": "expected", "G": "present"},
        {
            3: ["第5次党组会", "party_group", "2026-05-14", "王建国", 7, 6],
            4: ["第3次办公会", "office", "2026-05-20T09:00", "王建国", 7, 7],
        },
    ),
)


def formulas(path: Path) -> None:
    """Formulas whose results were stored, formulas without any, and broken references."""
    book, sheet = new("谈话")
    put(
        sheet,
        1,
        [
            ["序号", "谈话时间", "谈话对象", "谈话类型", "谈话内容", "主谈人"],
            ["=ROW()-1", date(2025, 3, 6), "孙立新", "提醒", '="提醒"&"风险"', "陈守正"],
            ["=ROW()-1", "=DATE(2025,3,7)", "丁海波", "日常", "收心", "陈守正"],
            ["=ROW()-1", date(2025, 3, 8), "吴建平", "日常", "收心", "#REF!"],
            ["=ROW()-1", date(2025, 3, 9), "#REF!", "日常", "收心", "陈守正"],
        ],
    )
    for place in ("F4", "C5"):
        sheet[place].data_type = "e"
    book.save(path)


_FORMULA_FIELDS = {"B": "start_at", "C": "subject", "D": "kind", "E": "record", "F": "talker"}
FORMULAS = Table(
    "谈话",
    "integrity_talk",
    (1,),
    _FORMULA_FIELDS,
    {
        2: ["2025-03-06", "孙立新", "reminder", None, "陈守正"],
        3: [],
        4: ["2025-03-08", "吴建平", "routine", "收心", None],
        5: [],
    },
    problems={2: ("E:error_cell",), 3: ("B:error_cell",), 4: ("F:error_cell",), 5: ("C:error_cell",)},
    refused=(3, 5),
)
STORED = Table(
    "谈话",
    "integrity_talk",
    (1,),
    _FORMULA_FIELDS,
    {
        2: ["2025-03-06", "孙立新", "reminder", "提醒风险", "陈守正"],
        3: ["2025-03-07", "丁海波", "routine", "收心", "陈守正"],
        4: ["2025-03-08", "吴建平", "routine", "收心", None],
        5: [],
    },
    problems={4: ("F:error_cell",), 5: ("C:error_cell",)},
    refused=(5,),
)
"""What LibreOffice makes of the same book: it computes what can be computed, and what is broken stays broken."""


def two_of_one_name(path: Path) -> None:
    """A name two people of the roster have, one that one has, one that is near another, one quite unknown."""
    book, sheet = new("谈话")
    put(
        sheet,
        1,
        [
            ["谈话时间", "谈话对象", "谈话类型", "主谈人"],
            ["2025.3.6", "张伟", "日常", "陈守正"],
            ["2025.3.7", "李 明", "日常", "陈守正"],
            ["2025.3.8", "欧阳晓丽", "日常", "陈守正"],
            ["2025.3.9", "赵六", "日常", "陈守正"],
        ],
    )
    book.save(path)


TWO_OF_ONE_NAME = Table(
    "谈话",
    "integrity_talk",
    (1,),
    {"A": "start_at", "B": "subject", "C": "kind", "D": "talker"},
    {
        2: ["2025-03-06", "张伟", "routine", "陈守正"],
        3: ["2025-03-07", "李明", "routine", "陈守正"],
        4: ["2025-03-08", "欧阳晓丽", "routine", "陈守正"],
        5: ["2025-03-09", "赵六", "routine", "陈守正"],
    },
    problems={2: ("B:ambiguous_name",), 4: ("B:unknown_name",), 5: ("B:unknown_name",)},
)


def own_words(path: Path) -> None:
    """Headings nobody else would use: the officer has to say once what they are."""
    book, sheet = new("Sheet1")
    put(
        sheet,
        1,
        [
            ["哪天", "谈话对象", "谈话类型", "谁谈的", "谈了啥"],
            ["2025.3.6", "孙立新", "提醒", "陈守正", "提醒风险"],
            ["2025.3.7", "丁海波", "日常", "陈守正", "收心"],
        ],
    )
    book.save(path)


OWN_WORDS = Table(
    "Sheet1",
    "integrity_talk",
    (1,),
    {"A": "start_at", "B": "subject", "C": "kind", "D": "talker", "E": "record"},
    {
        2: ["2025-03-06", "孙立新", "reminder", "陈守正", "提醒风险"],
        3: ["2025-03-07", "丁海波", "routine", "陈守正", "收心"],
    },
)
SAID = {"A": "start_at", "B": "subject", "C": "kind", "D": "talker", "E": "record"}

BOOKS: list[Any] = [
    Messy("26_roster.xlsx", roster, (ROSTER,), through="xlsx"),
    Messy("27_several_registers.xlsx", several, SEVERAL, unread=("Sheet4",)),
    Messy("28_formulas_without_results.xlsx", formulas, (FORMULAS,)),
    Messy("29_formulas_with_results.xlsx", formulas, (STORED,), through="xlsx"),
    Messy(
        "30_two_of_one_name.xlsx",
        two_of_one_name,
        (TWO_OF_ONE_NAME,),
        roster=(
            ("张伟", "财务科科员"),
            ("张伟", "办公室科员"),
            ("李明", "主任"),
            ("欧阳小丽", "科长"),
            ("陈守正", "组长"),
        ),
    ),
    Messy("31_own_words.xlsx", own_words, (OWN_WORDS,), correction={"register": "integrity_talk", "mapping": SAID}),
]

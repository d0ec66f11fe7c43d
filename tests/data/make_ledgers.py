"""Makes the ledgers the tests read: invented people and units, laid out as officers really keep them.

Run it after changing it: ``python tests/data/make_ledgers.py``. LibreOffice makes the ``.xls`` and ``.ods`` ones.
"""

import csv
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent / "ledgers"
MADE = datetime.fromisoformat("2026-01-05")  # a fixed day keeps the files the same

Value = str | int | float | date | None
Row = Sequence[Value]

TALKS: list[Row] = [
    [
        1,
        "2025.3.6",
        "孙立新",
        "副局长",
        "提醒",
        "陈守正",
        "提醒分管领域廉政风险",
        "接受，表示整改",
        "已整改",
        "补谈",
        "√",
    ],
    [2, "3月18日", "丁海波", "处长", "日常", "陈守正", "节后收心，强调纪律", "表示接受", "待复核", None, None],
    [3, "2025年4月2日", "吴  建平", "科长", "任前谈话", "陈守正、李记", "任前廉政要求", "坚决落实", None, None, "√"],
    [4, "20250513", "邵永", "主任", "约谈", "陈守正", "压实责任", None, "已整改", None, None],
    [5, "2025.2.30", "田玉芳", "副科长", "日常", "陈守正", "日常提醒", "接受", None, None, None],
    [6, date(2025, 7, 15), "何文涛", "科员", "集体谈话", "陈", "警示教育后集体谈话", "接受", None, "26人", None],
]


def put(sheet: Worksheet, first_row: int, rows: Iterable[Row], first_column: int = 1) -> int:
    """Write rows and return the number of the next row."""
    for number, row in enumerate(rows, first_row):
        for column, value in enumerate(row, first_column):
            if value is not None:
                sheet.cell(number, column, value)
        first_row = number + 1
    return first_row


def title(sheet: Worksheet, words: str, last_column: int, row: int = 1) -> None:
    """Write a merged title."""
    cell = sheet.cell(row, 1, words)
    cell.font = Font(bold=True, size=16)
    cell.alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last_column)


def new(name: str) -> tuple[Workbook, Worksheet]:
    """Return a workbook with one sheet of this name."""
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = MADE
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return workbook, sheet


def talks() -> Workbook:
    """Title, two-row header with merged cells, a column without heading, totals, signatures."""
    workbook, sheet = new("Sheet1")
    title(sheet, "2025 年廉政谈话登记表（最终版2）", 11)
    heads = ["序号", "时间", "被谈话人", None, "谈话类别", "谈话人", "主要内容", "表态", "落实情况", "备注"]
    put(sheet, 2, [heads, [None, None, "姓名", "职务"]])
    sheet.merge_cells("C2:D2")
    for column in "ABEFGHIJ":
        sheet.merge_cells(f"{column}2:{column}3")
    after = put(sheet, 4, TALKS)
    put(
        sheet,
        after,
        [["合计", None, "6人次"], ["填表人：李记", None, None, None, "审核人：陈守正", None, None, "日期：2025.12.31"]],
    )
    return workbook


def duties() -> Workbook:
    """Grouped by a merged subject, with a hidden row, a blank column, subtotals, notes and numbered empty rows."""
    workbook, sheet = new("责任清单")
    title(sheet, "某某局2026年全面从严治党责任清单", 9)
    put(sheet, 2, [["填报单位：某某局", None, None, None, None, None, "填报日期：2026年1月"]])
    put(
        sheet,
        3,
        [["序\n号", "责任主体", "责任  内容", None, "落实措施", "责任部门", "责任人", "完成\n时限", "落实情况"]],
    )
    rows: list[Row] = [
        [
            1,
            "党组书记\n王建国",
            "每半年专题研究一次党风廉政建设",
            None,
            "召开党组会",
            "办公室",
            "李明",
            "2026.6.30",
            "4月12日已研究",
        ],
        [2, None, "签订责任书", None, "逐级签订", "办公室", "李明", "2026年3月底前", None],
        [3, None, "听取班子成员履责汇报", None, None, "机关党委", "周红", date(2026, 12, 20), None],
        ["小计", None, "3项"],
        [4, "副局长\n张伟", "分管领域廉政风险排查", None, "建立台账", "财务科", "赵琳", "20260930", None],
        [5, None, "开展谈心谈话", None, "不少于4次", "财务科", "赵琳", "2026-11-30", None],
        [6],
        [7],
    ]
    after = put(sheet, 4, rows)
    sheet.merge_cells("B4:B6")
    sheet.merge_cells("B8:B9")
    sheet.row_dimensions[5].hidden = True
    put(
        sheet,
        after,
        [["注：本表每季度更新一次。"], ["单位负责人：王建国", None, None, None, None, "联系电话：000-0000000"]],
    )
    return workbook


REVIEW_HEADS = [
    "序号",
    "议题名称",
    "事项\n类别",
    "金额（万元）",
    "提出部门",
    "报送时间",
    "上会时间",
    "审查意见",
    "采纳情况",
]


def reviews() -> Workbook:
    """Two tables of one kind, one below the other, each with title and header; money in units of ten thousand."""
    workbook, sheet = new("会前审查")
    title(sheet, "一、党组会议题", 9)
    put(sheet, 2, [REVIEW_HEADS])
    after = put(
        sheet,
        3,
        [
            [
                1,
                "关于办公楼维修项目采购的议题",
                "大额资金使用",
                48.6,
                "办公室",
                "2026-05-11 16:20",
                "2026.5.14",
                "补充材料后上会",
                "采纳",
            ],
            [
                2,
                "关于李某等同志任免的议题",
                "重要干部任免",
                None,
                "人事科",
                "2026.5.12",
                "2026.5.14",
                "同意上会",
                "采纳",
            ],
            [None, "合计", None, 48.6],
        ],
    )
    title(sheet, "二、局长办公会议题", 9, after + 1)
    put(sheet, after + 2, [REVIEW_HEADS])
    put(
        sheet,
        after + 3,
        [
            [
                1,
                "关于信息化平台建设的议题",
                "重大项目安排",
                "120万元",
                "信息中心",
                "2026年6月1日上午9时",
                "2026.6.4",
                "不同意上会",
                "未采纳",
            ],
            [
                2,
                "关于年度预算调整的议题",
                "重大决策",
                1200,
                "财务科",
                datetime.fromisoformat("2026-06-02T15:00"),
                "6月4日",
                "同意上会",
                None,
            ],
        ],
    )
    return workbook


def leads() -> Workbook:
    """Three-row header, codes as text."""
    workbook, sheet = new("线索台账")
    title(sheet, "问题线索处置台账", 9)
    put(
        sheet,
        2,
        [
            ["线索编号", "收到日期", "被反映人基本情况", None, None, "反映主要问题", "线索来源", "处置情况", None],
            [None, None, "姓名", "单位及职务", None, None, None, "处置方式", "办结日期"],
            [None, None, None, "单位", "职务", None, None, None, None],
        ],
    )
    for area in ("A2:A4", "B2:B4", "C2:E2", "C3:C4", "D3:E3", "F2:F4", "G2:G4", "H2:I2", "H3:H4", "I3:I4"):
        sheet.merge_cells(area)
    put(
        sheet,
        5,
        [
            [
                "线〔2026〕0001",
                "2026.1.8",
                "甲某某",
                "某某站",
                "站长",
                "违规发放补贴",
                "信访举报",
                "谈话函询",
                "2026.2.20",
            ],
            ["线〔2026〕0002", "2026.2.3", "乙某", "某某科", "科员", "公车私用", "监督检查发现", "初步核实", None],
            ["线〔2026〕0003", "2026.3.15", "丙某", "某某中心", "副主任", "收受礼品", "上级交办", "暂存", None],
        ],
    )
    return workbook


def petitions() -> Workbook:
    """One page after another, each with the header again."""
    workbook, sheet = new("信访登记")
    title(sheet, "信访举报登记簿", 7)
    heads: Row = ["编号", "收件日期", "举报方式", "被反映人", "主要问题摘要", "办理方式", "备注"]
    channels = ("来信", "来访", "电话", "网络")
    row = 2
    for page in range(3):
        put(sheet, row, [heads])
        body: list[Row] = [
            [
                f"信〔2026〕{page * 4 + i + 1:04}",
                f"2026.{page + 1}.{i + 5}",
                channels[i],
                f"某{'甲乙丙丁'[i]}",
                "反映作风问题",
                "自办",
                None,
            ]
            for i in range(4)
        ]
        row = put(sheet, row + 1, body)
    return workbook


def roster() -> Workbook:
    """People with ID numbers as text, one of them spoilt by having been a number; units on another sheet."""
    workbook, sheet = new("干部名册")
    put(sheet, 1, [["姓 名", "性别", "出生年月", "身份证号码", "政治面貌", "工作单位", "现任职务", "职级", "在职状态"]])
    put(
        sheet,
        2,
        [
            ["张  三", "男", "1975.03", "110101197503070013", "中共党员", "某某局办公室", "主任", "正科级", "在职"],
            ["欧阳小丽", "女", "1980年12月", "11010119801212002X", "党员", "某某局财务科", "科长", "正科级", "在职"],
            ["李四", "男", 197811, 110101197811050000, "群众", "某某站", "科员", "科员", "退休"],
        ],
    )
    units = workbook.create_sheet("单位")
    put(units, 1, [["单位名称", "简称", "单位类型", "上级单位"]])
    put(units, 2, [["某某局", "某局", "驻在单位", None], ["某某局办公室", "办公室", "内设机构", "某某局"]])
    hidden = workbook.create_sheet("参数")
    put(hidden, 1, [["不要动"]])
    hidden.sheet_state = "hidden"
    return workbook


def plain_talks() -> Workbook:
    """The same talks with one header row and no decoration."""
    workbook, sheet = new("谈话")
    put(sheet, 1, [["谈话日期", "谈话对象", "职务", "谈话类型", "主谈人", "谈话内容"]])
    put(sheet, 2, [[row[1], row[2], row[3], row[4], row[5], row[6]] for row in TALKS])
    return workbook


def wrong_size(path: Path, told: str) -> None:
    """Give every sheet a stored size it does not have, as WPS sometimes does."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            changed = content
            if name.startswith("xl/worksheets/"):
                start = content.index(b'<dimension ref="') + len(b'<dimension ref="')
                end = content.index(b'"', start)
                changed = content[:start] + told.encode() + content[end:]
            archive.writestr(name, changed)


def converted(source: Path, kind: str) -> None:
    """Let LibreOffice save a ledger in another format."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(source.parent),
                str(source),
            ],
            check=True,
            capture_output=True,
        )


def text(path: Path, encoding: str, separator: str = ",") -> None:
    """Write the talks as a text table."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(["2025年廉政谈话登记表"])
        writer.writerow(["时间", "姓名", "职务", "谈话类别", "谈话人", "主要内容"])
        writer.writerows([row[1:7] for row in TALKS])
        writer.writerow(["合计", "6人次"])


LEDGERS: dict[str, Callable[[], Workbook]] = {
    "talks_merged": talks,
    "talks_plain": plain_talks,
    "duties_grouped": duties,
    "reviews_two_tables": reviews,
    "leads_three_rows": leads,
    "petitions_repeated_header": petitions,
    "roster": roster,
}


def main() -> None:
    """Write every ledger."""
    HERE.mkdir(exist_ok=True)
    for name, make in LEDGERS.items():
        make().save(HERE / f"{name}.xlsx")
    for name, told in (("wps_says_a1", "A1"), ("claims_whole_sheet", "A1:XFD1048576")):
        talks().save(HERE / f"{name}.xlsx")
        wrong_size(HERE / f"{name}.xlsx", told)
    converted(HERE / "talks_merged.xlsx", "xls")
    converted(HERE / "leads_three_rows.xlsx", "xls")
    converted(HERE / "duties_grouped.xlsx", "ods")
    converted(HERE / "reviews_two_tables.xlsx", "ods")
    text(HERE / "talks_gb18030.csv", "gb18030")
    text(HERE / "talks_utf8_bom.csv", "utf-8-sig")
    text(HERE / "talks_tabs.csv", "utf-8", "\t")


if __name__ == "__main__":
    main()

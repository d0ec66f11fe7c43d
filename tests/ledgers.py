"""Small ledgers made by the tests themselves: invented names, laid out as officers keep them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

ROWS: list[list[object]] = [
    [1, "2025.3.6", "孙立新", "副局长", "提醒", "陈守正", "提醒分管领域廉政风险", "补谈"],
    [2, "3月18日", "丁海波", "处长", "日常", "陈守正", "节后收心", None],
    [3, date(2025, 4, 2), "吴建平", "科长", "任前谈话", "陈守正", "任前要求", None],
    [4, "2025.2.30", "田玉芳", "副科长", "日常", "陈守正", "日常提醒", None],
]
SECRETS = ("某举报人甲", "13900001234", "某街道某号")


def ledger(path: Path, rows: Sequence[Sequence[object]] = ROWS) -> Path:
    """Write a ledger with a title, a two-row header with merged cells, a total and a signature."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "谈话台账"
    sheet.append(["2025 年廉政谈话登记表（最终版2）"])
    sheet.append(["序号", "时间", "被谈话人", None, "谈话类别", "谈话人", "主要内容", "备注"])
    sheet.append([None, None, "姓名", "职务"])
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("C2:D2")
    for column in "ABEFGH":
        sheet.merge_cells(f"{column}2:{column}3")
    for row in rows:
        sheet.append(list(row))
    sheet.append(["合计", None, f"{len(rows)} 人次"])
    sheet.append(["填表人：李记"])
    book.save(path)
    return path


def petitions(path: Path) -> Path:
    """Write a petition ledger that names an informant in three columns, one of them no field knows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "信访登记"
    sheet.append(["编号", "收件日期", "举报方式", "被反映人", "主要问题摘要", "反映人", "联系电话", "举报人其他情况"])
    sheet.append(["信〔2026〕0001", "2026.1.5", "来信", "某甲", "反映作风问题", *SECRETS])
    sheet.append(["信〔2026〕0002", "2026.1.6", "来访", "某乙", "反映补贴问题", *SECRETS])
    book.save(path)
    return path

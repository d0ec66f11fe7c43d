"""Ledgers as some officers keep them: rows of talks without any header."""

from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

NAMES = ("孙立新", "丁海波", "吴建平", "田玉芳", "何文涛")
KINDS = ("提醒", "日常", "任前谈话", "提醒谈话", "日常")
POSTS = ("副局长", "处长", "科长", "副科长", "副主任")


def talks(path: Path, *, title: bool = False, start: date = date(2025, 3, 6), header: bool = False) -> Path:
    """Write five talks, nine days apart, with or without a title and heads above them."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    if title:
        sheet.append(["2025 年谈话情况"])
        sheet.merge_cells("A1:G1")
    if header:
        sheet.append(["序号", "时间", "姓名", "职务", "谈话类型", "主要内容", "谈话人"])
    for at, name in enumerate(NAMES):
        day = start + timedelta(days=at * 9)
        told = f"围绕第{at + 1}季度分管领域的廉政风险开展谈话，提出三点要求"
        sheet.append([at + 1, f"{day.year}.{day.month}.{day.day}", name, POSTS[at], KINDS[at], told, "陈守正"])
    made.save(path)
    return path

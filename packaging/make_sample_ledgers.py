"""Make the ledgers of the sample: workbooks as an invented unit kept them, with all that makes such workbooks hard.

Run by whoever changes them (``.venv/bin/python packaging/make_sample_ledgers.py``); the result is checked in.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sample"
Row = Sequence[Any]

TALKS: list[Row] = [
    (1, "梁志远", "党组书记、局长", "2025.1.16", "日常谈话", "陈守正", "本组谈话室", "通报上年度问题", "虚心接受"),
    (2, "何文涛", "副局长", "2025-02-11", "日常谈话", "陈守正", "本组谈话室", "节后作风提醒", "接受提醒"),
    (3, "孙立新", "副局长", date(2025, 3, 6), "提醒谈话", "陈守正", "本组谈话室", "工程建设领域廉政风险", "照办"),
    (4, "罗卫东", "副局长", "2025年3月18日", "日常廉政谈话", "陈守正", "本组谈话室", "住房保障采购", "接受"),
    (5, "许国梁", "住房保障处处长", "20250402", "提醒谈话", "陈守正", "本组谈话室", "采购方式", "已整改"),
    (6, "冯雅琴", "建筑市场处处长", "2025.7.15", "任前谈话", "陈守正", "本组谈话室", "任前廉政要求", "严格遵守"),
    (7, "程野", "城建档案馆馆长", "2025.6.30", "任前", "陈守正", "本组谈话室", "任前廉政要求", "严格遵守"),
    (8, "曹志刚", "住房保障中心副主任", "2025/8/19", "处分回访", "陈守正", "本组谈话室", "处分后思想状况", "认识到位"),
    (9, "周培林", "征收中心主任", "2025.2.30", "诫勉", "陈守正", "本组谈话室", "公款接待", "深刻检查"),
    (10, "邵勇", "质安站站长", "2025.9.11", "提醒", "陈守正", "本组谈话室", "检测收费", "接受提醒"),
    (11, "邵勇", "质安站站长", "2025.9.11", "提醒", "陈守正", "本组谈话室", "检测收费", "接受提醒"),
    (12, "丁海波", "计划财务处处长", "2025.10.9", "聊天", "陈守正", "本组谈话室", "报销审核", "接受"),
]
DUTIES: list[Row] = [
    ("党组主体责任", "党组", "年初专题部署全面从严治党工作", "办公室", "吴建平", "2025-03-31", "已完成"),
    (None, None, "半年听取一次直属单位党组织汇报", "办公室", "吴建平", "2025.6.30", "已完成"),
    (None, None, "开展警示教育大会", "机关党委", "秦晓芸", "2025.9.30", "已完成"),
    ("第一责任人责任", "梁志远", "对班子成员开展廉政谈话", "办公室", "梁志远", "2025年12月底", "已完成"),
    (None, None, "带头讲廉政党课", "办公室", "梁志远", "2025.7.1", "已完成"),
    ("一岗双责", "孙立新", "督促深基坑专项检查整改", "质安站", "孙立新", "2025.11.30", "已完成"),
    (None, "罗卫东", "核查征收补偿款发放", "征收中心", "罗卫东", "2025.10.31", "已完成"),
    (None, "韩雪梅", "评审专家抽取监督", "建筑市场处", "韩雪梅", "2025.12.31", "已完成"),
]
REVIEWS: list[Row] = [
    (1, "2025年度政府采购计划", "大额资金使用", "1280万元", "计划财务处", "2025.2.20", "有意见建议", "采纳"),
    (2, "局机关食堂委托经营", "重大决策", "", "办公室", "2025.3.13", "无意见", ""),
    (3, "老旧小区改造监理服务", "大额资金使用", "96.5万元", "建筑市场处", "2025.4.17", "提出意见建议", "已采纳"),
    (4, "质安站站长拟任人选", "干部任免", "", "办公室", "2025.5.8", "无意见", ""),
    (5, "城建档案数字化一期", "重大项目安排", "198万元", "城建档案馆", "2025.6.12", "有意见建议", "部分采纳"),
    (6, "保障房维修资金拨付", "大额资金", "210万", "住房保障处", "2025.7.10", "同意", ""),
    (7, "公租房租金减免办法", "重大决策", "", "住房保障处", "2025.8.21", "建议暂缓上会", "采纳"),
]
PETITIONS: list[Row] = [
    (1, date(2025, 4, 15), "来信", "匿名", "程野", "城建档案馆馆长", "反映设备采购指定品牌", "不属实", "2025.5.20"),
    (2, date(2025, 6, 3), "网络", "实名", "周培林", "征收中心主任", "反映公款接待超标准", "属实", "2025.7.1"),
    (3, date(2025, 9, 8), "来访", "实名", "", "", "反映某处室违规发放津贴", "部分属实", "2025.10.20"),
]
ROSTER: list[Row] = [
    ("梁志远", "男", "1968.04", "某市示例住房局", "党组书记、局长", "厅局级", "中共党员"),
    ("何文涛", "男", "1971.09", "某市示例住房局", "党组副书记、副局长", "县处级", "中共党员"),
    ("孙立新", "男", "1973.02", "某市示例住房局", "党组成员、副局长", "县处级", "中共党员"),
    ("罗卫东", "男", "1974.06", "某市示例住房局", "党组成员、副局长", "县处级", "中共党员"),
    ("吴建平", "男", "1978.03", "办公室", "主任", "乡科级", "中共党员"),
    ("许国梁", "男", "1979.11", "住房保障处", "处长", "乡科级", "中共党员"),
    ("白予安", "女", "1990.05", "示例城建档案馆", "编研科科长", "一般干部", "群众"),
]


def main() -> None:
    """Write every ledger."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    person = [("被谈话人", "姓名"), ("被谈话人", "单位职务")]
    heads: list[Any] = ["序号", *person, "谈话时间", "谈话类型", "谈话人", "地点", "主要内容", "本人态度"]
    _write("廉政谈话台账（2025年）", "2025年廉政谈话登记台账", heads, TALKS, "合计：12 人次")
    heads = ["责任类型", "责任主体", "责任内容", "责任部门", "责任人", "完成时限", "完成情况"]
    _write("责任清单（2025年）", "2025年全面从严治党责任清单", heads, DUTIES, "", merged=(1, 2))
    heads = ["序号", "议题名称", "事项类别", "涉及金额", "提出部门", "上会时间", "审查意见", "是否采纳"]
    _write("三重一大会前审查（2025年）", "“三重一大”事项会前审查登记表（2025年）", heads, REVIEWS, "填表人：蒋薇")
    heads = [
        "序号",
        "收信日期",
        "信访方式",
        "实名/匿名",
        "被反映人",
        "被反映人单位职务",
        "反映主要问题",
        "核实结果",
        "办结时间",
    ]
    _write("信访台账（2025年）", "信访举报受理登记台账", heads, PETITIONS, "合计 3 件")
    heads = ["姓名", "性别", "出生年月", "工作单位", "职务", "职级", "政治面貌"]
    _write("干部名册", "干部名册（2025年12月）", heads, ROSTER, "")


def _write(
    name: str, title: str, heads: Sequence[Any], rows: Sequence[Row], foot: str, merged: tuple[int, ...] = ()
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.append(["填报单位：某市示例住房局"])
    doubled = any(isinstance(head, tuple) for head in heads)
    top = 3
    sheet.append([head[0] if isinstance(head, tuple) else head for head in heads])
    if doubled:
        sheet.append([head[1] if isinstance(head, tuple) else None for head in heads])
        _merge_heads(sheet, heads, top)
    first = sheet.max_row + 1
    for row in rows:
        sheet.append(list(row))
    for column in merged:
        _merge_down(sheet, column, first, sheet.max_row)
    if foot:
        sheet.append([foot])
    for column, head in enumerate(heads, start=1):
        wide = 26 if str(head).endswith(("内容", "问题", "名称")) else 14
        sheet.column_dimensions[get_column_letter(column)].width = wide
    book.save(FOLDER / f"{name}.xlsx")


def _merge_heads(sheet: Any, heads: Sequence[Any], top: int) -> None:
    column = 1
    while column <= len(heads):
        head = heads[column - 1]
        if isinstance(head, tuple):
            last = column
            while last < len(heads) and isinstance(heads[last], tuple) and heads[last][0] == head[0]:
                last += 1
            sheet.merge_cells(start_row=top, start_column=column, end_row=top, end_column=last)
            column = last + 1
            continue
        sheet.merge_cells(start_row=top, start_column=column, end_row=top + 1, end_column=column)
        column += 1


def _merge_down(sheet: Any, column: int, first: int, last: int) -> None:
    """Merge each value with the empty cells under it, as such ledgers do for what stays the same."""
    start = first
    for row in range(first + 1, last + 2):
        if row > last or sheet.cell(row, column).value is not None:
            if row - 1 > start:
                sheet.merge_cells(start_row=start, start_column=column, end_row=row - 1, end_column=column)
            start = row


if __name__ == "__main__":
    main()

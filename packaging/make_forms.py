"""Make the blank forms that come with the program: invented, laid out as offices of a commission send them.

Run by whoever changes them (``.venv/bin/python packaging/make_forms.py``); the result is checked in.
"""

from openpyxl import Workbook

from commission_workbook import commission_workbook
from form_cells import FOLDER, FORMS, KINDS, LINES, RANKS, boxes, feet, head, new


def leads() -> Workbook:
    """问题线索处置情况统计表: by rank, received, the five ways of disposal, late."""
    workbook, sheet = new("线索处置", "　　年　月问题线索处置情况统计表", "J")
    sheet["I2"] = "单位：件"
    head(sheet, 3, ("对象职级", "受理", "", "处置方式", "", "", "", "", "处置合计", "超期"), (16, *[11] * 9))
    head(sheet, 4, ("", "本月", "本年累计", "谈话函询", "初步核实", "暂存待查", "予以了结", "移交", "", ""))
    for area in ("A3:A4", "B3:C3", "D3:H3", "I3:I4", "J3:J4"):
        sheet.merge_cells(area)
    for row, words in enumerate(RANKS, 5):
        sheet.cell(row, 1, words)
        sheet.cell(row, 9, f"=SUM(D{row}:H{row})")
    sheet["A10"] = "合计"
    for column in "BCDEFGHIJ":
        sheet[f"{column}10"] = f"=SUM({column}5:{column}9)"
    boxes(sheet, "A3:J10")
    feet(sheet, 12, "A", "D", "H")
    return workbook


def reviews() -> Workbook:
    """“三重一大”会前审查台账: a row per item."""
    workbook, sheet = new("会前审查", "　　年　月“三重一大”会前审查台账", "I")
    sheet["H2"] = "金额单位：万元"
    words = ("序号", "上会日期", "议题名称", "事项类别", "提出部门", "金额", "审查意见", "采纳情况", "备注")
    head(sheet, 3, words, (6, 13, 36, 15, 15, 12, 18, 13, 18))
    boxes(sheet, "A3:I14")
    for row in range(4, 14):
        sheet[f"B{row}"].number_format = "yyyy-mm-dd"
        sheet[f"F{row}"].number_format = "0.00"
        sheet.row_dimensions[row].height = LINES
    sheet["A14"], sheet["F14"] = "合计", "=SUM(F4:F13)"
    sheet.merge_cells("A14:E14")
    sheet.print_title_rows = "1:3"
    feet(sheet, 16, "A", "D", "G")
    return workbook


def talks() -> Workbook:
    """廉政谈话情况汇总表: by kind, talks and persons, this month and the year."""
    workbook, sheet = new("廉政谈话", "　　年　月廉政谈话情况汇总表", "F")
    head(sheet, 3, ("谈话类别", "场次", "", "人次", "", "备注"), (22, 12, 12, 12, 12, 20))
    head(sheet, 4, ("", "本月", "本年累计", "本月", "本年累计"))
    for area in ("A3:A4", "B3:C3", "D3:E3", "F3:F4"):
        sheet.merge_cells(area)
    for row, words in enumerate(KINDS, 5):
        sheet.cell(row, 1, words)
    last = 4 + len(KINDS)
    sheet[f"A{last + 1}"] = "合计"
    for column in "BCDE":
        sheet[f"{column}{last + 1}"] = f"=SUM({column}5:{column}{last})"
    boxes(sheet, f"A3:F{last + 1}")
    feet(sheet, last + 3, "A", "C", "E")
    return workbook


def four_forms() -> Workbook:
    """四种形态运用情况统计表: persons and shares."""
    workbook, sheet = new("四种形态", "　　年　月四种形态运用情况统计表", "F")
    sheet["E2"] = "单位：人次、%"
    head(sheet, 3, ("项目", "人次", "", "", "占比", ""), (20, 12, 12, 12, 12, 12))
    head(sheet, 4, ("", "本月", "本年累计", "上年同期", "本月", "本年累计"))
    for area in ("A3:A4", "B3:D3", "E3:F3"):
        sheet.merge_cells(area)
    for row, words in enumerate(FORMS, 5):
        sheet.cell(row, 1, words)
        for share, count in (("E", "B"), ("F", "C")):
            sheet[f"{share}{row}"] = f'=IF({count}$9=0,"—",ROUND({count}{row}/{count}$9*100,1))'
    sheet["A9"] = "合计"
    for share, count in (("E", "B"), ("F", "C")):
        sheet[f"{share}9"] = f'=IF({count}9=0,"—",100)'
    for column in "BCD":
        sheet[f"{column}9"] = f"=SUM({column}5:{column}8)"
    boxes(sheet, "A3:F9")
    sheet["A10"] = "注：以问题线索为起点，以处理结果为统计依据；占比保留一位小数"
    feet(sheet, 12, "A", "C", "E")
    return workbook


def duties() -> Workbook:
    """责任清单落实情况表: a row per duty, due within the year."""
    workbook, sheet = new("责任清单", "　　年度责任清单落实情况表", "I")
    words = ("序号", "责任主体", "责任类型", "责任内容", "责任部门", "责任人", "完成时限", "落实情况", "状态")
    head(sheet, 3, words, (6, 22, 14, 40, 18, 12, 13, 36, 11))
    boxes(sheet, "A3:I15")
    for row in range(4, 16):
        sheet[f"G{row}"].number_format = "yyyy-mm-dd"
        sheet.row_dimensions[row].height = LINES
    sheet.print_title_rows = "1:3"
    feet(sheet, 17, "A", "D", "H")
    return workbook


def main() -> None:
    """Make every form."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in (
        ("问题线索处置情况统计表", leads),
        ("三重一大会前审查台账", reviews),
        ("廉政谈话情况汇总表", talks),
        ("四种形态运用情况统计表", four_forms),
        ("责任清单落实情况表", duties),
        ("派驻监督统计报表（全套）", commission_workbook),
    ):
        make().save(FOLDER / f"{name}.xlsx")


if __name__ == "__main__":
    main()

"""Makes the blank forms the tests fill: invented, laid out as the offices of a commission send them.

Run it after changing it: ``python -m tests.data.make_forms``. LibreOffice saves some of them anew.
"""

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.data.form_pieces import BOX, THIN, boxes, new, title
from tests.data.raw_forms import (
    everything,
    extended_validation,
    lead_figures,
    shared_formulas,
    table_object,
    talks_summary,
    with_macros,
)

HERE = Path(__file__).parent / "forms"


def review_ledger() -> Workbook:
    """A list with numbers already in front, drop-downs, conditional formats, notes, a link, sums and signatures."""
    workbook, sheet = new("会前审查")
    title(sheet, "2026年　月“三重一大”会前审查台账", "I")
    sheet["A2"], sheet["G2"] = "填报单位（盖章）：", "金额单位：万元"
    heads = ["序号", "会议日期", "议题名称", "事项类别", "金额", "审查意见", "采纳情况", "意见条数", "备注"]
    for column, words in enumerate(heads, 1):
        sheet.cell(3, column, words).font = Font(bold=True)
    boxes(sheet, "A3:I14")
    for row in range(4, 14):
        sheet.cell(row, 1, row - 3)
        sheet.cell(row, 2).number_format = "yyyy-mm-dd"
        sheet.cell(row, 5).number_format = "0.00"
        sheet.row_dimensions[row].height = 24
    for cell in sheet["A13:I13"][0]:
        cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=Side(style="medium"))
    sheet["A14"] = "合计"
    sheet.merge_cells("A14:D14")
    sheet["E14"], sheet["H14"] = "=SUM(E4:E13)", "=SUM(H4:H13)"
    sheet["A16"] = "填表人："
    sheet["D16"] = "审核人："
    sheet["G16"] = "报出日期：    年  月  日"
    sheet["A17"] = "说明：本表一式两份"
    sheet["A18"] = "核对"
    sheet["B18"] = '=IF(E14=SUM(E$4:E$13),"相符","不符")'
    kinds = DataValidation("list", formula1='"重大决策,重要干部任免,重大项目安排,大额度资金使用"', allow_blank=True)
    kinds.add("D4:D13")
    amount = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
    amount.add("E4:E13")
    sheet.add_data_validation(kinds)
    sheet.add_data_validation(amount)
    red = PatternFill("solid", start_color="FFC7CE", end_color="FFC7CE")
    sheet.conditional_formatting.add(
        "E4:E13", Rule("cellIs", operator="greaterThan", formula=["500"], dxf=DifferentialStyle(fill=red))
    )
    sheet.conditional_formatting.add(
        "H4:H13", Rule("expression", formula=["$H4>$E$14"], dxf=DifferentialStyle(fill=red))
    )
    sheet["G14"].comment = Comment("合计行不填采纳情况", "示例")
    sheet["E14"].comment = Comment("自动求和", "示例")
    sheet["A17"].hyperlink = "https://example.invalid/"
    sheet.auto_filter.ref = "A3:I13"
    sheet.freeze_panes = "C4"
    sheet.print_area = "A1:I18"
    sheet.print_title_rows = "1:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.column_dimensions["C"].width = 36
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.center is not None
    footer.center.text = "第 &P 页，共 &N 页"
    workbook.defined_names["审查金额"] = DefinedName("审查金额", attr_text="会前审查!$E$4:$E$13")
    return workbook


def four_forms() -> Workbook:
    """Cover, figures with shares, and a hidden sheet of explanations."""
    workbook, cover = new("封面")
    title(cover, "2025年度四种形态运用情况统计表", "D", 3)
    for row, words in enumerate(("填报单位", "单位负责人", "审核人", "填表人", "联系电话", "报出日期"), 6):
        cover.cell(row, 2, words).border = BOX
        cover.cell(row, 3).border = BOX
    cover["C11"] = "    年  月  日"
    sheet = workbook.create_sheet("四种形态")
    title(sheet, "2025年1—12月四种形态运用情况统计表", "F")
    sheet["A2"] = "单位：人次、%"
    for place, words in {
        "A3": "项目",
        "B3": "人次",
        "D3": "占比",
        "F3": "备注",
        "B4": "本月",
        "C4": "累计",
        "D4": "本月",
        "E4": "累计",
    }.items():
        sheet[place] = words
    for area in ("A3:A4", "B3:C3", "D3:E3", "F3:F4"):
        sheet.merge_cells(area)
    for row, words in enumerate(("第一种形态", "第二种形态", "第三种形态", "第四种形态"), 5):
        sheet.cell(row, 1, words)
        sheet.cell(row, 4, f'=IF(B$9=0,"—",ROUND(B{row}/B$9*100,1))')
        sheet.cell(row, 5, f'=IF(C$9=0,"—",ROUND(C{row}/C$9*100,1))')
    sheet["A9"], sheet["B9"], sheet["C9"] = "合计", "=SUM(B5:B8)", "=SUM(C5:C8)"
    boxes(sheet, "A3:F9")
    sheet["A10"] = "注：占比保留一位小数"
    notes = workbook.create_sheet("填报说明")
    notes["A1"] = "第一种形态：谈话提醒、批评教育、责令检查、诫勉"
    notes.sheet_state = "hidden"
    return workbook


def duty_status() -> Workbook:
    """Items already written, what became of them to be filled in; group headings across the table."""
    workbook, sheet = new("责任清单")
    title(sheet, "2026年度责任清单落实情况表", "F")
    sheet["A2"] = "填报单位："
    for column, words in enumerate(("序号", "责任事项", "责任人", "完成情况", "完成时间", "未完成原因"), 1):
        sheet.cell(3, column, words)
    row = 4
    for group, items in {
        "一、主体责任": ("专题研究党风廉政建设工作", "听取班子成员履责汇报"),
        "二、监督责任": ("列席党组会议监督", "开展廉政谈话", "督促问题整改"),
    }.items():
        sheet.cell(row, 1, group)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
        row += 1
        for number, item in enumerate(items, 1):
            sheet.cell(row, 1, number)
            sheet.cell(row, 2, item)
            sheet.cell(row, 3, "示例甲")
            sheet.cell(row, 5).number_format = "yyyy-mm-dd"
            row += 1
    boxes(sheet, f"A3:F{row - 1}")
    for each in range(4, row):
        sheet.cell(each, 5).number_format = 'yyyy"年"m"月"d"日"'
    sheet.cell(row, 1, "填表人：          填表日期：")
    return workbook


def protected() -> Workbook:
    """A protected sheet in which only the cells to be filled are open, and the totals are not."""
    workbook, sheet = new("月报")
    title(sheet, "2026年03月监督检查情况月报", "D")
    for place, words in {"A2": "项目", "B2": "本月", "C2": "累计", "D2": "同期"}.items():
        sheet[place] = words
    for row, words in enumerate(("监督检查（次）", "发现问题（个）", "制发建议书（份）"), 3):
        sheet.cell(row, 1, words)
    sheet["A6"], sheet["B6"], sheet["C6"] = "合计", "=SUM(B3:B5)", "=SUM(C3:C5)"
    boxes(sheet, "A2:D6", "0")
    for row in range(3, 6):
        for column in (2, 3):
            sheet.cell(row, column).protection = Protection(locked=False)
    sheet.protection.sheet = True
    sheet.protection.password = "demo"
    return workbook


def linked_sheets() -> Workbook:
    """A list on one sheet, figures on another that counts it, names over both."""
    workbook, sheet = new("汇总")
    title(sheet, "2026年　月整改情况汇总", "C")
    sheet["A2"], sheet["B2"], sheet["C2"] = "项目", "数量", "上期"
    for row, (words, formula) in enumerate(
        (
            ("问题总数", "=COUNTA(明细!B4:B8)"),
            ("涉及金额", "=SUM(明细!$D$4:$D$8)"),
            ("已整改", '=COUNTIF(明细!E4:E8,"已整改")'),
            ("最后一项", "=明细!B8"),
            ("合计核对", "=明细!D9-整改金额"),
        ),
        3,
    ):
        sheet.cell(row, 1, words)
        sheet.cell(row, 2, formula)
    boxes(sheet, "A2:C7")
    detail = workbook.create_sheet("明细")
    title(detail, "问题整改明细", "E")
    for column, words in enumerate(("序号", "问题", "责任单位", "金额", "整改状态"), 1):
        detail.cell(2, column, words)
        detail.cell(3, column, column)
    boxes(detail, "A2:E9")
    detail["A9"], detail["D9"] = "合计", "=SUM(D4:D8)"
    detail["A10"], detail["D10"] = "其中最大", "=MAX(D4:D8)"
    states = DataValidation("list", formula1='"已整改,整改中,未整改"')
    states.add("E4:E8")
    detail.add_data_validation(states)
    workbook.defined_names["整改金额"] = DefinedName("整改金额", attr_text="SUM(明细!$D$4:$D$8)")
    return workbook


def one_row() -> Workbook:
    """Only one empty row, under it totals that must grow."""
    workbook, sheet = new("信访")
    title(sheet, "2026年　月信访举报登记", "E")
    for column, words in enumerate(("序号", "收到日期", "反映对象", "件次", "处理方式"), 1):
        sheet.cell(2, column, words)
    boxes(sheet, "A2:E4")
    sheet["B3"].number_format = "yyyy-mm-dd"
    sheet["A3"] = "=ROW()-2"
    sheet["A4"], sheet["D4"], sheet["E4"] = "合计", "=SUM(D3:D3)", "=SUM(D3)"
    sheet["A5"] = "填报人："
    sheet["C5"] = "=D4+1"
    rule = DataValidation("whole", operator="greaterThan", formula1="0")
    rule.add("D3")
    sheet.add_data_validation(rule)
    return workbook


def punishments() -> Workbook:
    """The two-row header over thirty-one columns, a row per unit to be written in."""
    workbook, sheet = new("立案处分")
    title(sheet, "2026年　月立案处分情况统计表", "AE")
    groups = {
        "政务处分": "警告 记过 记大过 降级 撤职 开除 小计",
        "党纪处分": "警告 严重警告 撤销党内职务 留党察看 开除党籍 小计",
        "问责": "通报 诫勉谈话 停职检查 调整职务 责令辞职 降职 免职 小计",
        "违规": "通报 提醒谈话 书面检查 扣分 小计",
        "违法": "移交司法 未移交 小计",
    }
    for column, words in enumerate(("序号", "单位"), 1):
        sheet.cell(2, column, words)
        sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)
    column = 3
    for group, words in groups.items():
        names = words.split()
        sheet.cell(2, column, group)
        sheet.merge_cells(start_row=2, start_column=column, end_row=2, end_column=column + len(names) - 1)
        for step, name in enumerate(names):
            sheet.cell(3, column + step, name)
        for row in range(4, 10):
            first, last = sheet.cell(row, column).coordinate, sheet.cell(row, column + len(names) - 2).coordinate
            sheet.cell(row, column + len(names) - 1, f"=SUM({first}:{last})")
        column += len(names)
    for each in range(3, column):
        letter = get_column_letter(each)
        sheet.cell(10, each, f"=SUM({letter}4:{letter}9)")
    sheet["B10"] = "合计"
    boxes(sheet, "A2:AE10")
    sheet["AE1"].border = BOX
    sheet["B12"] = "填报单位（盖章）：                  填表人：            2026年　月　日"
    return workbook


def side_by_side() -> Workbook:
    """Labels and figures twice across."""
    workbook, sheet = new("情况表")
    title(sheet, "2026年第　季度监督工作情况表", "D")
    for column, words in enumerate(("项目", "数量", "项目", "数量"), 1):
        sheet.cell(2, column, words)
    pairs = [("列席会议", "廉政谈话"), ("提出意见", "警示教育"), ("制发建议", "回访")]
    for row, (left, right) in enumerate(pairs, 3):
        sheet.cell(row, 1, left)
        sheet.cell(row, 3, right)
    boxes(sheet, "A2:D5")
    return workbook


def mixed() -> Workbook:
    """Figures above, a list below, each with its own header."""
    workbook, sheet = new("月报")
    title(sheet, "2026年　月派驻监督月报", "E")
    sheet["A2"] = "填报单位："
    for column, words in enumerate(("项目", "本月", "累计", "上年同期", "备注"), 1):
        sheet.cell(3, column, words)
    for row, words in enumerate(("信访举报（件次）", "问题线索（件）", "立案（件）"), 4):
        sheet.cell(row, 1, words)
    boxes(sheet, "A3:E6")
    sheet["A8"] = "附：廉政谈话名单"
    sheet.merge_cells("A8:E8")
    for column, words in enumerate(("序号", "姓名", "职务", "谈话类型", "谈话时间"), 1):
        sheet.cell(9, column, words)
    boxes(sheet, "A9:E13")
    for row in range(10, 14):
        sheet.cell(row, 5).number_format = "yyyy-mm-dd"
    sheet["A14"] = "填表人：        联系电话：        报出日期：  年  月  日"
    return workbook


def by_libreoffice(path: Path, target: Path) -> None:
    """Let LibreOffice open a form and save it anew."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{folder}/out", str(path)]
        subprocess.run(command, check=True, capture_output=True)
        (Path(folder) / "out" / path.name).replace(target)


def main() -> None:
    """Make every form."""
    HERE.mkdir(exist_ok=True)
    for write in (lead_figures, talks_summary, table_object, shared_formulas, extended_validation, everything):
        write(HERE / f"{write.__name__}.xlsx")
    with_macros(HERE / "with_macros.xlsm")
    makers: list[Callable[[], Workbook]] = [review_ledger, four_forms, duty_status, protected, linked_sheets]
    makers += [one_row, punishments, side_by_side, mixed]
    for make in makers:
        make().save(HERE / f"{make.__name__}.xlsx")
    for name in ("lead_figures", "review_ledger", "linked_sheets"):
        by_libreoffice(HERE / f"{name}.xlsx", HERE / f"lo_{name}.xlsx")


if __name__ == "__main__":
    main()

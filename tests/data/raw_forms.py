"""Blank forms made with XlsxWriter, and some with XML that no library writes."""

import re
import zipfile
from pathlib import Path
from typing import Any

from tests.data.form_pieces import boxes, edited, new, picture, title, xlsx


def lead_figures(path: Path) -> None:
    """Three-level head, hidden codes, two-level row labels, sums across and down, a picture in the page header."""
    book = xlsx(path)
    sheet = book.add_worksheet("线索处置")
    box = book.add_format({"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    grey = book.add_format({"border": 1, "bg_color": "#D9D9D9"})
    big = book.add_format({"bold": True, "font_size": 18, "align": "center"})
    plain = book.add_format({})
    sheet.merge_range("A1:K1", "　　年　月问题线索处置情况统计表", big)
    sheet.write("A2", "填报单位：", plain)
    sheet.write("J2", "单位：件", plain)
    sheet.merge_range("A3:B5", "类别", box)
    sheet.merge_range("C3:C5", "代码", box)
    sheet.merge_range("D3:D5", "本月受理", box)
    sheet.merge_range("E3:I3", "处置方式", box)
    sheet.merge_range("E4:F4", "核查类", box)
    sheet.merge_range("G4:I4", "其他", box)
    for column, words in zip("EFGHI", ("谈话函询", "初步核实", "暂存待查", "予以了结", "移交"), strict=True):
        sheet.write(f"{column}5", words, box)
    sheet.merge_range("J3:J5", "处置合计", box)
    sheet.merge_range("K3:K5", "超期", box)
    for column, words in zip("ABCDEFGHIJK", ("x1", "x2", "x3", *(f"I-20{n}" for n in range(1, 9))), strict=True):
        sheet.write(f"{column}6", words, grey)
    sheet.set_row(5, 12, None, {"hidden": True})
    labels = [
        ("领导干部", "县处级", "01"),
        ("领导干部", "乡科级", "02"),
        ("其他人员", "一般干部", "03"),
        ("其他人员", "其他", "04"),
    ]
    for row, (group, words, code) in enumerate(labels, 7):
        if row % 2:
            sheet.merge_range(f"A{row}:A{row + 1}", group, box)
        sheet.write(f"B{row}", words, box)
        sheet.write(f"C{row}", code, box)
        for column in "DEFGHIK":
            sheet.write_blank(f"{column}{row}", None, box)
        sheet.write_formula(f"J{row}", f"=SUM(E{row}:I{row})", box, 0)
    sheet.merge_range("A11:B11", "合  计", box)
    sheet.write("C11", "00", box)
    for column in "DEFGHIJK":
        sheet.write_formula(f"{column}11", f"=SUM({column}7:{column}10)", box, 0)
    sheet.write("A12", "填表人：            审核人：            报出日期：    年  月  日")
    sheet.set_column("A:A", 11)
    sheet.set_column("B:C", 12)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area("A1:K12")
    sheet.repeat_rows(2, 4)
    sheet.fit_to_pages(1, 1)
    sheet.set_header("&L&[Picture]&R第 &P 页", {"image_left": "seal.png", "image_data_left": picture()})
    sheet.set_footer("&C内部资料")
    sheet.insert_textbox("M3", "填表说明：本表按月报送", {"width": 120, "height": 60})
    book.define_name("处置合计", "=线索处置!$J$11")
    book.close()


def talks_summary(path: Path) -> None:
    """A list with computed columns, data bars of the newer kind, sparklines, a chart, a seal under the list."""
    book = xlsx(path)
    sheet = book.add_worksheet("谈话汇总")
    box = book.add_format({"border": 1, "align": "center"})
    day = book.add_format({"border": 1, "num_format": "yyyy/m/d"})
    big = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    red = book.add_format({"font_color": "#C00000", "bold": True})
    sheet.merge_range("A1:H1", "", big)
    sheet.write_rich_string("A1", red, "    年  月", book.add_format({"bold": True}), "廉政谈话情况汇总表", big)
    sheet.write("A2", "填报单位")
    sheet.merge_range("B2:D2", "", box)
    heads = ["序号", "谈话日期", "谈话对象", "谈话类型", "计划人次", "实际人次", "完成率", "走势"]
    sheet.write_row("A3", heads, box)
    for row in range(4, 12):
        sheet.write_formula(f"A{row}", "=ROW()-3", box, row - 3)
        sheet.write_blank(f"B{row}", None, day)
        for column in "CDEF":
            sheet.write_blank(f"{column}{row}", None, box)
        sheet.write_formula(f"G{row}", f'=IF(E{row}=0,"",F{row}/E{row})', box, "")
        sheet.write_blank(f"H{row}", None, box)
        sheet.add_sparkline(f"H{row}", {"range": f"E{row}:F{row}"})
    sheet.write("A12", "合计", box)
    for column in "BCDGH":
        sheet.write_blank(f"{column}12", None, box)
    for column in "EF":
        sheet.write_formula(f"{column}12", f"=SUM({column}4:{column}11)", box, 0)
    sheet.conditional_format("F4:F11", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("C4:C11", {"type": "formula", "criteria": "=$F4>$E4", "format": red})
    sheet.data_validation("D4:D11", {"validate": "list", "source": "=选项!$A$1:$A$4"})
    sheet.insert_image("F13", "seal.png", {"image_data": picture(), "object_position": 2})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"name": "实际", "categories": "=谈话汇总!$C$4:$C$11", "values": "=谈话汇总!$F$4:$F$11"})
    sheet.insert_chart("A16", chart)
    sheet.write("A14", "负责人：")
    sheet.write("C14", "填表人：")
    sheet.set_h_pagebreaks([14])
    lists = book.add_worksheet("选项")
    lists.write_column("A1", ["任前谈话", "提醒谈话", "日常谈话", "集体谈话"])
    lists.hide()
    book.close()


def table_object(path: Path) -> None:
    """A list made as a table object with a row of totals."""
    book = xlsx(path)
    sheet = book.add_worksheet("教育登记")
    sheet.merge_range("A1:E1", "2026年警示教育登记", book.add_format({"bold": True, "align": "center"}))
    sheet.add_table(
        "A3:E9",
        {
            "name": "教育",
            "total_row": True,
            "columns": [
                {"header": "日期", "total_string": "合计", "format": book.add_format({"num_format": "yyyy-mm-dd"})},
                {"header": "主题"},
                {"header": "场次", "total_function": "sum"},
                {"header": "人次", "total_function": "sum"},
                {"header": "备注"},
            ],
        },
    )
    sheet.write("A11", "填表人：")
    book.close()
    # Excel itself names the table in its totals.
    edited(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("109,[", "109,教育["))


def shared_formulas(path: Path) -> None:
    """A list whose computed column is one shared formula, as Excel stores it after dragging down."""
    workbook, sheet = new("经费")
    title(sheet, "2026年　月经费使用台账", "E")
    for column, words in enumerate(("序号", "事项", "单价", "数量", "金额"), 1):
        sheet.cell(2, column, words)
    boxes(sheet, "A2:E8")
    sheet["A8"], sheet["E8"] = "合计", "=SUM(E3:E7)"
    for row in range(3, 8):
        sheet.cell(row, 5, f"=C{row}*D{row}")
    workbook.save(path)

    def share(text: str) -> str:
        text = text.replace("<f>C3*D3</f>", '<f t="shared" ref="E3:E7" si="0">C3*D3</f>')
        return re.sub(r"<f>C[4-7]\*D[4-7]</f>", '<f t="shared" si="0"/>', text)

    edited(path, "xl/worksheets/sheet1.xml", share)


def extended_validation(path: Path) -> None:
    """A drop-down fed from another sheet, stored in the newer way that openpyxl drops."""
    workbook, sheet = new("登记")
    title(sheet, "2026年　月建议书登记", "D")
    for column, words in enumerate(("文号", "主送单位", "种类", "送达日期"), 1):
        sheet.cell(2, column, words)
    boxes(sheet, "A2:D6")
    kinds = workbook.create_sheet("种类")
    for row, words in enumerate(("纪律检查建议书", "监察建议书", "提醒函"), 1):
        kinds.cell(row, 1, words)
    kinds.sheet_state = "veryHidden"
    workbook.save(path)
    spaces = (
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    )
    extension = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {spaces}><x14:dataValidations count="1">'
        '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1"><x14:formula1><xm:f>种类!$A$1:$A$3</xm:f>'
        "</x14:formula1><xm:sqref>C3:C6</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    edited(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("</worksheet>", extension + "</worksheet>"))


def with_macros(path: Path) -> None:
    """A form that carries macros (here only bytes in their place)."""
    workbook, sheet = new("带宏")
    title(sheet, "2026年　月问责统计表", "C")
    for column, words in enumerate(("单位", "起数", "人数"), 1):
        sheet.cell(2, column, words)
    for row, words in enumerate(("示例一局", "示例二局"), 3):
        sheet.cell(row, 1, words)
    boxes(sheet, "A2:C4")
    workbook.save(path)
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    kind = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    edited(
        path,
        "[Content_Types].xml",
        lambda text: text.replace(content, macros).replace("<Default", kind + "<Default", 1),
    )
    link = (
        '<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/></Relationships>'
    )
    edited(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", link))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("xl/vbaProject.bin", (2026, 1, 5, 0, 0, 0)), bytes(range(256)) * 8)


def everything(path: Path) -> None:
    """All on one protected sheet: three-level head, hidden codes, icon sets, notes, pictures, charts, drop-downs."""
    book = xlsx(path)
    sheet = book.add_worksheet("月报")
    box = book.add_format({"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    free = book.add_format({"border": 1, "align": "center", "locked": False})
    big = book.add_format({"bold": True, "font_size": 18, "align": "center"})
    sheet.merge_range("A1:G1", "2026年　月派驻监督综合月报", big)
    sheet.write("A2", "填报单位：")
    sheet.merge_range("A3:A5", "项目", box)
    sheet.merge_range("B3:E3", "信访和线索", box)
    sheet.merge_range("B4:C4", "信访举报（件次）", box)
    sheet.merge_range("D4:E4", "问题线索（件）", box)
    for column, words in zip("BCDE", ("本月", "本年累计", "本月", "本年累计"), strict=True):
        sheet.write(f"{column}5", words, box)
    for column, code in zip("ABCDE", ("x", "I-101", "I-101", "I-201", "I-201"), strict=True):
        sheet.write(f"{column}6", code, box)
    sheet.set_row(5, 12, None, {"hidden": True})
    for row, words in enumerate(("示例一局", "示例二局"), 7):
        sheet.write(f"A{row}", words, box)
        for column in "BCDE":
            sheet.write_blank(f"{column}{row}", None, free)
    sheet.write("A9", "合计", box)
    for column in "BCDE":
        sheet.write_formula(f"{column}9", f"=SUM({column}7:{column}8)", box, 0)
    sheet.write_comment("B7", "按收到日期统计", {"author": "示例", "visible": True})
    icons = {"type": "icon_set", "icon_style": "3_traffic_lights", "reverse_icons": True}
    sheet.conditional_format("B7:E8", icons)
    sheet.conditional_format("B9:E9", {"type": "3_color_scale"})
    sheet.conditional_format("D7:D8", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    sheet.add_sparkline("F7", {"range": "月报!B7:E7", "type": "column"})
    _list_below(book, sheet, box, free)
    sheet.insert_image("G18", "seal.png", {"image_data": picture(), "object_position": 1})
    sheet.insert_textbox("I3", "填表说明：本表按月报送", {"width": 140, "height": 60})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"name": "信访", "categories": "=月报!$A$7:$A$8", "values": "=月报!$B$7:$B$8"})
    sheet.insert_chart("A20", chart)
    sheet.write("A18", "填表人：            审核人：            报出日期：    年  月  日")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area("A1:G34")
    sheet.repeat_rows(0, 5)
    sheet.set_header("&L&[Picture]&C综合月报", {"image_left": "seal.png", "image_data_left": picture()})
    sheet.set_footer("&C第 &P 页")
    sheet.protect("demo", {"format_columns": True, "insert_rows": True})
    sheet.freeze_panes(6, 1)
    book.define_name("信访累计", "=月报!$C$9")
    options = book.add_worksheet("选项")
    options.write_column("A1", ("提醒谈话", "约谈", "回访谈话"))
    options.hide()
    book.close()


def _list_below(book: Any, sheet: Any, box: Any, free: Any) -> None:
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "locked": False})
    heads = ("序号", "谈话对象", "谈话类型", "谈话时间", "备注")
    sheet.merge_range("A11:E11", "附：廉政谈话名单", box)
    for column, words in zip("ABCDE", heads, strict=True):
        sheet.write(f"{column}12", words, box)
    for row in range(13, 16):
        for column in "ABCE":
            sheet.write_blank(f"{column}{row}", None, free)
        sheet.write_blank(f"D{row}", None, day)
    sheet.write("A16", "合计", box)
    for column in "BDE":
        sheet.write_blank(f"{column}16", None, box)
    sheet.write_formula("C16", "=COUNTA(B13:B15)", box, 0)
    sheet.data_validation("C13:C15", {"validate": "list", "source": "=选项!$A$1:$A$3", "input_title": "谈话类型"})

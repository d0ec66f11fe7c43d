"""The whole set of sheets for the commission (``domain.md`` 6.6) in one workbook: cover, 01 to 13.

Each figure has its code, in a column on the first sheet and in a hidden row on the others, so that nobody has to point.
"""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from form_cells import FORMS, KINDS, LINES, RANKS, boxes, dress, feet, new
from paizhu.registers.choices import DISCIPLINES
from paizhu.registers.measure_kinds import MEASURE_KINDS
from paizhu.rules.indicator_table import Catalogue, Indicator, shipped

_UNITS = 12
"""Empty rows of a sheet with a row for each unit; more units add rows."""
_CATEGORIES = ("重大决策", "重要干部任免", "重大项目安排", "大额资金使用")
_MONTHS = tuple(f"{month}月" for month in range(1, 13))
_BASES = ("B1", "B2", "C1", "C2", "R1", "R2")
"""Ends of the codes that only serve a share."""
_LINE = Border(bottom=Side(style="thin"))

Column = tuple[str, str]
"""Heading, 组/栏 for two levels, and the code of its figure."""


def commission_workbook() -> Workbook:
    """Return the workbook; 封面 first, then the sheets by their numbers."""
    workbook, cover = new("封面", "派驻监督统计报表", "F")
    _cover(cover)
    _summary(_sheet(workbook, "01总表", "　　年　月派驻监督工作总表", "I"), shipped())
    _by_unit(
        workbook,
        "02信访举报",
        "　　年　月信访举报情况表",
        (
            ("件次", "I-101"), ("检举控告", "I-102"), ("初次件", "I-103A"), ("重复件", "I-103B"),
            ("方式/来信", "I-101"), ("方式/来访", "I-101"), ("方式/电话", "I-101"), ("方式/网络", "I-101"),
            ("方式/其他", "I-101"),            ("实名举报", "I-106A"), ("办结", "I-109A"),
        ),
    )  # fmt: skip
    modes = ("谈话函询", "初步核实", "暂存待查", "移交", "予以了结")
    _by_unit(
        workbook,
        "03问题线索处置",
        "　　年　月问题线索处置情况表",
        (("受理", "I-201A"), *((f"处置方式/{each}", "I-202") for each in modes), ("超期", "I-206")),
    )
    _by_unit(workbook, "04立案处分", "　　年　月立案处分情况表", _punishments())
    _by_rank(workbook)
    _four_forms(workbook)
    _by_rows(
        workbook,
        "07六项纪律",
        "　　年　月问题类型情况表",
        "问题类型",
        [each.label for each in DISCIPLINES],
        (("问题线索（件）", "I-201A"), ("立案（件）", "I-301A"), ("处分（人）", "I-303")),
    )
    _by_rows(
        workbook,
        "08会前审查",
        "　　年　月“三重一大”会前审查情况表",
        "事项类别",
        _CATEGORIES,
        (
            ("会前审查（件）", "I-501B"), ("提出意见的议题（件）", "I-501C"), ("意见建议（条）", "I-501D"),
            ("采纳（条）", "I-501F"), ("建议暂缓上会（件）", "I-501B"), ("不同意上会（件）", "I-501B"),
        ),
    )  # fmt: skip
    _talks(workbook)
    _by_unit(
        workbook,
        "10问题整改",
        "　　年　月问题整改情况表",
        (
            ("应整改（项）", "I-506A"), ("已整改销号（项）", "I-506B"), ("整改超期（项）", "I-506C"),
            ("整改完成率（%）", "I-506R"),
        ),
        shares=("整改完成率（%）",),
    )  # fmt: skip
    _proposals(workbook)
    _by_rows(
        workbook,
        "12廉政意见",
        "　　年廉政意见回复情况表",
        "月份",
        _MONTHS,
        (
            ("廉政意见回复（批）", "I-507A"), ("廉政意见回复（人次）", "I-507B"), ("建议暂缓（人）", "I-507C"),
            ("不宜（人）", "I-507D"),
        ),
    )  # fmt: skip
    _detail(workbook)
    return workbook


def _sheet(workbook: Workbook, name: str, title: str, last: str) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(name)
    dress(sheet, title, last)
    return sheet


def _cover(sheet: Worksheet) -> None:
    sheet["A2"] = "　　年　月"
    sheet["A2"].alignment = Alignment(horizontal="center")
    sheet.merge_cells("A2:F2")
    for row, words in enumerate(("填报单位", "审核人", "填表人", "联系电话", "报出日期"), 5):
        sheet.cell(row, 2, words).font = Font(size=14)
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=5)
        for column in range(3, 6):
            sheet.cell(row, column).border = _LINE
        sheet.row_dimensions[row].height = 32
    sheet["C9"] = "    年  月  日"
    sheet["B12"] = "附：01 总表至 13 台账明细，隐藏的代码行请勿删除"
    for letter, width in zip("ABCDEF", (6, 18, 16, 16, 16, 6), strict=True):
        sheet.column_dimensions[letter].width = width


def _summary(sheet: Worksheet, catalogue: Catalogue) -> None:
    """Write a row for each figure; those that only serve a share, or repeat another broken down, are left out."""
    words = ("类别", "指标", "代码", "计量单位", "本期", "本年累计", "上年同期", "增减%", "备注")
    for column, (each, width) in enumerate(zip(words, (10, 34, 11, 10, 12, 12, 12, 12, 20), strict=True), 1):
        sheet.cell(3, column, each).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    row, first, group = 4, 4, ""
    listed = [each for each in catalogue.indicators.values() if not each.code.endswith(_BASES) and not _repeats(each)]
    for one in listed:
        if one.group != group:
            _merged(sheet, first, row - 1)
            first, group = row, one.group
            sheet.cell(row, 1, one.group)
        sheet.cell(row, 2, one.name)
        sheet.cell(row, 3, one.code)
        sheet.cell(row, 4, one.unit)
        if one.unit == "%":
            sheet.cell(row, 8, "—")
        row += 1
    _merged(sheet, first, row - 1)
    boxes(sheet, f"A3:I{row - 1}")
    sheet.print_title_rows = "1:3"
    sheet.freeze_panes = "E4"
    feet(sheet, row + 1, "A", "D", "G")


def _repeats(indicator: Indicator) -> bool:
    return bool(indicator.whole) or indicator.code in ("I-305", "I-305A")


def _merged(sheet: Worksheet, first: int, last: int) -> None:
    if last > first:
        sheet.merge_cells(start_row=first, start_column=1, end_row=last, end_column=1)


def _heading(sheet: Worksheet, columns: Sequence[Column], start: int, row: int = 3) -> None:
    """Write a two-row header from a column on, with the hidden row of codes under it; 组/栏 share their group."""
    column = start
    for words, code in columns:
        group, _slash, name = words.rpartition("/")
        sheet.cell(row, column, group or name)
        if group:
            sheet.cell(row + 1, column, name)
        else:
            sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
        sheet.cell(row + 2, column, code or "x")
        sheet.column_dimensions[get_column_letter(column)].width = 10
        column += 1
    first = start
    groups = [words.rpartition("/")[0] for words, _code in columns]
    for at in range(1, len(groups) + 1):
        if at == len(groups) or groups[at] != groups[at - 1]:
            if groups[at - 1] and start + at - 1 > first:
                for extra in range(first + 1, start + at):
                    sheet.cell(row, extra).value = None
                sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=start + at - 1)
            first = start + at
    sheet.row_dimensions[row + 2].hidden = True


def _by_unit(workbook: Workbook, name: str, title: str, columns: Sequence[Column], shares: Sequence[str] = ()) -> None:
    """Add a sheet with a row for each unit, empty rows to be written in, sums below."""
    last = get_column_letter(len(columns) + 2)
    sheet = _sheet(workbook, name, title, last)
    for column, (words, width) in enumerate((("序号", 6), ("单位", 22)), 1):
        sheet.cell(3, column, words)
        sheet.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)
        sheet.cell(5, column, "x")
        sheet.column_dimensions[get_column_letter(column)].width = width
    _heading(sheet, columns, 3)
    bottom = 5 + _UNITS
    sheet.cell(bottom + 1, 2, "合计")
    for at, (words, _code) in enumerate(columns, 3):
        letter = get_column_letter(at)
        if words not in shares:
            sheet.cell(bottom + 1, at, f"=SUM({letter}6:{letter}{bottom})")
        if words.endswith("小计"):
            width = sum(each.rpartition("/")[0] == words.rpartition("/")[0] for each, _ in columns) - 1
            for row in range(6, bottom + 1):
                sheet.cell(row, at, f"=SUM({get_column_letter(at - width)}{row}:{get_column_letter(at - 1)}{row})")
    boxes(sheet, f"A3:{last}{bottom + 1}")
    sheet.print_title_rows = "1:5"
    middle = len(columns) // 2 + 2
    feet(sheet, bottom + 3, "B", get_column_letter(middle), get_column_letter(max(len(columns), middle + 1)))


def _by_rows(
    workbook: Workbook, name: str, title: str, over: str, labels: Sequence[str], columns: Sequence[Column]
) -> None:
    """Add a sheet with a row for each part and its sums below."""
    last = get_column_letter(len(columns) + 1)
    sheet = _sheet(workbook, name, title, last)
    sheet.cell(3, 1, over)
    sheet.merge_cells("A3:A4")
    sheet.cell(5, 1, "x")
    _heading(sheet, columns, 2)
    _rows(sheet, 6, labels, columns)
    bottom = 6 + len(labels)
    boxes(sheet, f"A3:{last}{bottom}")
    sheet.column_dimensions["A"].width = 22
    for column in range(2, len(columns) + 2):
        sheet.column_dimensions[get_column_letter(column)].width = 16
    feet(sheet, bottom + 2, "A", get_column_letter(max(len(columns) // 2 + 1, 2)), last)


def _rows(sheet: Worksheet, first: int, labels: Sequence[str], columns: Sequence[Column]) -> None:
    for row, words in enumerate(labels, first):
        sheet.cell(row, 1, words)
    bottom = first + len(labels)
    sheet.cell(bottom, 1, "合计")
    for column in range(2, len(columns) + 2):
        letter = get_column_letter(column)
        sheet.cell(bottom, column, f"=SUM({letter}{first}:{letter}{bottom - 1})")


def _punishments() -> list[Column]:
    groups: Mapping[str, tuple[str, str]] = {
        "政务处分": ("警告 记过 记大过 降级 撤职 开除 小计", "I-303B"),
        "党纪处分": ("警告 严重警告 撤销党内职务 留党察看 开除党籍 小计", "I-303A"),
        "问责": ("通报 诫勉谈话 停职检查 调整职务 责令辞职 降职 免职 小计", "I-305A"),
        "违规": ("通报 提醒谈话 书面检查 扣分 小计", "I-305A"),
        "违法": ("移交司法 未移交 小计", "I-306"),
    }
    columns: list[Column] = [("立案（件）", "I-301A")]
    for group, (words, code) in groups.items():
        for name in words.split():
            known = name not in ("小计", "扣分", "未移交")
            columns.append((f"{group}/{name}", code if known else ""))
    return columns


def _by_rank(workbook: Workbook) -> None:
    columns = (
        ("立案（件）", "I-301A"),
        ("处分（人）", "I-303"),
        *((f"四种形态（人次）/{form}", f"I-40{number}") for number, form in enumerate(FORMS, 1)),
    )
    _by_rows(workbook, "05职级分布", "　　年　月职级分布情况表", "职级", ("省部级", *RANKS), columns)


def _four_forms(workbook: Workbook) -> None:
    sheet = _sheet(workbook, "06四种形态", "　　年　月四种形态运用情况表", "F")
    for column, (words, width) in enumerate(
        (("形态", 14), ("措施", 30), ("代码", 9), ("本期（人次）", 14), ("本年累计（人次）", 16), ("占比%", 12)), 1
    ):
        sheet.cell(3, column, words)
        sheet.column_dimensions[get_column_letter(column)].width = width
    row, totals = 4, []
    for number, form in enumerate(FORMS, 1):
        first = row
        for words in _measures(f"f{number}"):
            sheet.cell(row, 2, words)
            sheet.cell(row, 3, f"I-40{number}")
            row += 1
        sheet.cell(first, 1, form)
        sheet.merge_cells(start_row=first, start_column=1, end_row=row - 1, end_column=1)
        sheet.cell(row, 1, "小计")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        for letter in "DE":
            sheet[f"{letter}{row}"] = f"=SUM({letter}{first}:{letter}{row - 1})"
        totals.append(row)
        row += 1
    sheet.cell(row, 1, "合计")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    for letter in "DE":
        sheet[f"{letter}{row}"] = "=" + "+".join(f"{letter}{each}" for each in totals)
    for each in range(4, row + 1):
        sheet[f"F{each}"] = f'=IF(E${row}=0,"—",ROUND(E{each}/E${row}*100,1))'
    boxes(sheet, f"A3:F{row}")
    sheet[f"A{row + 1}"] = "注：以问题线索为起点，以处理结果为统计依据；同一人同一事由数项措施的，列最重的一项"
    sheet.print_title_rows = "1:3"
    feet(sheet, row + 3, "A", "C", "E")


def _measures(form: str) -> Iterable[str]:
    form_of = shipped().form_of
    for each in MEASURE_KINDS:
        if form_of.get(each.code) == form:
            yield each.label


def _talks(workbook: Workbook) -> None:
    sheet = _sheet(workbook, "09谈话", "　　年　月廉政谈话情况表", "E")
    columns = tuple((f"{what}/{span}", code) for what, code in (("场次", "I-502A"), ("人次", "I-502B"))
                    for span in ("本期", "本年累计"))  # fmt: skip
    sheet["A3"] = "谈话类别"
    sheet.merge_cells("A3:A4")
    sheet["A5"] = "x"
    _heading(sheet, columns, 2)
    _rows(sheet, 6, KINDS, columns)
    bottom = 6 + len(KINDS)
    boxes(sheet, f"A3:E{bottom}")
    top = bottom + 2
    for column, words in enumerate(("班子覆盖", "代码", "本期", "本年累计"), 1):
        sheet.cell(top, column, words)
    for row, (words, code) in enumerate(
        (("班子成员（人）", "I-502R1"), ("已谈话（人）", "I-502R2"), ("覆盖率（%）", "I-502R")), top + 1
    ):
        sheet.cell(row, 1, words)
        sheet.cell(row, 2, code)
    boxes(sheet, f"A{top}:D{top + 3}")
    sheet.column_dimensions["A"].width = 22
    for letter in "BCDE":
        sheet.column_dimensions[letter].width = 14
    feet(sheet, top + 5, "A", "C", "E")


def _proposals(workbook: Workbook) -> None:
    """Add the list of proposals: a row per letter."""
    sheet = _sheet(workbook, "11建议书", "　　年　月建议书制发情况表", "I")
    words = ("序号", "文号", "建议书种类", "主送单位", "送达日期", "回复期限", "回复日期", "采纳情况", "备注")
    for column, (each, width) in enumerate(zip(words, (6, 20, 16, 24, 13, 13, 13, 14, 16), strict=True), 1):
        sheet.cell(3, column, each).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    boxes(sheet, "A3:I13")
    for row in range(4, 14):
        sheet.row_dimensions[row].height = LINES
        for letter in "EFG":
            sheet[f"{letter}{row}"].number_format = "yyyy-mm-dd"
    sheet.print_title_rows = "1:3"
    feet(sheet, 15, "A", "D", "G")


def _detail(workbook: Workbook) -> None:
    """Add the list of one register; class P3 stays inside, the duties are class P0 and P1."""
    sheet = _sheet(workbook, "13台账明细", "　　年　月责任清单台账明细", "H")
    words = ("序号", "责任主体", "责任类型", "责任内容", "责任部门", "完成时限", "落实情况", "状态")
    for column, (each, width) in enumerate(zip(words, (6, 24, 14, 44, 18, 13, 36, 11), strict=True), 1):
        sheet.cell(3, column, each).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    boxes(sheet, "A3:H13")
    for row in range(4, 14):
        sheet[f"F{row}"].number_format = "yyyy-mm-dd"
        sheet.row_dimensions[row].height = LINES
    sheet.print_title_rows = "1:3"
    feet(sheet, 15, "A", "D", "G")

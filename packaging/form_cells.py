"""What the blank forms that come with the program are made of: titles, headings, boxes, the lines below."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "forms"
MADE = datetime.fromisoformat("2026-01-05")  # a fixed day keeps the files the same
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LINES = 32
"""Height of a row that words of two lines go into, in points: programs do not make rows higher for filled words."""
RANKS = ("厅局级", "县处级", "乡科级", "一般干部", "其他")
KINDS = (
    "例行廉政谈话",
    "任前廉政谈话",
    "任职谈话",
    "节前提醒",
    "集体廉政谈话",
    "提醒谈话",
    "约谈",
    "回访谈话",
    "诫勉谈话",
)
FORMS = ("第一种形态", "第二种形态", "第三种形态", "第四种形态")


def new(name: str, title: str, last: str) -> tuple[Workbook, Worksheet]:
    """Return a workbook with one sheet, its title and the line for unit under it."""
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = MADE
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    dress(sheet, title, last)
    return workbook, sheet


def dress(sheet: Worksheet, title: str, last: str) -> None:
    """Write the title, the line for the unit under it, and how the sheet is printed."""
    sheet["A1"] = title
    sheet["A1"].font = Font(bold=True, size=18)
    sheet["A1"].alignment = CENTRE
    sheet.row_dimensions[1].height = 36
    sheet.merge_cells(f"A1:{last}1")
    sheet["A2"] = "填报单位："
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def head(sheet: Worksheet, row: int, words: Sequence[str], widths: Sequence[int] = ()) -> None:
    """Write a header row."""
    for column, each in enumerate(words, 1):
        if each:
            sheet.cell(row, column, each).font = Font(bold=True)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def boxes(sheet: Worksheet, area: str) -> None:
    """Draw borders around every cell of an area."""
    for row in sheet[area]:
        for cell in row:
            cell.border = BOX
            cell.alignment = CENTRE


def feet(sheet: Worksheet, row: int, *places: str) -> None:
    """Write who fills in, who checks, and the day, below the table."""
    for place, words in zip(places, ("填表人：", "审核人：", "报出日期：    年  月  日"), strict=True):
        sheet[f"{place}{row}"] = words

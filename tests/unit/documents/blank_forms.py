"""The blank forms of the tests, plans that fill them entirely, and what another program makes of the result."""

import io
import subprocess
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.styles import Border, Side
from openpyxl.workbook.workbook import Workbook

from paizhu.documents.books.book import Cell
from paizhu.documents.books.opening import open_book
from paizhu.documents.forms.areas import ListArea
from paizhu.documents.forms.fill import CellValue, FillPlan, ListFill
from paizhu.documents.forms.read import Form, read_form
from tests.programs import program

FORMS = Path(__file__).parents[2] / "data" / "forms"
EACH = sorted(path.name for path in FORMS.glob("*.xls[xm]"))
WORDS = {
    "period.year": "2026",
    "period.month": "4",
    "period.from_month": "1",
    "period.quarter": "一",
    "unit": "驻某市示例局纪检监察组",
    "person": "示例甲",
    "reviewer": "示例乙",
    "leader": "示例丙",
    "phone": "000-0000",
    "date.year": "2026",
    "date.month": "5",
    "date.day": "6",
}

LINE = Border(bottom=Side(style="thin"))


def lead_list(path: Path) -> Path:
    """Write an empty list of leads of February 2026: record by record they go out for a reason only."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "线索"
    for place, words in {"A1": "2026年2月问题线索台账", "A2": "序号", "B2": "被反映人", "C2": "收到时间"}.items():
        sheet[place] = words
    for row in range(3, 6):
        for column in "ABC":
            sheet[f"{column}{row}"].border = LINE
    book.save(path)
    return path


@dataclass
class Whole:
    """A plan that fills everything a form wants, and the values by sheet and place for checking."""

    form: Form
    plan: FillPlan
    lists: list[tuple[str, ListArea, list[list[CellValue]]]] = field(default_factory=list)


def whole(name: str, more: int = 0) -> Whole:
    """Return a plan for every figure, gap and list of a form; lists get so many rows more than they have."""
    form = read_form(FORMS / name)
    cells: dict[str, dict[str, CellValue]] = {}
    titles: dict[str, dict[str, str]] = {}
    lists: list[tuple[str, ListArea, list[list[CellValue]]]] = []
    fills: list[ListFill] = []
    for sheet in form.sheets:
        for figures in sheet.figures:
            for number, cell in enumerate(figures.wanted, 1):
                day = any("时间" in words for words in cell.column_path)
                cells.setdefault(sheet.name, {})[cell.place] = date(2026, 3, number) if day else number
        for place in sheet.places:
            titles.setdefault(sheet.name, {})[place.place] = place.filled(WORDS)
        for area in sheet.lists:
            columns = [c for c in area.columns if c.index != area.ordinal and c.index not in area.formulas]
            count = area.last_row - area.first_row + 1 + more
            rows = [[value(column.header, number) for column in columns] for number in range(count)]
            lists.append((sheet.name, area, rows))
            letters = {column.header: column.letters for column in columns}
            ordinal = "A" if area.ordinal == 0 and 0 not in area.formulas else ""
            fills.append(ListFill(sheet.name, area.first_row, area.last_row, letters, rows, ordinal))
    return Whole(form, FillPlan(cells, tuple(fills), titles), lists)


def value(header: str, number: int) -> CellValue:
    """Return an invented value that fits a column's heading."""
    if "日期" in header or "时间" in header:
        return date(2026, 3, number % 28 + 1)
    if any(word in header for word in ("金额", "单价", "数", "次")) or " / " in header:
        return Decimal(number) + Decimal("0.5") if "金额" in header else number % 7
    return f"示例{header.rpartition('/')[2].strip()}{number}"


def values_of(path: Path, sheet: str, password: str | None = None) -> dict[tuple[int, int], Cell]:
    """Return what stands in a sheet, as the reader of ledgers sees it."""
    with open_book(path, password) as book:
        rows = book.sheet(sheet).rows()
        return {(row.number, column): cell for row in rows for column, cell in enumerate(row.cells) if cell is not None}


def loaded(path: Path, *, rich: bool = False) -> Workbook:
    """Return a form as openpyxl sees it, a second opinion; it warns of what it would lose, which is why we do not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), rich_text=rich)


def by_libreoffice(folder: Path, paths: Sequence[Path], kind: str) -> Path:
    """Let LibreOffice open files, compute them and write them as another kind; the folder with the results."""
    program("soffice")
    out = folder / kind.partition(":")[0]
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(out), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return out


_OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Opening" script:language="StarBasic">
Sub Convert(source As String, target As String, secret As String)
  Dim opened(1) As New com.sun.star.beans.PropertyValue
  Dim stored(0) As New com.sun.star.beans.PropertyValue
  opened(0).Name = &quot;Hidden&quot; : opened(0).Value = True
  opened(1).Name = &quot;Password&quot; : opened(1).Value = secret
  stored(0).Name = &quot;FilterName&quot; : stored(0).Value = &quot;Calc MS Excel 2007 XML&quot;
  Dim made As Object
  made = StarDesktop.loadComponentFromURL(ConvertToURL(source), &quot;_blank&quot;, 0, opened())
  made.storeToURL(ConvertToURL(target), stored())
  made.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Opening"/></library:library>
"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>
"""


def unlocked_by_libreoffice(folder: Path, path: Path, password: str) -> Path:
    """Let LibreOffice open a workbook with its password and save it without one; its command line knows no password."""
    program("soffice")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/locked"]
    # The first start of a profile writes its own empty library over whatever is there.
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=300)
    basic = folder / "locked" / "user" / "basic"
    (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (basic / "Standard" / "Opening.xba").write_text(_OPENING, encoding="utf-8")
    out = folder / f"unlocked-{path.stem}.xlsx"
    macro = f'macro:///Standard.Opening.Convert("{path}","{out}","{password}")'
    subprocess.run([*command, macro], check=True, capture_output=True, timeout=300)
    return out

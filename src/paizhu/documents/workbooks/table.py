"""A sheet of words and figures that is not a register: totals of what stays inside, and sheets such as deadlines."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from paizhu.documents.workbooks.style import Formats, row_height, set_page

_HEADER_ROW = 2
_FIRST_ROW = 3
_USUAL_WIDTH = 18


@dataclass(frozen=True)
class TotalsOut:
    """A sheet of cells that are words already; without a name of its own it is called after its label, with 合计."""

    label: str
    title: str
    under_title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int | Decimal, ...], ...]
    name: str = ""
    widths: tuple[int, ...] = ()

    @property
    def sheet(self) -> str:
        """The name on the sheet's tab."""
        return self.name or f"{self.label}合计"


def write_table(sheet: Any, out: TotalsOut, formats: Formats) -> None:
    """Write title, heading and cells, set up for paper."""
    last = max(len(out.header) - 1, 1)
    widths = [*out.widths, *(_USUAL_WIDTH for _ in range(last + 1 - len(out.widths)))]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 28)
    sheet.set_row(1, row_height([(out.under_title, sum(widths))]))
    sheet.merge_range(0, 0, 0, last, out.title, formats.title)
    sheet.merge_range(1, 0, 1, last, out.under_title, formats.under_title)
    for column, words in enumerate(out.header):
        sheet.write_string(_HEADER_ROW, column, words, formats.header)
    for at, row in enumerate(out.rows, _FIRST_ROW):
        sheet.set_row(at, row_height((each, widths[at]) for at, each in enumerate(row) if isinstance(each, str)))
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, column, value, formats.integer)
            elif isinstance(value, Decimal):
                sheet.write_number(at, column, value, formats.number)
            else:
                sheet.write_string(at, column, value, formats.text)
    sheet.freeze_panes(_FIRST_ROW, 0)
    set_page(sheet, _HEADER_ROW, widths)

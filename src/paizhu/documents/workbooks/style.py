"""How our own workbooks look: formats of cells, widths of columns, names of sheets, the printed page."""

import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from paizhu.base.field import Field, FieldKind

_FONT = "宋体"
_WIDTHS = {
    FieldKind.DAY: 12,
    FieldKind.MOMENT: 17,
    FieldKind.MONTH: 10,
    FieldKind.INTEGER: 9,
    FieldKind.NUMBER: 10,
    FieldKind.MONEY: 15,
    FieldKind.YES_NO: 8,
    FieldKind.CHOICE: 14,
    FieldKind.CHOICES: 22,
    FieldKind.REF: 14,
    FieldKind.REFS: 20,
    FieldKind.TEXT: 40,
}
_USUAL = 18
_LONGEST_SHEET = 31
_PAGE, _SMALLEST = 140.0, 0.62
"""Widths of columns that fit across a page at full size; under this share of it nobody can read the print."""
_BESIDE, _MORE = 0.5, 0.9
"""What a column has beside its words, and what a Chinese character takes beyond a figure, in figures."""
_LINE, _ONE_LINE, _HIGHEST = 13.5, 15.0, 409.0
"""Height of a line at 10 points, of a row of one line, and the most a row may have, in points."""
_NOT_IN_SHEET = re.compile(r"[\[\]:*?/\\']")
_A4 = 9


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
        boxed = {**base, "border": 1, "border_color": "#BFBFBF"}
        self.title = workbook.add_format({**base, "font_size": 16, "bold": True, "align": "center"})
        self.under_title = workbook.add_format({**base, "font_color": "#595959", "text_wrap": True})
        self.header = workbook.add_format(
            {**boxed, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E7ECF3"}
        )
        self.needed = workbook.add_format(
            {
                **boxed,
                "bold": True,
                "align": "center",
                "text_wrap": True,
                "bg_color": "#E7ECF3",
                "font_color": "#9B1C1C",
            }
        )
        # The format @ keeps codes and ID numbers text when somebody edits the cell.
        self.text = workbook.add_format({**boxed, "num_format": "@", "text_wrap": True})
        self.day = workbook.add_format({**boxed, "num_format": "yyyy-mm-dd", "align": "center"})
        self.moment = workbook.add_format({**boxed, "num_format": "yyyy-mm-dd hh:mm", "align": "center"})
        self.money = workbook.add_format({**boxed, "num_format": "0.00"})
        self.integer = workbook.add_format({**boxed, "num_format": "0"})
        self.number = workbook.add_format({**boxed, "num_format": "General"})

    def of(self, field: Field) -> Any:
        """Return the format of a field's column."""
        match field.kind:
            case FieldKind.DAY:
                return self.day
            case FieldKind.MOMENT:
                return self.moment
            case FieldKind.MONEY:
                return self.money
            case FieldKind.INTEGER:
                return self.integer
            case FieldKind.NUMBER:
                return self.number
            case _:
                return self.text


def width(field: Field) -> int:
    """Return the width of a field's column, wide enough for its heading in at most two lines."""
    return max(_WIDTHS.get(field.kind, _USUAL), len(field.label) + 2)


def sheet_name(label: str, taken: Iterable[str]) -> str:
    """Return a name a sheet may have, different from those taken."""
    plain = _NOT_IN_SHEET.sub("-", label).strip("-") or "台账"
    others = {each.casefold() for each in taken}
    name = plain[:_LONGEST_SHEET]
    number = 2
    while name.casefold() in others:
        end = f"({number})"
        name = plain[: _LONGEST_SHEET - len(end)] + end
        number += 1
    return name


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Return the height a row needs for words in columns of these widths; not every program finds it by itself."""
    return row_height_of(max((lines_of(words, width) for words, width in cells), default=1))


def row_height_of(lines: int) -> float:
    """Return the height of a row of so many lines, in points; no row may be higher than a spreadsheet lets it."""
    return _ONE_LINE if lines <= 1 else min(_HIGHEST, lines * _LINE + 2)


def lines_of(words: str, width: float) -> int:
    """Return over how many lines words run in a column; a Chinese character is nearly two figures wide."""
    room = max(width - _BESIDE, 2.0)
    return sum(max(1, ceil(_wide(part) / room)) for part in words.split("\n"))


def _wide(words: str) -> float:
    # What is wide takes three bytes, what is narrow one.
    return len(words) + (len(words.encode()) - len(words)) / 2 * _MORE


def in_first_page(widths: Sequence[float]) -> int:
    """Return how many of the columns stand on the first page across, two at least."""
    used, room = 0.0, _PAGE / (1.0 if sum(widths) <= _PAGE else _SMALLEST)
    for at, each in enumerate(widths):
        used += each
        if used > room:
            return max(at, 2)
    return len(widths)


def set_page(sheet: Any, header_row: int, widths: Sequence[float] = (), kept: int = 0, first: int = 0) -> None:
    """Set a sheet up for paper: A4 across, heading on each page, pages numbered.

    It is as wide as the page while that can be read; else it goes over several, the first ``kept`` columns repeated.
    ``first`` is the column in which those of ``widths`` begin.
    """
    sheet.set_paper(_A4)
    sheet.set_landscape()
    own, room = sum(widths[:kept]), _PAGE / _SMALLEST
    across = 1 if sum(widths) <= room else ceil((sum(widths) - own) / (room - own))
    sheet.fit_to_pages(across, 0)
    if across > 1:
        sheet.repeat_columns(0, first + kept - 1)
        sheet.print_across()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.repeat_rows(header_row)
    sheet.set_footer("&C第 &P 页，共 &N 页")

"""How our own workbooks look: formats of cells, widths of columns, names of sheets, the printed page."""

import re
from collections.abc import Iterable
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
_NOT_IN_SHEET = re.compile(r"[\[\]:*?/\\']")
_A4 = 9


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
        boxed = {**base, "border": 1, "border_color": "#BFBFBF"}
        self.title = workbook.add_format({**base, "font_size": 16, "bold": True, "align": "center"})
        self.under_title = workbook.add_format({**base, "font_color": "#595959"})
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


def set_page(sheet: Any, header_row: int) -> None:
    """Set a sheet up for paper: A4 across, as wide as the page, heading on each page, pages numbered."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.repeat_rows(header_row)
    sheet.set_footer("&C第 &P 页，共 &N 页")

"""A sheet that writes plain words and figures a few times as fast as its library, and leaves all else to it.

The library asks anew for every cell what kind it is and whether each of its attributes needs escaping. Nearly every
cell of a ledger holds words without any mark of markup, or a figure, in a format known beforehand.
"""

import re
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellDatetimeTuple, CellNumberTuple, CellStringTuple, Worksheet

# Markup, control characters, what looks like an escape of one, and blanks at either end, which must be kept.
_NOT_PLAIN = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|\A\s|\s\Z")
_FIGURES = (CellNumberTuple, CellDatetimeTuple)


class QuickSheet(Worksheet):  # type: ignore[misc]  # the library is read without its types
    """A worksheet whose rows go out one by one; it takes the same calls as the library's own."""

    def __init__(self) -> None:
        super().__init__()
        self._letters: dict[int, str] = {}

    def put_text(self, row: int, column: int, text: str, style: Any) -> None:
        """Write words into a cell given by numbers, without looking whether it was given by letters."""
        self._write_string(row, column, text, style)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell)
        style = cell.format
        # A workbook made in memory keeps its words in a table of their own; the library knows how.
        if style is None or not self.constant_memory:
            super()._write_cell(row, col, cell)
            return
        letters = self._letters.get(col)
        if letters is None:
            letters = self._letters[col] = xl_col_to_name(col)
        place = f"{letters}{row + 1}"
        if kind in _FIGURES:
            self.fh.write(f'<c r="{place}" s="{style._get_xf_index()}"><v>{cell.number:.16G}</v></c>')
        elif kind is not CellStringTuple:
            super()._write_cell(row, col, cell)
        elif _NOT_PLAIN.search(words := cell.string):
            # Not left to the library: words that begin with <r> and end with </r> would pass as its own markup.
            escaped, blank_ends = self._escape_control_characters(words), words != words.strip()
            self._xml_inline_string(escaped, blank_ends, [("r", place), ("s", style._get_xf_index())])
        else:
            self.fh.write(f'<c r="{place}" s="{style._get_xf_index()}" t="inlineStr"><is><t>{words}</t></is></c>')

"""Rows as they go to the clipboard: text with tabs and an HTML table, so that Excel and WPS get cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QMimeData

from paizhu.ui.kit.unkept import marked

# Excel would turn 〔2025〕019 or 2026-03 into something else unless a cell says that it is text.
_TEXT_CELL = "mso-number-format:'\\@'"


class Copied:
    """Rows gathered one by one in both forms; columns that are not ``numbers`` are marked as text."""

    def __init__(self, numbers: Sequence[bool]) -> None:
        self._numbers = numbers
        self._text: list[str] = []
        self._html: list[str] = []

    def add(self, row: Sequence[str]) -> None:
        """Add a row; cells with line breaks or tabs are quoted as Excel quotes them."""
        self._text.append("\t".join(map(_quoted, row)))
        cells = (
            f"<td>{_html(cell)}</td>" if number else f'<td style="{_TEXT_CELL}">{_html(cell)}</td>'
            for cell, number in zip(row, self._numbers, strict=True)
        )
        self._html.append(f"<tr>{''.join(cells)}</tr>")

    @property
    def text(self) -> str:
        """The rows as text with tabs."""
        return "\n".join(self._text)

    @property
    def html(self) -> str:
        """The rows as an HTML table."""
        rows = "".join(self._html)
        return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'

    def mime(self) -> QMimeData:
        """Return both forms together, marked as not to be kept by whatever remembers the clipboard."""
        data = QMimeData()
        data.setText(self.text)
        data.setHtml(self.html)
        return marked(data)


def as_mime(rows: Iterable[Sequence[str]], numbers: Sequence[bool]) -> QMimeData:
    """Return a few rows as they go to the clipboard."""
    copied = Copied(numbers)
    for row in rows:
        copied.add(row)
    return copied.mime()


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in "\t\n\r"):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def _html(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")

"""Rows as they go to the clipboard: text with tabs and an HTML table, so that Excel and WPS get cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

from paizhu.ui.kit.unkept import marked

# Excel would turn 〔2025〕019 or 2026-03 into something else unless a cell says that it is text.
_TEXT_CELL = "mso-number-format:'\\@'"


def tab_separated(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as text with tabs; cells with line breaks or tabs are quoted as Excel quotes them."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def html_table(rows: Sequence[Sequence[str]], numbers: Sequence[bool]) -> str:
    """Return rows as an HTML table; columns that are not numbers are marked as text."""
    lines = []
    for row in rows:
        cells = (
            f"<td>{_html(cell)}</td>" if number else f'<td style="{_TEXT_CELL}">{_html(cell)}</td>'
            for cell, number in zip(row, numbers, strict=True)
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table>{"".join(lines)}</table></body></html>'


def as_mime(rows: Sequence[Sequence[str]], numbers: Sequence[bool]) -> QMimeData:
    """Return both forms together, marked as not to be kept by whatever remembers the clipboard."""
    data = QMimeData()
    data.setText(tab_separated(rows))
    data.setHtml(html_table(rows, numbers))
    return marked(data)


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in "\t\n\r"):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def _html(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")

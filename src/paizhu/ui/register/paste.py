"""A block of cells from Excel or WPS on the clipboard, as rows of words."""

from __future__ import annotations

from html.parser import HTMLParser

from PySide6.QtCore import QMimeData


class _Table(HTMLParser):
    """Takes the cells out of the first table of a page; a merged cell leaves its other places empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._depth = 0
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell."""
        if self._done:
            return
        if tag == "table":
            self._depth += 1
        elif tag == "tr" and self._depth == 1:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = int(span) if span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell or the table."""
        if tag in ("td", "th") and self._cell is not None and not self._done:
            words = "\n".join(" ".join(line.split()) for line in "".join(self._cell).split("\n"))
            self.rows[-1] += [words.strip(), *[""] * (self._span - 1)]
            self._cell = None
        elif tag == "table":
            self._depth -= 1
            self._done = self._done or self._depth == 0

    def handle_data(self, data: str) -> None:
        """Take words of a cell; the line breaks of the page's own text are no line breaks."""
        if self._cell is not None:
            self._cell.append(data.replace("\n", " "))


def cells_from(data: QMimeData) -> list[list[str]]:
    """Return the rows on a clipboard, trailing empty ones left out; empty when there are no cells.

    Text with tabs is what was shown in the cells, so it comes before the page, whose cells may hide line breaks.
    """
    rows = from_text(data.text()) if data.hasText() and "\t" in data.text() else []
    if not rows and data.hasHtml() and "<table" in data.html().lower():
        rows = from_html(data.html())
    if not rows and data.hasText():
        rows = from_text(data.text())
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def from_html(page: str) -> list[list[str]]:
    """Return the cells of the first table of a page."""
    table = _Table()
    table.feed(page)
    table.close()
    return [row for row in table.rows if row]


def from_text(text: str) -> list[list[str]]:
    """Return cells parted by tabs and line ends; a cell in quotation marks may hold both, as Excel writes it."""
    rows: list[list[str]] = [[]]
    at, length = 0, len(text)
    while at < length:
        if text[at] == '"':
            cell, at = _quoted(text, at)
        else:
            end = at
            while end < length and text[end] not in "\t\r\n":
                end += 1
            cell, at = text[at:end], end
        rows[-1].append(cell.strip())
        if at < length and text[at] == "\t":
            at += 1
            if at == length or text[at] in "\r\n":
                rows[-1].append("")
        if at < length and text[at] in "\r\n":
            at += 2 if text[at : at + 2] == "\r\n" else 1
            rows.append([])
    return [row for row in rows if row]


def _quoted(text: str, at: int) -> tuple[str, int]:
    """Return a quoted cell and the place after it; a mark that is never closed is only a mark."""
    parts, place = [], at + 1
    while place < len(text):
        if text[place] != '"':
            parts.append(text[place])
            place += 1
        elif text[place + 1 : place + 2] == '"':
            parts.append('"')
            place += 2
        else:
            after = text[place + 1 : place + 2]
            if after in ("", "\t", "\r", "\n"):
                return "".join(parts), place + 1
            break
    end = at
    while end < len(text) and text[end] not in "\t\r\n":
        end += 1
    return text[at:end], end

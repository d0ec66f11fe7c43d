"""One sheet's XML, changed in place: what is not touched goes out letter by letter as it came in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from paizhu.documents.books.book import LAST_COLUMN, LAST_ROW, column_number, letters
from paizhu.documents.books.xml_text import ATTRIBUTE, plain
from paizhu.documents.forms.refs import beside_formula
from paizhu.documents.forms.text import escaped
from paizhu.documents.refusals import DamagedWorkbookError, TooLargeWorkbookError

ATTRIBUTES = r"""((?:[^<>"']|"[^"]*"|'[^']*')*?)"""
_ROOT = re.compile(r"<(?:(\w+):)?worksheet(?=[\s>])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_OWN_ROW = re.compile(r"""\br\s*=\s*["'](\d+)["']""")
_OWN_PLACE = re.compile(r"""\br\s*=\s*["']([A-Z]{1,3})\d+["']""")
_STYLE = re.compile(r"""\bs\s*=\s*["'](\d+)["']""")
_SPANS = re.compile(r"""(\bspans\s*=\s*["'])(\d+):(\d+)(["'])""")
_VALUE_ATTRIBUTES = re.compile(r"""\s+(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_MOST_CELLS = 600_000
"""A form of thousands of rows has a tenth of this; more would fill the memory and is no form."""
_ROW_ATTRIBUTE = re.compile(r"""\s*\br\s*=\s*(?:"[^"]*"|'[^']*')""")


def known(attributes: str) -> dict[str, str]:
    """Return the attributes of a tag by name, characters unescaped."""
    return {key: plain(one or other) for key, one, other in ATTRIBUTE.findall(attributes)}


@dataclass(slots=True)
class CellXml:
    """One cell: ``attributes`` without its place, ``inner`` the XML inside it, None for a cell without any."""

    column: int
    attributes: str = ""
    inner: str | None = None

    @property
    def style(self) -> int | None:
        """Return the number of its style, None where it has none of its own."""
        found = _STYLE.search(self.attributes)
        return int(found[1]) if found else None

    @property
    def kind(self) -> str:
        """Return how its value is stored, ``n`` where nothing is said."""
        return known(self.attributes).get("t", "n")

    def emptied(self) -> None:
        """Take the value away and keep the look."""
        self.attributes = _VALUE_ATTRIBUTES.sub("", self.attributes)
        self.inner = None


@dataclass(slots=True)
class RowXml:
    """One row: as text until it is looked into, and written as that text unless it was changed."""

    attributes: str
    content: str | None
    gap: str = ""
    raw: str = ""
    cells: dict[int, CellXml] | None = field(default=None)
    changed: bool = False

    @property
    def style(self) -> int | None:
        """Return the style new cells of this row take, None where the row has none."""
        about = known(self.attributes)
        return int(about["s"]) if about.get("customFormat") in ("1", "true") and about.get("s", "").isdigit() else None


class SheetXml:
    """A sheet taken apart into its head, rows and tail."""

    def __init__(self, xml: bytes, name: str) -> None:
        self._name = name
        self._mark = xml.startswith(b"\xef\xbb\xbf")
        try:
            text = xml.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DamagedWorkbookError(name, "工作表内容读不懂") from error
        root = _ROOT.search(text)
        if root is None or "<!DOCTYPE" in text:
            raise DamagedWorkbookError(name, "工作表内容读不懂")
        p = self.prefix = f"{root[1]}:" if root[1] else ""
        self._row_tag = re.compile(rf"<{p}row(?=[\s/>]){ATTRIBUTES}(/?)>")
        self._row_end = re.compile(rf"</{p}row\s*>")
        self._cell_pattern = re.compile(rf"<{p}c(?=[\s/>]){ATTRIBUTES}(?:/>|>(.*?)</{p}c\s*>)", re.DOTALL)
        self._formula = re.compile(rf"<{p}f(?=[\s/>]){ATTRIBUTES}(?:/>|>([^<]*)</{p}f\s*>)")
        self._cached = re.compile(rf"<{p}v(?=[\s/>])[^>]*?(?:/>|>[^<]*</{p}v\s*>)")
        self.rows: dict[int, RowXml] = {}
        self._take_apart(text, p)

    def _take_apart(self, text: str, p: str) -> None:
        start = re.search(rf"<{p}sheetData(?:\s[^>]*)?>", text)
        if start is None:
            raise DamagedWorkbookError(self._name, "工作表里没有单元格部分")
        if start[0].endswith("/>"):
            self.head = text[: start.end() - 2].rstrip() + ">"
            body, self.tail = "", f"</{p}sheetData>" + text[start.end() :]
        else:
            last = re.compile(rf"</{p}sheetData\s*>").search(text, start.end())
            if last is None:
                raise DamagedWorkbookError(self._name, "工作表在中途断了")
            self.head, body, self.tail = text[: start.end()], text[start.end() : last.start()], text[last.start() :]
        if "<!" in body:
            body = _COMMENT.sub("", body)
            body = _CDATA.sub(lambda found: found[1].replace("&", "&amp;").replace("<", "&lt;"), body)
        if body.count(f"<{p}c ") > _MOST_CELLS:
            raise TooLargeWorkbookError(
                f"《{self._name}》有一张表的格子超过 {_MOST_CELLS:,} 个，不像空白表", "请删去多余的空行后另存再套填"
            )
        number = at = 0
        while row := self._row_tag.search(body, at):
            end, content = row.end(), None
            if not row[2]:
                closing = self._row_end.search(body, end)
                if closing is None:
                    raise DamagedWorkbookError(self._name, "工作表在中途断了")
                content, end = body[end : closing.start()], closing.end()
            own = _OWN_ROW.search(row[1])
            following = int(own[1]) if own else number + 1
            if not number < following <= LAST_ROW:
                raise DamagedWorkbookError(self._name, f"第 {following} 行的位置不对")
            number = following
            attributes = _ROW_ATTRIBUTE.sub("", row[1], count=1).rstrip()
            self.rows[number] = RowXml(attributes, content, body[at : row.start()], body[row.start() : end])
            at = end
        self._rest = body[at:]

    def cells(self, number: int) -> dict[int, CellXml]:
        """Return the cells of a row by column, from 0; for reading only."""
        row = self.rows.get(number)
        if row is None:
            return {}
        if row.cells is None:
            row.cells = self._cells(row)
        return row.cells

    def touched(self, number: int) -> RowXml:
        """Return a row whose cells may be changed, made where there is none."""
        row = self.rows.get(number)
        if row is None:
            row = self.rows[number] = RowXml("", "", cells={})
        if row.cells is None:
            row.cells = self._cells(row)
        row.changed = True
        return row

    def cell(self, number: int, column: int) -> CellXml:
        """Return a cell that may be changed; a new one takes the style of its row or column."""
        row = self.touched(number)
        assert row.cells is not None
        cell = row.cells.get(column)
        if cell is None:
            style = row.style if row.style is not None else self.column_styles.get(column)
            cell = row.cells[column] = CellXml(column, f' s="{style}"' if style else "")
            row.attributes = _SPANS.sub(lambda found: _spans(found, column + 1), row.attributes)
        return cell

    @cached_property
    def column_styles(self) -> dict[int, int]:
        """Return the styles whole columns have."""
        found: dict[int, int] = {}
        for attributes in re.findall(rf"<{self.prefix}col\s{ATTRIBUTES}/?>", self.head):
            about = known(attributes)
            style, first, last = (about.get(key, "") for key in ("style", "min", "max"))
            if style.isdigit() and first.isdigit() and last.isdigit():
                found.update(dict.fromkeys(range(int(first) - 1, min(int(last), LAST_COLUMN)), int(style)))
        return found

    def _cells(self, row: RowXml) -> dict[int, CellXml]:
        cells: dict[int, CellXml] = {}
        column = -1
        for attributes, inner in self._cell_pattern.findall(row.content or ""):
            place = _OWN_PLACE.search(attributes)
            column = column_number(place[1]) if place else column + 1
            cells[column] = CellXml(column, _ROW_ATTRIBUTE.sub("", attributes, count=1).rstrip(), inner or None)
        return cells

    def formula(self, cell: CellXml) -> str:
        """Return the formula of a cell as it is read, empty for none; members of a shared group only share."""
        found = self._formula.search(cell.inner or "")
        return plain(found[2] or "") if found else ""

    def has_formula(self, cell: CellXml) -> bool:
        """Tell whether a cell is computed."""
        return bool(cell.inner) and self._formula.search(cell.inner or "") is not None

    def formula_rows(self) -> Iterator[int]:
        """Yield the rows in which something is computed."""
        tag = f"<{self.prefix}f"
        for number, row in self.rows.items():
            if row.cells is None or not row.changed:
                if row.content and tag in row.content:
                    yield number
            elif any(cell.inner and tag in cell.inner for cell in row.cells.values()):
                yield number

    def computed(self, number: int) -> Iterator[tuple[CellXml, dict[str, str], str]]:
        """Yield the computed cells of a row with what is said of each formula, and the formula."""
        for column in sorted(self.cells(number)):
            cell = self.cells(number)[column]
            found = self._formula.search(cell.inner or "")
            if found:
                yield cell, known(found[1]), plain(found[2] or "")

    def set_formula(self, cell: CellXml, formula: str, about: dict[str, str] | None = None) -> None:
        """Give a cell this formula instead of its own; what was computed before is dropped."""
        said = "".join(f' {key}="{escaped(value)}"' for key, value in (about or {}).items())
        cell.attributes = _VALUE_ATTRIBUTES.sub("", cell.attributes)
        cell.inner = f"<{self.prefix}f{said}>{escaped(formula)}</{self.prefix}f>"

    def drop_results(self, number: int) -> None:
        """Forget what the formulas of a row gave last, so that no program shows it before computing anew."""
        if not any(self._cached.search(cell.inner or "") for cell, _about, _formula in self.computed(number)):
            return
        self.touched(number)
        for cell, _about, _formula in self.computed(number):
            cell.inner = self._cached.sub("", cell.inner or "")
            cell.attributes = _VALUE_ATTRIBUTES.sub("", cell.attributes)

    def open_shared(self) -> None:
        """Write out formulas that are shared by a group, each in its own cell: rows moved apart cannot share."""
        masters: dict[str, tuple[int, int, str]] = {}
        for number in sorted(self.formula_rows()):
            for cell, about, formula in self.computed(number):
                if about.get("t") == "shared" and formula:
                    masters.setdefault(about.get("si", ""), (number, cell.column, formula))
        for number in list(self.formula_rows()):
            if not any(about.get("t") == "shared" for _cell, about, _formula in self.computed(number)):
                continue
            self.touched(number)
            for cell, about, formula in list(self.computed(number)):
                if about.get("t") != "shared":
                    continue
                top, left, master = masters.get(about.get("si", ""), (number, cell.column, formula))
                own = formula or beside_formula(master, number - top, cell.column - left)
                kind = cell.kind
                result = self._cached.search(cell.inner or "")
                self.set_formula(cell, own, {key: about[key] for key in ("ca", "aca") if key in about})
                if result:
                    cell.inner = (cell.inner or "") + result[0]
                    cell.attributes += f' t="{kind}"' if kind != "n" else ""

    def renumbered(self, moved: dict[int, int]) -> None:
        """Give rows their new numbers; rows that are not named keep theirs."""
        rows: dict[int, RowXml] = {}
        for number, row in self.rows.items():
            new = moved.get(number, number)
            if new != number:
                self.touched(number)
            rows[new] = row
        self.rows = rows

    def to_bytes(self) -> bytes:
        """Return the sheet as XML again."""
        parts = [self.head]
        for number in sorted(self.rows):
            row = self.rows[number]
            parts.append(row.gap)
            parts.append(self.row_xml(number, row.attributes, row.cells) if row.changed else row.raw)
        parts += [self._rest, self.tail]
        return (b"\xef\xbb\xbf" if self._mark else b"") + "".join(parts).encode()

    def row_xml(self, number: int, attributes: str, cells: dict[int, CellXml] | None) -> str:
        """Return the XML of one row."""
        p = self.prefix
        if not cells:
            return f'<{p}row r="{number}"{attributes}/>'
        inside = "".join(
            f'<{p}c r="{letters(column)}{number}"{cell.attributes}/>'
            if cell.inner is None
            else f'<{p}c r="{letters(column)}{number}"{cell.attributes}>{cell.inner}</{p}c>'
            for column, cell in sorted(cells.items())
        )
        return f'<{p}row r="{number}"{attributes}>{inside}</{p}row>'


def _spans(found: re.Match[str], column: int) -> str:
    return f"{found[1]}{min(int(found[2]), column)}:{max(int(found[3]), column)}{found[4]}"

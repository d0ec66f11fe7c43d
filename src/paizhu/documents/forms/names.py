"""What the names of a workbook stand for while its formulas are computed: defined names, columns of tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paizhu.documents.books.xml_text import plain
from paizhu.documents.forms.formula_parse import Area, Column, Node, UnreadFormulaError, parsed
from paizhu.documents.forms.package import FormPackage
from paizhu.documents.forms.sheet import ATTRIBUTES, known

_NAME = re.compile(r"""<(?:\w+:)?definedName\s([^>]*)>([^<]*)<""")
_TABLE = re.compile(rf"<(?:\w+:)?table(?=\s){ATTRIBUTES}>")
_TABLE_COLUMN = re.compile(rf"<(?:\w+:)?tableColumn(?=\s){ATTRIBUTES}/?>")


@dataclass(frozen=True, slots=True)
class _Table:
    area: Area
    headers: int
    totals: int
    columns: tuple[str, ...]


class Names:
    """The names of one workbook as it is filled; ``changed`` are its parts that were rewritten meanwhile."""

    def __init__(self, package: FormPackage, changed: Mapping[str, bytes]) -> None:
        self._defined: dict[str, str] = {}
        self._tables: dict[str, _Table] = {}
        for about, formula in _NAME.findall(_text(package, changed, package.workbook_part)):
            said = known(f" {about}")
            # A name of one sheet alone may mean something else on the next.
            if "localSheetId" not in said and said.get("name"):
                self._defined[said["name"].casefold()] = plain(formula)
        for sheet in package.sheets:
            for part in package.related(sheet.part, "/table"):
                self._take_table(sheet.name, _text(package, changed, part))

    def _take_table(self, sheet: str, xml: str) -> None:
        found = _TABLE.search(xml)
        about = known(found[1]) if found else {}
        area = parsed(about["ref"]) if about.get("ref") else None
        if not isinstance(area, Area):
            return
        columns = tuple(known(each).get("name", "") for each in _TABLE_COLUMN.findall(xml))
        headers, totals = (
            int(about.get(key, usual)) for key, usual in (("headerRowCount", "1"), ("totalsRowCount", "0"))
        )
        where = Area(sheet, area.top, area.left, area.bottom, area.right)
        self._tables[about.get("displayName", "").casefold()] = _Table(where, headers, totals, columns)

    def meant(self, words: str) -> Node:
        """Return what a defined name stands for."""
        formula = self._defined.get(words.casefold())
        if formula is None:
            raise UnreadFormulaError
        return parsed(formula)

    def cells(self, column: Column) -> Area:
        """Return the records of a column of a table, without its heading and its totals."""
        table = self._tables.get(column.table.casefold())
        if table is None or column.name not in table.columns:
            raise UnreadFormulaError
        at = table.area.left + table.columns.index(column.name)
        top, bottom = table.area.top + table.headers, table.area.bottom - table.totals
        if bottom < top:
            raise UnreadFormulaError
        return Area(table.area.sheet, top, at, bottom, at)


def _text(package: FormPackage, changed: Mapping[str, bytes], part: str) -> str:
    return changed.get(part, package.read(part)).decode("utf-8", "replace")

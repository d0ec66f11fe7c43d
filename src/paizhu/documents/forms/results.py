"""Results stored beside the formulas of a filled form, so that whoever opens it without computing sees right totals.

Every formula is computed from the cells as filled. One that is beyond what is computed here, or depends on such a one,
keeps no result at all: a program that computes fills it in, one that does not shows nothing rather than a wrong number.
"""

import re
from collections.abc import Callable, Mapping

from paizhu.documents.books.xml_text import plain
from paizhu.documents.forms.formula_functions import FUNCTIONS, grid, single, subtotal
from paizhu.documents.forms.formula_parse import (
    Area,
    Call,
    Column,
    Constant,
    Name,
    Node,
    Operation,
    UnreadFormulaError,
    parsed,
)
from paizhu.documents.forms.formula_values import (
    DIVISION,
    NUMBER,
    Fault,
    Grid,
    Scalar,
    Worth,
    figure,
    holds,
    shown,
    truth,
    words,
)
from paizhu.documents.forms.names import Names
from paizhu.documents.forms.package import FormPackage
from paizhu.documents.forms.refs import beside_formula
from paizhu.documents.forms.sheet import CellXml, SheetXml, known
from paizhu.documents.forms.text import escaped, words_of

_VALUE = re.compile(r"<(?:\w+:)?v(?=[\s>])[^>]*>([^<]*)<")
_WIDEST = 400_000
"""An area of more cells than this is no part of a form."""
_WIDE = 999
"""Areas of more columns than this mean whole rows."""
_DEEPEST = 60
"""One result may wait for another, and that for the next; a longer chain is left to other programs."""
_COMPARING = frozenset(("=", "<>", "<", ">", "<=", ">="))
_Place = tuple[str, int, int]


def store_results(package: FormPackage, opened: Mapping[str, SheetXml], changed: Mapping[str, bytes]) -> None:
    """Write the result of every formula of these sheets that stands without one and can be computed here.

    ``changed`` are the other parts of the package as rewritten so far, names and tables that moved among them.
    """
    book = _Book(package, opened, Names(package, changed))
    for name, xml in opened.items():
        for number in list(xml.formula_rows()):
            row = xml.touched(number)
            assert row.cells is not None
            for cell, about, _formula in list(xml.computed(number)):
                if _VALUE.search(cell.inner or "") or about.get("t") in ("array", "dataTable"):
                    continue
                try:
                    value = book.result(name, number, cell.column)
                except (UnreadFormulaError, RecursionError, OverflowError, IndexError):
                    continue
                _write(xml, cell, value)


def result_words(cell: CellXml) -> str:
    """Return the result stored beside a formula, in words; a long fraction is cut, nothing stands for none."""
    found = _VALUE.search(cell.inner or "")
    told = plain(found[1]) if found else ""
    if cell.kind == "n" and told:
        return f"{float(told):.6g}" if "." in told else told
    return {"1": "是", "0": "否"}.get(told, told) if cell.kind == "b" else told


def _write(xml: SheetXml, cell: CellXml, value: Scalar) -> None:
    match value:
        case None:
            kind, told = "", "0"
        case Fault():
            kind, told = "e", value.words
        case bool():
            kind, told = "b", "1" if value else "0"
        case str():
            kind, told = "str", escaped(value)
        case _:
            kind, told = "", shown(float(value))
    cell.attributes += f' t="{kind}"' if kind else ""
    cell.inner = f"{cell.inner or ''}<{xml.prefix}v>{told}</{xml.prefix}v>"


class _Book:
    """The cells of a form while its formulas are computed."""

    def __init__(self, package: FormPackage, opened: Mapping[str, SheetXml], names: Names) -> None:
        self.names = names
        self._package = package
        self._sheets = {name.casefold(): xml for name, xml in opened.items()}
        self._known: dict[_Place, Scalar] = {}
        self._unread: set[_Place] = set()
        self._under_way: set[_Place] = set()
        self._last: dict[str, tuple[int, int]] = {}
        self._shared: dict[str, dict[str, tuple[int, int, str]]] = {}

    def result(self, sheet: str, row: int, column: int) -> Scalar:
        """Return the value of a cell; a circle, or something beyond this program, is refused."""
        place = (sheet.casefold(), row, column)
        if place in self._known:
            return self._known[place]
        if place in self._unread or place in self._under_way or len(self._under_way) > _DEEPEST:
            raise UnreadFormulaError
        self._under_way.add(place)
        try:
            value = self._computed(*place)
        except UnreadFormulaError:
            self._unread.add(place)
            raise
        finally:
            self._under_way.discard(place)
        self._known[place] = value
        return value

    def _sheet(self, name: str) -> SheetXml:
        if name not in self._sheets:
            part = next((each for each in self._package.sheets if each.name.casefold() == name), None)
            if part is None:
                raise UnreadFormulaError
            self._sheets[name] = self._package.sheet_xml(part)
        return self._sheets[name]

    def _computed(self, sheet: str, row: int, column: int) -> Scalar:
        xml = self._sheet(sheet)
        cell = xml.cells(row).get(column)
        if cell is None or not cell.inner:
            return None
        if not xml.has_formula(cell):
            return self._stored(cell)
        kept = _VALUE.search(cell.inner)
        if kept is not None:
            # A sheet that does not depend on what was filled keeps its results.
            return self._stored(cell)
        formula, about = self._formula(sheet, xml, row, cell)
        if not formula or about.get("t") in ("array", "dataTable"):
            raise UnreadFormulaError
        return single(_Formula(self, sheet, row, column).worth(parsed(formula)))

    def _formula(self, sheet: str, xml: SheetXml, row: int, cell: CellXml) -> tuple[str, Mapping[str, str]]:
        _cell, about, formula = next(each for each in xml.computed(row) if each[0].column == cell.column)
        if formula or about.get("t") != "shared":
            return formula, about
        top, left, master = self._masters(sheet, xml).get(about.get("si", ""), (row, cell.column, ""))
        return beside_formula(master, row - top, cell.column - left), about

    def _masters(self, sheet: str, xml: SheetXml) -> dict[str, tuple[int, int, str]]:
        if sheet not in self._shared:
            found = self._shared[sheet] = {}
            for number in sorted(xml.formula_rows()):
                for cell, about, formula in xml.computed(number):
                    if about.get("t") == "shared" and formula:
                        found.setdefault(about.get("si", ""), (number, cell.column, formula))
        return self._shared[sheet]

    def _stored(self, cell: CellXml) -> Scalar:
        kind = cell.kind
        if kind == "inlineStr":
            return words_of(cell.inner or "")
        found = _VALUE.search(cell.inner or "")
        told = plain(found[1]) if found else ""
        match kind:
            case "s":
                return words_of(self._package.shared_text(told.strip()))
            case "str":
                return told
            case "b":
                return told.strip() == "1"
            case "e":
                return Fault(told.strip())
        try:
            return float(told) if told.strip() else None
        except ValueError as error:
            raise UnreadFormulaError from error

    def area(self, sheet: str, area: Area, *, skips: Callable[[SheetXml, int, CellXml], bool] | None = None) -> Grid:
        """Return the cells of an area; one that reaches to the end of the sheet ends where its content does."""
        name = (area.sheet or sheet).casefold()
        xml = self._sheet(name)
        bottom, right = area.bottom, area.right
        if not area.single:
            last_row, last_column = self._ends(name, xml)
            bottom = min(bottom, last_row)
            right = min(right, last_column) if right - area.left > _WIDE else right
        if (bottom - area.top + 1) * (right - area.left + 1) > _WIDEST:
            raise UnreadFormulaError
        rows: Grid = []
        for row in range(area.top, max(bottom, area.top) + 1):
            cells = xml.cells(row)
            found: list[Scalar] = []
            for column in range(area.left, right + 1):
                cell = cells.get(column)
                left_out = cell is None or not cell.inner or (skips is not None and skips(xml, row, cell))
                found.append(None if left_out else self.result(name, row, column))
            rows.append(found)
        # The shape counts where areas are compared cell by cell, so empty rows below the content belong to it.
        if area.bottom - area.top < _WIDEST // max(right - area.left + 1, 1):
            rows += [[None] * (right - area.left + 1) for _row in range(area.bottom - area.top + 1 - len(rows))]
        return rows

    def _ends(self, name: str, xml: SheetXml) -> tuple[int, int]:
        if name not in self._last:
            wide = max((max(xml.cells(row), default=0) for row in xml.rows), default=0)
            self._last[name] = max(xml.rows, default=1), wide
        return self._last[name]

    def formula_text(self, xml: SheetXml, row: int, cell: CellXml) -> str:
        """Return the formula of a cell as it is written."""
        return xml.formula(cell) if xml.has_formula(cell) else ""


class _Formula:
    """One formula while it is computed, in the cell it stands in."""

    def __init__(self, book: _Book, sheet: str, row: int, column: int) -> None:
        self._book = book
        self._sheet = sheet
        self._row = row
        self._column = column

    def worth(self, node: Node) -> Worth:
        """Return what a part of the formula comes to."""
        match node:
            case Constant():
                return node.value
            case Area():
                found = self._book.area(self._sheet, node)
                return found[0][0] if node.single else found
            case Operation():
                return self._operated(node)
            case Name():
                return self.worth(self._book.names.meant(node.words))
            case Column():
                return self._book.area(self._sheet, self._book.names.cells(node))
            case Call():
                return self._called(node)

    def _operated(self, node: Operation) -> Worth:
        right = self.worth(node.right)
        left = self.worth(node.left) if node.left is not None else None
        if not isinstance(right, list) and not isinstance(left, list):
            return _applied(node, left, right)
        if node.left is None:
            return [[_applied(node, None, cell) for cell in row] for row in grid(right)]
        return _each(node, grid(left), grid(right))

    def _called(self, node: Call) -> Worth:
        given = node.arguments
        match node.name:
            case "IF" if 2 <= len(given) <= 3:
                said = truth(single(self.worth(given[0])))
                if isinstance(said, Fault):
                    return said
                return self._chosen(given[1]) if said else self._chosen(given[2]) if len(given) > 2 else False
            case "IFERROR" | "IFNA" if len(given) == 2:
                value = single(self.worth(given[0]))
                wrong = isinstance(value, Fault) and (node.name == "IFERROR" or value.words == "#N/A")
                return self.worth(given[1]) if wrong else value
            case "TRUE" | "FALSE" if not given:
                return node.name == "TRUE"
            case "ROW" | "COLUMN" if len(given) <= 1:
                return self._placed(node)
            case "ROWS" | "COLUMNS" if len(given) == 1 and isinstance(given[0], Area):
                area = given[0]
                high, wide = area.bottom - area.top + 1, area.right - area.left + 1
                return float(high if node.name == "ROWS" else wide)
            case "SUBTOTAL" if len(given) >= 2:
                return self._subtotal(node)
        function = FUNCTIONS.get(node.name)
        if function is None:
            raise UnreadFormulaError
        if not given and node.name not in ("NA", "PI"):
            raise UnreadFormulaError
        return function([self._argument(each) for each in given])

    def _argument(self, node: Node) -> Worth:
        # A cell pointed at is a cell even when it is alone: words in it are passed over where a figure is counted.
        area = self._area_of(node)
        return self._book.area(self._sheet, area) if area is not None else self.worth(node)

    def _area_of(self, node: Node) -> Area | None:
        if isinstance(node, Name):
            node = self._book.names.meant(node.words)
        return self._book.names.cells(node) if isinstance(node, Column) else node if isinstance(node, Area) else None

    def _chosen(self, node: Node) -> Worth:
        value = self.worth(node)
        return 0.0 if value is None else value

    def _placed(self, node: Call) -> float:
        area = node.arguments[0] if node.arguments else None
        if area is None:
            return float(self._row if node.name == "ROW" else self._column + 1)
        if not isinstance(area, Area):
            raise UnreadFormulaError
        return float(area.top if node.name == "ROW" else area.left + 1)

    def _subtotal(self, node: Call) -> Worth:
        number = figure(single(self.worth(node.arguments[0])))
        found = subtotal(number) if not isinstance(number, Fault) else None
        if found is None:
            raise UnreadFormulaError
        function, by_hand = found

        def skips(xml: SheetXml, row: int, cell: CellXml) -> bool:
            hidden = known(xml.rows[row].attributes).get("hidden") in ("1", "true")
            if hidden and not by_hand:
                # Whether a filter hid the row or a hand cannot be told from the row.
                raise UnreadFormulaError
            return hidden or "SUBTOTAL(" in self._book.formula_text(xml, row, cell).upper()

        areas = []
        for each in node.arguments[1:]:
            area = self._area_of(each)
            if area is None:
                raise UnreadFormulaError
            areas.append(self._book.area(self._sheet, area, skips=skips))
        return function(areas)


def _each(node: Operation, left: Grid, right: Grid) -> Grid:
    high, wide = max(len(left), len(right)), max(len(left[0]), len(right[0]))
    for one in (left, right):
        if len(one) not in (1, high) or len(one[0]) not in (1, wide):
            raise UnreadFormulaError
    return [
        [
            _applied(
                node,
                left[row if len(left) > 1 else 0][column if len(left[0]) > 1 else 0],
                right[row if len(right) > 1 else 0][column if len(right[0]) > 1 else 0],
            )
            for column in range(wide)
        ]
        for row in range(high)
    ]


def _applied(node: Operation, left: Scalar, right: Scalar) -> Scalar:
    for value in (left, right):
        if isinstance(value, Fault):
            return value
    if node.sign in _COMPARING and node.left is not None:
        return holds(node.sign, left, right)
    if node.sign == "&":
        told = words(left), words(right)
        return f"{told[0]}{told[1]}"
    one, other = figure(left), figure(right)
    if isinstance(one, Fault) or isinstance(other, Fault):
        return one if isinstance(one, Fault) else other
    if node.left is None:
        return -other if node.sign == "-" else other / 100 if node.sign == "%" else other
    return _reckoned(node.sign, one, other)


def _reckoned(sign: str, one: float, other: float) -> Scalar:
    match sign:
        case "+" | "-":
            made = one + other if sign == "+" else one - other
            # What is left of two numbers that are equal in fifteen digits is nothing.
            return 0.0 if abs(made) < 1e-15 * max(abs(one), abs(other)) else made
        case "*":
            return one * other
        case "/":
            return DIVISION if other == 0 else one / other
    try:
        made = one**other
    except ZeroDivisionError:
        return DIVISION
    return made if isinstance(made, float) else NUMBER

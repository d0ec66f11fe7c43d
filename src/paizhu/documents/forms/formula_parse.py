"""Formulas taken apart: what is added to what, which cells are meant, which functions are called.

Only what stands in forms is read: cells and areas of this workbook, figures, words, arithmetic, comparing, functions.
Parts of a table's row, areas over several sheets and other workbooks are refused; such a cell is left to the program
that opens the form.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from paizhu.documents.books.book import LAST_ROW, column_number


class UnreadFormulaError(Exception):
    """A formula that is not computed here; never shown, the cell only stays without a stored result."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A figure, words, yes or no, or an error as written in the formula; None for an argument left out."""

    value: float | str | bool | None


@dataclass(frozen=True, slots=True)
class Area:
    """A cell or an area; rows from 1, columns from 0; ``sheet`` is empty for the formula's own sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        """Tell whether one cell is meant."""
        return self.top == self.bottom and self.left == self.right


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator between two parts, or before or behind one (then ``left`` is None)."""

    sign: str
    left: "Node | None"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; its name in capitals, without the mark of newer functions."""

    name: str
    arguments: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name."""

    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """The records of one column of a table."""

    table: str
    name: str


Node = Constant | Area | Operation | Call | Name | Column

_TOKEN = re.compile(
    r"\s*(?:"
    r'(?P<words>"(?:[^"]|"")*")'
    r"|(?P<error>\#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!))"
    r"|(?P<figure>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w:!(]))"
    r"|(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
    r"(?P<ref>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})(?![\w.(!])"
    r"|(?P<table>[^\W\d][\w.]*)\[(?P<column>[^\[\]@#':]+)\](?!\])"
    r"|(?P<call>[^\W\d][\w.]*)\("
    r"|(?P<name>[^\W\d][\w.]*)(?![\w.(!\[])"
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>%(),])"
    r")"
)
_CELL = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d*)")
_LAST_COLUMN = 16_383
_LEVELS: tuple[tuple[str, ...], ...] = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_MARK = "_XLFN."
_DEEPEST = 40
_LONGEST = 8192


@lru_cache(maxsize=4096)
def parsed(text: str) -> Node:
    """Return a formula taken apart, without its equals sign."""
    if len(text) > _LONGEST:
        raise UnreadFormulaError
    reader = _Reader(text)
    node = reader.level(0)
    if reader.kind:
        raise UnreadFormulaError
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text.strip().removeprefix("=").rstrip()
        self._at = 0
        self._depth = 0
        self.kind = ""
        self._found: Mapping[str, str | None] = {}
        self._next()

    def _next(self) -> None:
        if self._at >= len(self._text):
            self.kind = ""
            return
        found = _TOKEN.match(self._text, self._at)
        if found is None:
            raise UnreadFormulaError
        self._found = found.groupdict()
        self.kind = next(
            kind for kind in ("words", "error", "figure", "ref", "table", "call", "name", "sign") if found[kind]
        )
        self._at = found.end()

    def _word(self, kind: str) -> str:
        return self._found.get(kind) or ""

    def _sign(self) -> str:
        return self._word("sign") if self.kind == "sign" else ""

    def level(self, at: int) -> Node:
        """Read operators that bind as tightly as this level or tighter."""
        if at == len(_LEVELS):
            return self._signed()
        node = self.level(at + 1)
        while (sign := self._sign()) in _LEVELS[at]:
            self._next()
            node = Operation(sign, node, self.level(at + 1))
        return node

    def _signed(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadFormulaError
        if (sign := self._sign()) in ("+", "-"):
            self._next()
            node: Node = Operation(sign, None, self._signed())
        else:
            node = self._one()
            while self._sign() == "%":
                self._next()
                node = Operation("%", None, node)
        self._depth -= 1
        return node

    def _one(self) -> Node:
        match self.kind:
            case "words":
                return self._taken(Constant(self._word("words")[1:-1].replace('""', '"')))
            case "figure":
                return self._taken(Constant(float(self._word("figure"))))
            case "ref":
                return self._taken(_area(self._word("sheet"), self._word("ref")))
            case "name" if self._word("name").upper() in ("TRUE", "FALSE"):
                return self._taken(Constant(self._word("name").upper() == "TRUE"))
            case "name":
                return self._taken(Name(self._word("name")))
            case "table":
                return self._taken(Column(self._word("table"), self._word("column")))
            case "call":
                return self._call()
            case "sign" if self._sign() == "(":
                self._next()
                node = self.level(0)
                self._close()
                return node
        raise UnreadFormulaError

    def _taken(self, node: Node) -> Node:
        self._next()
        return node

    def _close(self) -> None:
        if self._sign() != ")":
            raise UnreadFormulaError
        self._next()

    def _call(self) -> Node:
        name = self._word("call").upper().removeprefix(_MARK)
        self._next()
        given: list[Node] = []
        while self._sign() != ")":
            given.append(Constant(None) if self._sign() == "," else self.level(0))
            if self._sign() == ",":
                self._next()
                if self._sign() == ")":
                    given.append(Constant(None))
            elif self._sign() != ")":
                raise UnreadFormulaError
        self._next()
        return Call(name, tuple(given))


def _area(prefix: str, reference: str) -> Area:
    name = prefix.removesuffix("!")
    name = name[1:-1].replace("''", "'") if name.startswith("'") else name
    if "[" in name or ":" in name:
        raise UnreadFormulaError
    first, _, last = reference.partition(":")
    one, other = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if one is None or other is None:
        raise UnreadFormulaError
    rows = sorted((int(one[2] or 1), int(other[2] or LAST_ROW)))
    columns = sorted(
        (column_number(one[1].upper()) if one[1] else 0, column_number(other[1].upper()) if other[1] else _LAST_COLUMN)
    )
    return Area(name, rows[0], columns[0], rows[1], columns[1])

"""Rows of cells pasted from a sheet: where the headings of an agenda stand, in one row or two, and what is no item."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from paizhu.base.text import folded
from paizhu.registers.review import REVIEW

_HEADS = {"number": ("序号", "议题序号"), "title": ("议题", "议题名称", "事项")}
_FIELDS = ("category", "sub_category", "submit_dept", "leader_in_charge", "reporter", "amount", "title")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_UNIT = re.compile(r"[（(][^（）()]*?(亿元|万元|千元|元)[）)]")
_SUMS = re.compile(r"^(?:合|总|小)\s*计[:：]?$")
_SEARCHED = 12
"""So many rows above the headings may be titles, days and places."""


class Framed:
    """The rows under their headings; ``names`` is empty where no heading names the items."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.names: list[str] = []
        self.unit = ""
        self.body: Sequence[Sequence[str]] = rows
        for at, row in enumerate(rows[:_SEARCHED]):
            names = _columns(row)
            if "title" not in names:
                continue
            heads, self.names, self.body = [row], names, rows[at + 1 :]
            if self.body and _goes_on(names, self.body[0]):
                # Of a heading in two rows the lower one is what the column holds.
                under = self.body[0]
                heads.append(under)
                self.names = [low or high for high, low in zip_longest(names, _columns(under), fillvalue="")]
                self.body = self.body[1:]
            found = (_UNIT.search(cell) for head in heads for cell in head)
            self.unit = next((match[1] for match in found if match), "")
            return

    def items(self) -> list[dict[str, str]]:
        """Return the filled cells of each row by field; sums and lines without an item are left out."""
        found = []
        for cells in self.body:
            if any(_SUMS.match(cell.strip()) for cell in cells):
                continue
            given = {name: cell.strip() for name, cell in zip(self.names, cells, strict=False) if name and cell.strip()}
            if given.get("title"):
                found.append(given)
        return found


def plain(line: str) -> str:
    """Return a line with one cell filled as words; empty for a row of several cells."""
    filled = [cell.strip() for cell in line.split("\t") if cell.strip()]
    return filled[0] if len(filled) == 1 else ""


def widest(cells: Sequence[str]) -> str:
    """Return the longest cell of a row without headings: the item, most likely."""
    return max((cell.strip() for cell in cells), key=len, default="")


def _goes_on(names: Sequence[str], row: Sequence[str]) -> bool:
    """Tell whether a row still belongs to the headings: it names columns and has no item."""
    place = names.index("title")
    return any(_columns(row)) and not (place < len(row) and row[place].strip())


def _columns(head: Sequence[str]) -> list[str]:
    """Return the field each heading means; empty for one that means none."""
    aliases = {folded(words): name for name, given in _HEADS.items() for words in given}
    for name in _FIELDS:
        field = REVIEW.field(name)
        for words in (field.label, *field.aliases):
            aliases.setdefault(folded(words), name)
    return [aliases.get(folded(cell)) or aliases.get(folded(_BRACKETS.sub("", cell)), "") for cell in head]

"""Where cells go when rows are put into a sheet, and formulas rewritten to follow them.

Rows are numbered from 1. Only references change; everything else of a formula stays letter by letter as it was.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from paizhu.documents.books.book import LAST_ROW, column_number, letters

_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'
    r"|\[\d+\][\w.]*!?\$?[A-Z]{0,3}\$?\d*(?::\$?[A-Z]{0,3}\$?\d+)?"
    r"|(?<![\w.$\]])(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)?"
    r"(?P<ref>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?|\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})"
    r"(?![\w.(!\[])"
    r"|\[[^\[\]]*\]"
)
_PLACE = re.compile(r"(\$?)([A-Z]{0,3})(\$?)(\d+)")
_AGGREGATES = frozenset(
    ("SUM", "COUNT", "COUNTA", "COUNTBLANK", "AVERAGE", "MAX", "MIN", "PRODUCT", "COUNTIF", "SUMIF", "SUMPRODUCT")
)
_CALLED = re.compile(r"([A-Z]+)\(\s*$")
_SUBTOTAL = re.compile(r"SUBTOTAL\(\s*\d+\s*,\s*$")


@dataclass(frozen=True, slots=True, order=True)
class Insertion:
    """Rows put in: ``count`` of them under row ``after``, inside the list that stood in ``first`` to ``last``.

    They go in front of the list's last row where there are two or more, so that its lower border stays below and
    ranges over the list grow by themselves, as when an officer inserts them by hand.
    """

    first: int
    last: int
    count: int

    @property
    def after(self) -> int:
        """Return the row whose look the new rows take, and under which they stand."""
        return self.last - 1 if self.last > self.first else self.last

    @property
    def single(self) -> bool:
        """Tell whether the list had one empty row only, so that ranges over it must be made to grow."""
        return self.last == self.first


class Shift:
    """What becomes of the row numbers of one sheet."""

    def __init__(self, insertions: Iterable[Insertion] = ()) -> None:
        self.insertions = tuple(sorted(each for each in insertions if each.count > 0))
        self._afters = [each.after for each in self.insertions]
        self._sums = [0]
        for each in self.insertions:
            self._sums.append(self._sums[-1] + each.count)

    def __bool__(self) -> bool:
        return bool(self.insertions)

    def row(self, number: int) -> int:
        """Return where a row stands afterwards; a range to the end of the sheet keeps that end."""
        if number >= LAST_ROW:
            return number
        return min(number + self._sums[bisect_left(self._afters, number)], LAST_ROW)

    def covering(self, top: int, bottom: int) -> tuple[int, int]:
        """Return a range that holds for rows like those in it (validations, conditional formats): new ones belong."""
        grown = sum(each.count for each in self.insertions if each.after == bottom and top <= each.after)
        return self.row(top), self.row(bottom) + grown

    def counted(self, top: int, bottom: int, at: int | None = None, *, alone: bool = False) -> tuple[int, int]:
        """Return a range that a total adds up: it grows when it ended at a list's only empty row.

        ``at`` is the row of the formula, ``alone`` says that a single row of one column is meant as a range.
        """
        grown = 0
        for each in self.insertions:
            if not each.single or each.after != bottom or top > bottom or at == bottom:
                continue
            if top < bottom or alone or at is not None:
                grown += each.count
        return self.row(top), self.row(bottom) + grown


def moved_formula(text: str, sheet: str, shifts: Mapping[str, Shift], at: int | None = None) -> str:
    """Return a formula of this sheet, standing in row ``at``, after rows were put into the sheets of ``shifts``."""
    own = shifts.get(sheet.casefold())

    def replaced(found: re.Match[str]) -> str:
        reference = found["ref"]
        if reference is None:
            return found[0]
        named = found["sheet"] or ""
        shift = shifts.get(_sheet_name(named).casefold()) if named else own
        if not shift:
            return found[0]
        before = text[: found.start()]
        row = at if not named or _sheet_name(named).casefold() == sheet.casefold() else 0
        return named + _moved(reference, shift, row, before, text[found.end() :])

    return _TOKEN.sub(replaced, text)


def _moved(reference: str, shift: Shift, at: int | None, before: str, behind: str) -> str:
    first, colon, last = reference.partition(":")
    one, other = _PLACE.match(first), _PLACE.match(last or first)
    if one is None or other is None:
        return reference
    top, bottom = int(one[4]), int(other[4])
    if colon:
        new_top, new_bottom = shift.counted(top, bottom, at)
        return f"{one[1]}{one[2]}{one[3]}{new_top}:{other[1]}{other[2]}{other[3]}{new_bottom}"
    new_top, new_bottom = shift.counted(top, top, at, alone=True) if _is_added_up(before, behind) else (0, 0)
    if new_bottom > new_top:
        return f"{one[1]}{one[2]}{one[3]}{new_top}:{one[1]}{one[2]}{one[3]}{new_bottom}"
    return f"{one[1]}{one[2]}{one[3]}{shift.row(top)}"


def _is_added_up(before: str, behind: str) -> bool:
    # A total over a form's only empty row is often written SUM(D5).
    called = _CALLED.search(before)
    return behind[:1] in (")", ",") and bool(
        (called and called[1] in _AGGREGATES) or _SUBTOTAL.search(before.rpartition(";")[2])
    )


def _sheet_name(prefix: str) -> str:
    name = prefix.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def copied_formula(text: str, by: int, area: tuple[int, int] | None = None, shift: Shift | None = None) -> str:
    """Return a formula copied so many rows down.

    Within ``area`` (first and last row of a list) and above it, relative rows go along; what stands under the list
    is one place for all rows, and moves with ``shift``.
    """

    def place(found: re.Match[str]) -> str:
        row = int(found[4])
        fixed = _is_fixed(found) or (area is not None and row > area[1])
        new = (shift.row(row) if shift else row) if fixed else row + by
        return f"{found[1]}{found[2]}{found[3]}{new}"

    def replaced(found: re.Match[str]) -> str:
        reference = found["ref"]
        if reference is None or ":" in (found["sheet"] or ""):
            return found[0]
        if found["sheet"]:
            # Another sheet has rows of its own: only the copying counts there.
            return found["sheet"] + _PLACE.sub(lambda one: _beside(one, by, 0), reference)
        return _PLACE.sub(place, reference)

    return _TOKEN.sub(replaced, text)


def _is_fixed(found: re.Match[str]) -> bool:
    # In a range of whole rows ($1:$2) the one dollar sign belongs to the row.
    return found[3] == "$" or (not found[2] and found[1] == "$")


def _beside(found: re.Match[str], by: int, columns: int) -> str:
    row = int(found[4]) if _is_fixed(found) else int(found[4]) + by
    column = found[2] if found[1] or not found[2] or not columns else letters(column_number(found[2]) + columns)
    return f"{found[1]}{column}{found[3]}{row}"


def beside_formula(text: str, by: int, columns: int) -> str:
    """Return a formula copied down and to the right, as a member of a group of shared formulas is meant."""

    def replaced(found: re.Match[str]) -> str:
        reference = found["ref"]
        return (
            found[0]
            if reference is None
            else (found["sheet"] or "") + _PLACE.sub(lambda one: _beside(one, by, columns), reference)
        )

    return _TOKEN.sub(replaced, text)


def sheets_named(text: str) -> set[str]:
    """Return the folded names of the sheets a formula refers to."""
    return {_sheet_name(found["sheet"]).casefold() for found in _TOKEN.finditer(text) if found["sheet"]}


def moved_ranges(text: str, move: Callable[[int, int], tuple[int, int]]) -> str:
    """Return ranges separated by spaces, each moved; a single cell may become a range."""
    return " ".join(_moved_range(each, move) for each in text.split())


def _moved_range(text: str, move: Callable[[int, int], tuple[int, int]]) -> str:
    first, _, last = text.partition(":")
    one, other = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
    if one is None or other is None:
        return text
    top, bottom = move(int(one[4]), int(other[4]))
    if not last and top == bottom:
        return f"{one[1]}{one[2]}{one[3]}{top}"
    return f"{one[1]}{one[2]}{one[3]}{top}:{other[1]}{other[2]}{other[3]}{bottom}"

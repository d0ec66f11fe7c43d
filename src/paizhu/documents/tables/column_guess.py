"""Columns of a table without any heading: what stands in the cells proposes the fields, and the officer confirms.

Nothing here is sure: every proposal is to be looked at. The order of kinds of content is the shape of such a table,
by which the next file of the same making is known again.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from paizhu.base import numbers
from paizhu.base.field import Field, FieldKind
from paizhu.base.reading import narrowed
from paizhu.base.register import Register
from paizhu.documents.books.book import Cell, ErrorCell, words_of
from paizhu.documents.tables.column_evidence import UNIT_NAME, evidence, reads_day

GUESSED = 0.5
"""How sure a proposal by content is: never so sure that it need not be looked at."""
_MOSTLY = 0.8
_LEAST = 1.0
_AHEAD = 0.2
_LONG, _SENTENCE = 12, 7
_DATED = 6
_NAME = re.compile(r"^[\u3400-\u9fff]{2,3}$|^[\u3400-\u9fff]{1,7}·[\u3400-\u9fff]{1,10}$")
_POST = re.compile(r"(长|主任|书记|科员|委员|主席|经理|专员|干事|会计|出纳|职工|局员|调研员|巡视员|院士|教授)$")
_REACHED = re.compile(r"^(\d{3,4}-?)?\d{7,8}$|^1\d{10}$|^\d{17}[\dXx]$")
_DATES = (FieldKind.DAY, FieldKind.MOMENT)
_WORDS = (FieldKind.LINE, FieldKind.TEXT)


def shape(columns: Sequence[Sequence[Cell]]) -> str:
    """Return the shape of a table: how many columns, and which of them hold dates, numbers, names or words."""
    return "".join(_sort(cells) for cells in columns).rstrip("-")


def guess(columns: Mapping[int, Sequence[Cell]], register: Register, fields: Sequence[Field]) -> dict[int, str]:
    """Return the field each column may feed, by its place; empty for one that only counts the rows."""
    left = {index: _filled(cells) for index, cells in columns.items()}
    left = {index: cells for index, cells in left.items() if cells}
    made: dict[int, str] = {}
    first = min(left, default=-1)
    if first >= 0 and _counts(left[first]):
        made[first] = ""
        del left[first]
    free = [field for field in fields if not field.computed]
    for fits, wanted in _steps(register, free):
        places = sorted((index for index in left if fits(left[index])), key=lambda index: (-_width(left[index]), index))
        if fits is not _is_text:
            places.sort()
        for index in places:
            field = next((each for each in wanted if each.name not in made.values() and _may(each, left[index])), None)
            if field is not None:
                made[index] = field.name
                del left[index]
    return made


def likeliest(
    columns: Mapping[int, Sequence[Cell]], registers: Mapping[str, Sequence[Field]], kinds: Sequence[Register]
) -> str:
    """Return the register the cells speak for; empty when none stands out."""
    scored = sorted(
        ((_score(guess(columns, kind, registers[kind.key]), kind), kind.key) for kind in kinds), reverse=True
    )
    if not scored or scored[0][0] < _LEAST or (len(scored) > 1 and scored[0][0] - scored[1][0] < _AHEAD):
        return ""
    return scored[0][1]


def tells_of_somebody(cells: Sequence[Cell]) -> bool:
    """Tell whether a column may name people, or say where and how they are reached."""
    filled = _filled(cells)
    short = bool(filled) and _width(filled) < _SENTENCE
    return short or _share(filled, lambda cell: bool(_REACHED.match(_words(cell)))) > 0


def _score(made: Mapping[int, str], kind: Register) -> float:
    total = 0.0
    for name in filter(None, made.values()):
        field = kind.field(name)
        if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
            total += 1.0
        elif name in kind.identity:
            total += 0.5 if field.required else 0.3
        elif name == kind.main_date:
            total += 0.2
    return total


def _steps(register: Register, fields: Sequence[Field]) -> list[tuple[Callable[[Sequence[Cell]], bool], list[Field]]]:
    """Return what kind of content goes to which fields, the surest kind first; fields the list shows go first."""
    first = (register.main_date, *register.identity, *register.title, *register.columns)
    order = {name: at for at, name in reversed(list(enumerate(first)))}
    ranked = sorted(fields, key=lambda field: (order.get(field.name, len(first)), not field.searchable))

    def of(*kinds: FieldKind) -> list[Field]:
        return [field for field in ranked if field.kind in kinds]

    people = [field for field in of(FieldKind.REF, FieldKind.REFS) if field.targets == ("person",)]
    named = [field for field in of(FieldKind.LINE) if "姓名" in field.label and field.name in register.identity]
    units = [
        field for field in of(FieldKind.REF, FieldKind.LINE) if field.targets == ("unit",) or "单位" in field.label
    ]
    posts = [field for field in of(FieldKind.LINE) if "职务" in field.label]
    texts = [field for field in ranked if field.kind in _WORDS and field not in units and field not in posts]
    texts.sort(
        key=lambda field: (field.name not in register.identity, not field.searchable, field.kind is FieldKind.LINE)
    )
    return [
        (_is_words, of(FieldKind.CHOICE, FieldKind.CHOICES)),
        (_is_dates, of(*_DATES)),
        (_is_post, posts),
        (_is_unit, units),
        (_is_person, [*named, *people]),
        (_is_sum, of(FieldKind.MONEY)),
        (_is_text, texts),
    ]


def _may(field: Field, cells: Sequence[Cell]) -> bool:
    if field.kind not in (FieldKind.CHOICE, FieldKind.CHOICES):
        return True
    seen = evidence(field, cells)
    return seen is not None and seen >= _MOSTLY


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return [
        cell for cell in cells if cell is not None and not isinstance(cell, ErrorCell) and not numbers.is_empty(cell)
    ]


def _words(cell: Cell) -> str:
    return narrowed(words_of(cell)).strip()


def _width(cells: Sequence[Cell]) -> float:
    return sum(len(_words(cell)) for cell in cells) / len(cells)


def _share(cells: Sequence[Cell], fits: Callable[[Cell], bool]) -> float:
    return sum(fits(cell) for cell in cells) / len(cells) if cells else 0.0


def _counts(cells: Sequence[Cell]) -> bool:
    found = [_words(cell) for cell in cells]
    if not all(words.isdigit() for words in found):
        return False
    return len(found) > 1 and all(int(after) == int(before) + 1 for before, after in pairwise(found))


def _is_words(cells: Sequence[Cell]) -> bool:
    return _share(cells, lambda cell: isinstance(cell, str) and len(cell) <= _LONG) >= _MOSTLY


def _is_dates(cells: Sequence[Cell]) -> bool:
    return _share(cells, _is_date) >= _MOSTLY


def _is_date(cell: Cell) -> bool:
    # A bare number of five digits is a sum as easily as Excel's count of days; only written dates are taken for one.
    return isinstance(cell, date) or (
        not isinstance(cell, bool) and len(_words(cell)) >= _DATED and reads_day(_words(cell))
    )


def _is_person(cells: Sequence[Cell]) -> bool:
    return _share(cells, lambda cell: bool(_NAME.match("".join(_words(cell).split())))) >= _MOSTLY


def _is_unit(cells: Sequence[Cell]) -> bool:
    return _share(cells, lambda cell: bool(UNIT_NAME.search(_words(cell)))) >= _MOSTLY


def _is_post(cells: Sequence[Cell]) -> bool:
    return _share(cells, lambda cell: bool(_POST.search(_words(cell)))) >= _MOSTLY


def _is_sum(cells: Sequence[Cell]) -> bool:
    return (
        _share(cells, lambda cell: _is_plain_number(cell) or (isinstance(cell, str) and cell.strip().endswith("元")))
        >= _MOSTLY
    )


def _is_plain_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and not _is_date(cell)


def _is_text(cells: Sequence[Cell]) -> bool:
    told = _share(cells, lambda cell: isinstance(cell, str) and not _REACHED.match(_words(cell)))
    return told >= _MOSTLY and _width(cells) >= _SENTENCE


def _sort(cells: Sequence[Cell]) -> str:
    filled = _filled(cells)
    if not filled:
        return "-"
    if _is_dates(filled):
        return "D"
    if _share(filled, lambda cell: isinstance(cell, int | float) and not isinstance(cell, (bool, date))) >= _MOSTLY:
        return "N"
    return "P" if _is_person(filled) else "T"

"""How well the cells of a column fit a field, whatever stands over it."""

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from functools import lru_cache

from paizhu.base import dates, money, numbers
from paizhu.base.field import Field, FieldKind
from paizhu.base.reading import ReadingError, narrowed
from paizhu.base.text import folded
from paizhu.documents.books.book import Cell, ErrorCell

_FEWEST = 2
_MOST = 30
_NAME = re.compile(r"^[\u3400-\u9fff]{2,4}$|^[\u3400-\u9fff]{1,7}·[\u3400-\u9fff]{1,10}$")
UNIT_NAME = re.compile(r"(局|处|科|室|部|委|办|中心|公司|院|所|站|队|党组|党委|支部|学校|集团|厅|司|组|会)$")
"""How the name of an organisation ends."""
_REFERENCE = date(2000, 1, 1)
_EARLIEST_SERIAL, _LATEST_SERIAL = 18_264, 73_050
"""Day numbers of 1950 and 2100: other whole numbers in a column are no dates of a ledger."""


def evidence(field: Field, cells: Sequence[Cell]) -> float | None:
    """Return the share of cells that fit the field, from 0 to 1; None when they say nothing either way."""
    fits = _fitting(field)
    if fits is None:
        return None
    filled = [
        cell for cell in cells if cell is not None and not isinstance(cell, ErrorCell) and not numbers.is_empty(cell)
    ]
    if len(filled) < _FEWEST:
        return None
    looked_at = filled[:_MOST]
    return sum(fits(cell) for cell in looked_at) / len(looked_at)


def _fitting(field: Field) -> Callable[[Cell], bool] | None:
    match field.kind:
        case FieldKind.DAY | FieldKind.MOMENT | FieldKind.MONTH:
            return _is_day
        case FieldKind.MONEY:
            return _is_money
        case FieldKind.INTEGER | FieldKind.NUMBER:
            return _is_number
        case FieldKind.YES_NO:
            return _is_answer
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return lambda cell: any(folded(part) in field.by_label for part in numbers.split_list(str(cell)) or [""])
        case FieldKind.REF | FieldKind.REFS if field.targets == ("person",):
            return lambda cell: any(_NAME.match(narrowed(part)) is not None for part in numbers.split_list(str(cell)))
        case FieldKind.REF | FieldKind.REFS if field.targets == ("unit",):
            return lambda cell: (
                UNIT_NAME.search(narrowed(str(cell))) is not None or _NAME.match(narrowed(str(cell))) is None
            )
        case _:
            return None


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, date):
        return True
    if isinstance(cell, (bool, time)) or cell is None:
        return False
    if isinstance(cell, (int, float)):
        return _EARLIEST_SERIAL <= cell <= _LATEST_SERIAL or reads_day(str(int(cell)))
    return reads_day(str(cell))


@lru_cache(maxsize=4096)
def reads_day(words: str) -> bool:
    """Tell whether words can be read as a day or a month."""
    if not any(letter.isdigit() or letter in "一二三四五六七八九十〇今明昨" for letter in words):
        return False
    for read in (dates.read_moment, dates.read_month):
        try:
            read(words, reference=_REFERENCE)
        except ReadingError:
            continue
        return True
    return False


def _is_money(cell: Cell) -> bool:
    if isinstance(cell, (date, time, bool)):
        return False
    try:
        money.read_money(cell)
    except ReadingError:
        return False
    return True


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, (date, time, bool)):
        return False
    try:
        numbers.read_decimal(cell)
    except ReadingError:
        return False
    return True


def _is_answer(cell: Cell) -> bool:
    if isinstance(cell, (date, time)):
        return False
    try:
        numbers.read_yes_no(cell)
    except ReadingError:
        return False
    return True

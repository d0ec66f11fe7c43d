"""What the cells of one column mean, asked for many rows at once: words met before are only looked up.

Only cells that can be taken as they stand are answered here. One that needs a word to the officer, or a look at its
neighbours, is :data:`UNSURE`, and its row is read cell by cell.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from paizhu.base import dates, values
from paizhu.base.field import Field, FieldKind
from paizhu.base.reading import ReadingError, quoted
from paizhu.base.values import Reading
from paizhu.documents.books.book import BROKEN, NO_RESULT, ErrorCell, Rounded, words_of
from paizhu.documents.workbooks.write import CUT

UNSURE: Final = object()
FIGURES = (FieldKind.MONEY, FieldKind.NUMBER, FieldKind.INTEGER)
_NO_VALUE = BROKEN | {NO_RESULT.words}
_NO_WORDS = _NO_VALUE | {values.MASK}
_REMEMBERED = 5_000
_DAYS = 8_000
"""So many cells of a column of dates are remembered: the days of twenty years, so that no day is read twice."""
_LONG = 40
# A number with a fraction, and yes or no, equal a whole number without being one.
_APART = frozenset({str, int, date, datetime, type(None)})
CODED = (FieldKind.LINE, FieldKind.SEALED)
_BEGINS = frozenset("'’0123456789")
_SPOILT = re.compile(r"['’](?=\d)|\d{7,}\.0+$|\d\.\d+E\+?\d{1,2}$", re.IGNORECASE)
_MOST_DIGITS = 10**15
"""A spreadsheet keeps fifteen digits of a number: a longer one is a code whose end was lost."""


class Known(dict[Any, Any]):
    """The meaning of the cells of one column, by the cell."""

    def __init__(self, field: Field, reading: Reading) -> None:
        super().__init__({None: None, "": None})
        self._field = field
        self._reading = reading
        self._any_words = values.words_reader(field)
        self._doubts = False
        self.dated = field.is_day
        self._coded = field.kind in CODED
        self._most = _DAYS if self.dated else _REMEMBERED

    def __missing__(self, raw: Any) -> Any:
        words = self._any_words
        if words is not None and type(raw) is str and raw not in _NO_WORDS and not raw.endswith(CUT):
            value: Any = UNSURE if self._spoilt(raw) else words(raw)
            self._doubts = self._doubts or value is UNSURE
        else:
            value = self._meant(raw)
        # Long words hardly ever stand twice, and what is unsure is unsure each time.
        if value is not UNSURE and len(self) < self._most and (type(raw) is not str or len(raw) <= _LONG):
            self[raw] = value
        return value

    def all(self, column: Sequence[Any]) -> tuple[list[Any], list[int]]:
        """Return what each cell of a column means, and the places of those that are unsure: nothing stands there."""
        self._doubts = False
        if _APART.issuperset(map(type, column)):
            meant = list(map(self.__getitem__, column))
        else:
            meant = [self[raw] if type(raw) in _APART else self._meant(raw) for raw in column]
        if not self._doubts:
            return meant, []
        unsure = [at for at, value in enumerate(meant) if value is UNSURE]
        for at in unsure:
            meant[at] = None
        return meant, unsure

    def before(self, raw: Any) -> Any:
        """Return what a cell meant when it was met before."""
        return self.get(raw, UNSURE) if type(raw) in _APART else UNSURE

    def _meant(self, raw: Any) -> Any:
        if type(raw) is str and (raw in _NO_WORDS or raw.endswith(CUT) or self._spoilt(raw)):
            value = UNSURE
        elif self._any_words is not None and type(raw) is str:
            return self._any_words(raw)
        else:
            value = self._parsed(raw)
        self._doubts = self._doubts or value is UNSURE
        return value

    def _spoilt(self, raw: str) -> bool:
        return self._coded and raw[:1] in _BEGINS and is_spoilt(raw)

    def _yearless(self, raw: Any) -> bool:
        """Tell whether a number, or what a cell for days made of it, is a month and a day without their year."""
        return self.dated and not dates.names_year(raw)

    def _parsed(self, raw: Any) -> Any:
        field = self._field
        if isinstance(raw, str):
            if self.dated:
                raw = values.limit_words(field, raw)
                if dates.is_relative(raw) or not dates.names_year(raw):
                    return UNSURE
        elif unusable(field, raw) or (isinstance(raw, Rounded) and field.kind in FIGURES) or self._yearless(raw):
            return UNSURE
        try:
            return values.parse(field, raw, self._reading)
        except ReadingError:
            return UNSURE


def is_spoilt(words: str) -> bool:
    """Tell whether words are a code as another program spoilt it: 13900000001.0, 1.39E+10, or with a mark '110101…."""
    return _SPOILT.match(words) is not None


def unspoilt(words: str) -> str:
    """Return a spoilt code as it was meant; ReadingError where its last digits are lost."""
    plain = words.lstrip("'’")
    mantissa, _, power = plain.upper().partition("E")
    whole, _, part = mantissa.partition(".")
    if not power:
        return whole if part and not part.strip("0") else plain
    if len(part) < int(power):
        raise ReadingError("lost_digits", f"{quoted(words)}是按数字存过的号码，后面几位已经丢失，请照原件填写")
    return f"{whole}{part[: int(power)]}" if not part[int(power) :].strip("0") else plain


def unusable(field: Field, raw: Any) -> ReadingError | None:
    """Return why a cell has no value at all: a broken formula, or a long code that was kept as a number."""
    if isinstance(raw, ErrorCell) or (isinstance(raw, str) and raw in _NO_VALUE):
        return ReadingError("error_cell", f"这一格是 {words_of(raw)}，没有可用的值")
    code = field.kind not in FIGURES and isinstance(raw, int | float) and not isinstance(raw, bool)
    if code and abs(raw) >= _MOST_DIGITS:
        told = "这一格按数字存放，第 15 位以后的数字已经丢失，请在原表里把这一列设为文本，再重新填写"
        return ReadingError("lost_digits", told)
    return None

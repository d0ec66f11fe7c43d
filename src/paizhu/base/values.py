"""Words to value and back, for every kind of field: the only place where a value is read or shown.

``parse`` takes what was typed or stood in a cell; ``show`` gives the words on screen and paper; ``cell`` the
typed content of a spreadsheet cell; ``to_json`` the plain form of the command line, which ``parse`` understands too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from paizhu.base import dates, money, numbers, yearless
from paizhu.base.field import Choice, Field, FieldKind
from paizhu.base.month_only import MonthOnly
from paizhu.base.reading import ReadingError, quoted
from paizhu.base.rows import Ref, Sealed, Value
from paizhu.base.text import folded

MASK = "●●●"
TYPED_IN_CELLS = frozenset({FieldKind.DAY, FieldKind.MOMENT, FieldKind.INTEGER, FieldKind.MONEY, FieldKind.NUMBER})
"""Kinds that a spreadsheet holds as dates and numbers; all others stand there as words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What helps to understand words: the day from which “今天” counts, the unit of money in the header.

    ``typed_now`` are words typed on the day of reference: a plan without a year may then mean the year to come, and
    what happened the last one. In a ledger every row has the year of its rows, and a filter looks at both.
    """

    reference: date | None = None
    money_unit: str = "元"
    add_working_days: Callable[[date, int], date] | None = None
    typed_now: bool = False


PLAIN = Reading()
_Reader = Callable[[Field, Any, Reading], Value]


def parse(field: Field, raw: Any, reading: Reading = PLAIN) -> Value:
    """Return the value meant by typed words or a cell; ReadingError in words when it cannot be understood.

    An empty cell is no value. For a name the words are kept as a reference that points nowhere yet.
    """
    if isinstance(raw, str):
        raw = raw.strip()
    if raw is None or raw == "":
        return None
    answers = field.kind is FieldKind.YES_NO and numbers.says_no(raw)
    if field.kind not in _WORDY and numbers.is_empty(raw) and not answers:
        return None
    return _READERS[field.kind](field, raw, reading)


def words_reader(field: Field) -> Callable[[str], str | None] | None:
    """Return what reads words where any words are good, as :func:`parse` does; None for every other kind of field."""
    return _ANY_WORDS.get(field.kind)


_LIMIT = re.compile("限|截止|要求")
_BEFORE = re.compile(r"(?<=[底末日号\d])\s*(?:之|以)?前(?:完成|办结)?\s*$")


def limit_words(field: Field, words: str) -> str:
    """Return the day a limit ends on: 6月底前 in a column of limits is the last day on which it is still in time."""
    return _BEFORE.sub("", words) if _LIMIT.search(field.label) else words


def _words(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return dates.show_moment(raw)
    if isinstance(raw, date):
        return dates.show_day(raw)
    return str(raw)


def _line(words: str) -> str:
    made = " ".join(words.split())
    # A plan keeps cell and value: where both are the same words they are to be one object, kept once.
    return words if made == words else made


def _ref(raw: Any) -> Ref:
    if isinstance(raw, Ref):
        return raw
    if isinstance(raw, dict):
        return Ref(str(raw.get("label") or ""), str(raw.get("register") or ""), raw.get("id"))
    return Ref(" ".join(_words(raw).split()))


def _refs(raw: Any) -> tuple[Ref, ...]:
    if isinstance(raw, Ref | dict):
        return (_ref(raw),)
    given = raw if isinstance(raw, list | tuple) else numbers.split_list(_words(raw))
    return tuple(_ref(each) for each in given)


def _choice(field: Field, raw: Any) -> str | None:
    words = _words(raw)
    found = field.by_label.get(folded(words))
    if found is None and numbers.is_empty(words):
        return None
    if found is None:
        options = "、".join(choice.label for choice in field.choices if not choice.retired)
        raise ReadingError("unknown_choice", f"“{field.label}”里没有{quoted(words)}，可选：{options}")
    return found.code


def show(field: Field, value: Value) -> str:
    """Return the words for a value, as they stand on screen, on paper and in a message; empty for no value."""
    if value is None or value == "":
        return ""
    shower = _SHOWERS.get(field.kind)
    return shower(field, value) if shower else str(value)


def shower(field: Field) -> Callable[[Any], str]:
    """Return what gives the words for any value of a field that is there: for many values of one column."""
    found = _SHOWERS.get(field.kind)
    return partial(found, field) if found else str


def choice_words(field: Field, code: str) -> str:
    """Return the words of a code; a code this program does not know is shown as it is."""
    found = field.choice(code)
    return found.label if found else code


def cell(field: Field, value: Value) -> Any:
    """Return what a spreadsheet cell holds: real dates and numbers, words for everything else."""
    typed = field.kind in TYPED_IN_CELLS and not isinstance(value, MonthOnly)
    return value if typed else show(field, value) or None


def to_json(field: Field, value: Value) -> Any:
    """Return the plain form of a value for the command line; words about an informant are masked."""
    if value is None or value in ("", ()):
        return None
    plain = _PLAIN_FORMS.get(field.kind)
    return plain(value) if plain else value


def _plain_ref(ref: Ref) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": ref.id, "label": ref.label}
    if ref.register and ref.register not in ("person", "unit", "supplier"):
        plain["register"] = ref.register
    return plain


_HEDGES = re.compile("不|未|非|没|无|有条件|基本|部分|附条件|原则")
_NEAR = 65


def proposals(field: Field, words: str, most: int = 3) -> tuple[Choice, ...]:
    """Return the choices that words may be a slip or a longer form of, the likeliest first; none where two are as near.

    有条件同意 is no slip of 同意: what hedges or denies a choice is never proposed as that choice.
    """
    from rapidfuzz import fuzz

    key = folded(words).replace("部份", "部分")
    found: list[tuple[float, Choice]] = []
    for choice in field.choices:
        label = folded(choice.label)
        longer, shorter = (key, label) if len(key) > len(label) else (label, key)
        score = max(fuzz.ratio(key, label), _NEAR if len(shorter) > 1 and shorter in longer else 0)
        if score >= _NEAR and not choice.retired and _HEDGES.findall(key) == _HEDGES.findall(label):
            found.append((score, choice))
    found.sort(key=lambda each: -each[0])
    if len(found) > 1 and found[0][0] == found[1][0]:
        return ()
    return tuple(choice for _score, choice in found[:most])


def _read_moment(field: Field, raw: Any, reading: Reading) -> Value:
    if isinstance(raw, str) and "T" in raw:
        raw = raw.replace("T", " ")
    return _read_dated(dates.read_moment, field, raw, reading)


def _read_day(field: Field, raw: Any, reading: Reading) -> Value:
    return _read_dated(dates.read_day_or_month if field.dated.month_will_do else dates.read_day, field, raw, reading)


def _read_dated(read: Callable[..., date], field: Field, raw: Any, reading: Reading) -> date:
    helped = partial(read, add_working_days=reading.add_working_days)
    ahead = yearless.is_plan(field)
    if reading.typed_now and reading.reference and (ahead or yearless.is_fact(field)):
        return yearless.nearest(lambda words, day: helped(words, reference=day), raw, reading.reference, ahead=ahead)
    return helped(raw, reference=reading.reference)


def _read_money(_field: Field, raw: Any, reading: Reading) -> Value:
    return Decimal(money.read_money(raw, reading.money_unit)).scaleb(-2)


def _read_choices(field: Field, raw: Any, _reading: Reading) -> Value:
    if isinstance(raw, Ref | dict):
        return (_ref(raw),)
    given = raw if isinstance(raw, list | tuple) else numbers.split_list(_words(raw))
    return tuple(dict.fromkeys(code for each in given if (code := _choice(field, each))))


# For these kinds words such as 无 or / are words, not the sign for nothing.
_WORDY = frozenset({FieldKind.LINE, FieldKind.TEXT, FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.SEALED})
_ANY_WORDS: dict[FieldKind, Callable[[str], str | None]] = {
    FieldKind.LINE: lambda words: _line(words) or None,
    FieldKind.TEXT: lambda words: words.strip() or None,
}
_READERS: dict[FieldKind, _Reader] = {
    FieldKind.LINE: lambda _field, raw, _reading: _line(_words(raw)),
    FieldKind.TEXT: lambda _field, raw, _reading: _words(raw).strip(),
    FieldKind.REF: lambda _field, raw, _reading: _ref(raw),
    FieldKind.REFS: lambda _field, raw, _reading: _refs(raw),
    FieldKind.CHOICE: lambda field, raw, _reading: _choice(field, raw),
    FieldKind.CHOICES: _read_choices,
    FieldKind.SEALED: lambda _field, raw, _reading: raw if isinstance(raw, Sealed) else _words(raw).strip(),
    FieldKind.DAY: _read_day,
    FieldKind.MOMENT: _read_moment,
    FieldKind.MONTH: lambda _field, raw, reading: dates.read_month(raw, reference=reading.reference),
    FieldKind.INTEGER: lambda _field, raw, _reading: numbers.read_int(raw),
    FieldKind.FILES: lambda _field, raw, _reading: numbers.read_int(raw),
    FieldKind.NUMBER: lambda _field, raw, _reading: numbers.read_decimal(raw),
    FieldKind.MONEY: _read_money,
    FieldKind.YES_NO: lambda _field, raw, _reading: numbers.read_yes_no(raw),
}
_SHOWERS: dict[FieldKind, Callable[[Field, Any], str]] = {
    FieldKind.DAY: lambda _field, value: dates.show_day(value),
    FieldKind.MOMENT: lambda _field, value: dates.show_moment(value),
    FieldKind.MONEY: lambda _field, value: money.show_money(int(value.scaleb(2))),
    FieldKind.YES_NO: lambda _field, value: "是" if value else "否",
    FieldKind.CHOICE: choice_words,
    FieldKind.CHOICES: lambda field, value: "、".join(choice_words(field, code) for code in value),
    FieldKind.REF: lambda _field, value: value.label,
    FieldKind.REFS: lambda _field, value: "、".join(ref.label for ref in value),
    FieldKind.FILES: lambda _field, value: f"{value} 份",
    FieldKind.SEALED: lambda _field, _value: MASK,
    FieldKind.NUMBER: lambda _field, value: f"{value:f}",
}
_PLAIN_FORMS: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.DAY: dates.show_day,
    FieldKind.MOMENT: lambda value: f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value.isoformat(),
    FieldKind.MONEY: lambda value: f"{value:.2f}",
    FieldKind.NUMBER: lambda value: f"{value:f}",
    FieldKind.CHOICES: list,
    FieldKind.REF: _plain_ref,
    FieldKind.REFS: lambda refs: [_plain_ref(ref) for ref in refs],
    FieldKind.SEALED: lambda _value: MASK,
}

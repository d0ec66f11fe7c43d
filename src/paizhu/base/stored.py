"""Values as the database keeps them: text and whole numbers that sort and compare rightly in SQL.

Dates are ISO text, a moment without a known time keeps only its day, a day known by its month alone that month; money
is 分; a reference keeps the words first, then the record behind them, so that a list sorts and filters by words without
a join.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from paizhu.base.field import FieldKind
from paizhu.base.month_only import from_iso
from paizhu.base.rows import Ref, Sealed, Value

POINTER = "\x1f"
BETWEEN = "\x1e"
_CENT = Decimal("0.01")


def _ref_to_db(ref: Ref) -> str:
    return f"{ref.label}{POINTER}{ref.register}:{ref.id}" if ref.id is not None else ref.label


def _ref_from_db(text: str) -> Ref:
    label, _, pointer = text.partition(POINTER)
    if not pointer:
        return Ref(label)
    register, _, number = pointer.rpartition(":")
    return Ref(label, register, int(number))


def ref_words(text: str) -> str:
    """Return the words of a stored reference, whatever record stands behind them."""
    return text.partition(POINTER)[0]


def _moment_to_db(value: Any) -> str:
    return value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value.isoformat()


def _moment_from_db(text: str) -> Value:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _cents(value: Any) -> int:
    return int((Decimal(value) / _CENT).to_integral_value())


_TO: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.DAY: lambda value: value.isoformat()[:10],
    FieldKind.MOMENT: _moment_to_db,
    FieldKind.MONEY: _cents,
    FieldKind.NUMBER: str,
    FieldKind.YES_NO: int,
    FieldKind.CHOICES: BETWEEN.join,
    FieldKind.REF: _ref_to_db,
    FieldKind.REFS: lambda refs: BETWEEN.join(map(_ref_to_db, refs)),
    FieldKind.SEALED: lambda sealed: sealed.box,
}
_FROM: dict[FieldKind, Callable[[Any], Value]] = {
    FieldKind.DAY: from_iso,
    FieldKind.MOMENT: _moment_from_db,
    FieldKind.MONEY: lambda cents: Decimal(cents) * _CENT,
    FieldKind.NUMBER: Decimal,
    FieldKind.YES_NO: bool,
    FieldKind.CHOICES: lambda text: tuple(text.split(BETWEEN)),
    FieldKind.REF: _ref_from_db,
    FieldKind.REFS: lambda text: tuple(map(_ref_from_db, text.split(BETWEEN))),
    FieldKind.SEALED: Sealed,
}


def writer_of(kind: FieldKind) -> Callable[[Any], Any] | None:
    """Return what turns a value of this kind into its column's; None where both are the same."""
    return _TO.get(kind)


def reader_of(kind: FieldKind) -> Callable[[Any], Value] | None:
    """Return what turns a column of this kind into its value; None where both are the same."""
    return _FROM.get(kind)


def to_db(kind: FieldKind, value: Any) -> Any:
    """Return what a column of this kind keeps; an empty value is NULL."""
    if value is None or value in ("", ()):
        return None
    convert = _TO.get(kind)
    return convert(value) if convert else value


def from_db(kind: FieldKind, value: Any) -> Value:
    """Return the value behind what a column of this kind keeps."""
    if value is None:
        return None
    convert = _FROM.get(kind)
    return convert(value) if convert else value

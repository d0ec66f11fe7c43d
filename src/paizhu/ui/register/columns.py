"""Which columns a register's list has, how wide, and which give way first; informants stand in none."""

from __future__ import annotations

from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.view import DUE
from paizhu.ui.kit.columns import CellKind, Column

HINTS = "flags"
VOID_REASON, VOIDED_AT = "void_reason", "void_at"

_WIDTHS = {
    FieldKind.LINE: 150,
    FieldKind.TEXT: 220,
    FieldKind.DAY: 96,
    FieldKind.MOMENT: 110,
    FieldKind.MONTH: 90,
    FieldKind.INTEGER: 76,
    FieldKind.NUMBER: 90,
    FieldKind.MONEY: 120,
    FieldKind.YES_NO: 86,
    FieldKind.CHOICE: 120,
    FieldKind.CHOICES: 150,
    FieldKind.REF: 96,
    FieldKind.REFS: 140,
    FieldKind.FILES: 80,
}
_NUMBERS = (FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY)
_WORDS = (FieldKind.LINE, FieldKind.TEXT)
_UNITS = ("unit", "supplier")
_HEAD_EM, _HEAD_EDGES = 14, 34
_NARROW = 96
_PILL = 108
_AFTER_DAY, _MARK = 4, 8
_HEADS = {"planned_meeting_at": "上会", "minutes_received": "纪要报送", HINTS: "提示"}
"""Heads shorter than the field's own label, for lists that stand beside an open record."""


def columns_of(register: Register, *, deadlines: bool = False, recycled: bool = False) -> tuple[Column, ...]:
    """Return every column a list can show, the declared ones first; the others wait in the column chooser."""
    listed = [field for field in register.fields if is_listable(field)]
    shown = [name for name in register.columns if any(field.name == name for field in listed)]
    rest = [field.name for field in listed if field.name not in shown]
    stretching = _stretching(register, shown)
    found = [_column(register, name, at, name == stretching) for at, name in enumerate(shown)]
    if deadlines:
        at = next((at for at, column in enumerate(found) if column.kind is CellKind.STATUS), len(found) - 1)
        # Where the list has the day of the meeting and the hints, both say more than the clock that runs to that day.
        rank = _AFTER_DAY if register.has(HINTS) else 0
        found.insert(at + 1, Column(DUE, "期限", width=200, kind=CellKind.DEADLINE, least=140, rank=rank))
    if recycled:
        found.append(Column(VOIDED_AT, "作废时间", width=130, rank=2))
        found.append(Column(VOID_REASON, "作废原因", width=160, rank=1))
    found += [_column(register, name, len(shown) + at, False, shown=False) for at, name in enumerate(rest)]
    return tuple(found)


def is_listable(field: Field) -> bool:
    """Tell whether a field may stand in a list at all: class P4 never does."""
    return field.sens is not Sens.P4 and field.kind is not FieldKind.SEALED


def _stretching(register: Register, shown: list[str]) -> str:
    """Return the column that takes what is left over: a title of free words, else the first free words there are."""
    wordy = [name for name in shown if register.field(name).kind in _WORDS]
    titled = [name for name in wordy if name in register.title]
    return (titled or wordy or shown or [""])[0]


def _column(register: Register, name: str, at: int, stretches: bool, *, shown: bool = True) -> Column:
    field = register.field(name)
    is_state = name == "state" and register.flow is not None
    kind = CellKind.STATUS if is_state else CellKind.COUNT if field.kind in _NUMBERS else CellKind.WORDS
    head = _HEADS.get(name, field.label)
    width = max(_width(field, is_state), len(head) * _HEAD_EM + _HEAD_EDGES)
    if name in _HEADS:
        width = len(head) * _HEAD_EM + _HEAD_EDGES + (_MARK if name == HINTS else 0)
        kind = CellKind.DEADLINE if name == HINTS else kind
    # Title, state and deadline always stay; of the others the last ones give way first.
    stays = shown and (is_state or name in (HINTS, _naming(register)))
    rank = 0 if stays else 1 if stretches else at + 2
    # Beside an open record the list is narrow: what stays must then make room, or the list scrolls sideways. A pill
    # keeps room for four characters, which is what nearly every state has.
    least = _PILL if is_state else _NARROW if stays and name != HINTS else 0
    return Column(name, head, width=width, kind=kind, rank=rank, least=least, stretches=stretches, shown=shown)


def _naming(register: Register) -> str:
    """Return the column a row is known by: the first of its title that no record lacks, as a letter lacks a name.

    Where letters of a unit have numbers it is not the unit.
    """
    first = next((name for name in register.title if name in register.identity), next(iter(register.title), ""))
    if first and set(register.field(first).targets) & set(_UNITS):
        return next((name for name in register.title if register.field(name).kind is FieldKind.LINE), first)
    return first


def _width(field: Field, is_state: bool) -> int:
    if is_state:
        return 124
    if field.kind is FieldKind.REF and set(field.targets) & set(_UNITS):
        return 150
    if field.kind is FieldKind.CHOICE:
        longest = max((len(choice.label) for choice in field.choices if not choice.retired), default=4)
        return min(max(longest * 14 + 22, 80), 160)
    return _WIDTHS[field.kind]

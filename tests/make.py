"""Invented values for any field, the same in every run."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Aids, Register
from paizhu.base.rows import Ref, Sealed, Value

DAY = date(2026, 3, 5)
MOMENT = datetime(2026, 3, 5, 9, 30)  # a vault keeps local time, as officers write it
AIDS = Aids(DAY)
NAMES = ("示例甲", "示例乙", "示例丙", "示例丁")
_PLAIN: dict[FieldKind, Value] = {
    FieldKind.DAY: DAY,
    FieldKind.MOMENT: MOMENT,
    FieldKind.MONTH: "2026-03",
    FieldKind.INTEGER: 3,
    FieldKind.NUMBER: Decimal("1.5"),
    FieldKind.MONEY: Decimal("486000.05"),
    FieldKind.YES_NO: True,
    FieldKind.FILES: 2,
    FieldKind.SEALED: Sealed("封存的示例"),
}


def make_value(field: Field, number: int = 0, *, linked: bool = False) -> Value:
    """Return a value for a field; another number gives other words, ``linked`` a reference to a record."""
    match field.kind:
        case FieldKind.LINE:
            return f"示例{field.label}{number}"
        case FieldKind.TEXT:
            return f"示例{field.label}{number}\n第二行"
        case FieldKind.CHOICE:
            return _codes(field)[number % len(_codes(field))]
        case FieldKind.CHOICES:
            return _codes(field)[:2]
        case FieldKind.REF:
            return _ref(field, number, linked)
        case FieldKind.REFS:
            return (_ref(field, number, linked), _ref(field, number + 1, linked))
        case _:
            return _PLAIN[field.kind]


def make_values(register: Register, *, only: Iterable[str] | None = None, number: int = 0) -> dict[str, Value]:
    """Return a value for every field of a register, or for these."""
    names = {field.name for field in register.fields} if only is None else set(only)
    return {field.name: make_value(field, number) for field in register.fields if field.name in names}


def least(register: Register, number: int = 0) -> dict[str, Value]:
    """Return values for just the fields without which a record cannot be saved."""
    needed = (field.name for field in register.fields if field.required and field.name != "state")
    return make_values(register, only=needed, number=number)


def _codes(field: Field) -> tuple[str, ...]:
    return tuple(choice.code for choice in field.choices if not choice.retired)


def _ref(field: Field, number: int, linked: bool) -> Ref:
    label = NAMES[number % len(NAMES)]
    return Ref(label, field.targets[0], number + 1) if linked else Ref(label)

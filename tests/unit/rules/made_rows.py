"""Rows made in memory for the tests of counting; every name is invented."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from paizhu.base.rows import Ref, Row
from paizhu.rules.counting import Ledger

TODAY = date(2026, 12, 31)


def at(words: str) -> date:
    return date.fromisoformat(words)


def somebody(number: int, name: str = "") -> Ref:
    """Return somebody of the roster."""
    return Ref(name or f"示例{number}", "person", number)


def to(register: str, number: int, label: str = "") -> Ref:
    return Ref(label or f"{register}{number}", register, number)


def row(register: str, number: int, **values: Any) -> Row:
    """Return a record; days may be written as text."""
    return Row(register, number, 1, {name: _value(value) for name, value in values.items()})


def _value(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-" and value[7:8] == "-":
        return date.fromisoformat(value)
    return value


def ledger(*rows: Row, children: Mapping[str, Iterable[Row]] | None = None, today: date = TODAY, **more: Any) -> Ledger:
    return Ledger(rows, children, today=today, **more)

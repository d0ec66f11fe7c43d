"""Conditions on fields: which tests a kind of field has, how they are said, and how typed words become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from paizhu.base import values
from paizhu.base.field import Field, FieldKind
from paizhu.base.reading import ReadingError
from paizhu.base.register import Register
from paizhu.base.rows import Ref
from paizhu.base.values import Reading
from paizhu.base.view import Condition, Test
from paizhu.ui.register.columns import is_listable

_SIZES = ((Test.IS, "是"), (Test.AT_LEAST, "不少于"), (Test.AT_MOST, "不多于"))
_FILLING = ((Test.FILLED, "已填写"), (Test.EMPTY, "未填写"))
_TESTS: dict[FieldKind, tuple[tuple[Test, str], ...]] = {
    FieldKind.LINE: ((Test.CONTAINS, "包含"),),
    FieldKind.TEXT: ((Test.CONTAINS, "包含"),),
    FieldKind.MONTH: ((Test.IS, "是"), (Test.SINCE, "不早于"), (Test.UNTIL, "不晚于")),
    FieldKind.CHOICE: ((Test.ONE_OF, "是"), (Test.NOT, "不是")),
    FieldKind.CHOICES: ((Test.CONTAINS, "含有"),),
    FieldKind.YES_NO: ((Test.IS, "是"),),
    FieldKind.DAY: ((Test.SINCE, "不早于"), (Test.UNTIL, "不晚于")),
    FieldKind.MOMENT: ((Test.SINCE, "不早于"), (Test.UNTIL, "不晚于")),
    FieldKind.REF: ((Test.POINTS_TO, "是"), (Test.CONTAINS, "包含")),
    FieldKind.REFS: ((Test.POINTS_TO, "含有"), (Test.CONTAINS, "包含")),
    FieldKind.INTEGER: _SIZES,
    FieldKind.NUMBER: _SIZES,
    FieldKind.MONEY: _SIZES,
}
_NO_VALUE = (Test.FILLED, Test.EMPTY)


def filterable(register: Register) -> list[Field]:
    """Return the fields a list can be narrowed by, those of its columns first; class P4 is none of them."""
    listed = [field for field in register.fields if is_listable(field)]
    return sorted(listed, key=lambda field: field.name not in register.columns)


def tests_for(field: Field) -> tuple[tuple[Test, str], ...]:
    """Return the tests a field has, with their words."""
    return (*_TESTS.get(field.kind, ()), *_FILLING)


def needs_value(test: Test) -> bool:
    """Tell whether a test compares with something."""
    return test not in _NO_VALUE


def condition_of(field: Field, test: Test, raw: Any, reading: Reading) -> Condition | None:
    """Return the condition meant; None while nothing is typed, ReadingError for words that cannot be read."""
    if not needs_value(test):
        return Condition(field.name, test)
    if test is Test.CONTAINS:
        words = str(raw.get("label", "")) if isinstance(raw, dict) else str(raw or "").strip()
        return Condition(field.name, test, words) if words else None
    if field.is_reference:
        ref = raw if isinstance(raw, dict) else {"label": str(raw or "").strip()}
        if not ref.get("label"):
            return None
        if not ref.get("id"):
            # Words that are in no roster can only be looked for as words.
            return Condition(field.name, Test.CONTAINS, str(ref["label"]))
        return Condition(field.name, test, Ref(str(ref["label"]), str(ref["register"]), int(ref["id"])))
    # Both ends of a span are of this year, also in a field for plans.
    value = values.parse(field, raw, replace(reading, typed_now=False))
    if value is None:
        return None
    return Condition(field.name, test, (value,) if test is Test.ONE_OF else value)


def words_of(register: Register, condition: Condition) -> str:
    """Return a condition as it is named where nothing matches."""
    if condition.name == "id":
        return f"指定的 {len(condition.value)} 条"
    if not register.has(condition.name):
        return ""
    field = register.field(condition.name)
    said = dict(tests_for(field)).get(condition.test, "是")
    value = condition.value
    match value:
        case None:
            return f"{field.label}{said}"
        case Ref():
            words = value.label
        case tuple():
            words = "、".join(values.show(field, each) for each in value)
        case date():
            words = values.show(field, value)
        case _ if condition.test is Test.CONTAINS:
            words = values.choice_words(field, value) if field.choices else str(value)
        case _:
            words = values.show(field, value)
    return f"{field.label}{said}{words}"


def raw_value(condition: Condition, field: Field) -> Any:
    """Return what an editor shows for a condition's value."""
    value = condition.value
    if isinstance(value, Ref):
        return {"label": value.label, "register": value.register, "id": value.id}
    if isinstance(value, tuple):
        return value[0] if value else ""
    if value is None or condition.test is Test.CONTAINS or field.kind is FieldKind.CHOICE:
        return value or ""
    return values.show(field, value)


__all__ = ["ReadingError", "condition_of", "filterable", "needs_value", "raw_value", "tests_for", "words_of"]


def narrowed_by(
    register: Register, chip: str, conditions: Sequence[Condition], line: str, *, missing: bool
) -> list[str]:
    """Return in words what a list is narrowed by: its chip, conditions and what is sought; nothing for all there is."""
    words = [chip, *(words_of(register, condition) for condition in conditions), f"“{line}”" if line else ""]
    return [each for each in (*words, "待补全" if missing else "") if each]

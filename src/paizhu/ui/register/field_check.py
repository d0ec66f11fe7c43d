"""What is wrong with a field that was left: words nobody can read, or a day that cannot be beside the others."""

from collections.abc import Mapping
from datetime import date, datetime

from paizhu.base import clock, happened, yearless
from paizhu.base.register import Register
from paizhu.base.rows import Value, Values
from paizhu.base.values import Reading
from paizhu.services import preparing
from paizhu.ui.register.field_row import FieldRow


def tell_what_is_wrong(
    register: Register, field: FieldRow, fields: Mapping[str, FieldRow], standing: Values, reading: Reading
) -> None:
    """Tell beneath a field that was left what must be mended there, or show how it was understood.

    A day that was typed is held against those ``standing`` in the record and those typed beside it.
    """
    read = preparing.read_typed(register, {field.field.name: field.raw()}, reading)
    if read.problems:
        field.show_problem(read.problems[0].message)
        return
    field.clear_problem()
    if field.field not in register.days:
        field.show_read(read.values.get(field.field.name))
        return
    changed = {name: each.raw() for name, each in fields.items() if each.is_changed()}
    typed = preparing.read_typed(register, changed, reading).values
    value = read.values.get(field.field.name)
    raw = field.raw()
    if words := yearless.told(field.field, raw, value, {**standing, **typed}, clock.today()):
        field.show_remark(words)
    field.show_read(value)
    _tell_of_days(register, fields, standing, typed, {field.field.name: _hint(field, raw, value)})


def tell_of_standing_days(
    register: Register, fields: Mapping[str, FieldRow], standing: Values, owed: Mapping[str, str]
) -> None:
    """Tell beneath each day of a record what is impossible about it; it stops nothing until that day is touched.

    ``owed`` says of some days what is still to be entered for them elsewhere.
    """
    found = happened.problems(register, standing, clock.today()) if standing else ()
    words = {problem.field: problem.message for problem in reversed(found)}
    for day in register.days:
        if day.name in fields:
            fields[day.name].show_doubt(words.get(day.name) or owed.get(day.name, ""))


def _tell_of_days(
    register: Register, fields: Mapping[str, FieldRow], standing: Values, typed: Values, hints: Mapping[str, str]
) -> None:
    """Tell at each day typed what is impossible about it; mending one answers for its pair.

    What is wrong with a day nobody typed is told at the typed one that it should follow. ``hints`` say how to write the
    day that may be meant instead of one that has not come.
    """
    words: dict[str, str] = {}
    found = happened.refusing(register, {**standing, **typed}, standing, clock.today(), typed.keys())
    for problem in found:
        follows = register.field(problem.field).dated.after
        place = problem.field if problem.field in typed else next((name for name in follows if name in typed), "")
        hint = hints.get(place) if problem.code == happened.AHEAD else ""
        words.setdefault(place, f"{problem.message}；{hint}" if hint else problem.message)
    for day in register.days:
        field = fields.get(day.name)
        if field is None or day.name not in typed:
            continue
        if day.name in words:
            field.show_problem(words[day.name])
        else:
            field.clear_problem()


def _hint(field: FieldRow, raw: object, value: Value) -> str:
    # Only of what happened: a plan that lies ahead comes too early for a step, not in the wrong year.
    if not isinstance(value, date) or not yearless.is_fact(field.field):
        return ""
    return yearless.last_year_hint(raw, value.date() if isinstance(value, datetime) else value, clock.today())

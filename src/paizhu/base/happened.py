"""Days that cannot be: what happened does not lie ahead of today, and a day does not precede what it follows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from paizhu.base import dates
from paizhu.base.field import Field, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Value, Values
from paizhu.base.values import MASK, show

AHEAD, ORDER = "ahead", "order"
"""Codes of the two problems: a fact dated in the future, a day before the one it follows."""
_DAY_LETTERS = 10


def is_ahead(field: Field, values: Values, today: date) -> bool:
    """Tell whether a field that records what happened names a day, or a month, that has not come."""
    value = values.get(field.name)
    if value is None or value == "" or field.computed:
        return False
    # A month is compared as a month, a moment by its day.
    told = _plain(value)[:_DAY_LETTERS]
    return told > today.isoformat()[: len(told)] and not field.dated.is_planned(values)


def problems(register: Register, values: Values, today: date, typed: Collection[str] = ()) -> list[Problem]:
    """Return what is impossible about the days of a record, each at the field to mend.

    ``typed`` are fields entered just now: such a day is held against what it follows even where an earlier one may
    still stand from the round before.
    """
    found = []
    for field in register.days:
        value = values.get(field.name)
        if value is None or value == "":
            continue
        if is_ahead(field, values, today):
            found.append(Problem(field.name, ahead_words(field, value, today), AHEAD))
        elif words := _out_of_order(register, field, values, typed):
            found.append(Problem(field.name, words, ORDER))
    return found


def refusing(
    register: Register,
    values: Values,
    before: Values,
    today: date,
    typed: Collection[str] = (),
    needed: Collection[str] = (),
) -> list[Problem]:
    """Return what of :func:`problems` a change of a standing record must be refused for.

    What was impossible ``before`` already stays where it is, so that another field can be saved; it is refused once
    one of its days is changed, or ``needed`` by the step that is taken.
    """
    found = problems(register, values, today, typed)
    if not found or not before:
        return found
    known = {(each.field, each.code) for each in problems(register, before, today, typed)}
    touched = {name for name in values if values[name] != before.get(name)} | set(needed)
    return [each for each in found if (each.field, each.code) not in known or touched & _concerned(register, each)]


def _concerned(register: Register, problem: Problem) -> set[str]:
    after = register.field(problem.field).dated.after if problem.code == ORDER else ()
    return {problem.field, *after}


def impossible(
    register: Register, columns: Mapping[str, Sequence[Value]], rows: Sequence[Values], today: date
) -> set[int]:
    """Return the places of records with an impossible day, looked for by column as a ledger is brought in."""
    asked: set[int] = set()
    limit = today.isoformat()
    for field in register.days:
        own = columns.get(field.name)
        if own is None:
            continue
        if field.dated.planned is not True and not field.computed:
            limit = today.isoformat()
            asked.update(
                at for at, value in enumerate(own) if value is not None and _plain(value)[:_DAY_LETTERS] > limit
            )
        for name in field.dated.after:
            if (before := columns.get(name)) is not None:
                pairs = enumerate(zip(own, before, strict=True))
                asked.update(at for at, (one, other) in pairs if one and other and _plain(one) < _plain(other))
    return {at for at in asked if problems(register, rows[at], today)}


def ahead_words(field: Field, value: Value, today: date) -> str:
    """Return the sentence that refuses a fact in the future; a day of class P4 is not repeated in it."""
    day = MASK if field.sens is Sens.P4 else _shown(value)
    if not isinstance(field.dated.planned, bool):
        # It was planned until now and stands rightly: only the step comes too early.
        return (
            f"“{field.label}”是 {day}，还没有到（今天是 {dates.show_day(today)}）："
            "到了那天再登记；实际日期不同的，先改成实际的日期"
        )
    return (
        f"“{field.label}”记的是已经发生的事，{day} 还没有到（今天是 {dates.show_day(today)}）："
        "请核对日期，还没有办的先不填"
    )


def last_that_was(value: Value, today: date) -> date | None:
    """Return the day a future date may be meant for: the same one of this year or the year before."""
    if not isinstance(value, date):
        return None
    for year in (today.year, today.year - 1):
        try:
            meant = value.replace(year=year)
        except ValueError:  # 29 February of a year that has none
            continue
        if _plain(meant)[:_DAY_LETTERS] <= today.isoformat():
            return meant
    return None


def _out_of_order(register: Register, field: Field, values: Values, typed: Collection[str]) -> str:
    dated = field.dated
    if dated.of_before is not None and field.name not in typed and dated.of_before(values):
        return ""
    own = values[field.name]
    for name in dated.after:
        before = values.get(name)
        if before is None or before == "":
            continue
        # Where one of both tells no time, or no day, only what both tell can be held against each other.
        told = min(len(_plain(own)), len(_plain(before)))
        if _plain(own)[:told] < _plain(before)[:told]:
            # Of one day the time is what tells them apart.
            same_day = told > _DAY_LETTERS and _plain(own)[:_DAY_LETTERS] == _plain(before)[:_DAY_LETTERS]
            words = show(register.field(name), before) if same_day else _shown(before)
            day = MASK if register.field(name).sens is Sens.P4 else words
            return f"“{field.label}”早于“{register.label_of(name)}”（{day}）"
    return ""


def _plain(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown(value: Value) -> str:
    return dates.show_day(value) if isinstance(value, date) else str(value)

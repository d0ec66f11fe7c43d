"""Extensions that were granted, as the clocks read them: the original date is kept beside the new one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Row, Value, Values
from paizhu.base.text import folded
from paizhu.rules.limits import Limit
from paizhu.storage import queries
from paizhu.storage.tables import table

# Words that say nothing about which matter was extended.
_EMPTY_WORDS = ("已延期", "期限", "时限", "延期", "延长", "完成", "作出", "办理", "（", "）")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Granted:
    """One extension of a record; ``approver`` is empty where none was written down, and it does not count then."""

    matter: str
    reason: str
    old: date | None
    new: date
    approver: str
    approved_at: date | None

    @property
    def words(self) -> str:
        """The approval as it stands in an explanation."""
        day = f" {self.approved_at.isoformat()} " if self.approved_at else ""
        reason = f"（{self.reason}）" if self.reason else ""
        return f"经{self.approver or '上级'}{day}批准延至 {self.new.isoformat()}{reason}"


@cache
def rows_of(register: Register) -> Register | None:
    """Return the kind of rows in which a register keeps its extensions; None where it keeps none."""
    return next((child for child in register.rows if child.has("old_due") and child.has("new_due")), None)


def granted(connection: Any, register: Register, ids: Sequence[int] | None = None) -> dict[int, list[Granted]]:
    """Return the approved extensions of a register's records (or of some), in the order in which they were written."""
    child = rows_of(register)
    if child is None:
        return {}
    below = table(register, child.key)
    if ids is not None:
        rows = [row for each in queries.children_of(connection, below, ids).values() for row in each]
    else:
        rows = queries.children_of_all(connection, below)
    found: dict[int, list[Granted]] = {}
    for row in rows:
        if made := _granted(row.values):
            found.setdefault(int(str(row.values["parent_id"])), []).append(made)
    return found


def _granted(held: Values) -> Granted | None:
    new, old, at = held.get("new_due"), held.get("old_due"), held.get("approved_at")
    approver = held.get("approver")
    name = approver.label if isinstance(approver, Ref) else ""
    if not isinstance(new, date) or not (name or isinstance(at, date)):
        return None
    return Granted(
        str(held.get("matter") or ""),
        str(held.get("reason") or ""),
        old if isinstance(old, date) else None,
        new,
        name,
        at if isinstance(at, date) else None,
    )


def day_field(register: Register, what: str) -> str:
    """Return the field that keeps until when a clock was extended; empty where nothing but the rows does."""
    return next((each.start for each in register.limits if each.extends and _core(each.what) == _core(what)), "")


def days_of(
    register: Register, before: Mapping[str, Sequence[Values]], now: Mapping[str, Sequence[Values]]
) -> dict[str, Value]:
    """Return what the fields that keep the day of an extension hold by rows typed anew.

    They follow the rows only when the rows change: a day that a ledger brought without rows stays, and so does what
    began anew with a step.
    """
    child = rows_of(register)
    if child is None or child.key not in now:
        return {}
    made: dict[str, Value] = {}
    for limit in register.limits:
        if limit.extends:
            was, is_now = (_last(rows.get(child.key, ()), limit.what) for rows in (before, now))
            if was != is_now:
                made[limit.start] = is_now
    return made


def untold(
    register: Register, given: Mapping[str, Value], before: Values, rows: Callable[[], Mapping[str, Sequence[Values]]]
) -> list[Problem]:
    """Return what stands against days of an extension that were typed: only an approved row tells one.

    A day that stood there already stays: an old ledger may have brought it without the row. ``rows`` are read only
    where they are asked for.
    """
    child = rows_of(register)
    found = []
    for limit in register.limits:
        day = given.get(limit.start)
        if child is None or not limit.extends or day is None or day == before.get(limit.start):
            continue
        if day == _last(rows().get(child.key, ()), limit.what):
            continue
        label = register.label_of(limit.start)
        words = (
            f"“{label}”由批准的延期写上，这里不能另填：请在“{child.label}”里登记延期事项、延至和批准人，保存后自动写上"
        )
        found.append(Problem(limit.start, words, "check"))
    return found


@cache
def without_row(register: Register, name: str) -> str:
    """Return what is to be done about the day of an extension that no row tells; empty where no rows are kept."""
    child = rows_of(register)
    extends = any(limit.extends and limit.start == name for limit in register.limits)
    return f"没有登记批准的延期，请在“{child.label}”里补登" if child and extends else ""


def owed(register: Register, held: Values, rows: Mapping[str, Sequence[Values]]) -> dict[str, str]:
    """Return by field what is to be done about the days of extensions that stand in a record and no row tells."""
    child = rows_of(register)
    if child is None:
        return {}
    told = {each.new for row in rows.get(child.key, ()) if (each := _granted(row))}
    names = (each.start for each in register.limits if each.extends)
    return {name: without_row(register, name) for name in names if held.get(name) and held.get(name) not in told}


def _last(rows: Sequence[Values], what: str) -> date | None:
    found = [each.new for row in rows if (each := _granted(row)) and _means(each, [what])]
    return found[-1] if found else None


def once(register: Register, row: Row, found: Sequence[Granted]) -> Row:
    """Return a record without the day of an extension that its rows tell as well.

    The clock that was extended then runs on with its rule, its first day and who approved.
    """
    told = {each.new for each in found}
    twice = {each.start for each in register.limits if each.extends and row.values.get(each.start) in told}
    return replace(row, values={**row.values, **dict.fromkeys(twice)}) if twice else row


def newest(found: Sequence[Granted], what: str, rule: Limit | None, day: date) -> Granted | None:
    """Return the extension that now moves a clock which would end on this day; an earlier date moves nothing."""
    names = [what, *((rule.code, rule.name) if rule else ())]
    last = None
    reached = {day}
    for each in found:
        # One extension may follow another: the second starts from the first one's day.
        if _means(each, names) or each.old in reached:
            last = each
            reached.add(each.new)
    return last if last and last.new > day else None


def _means(each: Granted, names: Sequence[str]) -> bool:
    if not each.matter:
        return True
    core = _core(each.matter)
    return len(core) >= _FEWEST and any(core in _core(name) or _core(name) in core for name in names if _core(name))


def _core(words: str) -> str:
    for empty in _EMPTY_WORDS:
        words = words.replace(empty, "")
    return folded(words)


def allows(rule: Limit) -> bool:
    """Tell whether a rule lets its span be extended; a span of our own making may always be."""
    return not rule.extension.startswith("不能") and bool(rule.extension or rule.confidence == "custom")


def offered(register: Register, what: str, rule: Limit | None) -> str:
    """Return in words how a running clock may be extended; empty where it may not, or has no place for it."""
    # A day that nothing but the state ends, such as the end of an influence period, is no span to be extended.
    typed = any(not limit.rule and limit.what == what and limit.until for limit in register.limits)
    if rows_of(register) is None and not typed:
        return ""
    if rule is None:
        return "日期是写明的，经批准可以延长" if typed else ""
    return (rule.extension or "本单位设定的期限，经批准可以延长") if allows(rule) else ""

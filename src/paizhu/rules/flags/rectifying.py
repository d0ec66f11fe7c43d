"""Rectification (RF-R*): the same kind of problem at one unit again and again, and what was closed and came back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from paizhu.base.dates import add_months
from paizhu.base.rows import Ref, Row
from paizhu.base.text import folded
from paizhu.base.values import choice_words
from paizhu.registers.finding import FINDING
from paizhu.rules.flags.books import BookRule, Books
from paizhu.rules.flags.facts import day_of, spoken
from paizhu.rules.flags.finding import Finding, Given
from paizhu.rules.flags.matching import likeness


def again(books: Books, given: Given) -> Iterator[Finding]:
    """Find a unit at which the same kind of problem was found several times within a year."""
    since = add_months(books.today, -given.count("months"))
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in books.findings:
        day, unit, category = day_of(row.values.get("found_at")), unit_of(row), row.values.get("category")
        if day and since < day <= books.today and unit and category:
            groups[(_key(unit), str(category))].append(row)
    for (_, category), rows in groups.items():
        if len(rows) >= given["times"]:
            unit = unit_of(rows[0])
            kind = choice_words(FINDING.field("category"), category)
            words = f"{unit.label if unit else ''} {given.count('months')} 个月内发现“{kind}”问题 {len(rows)} 个"
            figures = tuple(f"{spoken(day_of(row.values.get('found_at')))} {row.no}".strip() for row in rows)
            yield Finding(given.rule.code, words, figures, tuple((row.register, row.id) for row in rows))


def came_back(books: Books, given: Given) -> Iterator[Finding]:
    """Find a problem that was struck off and found again soon: named as the same, or alike at the same unit."""
    closed = [row for row in books.findings if day_of(row.values.get("closed_at"))]
    for row in books.findings:
        day = day_of(row.values.get("found_at"))
        for old in closed if day else ():
            ended = day_of(old.values.get("closed_at"))
            if old.id == row.id or not day or not ended or not ended < day <= _until(ended, given):
                continue
            if _named(row, old) or _alike(row, old, given):
                days = (day - ended).days
                words = f"{_told(old)}销号 {days} 天后又发现同一问题：{_told(row)}"
                figures = (f"销号 {spoken(ended)}", f"再次发现 {spoken(day)}")
                yield Finding(given.rule.code, words, figures, (("finding", row.id), ("finding", old.id)))


def _until(ended: date, given: Given) -> date:
    return add_months(ended, given.count("months"))


def _named(row: Row, old: Row) -> bool:
    ref = row.values.get("repeat_of")
    return isinstance(ref, Ref) and (ref.id == old.id if ref.linked else bool(old.no) and ref.label == old.no)


def _alike(row: Row, old: Row, given: Given) -> bool:
    here, there = unit_of(row), unit_of(old)
    if here is None or there is None or _key(here) != _key(there):
        return False
    if row.values.get("category") != old.values.get("category"):
        return False
    return likeness(str(row.values.get("problem") or ""), str(old.values.get("problem") or "")) >= given["likeness"]


def same_kind_again(books: Books, given: Given) -> Iterator[Finding]:
    """Find a problem of the same kind at a unit where one was struck off not long before (features C3)."""
    closed: dict[tuple[str, str], list[tuple[date, Row]]] = defaultdict(list)
    for row in books.findings:
        ended, unit, category = day_of(row.values.get("closed_at")), unit_of(row), row.values.get("category")
        if ended and unit and category:
            closed[(_key(unit), str(category))].append((ended, row))
    for row in books.findings:
        day, unit, category = day_of(row.values.get("found_at")), unit_of(row), str(row.values.get("category") or "")
        if not day or not unit or day > books.today:
            continue
        before = [
            (ended, old)
            for ended, old in closed.get((_key(unit), category), ())
            if old.id != row.id and ended < day <= _until(ended, given)
        ]
        if before:
            ended, old = max(before, key=lambda each: (each[0], each[1].id))
            kind = choice_words(FINDING.field("category"), category)
            words = f"{unit.label}“{kind}”问题 {_told(old)} 销号以后又发现 {_told(row)}"
            figures = (f"销号 {spoken(ended)}", f"再次发现 {spoken(day)}")
            yield Finding(given.rule.code, words, figures, (("finding", row.id), ("finding", old.id)))


def unit_of(row: Row) -> Ref | None:
    """Return the unit that answers for a finding, else the one it was found at."""
    for name in ("duty_unit", "unit_id"):
        ref = row.values.get(name)
        if isinstance(ref, Ref) and ref.label.strip():
            return ref
    return None


def _key(unit: Ref) -> str:
    return f"#{unit.id}" if unit.linked else folded(unit.label)


def _told(row: Row) -> str:
    return row.no or str(row.values.get("problem") or "")[:20]


RULES: Mapping[str, BookRule] = {"RF-R1": again, "RF-R2": came_back, "RF-R3": same_kind_again}

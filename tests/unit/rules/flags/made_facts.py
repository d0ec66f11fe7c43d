"""Invented items, persons and books for the rules of red flags, and asking one rule."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from paizhu.base.rows import Ref, Row, Values
from paizhu.rules.calendar import Calendar
from paizhu.rules.flags.books import Books
from paizhu.rules.flags.every import BOOK_RULES, ITEM_RULES
from paizhu.rules.flags.facts import Answer, Around, Item, Ledger, Meeting, People, Tie
from paizhu.rules.flags.finding import Finding, given, shipped
from paizhu.rules.flags.matching import Company, Relation, Relations

TODAY = date(2026, 3, 16)
DAY = date(2026, 3, 10)
LINE = Decimal(500_000)
CALENDAR = Calendar()


def made(
    number: int = 1,
    day: date | None = DAY,
    supplier: str = "",
    uscc: str = "",
    threshold: Decimal | None = LINE,
    **values: Any,
) -> Item:
    """Return an item; sums may be given as whole numbers."""
    rows = {name: values.pop(name, ()) for name in ("refused", "suggestions", "candidates")}
    unit = values.pop("unit", "#1")
    if "amount" in values:
        values["amount"] = Decimal(values["amount"])
    company = Company(Ref(supplier), uscc) if supplier else None
    known = {"title": f"示例事项{'甲乙丙丁戊己庚辛壬癸'[number % 10] * 4}", "planned_meeting_at": day, **values}
    return Item(number, known, unit, day, threshold, company, frozenset(rows["refused"]), rows["suggestions"],
                rows["candidates"])  # fmt: skip


def around(
    *others: Item,
    meeting: Mapping[str, Any] | None = None,
    people: People | None = None,
    measures: Sequence[Row] = (),
    still_open: Sequence[Row] = (),
    members: int | None = None,
    answers: Sequence[Answer] = (),
) -> Around:
    """Return what stands around an item; records about a person are given to everyone."""
    return Around(
        TODAY,
        Ledger(others),
        gathering(**meeting) if meeting is not None else None,
        members,
        people or People(),
        lambda _who: measures,
        lambda _who: still_open,
        CALENDAR.working_days_between,
        answers_on=lambda _who: answers,
    )


def gathering(day: date | None = DAY, checks: Mapping[str, str] | None = None, **values: Any) -> Meeting:
    """Return a meeting."""
    return Meeting(90, values, day, checks or {})


def roster(
    *persons: Mapping[str, Any],
    relations: Iterable[Relation] = (),
    ties: Sequence[Tie] = (),
    posts: Mapping[int, Sequence[Values]] | None = None,
) -> People:
    """Return a roster of persons numbered from one."""
    rows = {number: Row("person", number, 1, values) for number, values in enumerate(persons, 1)}
    return People(rows, posts or {}, Relations(relations), ties)


def row(register: str, number: int = 1, **values: Any) -> Row:
    """Return a record as read."""
    return Row(register, number, 1, values)


def found(code: str, item: Item, beside: Around | None = None, **own: str) -> list[Finding]:
    """Return what one rule says about an item that is part of its own ledger."""
    facts = beside or around(item)
    return list(ITEM_RULES[code](item, facts, given(shipped()[code], own)))


def in_books(code: str, books: Books, **own: str) -> list[Finding]:
    """Return what one rule says about the books."""
    return list(BOOK_RULES[code](books, given(shipped()[code], own)))


__all__ = [
    "CALENDAR",
    "DAY",
    "LINE",
    "TODAY",
    "Answer",
    "Books",
    "Company",
    "Relation",
    "Tie",
    "around",
    "found",
    "gathering",
    "in_books",
    "made",
    "roster",
    "row",
]

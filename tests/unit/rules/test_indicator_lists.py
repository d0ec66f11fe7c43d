"""Over books filled in as nobody would: every figure has its list, its parts, and agrees with the others."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value
from paizhu.registers import register
from paizhu.rules import consistency, periods
from paizhu.rules.counting import Ledger
from paizhu.rules.indicators import figure, shipped
from paizhu.rules.periods import period

CATALOGUE = shipped()
COUNTED = ("petition", "lead", "case", "measure", "meeting", "review_item", "integrity_talk", "duty_item", "person",
           "finding", "integrity_opinion", "risk_point", "integrity_archive", "supervision_activity",
           "proposal")  # fmt: skip
ROWS = 24
PEOPLE = 9
FIRST_DAY = date(2025, 6, 1)
DAYS = 580

Chance = random.Random


def _day(chance: Chance, _field: Field) -> Value:
    return FIRST_DAY + timedelta(days=chance.randrange(DAYS))


def _several(chance: Chance, field: Field) -> Value:
    return tuple(choice.code for choice in chance.sample(field.choices, chance.randrange(4)))


def _ref(chance: Chance, field: Field) -> Value:
    number = chance.randrange(1, PEOPLE)
    return Ref(f"示例{number}", field.targets[0], number) if chance.random() < 0.8 else Ref(f"名{number % 2}")


def _refs(chance: Chance, field: Field) -> Value:
    made = {str(ref): ref for ref in (_ref(chance, field) for _ in range(chance.randrange(4)))}
    return tuple(made.values())  # type: ignore[return-value]  # every one is a reference


_MADE: Mapping[FieldKind, Callable[[Chance, Field], Value]] = {
    FieldKind.DAY: _day,
    FieldKind.MOMENT: _day,
    FieldKind.INTEGER: lambda chance, _: chance.randrange(1, 9),
    FieldKind.MONEY: lambda chance, _: Decimal(chance.randrange(10**8)) / 100,
    FieldKind.YES_NO: lambda chance, _: chance.random() < 0.5,
    FieldKind.CHOICE: lambda chance, field: chance.choice(field.choices).code,
    FieldKind.CHOICES: _several,
    FieldKind.REF: _ref,
    FieldKind.REFS: _refs,
    FieldKind.LINE: lambda chance, _: f"示例{chance.randrange(9)}",
    FieldKind.TEXT: lambda chance, _: chance.choice(("1. 示例甲", "1. 示例甲\n2. 示例乙", "示例")),
}


def _row(of: Register, number: int, chance: Chance, **more: Value) -> Row:
    values = {
        field.name: _MADE[field.kind](chance, field)
        for field in of.fields
        if field.kind in _MADE and chance.random() < 0.65
    }
    return Row(of.key, number, 1, {**values, **more, "voided": chance.random() < 0.05})


def _book(seed: int) -> Ledger:
    chance = random.Random(seed)
    rows = [_row(register(key), number, chance) for key in COUNTED for number in range(1, ROWS)]
    children = {
        key: [
            _row(child, number, chance, parent_id=chance.randrange(1, ROWS))
            for child in register(key).rows
            for number in range(1, ROWS)
        ]
        for key in COUNTED
    }
    today = FIRST_DAY + timedelta(days=chance.randrange(300, DAYS))
    return Ledger(rows, children, today=today, due=lambda _rule, start: start + timedelta(days=14))


def books() -> st.SearchStrategy[Ledger]:
    """Return books of a few dozen rows in every register; a seed gives the same book again."""
    return st.integers(0, 2**32).map(_book)


def test_the_books_reach_every_figure() -> None:
    missing = set(CATALOGUE.indicators)
    for seed in range(40):
        book = _book(seed)
        missing -= {code for code in missing if figure(CATALOGUE, code, book, period("2026")).value}
    assert missing == set()


@settings(max_examples=30, deadline=None)
@given(books(), st.sampled_from(["2026-10", "2026-Q1", "2026-H1", "2025", "2026"]))
def test_every_figure_has_its_list_and_its_parts(book: Ledger, word: str) -> None:
    for code, indicator in CATALOGUE.indicators.items():
        found = figure(CATALOGUE, code, book, period(word))
        if indicator.part is None and not indicator.sum:
            assert found.value == len(found.records), code
        if indicator.part is None:
            assert found.value == sum(entry.weight for entry in found.entries), code
            assert set(found.exclusive) == set(found.breakdowns) - set(indicator.many), code
        else:
            assert found.over is not None
            assert (found.value is None) == (found.over.value == 0), code
            assert set(found.records) <= set(found.over.records), code
            assert found.value is None or 0 <= found.value <= 100, code
        assert consistency.breakdowns(found) == [], code
        assert consistency.list_and_figure(found) == [], code
        if not any(source.events for source in indicator.sources) and not indicator.person:
            assert not set(found.undated) & set(found.records), code


@settings(max_examples=20, deadline=None)
@given(books(), st.sampled_from(["2026-02", "2026-10", "2026-Q4", "2026-H2"]), st.sampled_from([0, 20, 25]))
def test_the_year_so_far_is_the_months_before_and_this_one(book: Ledger, word: str, cutoff: int) -> None:
    before_span = periods.before_in_year(word, cutoff)
    assert before_span is not None
    for code in CATALOGUE.indicators:
        now = figure(CATALOGUE, code, book, period(word, cutoff))
        before = figure(CATALOGUE, code, book, before_span)
        year = figure(CATALOGUE, code, book, periods.year_to_date(word, cutoff))
        numbers = (now.value, before.value, year.value)
        assert consistency.running_numbers(year.name, *numbers, nature=year.nature) == [], code


@settings(max_examples=20, deadline=None)
@given(books())
def test_persons_are_never_more_than_their_records_and_never_twice(book: Ledger) -> None:
    span = period("2026")
    for code, indicator in CATALOGUE.indicators.items():
        if indicator.person:
            found = figure(CATALOGUE, code, book, span)
            behind = [record for entry in found.entries for record in (entry.record, *entry.also)]
            assert len(behind) == len(set(behind)), code
            records = figure(CATALOGUE, replace(indicator, person=""), book, span)
            assert (found.value or 0) <= (records.value or 0), code
            assert set(behind) == set(records.records), code


@settings(max_examples=20, deadline=None)
@given(books())
def test_party_and_administrative_punishments_agree_with_the_total(book: Ledger) -> None:
    total, party, admin = (figure(CATALOGUE, code, book, period("2026")) for code in ("I-303", "I-303A", "I-303B"))
    found = consistency.punishments(total, party, admin)
    assert [words for words in found if "未注明" not in words] == []


@settings(max_examples=15, deadline=None)
@given(books())
def test_part_by_part_the_lists_are_those_of_the_parts(book: Ledger) -> None:
    for code in ("I-101", "I-202", "I-303", "I-400", "I-501D", "I-502B"):
        found = figure(CATALOGUE, code, book, period("2026"))
        for name, parts in found.by.items():
            for key, number in parts.items():
                assert found.part(name, key).value == number, (code, name, key)

"""Shares, words of figures, distinct persons, finding rows by reference."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from paizhu.base.rows import Ref
from paizhu.rules.counting import Entry, Figure, change, day_of, key_of, rounded, share, shown
from paizhu.rules.periods import period
from tests.unit.rules.made_rows import ledger, row, somebody, to

SPAN = period("2026")

# Published figures: the whole year 2021 and January to September 2025, in units of ten thousand 人次.
PUBLISHED = [
    (("148.7", "49.4", "7", "7.4"), "212.5", ("70%", "23.2%", "3.3%", "3.5%")),
    (("68.8", "55.6", "6.6", "6.6"), "137.6", ("50%", "40.4%", "4.8%", "4.8%")),
]


@pytest.mark.parametrize(("parts", "whole", "shares"), PUBLISHED)
def test_shares_are_rounded_as_the_bulletins_do(parts: tuple[str, ...], whole: str, shares: tuple[str, ...]) -> None:
    assert sum(Decimal(part) for part in parts) == Decimal(whole)
    assert tuple(shown(share(Decimal(part), Decimal(whole)), "%") for part in parts) == shares


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (1, 3, "33.3%"), (2, 3, "66.7%"), (1, 8, "12.5%"), (1, 16, "6.3%"), (1, 2000, "0.1%"), (1, 2001, "0%"),
        (0, 5, "0%"), (5, 5, "100%"), (0, 0, "—"), (3, 0, "—"),
    ],
)  # fmt: skip
def test_a_share_of_nothing_is_a_dash(part: int, whole: int, words: str) -> None:
    assert shown(share(part, whole), "%") == words


@pytest.mark.parametrize(
    ("now", "before", "grown"),
    [
        (12, 10, "20.0"),
        (8, 10, "-20.0"),
        (10, 10, "0.0"),
        (0, 8, "-100.0"),
        (2, 3, "-33.3"),
        (5, 0, None),
        (5, None, None),
    ],
)
def test_growth_needs_something_to_grow_from(now: int, before: int | None, grown: str | None) -> None:
    found = change(now, before)
    assert found == (Decimal(grown) if grown is not None else None)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (None, "—"),
        (0, "0"),
        (1200, "1200"),
        (Decimal("0.8"), "0.8"),
        (Decimal("12.345"), "12.35"),
        (Decimal(100), "100"),
    ],
)
def test_a_number_is_printed_without_idle_noughts(number: int | Decimal | None, words: str) -> None:
    assert shown(number, "万元") == words


def test_halves_are_rounded_away_from_zero() -> None:
    assert rounded(Decimal("0.25"), 1) == Decimal("0.3")
    assert rounded(Decimal("-0.25"), 1) == Decimal("-0.3")


def test_a_moment_counts_on_its_day() -> None:
    assert day_of(datetime(2026, 10, 31, 23, 59)) == date(2026, 10, 31)
    assert day_of(date(2026, 10, 31)) == date(2026, 10, 31)
    assert day_of("2026-10-31") is None


def test_the_value_of_a_figure_is_what_its_lines_weigh() -> None:
    lines = (Entry(("petition", 1), 6, {"unit": ("甲",)}), Entry(("petition", 2), 8, {"unit": ("乙",)}))
    found = Figure("I-105B", "集体访人次", "人次", SPAN, lines, None, ("unit",), ("unit",))
    assert found.value == 14
    assert found.records == (("petition", 1), ("petition", 2))
    assert found.by == {"unit": {"甲": 6, "乙": 8}}
    assert found.part("unit", "乙").value == 8
    assert found.part("unit", "丙").value == 0


def test_a_share_is_broken_down_by_the_shares_of_its_parts() -> None:
    def lines(*units: str) -> tuple[Entry, ...]:
        return tuple(Entry(("lead", number), 1, {"unit": (unit,)}) for number, unit in enumerate(units))

    whole = Figure("B", "全部", "件", SPAN, lines("甲", "甲", "乙"), None, ("unit",))
    found = Figure("R", "占比", "%", SPAN, lines("甲"), whole, ("unit",), nature="share")
    assert found.words == "33.3%"
    assert found.by == {"unit": {"甲": Decimal("50.0"), "乙": Decimal("0.0")}}
    assert found.part("unit", "丙").words == "—"


def test_one_unit_is_one_key_however_it_is_written() -> None:
    assert key_of(to("unit", 3, "某市示例局")) == key_of(to("unit", 3, "示例局"))
    assert key_of(Ref("示例 局")) == key_of(Ref("示例局"))
    assert key_of(to("unit", 3)) != key_of(to("unit", 4))


def test_persons_are_the_same_by_roster_or_by_name_and_unit() -> None:
    book = ledger(
        row("person", 1, name="张 示例", unit_now=Ref("甲处")), row("person", 2, name="李示例", unit_now=Ref("甲处"))
    )
    assert book.person(somebody(1), None) == book.person(somebody(1, "别名"), "乙处")
    assert book.person(Ref("王示例"), "甲处") == book.person(Ref("王 示例"), "甲 处")
    assert book.person(Ref("王示例"), "甲处") != book.person(Ref("王示例"), "乙处")
    assert book.person(Ref("张示例"), "甲处") == book.person(somebody(1), None)
    assert book.person(Ref("张示例"), "") != book.person(somebody(1), None)
    assert book.person(Ref(" "), "甲处") is None
    assert book.person(None, "甲处") is None


def test_two_of_one_name_in_one_unit_are_not_guessed() -> None:
    book = ledger(
        row("person", 1, name="张示例", unit_now=Ref("甲处")), row("person", 2, name="张示例", unit_now=Ref("甲处"))
    )
    assert book.person(Ref("张示例"), "甲处") == ("name", "张示例", "甲处")


def test_a_record_is_found_by_id_or_by_its_old_number() -> None:
    lead = row("lead", 7, no="线〔2026〕0012号")
    book = ledger(lead, row("case", 1, lead_ref=Ref("线[2026]0012号")), row("case", 2, lead_ref=to("lead", 7)))
    assert book.find(to("lead", 7), "lead") == lead
    assert book.find(Ref("线〔2026〕 0012号"), "lead") == lead
    assert book.find(to("lead", 8), "lead") is None
    assert book.find(to("petition", 7), "lead") is None
    assert [each.id for each in book.pointing("case", "lead_ref", lead)] == [1, 2]


def test_what_was_voided_does_not_count() -> None:
    child = row("suggestion", 5, parent_id=1, voided=True)
    book = ledger(row("lead", 1, voided=True), row("review_item", 1), children={"review_item": [child]})
    assert not book.rows("lead")
    assert not book.children(book.rows("review_item")[0], "suggestion")

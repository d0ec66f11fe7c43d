"""Amounts as typed, into 分 and back."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paizhu.base import money
from paizhu.base.reading import ReadingError


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("48.6万", 48_600_000), ("48.6万元", 48_600_000), ("486,000", 48_600_000), ("486000.00元", 48_600_000),
        ("1.2亿", 12_000_000_000), ("￥1,200", 120_000),
        ("12 345 678", 1_234_567_800), ("4 8600", 4_860_000), ("48. 6万", 48_600_000),
        ("壹佰贰拾万元整", 120_000_000), ("三千五百元", 350_000),
        ("４８．６万", 48_600_000), ("-5", -500), ("(1,200)", -120_000), ("负五元", -500), ("1万2千元", 1_200_000),
        ("3亿5000万", 35_000_000_000), ("叁仟元伍角贰分", 300_052), ("3元5分", 305), ("5角", 50),
        ("48,6000", 48_600_000),
        ("1,200万", 1_200_000_000), ("人民币1200元", 120_000), (" 1 200 ", 120_000), ("0", 0), ("1千万", 1_000_000_000),
        (486000, 48_600_000), (0.1, 10), (Decimal("12.34"), 1234), (-3, -300),
        ("壹拾贰万叁仟肆佰伍拾陆元柒角捌分", 12_345_678),
    ],
)  # fmt: skip
def test_amounts_are_read_to_the_cent(typed: object, cents: int) -> None:
    assert money.read_money(typed) == cents


@pytest.mark.parametrize(
    ("typed", "unit", "cents"),
    [
        (48.6, "万元", 48_600_000),
        ("48.6", "万元", 48_600_000),
        ("48.6万", "万元", 48_600_000),
        ("486000元", "万元", 48_600_000),
        ("五十", "万元", 50_000_000),
        (48.599999999999994, "万元", 48_600_000),
        ("1.234", "万元", 1_234_000),
        (1.2, "亿元", 12_000_000_000),
        (3, "千元", 300_000),
    ],
)
def test_the_unit_of_the_header_counts_unless_another_is_typed(typed: object, unit: str, cents: int) -> None:
    assert money.read_money(typed, unit) == cents


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("4 86万", "ambiguous"), ("48 60万", "ambiguous"), ("1 2", "ambiguous"),
        ("约5万", "ambiguous"), ("5万元左右", "ambiguous"), ("5-10万", "ambiguous"), ("20余万", "ambiguous"),
        ("1万2", "ambiguous"), ("三千五", "ambiguous"), ("1.234元", "too_fine"), (333.3333, "too_fine"),
        ("1,20", "invalid_money"), ("", "invalid_money"), ("元", "invalid_money"), ("甲", "invalid_money"),
        ("$500", "foreign"), ("500美元", "foreign"), ("9" * 25, "too_large"), (True, "invalid_money"),
        (None, "invalid_money"), (float("inf"), "invalid_money"), ("1.2.3", "invalid_money"),
    ],
)  # fmt: skip
def test_what_is_no_certain_amount_is_refused(typed: object, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        money.read_money(typed)
    assert refused.value.code == code


def test_a_refusal_names_what_was_typed_and_what_to_do() -> None:
    with pytest.raises(ReadingError, match=r"“1\.234元”多了小数位，请改为确切金额，例如 1\.23元"):
        money.read_money("1.234元")


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("金额(万元)", "万元"), ("金额（单位：元）", "元"), ("合同价万元", "万元"), ("标的额（万元人民币）", "万元"),
        ("金额\n（ 万元 ）", "万元"), ("金额（含税）（万元）", "万元"), ("金额(万)", "万元"), ("金额/元", "元"),
        ("单位：万元", "万元"),
        ("预算（千元）", "千元"), ("金额", None), ("单元", None), ("单元(栋)", None), ("得分(分)", None),
    ],
)  # fmt: skip
def test_the_unit_is_found_in_a_header(header: str, unit: str | None) -> None:
    assert money.unit_of_header(header) == unit


def test_amounts_are_shown() -> None:
    assert money.show_money(48_600_000) == "486,000.00"
    assert money.show_money(-5) == "-0.05"
    assert money.plain(48_600_000) == "486000.00"
    assert money.show_wan(48_600_000) == "48.60 万元"
    assert money.show_wan(123_456_789_012) == "123,456.79 万元"


CENTS = st.integers(-(10**15), 10**15)


@given(CENTS)
def test_what_is_shown_is_read_back(cents: int) -> None:
    assert money.read_money(money.show_money(cents)) == cents
    assert money.read_money(money.plain(cents)) == cents
    assert money.read_money(money.plain(cents) + "元") == cents


@given(st.integers(0, 10**11))
def test_a_stored_number_is_read_exactly(cents: int) -> None:
    assert money.read_money(cents / 100) == cents


@given(st.text(alphabet="0123456789.,万千百十亿元角分零一二壹贰约-()￥ ", max_size=12))
def test_any_typing_is_read_or_refused(typed: str) -> None:
    with suppress(ReadingError):
        assert isinstance(money.read_money(typed), int)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("单位：万元", "万元"),
        ("填报单位：某局 （单位：万元）", "万元"),
        ("单位: 人民币万元", "万元"),
        ("单位：元", "元"),
        ("填报单位：某局", None),
        ("单位：元/平方米", None),
    ],
)
def test_the_unit_of_money_over_a_table_is_found(words: str, unit: str | None) -> None:
    assert next((found for part in (*words.split(), words) if (found := money.unit_above(part))), None) == unit

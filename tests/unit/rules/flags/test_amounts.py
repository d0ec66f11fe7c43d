"""Rules about sums and suppliers: each with a planted case and one that only comes near."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from paizhu.base.rows import Ref
from paizhu.rules.flags.amounts import standard
from paizhu.rules.flags.matching import Company, Relation
from tests.unit.rules.flags.made_facts import DAY, LINE, Tie, around, found, made, roster


@pytest.mark.parametrize(("amount", "flagged"), [(450_000, True), (499_999, True), (449_999, False), (500_000, False)])
def test_a_sum_just_below_the_line_is_flagged(amount: int, flagged: bool) -> None:
    assert bool(found("RF-A1", made(amount=amount))) is flagged


def test_the_share_that_counts_as_near_can_be_set() -> None:
    assert found("RF-A1", made(amount=430_000), share="85")


def test_a_sum_without_a_written_standard_is_asked_about_where_one_is_due() -> None:
    assert found("RF-A0", made(amount=10_000, threshold=None, category="fund"))
    assert not found("RF-A0", made(amount=10_000, threshold=None, category="decision"))
    assert not found("RF-A0", made(amount=10_000, category="fund"))
    assert not found("RF-A0", made(amount=10_000, threshold=None, category="fund", state="done"))


SPLIT: dict[str, Any] = {"amount": 260_000, "sub_category": "goods"}


@pytest.mark.parametrize(
    "other",
    [
        {"supplier": "示例恒远(集团)有限责任公司"},
        {"sub_category": "goods"},
        {"title": "办公楼维修改造工程二标段"},
    ],
    ids=["supplier in another writing", "same kind", "nearly the same title"],
)
def test_two_parts_below_the_line_that_reach_it_together_are_flagged(other: dict[str, Any]) -> None:
    one = made(
        1, amount=260_000, supplier="示例恒远（集团）有限公司", sub_category="goods", title="办公楼维修改造工程一标段"
    )
    two = made(2, DAY - timedelta(days=90), **{"amount": 250_000, "title": "另一件完全不同的事", **other})
    (finding,) = found("RF-A2", one, around(one, two))
    assert finding.evidence == (("review_item", 2),)
    assert "合计 51.00 万元" in finding.figures


@pytest.mark.parametrize(
    "other",
    [
        {"day": DAY - timedelta(days=91)},
        {"unit": "#2"},
        {"amount": 230_000},
        {"amount": 600_000},
        {"sub_category": "services"},
        {"drop_reason": "撤回"},
    ],
    ids=["a day too far", "another unit", "sum below", "itself above", "another kind", "withdrawn"],
)
def test_what_only_comes_near_a_split_is_left_in_peace(other: dict[str, Any]) -> None:
    one = made(1, **SPLIT)
    two = made(2, **{**SPLIT, **other})
    assert not found("RF-A2", one, around(one, two))


def test_a_split_is_summed_within_one_span_of_days_only() -> None:
    middle = made(1, amount=200_000, sub_category="goods")
    before = made(2, DAY - timedelta(days=80), amount=200_000, sub_category="goods")
    after = made(3, DAY + timedelta(days=80), amount=200_000, sub_category="goods")
    assert not found("RF-A2", middle, around(middle, before, after))


def test_the_third_deal_of_a_supplier_in_a_year_is_flagged_and_the_second_is_not() -> None:
    deals = [made(number, date(2026, number, 1), supplier="示例宏达公司", amount=600_000) for number in (1, 2, 3)]
    (finding,) = found("RF-A3", deals[2], around(*deals))
    assert finding.evidence == (("review_item", 1), ("review_item", 2))
    assert not found("RF-A3", deals[1], around(*deals))
    long_ago = made(4, date(2025, 2, 1), supplier="示例宏达公司", amount=600_000)
    assert not found("RF-A3", deals[1], around(deals[0], deals[1], long_ago))


def test_a_supplier_that_takes_much_of_the_money_is_flagged_once_there_is_enough_to_compare() -> None:
    others = [made(number, amount=500_000, supplier=f"示例{number}公司") for number in range(3, 8)]
    big = [made(number, amount=1_000_000, supplier="示例大户公司") for number in (1, 2)]
    (finding,) = found("RF-A3", big[1], around(*others, *big))
    assert "占本单位同期金额的 44%" in finding.words
    assert not found("RF-A3", big[1], around(*others[:2], *big))


def test_two_credit_codes_are_two_companies_under_one_name() -> None:
    deals = [made(number, supplier="示例同名公司", uscc=f"9100{number}") for number in (1, 2, 3)]
    assert not found("RF-A3", deals[2], around(*deals))


@pytest.mark.parametrize(("direct", "flagged"), [(4, True), (3, False)])
def test_a_year_with_much_bought_directly_is_flagged_above_the_share(direct: int, flagged: bool) -> None:
    items = [made(number, date(2026, 2, number), procurement_mode="direct" if number <= direct else "open_tender")
             for number in range(1, 11)]  # fmt: skip
    assert bool(found("RF-A4", items[0], around(*items))) is flagged
    assert not found("RF-A4", items[9], around(*items))


@pytest.mark.parametrize(("late", "flagged"), [(240_000, True), (170_000, False)])
def test_a_december_that_takes_much_of_the_year_is_flagged(late: int, flagged: bool) -> None:
    items = [made(number, date(2025, number, 5), amount=100_000) for number in range(1, 5)]
    last = made(12, date(2025, 12, 20), amount=late)
    assert bool(found("RF-A5", last, around(*items, last))) is flagged
    assert not found("RF-A5", items[0], around(*items, last))


def test_money_without_a_budget_item_is_flagged_while_it_can_be_mended() -> None:
    assert found("RF-A6", made(category="fund", amount=100))
    assert found("RF-A6", made(category="fund", amount=100, budget_item="基本支出", refused=("LF-02",)))
    assert not found("RF-A6", made(category="fund", amount=100, budget_item="基本支出"))
    assert not found("RF-A6", made(category="fund", amount=100, conclusion="已执行"))


TIE = Tie(Ref("示例亲属", "person", 2), Company(Ref("示例亲属商行")), None, date(2025, 1, 1), date(2026, 12, 31))
KIN = Relation(Ref("班子甲", "person", 1), Ref("示例亲属", "person", 2), "spouse", "夫妻")


def test_a_supplier_of_a_members_relative_is_flagged_with_the_records_that_say_so() -> None:
    people = roster({"name": "班子甲", "team_now": True}, {"name": "示例亲属"}, relations=[KIN], ties=[TIE])
    (finding,) = found("RF-A7", made(supplier="示例亲属商行"), around(people=people))
    assert finding.evidence == (("person", 2), ("person", 1))


def test_a_tie_of_a_member_or_of_somebody_named_in_the_item_is_flagged() -> None:
    member = roster({}, {"name": "示例亲属", "team_now": True}, ties=[TIE])
    assert found("RF-A7", made(supplier="示例亲属商行"), around(people=member))
    named = made(supplier="示例亲属商行", reporter=Ref("示例亲属", "person", 2))
    assert found("RF-A7", named, around(people=roster({}, {"name": "示例亲属"}, ties=[TIE])))


@pytest.mark.parametrize("near", ["over", "stranger", "company"])
def test_ties_that_are_over_or_of_strangers_are_left_in_peace(near: str) -> None:
    stranger = roster({"name": "班子甲", "team_now": True}, {"name": "示例亲属"}, ties=[TIE])
    family = roster({"name": "班子甲", "team_now": True}, {"name": "示例亲属"}, relations=[KIN], ties=[TIE])
    day = date(2027, 1, 1) if near == "over" else DAY
    item = made(1, day, supplier="示例亲属商贸行" if near == "company" else "示例亲属商行")
    assert not found("RF-A7", item, around(people=stranger if near == "stranger" else family))


def test_a_standard_is_taken_by_kind_then_for_every_kind_and_only_while_in_force() -> None:
    every: dict[str, Any] = {"item_kind": "all", "threshold": LINE, "valid_from": date(2020, 1, 1)}
    goods: dict[str, Any] = {"item_kind": "goods", "threshold": Decimal(200_000), "valid_from": date(2024, 1, 1)}
    assert standard([every, goods], "goods", DAY) == Decimal(200_000)
    assert standard([every, goods], "goods", date(2023, 1, 1)) == LINE
    assert standard([every, goods], "repair", DAY) == LINE
    assert standard([goods, {**goods, "threshold": LINE}], "goods", DAY) is None

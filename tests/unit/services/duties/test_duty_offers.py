"""定期事项 offered as rule data: nothing by itself, each once, the first one on the right working day."""

from __future__ import annotations

from datetime import date

import pytest

from paizhu import registers
from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.registers.recurrence import RECURRENCES
from paizhu.services.office import Office

DUTY = registers.register("duty_item")
D = date


def test_nothing_is_put_into_the_list_by_itself(office: Office) -> None:
    standings = office.duty_offers.standings()
    assert len(standings) == len(office.duty_offers.offers)
    assert not any(each.taken for each in standings)
    assert office.records.count(office.records.default_view(DUTY)) == 0


def test_every_offer_is_sound(office: Office) -> None:
    today, calendar = office.desk.today, office.desk.calendar
    months = RECURRENCES["duty_item"].months
    for offer in office.duty_offers.offers.values():
        assert offer.frequency in months
        assert offer.confidence in ("verified", "memory", "custom")
        assert offer.source
        assert DUTY.field("category").choice(offer.category)
        assert offer.first(today) >= today
    assert all(each.due and calendar.is_working(each.due) for each in office.duty_offers.standings())


@pytest.mark.parametrize(
    ("words", "frequency"),
    [
        ("月报", "monthly"), ("季度“四种形态”", "quarterly"), ("办理结果", "quarterly"), ("季度工作", "quarterly"),
        ("半年会商", "half_yearly"), ("半年工作", "half_yearly"), ("年度工作总结", "yearly"),
        ("负责人述责述廉", "yearly"),
        ("民主生活会", "yearly"), ("廉政档案", "yearly"), ("风险点", "yearly"), ("案卷归档", "yearly"),
        ("线索处置专题会议", "monthly"), ("清点问题线索", "monthly"), ("回访受处分", "half_yearly"),
        ("抽查核实谈话函询", "half_yearly"), ("年度考核", "yearly"), ("八项规定", "monthly"),
    ],
)  # fmt: skip
def test_what_comes_back_by_rule_or_custom_is_offered_and_makes_its_next(
    office: Office, words: str, frequency: str
) -> None:
    found = [each for each in office.duty_offers.offers.values() if words in each.content]
    assert [each.frequency for each in found if each.frequency == frequency] == [frequency]
    (offer,) = [each for each in found if each.frequency == frequency]
    (record,) = office.duty_offers.take(offer.code).records
    row, calendar = office.records.get(DUTY, record[1]), office.desk.calendar
    with office.vault.act("recur", "示例") as act:
        after = office.records.recurring.follow(act, DUTY, row.id)
    assert after
    first, second = row.values["due_date"], office.records.get(DUTY, after).values["due_date"]
    assert isinstance(first, date)
    assert isinstance(second, date)
    assert calendar.is_working(first)
    assert calendar.is_working(second)
    months = (second.year - first.year) * 12 + second.month - first.month
    assert abs(months - offer.months) <= 1
    assert second > first


@pytest.mark.parametrize(
    ("code", "today", "first"),
    [
        ("R01", D(2026, 3, 16), D(2026, 3, 25)),
        ("R01", D(2026, 3, 26), D(2026, 4, 25)),
        ("R02", D(2026, 3, 16), D(2026, 4, 1)),
        ("R03", D(2026, 4, 1), D(2026, 6, 30)),
        ("R04", D(2026, 7, 1), D(2026, 12, 31)),
        ("R09", D(2026, 5, 1), D(2027, 4, 30)),
    ],
)
def test_the_first_day_is_the_next_of_its_kind(office: Office, code: str, today: date, first: date) -> None:
    assert office.duty_offers.offers[code].first(today) == first


def test_taking_one_makes_a_duty_that_goes_on_by_itself(office: Office) -> None:
    change = office.duty_offers.take("R02")
    (record,) = change.records
    row = office.records.get(DUTY, record[1])
    assert (row.values["due_date"], row.values["base_due"], row.values["repeat_day"]) == (
        D(2026, 4, 1),
        D(2026, 4, 1),
        1,
    )
    assert row.values["repeats"] is True
    assert office.today.due()[0].id == row.id
    with office.vault.act("recur", "示例") as act:
        after = office.records.recurring.follow(act, DUTY, row.id)
    assert after
    # The first working day after the quarter.
    assert office.records.get(DUTY, after).values["due_date"] == D(2026, 7, 1)
    with office.vault.act("recur", "示例") as act:
        third = office.records.recurring.follow(act, DUTY, after)
    assert third
    assert office.records.get(DUTY, third).values["due_date"] == D(2026, 10, 8)
    with pytest.raises(NotAllowedError, match="已经在责任清单里"):
        office.duty_offers.take("R02")
    office.history.undo(change.entry)


def test_what_the_officer_began_himself_stands_there_too(office: Office) -> None:
    typed = {"content": "报送旬报", "subject": "驻局组", "frequency": "每月", "due_date": "2026-03-20"}
    made = office.records.save(DUTY, typed).records[0][1]
    last = office.duty_offers.standings()[-1]
    assert (last.content, last.record, last.taken, last.due) == ("报送旬报", made, True, D(2026, 3, 20))


def test_an_unknown_one_is_refused(office: Office) -> None:
    with pytest.raises(NotFoundError, match="没有“R99”"):
        office.duty_offers.take("R99")

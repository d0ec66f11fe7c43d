"""How long measures weigh: ends, stacking, combining, probation, what the office sets, and the words for it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paizhu.base.dates import add_months
from paizhu.rules.influence import (
    Measure,
    after_months,
    combination_objection,
    objections,
    period,
    periods,
    standing,
)
from paizhu.rules.influence_table import settings

S = settings()
DAY_BEFORE = settings(month_end="day_before")
SUM = settings(admin_again="sum")


def at(words: str) -> date:
    return date.fromisoformat(words)


def one(kind: str, day: str, **more: Any) -> Measure:
    return Measure(kind, at(day), **more)


def end_of(*measures: Measure, on: str = "2035-01-01", rules: Any = S) -> str:
    found = period(measures, at(on), rules)
    return found.end.isoformat() if found and found.end else ""


SERIOUS = "party_serious_warning"
ENDS = [
    # Every kind from an ordinary day.
    ("party_warning", "", "2026-05-20", "2027-05-19"),
    (SERIOUS, "", "2026-05-20", "2027-11-19"),
    (SERIOUS, "no_party_post", "2026-05-20", "2028-05-19"),
    ("party_removal", "", "2026-05-20", "2028-05-19"),
    ("party_expulsion", "", "2026-05-20", "2031-05-19"),
    ("warning", "", "2026-05-20", "2027-05-19"),
    ("admin_warning", "", "2026-05-20", "2026-11-19"),
    ("admin_demerit", "", "2026-05-20", "2027-05-19"),
    ("admin_major_demerit", "", "2026-05-20", "2027-11-19"),
    ("admin_demotion", "", "2026-05-20", "2028-05-19"),
    ("admin_removal", "", "2026-05-20", "2028-05-19"),
    ("unit_warning", "", "2026-05-20", "2026-11-19"),
    ("unit_demerit", "", "2026-05-20", "2027-05-19"),
    ("unit_major_demerit", "", "2026-05-20", "2027-11-19"),
    ("unit_demotion", "", "2026-05-20", "2028-05-19"),
    ("unit_removal", "", "2026-05-20", "2028-05-19"),
    ("admonish", "", "2026-05-20", "2026-11-19"),
    ("account_admonish", "", "2026-05-20", "2026-11-19"),
    ("suspend", "", "2026-05-20", "2026-11-19"),
    ("adjust", "", "2026-05-20", "2027-05-19"),
    ("ordered_resign", "", "2026-05-20", "2028-05-19"),
    ("blamed_resign", "", "2026-05-20", "2028-05-19"),
    ("remove", "", "2026-05-20", "2028-05-19"),
    ("demote", "", "2026-05-20", "2028-05-19"),
    # The first of a month ends with a month's last day, whatever its length.
    ("party_warning", "", "2026-03-01", "2027-02-28"),
    ("party_warning", "", "2027-03-01", "2028-02-29"),
    ("admin_warning", "", "2026-06-01", "2026-11-30"),
    ("admin_warning", "", "2026-09-01", "2027-02-28"),
    ("admin_warning", "", "2027-09-01", "2028-02-29"),
    (SERIOUS, "", "2026-07-01", "2027-12-31"),
    # The year's border.
    ("party_warning", "", "2026-01-01", "2026-12-31"),
    ("party_warning", "", "2025-12-31", "2026-12-30"),
    ("admin_warning", "", "2026-07-15", "2027-01-14"),
    # The end of February: its corresponding day exists in every year.
    ("admin_demerit", "", "2026-02-28", "2027-02-27"),
    ("party_warning", "", "2027-02-28", "2028-02-27"),
    ("party_removal", "", "2026-02-28", "2028-02-27"),
    ("party_removal", "", "2024-02-29", "2026-02-28"),
    ("admin_removal", "", "2024-02-28", "2026-02-27"),
    # The leap day after four years is there again.
    ("admin_warning", "", "2024-02-29", "2024-08-28"),
    (SERIOUS, "", "2024-02-29", "2025-08-28"),
]


@pytest.mark.parametrize(("kind", "special", "start", "end"), ENDS)
def test_a_measure_ends_the_day_before_the_corresponding_day(kind: str, special: str, start: str, end: str) -> None:
    assert end_of(one(kind, start, special=special)) == end


MONTH_ENDS = [
    ("admin_warning", "2026-08-31", "2027-02-28", "2027-02-27"),
    ("admin_warning", "2026-08-30", "2027-02-28", "2027-02-27"),
    ("admin_warning", "2026-08-29", "2027-02-28", "2027-02-27"),
    ("admin_warning", "2027-08-31", "2028-02-29", "2028-02-28"),
    ("admin_warning", "2027-08-29", "2028-02-28", "2028-02-28"),
    ("admin_warning", "2026-03-31", "2026-09-30", "2026-09-29"),
    ("admin_warning", "2026-05-31", "2026-11-30", "2026-11-29"),
    ("admin_warning", "2026-10-31", "2027-04-30", "2027-04-29"),
    (SERIOUS, "2026-12-31", "2028-06-30", "2028-06-29"),
    ("admin_major_demerit", "2026-03-31", "2027-09-30", "2027-09-29"),
    ("party_warning", "2024-02-29", "2025-02-28", "2025-02-27"),
    ("party_removal", "2024-02-29", "2026-02-28", "2026-02-27"),
    ("party_expulsion", "2024-02-29", "2029-02-28", "2029-02-27"),
    # Where the month has the day both readings agree.
    ("admin_warning", "2026-01-31", "2026-07-30", "2026-07-30"),
    ("party_warning", "2026-08-31", "2027-08-30", "2027-08-30"),
]


@pytest.mark.parametrize(("kind", "start", "last_day", "day_before"), MONTH_ENDS)
def test_a_month_without_the_day_is_read_as_the_setting_says(
    kind: str, start: str, last_day: str, day_before: str
) -> None:
    assert end_of(one(kind, start)) == last_day
    assert end_of(one(kind, start), rules=DAY_BEFORE) == day_before


STACKED = [
    # The anchor: 6 months left, 12 more.
    ([one(SERIOUS, "2026-05-20"), one("party_warning", "2027-05-20")], "2028-11-19"),
    # The last day of the period is inside, the day after is not.
    ([one(SERIOUS, "2026-05-20"), one("party_warning", "2027-11-19")], "2028-11-19"),
    ([one(SERIOUS, "2026-05-20"), one("party_warning", "2027-11-20")], "2028-11-19"),
    ([one(SERIOUS, "2026-05-20"), one("party_warning", "2027-11-21")], "2028-11-20"),
    ([one(SERIOUS, "2026-05-20"), one("party_warning", "2026-05-21")], "2028-11-19"),
    ([one("party_warning", "2026-05-20"), one("party_removal", "2026-11-20")], "2029-05-19"),
    # Three in a row, without a limit.
    (
        [one("party_warning", "2026-01-10"), one(SERIOUS, "2026-07-10"), one("party_removal", "2027-01-10")],
        "2030-07-09",
    ),
    # Five years in a chain: no limit of 48 months on the party side.
    ([one("party_removal", "2026-01-01"), one("party_removal", "2027-01-01"), one("party_removal", "2028-01-01")],
     "2031-12-31"),
    # Decided on one day they do not add up.
    ([one("party_warning", "2026-05-20"), one(SERIOUS, "2026-05-20")], "2027-11-19"),
    # A revoked one adds nothing.
    ([one(SERIOUS, "2026-05-20", revoked=True), one("party_warning", "2027-05-20")], "2028-05-19"),
    # Party and administrative: the later end governs, nothing is added.
    ([one("party_warning", "2026-05-20"), one("admin_major_demerit", "2026-05-28")], "2027-11-27"),
    ([one(SERIOUS, "2026-05-20"), one("admin_warning", "2026-05-28")], "2027-11-19"),
    ([one(SERIOUS, "2026-05-20"), one("admin_warning", "2027-11-01")], "2028-04-30"),
    ([one("admonish", "2026-05-20"), one("party_warning", "2026-06-20")], "2027-06-19"),
    # Administrative ones at different times: each its own end.
    ([one("admin_demerit", "2026-05-20"), one("admin_warning", "2026-11-20")], "2027-05-19"),
    # Together the heaviest is executed.
    ([one("admin_demerit", "2026-05-20"), one("admin_major_demerit", "2026-05-20")], "2027-11-19"),
    ([one("admin_warning", "2026-05-20"), one("admin_removal", "2026-05-20")], "2028-05-19"),
    # Equal ones: decided by the officer, else the longest for the time being.
    ([one("admin_demerit", "2026-05-20", merged_months=18), one("admin_demerit", "2026-05-20")], "2027-11-19"),
    ([one("admin_demerit", "2026-05-20"), one("admin_demerit", "2026-05-20")], "2028-05-19"),
    ([one("admin_demotion", "2026-05-20")] * 3, "2030-05-19"),
    ([one("admin_major_demerit", "2026-05-20")] * 2, "2029-05-19"),
    ([one("admin_major_demerit", "2026-05-20")] * 3, "2030-05-19"),
    # 留党察看 counts from the restoration.
    ([one("party_probation", "2026-05-20", restored_at=at("2027-05-20"))], "2029-05-19"),
    ([one("party_probation", "2026-05-20", restored_at=at("2028-05-20"))], "2030-05-19"),
    ([one("party_probation", "2026-05-20")], ""),
    ([one("party_probation", "2026-05-20", restored_at=at("2027-05-20")), one("party_warning", "2028-05-20")],
     "2030-05-19"),
    ([one("party_probation", "2026-05-20"), one("admin_removal", "2026-05-28")], ""),
    ([one("party_warning", "2026-01-20"), one("party_probation", "2026-07-20", restored_at=at("2027-07-20"))],
     "2030-01-19"),
    ([one("admin_discharge", "2026-05-20"), one("party_expulsion", "2026-05-20")], ""),
    # An end set by hand replaces the computed one, also as the ground for the next.
    ([one("party_warning", "2026-05-20", end_set=at("2027-06-30"))], "2027-06-30"),
    ([one("party_warning", "2026-05-20", end_set=at("2027-06-30")), one("party_warning", "2027-06-01")], "2028-06-30"),
    ([one("suspend", "2026-05-20", end_set=at("2026-07-01"))], "2026-07-01"),
]  # fmt: skip


@pytest.mark.parametrize(("measures", "end"), STACKED)
def test_several_measures_reach_to_the_day_the_rules_say(measures: list[Measure], end: str) -> None:
    assert end_of(*measures) == end
    assert end_of(*reversed(measures)) == end


def test_the_table_of_cases_is_long_enough() -> None:
    assert len(ENDS) + len(MONTH_ENDS) + len(STACKED) >= 60


def test_an_administrative_measure_inside_another_adds_the_rest_where_the_office_says_so() -> None:
    both = (one("admin_demerit", "2026-05-20"), one("admin_warning", "2026-11-20"))
    assert end_of(*both, rules=SUM) == "2027-11-19"
    found = period(both, at("2027-01-01"), SUM)
    assert found is not None
    assert found.confidence == "memory"
    assert "待核" in found.sentence


def test_each_measure_keeps_its_own_period() -> None:
    first, second = periods(
        (one(SERIOUS, "2026-05-20", id=1), one("party_warning", "2027-05-20", id=2)), at("2030-01-01"), S
    )
    assert first is not None
    assert second is not None
    assert (first.id, first.end) == (1, at("2027-11-19"))
    assert (second.id, second.start, second.end) == (2, at("2027-05-20"), at("2028-11-19"))


def test_measures_executed_together_share_one_period() -> None:
    light, heavy = periods(
        (one("admin_warning", "2026-05-20"), one("admin_removal", "2026-05-20")), at("2026-06-01"), S
    )
    assert light is heavy
    assert heavy is not None
    assert "政务警告、政务撤职合并" in heavy.sentence


def test_a_restoration_still_ahead_is_not_known_yet() -> None:
    given_back = one("party_probation", "2026-05-20", restored_at=at("2027-05-20"))
    before = period([given_back], at("2027-05-19"), S)
    after = period([given_back], at("2027-05-20"), S)
    assert before is not None
    assert after is not None
    assert (before.start, before.end, before.provisional) == (None, None, True)
    assert "恢复日期尚未登记" in before.sentence
    assert (after.start, after.end, after.provisional) == (at("2027-05-20"), at("2029-05-19"), False)


def test_a_later_decision_does_not_reach_back() -> None:
    both = (one(SERIOUS, "2026-05-20"), one("party_warning", "2027-05-20"))
    found = period(both, at("2027-05-19"), S)
    assert found is not None
    assert found.end == at("2027-11-19")


@pytest.mark.parametrize(
    ("on", "state", "words"),
    [
        ("2026-05-19", "not_begun", "尚未开始，自 2026 年 5 月 20 日起"),
        ("2026-05-20", "in_period", "影响期内，至 2027 年 11 月 19 日"),
        ("2027-11-18", "in_period", "影响期内，至 2027 年 11 月 19 日"),
        ("2027-11-19", "in_period", "影响期内，今天期满"),
        ("2027-11-20", "expired", "已于 2027 年 11 月 19 日期满"),
        ("2040-01-01", "expired", "已于 2027 年 11 月 19 日期满"),
    ],
)
def test_the_standing_on_a_day_is_told_in_words(on: str, state: str, words: str) -> None:
    found = period([one(SERIOUS, "2026-05-20")], at(on), S)
    assert found is not None
    told = standing(found, at(on), S)
    assert (told.state, told.words) == (state, words)
    assert found.contains(at(on)) is (state == "in_period")


def test_the_end_of_a_period_leaves_a_note() -> None:
    party, admin = (period([one(kind, "2020-05-20")], at("2030-01-01"), S) for kind in (SERIOUS, "admin_demotion"))
    assert party is not None
    assert admin is not None
    assert "第四十六条" in standing(party, at("2030-01-01"), S).note
    assert "第二十六条" in standing(admin, at("2030-01-01"), S).note
    assert "影响使用" in standing(party, at("2030-01-01"), S).note


def test_probation_weighs_before_its_period_begins() -> None:
    found = period([one("party_probation", "2026-05-20")], at("2026-06-01"), S)
    assert found is not None
    assert found.contains(at("2029-01-01"))
    assert standing(found, at("2026-06-01"), S).words == "留党察看期内，恢复党员权利后起算影响期"


def test_a_discharge_never_ends_by_time() -> None:
    found = period([one("admin_discharge", "2026-05-20")], at("2060-01-01"), S)
    assert found is not None
    assert found.permanent
    assert standing(found, at("2060-01-01"), S).state == "in_period"


def test_the_sentence_names_start_length_end_and_source() -> None:
    found = period([one(SERIOUS, "2026-05-20")], at("2026-06-01"), S)
    assert found is not None
    assert found.sentence == (
        "党内严重警告：自 2026 年 5 月 20 日决定之日起 1 年 6 个月，至 2027 年 11 月 19 日止，"
        "依据《中国共产党纪律处分条例》第十条"
    )
    stacked = period([one(SERIOUS, "2026-05-20"), one("party_warning", "2027-05-23")], at("2027-06-01"), S)
    assert stacked is not None
    assert "原影响期尚余 5 个月 28 天加新影响期 1 年" in stacked.sentence
    assert stacked.sentence.endswith("《中国共产党纪律处分条例》第二十一条")


def test_what_is_from_memory_says_so() -> None:
    found = period([one("admonish", "2026-05-20")], at("2026-06-01"), S)
    clipped = period([one("admin_warning", "2026-08-31")], at("2026-09-01"), S)
    assert found is not None
    assert clipped is not None
    assert "（待核）" in found.sentence
    assert clipped.confidence == "memory"
    assert "当月没有 31 日" in clipped.sentence


@pytest.mark.parametrize("kind", ["warning", "suspend"])
def test_what_is_not_certain_is_provisional(kind: str) -> None:
    found = period([one(kind, "2026-05-20")], at("2026-06-01"), S)
    assert found is not None
    assert found.provisional
    assert "（暂算）" in standing(found, at("2026-06-01"), S).words


@pytest.mark.parametrize("kind", ["remind", "criticise", "written_check", "notice", "account_check", "judicial"])
def test_a_measure_without_influence_brings_no_period(kind: str) -> None:
    assert period([one(kind, "2026-05-20")], at("2026-06-01"), S) is None


@pytest.mark.parametrize(
    ("kind", "count", "months", "fits"),
    [
        ("admin_demerit", 2, 12, True),
        ("admin_demerit", 2, 24, True),
        ("admin_demerit", 2, 11, False),
        ("admin_demerit", 2, 25, False),
        ("admin_warning", 3, 18, True),
        ("admin_warning", 3, 19, False),
        ("admin_major_demerit", 3, 48, True),
        ("admin_major_demerit", 3, 54, False),
        ("admin_demotion", 2, 48, True),
        ("admin_demotion", 3, 49, False),
        ("admin_demerit", 1, 12, True),
        ("admin_demerit", 1, 18, False),
        ("admin_discharge", 2, 12, False),
        ("party_warning", 2, 18, False),
    ],
)
def test_the_length_of_equal_punishments_together_is_checked(kind: str, count: int, months: int, fits: bool) -> None:
    assert (combination_objection(kind, count, months, S) is None) is fits


def test_a_common_length_outside_the_law_is_not_taken() -> None:
    both = [one("admin_demerit", "2026-05-20", merged_months=30), one("admin_demerit", "2026-05-20")]
    found = period(both, at("2026-06-01"), S)
    assert found is not None
    assert (found.end, found.provisional) == (at("2028-05-19"), True)
    assert objections(both, S) == [
        "2 个政务记过合并，处分期在 12 至 24 个月之间确定，不能是 30 个月（《公职人员政务处分法》第十五条）"
    ]


def test_a_typed_common_end_must_lie_within_the_law() -> None:
    late = one("admin_demerit", "2026-05-20", end_set=at("2028-05-20"), reason="合并", doc_no="示例〔2026〕1号")
    fitting = one("admin_demerit", "2026-05-20", end_set=at("2028-05-19"), reason="合并", doc_no="示例〔2026〕1号")
    other = one("admin_demerit", "2026-05-20")
    assert len(objections([late, other], S)) == 1
    assert objections([fitting, other], S) == []


def test_an_end_set_by_hand_needs_reason_and_document() -> None:
    bare = one("party_warning", "2026-05-20", end_set=at("2027-06-30"))
    grounded = one("party_warning", "2026-05-20", end_set=at("2027-06-30"), reason="申诉变更", doc_no="示例〔2026〕2号")
    assert objections([bare], S) == ["党内警告的影响期止是填写的，请写明理由和文号"]
    assert objections([grounded], S) == []
    found = period([grounded], at("2026-06-01"), S)
    assert found is not None
    assert found.confidence == "custom"
    assert "申诉变更，示例〔2026〕2号" in found.sentence


def test_a_restoration_before_the_decision_is_told() -> None:
    assert objections([one("party_probation", "2026-05-20", restored_at=at("2026-05-19"))], S) == [
        "留党察看的恢复权利日期早于决定日期"
    ]


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(DAYS, st.integers(1, 120))
def test_the_two_readings_differ_by_a_day_at_most(start: date, months: int) -> None:
    long, short = (after_months(start, months, reading) for reading in ("last_day", "day_before"))
    assert long - short in (timedelta(0), timedelta(days=1))
    assert (long == short) is (add_months(start, months).day == start.day)


PARTY = st.sampled_from(["party_warning", SERIOUS, "party_removal"])


@given(st.lists(st.tuples(PARTY, DAYS), min_size=1, max_size=6))
def test_another_party_punishment_never_shortens(given_measures: list[tuple[str, date]]) -> None:
    measures = [Measure(kind, day) for kind, day in given_measures]
    for count in range(1, len(measures)):
        fewer, more = (period(measures[:n], date(2099, 1, 1), S) for n in (count, count + 1))
        assert fewer is not None
        assert more is not None
        assert fewer.end is not None
        assert more.end is not None
        assert more.end >= fewer.end

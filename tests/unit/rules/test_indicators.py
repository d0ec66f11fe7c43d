"""The figures of the commission: what counts, when, for whom, and that every figure has its list."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from paizhu.base.rows import Ref, Row
from paizhu.rules import consistency
from paizhu.rules.counting import Figure
from paizhu.rules.indicators import figure, shipped
from paizhu.rules.periods import period
from tests.unit.rules.made_rows import at, ledger, row, somebody, to

CATALOGUE = shipped()


def due(rule: str, start: date) -> date:
    """Two weeks for everything: the clocks themselves are tested elsewhere."""
    return start + timedelta(days=14)


def counted(code: str, *rows: Row, word: str = "2026-10", **more: Any) -> Figure:
    return figure(CATALOGUE, code, ledger(*rows, due=due, **more), period(word))


def value(code: str, *rows: Row, **more: Any) -> Any:
    return counted(code, *rows, **more).value


def petition(number: int, **values: Any) -> Row:
    return row("petition", number, **{"received_at": "2026-10-09", **values})


def lead(number: int, **values: Any) -> Row:
    return row("lead", number, **{"received_at": "2026-10-09", "subject": somebody(number), **values})


def measure(number: int, kind: str, who: Ref | int = 1, **values: Any) -> Row:
    subject = somebody(who) if isinstance(who, int) else who
    return row("measure", number, **{"subject": subject, "kind": kind, "decided_at": "2026-10-20", **values})


def review(number: int, **values: Any) -> Row:
    return row("review_item", number, **{"opinion_date": "2026-10-12", **values})


def suggestion(number: int, above: int, adopted: str = "") -> Row:
    return row("suggestion", number, parent_id=above, adopted=adopted or None)


# --- 信访 ----------------------------------------------------------------------------------------------------------


def test_petitions_count_with_repeats_and_fall_into_their_parts() -> None:
    rows = (
        petition(1, petition_class="accusation", channel="letter"),
        petition(2, petition_class="accusation", channel="visit", is_repeat=True),
        petition(3, petition_class="appeal", is_repeat=False),
        petition(4, received_at="2026-09-30"),
    )
    assert [value(code, *rows) for code in ("I-101", "I-102", "I-103A", "I-103B")] == [3, 2, 2, 1]
    assert counted("I-104", *rows).by == {"channel": {"letter": 1, "visit": 1, "": 1}}


def test_five_visitors_are_a_group_and_four_are_not() -> None:
    rows = (petition(1, channel="visit", people=5), petition(2, channel="visit", people=4), petition(3, people=9),
            petition(4, channel="visit", people=8))  # fmt: skip
    assert value("I-105A", *rows) == 2
    assert value("I-105B", *rows) == 13
    assert counted("I-105B", *rows).records == (("petition", 1), ("petition", 4))


def test_named_informants_are_told_within_the_limit() -> None:
    rows = (
        petition(1, named="real", notice_at="2026-10-23"),
        petition(2, named="joint", notice_at="2026-10-24"),
        petition(3, named="real"),
        petition(4, named="real", is_repeat=True),
        petition(5, named="anonymous"),
    )
    assert value("I-106A", *rows) == 4
    assert counted("I-106B", *rows).words == "33.3%"
    assert counted("I-106B", petition(5, named="anonymous")).words == "—"
    # What is not due yet is not missing.
    assert counted("I-106B", petition(3, named="real"), today=at("2026-10-22")).words == "—"


def test_an_answer_is_due_two_weeks_after_closing() -> None:
    rows = (petition(1, named="real", closed_at="2026-10-10", feedback_at="2026-10-24"),
            petition(2, named="real", closed_at="2026-10-11"))  # fmt: skip
    assert counted("I-106C", *rows).words == "50%"


def test_the_rank_of_a_petition_is_the_highest_of_those_reported() -> None:
    under = [row("reported", 1, parent_id=1, rank="section"), row("reported", 2, parent_id=1, rank="division")]
    found = counted("I-107", petition(1), petition(2), children={"petition": under})
    assert found.by == {"rank": {"division": 1, "": 1}}


def test_the_main_issue_makes_parts_that_add_up_and_all_issues_do_not() -> None:
    rows = (petition(1, issue_types=("integrity", "work")), petition(2, issue_types=("work",)), petition(3))
    found = counted("I-101", *rows)
    assert found.by["issue"] == {"integrity": 1, "work": 1, "": 1}
    assert found.by["issue_any"] == {"integrity": 1, "work": 2, "": 1}
    assert "issue" in found.exclusive
    assert "issue_any" not in found.exclusive


def test_closing_and_truth_are_shares_of_what_they_should_be() -> None:
    rows = (
        petition(1, closed_at="2026-10-20", result="true"),
        petition(2, closed_at="2026-10-21", result="untrue"),
        petition(3, closed_at="2026-11-02", result="partly"),
        petition(4, own_level="upper"),
        petition(5, state="kept"),
    )
    assert counted("I-109B", *rows).words == "66.7%"
    assert counted("I-109C", *rows).words == "50%"
    assert counted("I-109A", petition(1, result="true")).undated == (("petition", 1),)


# --- 线索 ----------------------------------------------------------------------------------------------------------


def test_the_stock_is_what_had_come_in_and_not_gone_out_by_the_end() -> None:
    rows = (
        lead(1, received_at="2025-03-01"),
        lead(2, closed_at="2026-10-31"),
        lead(3, closed_at="2026-11-01"),
        lead(4, transfer_at="2026-10-15"),
        lead(5, case_ref=to("case", 1)),
        row("case", 1, filed_at="2026-11-05"),
        lead(6, state="archived"),
        lead(7, received_at="2026-11-01"),
    )
    assert counted("I-201B", *rows).records == (("lead", 1), ("lead", 3), ("lead", 5))
    assert [record[1] for record in counted("I-201B", *rows, word="2026-11").records] == [1, 7]


def test_leads_disposed_of_count_by_approval_and_mode() -> None:
    rows = (lead(1, approved_at="2026-10-30", mode="check"), lead(2, approved_at="2026-11-01", mode="hold"),
            lead(3, mode="close"), lead(4))  # fmt: skip
    found = counted("I-203", *rows)
    assert found.by == {"mode": {"check": 1}}
    assert found.undated == (("lead", 3),)


def test_asking_again_is_another_inquiry() -> None:
    again = row("hand", 1, parent_id=1, step="再次谈话函询", when="2026-10-28")
    other = row("hand", 2, parent_id=1, step="提出谈话函询报告", when="2026-10-28")
    rows = (lead(1, mode="talk_inquiry", approved_at="2026-10-02"), lead(2, mode="check", approved_at="2026-10-02"))
    found = counted("I-204", *rows, children={"lead": [again, other]})
    assert found.value == 2
    assert found.records == (("lead", 1), ("lead", 1))
    assert found.entries[1].part == ("hand", 1)


def test_a_lead_is_late_from_the_day_after_its_limit() -> None:
    rows = (
        lead(1, proposed_at="2026-10-23"),
        lead(2, proposed_at="2026-10-24"),
        lead(3),
        lead(4, mode="check"),
        lead(5, received_at="2026-10-20"),
    )
    assert [record[1] for record in counted("I-206", *rows).records] == [2, 3]
    assert [record[1] for record in counted("I-206", *rows, word="2026-11").records] == [5]
    assert value("I-206", lead(3), today=at("2026-10-23")) == 0


def test_the_share_found_by_own_supervision_and_the_spot_checks() -> None:
    rows = (lead(1, source="supervision"), lead(2, source="petition"), lead(3, source="petition"))
    assert counted("I-205B", *rows).words == "33.3%"
    assert counted("I-205", *rows).by == {"source": {"supervision": 1, "petition": 2}}
    asked = [lead(n, mode="talk_inquiry", report_at="2026-10-20", spot_check=n == 1) for n in range(1, 8)]
    assert counted("I-207", *asked).words == "14.3%"


# --- 案件和处分 ------------------------------------------------------------------------------------------------------


def test_a_person_filed_twice_is_two_cases_and_one_person() -> None:
    rows = [row("case", n, subject=somebody(1), filed_at="2026-10-20", subject_rank="division") for n in (1, 2)]
    rows.append(row("case", 3, filed_at="2026-10-21", kind="body"))
    assert value("I-301A", *rows) == 3
    found = counted("I-301B", *rows)
    assert found.value == 1
    assert found.entries[0].also == (("case", 2),)


def test_one_person_with_both_punishments_counts_once_in_all_and_once_in_each() -> None:
    rows = (measure(1, "party_warning"), measure(2, "admin_demerit"), measure(3, "admin_warning", 2))
    assert [value(code, *rows) for code in ("I-303", "I-303A", "I-303B", "I-305")] == [2, 1, 2, 3]
    found = counted("I-303", *rows)
    assert found.by["class"] == {"party": 1, "admin": 2}
    assert consistency.punishments(found, counted("I-303A", *rows), counted("I-303B", *rows)) == []


def test_a_city_s_quarter_comes_out_as_published() -> None:
    """2023Q1: 334 persons, 315 by the party and 40 by the state, 21 of them by both."""
    party = [measure(n, "party_warning", n, decided_at="2023-02-10") for n in range(1, 316)]
    admin = [measure(1000 + n, "admin_warning", n, decided_at="2023-03-10") for n in range(295, 335)]
    rows = (*party, *admin)
    assert [value(code, *rows, word="2023-Q1") for code in ("I-303", "I-303A", "I-303B")] == [334, 315, 40]


def test_persons_outside_the_roster_are_told_apart_by_name_and_unit() -> None:
    rows = (
        measure(1, "party_warning", Ref("张 示例"), subject_unit="甲处"),
        measure(2, "admin_warning", Ref("张示例"), subject_unit="甲 处"),
        measure(3, "party_warning", Ref("张示例"), subject_unit="乙处"),
    )
    assert value("I-303", *rows) == 2


def test_the_heaviest_punishment_of_a_person_gives_its_kind_and_rank() -> None:
    rows = (measure(1, "party_warning", subject_rank="section"), measure(2, "party_removal", subject_rank="division"))
    found = counted("I-303A", *rows)
    assert found.by["kind"] == {"party_removal": 1}
    assert found.by["rank"] == {"division": 1}
    assert counted("I-304", *rows).by == {"rank": {"division": 1}}


def test_a_revoked_punishment_and_another_kind_of_measure_are_no_punishment() -> None:
    rows = (measure(1, "party_warning", changed="revoked"), measure(2, "admonish", 2), measure(3, "unit_warning", 3))
    assert value("I-303", *rows) == 0


def test_the_bare_word_warning_is_a_punishment_of_neither_side() -> None:
    rows = (measure(1, "warning"),)
    assert [value(code, *rows) for code in ("I-303", "I-303A", "I-303B")] == [1, 0, 0]


def test_who_was_sent_to_court_counts_once_by_case_and_measure() -> None:
    rows = (row("case", 1, subject=somebody(1), judicial_at="2026-10-08"), measure(1, "judicial"),
            measure(2, "judicial", 2))  # fmt: skip
    assert value("I-306", *rows) == 2


def test_money_is_reported_in_ten_thousand_and_adds_up() -> None:
    rows = (
        row("case", 1, closed_at="2026-10-20", money_confiscated=Decimal("8000.00"), money_refunded=Decimal("4500.50")),
        row("case", 2, closed_at="2026-10-21", money_recovered=Decimal("100000")),
        row("case", 3, closed_at="2026-10-21"),
        row("case", 4, money_recovered=Decimal("5")),
    )
    whole = counted("I-307", *rows)
    assert whole.value == Decimal("11.25005")
    assert whole.words == "11.25"
    assert whole.records == (("case", 1), ("case", 2))
    assert whole.undated == (("case", 4),)
    parts = {code: counted(code, *rows).value for code in ("I-307A", "I-307B", "I-307C")}
    assert consistency.parts_and_total("追缴", whole.value, parts) == []


def test_eight_rules_and_dual_inquiry_are_found_through_the_case() -> None:
    rows = (
        row("case", 1, subject=somebody(1), eight_rules=True, closed_at="2026-10-20", filed_at="2026-10-01",
            dual_inquiry=True),
        row("case", 2, subject=somebody(2), eight_rules=True, first_decided_at="2026-10-20",
            first_measures=("remind",)),
        row("case", 3, subject=somebody(3), closed_at="2026-10-20"),
        measure(1, "party_warning", 1, case_ref=to("case", 1)),
        measure(2, "account_notice", 4, case_ref=to("case", 1)),
        measure(3, "party_warning", 3, case_ref=to("case", 3)),
    )  # fmt: skip
    found = [value(code, *rows) for code in ("I-309A", "I-309B", "I-309C", "I-308A", "I-308B")]
    assert found == [1, 3, 1, 1, 1]


def test_false_accusations_and_clarifications() -> None:
    rows = (
        lead(1, report_opinion="false_accusation", report_at="2026-10-10"),
        petition(1, false_flag=True, closed_at="2026-10-10"),
        petition(2, false_flag=True, closed_at="2026-10-10", lead_ref=to("lead", 1)),
        lead(2, subject=somebody(9), clarify_at="2026-10-11"),
        row("case", 1, subject=somebody(9), clarify_at="2026-10-12"),
    )
    assert [value(code, *rows) for code in ("I-310A", "I-310B", "I-310C")] == [2, 2, 1]


# --- 监督、谈话、责任 -----------------------------------------------------------------------------------------------


def test_suggestions_are_counted_one_by_one() -> None:
    under = [suggestion(1, 1, "adopted"), suggestion(2, 1, "refused"), suggestion(3, 2, "partly")]
    rows = (
        review(1, opinion="ok_with_note", category="fund"),
        review(2, opinion="after_supplement"),
        review(3, opinion="ok", opinion_text="无意见"),
        review(4, opinion="postpone", adopted="adopted"),
        review(5, opinion_date=None, opinion="object"),
        review(6, opinion_date=None),
    )
    more: dict[str, Any] = {"children": {"review_item": under}}
    assert [value(code, *rows, **more) for code in ("I-501B", "I-501C", "I-501D", "I-501F", "I-501G")] == [
        4,
        3,
        4,
        3,
        1,
    ]
    assert counted("I-501D", *rows, **more).by["adopted"] == {"adopted": 2, "refused": 1, "partly": 1}
    assert counted("I-501R", *rows, **more).words == "75%"
    assert counted("I-501B", *rows, **more).undated == (("review_item", 5),)


def test_opinions_in_the_meeting_are_counted_apart() -> None:
    meets = {"planned_meeting_at": "2026-10-14"}
    rows = (
        review(1, opinion_in_meeting="1. 补充比价材料\n2. 写明资金来源", **meets),
        review(2, opinion_in_meeting="请如实记录派驻组意见。", **meets),
        review(3, opinion_in_meeting=" ", **meets),
    )
    assert value("I-501E", *rows) == 3


def test_meetings_count_when_somebody_of_the_group_was_there() -> None:
    held = {"held_at": "2026-10-14"}
    rows = (
        row("meeting", 1, group_attendee=somebody(1), state="held", **held),
        row("meeting", 2, state="held", **held),
        row("meeting", 3, group_attendee=somebody(1), state="cancelled", **held),
        row("meeting", 4, group_attendee=somebody(1), state="planned", **held),
    )
    assert counted("I-501A", *rows).records == (("meeting", 1),)


def test_talks_count_by_meeting_and_by_head_without_those_that_dispose_of_a_lead() -> None:
    held = {"start_at": "2026-10-14", "state": "recorded"}
    rows = (
        row("integrity_talk", 1, kind="routine", **held),
        row("integrity_talk", 2, kind="collective", headcount=26, **held),
        row("integrity_talk", 3, kind="lead_reminder", **held),
        row("integrity_talk", 4, kind="admonition", lead_ref=to("lead", 1), **held),
        row("integrity_talk", 5, kind="routine", start_at="2026-10-14", state="planned"),
    )
    assert value("I-502A", *rows) == 2
    assert value("I-502B", *rows) == 27
    assert counted("I-502B", *rows).by["kind"] == {"routine": 1, "collective": 26}


def test_coverage_is_of_those_in_the_team_then() -> None:
    held = {"start_at": "2026-10-14", "state": "recorded", "kind": "routine"}
    rows = (
        row("person", 1, name="示例甲", team_now=True, status="active"),
        row("person", 2, name="示例乙", team_now=True, status="retired"),
        row("person", 3, name="示例丙"),
        row("person", 4, name="示例丁", team_now=True),
        row("person", 5, name="示例戊", unit_now=Ref("甲处"), team_now=True),
        row("integrity_talk", 1, subject=somebody(1), **held),
        row("integrity_talk", 2, subject=somebody(1), **held),
        row("integrity_talk", 3, subject=Ref("示例戊"), subject_unit="甲处", **held),
    )
    posts = [
        row("post_history", 1, parent_id=3, is_team=True, held_from="2020-01-01", held_to="2026-12-31"),
        row("post_history", 2, parent_id=4, is_team=True, held_from="2020-01-01", held_to="2026-06-30"),
    ]
    found = counted("I-502R", *rows, children={"person": posts})
    assert found.over is not None
    assert [record[1] for record in found.over.records] == [1, 3, 5]
    assert [record[1] for record in found.records] == [1, 5]
    assert found.words == "66.7%"


def test_summoned_persons_count_once() -> None:
    held = {"start_at": "2026-10-14", "state": "recorded", "kind": "summons"}
    rows = [row("integrity_talk", n, subject=somebody(1 + n // 2), **held) for n in (1, 2, 3)]
    assert value("I-504D", *rows) == 2


def test_duties_are_due_done_and_late() -> None:
    urged = [row("urging", 1, parent_id=3, urged_at="2026-10-25", way="summons"),
             row("urging", 2, parent_id=3, urged_at="2026-10-25", way="letter")]  # fmt: skip
    rows = (
        row("duty_item", 1, due_date="2026-10-20", done_at="2026-10-20"),
        row("duty_item", 2, due_date="2026-10-20", done_at="2026-10-21"),
        row("duty_item", 3, due_date="2026-10-20", state="overdue"),
        row("duty_item", 4, due_date="2026-10-31", state="doing"),
        row("duty_item", 5, due_date="2026-11-01"),
    )
    more: dict[str, Any] = {"children": {"duty_item": urged}, "today": at("2026-10-31")}
    assert [value(f"I-701{part}", *rows, **more) for part in "ABCD"] == [4, 2, 2, 1]
    assert counted("I-701R", *rows, **more).words == "50%"

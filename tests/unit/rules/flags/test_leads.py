"""Rules about leads: each with a planted case and one that only comes near."""

from datetime import date
from typing import Any

import pytest

from paizhu.base.rows import Ref, Row, Values
from paizhu.rules.flags.books import Running
from tests.unit.rules.flags.made_facts import TODAY, Books, in_books, row

WHO = Ref("被反映甲", "person", 1)


def _lead(number: int = 1, **values: Any) -> Row:
    return row("lead", number, **{"subject": WHO, "received_at": date(2025, 6, 1), "state": "registered", **values})


@pytest.mark.parametrize("rule", ["T01", "T02", "T03", "T04", "T06", "T08"])
def test_a_lead_past_its_limit_is_flagged_and_one_due_today_is_not(rule: str) -> None:
    late = Running("lead", 1, rule, "提出线索处置意见", date(2026, 3, 15))
    assert in_books("RF-L1", Books(TODAY, [late]))
    assert not in_books("RF-L1", Books(TODAY, [Running("lead", 1, rule, "提出线索处置意见", TODAY)]))


def test_an_extension_that_reaches_today_stops_the_flag() -> None:
    late = Running("case", 4, "T08", "完成审理", date(2026, 3, 1))
    granted = {("case", 4): [{"new_due": date(2026, 3, 16)}]}
    assert not in_books("RF-L1", Books(TODAY, [late], extensions=granted))
    over = {("case", 4): [{"new_due": date(2026, 3, 13)}]}
    assert in_books("RF-L1", Books(TODAY, [late], extensions=over))


def test_other_clocks_of_a_lead_are_not_called_overdue_leads() -> None:
    assert not in_books("RF-L1", Books(TODAY, [Running("lead", 1, "C12", "线索材料归档", date(2026, 1, 1))]))


def test_the_third_lead_about_a_person_in_two_years_is_flagged() -> None:
    leads = [_lead(number) for number in (1, 2, 3)]
    (finding,) = in_books("RF-L2", Books(TODAY, leads=leads))
    assert finding.evidence == (("lead", 1), ("lead", 2), ("lead", 3))
    old = _lead(3, received_at=date(2024, 3, 16))
    assert not in_books("RF-L2", Books(TODAY, leads=[*leads[:2], old]))
    other = _lead(3, subject=Ref("被反映甲", "person", 2))
    assert not in_books("RF-L2", Books(TODAY, leads=[*leads[:2], other]))


def test_two_leads_ended_by_a_statement_alone_are_flagged() -> None:
    ended = {"mode": "talk_inquiry", "report_opinion": "credited"}
    assert in_books("RF-L3", Books(TODAY, leads=[_lead(1, **ended), _lead(2, **ended)]))
    assert not in_books("RF-L3", Books(TODAY, leads=[_lead(1, **ended), _lead(2, **ended, spot_check=True)]))
    assert not in_books("RF-L3", Books(TODAY, leads=[_lead(1, **ended)]))


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        ({"approved_at": date(2025, 3, 1)}, True),
        ({"approved_at": date(2025, 3, 1), "held_review": date(2025, 9, 1)}, True),
        ({"approved_at": date(2025, 3, 1), "held_review": date(2026, 6, 1)}, False),
        ({"approved_at": date(2025, 4, 1)}, False),
        ({"approved_at": date(2025, 3, 1), "state": "checking"}, False),
    ],
    ids=["no review", "review passed", "review ahead", "not yet a year", "taken up again"],
)
def test_a_lead_held_for_over_a_year_without_a_look_is_flagged(values: dict[str, Any], flagged: bool) -> None:
    assert bool(in_books("RF-L4", Books(TODAY, leads=[_lead(**{"state": "held", **values})]))) is flagged


def test_the_hand_that_put_a_lead_aside_dates_it() -> None:
    lead = _lead(state="held", approved_at=date(2024, 1, 1))
    hands: dict[int, list[Values]] = {1: [{"step": "暂存待查", "when": date(2025, 12, 1)}]}
    assert not in_books("RF-L4", Books(TODAY, leads=[lead], hands=hands))


@pytest.mark.parametrize(("closed", "flagged"), [(8, True), (7, False)])
def test_a_half_year_in_which_most_was_closed_is_flagged_above_the_share(closed: int, flagged: bool) -> None:
    leads = [_lead(number, approved_at=date(2026, 2, 1), mode="close" if number <= closed else "check")
             for number in range(1, 11)]  # fmt: skip
    assert bool(in_books("RF-L5", Books(TODAY, leads=leads))) is flagged


def test_a_unit_with_high_risks_and_nothing_heard_is_flagged_only_when_risks_are_known() -> None:
    unit = row("unit", 3, name="示例工程中心")
    heard = _lead(unit_id=Ref("示例工程中心", "unit", 3), received_at=date(2025, 12, 1))
    assert in_books("RF-L6", Books(TODAY, risky=[unit]))
    assert not in_books("RF-L6", Books(TODAY, leads=[heard], risky=[unit]))
    assert not in_books("RF-L6", Books(TODAY))


@pytest.mark.parametrize(("day", "flagged"), [(date(2025, 3, 17), False), (date(2025, 3, 16), True)])
def test_a_finding_within_the_year_is_something_heard(day: date, flagged: bool) -> None:
    unit = row("unit", 3, name="示例工程中心")
    known = row("finding", duty_unit=Ref("示例工程中心", "unit", 3), found_at=day)
    assert bool(in_books("RF-L6", Books(TODAY, findings=[known], risky=[unit]))) is flagged

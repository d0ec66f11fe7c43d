"""A lead beside its course: days that cannot be, what follows from what, and the clocks of a check."""

from datetime import date

import pytest

from paizhu.base.rows import Value
from paizhu.registers.lead import LEAD, Lead, check, derive
from tests.make import AIDS
from tests.unit.registers.case_values import DAY, SUBJECT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("received_at", "proposed_at"),
        ("received_at", "approved_at"),
        ("received_at", "closed_at"),
        ("inquiry_sent_at", "inquiry_replied_at"),
        ("check_from", "check_report_at"),
        ("check_due", "check_extended_to"),
    ],
)
def test_days_in_an_order_that_cannot_be_are_refused(first: str, second: str) -> None:
    good: dict[str, Value] = {"received_at": date(2026, 1, 5), "subject": SUBJECT, first: DAY, second: DAY}
    assert check(Lead(**good)) == []
    assert len(check(Lead(**{**good, second: date(2026, 3, 4)}))) == 1


def test_what_follows_is_filled() -> None:
    assert derive({"is_top": True}, AIDS) == {"is_team": True}
    assert derive({"first_decided_at": DAY}, AIDS) == {"closed_at": DAY}


@pytest.mark.parametrize(
    ("values", "starts"),
    [
        ({"check_from": DAY}, ["check_from"]),
        ({"check_from": DAY, "check_due": DAY}, ["check_due"]),
        ({"check_from": DAY, "check_due": DAY, "check_extended_to": DAY}, ["check_extended_to"]),
    ],
)
def test_only_one_clock_of_a_check_runs(values: dict[str, Value], starts: list[str]) -> None:
    running = [
        limit.start
        for limit in LEAD.limits
        if limit.until == ("check_report_at",) and values.get(limit.start) and (not limit.only or limit.only(values))
    ]
    assert running == starts

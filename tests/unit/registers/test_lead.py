"""A lead beside its course: days that cannot be, what follows from what, and the clocks of a check."""

import pytest

from paizhu.base.rows import Value
from paizhu.registers.lead import LEAD, derive
from tests.make import AIDS
from tests.unit.registers.case_values import DAY


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

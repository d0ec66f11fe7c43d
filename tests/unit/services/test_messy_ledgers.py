"""Every messy ledger is read right without a click, or after one correction; no wrong value is taken silently."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from paizhu.base import clock
from paizhu.services.office import Office
from tests.unit.services.messy import NAMES, compared, corrected, planned, right

LEAST_LEDGERS, LEAST_OTHERS = 30, 10


@pytest.fixture(autouse=True)
def after_the_year() -> Iterator[None]:
    """Ledgers are brought in when what they tell has happened."""
    with clock.clock_at(datetime(2026, 12, 31, 10)):
        yield


@pytest.mark.parametrize("name", NAMES)
def test_a_messy_ledger_is_read_right(office: Office, name: str) -> None:
    told = right(name)
    plan = planned(office, told)
    first = compared(plan, told)
    assert first.silent == []
    if told["correction"]:
        assert first.differences
        corrected(office, plan, told["correction"])
        first = compared(plan, told)
    plan.drop()
    assert first.silent == []
    assert first.differences == []


def test_there_are_enough_ledgers_and_few_need_a_word() -> None:
    told = [right(name) for name in NAMES]
    assert len(told) >= LEAST_LEDGERS
    others = [each for each in told if each["saved_by"] or not each["file"].endswith((".xlsx", ".xlsm"))]
    assert len(others) >= LEAST_OTHERS
    assert sum(bool(each["correction"]) for each in told) <= 2

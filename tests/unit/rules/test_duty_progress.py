"""How far an item has come: periods done, what is owed by now, papers missing."""

from datetime import date

import pytest

from paizhu.base.rows import Value
from paizhu.rules.duty_progress import planned, progress

TODAY, SOON = date(2026, 9, 17), date(2026, 9, 24)
QUARTERS: list[dict[str, Value]] = [
    {"id": 1, "period": "一季度", "due": date(2026, 3, 28), "completion": "done", "reported_at": date(2026, 3, 28)},
    {"id": 2, "period": "二季度", "due": date(2026, 6, 27), "reported_at": date(2026, 6, 27)},
    {"id": 3, "period": "三季度", "due": date(2026, 9, 22), "completion": "partly"},
    {"id": 4, "period": "四季度", "due": date(2026, 12, 26)},
]
DOING: dict[str, Value] = {"state": "doing", "frequency": "quarterly", "due_date": date(2026, 12, 26)}


def test_periods_done_of_all_and_the_one_that_is_wanted_now() -> None:
    found = progress(DOING, QUARTERS, {}, TODAY, SOON)
    assert (found.done, found.total, found.due) == (2, 4, date(2026, 9, 22))
    assert found.current is not None
    assert found.current.name == "三季度"
    assert found.pending


def test_a_paper_is_owed_for_each_period_up_to_now() -> None:
    files = {"evidence:一季度": 1, "evidence:二季度": 2}
    found = progress(DOING, QUARTERS, files, TODAY, SOON)
    assert [each.name for each in found.owed] == ["一季度", "二季度", "三季度"]
    assert [each.name for each in found.lacking] == ["三季度"]


def test_a_paper_without_a_place_stands_in_for_the_first_that_lacks_one() -> None:
    found = progress(DOING, QUARTERS, {"evidence": 2}, TODAY, SOON)
    assert [each.name for each in found.lacking] == ["三季度"]
    assert found.files == 2


def test_a_written_reason_stands_for_the_paper() -> None:
    rows = [*QUARTERS[:2], {**QUARTERS[2], "no_evidence": "口头传达"}, QUARTERS[3]]
    assert len(progress(DOING, rows, {}, TODAY, SOON).lacking) == 2
    assert not progress({**DOING, "no_evidence": "口头传达"}, QUARTERS, {}, TODAY, SOON).lacking


def test_a_finished_item_owes_no_report() -> None:
    found = progress({**DOING, "state": "done"}, QUARTERS, {}, TODAY, SOON)
    assert (found.done, found.total, found.current, found.pending, found.due) == (4, 4, None, False, None)


def test_periods_nobody_wrote_down_bind_only_by_the_day_of_the_item() -> None:
    found = progress(DOING, [], {}, TODAY, SOON)
    assert [each.name for each in found.periods] == ["一季度", "二季度", "三季度", "四季度"]
    assert (found.owed, found.pending, found.due) == ((), False, date(2026, 12, 26))
    late = progress({**DOING, "due_date": date(2026, 9, 1)}, [], {}, TODAY, SOON)
    assert late.pending
    assert len(late.lacking) == 4


@pytest.mark.parametrize(
    ("frequency", "names", "last"),
    [
        ("monthly", 12, date(2026, 12, 31)),
        ("quarterly", 4, date(2026, 12, 31)),
        ("half_yearly", 2, date(2026, 12, 31)),
        ("yearly", 1, date(2026, 11, 15)),
        ("once", 1, date(2026, 11, 15)),
        ("ad_hoc", 1, date(2026, 11, 15)),
    ],
)
def test_the_frequency_says_how_many_periods_there_are(frequency: str, names: int, last: date) -> None:
    found = planned({"frequency": frequency, "due_date": date(2026, 11, 15)})
    assert len(found) == names
    assert found[-1][1] == last


def test_without_a_day_there_is_one_period_without_a_day() -> None:
    assert planned({"frequency": "quarterly"}) == [("全部", None)]

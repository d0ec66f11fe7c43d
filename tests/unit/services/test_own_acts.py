"""What the program does of itself is none of the officer's acts: the keys of undo and redo walk over his alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.services.reviews.reviewing import Reviewing

REVIEW = registers.register("review_item")
DUTY = registers.register("duty_item")
MONTHLY = {"content": "报送月报", "subject": "驻局纪检监察组", "frequency": "每月", "due_date": "2026-03-25"}
AFTER = datetime(2026, 3, 26, 8, 0)


def item(office: Office, **typed: Any) -> int:
    values = {"title": "甲项目", "category": "大额资金使用", "planned_meeting_at": "2026-03-19 09:30", **typed}
    return office.records.save(REVIEW, values).records[0][1]


def key(office: Office, which: str) -> str:
    """Press the key of undo (Z) or redo (Y) and return what it meant; empty when it meant nothing."""
    entry = office.history.last_undoable() if which == "Z" else office.history.last_redoable()
    if entry is None:
        return ""
    undone = office.history.undo(entry.id)
    assert (undone.kept, undone.named) == ((), ()), undone
    return entry.label


def listed(office: Office, review_id: int) -> int:
    return len(office.records.rows(REVIEW, review_id)["check"])


@pytest.fixture
def reviewing(office: Office) -> Reviewing:
    return Reviewing(office.desk)


def test_the_key_takes_the_officers_act_though_another_item_was_opened_since(
    office: Office, reviewing: Reviewing
) -> None:
    first, second = item(office), item(office, title="乙项目")
    office.records.save(REVIEW, {"title": "甲项目（改）"}, first)
    reviewing.prepare(second)
    assert key(office, "Z").startswith("修改 会前审查")
    assert office.records.get(REVIEW, first).values["title"] == "甲项目"
    assert listed(office, second), "what the program listed stays"


def test_what_an_earlier_version_listed_as_a_save_is_none_either(office: Office) -> None:
    review = item(office)
    with office.vault.act("save", "列出审查要点和材料 会审〔2026〕001") as act:
        act.add_row(REVIEW, review, "check", {"words": "示例要点"})
    meant = office.history.last_undoable()
    assert meant is not None
    assert meant.label.startswith("新增 会前审查")
    assert office.history.conflicts(meant.id) == [], "nobody wrote it, so it holds nothing"
    (point,) = office.records.rows(REVIEW, review)["check"]
    office.records.save(REVIEW, {}, review, rows={"check": [{"id": point.id, "words": "示例要点，已核对"}]})
    assert [each.rows for each in office.history.conflicts(meant.id)] == [("review_item.check",)]


def test_what_is_listed_after_an_undoing_does_not_end_the_redoing(office: Office, reviewing: Reviewing) -> None:
    first, second = item(office), item(office, title="乙项目")
    office.records.save(REVIEW, {"title": "甲项目（改）"}, first)
    key(office, "Z")
    reviewing.prepare(second)
    assert key(office, "Y").startswith("撤销：修改 会前审查")
    assert office.records.get(REVIEW, first).values["title"] == "甲项目（改）"
    assert key(office, "Z").startswith("修改 会前审查")


def test_a_new_item_goes_and_comes_back_with_the_points_listed_for_it(office: Office, reviewing: Reviewing) -> None:
    made = item(office)
    reviewing.prepare(made)
    before = listed(office, made)
    assert key(office, "Z").startswith("新增 会前审查")
    assert office.records.get(REVIEW, made).voided
    assert key(office, "Y")
    assert not office.records.get(REVIEW, made).voided
    reviewing.prepare(made)
    assert listed(office, made) == before > 0


def test_points_taken_back_in_the_journal_are_not_listed_again_until_the_officer_wants_them(
    office: Office, reviewing: Reviewing
) -> None:
    made = item(office)
    change = reviewing.prepare(made)
    assert change is not None
    before = listed(office, made)
    office.history.undo(change.entry)
    assert listed(office, made) == 0
    assert reviewing.prepare(made) is None
    assert key(office, "Y") == f"撤销：{office.history.entry(change.entry).label}", "his last act was to take it back"
    assert listed(office, made) == before
    assert key(office, "Z") == office.history.entry(change.entry).label, "and then to bring it back"
    reviewing.set_category(made, "project")
    assert listed(office, made), "another category has a list of its own"


def test_a_recurring_matter_goes_with_the_next_one_the_program_made_of_it(office: Office) -> None:
    """The next one names the first: that kept the officer's new record, though he had written nothing more."""
    made = office.records.save(DUTY, MONTHLY).records[0][1]
    with clock.clock_at(AFTER):
        change = office.records.recurring.roll()
        assert change is not None
        following = next(each for _register, each in change.records if each != made)
        assert key(office, "Z").startswith("新增 责任清单")
        both = (made, following)
        assert [office.records.get(DUTY, each).voided for each in both] == [True, True]
        assert key(office, "Y")
        assert [office.records.get(DUTY, each).voided for each in both] == [False, False]
        assert office.records.recurring.roll() is None
        assert key(office, "Z")
        assert [office.records.get(DUTY, each).voided for each in both] == [True, True]
    assert not office.history.verify()


def test_a_next_one_that_was_worked_on_since_stays_and_is_told(office: Office) -> None:
    made = office.records.save(DUTY, MONTHLY)
    with clock.clock_at(AFTER):
        change = office.records.recurring.roll()
        assert change is not None
        following = next(each for _register, each in change.records if each != made.records[0][1])
        office.records.save(DUTY, {"content": "报送月报（含附表）"}, following, scope="this")
        undone = office.history.undo(made.entry)
    assert [(each.kind, each.record_id) for each in undone.kept] == [(DUTY.key, following)]
    assert [each.by for each in undone.named] == [(DUTY.key, following)]
    assert not office.records.get(DUTY, following).voided

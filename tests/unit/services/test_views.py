"""Saved views in a real vault: conditions of every kind come back as they were."""

from datetime import date
from decimal import Decimal

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Ref
from paizhu.base.view import Condition, Test
from paizhu.services.office import Office
from paizhu.services.views import SavedView

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")


def test_a_view_comes_back_as_it_was_saved(office: Office) -> None:
    view = SavedView(
        "今年的提醒谈话",
        "year",
        (
            Condition("kind", Test.ONE_OF, ("reminder",)),
            Condition("planned_date", Test.SINCE, date(2026, 1, 1)),
            Condition("subject", Test.POINTS_TO, Ref("孙立新", "person", 3)),
            Condition("headcount", Test.IS, Decimal("3")),
            Condition("place", Test.FILLED),
        ),
        True,
        {"order": ["subject"], "widths": {"subject": 120}, "hidden": [], "sort": ["subject", True]},
    )
    office.views.save(TALK, view)
    assert office.views.get(TALK, "今年的提醒谈话") == view
    assert office.views.names(TALK) == ["今年的提醒谈话"]
    assert office.views.names(PERSON) == []
    office.views.forget(TALK, "今年的提醒谈话")
    assert office.views.get(TALK, "今年的提醒谈话") is None


def test_the_list_as_it_was_left_is_not_among_the_named_views(office: Office) -> None:
    assert office.views.last(TALK) == SavedView()
    office.views.keep_last(TALK, SavedView(facet="missing"))
    assert office.views.last(TALK).facet == "missing"
    assert office.views.names(TALK) == []


def test_a_view_without_a_name_is_refused(office: Office) -> None:
    with pytest.raises(InvalidRecordError, match="名字"):
        office.views.save(TALK, SavedView("  "))


@pytest.mark.parametrize("body", ["不是数据", "[]", '{"conditions": [["没有的项", "is", 1], ["kind", "怎样", 1], 3]}'])
def test_a_damaged_view_gives_back_what_can_be_understood(office: Office, body: str) -> None:
    office.vault.keep("view", "integrity_talk/旧视图", body)
    assert office.views.get(TALK, "旧视图") == SavedView("旧视图")


def test_a_view_is_given_another_name_and_undone(office: Office) -> None:
    view = SavedView("旧名", "year", (Condition("kind", Test.ONE_OF, ("reminder",)),))
    office.views.save(TALK, view)
    office.views.save(TALK, SavedView("另一个"))
    entry = office.views.rename(TALK, "旧名", " 新名 ").entry
    # By their sound: lìng before xīn.
    assert office.views.names(TALK) == ["另一个", "新名"]
    renamed = office.views.get(TALK, "新名")
    assert renamed is not None
    assert renamed.conditions == view.conditions
    for wrong, words in (("", "名字"), ("另一个", "已有")):
        with pytest.raises(InvalidRecordError, match=words):
            office.views.rename(TALK, "新名", wrong)
    office.history.undo(entry)
    assert office.views.names(TALK) == ["旧名", "另一个"]

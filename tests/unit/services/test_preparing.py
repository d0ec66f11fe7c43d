"""What stands against storing a record, and where on the form it is said."""

from datetime import date
from decimal import Decimal

import pytest

from paizhu import registers
from paizhu.base.rows import Ref, Value
from paizhu.services import preparing
from paizhu.services.office import Office

AHEAD = date(2029, 11, 23)


@pytest.mark.parametrize("name", ["named", "notice_at", "feedback_mode", "new_evidence"])
@pytest.mark.parametrize("typed", ["绝不外露者", "绝不外露者一大段话" * 9, ["绝不外露者"]])
def test_a_refusal_does_not_repeat_words_of_class_p4(name: str, typed: object, office: Office) -> None:
    letter = registers.register("petition")
    (found,) = preparing.read_typed(letter, {name: typed}, office.desk.reading).problems
    assert "绝不外露" not in found.message
    assert "●●●" in found.message


def test_a_day_of_class_p4_that_cannot_be_is_refused_without_repeating_it(office: Office) -> None:
    letter = registers.register("petition")
    ahead = preparing.objections(letter, {"received_at": date(2026, 3, 2), "summary": "示例", "notice_at": AHEAD})
    assert [each.field for each in ahead] == ["notice_at"]
    assert AHEAD.isoformat() not in ahead[0].message


@pytest.mark.parametrize(
    ("key", "values", "field"),
    [
        ("review_item", {"title": "示例", "amount": Decimal(-1)}, "amount"),
        ("review_item", {"title": "示例", "vote_for": -1}, "vote_for"),
        ("meeting", {"name": "示例", "expected": 3, "present": 5}, "present"),
        ("outside_work", {"what": "示例", "done_on": date(2026, 3, 2), "hours": Decimal(5000)}, "hours"),
        ("measure", {"subject": Ref("示例甲"), "decided_at": date(2026, 3, 2), "kind": "party_warning",
                     "measure_class": "admin"}, "kind"),
    ],
)  # fmt: skip
def test_an_objection_stands_at_the_field_it_begins_with(key: str, values: dict[str, Value], field: str) -> None:
    (found,) = preparing.objections(registers.register(key), values)
    assert found.field == field

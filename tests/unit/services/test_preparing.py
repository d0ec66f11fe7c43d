"""What stands against storing a record, and where on the form it is said."""

from datetime import date
from decimal import Decimal

import pytest

from paizhu import registers
from paizhu.base.rows import Ref, Value
from paizhu.services import preparing


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

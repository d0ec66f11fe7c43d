"""Who may approve a talk himself: where nobody knows who manages the cadre, the grounds are to be written."""

from typing import Any

import pytest

from paizhu.base.flow import Facts
from paizhu.base.rows import Ref
from paizhu.registers.talk_guards import approved_on_grounds
from tests.unit.registers.case_values import LEADER, OFFICER, SUBJECT

OWN: dict[str, Any] = {"kind": "routine", "subject": SUBJECT, "approver": OFFICER}


def asked(values: dict[str, Any], managed: bool | None = None) -> str:
    """Return what is asked for; empty where the step may be taken."""
    problem = approved_on_grounds(Facts(values, user=OFFICER, above=lambda _who: managed))
    return problem.message if problem else ""


def test_the_gap_is_named_with_the_field_to_fill() -> None:
    problem = approved_on_grounds(Facts(OWN, user=OFFICER))
    assert problem is not None
    assert problem.field == "approve_note"
    assert "名册没有写明示例某的干部管理权限" in problem.message
    assert problem.elsewhere is not None
    assert (problem.elsewhere.record, problem.elsewhere.field) == (SUBJECT, "cadre_authority")


def test_somebody_outside_the_roster_leads_nowhere_else() -> None:
    problem = approved_on_grounds(Facts({**OWN, "subject": Ref("示例来客")}, user=OFFICER))
    assert problem is not None
    assert "示例来客不在名册里" in problem.message
    assert problem.elsewhere is None


@pytest.mark.parametrize(
    "told",
    [
        {"approve_note": "组长出差，电话授权"},
        {"approver": LEADER},
        {"kind": "collective"},
        {"kind": "holiday"},
    ],
    ids=["grounds written", "approved by the head", "collective", "before a holiday"],
)
def test_nothing_is_asked_where_it_says_nothing(told: dict[str, Any]) -> None:
    assert asked({**OWN, **told}) == ""


@pytest.mark.parametrize("managed", [True, False])
def test_nothing_is_asked_where_the_roster_tells(managed: bool) -> None:
    assert asked(OWN, managed) == ""


def test_a_talk_about_a_lead_is_asked_for_its_words_once() -> None:
    assert asked({**OWN, "lead_ref": Ref("线〔2026〕0001")}) == ""

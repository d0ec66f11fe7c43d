"""廉政风险点 and 廉政档案: what the program proposes, what it refuses, what starts their clocks."""

from datetime import date
from typing import Any

import pytest

from paizhu.base.field import Sens
from paizhu.base.flow import Facts, objections
from paizhu.base.rows import Ref, Values
from paizhu.registers.archive import ARCHIVE
from paizhu.registers.archive import FLOW as ARCHIVE_FLOW
from paizhu.registers.risk import FLOW, RISK, RiskPoint, check, derive, proposed
from paizhu.services.out.classes import fields_out
from tests.make import AIDS


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [(5, 5, "high"), (3, 5, "high"), (4, 3, "mid"), (2, 3, "mid"), (1, 5, "low"), (1, 1, "low"), (None, 5, None)],
)
def test_a_level_is_proposed_from_likelihood_and_impact(likelihood: int | None, impact: int, level: str | None) -> None:
    assert proposed(likelihood, impact) == level


def test_the_officers_own_grade_is_left_alone() -> None:
    assert derive({"likelihood": 5, "impact": 5, "level": "low"}, AIDS) == {"proposed_level": "high"}
    assert derive({"likelihood": 5}, AIDS) == {}


def test_grades_outside_one_to_five_are_refused() -> None:
    wrong = RiskPoint(name="示例", likelihood=6, impact=0)
    assert check(wrong) == ["发生概率填 1 至 5", "影响程度填 1 至 5"]
    assert check(RiskPoint(name="示例", likelihood=1, impact=5)) == []


def test_a_risk_is_not_lowered_while_it_carries_the_highest_level() -> None:
    step = FLOW.step("valid", "downgraded")
    assert step is not None
    values: dict[str, Any] = {"level": "high", "review_at": date(2026, 3, 5)}
    rows: dict[str, tuple[Values, ...]] = {"regrade": ({"on": date(2026, 3, 5), "after": "mid"},)}
    assert [p.message for p in objections(step, Facts(values, rows), RISK.label_of)] == [
        "风险等级还是“高”，请先改为降级后的等级"
    ]
    assert objections(step, Facts({**values, "level": "mid"}, rows), RISK.label_of) == []


def archive_against(**changed: Any) -> list[str]:
    step = ARCHIVE_FLOW.step("group_wait", "group_passed")
    assert step is not None
    values: dict[str, Any] = {
        "person_id": Ref("示例甲"),
        "opened_at": date(2026, 1, 5),
        "refreshed_at": date(2026, 1, 5),
        "review_note": "同意归档",
        "reviewer": Ref("审核人"),
        "reviewed_at": date(2026, 1, 6),
    } | changed
    facts = Facts(values, {}, lambda one, _other: one.label == "亲属", changed.pop("user", None))
    return [problem.message for problem in objections(step, facts, ARCHIVE.label_of)]


def test_nobody_reviews_his_own_archive_or_a_relatives() -> None:
    assert archive_against() == []
    for reviewer in (Ref("示例甲"), Ref("亲属")):
        assert any("应当回避" in words for words in archive_against(reviewer=reviewer))


def test_the_assessment_never_leaves_by_default_and_part_c_is_not_kept() -> None:
    assert ARCHIVE.field("assessment").sens is Sens.P3
    assert "assessment" not in {field.name for field in fields_out(ARCHIVE)}
    kept = {child.key for child in ARCHIVE.rows}
    assert not kept & {"arc_marriage", "arc_passport", "arc_abroad", "arc_income", "arc_house", "arc_stock"}

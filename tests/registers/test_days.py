"""Days of every register: what happened is not in the future, no day precedes the one it follows, and both are told.

Whether a day is planned or happened is decided once for each field, here in one list: a new day that is in neither list
of the declaration counts as happened.
"""

from datetime import date, datetime, timedelta

import pytest

from paizhu.base import happened
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Value, Values
from paizhu.registers import every_kind, register
from paizhu.services import preparing
from tests.make import make_values

TODAY = date(2026, 3, 16)
TOMORROW = TODAY + timedelta(days=1)
PLANNED = {
    "duty_item": {"due_date"},
    "period": {"due"},
    "urging": {"reply_due"},
    "duty_extension": {"old_due", "new_due"},
    "review_item": {"supplement_due", "postponed_until", "follow_date"},
    "integrity_talk": {"planned_date"},
    "requirement": {"due"},
    "petition": {"required_end", "transfer_due"},
    "lead": {"check_due", "check_extended_to", "held_review", "moved_due"},
    "lead_extension": {"old_due", "new_due"},
    "case": {"period_to", "appeal_due"},
    "extension": {"old_due", "new_due"},
    "measure": {"period_to_set", "probation_to", "probation_extended_to", "pay_due"},
    "revisit": {"planned_at"},
    "appeal": {"due"},
    "unit": {"valid_from", "valid_to"},
    "spending_rule": {"valid_from", "valid_to"},
    "post_history": {"held_from", "held_to"},
    "business_link": {"valid_from", "valid_to"},
    "opinion_person": {"appointed_at"},
    "arc_banquet": {"on"},
    "finding": {"due", "redo_due", "long_check"},
    "finding_extension": {"old_due", "new_due"},
    "proposal": {"reply_due"},
    "problems": {"due"},
    "proposal_extension": {"old_due", "new_due"},
}
"""Days that may lie ahead whatever else stands in the record: terms, plans, and what takes effect later."""
UNTIL: dict[tuple[str, str], tuple[Values, Values]] = {
    ("meeting", "held_at"): ({"state": "planned"}, {"state": "held"}),
    ("review_item", "planned_meeting_at"): ({"state": "feedback_sent"}, {"state": "on_agenda"}),
    ("integrity_talk", "revisit_date"): ({}, {"revisit_result": "示例结果"}),
    ("supervision_activity", "start_date"): ({"state": "approved"}, {"state": "going"}),
    ("supervision_activity", "end_date"): ({"state": "going"}, {"state": "written"}),
}
"""Days that are planned until something happened: what stands in the record before it, and after it."""

GROUNDS: dict[str, Values] = {"measure": {"period_reason": "示例理由", "doc_no": "示例〔2026〕1 号"}}
"""What a register asks for beside a day, so that nothing but the day itself is objected to."""

DAYS = [(kind, field) for kind in every_kind() for field in kind.days if not field.computed]
FACTS = [
    pytest.param(kind, field, id=f"{kind.key}.{field.name}") for kind, field in DAYS if field.dated.planned is False
]
ORDERED = [
    pytest.param(kind, field, name, id=f"{kind.key}.{name}-{field.name}")
    for kind, field in DAYS
    for name in field.dated.after
]


def on(field: Field, day: date) -> Value:
    """Return a day as this field keeps it; a month for a month."""
    return day.isoformat()[:7] if field.kind is FieldKind.MONTH else day


def words_at(kind: Register, name: str, values: Values) -> str:
    """Return what the services say at a field when such values are to be stored."""
    typed = {field.name for field in kind.days}
    found = [each.message for each in preparing.objections(kind, values, typed) if each.field == name]
    return found[0] if found else ""


def fresh(kind: Register) -> dict[str, Value]:
    """Return values with which a record can be saved, and no day beside those that identify it."""
    needed = {field.name for field in kind.fields if field.required}
    made: dict[str, Value] = {name: value for name, value in make_values(kind).items() if name in needed}
    return {**made, **GROUNDS.get(kind.key, {})}


def test_every_day_that_may_lie_ahead_is_known_here() -> None:
    declared = {
        kind.key: names
        for kind in every_kind()
        if (names := {field.name for field in kind.days if field.dated.planned is True})
    }
    assert declared == PLANNED


def test_every_day_that_is_planned_for_a_while_is_known_here() -> None:
    declared = {(kind.key, field.name) for kind, field in DAYS if not isinstance(field.dated.planned, bool)}
    assert declared == set(UNTIL)


@pytest.mark.parametrize(("kind", "field"), FACTS)
def test_what_happened_is_refused_in_the_future(kind: Register, field: Field) -> None:
    ahead = date(2026, 4, 1) if field.kind is FieldKind.MONTH else TOMORROW
    words = words_at(kind, field.name, {**fresh(kind), field.name: on(field, ahead)})
    assert words.startswith(f"“{field.label}”记的是已经发生的事")
    # What is said stands beside the field, also where that is covered.
    assert (str(on(field, ahead)) in words) is (field.sens < Sens.P4)
    assert "今天是 2026-03-16" in words
    assert words_at(kind, field.name, {**fresh(kind), field.name: on(field, TODAY)}) == ""


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in PLANNED.items() for name in sorted(names)])
def test_what_is_planned_may_lie_ahead(key: str, name: str) -> None:
    kind = next(each for each in every_kind() if each.key == key and each.has(name))
    assert words_at(kind, name, {**fresh(kind), name: TOMORROW}) == ""


@pytest.mark.parametrize(("key", "name"), UNTIL)
def test_a_plan_becomes_a_fact(key: str, name: str) -> None:
    kind, (before, after) = register(key), UNTIL[key, name]
    assert words_at(kind, name, {**fresh(kind), **before, name: TOMORROW}) == ""
    assert "还没有到" in words_at(kind, name, {**fresh(kind), **after, name: TOMORROW})
    assert words_at(kind, name, {**fresh(kind), **after, name: TODAY}) == ""


@pytest.mark.parametrize(("kind", "field", "before"), ORDERED)
def test_a_day_does_not_precede_what_it_follows(kind: Register, field: Field, before: str) -> None:
    first, late, early = kind.field(before), date(2026, 3, 2), date(2026, 2, 1)
    values = {**fresh(kind), before: on(first, late)}
    words = words_at(kind, field.name, {**values, field.name: on(field, early)})
    assert words == f"“{field.label}”早于“{first.label}”（{on(first, late)}）"
    assert words_at(kind, field.name, {**values, field.name: on(field, late)}) == ""


@pytest.mark.parametrize(("kind", "field", "before"), ORDERED)
def test_the_order_of_days_has_no_circle(kind: Register, field: Field, before: str) -> None:
    seen, waiting = set(), [before]
    while waiting:
        name = waiting.pop()
        assert name != field.name
        if name not in seen:
            seen.add(name)
            waiting += kind.field(name).dated.after


def test_a_moment_of_today_has_happened_and_moments_of_one_day_are_in_order() -> None:
    talk = register("integrity_talk")
    morning, later = datetime(2026, 3, 16, 9), datetime(2026, 3, 16, 23, 59)
    assert words_at(talk, "end_at", {**fresh(talk), "start_at": morning, "end_at": later}) == ""
    words = words_at(talk, "end_at", {**fresh(talk), "start_at": later, "end_at": morning})
    # Of one day only the time tells them apart.
    assert words == f"“结束时间”早于“谈话时间”（{later:%Y-%m-%d %H:%M}）"
    assert words_at(talk, "end_at", {**fresh(talk), "start_at": later, "end_at": TODAY}) == ""


def test_an_earlier_feedback_stands_beside_a_new_opinion_until_it_is_sent_again() -> None:
    review = register("review_item")
    values: Values = {"opinion_date": date(2026, 3, 5), "feedback_date": date(2026, 3, 2)}
    signed, sent = {**values, "state": "opinion_signed"}, {**values, "state": "feedback_sent"}
    assert happened.problems(review, signed, TODAY) == []
    for found in (happened.problems(review, signed, TODAY, ("feedback_date",)), happened.problems(review, sent, TODAY)):
        assert [problem.message for problem in found] == ["“反馈日期”早于“意见日期”（2026-03-05）"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (date(2026, 12, 5), date(2025, 12, 5)),
        (date(2062, 3, 5), date(2026, 3, 5)),
        (datetime(2027, 3, 6, 9, 30), datetime(2026, 3, 6, 9, 30)),
        (date(2028, 2, 29), None),
        ("2028-01", None),
    ],
)
def test_a_future_day_is_taken_for_one_of_this_year_or_the_last(typed: Value, meant: date | None) -> None:
    assert happened.last_that_was(typed, TODAY) == meant

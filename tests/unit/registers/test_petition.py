"""A petition: what may be kept, who is told, and the course from receipt to archive."""

from datetime import date

import pytest

from paizhu.base.field import FieldKind, Sens
from paizhu.base.rows import Ref, Sealed, Value, Values
from paizhu.registers.petition import PETITION, Petition, check, derive
from paizhu.registers.petition_flow import FLOW, arrive, owed_an_answer
from paizhu.registers.petition_rows import INFORMANT
from paizhu.services.preparing import kept_below
from tests.make import AIDS
from tests.unit.registers.case_values import DAY, OFFICER, SECOND, SUBJECT, allowed, refused, walk
from tests.unit.registers.petition_stages import ANSWERED, CLOSING, FILED, HANDLED, RECEIVED, TOLD, UPPER


def without(values: Values, *names: str) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name not in names}


def made(values: Values) -> Petition:
    return Petition(**values)


def test_a_named_petition_goes_from_receipt_to_archive() -> None:
    walk(
        PETITION,
        [
            ("screening", RECEIVED),
            ("accepted", {"accepted_at": DAY}),
            ("as_lead", {"lead_ref": Ref("线〔2026〕0001"), "issue_types": ("integrity",)}),
            ("closed", {**HANDLED, **CLOSING, **TOLD}),
            ("feedback", ANSWERED),
            ("archived", FILED),
        ],
    )


def test_a_petition_passed_on_comes_back_and_can_be_urged() -> None:
    handed = {**HANDLED, "handling": "assign", "transfer_to": Ref("示例所"), "transfer_at": DAY, "transfer_due": DAY}
    walk(
        PETITION,
        [
            ("screening", {**RECEIVED, "named": "anonymous"}),
            ("accepted", {"accepted_at": DAY}),
            ("assigned", handed),
            ("waiting_feedback", {}),
            ("assigned", {"urged_at": DAY}),
            ("waiting_feedback", {}),
            ("closed", CLOSING),
            ("archived", FILED),
        ],
    )


def test_an_item_of_the_upper_level_is_only_handed_on() -> None:
    walk(PETITION, [("screening", UPPER), ("up", {"transfer_at": DAY})])


def test_new_evidence_makes_a_lead_of_a_closed_petition() -> None:
    values = {**RECEIVED, **ANSWERED, "new_evidence": True, "lead_ref": Ref("线〔2026〕0002")}
    assert refused(PETITION, "feedback", "as_lead", values) == []


def test_the_next_states_are_those_of_the_table() -> None:
    assert allowed(FLOW) == {
        "received": {"screening"},
        "screening": {"accepted", "up", "down", "returned", "kept"},
        "up": set(),
        "down": {"waiting_feedback", "archived"},
        "returned": set(),
        "kept": set(),
        "accepted": {"as_lead", "assigned", "closed"},
        "assigned": {"waiting_feedback"},
        "waiting_feedback": {"closed", "assigned"},
        "as_lead": {"closed"},
        "closed": {"feedback", "archived"},
        "feedback": {"archived", "as_lead"},
        "archived": set(),
    }


@pytest.mark.parametrize(
    ("before", "after"), [("received", "accepted"), ("received", "closed"), ("up", "accepted"), ("archived", "closed")]
)
def test_a_jump_is_no_step(before: str, after: str) -> None:
    assert FLOW.step(before, after) is None


@pytest.mark.parametrize(
    "name",
    ["petition_date", "channel", "origin", "named", "summary", "petition_class", "is_repeat", "unit_id", "handler"],
)
def test_sorting_needs_a_full_registration(name: str) -> None:
    words = refused(PETITION, "received", "screening", without(RECEIVED, name))
    assert len(words) == 1
    assert PETITION.label_of(name) in words[0]


def test_an_accusation_is_about_somebody_or_some_body() -> None:
    nobody = without(RECEIVED, "reported_names")
    assert refused(PETITION, "received", "screening", nobody) == ["reported_names"]
    assert "reported_names" in PETITION.wanted_now({**nobody, "state": "received"})
    for other in ({"reported_unit": Ref("示例所")}, {"petition_class": "suggestion"}):
        assert refused(PETITION, "received", "screening", {**nobody, **other}) == []
        assert "reported_names" not in PETITION.wanted_now({**nobody, **other, "state": "received"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("summary", "示例内容"), ("reported_names", (SUBJECT,)), ("proposal", "拟转"), ("remarks", "内容")],
)
def test_content_of_the_upper_level_is_refused(name: str, value: Value) -> None:
    (words,) = check(made({**UPPER, "transfer_at": DAY, name: value}))
    assert "不得" in words


@pytest.mark.parametrize("key", ["informant", "reported", "opinion"])
def test_rows_of_the_upper_level_are_refused(key: str) -> None:
    rows = {key: [{"name": Sealed("封存")}]}
    (found,) = kept_below(PETITION, {**UPPER, "transfer_at": DAY}, rows, 0)
    assert PETITION.child(key).label in found.message


def test_content_of_the_upper_level_is_not_saved() -> None:
    (words,) = check(made({**UPPER, "summary": "示例内容", "reported_names": (SUBJECT,)}))
    assert "主要问题摘要" in words
    assert "被反映人" in words


def test_nothing_is_lacking_of_an_item_handed_to_the_upper_level() -> None:
    assert PETITION.wanted_now({**UPPER, "state": "up", "transfer_at": DAY}) == ()
    assert PETITION.wanted_now({**UPPER, "state": "up"}) == ("transfer_at",)
    assert "summary" in PETITION.wanted_now({"received_at": DAY, "own_level": "own", "state": "accepted"})


def test_number_date_and_hand_over_of_the_upper_level_are_saved() -> None:
    kept = {
        **UPPER,
        "channel": "letter",
        "transfer_to": Ref("示例上级"),
        "transfer_at": DAY,
        "transfer_no": "示转〔2026〕1号",
    }
    assert check(made(kept)) == []


@pytest.mark.parametrize(
    ("after", "level", "entered"),
    [
        ("accepted", "upper", {"accepted_at": DAY}),
        ("accepted", "outside", {"accepted_at": DAY}),
        ("up", "own", {"transfer_at": DAY}),
        ("down", "upper", {"transfer_at": DAY, "transfer_to": Ref("示例所")}),
        ("returned", "own", {"return_reason": "范围外", "returned_at": DAY}),
    ],
)
def test_the_level_decides_where_an_item_goes(after: str, level: str, entered: dict[str, Value]) -> None:
    assert len(refused(PETITION, "screening", after, {**RECEIVED, **entered, "own_level": level})) == 1


def test_what_is_outside_the_remit_goes_back() -> None:
    entered = {**RECEIVED, "own_level": "outside", "return_reason": "不属受理范围", "returned_at": DAY}
    assert refused(PETITION, "screening", "returned", entered) == []


def test_a_repeat_item_names_the_first_one() -> None:
    repeat: dict[str, Value] = {**RECEIVED, "is_repeat": True, "accepted_at": DAY}
    assert refused(PETITION, "screening", "accepted", repeat) == ["first_ref"]
    handed = {**repeat, "own_level": "lower", "transfer_to": Ref("示例所"), "transfer_at": DAY}
    assert refused(PETITION, "screening", "down", handed) == ["first_ref"]
    assert refused(PETITION, "screening", "kept", repeat) == ["first_ref"]
    assert refused(PETITION, "screening", "kept", {**repeat, "first_ref": Ref("信〔2026〕0001")}) == []


def test_only_a_repeat_item_is_put_aside() -> None:
    assert len(refused(PETITION, "screening", "kept", {**RECEIVED, "first_ref": Ref("信〔2026〕0001")})) == 1


@pytest.mark.parametrize("name", ["notice_mode", "notice_at", "notice_by"])
@pytest.mark.parametrize("before", ["accepted", "waiting_feedback", "as_lead"])
def test_a_named_item_is_not_closed_before_its_informant_was_told(before: str, name: str) -> None:
    values = {**RECEIVED, **HANDLED, **CLOSING, **TOLD}
    assert refused(PETITION, before, "closed", values) == []
    assert len(refused(PETITION, before, "closed", without(values, name))) == 1


def test_closing_needs_a_result() -> None:
    values = {**RECEIVED, **HANDLED, **CLOSING, **TOLD}
    assert refused(PETITION, "accepted", "closed", without(values, "result", "closed_at")) == ["result", "closed_at"]


def test_a_named_item_is_answered_before_it_is_filed() -> None:
    assert len(refused(PETITION, "closed", "archived", {**RECEIVED, **FILED})) == 1
    assert refused(PETITION, "closed", "archived", {**RECEIVED, **FILED, "named": "anonymous"}) == []


@pytest.mark.parametrize("change", [{"named": "anonymous"}, {"is_repeat": True}, {"own_level": "lower"}])
def test_nobody_is_answered_who_is_owed_nothing(change: dict[str, Value]) -> None:
    assert owed_an_answer(RECEIVED)
    assert len(refused(PETITION, "closed", "feedback", {**RECEIVED, **ANSWERED, **change})) == 1


def test_without_new_evidence_an_answered_item_is_not_reopened() -> None:
    values = {**RECEIVED, **ANSWERED, "lead_ref": Ref("线〔2026〕0002")}
    assert len(refused(PETITION, "feedback", "as_lead", values)) == 1


def test_nobody_accepts_a_petition_about_himself() -> None:
    values = {**RECEIVED, "accepted_at": DAY, "reported_names": (SECOND, OFFICER)}
    (words,) = refused(PETITION, "screening", "accepted", values, user=OFFICER)
    assert "回避" in words


def test_a_relative_does_not_handle_a_petition() -> None:
    values = {**RECEIVED, "accepted_at": DAY, "handler": SECOND}
    (words,) = refused(PETITION, "screening", "accepted", values, related=lambda a, b: {a, b} == {SECOND, SUBJECT})
    assert "回避" in words


def test_informants_are_sealed_and_what_was_told_them_is_p4() -> None:
    for field in INFORMANT.fields:
        assert field.name == "mark" or field.kind is FieldKind.SEALED
    for name in ("named", "notice_at", "notice_by", "feedback_at", "feedback_reaction", "new_evidence"):
        assert PETITION.field(name).sens is Sens.P4


@pytest.mark.parametrize(
    ("people", "channel", "group"), [(5, "visit", True), (4, "visit", False), (9, "letter", False)]
)
def test_five_visitors_are_a_group(people: int, channel: str, group: bool) -> None:
    assert derive({"people": people, "channel": channel}, AIDS)["is_group"] is group


def test_a_ledger_that_knows_only_the_day_of_the_letter_still_has_a_day_of_receipt() -> None:
    assert derive({"petition_date": DAY}, AIDS)["received_at"] == DAY


def test_naming_the_first_item_makes_a_repeat() -> None:
    assert derive({"first_ref": Ref("信〔2026〕0001")}, AIDS)["is_repeat"] is True


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "received"),
        ({"own_level": "own"}, "screening"),
        ({"own_level": "upper"}, "screening"),
        ({"own_level": "upper", "transfer_at": DAY}, "up"),
        ({"own_level": "lower", "transfer_at": DAY}, "down"),
        ({"own_level": "outside"}, "returned"),
        ({"accepted_at": DAY}, "accepted"),
        ({"handling": "transfer"}, "waiting_feedback"),
        ({"handling": "keep"}, "kept"),
        ({"first_ref": Ref("信〔2025〕0003")}, "kept"),
        ({"lead_ref": Ref("线〔2025〕0003")}, "as_lead"),
        ({"lead_ref": Ref("线〔2025〕0003"), "closed_at": DAY}, "archived"),
        ({"result": "untrue"}, "archived"),
        ({"named": "real", "closed_at": DAY}, "archived"),
    ],
)
def test_an_old_petition_stands_where_it_ended(values: dict[str, Value], state: str) -> None:
    assert arrive(values, date(2026, 3, 6)) == state


def test_nobody_at_all_does_not_come() -> None:
    assert check(made(RECEIVED)) == []
    assert len(check(made({**RECEIVED, "people": 0}))) == 1


@pytest.mark.parametrize(
    ("rule", "values", "runs"),
    [
        ("T17", RECEIVED, True),
        ("T17", {**RECEIVED, "named": "joint"}, True),
        ("T17", {**RECEIVED, "named": "anonymous"}, False),
        ("T17", {**RECEIVED, "is_repeat": True}, False),
        ("T17", {**RECEIVED, "own_level": "lower"}, False),
        ("T18", RECEIVED, True),
        ("T18", {**RECEIVED, "named": "anonymous"}, False),
        ("T19", UPPER, True),
        ("T19", RECEIVED, False),
        ("T20", {**RECEIVED, "origin": "commission"}, True),
        ("T20", RECEIVED, False),
    ],
)
def test_a_clock_runs_only_where_the_rule_asks(rule: str, values: dict[str, Value], runs: bool) -> None:
    limit = next(each for each in PETITION.limits if each.rule == rule)
    assert limit.only is not None
    assert limit.only(values) is runs

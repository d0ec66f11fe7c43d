"""A measure: what kind it is, what it starts, and what an old ledger may say about it."""

from datetime import date

import pytest

from paizhu.base.register import LimitFrom, Register
from paizhu.base.rows import Value
from paizhu.registers.measure import MEASURE, Measure, check, derive
from paizhu.registers.measure_kinds import CLASS_OF, MEASURE_CLASSES, MEASURE_KINDS
from paizhu.registers.measure_rows import APPEAL
from tests.make import AIDS
from tests.unit.registers.case_values import DAY, SUBJECT

LEAST: dict[str, Value] = {"subject": SUBJECT, "decided_at": DAY}


def running(register: Register, values: dict[str, Value]) -> list[LimitFrom]:
    return [
        limit
        for limit in register.limits
        if values.get(limit.start)
        and not any(values.get(name) for name in limit.until)
        and (not limit.only or limit.only(values))
    ]


def rules(register: Register, values: dict[str, Value]) -> list[str]:
    return [limit.rule for limit in running(register, values)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("党内警告", "party_warning"),
        ("党内严重警告", "party_serious_warning"),
        ("严重警告", "party_serious_warning"),
        ("撤销党内职务", "party_removal"),
        ("留党察看一年", "party_probation"),
        ("开除党籍", "party_expulsion"),
        ("政务警告", "admin_warning"),
        ("记过", "admin_demerit"),
        ("记大过", "admin_major_demerit"),
        ("降级", "admin_demotion"),
        ("撤职", "admin_removal"),
        ("开除公职", "admin_discharge"),
        ("免职", "remove"),
        ("诫勉谈话", "admonish"),
        ("批评教育", "criticise"),
        ("警告", "warning"),
    ],
)
def test_kinds_are_understood_as_ledgers_write_them(words: str, code: str) -> None:
    assert MEASURE.field("kind").by_label[words].code == code


def test_every_kind_but_the_untold_warning_has_a_class() -> None:
    classes = {each.code for each in MEASURE_CLASSES}
    assert {kind.code for kind in MEASURE_KINDS} - set(CLASS_OF) == {"warning"}
    assert set(CLASS_OF.values()) == classes


@pytest.mark.parametrize(
    ("group", "code"), [("party", "party_warning"), ("admin", "admin_warning"), ("unit", "unit_warning")]
)
def test_a_bare_warning_is_told_by_its_class(group: str, code: str) -> None:
    assert derive({"kind": "warning", "measure_class": group}, AIDS)["kind"] == code


def test_a_bare_warning_without_class_is_not_guessed() -> None:
    assert derive({**LEAST, "kind": "warning"}, AIDS) == {}


@pytest.mark.parametrize(
    ("kind", "group"), [("party_removal", "party"), ("admin_demotion", "admin"), ("remind", "first_form")]
)
def test_the_kind_tells_the_class(kind: str, group: str) -> None:
    assert derive({"kind": kind}, AIDS)["measure_class"] == group


def test_a_class_that_was_typed_stays_and_is_checked() -> None:
    assert "measure_class" not in derive({"kind": "party_warning", "measure_class": "admin"}, AIDS)
    assert len(check(Measure(**LEAST, kind="party_warning", measure_class="admin"))) == 1
    assert check(Measure(**LEAST, kind="party_warning", measure_class="party")) == []


def test_a_period_starts_with_the_decision() -> None:
    assert derive({**LEAST, "kind": "party_warning"}, AIDS)["period_from"] == DAY
    assert derive({**LEAST, "kind": "admin_demerit"}, AIDS)["period_from"] == DAY


def test_a_period_after_probation_starts_when_rights_are_restored() -> None:
    made = derive({**LEAST, "kind": "party_probation"}, AIDS)
    assert made["probation_from"] == DAY
    assert made["period_from"] is None
    restored = date(2027, 3, 5)
    assert derive({**LEAST, "kind": "party_probation", "rights_restored_at": restored}, AIDS)["period_from"] == restored


def test_an_end_that_was_typed_wins() -> None:
    end = date(2027, 3, 4)
    made = derive({**LEAST, "kind": "party_warning", "period_to_set": end}, AIDS)
    assert made["period_to"] == end
    assert made["expired_at"] == end


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("party_warning", ["T09", "T09", "T10", "C14"]),
        ("party_removal", ["T09", "T09", "T09", "T10", "C14"]),
        ("admin_demerit", ["C14"]),
        ("admin_demotion", ["T11", "C14"]),
        ("admin_discharge", ["T11", "C14"]),
        ("remind", []),
    ],
)
def test_a_decision_starts_the_clocks_of_its_kind(kind: str, expected: list[str]) -> None:
    assert rules(MEASURE, {**LEAST, "kind": kind}) == expected


def test_an_extended_change_of_pay_runs_to_its_own_date() -> None:
    found = running(MEASURE, {**LEAST, "kind": "admin_demotion", "pay_due": date(2026, 9, 5)})
    assert [(limit.start, limit.rule) for limit in found] == [("pay_due", ""), ("decided_at", "C14")]


def test_a_measure_that_was_carried_out_starts_nothing() -> None:
    assert rules(MEASURE, {**LEAST, "kind": "party_removal", "executed_at": DAY}) == []


def test_a_revoked_punishment_is_not_revisited() -> None:
    assert "C14" not in rules(MEASURE, {**LEAST, "kind": "party_warning", "changed": "revoked"})


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [("reexamination", ["T12"], ["T13"]), ("second_review", ["T14"], ["T15"]), ("party_appeal", [], ["T16"])],
)
def test_each_kind_of_appeal_has_its_own_clock(kind: str, before: list[str], after: list[str]) -> None:
    assert rules(APPEAL, {"kind": kind, "got_at": DAY}) == before
    assert rules(APPEAL, {"kind": kind, "got_at": DAY, "applied_at": DAY}) == after
    assert rules(APPEAL, {"kind": kind, "applied_at": DAY, "due": DAY}) == [""]
    assert rules(APPEAL, {"kind": kind, "applied_at": DAY, "due": DAY, "decided_at": DAY}) == []

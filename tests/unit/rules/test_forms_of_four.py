"""四种形态: from a lead to its heaviest result, one person and one matter once."""

from typing import Any

import pytest

from paizhu.base.rows import Ref, Row
from paizhu.registers.measure_kinds import MEASURE_KINDS
from paizhu.rules.forms_of_four import disagreements, results, without_lead
from paizhu.rules.indicators import figure, shipped
from paizhu.rules.periods import period
from tests.unit.rules.made_rows import ledger, row, somebody, to

CATALOGUE = shipped()
SPAN = period("2026")


def lead(number: int, who: int = 1, **values: Any) -> Row:
    return row("lead", number, subject=somebody(who), received_at="2026-01-05", **values)


def case(number: int, who: int = 1, **values: Any) -> Row:
    return row("case", number, subject=somebody(who), filed_at="2026-03-01", **values)


def measure(number: int, kind: str, day: str = "2026-06-10", who: int = 1, **values: Any) -> Row:
    return row("measure", number, subject=somebody(who), kind=kind, decided_at=day, **values)


def forms(*rows: Row) -> dict[str, int]:
    """Return 人次 by form, nothing where there is none."""
    book = ledger(*rows)
    found = {code: figure(CATALOGUE, code, book, SPAN) for code in ("I-401", "I-402", "I-403", "I-404")}
    total = figure(CATALOGUE, "I-400", book, SPAN)
    assert total.value == sum(each.value or 0 for each in found.values()) == len(total.records)
    assert total.by["form"] == {each.code.replace("I-40", "f"): each.value for each in found.values() if each.value}
    return {f"f{code[-1]}": int(each.value or 0) for code, each in found.items() if each.value}


OLD = Ref("线〔2019〕3号")
IN_CASE: dict[str, Any] = {"case_ref": to("case", 1)}
IN_LEAD: dict[str, Any] = {"lead_ref": to("lead", 1)}
CASES: list[tuple[str, list[Row], dict[str, int]]] = [
    ("an open lead has no result yet", [lead(1)], {}),
    ("a talk without a lead is not counted", [row("integrity_talk", 1, subject=somebody(1), kind="admonition")], {}),
    ("a measure without a lead is not counted", [measure(1, "admonish")], {}),
    ("a case without a lead is not counted", [case(1), measure(1, "party_warning", **IN_CASE)], {}),
    ("a first-form measure of the lead", [lead(1, measures=("remind",), first_decided_at="2026-05-01")], {"f1": 1}),
    ("a measure recorded under the lead", [lead(1), measure(1, "notice", **IN_LEAD)], {"f1": 1}),
    (
        "an inquiry closed as believed",
        [lead(1, mode="talk_inquiry", report_opinion="credited", closed_at="2026-04-01")],
        {"f1": 1},
    ),
    (
        "an inquiry that is only going on",
        [lead(1, mode="talk_inquiry", approved_at="2026-02-01", report_at="2026-04-01")],
        {},
    ),
    (
        "an inquiry followed by a first-form measure is one",
        [
            lead(1, mode="talk_inquiry", report_opinion="credited", closed_at="2026-04-01"),
            measure(1, "remind", **IN_LEAD),
        ],
        {"f1": 1},
    ),
    ("a lead closed without any measure", [lead(1, close_reason="untrue", closed_at="2026-04-01", form="none")], {}),
    ("a form written in an old ledger", [lead(1, form="f2", closed_at="2026-04-01")], {"f2": 1}),
    (
        "measures go before the form written",
        [lead(1, form="f1", closed_at="2026-04-01"), measure(1, "party_removal", **IN_LEAD)],
        {"f3": 1},
    ),
    (
        "light punishment after a case",
        [lead(1, **IN_CASE), case(1), measure(1, "party_warning", **IN_CASE)],
        {"f2": 1},
    ),
    (
        "the case names the lead, not the lead the case",
        [lead(1), case(1, **IN_LEAD), measure(1, "admin_removal", **IN_CASE)],
        {"f3": 1},
    ),
    (
        "party and administrative punishment on the same facts",
        [
            lead(1, **IN_CASE), case(1), measure(1, "party_serious_warning", **IN_CASE),
            measure(2, "admin_demerit", "2026-06-20", **IN_CASE),
        ],
        {"f2": 1},
    ),
    (
        "of several measures the heaviest",
        [
            lead(1, **IN_CASE), case(1), measure(1, "party_warning", **IN_CASE), measure(2, "adjust", **IN_CASE),
            measure(3, "party_expulsion", **IN_CASE), measure(4, "admonish", **IN_CASE),
        ],
        {"f3": 1},
    ),
    (
        "punished first, sent to court later",
        [lead(1, **IN_CASE), case(1, judicial_at="2026-09-01"), measure(1, "party_expulsion", **IN_CASE)],
        {"f4": 1},
    ),
    (
        "a measure 移送司法 under the case",
        [lead(1, **IN_CASE), case(1), measure(1, "judicial", **IN_CASE)],
        {"f4": 1},
    ),
    (
        "an exempted case with a first-form measure",
        [lead(1, **IN_CASE), case(1, outcome="exempt", first_measures=("other",), first_decided_at="2026-07-01")],
        {"f1": 1},
    ),
    (
        "two leads that end in one case",
        [lead(1, **IN_CASE), lead(2, **IN_CASE), case(1), measure(1, "party_warning", **IN_CASE)],
        {"f2": 1},
    ),
    (
        "one person, two matters decided at different times",
        [lead(1), lead(2), measure(1, "remind", **IN_LEAD), measure(2, "notice", "2026-08-10", lead_ref=to("lead", 2))],
        {"f1": 2},
    ),
    (
        "one person, two leads decided on one day",
        [lead(1), lead(2), measure(1, "remind", **IN_LEAD), measure(2, "party_warning", lead_ref=to("lead", 2))],
        {"f2": 1},
    ),
    (
        "two persons decided on one day",
        [lead(1), lead(2, 2), measure(1, "remind", **IN_LEAD), measure(2, "remind", who=2, lead_ref=to("lead", 2))],
        {"f1": 2},
    ),
    ("a revoked punishment", [lead(1), measure(1, "party_warning", changed="revoked", **IN_LEAD)], {}),
    ("a kind that is none of the four", [lead(1), measure(1, "account_reorganise", **IN_LEAD)], {}),
    ("a voided lead is none", [lead(1, voided=True), measure(1, "remind", **IN_LEAD)], {}),
    (
        "a measure that names its lead in words only",
        [measure(1, "party_warning", lead_ref=OLD), measure(2, "adjust", lead_ref=OLD)],
        {"f2": 1},
    ),
    ("a case of an old ledger with its lead in words", [case(1, lead_ref=OLD),
                                                        measure(1, "admin_warning", **IN_CASE)], {"f2": 1}),
    ("a decision of another year", [lead(1), measure(1, "remind", "2025-12-31", **IN_LEAD)], {}),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "found"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_the_result_of_a_matter_is_counted_once(rows: list[Row], found: dict[str, int]) -> None:
    assert forms(*rows) == found
    assert forms(*reversed(rows)) == found


def test_a_result_counts_when_its_form_was_first_reached() -> None:
    rows = (
        lead(1, **IN_CASE), case(1), measure(1, "party_warning", "2026-06-10", **IN_CASE),
        measure(2, "admin_warning", "2026-08-10", **IN_CASE), measure(3, "admonish", "2026-02-10", **IN_CASE),
    )  # fmt: skip
    found = results(ledger(*rows), CATALOGUE.form_of)
    assert [(each.form, each.kind, str(each.day)) for each in found] == [("f2", "party_warning", "2026-06-10")]
    assert found[0].row.register == "lead"
    assert ("measure", 2) in found[0].also


def test_a_result_without_a_day_is_told_of() -> None:
    found = figure(CATALOGUE, "I-400", ledger(lead(1, form="f1")), SPAN)
    assert found.value == 0
    assert found.undated == (("lead", 1),)


def test_measures_without_a_lead_are_listed_for_the_officer() -> None:
    rows = (lead(1, **IN_CASE), case(1), case(2), measure(1, "admonish"), measure(2, "party_warning", **IN_CASE),
            measure(3, "remind", case_ref=to("case", 2)), measure(4, "remind", changed="revoked"))  # fmt: skip
    assert [each.id for each in without_lead(ledger(*rows), CATALOGUE.form_of)] == [1, 3]


def test_a_written_form_that_disagrees_is_listed() -> None:
    rows = (lead(1, form="f1"), measure(1, "party_removal", **IN_LEAD), lead(2, 2, form="f1", closed_at="2026-05-01"))
    found = disagreements(ledger(*rows), CATALOGUE.form_of)
    assert [(each.id, written, counts) for each, written, counts, _day in found] == [(1, "f1", "f3")]


def test_every_kind_of_measure_is_given_a_form_or_said_to_have_none() -> None:
    none = {"account_punish", "account_reorganise"}
    assert set(CATALOGUE.form_of) | none == {kind.code for kind in MEASURE_KINDS}


def test_the_shares_of_the_forms_are_those_of_the_total() -> None:
    rows = [lead(n, n, form=form, closed_at="2026-05-01") for n, form in enumerate(["f1"] * 7 + ["f2"] * 2 + ["f3"], 1)]
    words = [figure(CATALOGUE, f"I-40{n}R", ledger(*rows), SPAN).words for n in (1, 2, 3, 4)]
    assert words == ["70%", "20%", "10%", "0%"]
    assert figure(CATALOGUE, "I-401R", ledger(), SPAN).words == "—"

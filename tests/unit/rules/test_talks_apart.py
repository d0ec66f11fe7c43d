"""Talks of routine supervision and talks that dispose of a lead are never mixed, in any figure there is."""

from typing import Any

import pytest

from paizhu.base.rows import Row
from paizhu.registers.talk_choices import LEAD_TALKS
from paizhu.rules.indicators import figure, shipped
from paizhu.rules.periods import period
from paizhu.rules.talk_table import shipped as talk_table
from tests.unit.rules.made_rows import ledger, row, somebody

CATALOGUE = shipped()
OF_TALKS = sorted(
    code
    for code, made in CATALOGUE.indicators.items()
    if any(source.register == "integrity_talk" for source in made.sources)
)
PERSON = row("person", 1, name="示例甲", team_now=True, status="active")


def talk(number: int, kind: str, **values: Any) -> Row:
    return row(
        "integrity_talk", number, kind=kind, subject=somebody(1), start_at="2026-10-09", state="archived", **values
    )


def value(code: str, *rows: Row) -> Any:
    return figure(CATALOGUE, code, ledger(PERSON, *rows), period("2026-10")).value


@pytest.mark.parametrize("code", OF_TALKS)
@pytest.mark.parametrize("kind", ["routine", "summons", "reminder", "admonition", "lead_reminder"])
def test_a_talk_with_a_lead_moves_no_figure_of_routine_talks(code: str, kind: str) -> None:
    routine = (talk(1, "routine"), talk(2, "summons"))
    with_lead = talk(3, kind, lead_ref=row_ref())
    assert value(code, *routine, with_lead) == value(code, *routine)


@pytest.mark.parametrize("code", ["I-401", "I-402", "I-403", "I-404"])
def test_a_routine_talk_moves_none_of_the_four_forms(code: str) -> None:
    assert value(code, talk(1, "routine"), talk(2, "reminder"), talk(3, "summons")) == value(code)


def test_a_routine_talk_does_move_the_figures_of_talks() -> None:
    assert value("I-502A", talk(1, "routine")) == 1
    assert value("I-502R2", talk(1, "routine")) == 1
    assert value("I-502R2", talk(1, "lead_reminder", lead_ref=row_ref())) == 0


def test_no_rule_of_the_plan_counts_a_kind_that_disposes_of_a_lead() -> None:
    assert {kind for plan in talk_table().plans.values() for kind in plan.counts} & set(LEAD_TALKS) == set()


def row_ref() -> Any:
    from paizhu.base.rows import Ref

    return Ref("线〔2026〕0001", "lead", 7)

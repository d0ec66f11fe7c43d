"""The same figure over other spans, for one unit, and the refusal of what cannot be counted."""

from decimal import Decimal
from typing import Any

import pytest

from paizhu.base.rows import Row
from paizhu.rules.counting import Figure
from paizhu.rules.indicators import IndicatorDataError, compare, figure, shipped
from paizhu.rules.periods import period
from tests.unit.rules.made_rows import ledger, row, to

CATALOGUE = shipped()
MONTH = period("2026-10")


def counted(code: str, *rows: Row, word: str = "2026-10", cutoff: int = 0) -> Figure:
    return figure(CATALOGUE, code, ledger(*rows), period(word, cutoff))


def petition(number: int, **values: Any) -> Row:
    return row("petition", number, **{"received_at": "2026-10-09", **values})


def test_a_day_after_the_cut_off_counts_in_the_next_month() -> None:
    rows = (petition(1, received_at="2026-10-25"), petition(2, received_at="2026-10-26"))
    assert counted("I-101", *rows).value == 2
    assert counted("I-101", *rows, cutoff=25).records == (("petition", 1),)
    assert counted("I-101", *rows, word="2026-11", cutoff=25).records == (("petition", 2),)


def test_the_columns_of_a_report_are_the_same_figure_over_other_spans() -> None:
    rows = [petition(n, received_at=f"2026-{n:02d}-15") for n in range(1, 13)]
    rows += [petition(20, received_at="2025-10-01"), petition(21, received_at="2025-10-31")]
    found = compare(CATALOGUE, "I-101", ledger(*rows), "2026-10")
    assert (found.current.value, found.cumulative.value, found.last_year.value) == (1, 10, 2)
    assert found.grown == Decimal("-50.0")
    assert compare(CATALOGUE, "I-101", ledger(), "2026-10").grown is None


def test_a_figure_can_be_that_of_one_unit() -> None:
    rows = (petition(1, unit_id=to("unit", 1, "示例局")), petition(2, unit_id=to("unit", 1, "某市示例局")),
            petition(3, unit_id=to("unit", 2)), petition(4))  # fmt: skip
    whole = counted("I-101", *rows)
    assert len(whole.by["unit"]) == 3
    assert whole.part("unit", to("unit", 1)).records == (("petition", 1), ("petition", 2))
    only = figure(CATALOGUE, "I-101", ledger(*rows), MONTH, lambda each: each.id > 2)
    assert only.value == 2


def test_what_cannot_be_counted_yet_says_why() -> None:
    with pytest.raises(IndicatorDataError, match="“警示教育”台账还没有建立"):
        counted("I-601")
    with pytest.raises(IndicatorDataError, match="没有这个指标"):
        counted("I-999")

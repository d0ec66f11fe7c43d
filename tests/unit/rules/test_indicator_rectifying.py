"""Figures about findings, opinions, risk points and archives, each with what counts and what only comes near."""

from typing import Any

import pytest

from paizhu.base.rows import Row
from paizhu.rules.counting import Ledger
from paizhu.rules.indicators import figure, shipped
from paizhu.rules.periods import period
from tests.unit.rules.made_rows import at, ledger, row, somebody, to

CATALOGUE = shipped()


def count(code: str, book: Ledger, word: str = "2026-10") -> str:
    return figure(CATALOGUE, code, book, period(word)).words


def finding(number: int, **values: Any) -> Row:
    return row("finding", number, **{"found_at": "2026-09-10", "assigned_at": "2026-09-12", **values})


def test_findings_are_counted_by_their_day_and_papers_once() -> None:
    book = ledger(
        finding(1, found_at="2026-10-08", assigned_at="2026-10-09", assign_doc="示整〔2026〕1号", scope="common"),
        finding(2, found_at="2026-10-08", assigned_at="2026-10-09", assign_doc="示整〔2026〕1号", scope="single"),
        finding(3, found_at="2026-09-30", assigned_at="2026-10-31", assign_doc="示整〔2026〕2号"),
        finding(4, found_at="2026-11-01", assigned_at="2026-11-01"),
    )
    assert (count("I-503B", book), count("I-503D", book), count("I-506A", book)) == ("2", "2", "3")
    parts = figure(CATALOGUE, "I-503C", book, period("2026-10"))
    assert [parts.part("scope", key).words for key in ("common", "single")] == ["1", "1"]


@pytest.mark.parametrize(
    ("values", "due", "closed", "late"),
    [
        ({"due": "2026-10-20", "closed_at": "2026-10-19", "reported_at": "2026-10-15"}, "1", "1", "0"),
        ({"due": "2026-10-20", "closed_at": "2026-10-28", "reported_at": "2026-10-19"}, "1", "1", "0"),
        ({"due": "2026-10-20", "closed_at": "2026-10-28", "reported_at": "2026-10-21"}, "1", "1", "1"),
        ({"due": "2026-10-20"}, "1", "0", "1"),
        ({"due": "2026-10-20", "closed_at": "2026-11-02", "reported_at": "2026-11-01"}, "1", "0", "1"),
        ({"due": "2026-11-01"}, "0", "0", "0"),
        ({"term_kind": "long_term"}, "0", "0", "0"),
        ({"due": "2026-10-20", "state": "closed"}, "1", "1", "0"),
    ],
    ids=["in time", "accepted later", "reported late", "open", "after the month", "next month", "lasting", "no day"],
)
def test_completion_counts_what_fell_due(values: dict[str, Any], due: str, closed: str, late: str) -> None:
    book = ledger(finding(1, **values))
    assert (count("I-506D", book), count("I-506E", book), count("I-506C", book)) == (due, closed, late)
    assert count("I-506R", book) == ("—" if due == "0" else "100%" if closed == "1" else "0%")


def test_what_is_not_due_yet_today_is_not_in_the_rate() -> None:
    book = ledger(finding(1, due="2026-10-20"), finding(2, due="2026-10-10", closed_at="2026-10-09"),
                  today=at("2026-10-15"))  # fmt: skip
    assert (count("I-506D", book), count("I-506R", book)) == ("1", "100%")


def test_an_extension_that_was_granted_is_no_delay_and_the_first_day_counts() -> None:
    rows = [row("finding_extension", 5, parent_id=1, new_due="2027-01-20", approver=somebody(3))]
    book = ledger(finding(1, due="2026-10-20"), children={"finding": rows})
    assert (count("I-506C", book), count("I-506D", book)) == ("0", "1")
    alone = [row("finding_extension", 5, parent_id=1, new_due="2027-01-20")]
    assert count("I-506C", ledger(finding(1, due="2026-10-20"), children={"finding": alone})) == "1"


def test_without_a_day_the_limit_runs_from_the_assignment() -> None:
    spans = {"T25": "2026-10-12", "T26": "2026-12-12"}
    book = ledger(finding(1), finding(2, source_kind="inspection"), due=lambda rule, _start: at(spans[rule]))
    assert count("I-506D", book) == "1"


def test_rules_made_are_added_up() -> None:
    book = ledger(finding(1, closed_at="2026-10-19", rules_made=2), finding(2, closed_at="2026-10-20"),
                  finding(3, closed_at="2026-10-21", rules_made=1))  # fmt: skip
    assert (count("I-506B", book), count("I-506F", book)) == ("3", "3")


def test_opinions_are_counted_by_letter_by_person_and_distinct_where_they_weigh() -> None:
    letters = [row("integrity_opinion", 1, reply_at="2026-10-08"), row("integrity_opinion", 2, reply_at="2026-10-20"),
               row("integrity_opinion", 3)]  # fmt: skip
    people = [
        row("opinion_person", 11, parent_id=1, person=somebody(1), reply="clear"),
        row("opinion_person", 12, parent_id=1, person=somebody(2), reply="hold"),
        row("opinion_person", 13, parent_id=2, person=somebody(2), reply="hold"),
        row("opinion_person", 14, parent_id=2, person=somebody(3), reply="unfit"),
        row("opinion_person", 15, parent_id=3, person=somebody(4), reply="unfit"),
    ]
    book = ledger(*letters, children={"integrity_opinion": people})
    assert [count(code, book) for code in ("I-507A", "I-507B", "I-507C", "I-507D")] == ["2", "4", "1", "1"]
    by_reply = figure(CATALOGUE, "I-507B", book, period("2026-10"))
    assert [by_reply.part("reply", key).words for key in ("clear", "hold", "unfit")] == ["1", "2", "1"]
    assert figure(CATALOGUE, "I-507C", book, period("2026-10")).records == (("integrity_opinion", 1),)


def test_risk_points_are_a_stock_with_what_came_and_what_was_lowered() -> None:
    book = ledger(
        row("risk_point", 1, found_at="2025-01-01", level="high"),
        row("risk_point", 2, found_at="2026-10-05", level="mid"),
        row("risk_point", 3, found_at="2025-01-01", removed_reason="职责取消", review_at="2026-10-01", level="low"),
        row("risk_point", 4, found_at="2025-01-01", removed_reason="职责取消", review_at="2026-11-01", level="low"),
        children={"risk_point": [
            row("regrade", 9, parent_id=1, on="2026-10-09", before="high", after="mid"),
            row("regrade", 10, parent_id=1, on="2026-10-19", before="mid", after="high"),
        ]},
    )  # fmt: skip
    assert [count(code, book) for code in ("I-508A", "I-508B", "I-508C")] == ["3", "1", "1"]
    stock = figure(CATALOGUE, "I-508A", book, period("2026-10"))
    assert [stock.part("level", key).words for key in ("high", "mid", "low")] == ["1", "1", "1"]


def test_archives_are_counted_over_those_who_must_have_one() -> None:
    people = [row("person", number, name=f"示例{number}", rank_now="division") for number in (1, 2, 3)]
    people += [row("person", 4, rank_now="section"), row("person", 5, rank_now="division", status="retired")]
    archives = [
        row("integrity_archive", 1, person_id=to("person", 1), opened_at="2024-01-05", refreshed_at="2026-03-01"),
        row("integrity_archive", 2, person_id=to("person", 2), opened_at="2024-01-05", refreshed_at="2025-12-31"),
        row("integrity_archive", 3, person_id=to("person", 4), opened_at="2024-01-05", refreshed_at="2026-03-01"),
    ]
    book = ledger(*people, *archives)
    assert [count(code, book) for code in ("I-509A", "I-509B", "I-509C")] == ["3", "2", "1"]
    assert [count(code, book) for code in ("I-509R", "I-509U")] == ["66.7%", "50%"]


@pytest.mark.parametrize(
    ("reported", "extended", "figures"),
    [
        ("2026-10-19", False, ("1", "0", "0")),
        ("2026-10-20", False, ("0", "1", "0")),
        ("2026-10-21", False, ("0", "0", "1")),
        ("2026-10-21", True, ("0", "1", "0")),
        ("2026-10-26", True, ("0", "0", "1")),
    ],
    ids=["early", "on its day", "late", "within the extension", "after the extension"],
)
def test_what_was_struck_off_is_early_in_time_or_late(
    reported: str, extended: bool, figures: tuple[str, str, str]
) -> None:
    rows = [row("finding_extension", 5, parent_id=1, new_due="2026-10-25", approver=somebody(3))] if extended else []
    done = finding(1, due="2026-10-20", reported_at=reported, closed_at="2026-10-30")
    book = ledger(done, finding(2, due="2026-10-20"), children={"finding": rows})
    assert (count("I-506G", book), count("I-506H", book), count("I-506J", book)) == figures

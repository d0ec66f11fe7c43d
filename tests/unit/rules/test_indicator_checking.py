"""Figures about checks and letters (I-503 to I-505), each with what counts and what only comes near."""

from typing import Any

import pytest

from paizhu.base.rows import Row
from paizhu.rules.counting import Ledger
from paizhu.rules.indicators import figure, shipped
from paizhu.rules.periods import period
from tests.unit.rules.made_rows import at, ledger, row

CATALOGUE = shipped()


def count(code: str, book: Ledger, word: str = "2026-10") -> str:
    return figure(CATALOGUE, code, book, period(word)).words


def check(number: int, **values: Any) -> Row:
    return row(
        "supervision_activity", number,
        **{"kind": "special", "state": "fed_back", "start_date": "2026-10-08", "feedback_at": "2026-10-20", **values},
    )  # fmt: skip


def letter(number: int, **values: Any) -> Row:
    return row("proposal", number, **{"kind": "reminder", "state": "delivered", "delivered_at": "2026-10-09", **values})


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("special", "I-503A"), ("routine", "I-503A"), ("unannounced", "I-503A"), ("visit", "I-503A"),
        ("guidance", "I-503A"), ("life_meeting", "I-503A"), ("survey", "I-504A"), ("consultation", "I-504B"),
        ("ecology", "I-504C"), ("sit_in", "I-501A"),
    ],
)  # fmt: skip
def test_each_kind_of_activity_is_counted_once(kind: str, code: str) -> None:
    book = ledger(check(1, kind=kind), check(2, kind=kind, start_date="2026-09-30"))
    codes = ("I-501A", "I-503A", "I-504A", "I-504B", "I-504C")
    assert {each: count(each, book) for each in codes} == {each: "1" if each == code else "0" for each in codes}


@pytest.mark.parametrize("state", ["planned", "approved", "cancelled"])
def test_what_is_only_planned_is_not_counted(state: str) -> None:
    assert count("I-503A", ledger(check(1, state=state))) == "0"


def test_a_meeting_attended_is_counted_once_in_whichever_register() -> None:
    sat_in = check(1, kind="sit_in")
    meeting = row("meeting", 5, held_at="2026-10-08", group_attendee=(row_ref(),))
    assert count("I-501A", ledger(sat_in, meeting)) == "1"


def row_ref() -> Any:
    from tests.unit.rules.made_rows import somebody

    return somebody(1)


def test_suggestions_of_checks_and_letters_are_counted_with_those_taken_up() -> None:
    advice = [
        row("advice", 11, parent_id=1, words="一", adopted="adopted"),
        row("advice", 12, parent_id=1, words="二", adopted="refused"),
    ]
    suggestions = [row("suggestions", 21, parent_id=1, words="三", adopted="partly")]
    later = [row("suggestions", 22, parent_id=2, words="四", adopted="adopted")]
    book = ledger(
        check(1), letter(1), letter(2, delivered_at="2026-11-02"),
        children={"supervision_activity": advice, "proposal": [*suggestions, *later]},
    )  # fmt: skip
    assert (count("I-503F", book), count("I-503G", book)) == ("3", "2")
    assert count("I-503R", book) == "66.7%"
    assert count("I-503E", book) == "1"


def test_letters_are_counted_by_the_day_of_delivery_and_kind() -> None:
    book = ledger(
        letter(1), letter(2, kind="discipline"), letter(3, delivered_at="2026-09-30"), letter(4, delivered_at=None)
    )
    found = figure(CATALOGUE, "I-505A", book, period("2026-10"))
    assert found.words == "2"
    assert [found.part("kind", key).words for key in ("reminder", "discipline", "joint")] == ["1", "1", "0"]


@pytest.mark.parametrize(
    ("values", "due", "answered"),
    [
        ({"reply_due": "2026-10-20", "replied_at": "2026-10-19"}, "1", "1"),
        ({"reply_due": "2026-10-20", "replied_at": "2026-10-28"}, "1", "1"),
        ({"reply_due": "2026-10-20"}, "1", "0"),
        ({"reply_due": "2026-10-20", "replied_at": "2026-11-02"}, "1", "0"),
        ({"reply_due": "2026-11-01"}, "0", "0"),
        ({"reply_due": "2026-10-20", "delivered_at": None}, "0", "0"),
        ({"reply_due": "2026-10-20", "state": "replied"}, "1", "1"),
        ({}, "1", "0"),
    ],
    ids=["in time", "late", "open", "after the month", "next month", "not sent", "no day of reply", "by the limit"],
)
def test_the_rate_of_replies_counts_what_fell_due(values: dict[str, Any], due: str, answered: str) -> None:
    book = ledger(letter(1, **values), due=lambda _rule, _start: at("2026-10-15"))
    assert (count("I-505R1", book), count("I-505R2", book)) == (due, answered)
    assert count("I-505R", book) == ("—" if due == "0" else "100%" if answered == "1" else "0%")


def test_the_rate_of_adoption_counts_letters_that_were_answered() -> None:
    book = ledger(
        letter(1, replied_at="2026-10-19", adopted="adopted"),
        letter(2, replied_at="2026-10-19", adopted="partly"),
        letter(3, replied_at="2026-10-19", adopted="refused"),
        letter(4, replied_at="2026-10-19"),
        letter(5),
    )
    assert (count("I-505B", book), count("I-505C1", book), count("I-505C2", book)) == ("4", "3", "2")
    assert count("I-505C", book) == "66.7%"

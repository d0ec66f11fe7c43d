"""A day without its year is the nearest one: 1.30 planned in November is the next, 12.28 told in January the last."""

from datetime import date, datetime

import pytest

from paizhu import registers
from paizhu.base import dates, values, yearless
from paizhu.base.reading import ReadingError
from paizhu.base.values import Reading

NOVEMBER = date(2026, 11, 30)
TALK, REVIEW, PERSON = (registers.register(key) for key in ("integrity_talk", "review_item", "person"))
PLANNED, HELD = TALK.field("planned_date"), TALK.field("start_at")


def read(words: str, today: date = NOVEMBER, *, typed_now: bool = True) -> object:
    return values.parse(PLANNED, words, Reading(today, typed_now=typed_now))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("1.30", date(2027, 1, 30)),
        ("1月底", date(2027, 1, 31)),
        ("1月30日 周六", date(2027, 1, 30)),
        ("5.30", date(2027, 5, 30)),
        ("5.31", date(2026, 5, 31)),
        ("11.28", date(2026, 11, 28)),
        ("12.8", date(2026, 12, 8)),
        ("2026.1.30", date(2026, 1, 30)),
        ("26.1.30", date(2026, 1, 30)),
        ("昨天", date(2026, 11, 29)),
    ],
)
def test_the_nearest_such_day_is_meant(words: str, meant: date) -> None:
    assert read(words) == meant


def test_a_day_that_only_the_next_year_has_is_found() -> None:
    assert read("2.29", date(2027, 11, 30)) == date(2028, 2, 29)
    with pytest.raises(ReadingError, match="这一天"):
        read("2.29")


JANUARY = date(2027, 1, 5)


@pytest.mark.parametrize(
    ("today", "words", "meant"),
    [
        (NOVEMBER, "1.30 9:30", datetime(2026, 1, 30, 9, 30)),
        (JANUARY, "12.28 9:30", datetime(2026, 12, 28, 9, 30)),
        (JANUARY, "1.4", date(2027, 1, 4)),
        (JANUARY, "12月底", date(2026, 12, 31)),
        (JANUARY, "2027.12.28", date(2027, 12, 28)),
        # What lies just ahead is mistyped more likely than a year old: it is refused, and told how to write that.
        (NOVEMBER, "12.5", date(2026, 12, 5)),
        (JANUARY, "明天", date(2027, 1, 6)),
        (date(2025, 1, 5), "2.29", date(2024, 2, 29)),
    ],
)
def test_what_happened_lies_behind(today: date, words: str, meant: date) -> None:
    assert values.parse(HELD, words, Reading(today, typed_now=True)) == meant


def test_of_what_happened_last_year_the_year_is_said() -> None:
    read_now = Reading(JANUARY, typed_now=True)
    for words, said in (
        ("12.28", "没有写年份，今年的还没有到，按去年的 2026-12-28 记"),
        ("2026.12.28", ""),
        ("1.4", ""),
    ):
        assert yearless.told(HELD, words, values.parse(HELD, words, read_now), {}, JANUARY) == said
    assert yearless.last_year_hint("1.9", date(2027, 1, 9), JANUARY) == "如指去年请写 2026.1.9"
    assert yearless.last_year_hint("2027.1.9", date(2027, 1, 9), JANUARY) == ""


def test_the_rows_of_a_ledger_keep_the_year_of_their_rows() -> None:
    assert read("1.30", typed_now=False) == date(2026, 1, 30)
    assert values.parse(HELD, "12.28", Reading(JANUARY)) == date(2027, 12, 28)


def test_careers_are_no_plans() -> None:
    began = PERSON.child("post_history").field("held_from")
    assert dates.show_day(values.parse(began, "1.30", Reading(NOVEMBER, typed_now=True))) == "2026-01-30"  # type: ignore[arg-type]  # a day


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("1.30", "没有写年份，按明年的 2027-01-30 记；如指今年请写 2026.1.30"),
        ("8.15", "按 2026-08-15 记，已过去；如指明年请写 2027.8.15"),
        ("12.8", ""),
        ("2026.8.15", ""),
        ("昨天", ""),
    ],
)
def test_the_year_that_was_not_written_is_said(words: str, said: str) -> None:
    value = values.parse(PLANNED, words, Reading(NOVEMBER, typed_now=True))
    assert yearless.told(PLANNED, words, value, {}, NOVEMBER) == said


def test_of_a_meeting_that_was_held_nothing_is_said() -> None:
    meeting = REVIEW.field("planned_meeting_at")
    value = values.parse(meeting, "8.15", Reading(NOVEMBER, typed_now=True))
    assert yearless.told(meeting, "8.15", value, {"state": "material_check"}, NOVEMBER) != ""
    assert yearless.told(meeting, "8.15", value, {"state": "resolved"}, NOVEMBER) == ""

"""A month whose days nobody knows stays a month, and what is reckoned from it is a plain day."""

import operator
import pickle
from datetime import date, timedelta

import pytest

from paizhu import registers
from paizhu.base import happened, stored, values
from paizhu.base.month_only import MonthOnly, first_day, from_iso, last_day
from paizhu.base.reading import ReadingError
from paizhu.base.values import Reading

POST = registers.register("person").child("post_history")
TALK = registers.register("integrity_talk")
ON = Reading(reference=date(2026, 3, 16))
JUNE = MonthOnly(2023, 6, 1)


@pytest.mark.parametrize("typed", ["2023-06", "2023.6", "2023年6月", "202306", "２０２３．６", "2023/06"])
def test_a_month_is_read_as_a_month_and_survives_the_database_and_the_words(typed: str) -> None:
    field = POST.field("held_from")
    read = values.parse(field, typed, ON)
    assert read == JUNE
    assert values.show(field, read) == "2023-06"
    assert values.to_json(field, read) == "2023-06"
    assert values.cell(field, read) == "2023-06", "a cell with a date would claim a day"
    kept = stored.to_db(field.kind, read)
    assert kept == "2023-06"
    assert stored.from_db(field.kind, kept) == JUNE


@pytest.mark.parametrize(
    ("typed", "day"), [("2023.6.15", date(2023, 6, 15)), ("20230615", date(2023, 6, 15)), ("今天", date(2026, 3, 16))]
)
def test_a_whole_day_stays_one(typed: str, day: date) -> None:
    read = values.parse(POST.field("held_from"), typed, ON)
    assert read == day
    assert not isinstance(read, MonthOnly)


@pytest.mark.parametrize(("typed", "words"), [("2023", "补上月份"), ("2023.13", "13"), ("2023年2月30日", "没有")])
def test_a_year_alone_and_a_month_or_day_that_is_none_are_refused(typed: str, words: str) -> None:
    with pytest.raises(ReadingError, match=words):
        values.parse(POST.field("held_from"), typed, ON)


def test_a_field_that_wants_a_day_still_asks_for_it() -> None:
    with pytest.raises(ReadingError, match="补上是哪一天"):
        values.parse(TALK.field("planned_date"), "2026年3月", ON)


def test_a_month_is_no_day_and_reckoning_from_it_gives_days() -> None:
    first = date(2023, 6, 1)
    assert first != JUNE
    assert operator.ne(JUNE, first)
    assert len({JUNE, first, MonthOnly(2023, 6, 1)}) == 2
    assert type(JUNE + timedelta(days=1)) is date
    assert type(JUNE.replace(day=2)) is date
    assert (JUNE - date(2023, 5, 1)).days == 31
    assert type(JUNE - timedelta(days=1)) is date
    assert (first_day(JUNE), last_day(JUNE)) == (date(2023, 6, 1), date(2023, 6, 30))
    assert last_day(from_iso("2024-02")) == date(2024, 2, 29)
    assert pickle.loads(pickle.dumps(JUNE)) == JUNE
    assert f"{JUNE}" == "2023-06"


def test_a_post_that_ends_in_the_month_it_began_is_in_order() -> None:
    told = {"held_from": date(2023, 6, 15), "held_to": JUNE}
    assert happened.problems(POST, told, date(2026, 3, 16)) == []
    early = {"held_from": date(2023, 6, 15), "held_to": MonthOnly(2023, 5, 1)}
    assert [problem.field for problem in happened.problems(POST, early, date(2026, 3, 16))] == ["held_to"]

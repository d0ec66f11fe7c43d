"""The week's appointments and the verb of a line, from real records."""

from datetime import date, datetime

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.services.deadlines import agenda
from paizhu.services.office import Office
from tests.typed import registered


def save(office: Office, key: str, **typed: str) -> int:
    return office.records.save(registers.register(key), typed).records[0][1]


def test_a_meeting_tells_how_many_of_its_items_were_reviewed(office: Office) -> None:
    meeting = save(office, "meeting", name="局党组会（第 5 次）", held_at="2026-03-19 09:30", place="三楼会议室")
    for title, opinion in (("甲项目", "同意上会"), ("乙项目", "")):
        save(
            office,
            "review_item",
            title=title,
            meeting="局党组会（第5次）",
            planned_meeting_at="2026-03-19",
            opinion=opinion,
        )
    save(office, "review_item", title="别的会", meeting="局长办公会", planned_meeting_at="2026-03-19")
    (found,) = agenda.week(office.desk)
    assert (found.register, found.id, found.at, found.stands, found.open_parts) == (
        "meeting",
        meeting,
        "09:30",
        "审查 1 / 2",
        1,
    )
    assert found.below == "议题 2 项，三楼会议室"


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ({"planned_date": "2026-03-20"}, "提纲未备"),
        ({"planned_date": "2026-03-20", "outline": "问三件事"}, "提纲已备"),
        ({"planned_date": "2026-03-16", "start_at": "2026-03-16 09:00"}, "待登记"),
        ({"planned_date": "2026-03-16", "start_at": "2026-03-16 15:00", "outline": "问三件事"}, "提纲已备"),
        ({"planned_date": "2026-03-16", "outline": "问三件事"}, "提纲已备"),
    ],
)
def test_a_talk_of_the_week_tells_how_it_stands(office: Office, typed: dict[str, str], stands: str) -> None:
    save(office, "integrity_talk", subject="孙立新", **typed)
    (found,) = agenda.week(office.desk)
    assert (found.stands, found.is_meeting) == (stands, False)
    assert bool(found.open_parts) == (stands != "提纲已备")


def test_a_talk_whose_time_has_passed_is_held_only_once_it_is_registered(office: Office) -> None:
    passed = {"planned_date": "2026-03-16", "start_at": "2026-03-16 09:00"}
    talk = save(office, "integrity_talk", subject="孙立新", **passed)
    with clock.clock_at(datetime(2026, 3, 17, 9, 0)):
        save(office, "integrity_talk", subject="示例甲", planned_date="2026-03-16")
        assert [each.stands for each in agenda.week(office.desk)] == ["待登记", "待登记"]
    registered(office, talk)
    assert [each.stands for each in agenda.week(office.desk) if each.id == talk] == ["已谈"]


def test_only_monday_to_sunday_of_this_week_stands_there_in_order(office: Office) -> None:
    for day in ("2026-03-15", "2026-03-22", "2026-03-16", "2026-03-23"):
        save(office, "integrity_talk", subject="孙立新", planned_date=day)
    assert [found.day.day for found in agenda.week(office.desk)] == [16, 22]


def test_every_register_belongs_to_one_kind_of_work() -> None:
    named = [key for kind in agenda.KINDS for key in kind.registers]
    assert len(named) == len(set(named))
    assert {agenda.kind_of(register.key) for register in registers.REGISTERS} == {kind.key for kind in agenda.KINDS}


def test_the_verb_of_a_line_is_its_step_or_its_field(office: Office) -> None:
    save(office, "integrity_talk", subject="孙立新", planned_date="2026-03-20")
    save(office, "review_item", title="甲项目", planned_meeting_at="2026-03-20", submitted_at="2026-03-16")
    assert {task.register: agenda.verb(task) for task in office.today.due()} == {
        "integrity_talk": "登记谈话",
        "review_item": "登记审查意见",
    }


@pytest.mark.parametrize(
    ("today", "words", "first"),
    [
        (date(2026, 3, 16), "本周", date(2026, 3, 16)),
        # A Friday still is a day to prepare for.
        (date(2026, 3, 20), "本周", date(2026, 3, 16)),
        (date(2026, 3, 21), "下周", date(2026, 3, 23)),
        (date(2026, 3, 22), "下周", date(2026, 3, 23)),
        # A Saturday that is worked ends its week only at its evening; the Sunday after it is free.
        (date(2026, 10, 10), "本周", date(2026, 10, 5)),
        (date(2026, 10, 11), "下周", date(2026, 10, 12)),
    ],
)
def test_once_no_working_day_is_left_the_next_week_is_the_one_to_prepare_for(
    office: Office, today: date, words: str, first: date
) -> None:
    assert agenda.week_of(office.desk.calendar, today) == (words, first)


def test_on_a_sunday_the_meetings_of_the_next_week_stand_there(office: Office) -> None:
    for day in ("2026-03-18", "2026-03-24"):
        save(office, "integrity_talk", subject="孙立新", planned_date=day)
    with clock.clock_at(datetime(2026, 3, 22, 9, 0)):
        ahead = agenda.week_ahead(office.desk)
    assert (ahead.words, ahead.running) == ("下周", False)
    assert [each.day for each in ahead.appointments] == [date(2026, 3, 24)]

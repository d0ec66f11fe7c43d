"""Twenty years of one desk, invented: mostly finished, the last months open, as a vault looks after a long service."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from paizhu.base.rows import Ref, Value
from paizhu.services.office import Office
from tests.benchmarks.grounds import names, words

YEARS = 20
PEOPLE, DUTIES, MEETINGS, REVIEWS, TALKS, LEADS, PETITIONS, CASES = 60, 1_500, 500, 3_000, 2_000, 400, 600, 60
# What is still open at the end: the work of the last months.
OPEN_DUTIES, OPEN_REVIEWS, OPEN_TALKS, OPEN_LEADS, OPEN_PETITIONS, OPEN_CASES = 60, 40, 40, 15, 15, 6


def fill(office: Office, last: date, scale: float = 1.0) -> None:
    """Store the twenty years up to a day in one act."""
    chance = random.Random(7)

    def many(count: int) -> int:
        return max(count // 10, round(count * scale))

    with office.vault.act("import", "测速：二十年") as act:
        people = _people(act, chance, many(PEOPLE))
        _duties(act, chance, people, many(DUTIES), last)
        _meetings(act, many(MEETINGS), many(REVIEWS), people, last)
        _talks(act, chance, people, many(TALKS), last)
        _leads(act, chance, people, many(LEADS), last)
        _petitions(act, chance, many(PETITIONS), last)
        _cases(act, people, many(CASES), last)


def day_of(place: int, count: int, last: date, ahead: int = 20) -> date:
    """Return the day of one of so many records spread over the years; the newest lie a little ahead."""
    return last + timedelta(days=ahead) - timedelta(days=round((count - place) * YEARS * 365 / count))


def _people(act: Any, chance: random.Random, count: int) -> list[Ref]:
    made = []
    for place, name in enumerate(names(chance, count)):
        values: dict[str, Value] = {"name": name, "status": "active", "team_now": place < 8}
        made.append(Ref(name, "person", act.create("person", values)))
    return made


def _duties(act: Any, chance: random.Random, people: list[Ref], count: int, last: date) -> None:
    for place in range(count):
        due = day_of(place, count, last)
        open_now = place >= count - OPEN_DUTIES
        values: dict[str, Value] = {
            "no": f"责{place}",
            "subject": people[place % len(people)],
            "content": f"第{place}项：" + words(chance, 60),
            "measures": words(chance, 80),
            "due_date": due,
            "frequency": "quarterly",
            "state": "doing" if open_now else "done",
            "done_at": None if open_now else due,
            "progress": words(chance, 60),
        }
        rows = {
            "period": [
                {"period": f"第{each}期", "due": due - timedelta(days=90 * (3 - each)),
                 "reported_at": None if open_now and each > 1 else due - timedelta(days=90 * (3 - each))}
                for each in range(4)
            ]
        }  # fmt: skip
        act.create("duty_item", values, rows=rows)


def _meetings(act: Any, count: int, reviews: int, people: list[Ref], last: date) -> None:
    each = max(1, reviews // count)
    for place in range(count):
        held = datetime.combine(day_of(place, count, last), time(9, 30))
        past = held.date() < last
        name = f"党组会第{place}次"
        values: dict[str, Value] = {
            "no": f"会{place}",
            "name": name,
            "held_at": held,
            "state": "filed" if past else "planned",
            "present": "全体" if past else None,
            "minutes_received": held.date() + timedelta(days=2) if past else None,
        }
        meeting = act.create("meeting", values)
        for number in range(each):
            at = place * each + number
            _review(act, at, people, held, Ref(name, "meeting", meeting), at >= reviews - OPEN_REVIEWS)


def _review(act: Any, place: int, people: list[Ref], held: datetime, meeting: Ref, open_now: bool) -> None:
    values: dict[str, Value] = {
        "no": f"审{place}",
        "title": f"第{place}号议题：信息系统运维服务采购",
        "meeting": meeting,
        "planned_meeting_at": held,
        "submitted_at": held - timedelta(days=3),
        "reporter": people[place % len(people)],
        "state": "under_review" if open_now else "done",
        "opinion": None if open_now else "ok",
        "adopted": None if open_now else "adopted",
        "opinion_date": None if open_now else held.date(),
    }
    act.create("review_item", values)


def _talks(act: Any, chance: random.Random, people: list[Ref], count: int, last: date) -> None:
    for place in range(count):
        day = day_of(place, count, last)
        open_now = place >= count - OPEN_TALKS
        values: dict[str, Value] = {
            "no": f"谈{place}",
            "subject": people[place % len(people)],
            "planned_date": day,
            "kind": "routine",
            "record": words(chance, 200),
            "start_at": None if open_now else datetime.combine(day, time(15)),
            "state": "planned" if open_now else "archived",
        }
        rows = {"requirement": [{"words": words(chance, 20), "due": day + timedelta(days=30),
                                 "done_at": None if open_now else day + timedelta(days=20)}]}  # fmt: skip
        act.create("integrity_talk", values, rows=rows)


def _leads(act: Any, chance: random.Random, people: list[Ref], count: int, last: date) -> None:
    for place in range(count):
        day = day_of(place, count, last, ahead=0)
        open_now = place >= count - OPEN_LEADS
        values: dict[str, Value] = {
            "no": f"线索{place}",
            "received_at": day,
            "subject": people[place % len(people)],
            "summary": words(chance, 120),
            "state": "registered" if open_now else "archived",
            "mode": None if open_now else "close",
            "closed_at": None if open_now else day + timedelta(days=60),
            "volume_no": None if open_now else f"卷{place}",
        }
        act.create("lead", values)


def _petitions(act: Any, chance: random.Random, count: int, last: date) -> None:
    for place in range(count):
        day = day_of(place, count, last, ahead=0)
        open_now = place >= count - OPEN_PETITIONS
        values: dict[str, Value] = {
            "no": f"信{place}",
            "received_at": day,
            "summary": words(chance, 120),
            "named": place % 2 == 0,
            "state": "received" if open_now else "archived",
            "closed_at": None if open_now else day + timedelta(days=50),
            "feedback_at": None if open_now else day + timedelta(days=55),
        }
        act.create("petition", values)


def _cases(act: Any, people: list[Ref], count: int, last: date) -> None:
    for place in range(count):
        day = day_of(place, count, last, ahead=0)
        open_now = place >= count - OPEN_CASES
        values: dict[str, Value] = {
            "no": f"案{place}",
            "name": f"示例案{place}",
            "subject": people[place % len(people)],
            "filed_at": day,
            "state": "filed" if open_now else "archived",
            "decided_at": None if open_now else day + timedelta(days=120),
            "closed_at": None if open_now else day + timedelta(days=300),
            "volume_ref": None if open_now else f"卷{place}",
        }
        act.create("case", values)

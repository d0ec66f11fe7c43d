"""The rules about people nobody has talked to and archives grown old: planted cases, and some that only come near."""

from datetime import date
from typing import Any

import pytest

from paizhu.base.rows import Ref, Row
from tests.unit.rules.flags.made_facts import TODAY, Books, in_books, roster, row

WHO = Ref("班子甲", "person", 1)


def _talk(day: date, kind: str = "routine", subject: Ref = WHO) -> Row:
    return row("integrity_talk", subject=subject, start_at=day, kind=kind, state="held")


@pytest.mark.parametrize(
    ("person", "talks", "flagged"),
    [
        ({"team_now": True}, [], True),
        ({"team_now": True}, [_talk(date(2025, 3, 16))], True),
        ({"team_now": True}, [_talk(date(2025, 3, 17))], False),
        ({"team_now": True}, [_talk(date(2025, 12, 1), subject=Ref("班子甲"))], False),
        ({"team_now": True}, [_talk(date(2026, 4, 1))], True),
        ({"team_now": True, "status": "retired"}, [], False),
        ({}, [], False),
    ],
    ids=["never", "a year ago", "within the year", "by name", "only planned", "retired", "not of the team"],
)
def test_a_member_without_a_talk_for_a_year_is_flagged(person: dict[str, Any], talks: list[Row], flagged: bool) -> None:
    books = Books(TODAY, talks=talks, people=roster({"name": "班子甲", **person}))
    assert bool(in_books("RF-T1", books)) is flagged


@pytest.mark.parametrize(
    ("began", "talk", "flagged"),
    [
        (date(2026, 2, 1), None, True),
        (date(2026, 2, 14), None, False),
        (date(2026, 2, 1), _talk(date(2026, 1, 28), "pre_appointment"), False),
        (date(2026, 2, 1), _talk(date(2026, 2, 20), "routine"), True),
        (date(2024, 2, 1), None, False),
    ],
    ids=["none", "thirty days are not over", "talked before", "another kind of talk", "long ago"],
)
def test_a_new_post_without_its_talk_is_flagged_after_thirty_days(began: date, talk: Row | None, flagged: bool) -> None:
    people = roster({"name": "班子甲"}, posts={1: [{"post": "处长", "held_from": began}]})
    assert bool(in_books("RF-T1", Books(TODAY, talks=[talk] if talk else [], people=people))) is flagged


@pytest.mark.parametrize(
    ("archive", "person", "flagged"),
    [
        ({"refreshed_at": date(2025, 3, 15)}, {}, True),
        ({"refreshed_at": date(2025, 3, 16)}, {}, False),
        ({"opened_at": date(2024, 1, 1)}, {}, True),
        ({"opened_at": date(2024, 1, 1), "refreshed_at": date(2026, 1, 1)}, {}, False),
        ({}, {}, True),
        ({"refreshed_at": date(2020, 1, 1)}, {"status": "retired"}, False),
    ],
    ids=["over a year", "a year to the day", "never refreshed", "refreshed lately", "no day at all", "retired"],
)
def test_an_archive_not_refreshed_for_a_year_is_flagged(
    archive: dict[str, Any], person: dict[str, Any], flagged: bool
) -> None:
    books = Books(TODAY, archives=[row("integrity_archive", 3, person_id=WHO, **archive)],
                  people=roster({"name": "班子甲", **person}))  # fmt: skip
    found = in_books("RF-T2", books)
    assert bool(found) is flagged
    assert all(each.evidence == (("integrity_archive", 3),) for each in found)

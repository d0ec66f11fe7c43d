"""A talk is held once it is registered: a 谈话时间 that has passed is a plan still, for every count alike."""

from __future__ import annotations

import pytest

from paizhu import registers
from paizhu.registers.talk import FLOW
from paizhu.registers.talk_choices import HELD
from paizhu.services.duties.coverage import covers
from paizhu.services.office import Office
from paizhu.services.people_tree import PeopleTree
from paizhu.services.talks.loose import loose_ends
from paizhu.services.talks.matrix import Span, TalkMatrix, cell_words
from paizhu.services.talks.plan import TalkPlan
from paizhu.services.two_hats.numbers import main_kinds
from tests.typed import registered

TALK, PERSON = (registers.register(key) for key in ("integrity_talk", "person"))


@pytest.fixture
def talk(office: Office) -> int:
    """A talk with the one member of the team, a week later than planned and some days ago; nobody registered it."""
    office.records.save(PERSON, {"name": "示例甲", "team_now": "是", "status": "在职", "post_now": "副局长"})
    typed = {"subject": "示例甲", "planned_date": "2026-02-02", "start_at": "2026-02-09 9:00", "kind": "日常"}
    return office.records.save(TALK, typed).records[0][1]


def told(office: Office) -> list[object]:
    """Return what each count says of the one member: how many held, how many planned, the cell, and what is owed."""
    (member,) = TalkPlan(office.desk).team()
    (row,) = TalkMatrix(office.desk).matrix(Span.MONTHS, 2026, team=True).rows
    known = {each.key: each for each in covers(office.desk)}
    return [
        len(member.held),
        [f"{each.day}" for each in member.planned],
        (row.held, cell_words(row.cells[1]), str(row.last)),
        known["team"].done,
        known["followed"].total if "followed" in known else 0,
        len(PeopleTree(office.desk).without_talk()),
        len(loose_ends(office.desk)),
    ]


def test_a_time_that_has_passed_counts_nowhere_as_held_until_the_talk_is_registered(office: Office, talk: int) -> None:
    assert told(office) == [0, ["2026-02-09"], (0, "已排 02-09", "None"), 0, 0, 1, 0]
    registered(office, talk)
    assert told(office) == [1, [], (1, "02-09", "2026-02-09"), 1, 1, 0, 1]


def test_the_states_of_a_held_talk_are_those_its_course_reaches_from_there() -> None:
    reached, waiting = {"held"}, ["held"]
    while waiting:
        at = waiting.pop()
        after = {step.after for step in FLOW.steps if step.before == at} - reached
        reached |= after
        waiting += after
    assert set(HELD) == reached
    (counted,) = (kind.states for kind in main_kinds() if kind.register == TALK.key)
    assert set(counted) == reached

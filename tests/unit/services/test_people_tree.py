"""The supervised persons as a tree over a real vault: units, team, who left, who is inside an influence period."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.services.people_tree import IN_TEAM_ORDER, PeopleTree
from tests.typed import registered

PERSON, UNIT = registers.register("person"), registers.register("unit")
UNITS = (
    ("示例局", "驻在单位", ""),
    ("示例处", "内设机构", "示例局"),
    ("示例中心", "直属单位", "示例局"),
    ("示例分中心", "直属单位", "示例中心"),
)
PEOPLE: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("单小明", "示例局", {"team_now": "是"}),
    ("示例甲", "示例局", {"team_now": "是", "top_now": "是"}),
    ("示例乙", "示例局", {}),
    ("示例丙", "示例处", {}),
    ("示例丁", "示例中心", {"status": "在职"}),
    ("示例戊", "示例分中心", {}),
    ("示例己", "示例处", {"status": "退休"}),
    ("示例庚", "未登记的单位", {}),
    ("示例辛", "", {}),
)


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Stand on a day in September."""
    with clock.clock_at(datetime(2026, 9, 17, 9)):
        yield


@pytest.fixture
def people(office: Office) -> dict[str, int]:
    """A small roster, by name."""
    for name, kind, parent in UNITS:
        office.records.save(UNIT, {"name": name, "kind": kind, "parent": parent})
    made = {}
    for name, unit, more in PEOPLE:
        made[name] = office.records.save(PERSON, {"name": name, "unit_now": unit, **more}).records[0][1]
    return made


def test_units_stand_under_units_and_nobody_is_lost(office: Office, people: dict[str, int]) -> None:
    found = PeopleTree(office.desk).branches(View("person"))
    assert [(each.key, each.own, each.total) for each in found] == [
        ("示例局", 0, 4),
        ("示例局/党组班子", 2, 2),
        ("示例局/示例处", 1, 1),
        ("示例局/机关其他人员", 1, 1),
        ("归口监督单位", 0, 2),
        ("归口监督单位/示例中心", 1, 2),
        ("归口监督单位/示例中心/示例分中心", 1, 1),
        ("其他单位", 0, 2),
        ("其他单位/没有写明单位", 1, 1),
        ("其他单位/未登记的单位", 1, 1),
        ("已调离、退休", 1, 1),
    ]
    assert sum(each.total for each in found if not each.level) == len(people)
    for branch in found:
        if branch.view:
            assert office.records.count(branch.view) == branch.own


def test_the_head_of_the_team_stands_first(office: Office, people: dict[str, int]) -> None:
    team = PeopleTree(office.desk).branches(View("person", order=IN_TEAM_ORDER))[1]
    assert team.view is not None
    assert office.records.ids(team.view) == [people["示例甲"], people["单小明"]]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("单小", ["单小明"]),
        ("sxm", ["单小明"]),
        ("shanxiaoming", ["单小明"]),
        ("示例处", ["示例丙", "示例己"]),
        ("slc", ["示例丙", "示例己"]),
        ("没有这个人", []),
    ],
)
def test_persons_are_sought_by_name_initials_and_unit(
    office: Office, people: dict[str, int], words: str, names: list[str]
) -> None:
    assert sorted(PeopleTree(office.desk).matching(words)) == sorted(people[name] for name in names)


def test_who_is_inside_an_influence_period_is_marked(office: Office, people: dict[str, int]) -> None:
    measure = registers.register("measure")
    typed = {"subject": "示例甲", "kind": "党内警告", "decided_at": "2026-03-01", "subject_unit": "示例局"}
    office.records.save(measure, typed)
    office.records.save(measure, {**typed, "subject": "示例乙", "decided_at": "2024-03-01"})
    assert PeopleTree(office.desk).weighed() == {people["示例甲"]}


def test_a_unit_that_is_its_own_superior_ends(office: Office) -> None:
    office.records.save(UNIT, {"name": "示例局", "kind": "驻在单位", "parent": "示例局"})
    office.records.save(PERSON, {"name": "示例甲", "unit_now": "示例局"})
    assert PeopleTree(office.desk).branches(View("person"))[0].total == 1


def test_who_was_not_talked_to_this_year_is_counted(office: Office, people: dict[str, int]) -> None:
    talk = registers.register("integrity_talk")
    typed = {"subject": "示例丙", "planned_date": "2026-05-08", "start_at": "2026-05-08 09:00"}
    made = office.records.save(talk, typed).records[0][1]
    assert people["示例丙"] in PeopleTree(office.desk).without_talk(), "it is not registered yet"
    registered(office, made)
    silent = PeopleTree(office.desk).without_talk()
    assert people["示例丙"] not in silent
    assert people["示例己"] not in silent
    assert people["示例丁"] in silent

"""What an identity number tells, which post held on a day, and lives in order."""

from datetime import date

import pytest

from paizhu.base.rows import Ref, Value, Values
from paizhu.registers.people import (
    PERSON,
    derive_person,
    now_from,
    post_on,
)
from tests.make import AIDS

MALE, FEMALE = "999999198003070010", "999999198012070029"


@pytest.mark.parametrize(
    ("values", "derived"),
    [
        ({"id_no": MALE}, {"birth": "1980-03", "gender": "male"}),
        ({"id_no": FEMALE}, {"birth": "1980-12", "gender": "female"}),
        ({"id_no": MALE, "birth": "1980-04", "gender": "female"}, {}),
        (
            {"id_no": "９９９９９９１９８００３０７００１０"},
            {"id_no": MALE, "birth": "1980-03", "gender": "male"},
        ),
        ({"id_no": "999999 19801307 001x"}, {"id_no": "99999919801307001X"}),
        ({"phone": "１３８ ００００-００００"}, {"phone": "13800000000"}),
        ({"phone": "0571-8800 0000"}, {}),
        ({"phone": "办公室 8800"}, {}),
        ({"id_no": "9999991980"}, {}),
        ({"id_no": "99999919801307001X"}, {}),
        ({"id_no": "9999**********0010"}, {}),
        ({"unit_now": Ref("示例处")}, {"unit_id": Ref("示例处")}),
        ({"unit_now": Ref("示例处"), "unit_id": Ref("示例局")}, {}),
        ({"name": "柳　青"}, {"name": "柳青"}),
        ({"name": "武 大山"}, {"name": "武大山"}),
        ({"name": "Anna Muster"}, {}),
        ({"name": "示例甲乙丙 丁"}, {}),
        ({}, {}),
    ],
)
def test_what_follows_from_number_name_and_unit(values: dict[str, Value], derived: dict[str, Value]) -> None:
    assert derive_person(values, AIDS) == derived


def history() -> list[Values]:
    return [
        {"post": "科员", "held_to": date(2018, 5, 31)},
        {"post": "科长", "held_from": date(2018, 6, 1), "held_to": date(2023, 5, 31)},
        {
            "post": "处长",
            "held_from": date(2023, 6, 1),
            "unit": Ref("示例处"),
            "rank_level": "division",
            "is_team": True,
        },
    ]


@pytest.mark.parametrize(
    ("on", "post"),
    [
        (date(2010, 1, 1), "科员"),
        (date(2018, 5, 31), "科员"),
        (date(2018, 6, 1), "科长"),
        (date(2026, 3, 5), "处长"),
    ],
)
def test_the_post_of_a_day_is_taken_from_the_history(on: date, post: str) -> None:
    found = post_on(history(), on)
    assert found is not None
    assert found["post"] == post


def test_nobody_holds_a_post_between_two() -> None:
    gap: list[Values] = [{"post": "科长", "held_from": date(2018, 6, 1), "held_to": date(2023, 5, 31)}]
    assert post_on(gap, date(2024, 1, 1)) is None
    assert post_on([], date(2024, 1, 1)) is None


def test_the_present_post_becomes_fields_of_the_person() -> None:
    present = now_from(history()[2])
    assert present == {
        "unit_now": Ref("示例处"),
        "post_now": "处长",
        "rank_now": "division",
        "post_since": "2023-06",
        "team_now": True,
        "top_now": None,
        "duties_now": None,
    }
    assert all(PERSON.has(name) for name in present)


def test_a_roster_is_nobodys_task() -> None:
    assert not PERSON.field("handler").wanted
    assert not PERSON.field("secrecy_notice").wanted

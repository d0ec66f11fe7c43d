"""What a value points to, and which registers are pointed to by name."""

import pytest

from paizhu import registers
from paizhu.base.rows import Ref, ids_in, refs_in

LINKED, OTHER, WORDS = Ref("示例甲", "person", 3), Ref("示例局", "unit", 3), Ref("示例乙")


@pytest.mark.parametrize(
    ("value", "refs", "persons"),
    [
        (LINKED, (LINKED,), (3,)),
        ((LINKED, OTHER, WORDS), (LINKED, OTHER, WORDS), (3,)),
        (WORDS, (WORDS,), ()),
        (("是", "否"), (), ()),
        ("示例甲", (), ()),
        (None, (), ()),
    ],
)
def test_a_value_tells_what_it_points_to(value: object, refs: tuple[Ref, ...], persons: tuple[int, ...]) -> None:
    assert refs_in(value) == refs
    assert ids_in(value, "person") == persons


def test_a_reference_has_an_id_in_its_own_register_only() -> None:
    assert (LINKED.id_in("person"), LINKED.id_in("unit"), WORDS.id_in("person")) == (3, None, None)


def test_the_rosters_are_those_that_others_name_units_before_the_people_in_them() -> None:
    assert registers.ROSTERS == ("unit", "person", "supplier")

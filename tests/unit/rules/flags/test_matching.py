"""Telling one company, one matter and one relation from another."""

import pytest

from paizhu.base.rows import Ref
from paizhu.rules.flags.matching import Company, Relation, Relations, likeness, same_company


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Company(Ref("示例（东区）有限公司")), Company(Ref("示例(东区) 有限责任公司")), True),
        (Company(Ref("示例甲"), "9100A"), Company(Ref("示例乙"), "９１００a"), True),
        (Company(Ref("示例甲"), "9100A"), Company(Ref("示例甲"), "9100B"), False),
        (Company(Ref("示例甲", "supplier", 1)), Company(Ref("旧名", "supplier", 1)), True),
        (Company(Ref("示例甲有限公司")), Company(Ref("示例甲股份有限公司")), False),
        (Company(Ref("")), Company(Ref("")), False),
    ],
)
def test_companies_are_one_by_record_code_or_name(one: Company, other: Company, same: bool) -> None:
    assert same_company(one, other) is same
    assert same_company(other, one) is same


def test_titles_are_compared_without_their_frame_and_sum() -> None:
    assert likeness("关于办公楼改造（48.6万元）的请示", "审议办公楼改造事项") == 100
    assert likeness("关于采购办公设备的请示", "关于采购办公家具的请示") < 80
    assert likeness("关于的请示", "关于的请示") == 0


def test_a_relation_is_found_from_both_sides_and_namesakes_in_the_roster_are_two() -> None:
    here = Relations([Relation(Ref("甲", "person", 1), Ref("乙", "person", 2), "spouse")])
    assert here.between(Ref("乙", "person", 2), Ref("甲", "person", 1))
    assert here.between(Ref("乙"), Ref("甲", "person", 1))
    assert not here.between(Ref("乙", "person", 3), Ref("甲", "person", 1))
    assert not here.between(Ref("甲", "person", 1), Ref("乙", "person", 2), ("lineal",))

"""The checklists of the pre-meeting review, as shipped."""

import pytest

from paizhu.base import paths
from paizhu.registers import register
from paizhu.rules.checklists import load

SHIPPED = load((paths.resources() / "rules" / "checklists.toml").read_text(encoding="utf-8"))
CATEGORIES = [choice.code for choice in register("review_item").field("category").choices]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_the_common_points_and_its_own(category: str) -> None:
    codes = [point.code for point in SHIPPED.points_for(category)]
    assert codes[:10] == [f"CK-{number:02}" for number in range(1, 11)]
    assert len(codes) == 25


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_brings_the_three_common_papers_and_its_own(category: str) -> None:
    assert len(SHIPPED.materials_for(category)) > len(SHIPPED.materials_for("")) == 3


def test_a_point_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        load('[materials]\n[[check]]\ncode="A"\nwords="甲"\n[[check]]\ncode="A"\nwords="乙"\n')

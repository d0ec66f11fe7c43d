"""The words of a post tell what they can, and leave open what they cannot."""

import tomllib

import pytest

from paizhu.base import paths
from paizhu.rules.post_words import load_post_words

TEXT = (paths.resources() / "rules" / "post_words.toml").read_text(encoding="utf-8")
WORDS = load_post_words(TEXT)


@pytest.mark.parametrize(
    ("post", "leads"),
    [
        ("党组书记、局长", True),
        ("党组副书记", False),
        ("党委书记助理", False),
        ("二级调研员", False),
        ("局长", None),
        ("科长", None),
        ("", None),
    ],
)
def test_a_post_tells_whether_its_holder_leads_or_leaves_it_open(post: str, leads: bool | None) -> None:
    assert WORDS.leads(post) is leads


def test_a_post_or_its_unit_is_one_of_discipline_inspection() -> None:
    assert WORDS.of_discipline("机关纪委书记", "示例局")
    assert WORDS.of_discipline("副组长", "驻示例局纪检监察组")
    assert not WORDS.of_discipline("办公室主任", "示例局")


def test_every_kind_of_words_names_its_source_and_how_sure_it_is() -> None:
    for name, kind in tomllib.loads(TEXT).items():
        assert kind["source"], name
        assert kind["confidence"] in ("verified", "memory", "custom")

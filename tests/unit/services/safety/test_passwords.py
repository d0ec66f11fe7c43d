"""Judging a new password."""

import pytest

from paizhu.services.safety.passwords import judge, names_in


@pytest.mark.parametrize(
    ("password", "names", "met"),
    [
        ("ychz7wdh3jqm", (), (True, True, True, True)),
        ("ychz7wdh", (), (False, True, True, True)),
        ("陈守正的口令很长很长", ("陈守正",), (True, False, True, True)),
        ("1234567890", (), (True, True, False, True)),
        ("9876543210", (), (True, True, False, True)),
        ("aaaaaaaaaaaa", (), (True, True, False, True)),
        ("Password2026", (), (True, True, False, True)),
        ("", (), (False, False, False, False)),
    ],
)
def test_each_rule_is_judged_by_itself(password: str, names: tuple[str, ...], met: tuple[bool, ...]) -> None:
    assert judge(password, password, names).met == met


def test_full_width_letters_hide_no_name() -> None:
    assert not judge("ＳＵＮＬＩ2026xx", "ＳＵＮＬＩ2026xx", ("sunli",)).met[1]


def test_two_different_words_are_not_good() -> None:
    judged = judge("ychz7wdh3jqm", "ychz7wdh3jq")
    assert judged.met == (True, True, True, False)
    assert not judged.good


def test_strength_grows_with_length_and_a_bad_one_is_never_strong() -> None:
    strengths = [judge("ychz7wdh3jqm-8旧桥灯火"[:length], "").strength for length in (1, 10, 12, 18)]
    assert strengths == sorted(strengths)
    assert strengths[-1] == 4
    assert judge("1234567890123456789", "").strength == 1
    assert judge("", "").strength == 0


def test_the_advice_says_how_many_are_missing() -> None:
    assert judge("ychz7wd", "").advice == "还差 3 位"


def test_a_unit_is_known_by_its_short_name_too() -> None:
    names = names_in("驻某市示例局纪检监察组", "某市示例局", "甲某某")
    assert not judge("示例局的口令2026", "示例局的口令2026", names).good
    assert not judge("甲某某的口令2026", "甲某某的口令2026", names).good
    assert judge("只有我知道的话2026", "只有我知道的话2026", names).good

"""Keys, costs and the printed recovery code."""

import random

import pytest
from cryptography.exceptions import InvalidTag

from paizhu.storage import keys
from paizhu.storage.keys import Cost, MistypedCodeError, Purpose
from tests.unit.storage.made_vault import CHEAP

CODE = "Z34A6-8FURK-232L5-3RSDG-XWH6W-7EJKP-XGFGJ-W8DXR"
GROUPS = CODE.split("-")


def test_each_purpose_has_a_key_of_its_own_that_never_changes() -> None:
    data_key = bytes(range(32))
    made = {purpose: keys.subkey(data_key, purpose) for purpose in Purpose}
    assert len(set(made.values())) == len(Purpose)
    assert data_key not in made.values()
    # A vault of today must open in ten years.
    assert made[Purpose.DATABASE].hex() == "f93ac3ee04d7cf0200003175f5d96e9d816c72fc1893f88ead51d09879e5a36b"


def test_what_is_wrapped_opens_with_the_same_words_and_context_only() -> None:
    wrapped = keys.wrap(b"secret", "词语", CHEAP, b"context")
    assert keys.unwrap(wrapped, "词语", CHEAP, b"context") == b"secret"
    for words, context in (("词 语", b"context"), ("词语", b"other")):
        with pytest.raises(InvalidTag):
            keys.unwrap(wrapped, words, CHEAP, context)
    with pytest.raises(InvalidTag):
        keys.unwrap(wrapped, "词语", Cost(16, 1, 1), b"context")


def test_a_password_typed_full_width_is_the_same_password() -> None:
    wrapped = keys.wrap(b"secret", "Abc123", CHEAP, b"")
    assert keys.unwrap(wrapped, "Ａｂｃ１２３", CHEAP, b"") == b"secret"


def test_the_cost_in_production_is_not_cheap() -> None:
    assert keys.OFFICE_COST.memory_kib >= 64 * 1024
    assert keys.OFFICE_COST.iterations >= 3


@pytest.mark.parametrize("cost", [Cost(1 << 30, 1, 1), Cost(8, 0, 1), Cost(4, 1, 1), Cost(64, 1, 100)])
def test_a_cost_that_cannot_be_meant_is_known_as_such(cost: Cost) -> None:
    assert not cost.sane


def test_a_recovery_code_can_be_typed_from_paper() -> None:
    assert len(GROUPS) == 8
    assert all(len(group) == 5 for group in GROUPS)
    assert not set(CODE) & set("0O1I")
    assert keys.new_recovery_code() != CODE


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", " "), f"  {CODE}\n", CODE.replace("-", "－")],
)
def test_spacing_case_and_width_of_a_typed_code_do_not_matter(typed: str) -> None:
    assert keys.read_recovery_code(typed) == CODE


def test_every_single_mistyped_sign_is_noticed_and_its_group_named() -> None:
    for at, sign in enumerate(CODE.replace("-", "")):
        other = "2" if sign != "2" else "3"
        plain = CODE.replace("-", "")
        with pytest.raises(MistypedCodeError) as refused:
            keys.read_recovery_code(plain[:at] + other + plain[at + 1 :])
        assert refused.value.groups == (at // 5 + 1,)


def test_two_groups_in_the_wrong_order_are_noticed() -> None:
    swapped = [GROUPS[1], GROUPS[0], *GROUPS[2:]]
    with pytest.raises(MistypedCodeError, match="第 1、2 组"):
        keys.read_recovery_code("-".join(swapped))


def test_a_group_with_a_sign_too_few_or_too_many_is_named_however_the_code_was_typed() -> None:
    for at in range(40):
        plain = CODE.replace("-", "")
        short, long = plain[:at] + plain[at + 1 :], plain[:at] + "W" + plain[at:]
        apart = list(GROUPS)
        apart[at // 5] = apart[at // 5][: at % 5] + apart[at // 5][at % 5 + 1 :]
        for typed in (short, long, "-".join(apart), " ".join(apart)):
            with pytest.raises(MistypedCodeError) as refused:
                keys.read_recovery_code(typed)
            # Signs may look whole from both ends: a W beside a W is seen where it stands last.
            assert set(refused.value.groups) <= {at // 5, at // 5 + 1, at // 5 + 2}, (at, typed, refused.value.groups)
            assert refused.value.groups
            assert f"第 {refused.value.groups[0]}" in str(refused.value)


def test_a_group_that_holds_by_chance_a_sign_too_early_does_not_hide_the_wrong_one() -> None:
    # One code in 32 is such a one without its first sign.
    chance = random.Random(7)
    for _time in range(300):
        groups = ["".join(chance.choices(keys._SIGNS, k=4)) for _group in range(8)]
        code = "".join(group + keys._check_sign(group, place) for place, group in enumerate(groups))
        for at in (0, 17, 39):
            with pytest.raises(MistypedCodeError) as refused:
                keys.read_recovery_code(code[:at] + code[at + 1 :])
            assert at // 5 + 1 in refused.value.groups, (code, at)


def test_words_that_are_no_code_are_not_told_of_its_groups() -> None:
    with pytest.raises(MistypedCodeError) as refused:
        keys.read_recovery_code("一句只有我自己知道的话，中间加两个数字 2026 又怎么样呢，再长一点也可以的")
    assert refused.value.groups == ()


@pytest.mark.parametrize(
    ("typed", "words"), [("", "填了 0 位"), (CODE[:-1], "填了 39 位"), ("0" + CODE[1:], "第 1 组")]
)
def test_an_incomplete_or_impossible_code_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(MistypedCodeError, match=words):
        keys.read_recovery_code(typed)

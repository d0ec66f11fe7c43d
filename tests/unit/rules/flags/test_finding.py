"""The table of red flags as shipped, and what is refused of it."""

from fractions import Fraction

import pytest

from paizhu.registers.review_choices import RED_FLAGS
from paizhu.rules.flags.every import BOOK_RULES, ITEM_RULES
from paizhu.rules.flags.finding import FlagDataError, Level, given, load_rules, objection, shipped

WORDS = 'name = "示例"\nlevel = "verify"\nwords = "达到 {share}%"\nsource = "示例"\nconfidence = "custom"\n'
SHARE = 'parameters = [{ name = "share", label = "比例", default = "90", unit = "%", most = "100" }]\n'


def test_every_rule_has_its_function_and_every_function_its_rule() -> None:
    assert set(shipped()) == set(ITEM_RULES) | set(BOOK_RULES)


def test_names_are_those_of_the_register_where_it_lists_them() -> None:
    names = {choice.code: choice.label for choice in RED_FLAGS}
    assert {code: rule.name for code, rule in shipped().items() if code in names} == names


@pytest.mark.parametrize("rule", shipped().values(), ids=lambda rule: rule.code)
def test_every_rule_speaks_without_accusing_and_names_its_numbers(rule: object) -> None:
    now = given(rule)  # type: ignore[arg-type]  # a rule of the table
    assert now.rule.source
    assert all(each.default in now.words or each.name == "by_kind" for each in now.rule.parameters)
    assert not any(word in now.words for word in ("违规", "违纪", "非法", "异常"))


def test_fractions_stay_exact_and_the_offices_own_number_goes_first() -> None:
    quorum = given(shipped()["RF-P5"])
    assert quorum["people"] * 9 == 6
    assert given(shipped()["RF-A1"], {"share": "85"})["share"] == Fraction(85)


def test_the_words_of_a_level_are_those_of_the_card() -> None:
    assert [level.words for level in Level] == ["重点核实", "程序提醒", "同会议题"]


@pytest.mark.parametrize("text", [
    "[RF-A1", "[RF-A1]\n" + WORDS, "[RF-A1]\n" + WORDS.replace("verify", "grave") + SHARE,
    "[RF-A1]\n" + WORDS + SHARE.replace('"90"', '"900"'), "[RF-A1]\n" + WORDS + "colour = 1\n" + SHARE,
])  # fmt: skip
def test_a_table_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(FlagDataError):
        load_rules(text)


@pytest.mark.parametrize(
    ("written", "fine"), [("85", True), ("0", False), ("101", False), ("许多", False), ("1/0", False)]
)
def test_a_parameter_outside_its_bounds_is_refused_in_words(written: str, fine: bool) -> None:
    assert (objection(shipped()["RF-A1"].parameter("share"), written) is None) is fine


def test_days_are_whole() -> None:
    assert objection(shipped()["RF-A2"].parameter("days"), "30.5")

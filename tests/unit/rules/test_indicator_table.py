"""The list of indicators as data: complete, explained, and refused where nothing answers to a name."""

import pytest

from paizhu.registers import register
from paizhu.rules.indicators import IndicatorDataError, figure, load_indicators, shipped
from paizhu.rules.periods import period
from tests.unit.rules.made_rows import ledger

CATALOGUE = shipped()


@pytest.mark.parametrize("code", CATALOGUE.indicators)
def test_every_indicator_says_what_it_is_and_counts_nothing_in_an_empty_book(code: str) -> None:
    indicator = CATALOGUE[code]
    assert indicator.source
    assert indicator.group
    empty = figure(CATALOGUE, code, ledger(), period("2026-10"))
    assert empty.words == ("—" if indicator.part else "0")
    assert empty.records == ()


def test_every_code_the_list_compares_with_is_a_code_of_its_field() -> None:
    for indicator in CATALOGUE.indicators.values():
        for source in indicator.sources:
            for name, wanted in (source.where or {}).items():
                field = register(source.register).field(name)
                codes = {choice.code for choice in field.choices}
                assert codes >= {each for each in wanted if isinstance(each, str)}, (indicator.code, name)


def test_every_group_of_the_domain_that_has_a_register_is_there() -> None:
    groups = {"I-1", "I-2", "I-3", "I-4", "I-5", "I-7"}
    assert {code[:3] for code in CATALOGUE.indicators} == groups
    assert {code[:3] for code in CATALOGUE.absent} == {"I-6", "I-8", "I-9"}


ENTRY = '[I-1]\ngroup = "信访"\nname = "示例"\nunit = "件"\nsource = "示例"\nconfidence = "custom"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[I-1", "读不出来"),
        (ENTRY, "没有写从哪本台账"),
        (ENTRY + 'register = "nothing"\n', "没有台账 nothing"),
        (ENTRY + 'register = "petition"\ndate = "nothing"\n', "没有日期 nothing"),
        (ENTRY + 'register = "petition"\ndate = "@nothing"\n', "没有日期 @nothing"),
        (ENTRY + 'register = "petition"\nwhen = ["nothing"]\n', "没有条件 nothing"),
        (ENTRY + 'register = "petition"\nwhere = { nothing = "a" }\n', "没有字段 nothing"),
        (ENTRY + 'register = "petition"\nevents = "nothing"\n', "没有事项 nothing"),
        (ENTRY + 'register = "petition"\nnothing = 1\n', "不认识的 nothing"),
        (ENTRY + 'register = "petition"\nby = { a = "nothing" }\n', "没有这个字段"),
        (ENTRY + 'part = "I-2"\nover = "I-3"\n', "没有 I-2"),
        (ENTRY.replace("custom", "sure"), "confidence 只能是"),
        (ENTRY.replace('name = "示例"\n', ""), "缺少 name"),
        ('[by.petition]\nunit = "nothing"\n', "没有这个字段"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(IndicatorDataError, match=words):
        load_indicators(text)

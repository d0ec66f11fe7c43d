"""Counts, Chinese numerals, yes and no, empty words, several names in a cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paizhu.base import numbers
from paizhu.base.reading import ReadingError


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十", 10), ("十五", 15), ("二十三", 23), ("廿五", 25), ("一百零三", 103), ("一百二十", 120),
        ("三千零五", 3005),
        ("两百", 200), ("一万二千", 12000), ("一万零二", 10002), ("壹佰贰拾万", 1_200_000), ("一亿三千万", 130_000_000),
        ("三万亿", 3_000_000_000_000), ("二〇二六", 2026), ("〇", 0), ("肆仟伍佰陆拾柒", 4567),
    ],
)  # fmt: skip
def test_numerals_have_their_value(words: str, value: int) -> None:
    assert numbers.chinese_number(words) == value


@pytest.mark.parametrize(
    "words", ["三千五", "一万二", "一百二", "十十", "万", "百二十", "二十三十", "", "三某", "一千二千"]
)
def test_numerals_in_doubt_have_none(words: str) -> None:
    assert numbers.chinese_number(words) is None


DIGITS = "零一二三四五六七八九"


def spoken(value: int) -> str:
    """Write a number below a hundred million in words, independently of the reader."""
    if value >= 10_000:
        rest = value % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return spoken(value // 10_000) + "万" + gap + (spoken(rest) if rest else "")
    words, zero = "", False
    for worth, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // worth % 10
        if digit:
            words += ("零" if zero and words else "") + DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return words or "零"


@given(st.integers(0, 99_999_999))
def test_every_number_said_in_full_is_read_back(value: int) -> None:
    assert numbers.chinese_number(spoken(value)) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3),
        (" ３ ", 3),
        ("1,200", 1200),
        ("三", 3),
        ("-2", -2),
        (3.0, 3),
        ("3.0", 3),
        (Decimal("5"), 5),
        ("负三", -3),
        ("7人", 7),
        ("三人次", 3),
        (0, 0),
    ],
)
def test_whole_numbers_are_read(typed: object, value: int) -> None:
    assert numbers.read_int(typed) == value


@pytest.mark.parametrize(
    ("typed", "code"),
    [("3.5", "not_whole"), (2.5, "not_whole"), ("1,20", "invalid_number"),
    ("", "invalid_number"),
     (True, "invalid_number"), (None, "invalid_number"), (float("nan"), "invalid_number"), ("约3", "invalid_number")],
)  # fmt: skip
def test_what_is_no_whole_number_is_refused(typed: object, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        numbers.read_int(typed)
    assert refused.value.code == code
    assert "例如" in refused.value.message


def test_a_stored_fraction_counts_with_the_digits_excel_shows() -> None:
    assert numbers.read_decimal(0.1 + 0.2) == Decimal("0.3")


@pytest.mark.parametrize("typed", ["完成", "已落实", "是", "有", "√", "对", "Y", "1", "已", 1, True, 1.0, " 是 ", "Ｙ"])
def test_yes_words(typed: object) -> None:
    assert numbers.read_yes_no(typed) is True


@pytest.mark.parametrize("typed", ["未完成", "未落实", "否", "无", "×", "N", "0", "未", 0, False, "不是"])
def test_no_words(typed: object) -> None:
    assert numbers.read_yes_no(typed) is False


@pytest.mark.parametrize("typed", ["可能", "", "2", "待定", 7])
def test_other_answers_are_asked_back(typed: object) -> None:
    with pytest.raises(ReadingError) as refused:
        numbers.read_yes_no(typed)
    assert refused.value.code == "invalid_yes_no"


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "\u3000", "无", "—", "——", "-", "/", "空", "暂无", "N/A", float("nan")]
)
def test_empty_words_are_empty(cell: object) -> None:
    assert numbers.is_empty(cell)


@pytest.mark.parametrize("cell", [0, "0", False, "不详", "无锡", "-1", "空军"])
def test_words_that_say_something_are_not(cell: object) -> None:
    assert not numbers.is_empty(cell)


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("张三、李四；王五", ["张三", "李四", "王五"]),
        ("张三,李四/王五\n赵六", ["张三", "李四", "王五", "赵六"]),
        ("张三（科长、支部书记）、李四", ["张三（科长、支部书记）", "李四"]),
        ("甲[乙,丙],丁", ["甲[乙,丙]", "丁"]),
        ("张三（科长、李四", ["张三（科长", "李四"]),
        ("张三、、李四、", ["张三", "李四"]),
        (" 张三 ", ["张三"]),
        ("、", []),
        ("", []),
    ],
)
def test_a_cell_is_split_between_names(cell: str, pieces: list[str]) -> None:
    assert numbers.split_list(cell) == pieces


@pytest.mark.parametrize(
    ("cell", "name", "post"),
    [
        ("李某（副科长）", "李某", "副科长"),
        ("张某(局长、党组书记)", "张某", "局长、党组书记"),
        ("副局长 张某", "张某", "副局长"),
        ("张某 某局副局长", "张某", "某局副局长"),
        ("张  三 科长", "张三", "科长"),
        ("张三丰副局长", "张三丰", "副局长"),
        ("某局党组成员、副局长李某某", "李某某", "某局党组成员、副局长"),
        ("李科长", "李科长", ""),
        ("张三", "张三", ""),
        ("张  三", "张  三", ""),
    ],
)
def test_name_and_post_are_told_apart(cell: str, name: str, post: str) -> None:
    assert numbers.split_post(cell) == (name, post)


def test_a_number_longer_than_anybody_says_is_no_number_and_no_crash() -> None:
    assert numbers.chinese_number("一" * 5000) is None
    with pytest.raises(ReadingError) as refused:
        numbers.read_int("9" * 5000)
    assert refused.value.code == "too_large"

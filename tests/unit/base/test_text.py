"""Comparing, spacing for search, and pinyin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from paizhu.base import text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张  三", "张三"),
        ("张\u3000三", "张三"),
        ("张\u200b三", "张三"),
        ("ＡＢ１２", "ab12"),
        ("金额（万元）", "金额(万元)"),
        ("“三重一大”", '"三重一大"'),
        ("线〔2026〕0012", "线[2026]0012"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("2026—2027", "2026-2027"),
        ("谈话\n对象", "谈话对象"),
        ("ﬁle", "FILE"),
    ],
)
def test_writings_of_the_same_words_fold_alike(one: str, other: str) -> None:
    assert text.folded(one) == text.folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张山"), ("甲、乙", "甲乙"), ("", ""), (" ", "\u3000"), ("张三", "张三丰")]
)
def test_other_and_empty_names_are_not_the_same(one: str, other: str) -> None:
    assert not text.same_name(one, other)


@given(st.text(max_size=120))
def test_folding_twice_changes_nothing(words: str) -> None:
    assert text.folded(text.folded(words)) == text.folded(words)


def test_many_texts_are_split_as_each_would_be() -> None:
    texts = ["谈了A3楼", "", "2026年", "ａ１全角", "一\n二", "x"]
    assert [each.split() for each in text.spaced_all(texts)] == [text.spaced(each).split() for each in texts]
    assert text.spaced_all([]) == []
    many = [f"第{number}件A{number}" for number in range(450)]
    assert [each.split() for each in text.spaced_all(many)] == [text.spaced(each).split() for each in many]
    assert text.spaced_all(["有\x1e号", "甲乙"]) == [text.spaced("有\x1e号"), text.spaced("甲乙")]


def found(stored: str, asked: str) -> bool:
    """Ask the real full-text index with the cutter that the vault uses."""
    base = sqlite.connect(":memory:")
    base.execute("create virtual table search_t using fts5(words, tokenize = 'unicode61')")
    base.execute("insert into search_t values (?)", (text.spaced(stored),))
    query = text.phrase(asked)
    hits = base.execute("select count(*) from search_t where search_t match ?", (query,)).fetchone()[0]
    base.close()
    return bool(hits)


STORED = "收到反映甲局副局长张  三在２０２６年A302工程中违规插手的信访件（线〔2026〕0012号）\ue001某"


@pytest.mark.parametrize(
    "asked",
    [
        "张三",
        "局",
        "违规插手",
        "规插",
        "2026",
        "202",
        "A302",
        "a30",
        "工程 张三",
        "线〔2026〕0012号",
        "〔2026〕00",
        "\ue001",
        "ａ３０２",
        "年A3",
    ],
)
def test_any_word_inside_is_found(asked: str) -> None:
    assert found(STORED, asked)


@pytest.mark.parametrize("asked", ["李四", "张三 李四", "三张", "302", "26年"])
def test_what_does_not_stand_there_is_not_found(asked: str) -> None:
    assert not found(STORED, asked)


@pytest.mark.parametrize(
    "asked",
    [
        '张三"',
        'a"b',
        "NOT 张三",
        "张三 OR",
        "张三*",
        "(张三",
        "^张三",
        "words:张三",
        "张三 AND NOT -x",
        "';--",
        "\x00张",
    ],
)
def test_no_typed_sign_can_change_the_query(asked: str) -> None:
    found(STORED, asked) if text.phrase(asked) else None
    assert text.phrase(asked).count('"') % 2 == 0


@given(st.text(max_size=40))
def test_every_typed_text_makes_a_query_the_index_accepts(asked: str) -> None:
    if text.phrase(asked):
        found(STORED, asked)


@given(st.text(alphabet="张三李四局长2026AB年、，。 （）", min_size=1, max_size=30))
def test_a_text_is_found_by_itself(words: str) -> None:
    if text.phrase(words):
        assert found(words, words)


def test_punctuation_alone_asks_for_nothing() -> None:
    assert text.phrase("，。“” --") == ""


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("单秀兰", "shanxiulan", "sxl"),
        ("解某", "xiemou", "xm"),
        ("曾国强", "zengguoqiang", "zgq"),
        ("仇某某", "qiumoumou", "qmm"),
        ("覃小小", "qinxiaoxiao", "qxx"),
        ("查良", "zhaliang", "zl"),
        ("朴正", "piaozheng", "pz"),
        ("盖某", "gemou", "gm"),
        ("区某", "oumou", "om"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("令狐冲", "linghuchong", "lhc"),
        ("万俟某", "moqimou", "mqm"),
        ("长孙某", "zhangsunmou", "zsm"),
        ("尹某", "yinmou", "ym"),
        ("乐某", "yuemou", "ym"),
        ("缪某", "miaomou", "mm"),
        ("逄某", "pangmou", "pm"),
        ("召某", "shaomou", "sm"),
        ("冼某", "xianmou", "xm"),
        ("种某", "chongmou", "cm"),
        ("能某", "naimou", "nm"),
        ("员某", "yunmou", "ym"),
        ("洗某", "xianmou", "xm"),
        ("吕布", "lvbu", "lb"),
        ("张 三", "zhangsan", "zs"),
        ("李单", "lidan", "ld"),
        ("", "", ""),
    ],
)
def test_a_name_reads_with_its_surname(name: str, full: str, initials: str) -> None:
    assert text.pinyin(name) == (full, initials)


def test_a_surname_with_two_readings_gives_both() -> None:
    assert text.name_readings("覃小小") == (("qinxiaoxiao", "qxx"), ("tanxiaoxiao", "txx"))


@pytest.mark.parametrize(
    ("name", "full"),
    [("单位", "danwei"), ("区政府", "quzhengfu"), ("重庆办事处", "chongqingbanshichu"), ("A302室", "a302shi")],
)
def test_units_and_things_are_not_read_as_names(name: str, full: str) -> None:
    assert text.pinyin(name, person=False)[0] == full

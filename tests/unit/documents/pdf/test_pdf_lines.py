"""No line begins or ends with what must not stand there, nothing is cut, nothing sticks out."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paizhu.documents.pdf.fonts import Face, FontBook
from paizhu.documents.pdf.lines import balanced, gap, units, wrap

NOT_FIRST = "，。、；：？！）〕］》〉」』】”’％…·"
NOT_LAST = "（〔［《〈「『【“‘￥"
HANZI = st.sampled_from("关于办公楼维修项目采购的议题按照示例制度规定理金额年月日号次会前审查意见")
WORDS = st.sampled_from(["2026", "486,000.00", "A4", "2026-03-05", "10:30", "3.5%", "Hello", "x/y", "-5", "No.7"])
PARTS = st.one_of(
    HANZI,
    HANZI,
    HANZI,
    WORDS,
    st.sampled_from("，。、；：？！"),
    HANZI.map(lambda text: f"“{text}”"),
    HANZI.map(lambda text: f"《{text}》"),
    WORDS.map(lambda text: f"（{text}）"),
    st.sampled_from(["——", "……", "〔2026〕3号", " ", "￥300", "☐同意", "☑不同意"]),
)
TEXTS = st.lists(PARTS, min_size=1, max_size=160).map("".join)
SIZE, WIDTH = 12.0, 180.0
EM = FontBook(())[Face.BODY].widths


@settings(deadline=None)
@given(TEXTS)
@example("这是“引号”，（括号）。" * 9)
@example("甲 ，乙（ 丙 ）" * 9)
@example("（" * 40)
@example("。" * 40)
@example("无" + "1234567890" * 20)
def test_every_character_stands_in_a_unit(text: str) -> None:
    assert "".join(units(text)) == text


@settings(deadline=None)
@given(TEXTS)
def test_lines_begin_and_end_as_the_rules_of_punctuation_ask(text: str) -> None:
    lines = [line.text for line in wrap(text, EM, SIZE, WIDTH)]
    wide = any(sum(map(EM.__getitem__, unit.rstrip())) * SIZE > WIDTH for unit in units(text))
    for before, after in pairwise(lines):
        if wide:
            break
        assert before[-1] not in NOT_LAST
        assert after[0] not in NOT_FIRST
        assert not (re.match(r"[0-9A-Za-z]", after) and re.search(r"[0-9A-Za-z,.]$", before) and " " not in text)


@settings(deadline=None)
@given(TEXTS, st.floats(20, 400))
def test_no_line_is_wider_than_its_room_and_no_word_is_lost(text: str, width: float) -> None:
    lines = wrap(text, EM, SIZE, width)
    assert all(line.width <= width + 0.01 for line in lines)
    assert re.sub(r"\s", "", "".join(line.text for line in lines)) == re.sub(r"\s", "", text)


@settings(deadline=None)
@given(TEXTS)
@example(" ， ，")
@example(" 、-5")
def test_where_we_break_the_unicode_rules_allow_it_too(text: str) -> None:
    breaking = pytest.importorskip("uniseg.linebreak")
    allowed = set(breaking.line_break_boundaries(text))
    place = 0
    for unit, following in zip(units(text), [*units(text)[1:], ""], strict=True):
        place += len(unit)
        # UAX #14 takes closing and opening quotes of the same shape for one sign; Chinese ones are told apart.
        quotes = unit[-1] in "”’" or following[:1] in ("“", "‘")
        # A box begins a choice; to Unicode it is a picture that words may stick to.
        box = following[:1] in ("☐", "☑") or "☐" in unit or "☑" in unit
        # A sum begins at its sign, whatever figure stands before it.
        money = following[:1] == "￥"
        # A full-width bracket after a per cent sign does not belong to the figure, as the rules for Latin text think.
        share = unit[-1] in "%％" and following[:1] in "（〔《"
        assert place in allowed or quotes or box or money or share, (unit, following)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("金额486,000.00元。", ["金", "额", "486,000.00", "元。"]),
        ("他说“好的”，走了", ["他", "说", "“好", "的”，", "走", "了"]),
        ("（2026年）〔2026〕9号", ["（2026", "年）", "〔2026〕", "9", "号"]),
        ("——这是……完", ["——", "这", "是……", "完"]),
        ("☐同意上会　☑缓议", ["☐同意上会　", "☑缓议"]),
        ("一/二", ["一/二"]),
        ("买买提·艾力", ["买", "买", "提·", "艾", "力"]),
    ],
)
def test_units_of_official_words(text: str, expected: list[str]) -> None:
    assert units(text) == expected


def test_a_word_longer_than_the_line_is_cut_rather_than_stick_out() -> None:
    lines = wrap("x" * 100, EM, SIZE, 60)
    assert len(lines) > 5
    assert all(line.width <= 60 for line in lines)


def test_justified_lines_fill_their_width_but_the_last_does_not() -> None:
    lines = wrap("按照示例制度第3条“规定”办理，" * 12, EM, SIZE, WIDTH, 2 * SIZE)
    for line in lines[1:-1]:
        opened = gap(line, WIDTH, SIZE)
        places = len(re.findall(r"[!-~]+|[^!-~]", line.text)) - 1
        assert line.width + opened * places == pytest.approx(WIDTH, abs=0.01)
    assert gap(lines[-1], WIDTH, SIZE) == 0


def test_the_first_line_leaves_two_characters_and_so_does_each_paragraph() -> None:
    lines = wrap("示例文字" * 6 + "\n" + "示例文字" * 6, EM, SIZE, WIDTH, 2 * SIZE)
    assert [line.last for line in lines] == [False, True, False, True]
    assert lines[0].width <= WIDTH - 2 * SIZE
    assert lines[2].width <= WIDTH - 2 * SIZE


def test_a_title_of_two_lines_is_balanced_and_no_date_is_cut() -> None:
    lines = balanced("关于示例甲等三名同志党风廉政情况的回复意见", EM, SIZE, WIDTH)
    assert len(lines) == 2
    assert abs(lines[0].width - lines[1].width) <= 4 * SIZE
    assert [line.text for line in balanced("2026-03-05 09:30", EM, 9, 54)] == ["2026-03-05", "09:30"]

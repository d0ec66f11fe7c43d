"""Words and names stand by their sound, one character after the other."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from pypinyin import Style, pinyin
from pypinyin.pinyin_dict import pinyin_dict

from paizhu.base import paths
from paizhu.base.stored import POINTER
from paizhu.base.word_order import cell_key, name_key, words_key

ROOT = Path(__file__).resolve().parents[3]


def sorted_from_anywhere(words: list[str], key: object) -> list[str]:
    """Return the words sorted, from an order that has nothing to do with it."""
    mixed = random.Random(7).sample(words, len(words))
    assert callable(key)
    return sorted(mixed, key=key)


@pytest.mark.parametrize(
    "names",
    [
        # By code point 丁 (4E01) would stand before 安 (5B89), 单 (5355) before 邵 (90B5).
        ["安国平", "丁海波", "何文涛", "梁志远", "邵勇", "孙立新", "吴建平", "许国梁", "周培林"],
        # Surnames are read as such: 单 Shàn, 解 Xiè, 曾 Zēng, 仇 Qiú, 查 Zhā.
        ["仇国平", "单秀兰", "邵勇", "谢明", "解明", "曾明", "查明", "翟明"],
        # Everybody of one name stands together, though 章三 is heard before 张伟.
        ["章三", "章伟", "张三", "张伟"],
        # ü follows u, before any further letter: lu, lü, luan, luo.
        ["卢明", "吕明", "栾明", "罗明"],
        # The given name decides where the surname is the same, and tones where the sound is.
        ["汪明", "王安", "王博"],
        # Surnames of two characters.
        ["欧阳明", "尤明", "尉迟明"],
    ],
)
def test_names_stand_by_their_sound(names: list[str]) -> None:
    assert sorted_from_anywhere(names, name_key) == names


@pytest.mark.parametrize(
    "words",
    [
        ["办公室", "城建档案馆", "机关党委", "计划财务处", "建筑市场处", "征收中心", "质安站", "住房保障处"],
        # 会计 is kuài, 行业 háng, 重建 chóng, 长效 cháng; 会议 huì, 行政 xíng, 重大 zhòng, 长子 zhǎng.
        ["长效机制", "重建项目", "行业管理处", "会议室", "会计科", "行政处", "重大事项"],
        ["局党组会（第 9 次）", "局党组会（第 10 次）", "局党组会（第 21 次）"],
        ["2号楼", "10号楼", "A座", "B座", "办公楼"],
        ["线〔2025〕0102", "线〔2026〕0002", "线〔2026〕0012"],
        # Quotes and brackets before a word do not count.
        ["《关于采购的意见》", "关于车辆的意见", "“三公”经费"],
        ["Ａ座", "B座"],
    ],
)
def test_words_stand_by_their_sound_and_numbers_by_size(words: list[str]) -> None:
    assert sorted_from_anywhere(words, words_key) == words


def test_a_reference_stands_by_its_words_as_what_it_points_to() -> None:
    """单 begins a person's name and a unit's: only the first is Shàn."""
    person, unit, loose = f"单秀兰{POINTER}person:3", f"单位工会{POINTER}unit:4", "单秀兰"
    assert cell_key(person, names=True) == name_key("单秀兰") == cell_key(loose, names=True)
    assert cell_key(unit, names=True) == words_key("单位工会")
    assert cell_key(loose, names=False) == words_key("单秀兰") != name_key("单秀兰")


def test_every_usual_character_stands_where_the_dictionary_has_it() -> None:
    # A few signs of old measures have no reading in the dictionary.
    usual = [chr(code) for code in range(0x4E00, 0x9FA6) if code in pinyin_dict]
    syllables = [
        pinyin(each, style=Style.TONE3, neutral_tone_with_five=True)[0][0] for each in sorted(usual, key=words_key)
    ]
    as_in_a_dictionary = [(each[:-1].replace("v", "u"), "v" in each, each[-1]) for each in syllables]
    assert as_in_a_dictionary == sorted(as_in_a_dictionary)


def test_the_list_of_characters_is_what_its_script_makes() -> None:
    script = f"import sys; sys.path.insert(0, {str(ROOT / 'packaging')!r}); import make_reading_order as made; "
    told = subprocess.run(
        [sys.executable, "-c", script + "sys.stdout.buffer.write('\\n'.join(made.lines()).encode())"],
        capture_output=True,
        check=True,
    ).stdout.decode()
    kept = (paths.resources() / "words" / "reading_order.txt").read_text(encoding="utf-8")
    assert [line.rstrip("\t") for line in told.split("\n")] == kept.splitlines()

"""Readings are those of pypinyin, kept in a form that Python has nothing to look through."""

import gc
import json
import random
import subprocess
import sys

from paizhu.base import readings

_AS_IT_COMES = """
import json, sys
from pypinyin import lazy_pinyin
print(json.dumps([lazy_pinyin(text) for text in json.load(sys.stdin)]))
"""


def texts() -> list[str]:
    """Return every tenth word that is known, words side by side, and signs that stand in none."""
    from pypinyin.constants import PHRASES_DICT

    chance = random.Random(2026)
    words = sorted(PHRASES_DICT)
    beside = ["".join(chance.sample(words, 3)) + chance.choice(["", "A302", "，", "·"]) for _each in range(2_000)]
    signs = ["".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _each in range(5)) for _text in range(2_000)]
    return [*words[::10], *beside, *signs]


def test_they_are_the_same_as_those_of_the_package() -> None:
    given = texts()
    made = subprocess.run(
        [sys.executable, "-c", _AS_IT_COMES], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    assert [readings.syllables(text) for text in given] == json.loads(made.stdout)


def test_no_list_is_kept_for_a_word() -> None:
    from pypinyin.constants import PHRASES_DICT

    readings.syllables("银行")
    assert len(PHRASES_DICT) > 40_000
    assert not any(map(gc.is_tracked, PHRASES_DICT.values()))

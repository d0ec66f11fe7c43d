"""The order in which words stand in a list: by the sound of each character, as a Chinese dictionary has it.

One character is compared before the next, so that everybody called 张 stands together; those read alike stand by tone
and strokes. Numbers within words count as numbers (第 9 次 before 第 10 次), quotes and brackets in front of a word do
not count. Comparing the keys as plain text gives the order, so that a database can do it.
"""

import re
from functools import cache
from typing import NamedTuple

from paizhu.base import paths
from paizhu.base.stored import BETWEEN, POINTER

LONGEST = 64
"""Characters of a text that decide where it stands."""
_CHARACTERS = 0x10000
"""First code of the characters whose sound is known; all other signs of the scripts in use stand before or after."""
_NUMBER = re.compile("[0-9]+")
_DROPPED = "“「『〝《〈«〔〖【［〘（([{'\"‘ \u3000\t\r\n"
_CLOSING = "”」』〞》〉»〕〗】］〙）)]}’"
_PERSON = "person:"
_LONGEST_NAME = 4
"""A longer name that no record stands behind is that of a unit."""


class _Places(NamedTuple):
    signs: dict[int, str]
    """What stands for each sign in a key."""
    words: dict[str, str]
    """What stands for the first character of words that begin with another reading of it."""
    surnames: dict[str, str]
    """The same for surnames."""


@cache
def _places() -> _Places:
    signs = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    signs |= {0xFF01 + at: chr(0x21 + at).lower() for at in range(94)}
    signs |= {ord(sign): "" for sign in _DROPPED} | {ord(sign): "\x02" for sign in _CLOSING}
    words: dict[str, str] = {}
    surnames: dict[str, str] = {}
    code = _CHARACTERS
    lines = (paths.resources() / "words" / "reading_order.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        _syllable, usual, beginnings, names = (*line.split("\t"), "", "", "")[:4]
        # What is read so only here stands after the others, all words with the same character together.
        unusual = dict.fromkeys(each[0] for each in (*beginnings.split(), *names.split()))
        signs |= {ord(sign): chr(code + at) for at, sign in enumerate(usual)}
        codes = {sign: chr(code + len(usual) + at) for at, sign in enumerate(unusual)}
        words |= {each: codes[each[0]] for each in beginnings.split()}
        surnames |= {each: codes[each[0]] for each in names.split()}
        code += len(usual) + len(unusual)
    return _Places(signs, words, surnames)


def load() -> None:
    """Read the order ahead, which the first list that is sorted by words would otherwise wait for."""
    _places()


def words_key(words: str) -> str:
    """Return what words are compared by: 会计科 among those read kuài, 第 9 次 before 第 10 次."""
    places = _places()
    words = words[:LONGEST].lstrip(_DROPPED)
    first = places.words.get(words[:2])
    key = (first + words[1:].translate(places.signs)) if first else words.translate(places.signs)
    return _NUMBER.sub(_counted, key)


def name_key(name: str) -> str:
    """Return what persons' names are compared by: the first character is read as a surname, 单 as Shàn."""
    places = _places()
    first = places.surnames.get(name[:2]) or places.surnames.get(name[:1])
    return first + name[1:LONGEST].translate(places.signs) if first else name[:LONGEST].translate(places.signs)


def cell_key(cell: str, *, names: bool) -> str:
    """Return what a stored reference, or several, are compared by: their words, not what stands behind them.

    ``names`` says that persons may be meant: then a cell without a record behind it is a person's name if it is short.
    """
    return "\x01".join(_of_reference(part, names) for part in cell.split(BETWEEN))


def _of_reference(cell: str, names: bool) -> str:
    label, _, pointer = cell.partition(POINTER)
    is_person = pointer.startswith(_PERSON) if pointer else names and len(label) <= _LONGEST_NAME
    return name_key(label) if is_person else words_key(label)


def _counted(found: re.Match[str]) -> str:
    number = found[0].lstrip("0")
    return f"0{chr(0x21 + len(number))}{number}"

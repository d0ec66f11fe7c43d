"""Make the list of Chinese characters in the order of their sound, which lists of names and words are sorted by.

Run by whoever changes it (``.venv/bin/python packaging/make_reading_order.py``); the result is checked in. The
dictionary of readings it is made from takes a quarter of a second to load, too long for sorting a list.

A line of the result is one syllable with its tone: the characters read so, then words that begin with a character
read so only there (会计), then surnames read so only as a surname (单). Within a line the usual characters come first,
by their strokes, as the national list of characters (GB 2312) has them.
"""

from collections import defaultdict

from pypinyin import Style, pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from paizhu.base import paths, text

MADE = paths.resources() / "words" / "reading_order.txt"
_FIRST, _LAST, _ZERO = 0x3400, 0x9FFF, 0x3007
# Words of the office that the dictionary lacks.
_OFFICE = {"长效": "chang2", "长期": "chang2", "还款": "huan2", "重组": "chong2", "重申": "chong2", "重报": "chong2"}
_USUAL_UNTIL = 0xD7F9
"""End of the first level of GB 2312, whose characters stand by their sound, then by their strokes."""


def readings(words: str, *, all_of: bool = False) -> list[str]:
    """Return how the first character is read in these words, as ``zhang3``; all its readings if it is alone."""
    found = pinyin(words, style=Style.TONE3, heteronym=all_of, neutral_tone_with_five=True)
    return list(found[0])


def place(syllable: str) -> tuple[str, bool, str]:
    """Return where a syllable stands: by its letters, ü after u, then by its tone."""
    letters, tone = syllable[:-1], syllable[-1]
    return letters.replace("v", "u"), "v" in letters, tone


def within(character: str) -> tuple[int, int]:
    """Return where a character stands among those read alike."""
    try:
        usual = int.from_bytes(character.encode("gb2312"))
    except UnicodeEncodeError:
        usual = 0xFFFF
    return (usual if usual <= _USUAL_UNTIL else 0xFFFF), ord(character)


def lines() -> list[str]:
    """Return the lines of the list."""
    characters = [chr(code) for code in pinyin_dict if _FIRST <= code <= _LAST or code == _ZERO]
    alone = {character: readings(character)[0] for character in characters}
    read: dict[str, list[str]] = defaultdict(list)
    for character, syllable in alone.items():
        read[syllable].append(character)
    words: dict[str, list[str]] = defaultdict(list)
    two = [word for word in phrases_dict if len(word) == 2 and word[0] in alone and word not in _OFFICE]
    spoken = {**{word: readings(word)[0] for word in two}, **_OFFICE}
    for word, syllable in sorted(spoken.items()):
        # A tone that changes before another one moves nothing: 一半 stands beside 一.
        if syllable[:-1] != alone[word[0]][:-1]:
            words[syllable].append(word)
    surnames: dict[str, list[str]] = defaultdict(list)
    for character in characters:
        as_surname = text.pinyin(character)[0]
        if as_surname != alone[character][:-1]:
            surnames[_toned(character, as_surname, read)].append(character)
    for double, (first, _second) in text.COMPOUND_SURNAMES.items():
        if first != text.pinyin(double[0])[0]:
            surnames[_toned(double[0], first, read)].append(double)
    known = sorted({*read, *words, *surnames}, key=place)
    return [
        "\t".join((each, "".join(sorted(read[each], key=within)), " ".join(words[each]), " ".join(surnames[each])))
        for each in known
    ]


def _toned(character: str, letters: str, read: dict[str, list[str]]) -> str:
    """Return a reading with its tone, as the dictionary knows it of the character, else the first tone there is."""
    known = [each for each in readings(character, all_of=True) if each[:-1] == letters]
    return known[0] if known else min(each for each in read if each[:-1] == letters)


if __name__ == "__main__":
    MADE.parent.mkdir(exist_ok=True)
    MADE.write_text("\n".join(line.rstrip("\t") for line in lines()) + "\n", encoding="utf-8")

"""Readings of characters, out of pypinyin, in a form that takes little memory and no search for garbage.

Of forty-seven thousand words pypinyin keeps two hundred thousand lists. They stay to the end of the program, and as
often as Python looks for garbage it would walk through every one of them, on the thread of the window.
"""

import threading
from functools import cache
from typing import Any, cast

_making = threading.Lock()


def syllables(text: str) -> list[str]:
    """Return the syllables of Chinese text without tones, as ``["yin", "hang"]``; other signs stay as they are."""
    with _making:
        # The second of two threads that ask at the start must not find the words half made.
        reader = _reader()
    found: list[str] = reader.lazy_pinyin(text)
    return found


@cache
def _reader() -> Any:
    # Importing the dictionary takes a quarter of a second, too much for the start of the program.
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.converter import UltimateConverter
    from pypinyin.core import Pinyin
    from pypinyin.phrases_dict import phrases_dict

    words = cast("dict[str, Any]", PHRASES_DICT)

    class Plain(UltimateConverter):
        """Reads words out of the small form; what is no word is read sign by sign, as in the class above."""

        def _phrase_pinyin(self, phrase: str, *about: Any, **more: Any) -> list[list[str]]:
            known = words.get(phrase)
            return [[each] for each in known.split(" ")] if known else super()._phrase_pinyin(phrase, *about, **more)

    # Of several readings of one sign in a word only the first is ever used. The words are what text is cut by.
    for word, readings in words.items():
        words[word] = " ".join([each[0] for each in readings])
    phrases_dict.clear()
    return Pinyin(Plain())

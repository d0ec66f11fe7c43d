"""Words of an opinion: the suggestions numbered in what was written, and the draft of what is being written."""

import re
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from paizhu.base import paths
from paizhu.base.numbers import chinese_number

OPINION_DRAFT = "review_item:opinion"
"""Under what the words of an opinion are kept while they are written."""

_MARKER = re.compile(
    r"(?:^|(?<=[\n；;。：:，,]))\s*"
    r"(?:(?P<cn>[一二三四五六七八九十]{1,3})、|[（(](?P<in>[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|(?P<no>\d{1,2})[.．、](?!\d))"
)


@cache
def _words_data() -> Mapping[str, Any]:
    return tomllib.loads((paths.resources() / "rules" / "phrases.toml").read_text(encoding="utf-8"))


def near_standard() -> Fraction:
    """Return the share of the unit's standard from which an amount is near it."""
    return Fraction(int(_words_data()["near_standard_percent"]), 100)


def numbered(text: str) -> list[str]:
    """Return the suggestions numbered 一、 1. or （1） in an opinion, in order; a stray number starts none."""
    marks: list[re.Match[str]] = []
    for mark in _MARKER.finditer(text):
        written = mark["cn"] or mark["in"] or mark["no"]
        value = int(written) if written.isdigit() else chinese_number(written)
        if value == len(marks) + 1:
            marks.append(mark)
    if not marks:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = [text[mark.end() : end].strip().rstrip("；;，,。.") for mark, end in zip(marks, ends, strict=True)]
    return [" ".join(words.split()) for words in found if words.strip()]

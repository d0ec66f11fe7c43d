"""Words that are numbered 一、 1. or （1）, as opinions and letters are written, taken apart."""

import re

from paizhu.base.numbers import chinese_number

_MARKER = re.compile(
    r"(?:^|(?<=[\n；;。：:，,]))\s*"
    r"(?:(?P<cn>[一二三四五六七八九十]{1,3})、|[（(](?P<in>[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|(?P<no>\d{1,2})[.．、](?!\d))"
)


def numbered(text: str) -> list[str]:
    """Return the parts numbered 一、 1. or （1） in a text, in order; a stray number starts none."""
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

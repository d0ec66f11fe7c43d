"""What the words of an agenda say by themselves, whatever the rosters know: heading, items, sums, likely category."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from paizhu.base import paths, values
from paizhu.base.numbers import chinese_number
from paizhu.base.reading import ReadingError, narrowed
from paizhu.registers.meeting import MEETING
from paizhu.registers.review import REVIEW
from paizhu.services.reviews.agenda_rows import plain

HIGH, MIDDLE, LOW, NONE = "high", "middle", "low", ""
_RANK = {HIGH: 3, MIDDLE: 2, LOW: 1}
_NUMERAL = "一二三四五六七八九十百"
_NUMBERED = re.compile(
    rf"^\s*(?:第?议题\s*(?P<item>[{_NUMERAL}]+|\d+)\s*[:：、.．]?|[（(]\s*(?P<in>[{_NUMERAL}]+|\d+)\s*[）)]"
    rf"|(?P<no>\d{{1,3}})\s*[、.．)）]|(?P<cn>[{_NUMERAL}]+)\s*[、.．])(?!\d)\s*(?P<rest>.*)$"
)
AMOUNT = re.compile(r"(?P<sum>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|千元|元|亿|万)(?!元?(?:以上|以下|以内|及以))")
_TOTAL = re.compile(r"(?:合计|共计|总额|总计|总投资)[^\d]{0,4}$")
ABOUT = re.compile(r"约\s*\d[\d,，.]*\s*(?:亿|万|千)?元?|\d[\d,，.]*\s*(?:亿|万|千)?元?\s*(?:左右|上下|余元?|多元?)")
"""A sum that is only about so much: its words stay in the title, since the field holds an exact one."""


_LEADS = re.compile(
    r"(?:增加|减少|追加|核减|调增|调减|投资|预算|金额|资金|补助|合计|共计|总额|概算|控制价|限价|至|到|为|近|超|达)\s*"
    r"\d[\d,，.]*\s*(?:亿元|万元|亿|万|元)\s*$"
)
"""Words before a sum that mean nothing without it: 增加投资 326 万元."""
_LEAST_ITEMS = 2
_OF_AGENDA = re.compile(r"(?:议程|议题)(?:表|单|安排)?(?=\s*(?:[（(]|$))")
_LABELS = {
    "会议时间": "held_at",
    "时间": "held_at",
    "会议地点": "place",
    "地点": "place",
    "主持人": "chair",
    "主持": "chair",
}
_ROLL = re.compile(r"\s*(?:参会|参加|出席|列席|与会|到会|请假|缺席|记录|主送|抄送|分送)[^，,；;。:：]{0,8}[:：]")
"""Who comes stands below the last item and is no part of it."""
_LABEL = rf"(?:{'|'.join(_LABELS)})\s*[:：]"
# One line often names time, place and chair; each ends where the next begins.
_SAID = re.compile(rf"(?P<label>{'|'.join(_LABELS)})\s*[:：](?P<rest>.*?)(?={_LABEL}|$)")


@cache
def wording() -> Mapping[str, Any]:
    """Return the words by which agendas are read, as they are shipped."""
    return tomllib.loads((paths.resources() / "rules" / "agenda.toml").read_text(encoding="utf-8"))


def heading(text: str) -> dict[str, str]:
    """Return name, time and place of the meeting when they stand above the first item."""
    given: dict[str, str] = {}
    for line in text.replace("\r", "\n").split("\n"):
        words = plain(line) if "\t" in line else line.strip()
        if _NUMBERED.match(words) or ("\t" in line and not words):
            break
        for found in _SAID.finditer(words):
            if rest := found["rest"].strip(" \u3000，,；;。"):
                given.setdefault(_LABELS[found["label"]], rest)
        if words and "name" not in given and "会" in words and not re.search("[:：]", words):
            given["name"] = _OF_AGENDA.sub("", words).strip()
            if kind := _kind(given["name"]):
                given["kind"] = kind
    return given


def _kind(name: str) -> str:
    """Return the kind of meeting its name tells; the longest wording counts."""
    told = [
        (len(words), choice.label)
        for choice in MEETING.field("kind").choices
        for words in (choice.label, *choice.aliases)
        if words in name
    ]
    return max(told)[1] if told else ""


def is_agenda(text: str) -> bool:
    """Tell whether words are the numbered lines of an agenda, two at least, and not cells of a sheet."""
    numbered = [line for line in text.splitlines() if _NUMBERED.match(line.strip()) and "\t" not in line]
    return len(numbered) >= _LEAST_ITEMS


def parts(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield number and words of each item; a line without a number goes on with the item before it.

    Below the last item who comes may be listed; from there on a line without a number belongs to no item.
    """
    if not any(_NUMBERED.match(line) for line in lines):
        yield from enumerate((line.strip() for line in lines), start=1)
        return
    number, words, goes_on = 0, "", False
    for line in lines:
        found = _NUMBERED.match(line)
        if found:
            if words:
                yield number, words
            written = found["item"] or found["in"] or found["no"] or found["cn"]
            value = int(written) if written.isdigit() else chinese_number(written)
            number, words, goes_on = value or number + 1, found["rest"].strip(), True
        elif _ROLL.match(line):
            goes_on = False
        elif goes_on:
            words = f"{words}{line.strip()}"
    if words:
        yield number, words


def labelled(words: str, labels: Sequence[str]) -> tuple[str, str]:
    """Take ``label：name`` out of a line."""
    for label in sorted(labels, key=len, reverse=True):
        found = re.search(rf"[，,；;、\s]*{label}\s*(?:为|是)?[:：]?\s*([^，,；;、（）()\s:：]{{2,16}})", words)
        if found:
            return (words[: found.start()] + words[found.end() :]).replace("（）", "").replace("()", ""), found[1]
    return words, ""


def tidied(title: str) -> str:
    """Return a title without the sum at its end and the signs left around it, unless its words lead to the sum."""
    if not _LEADS.search(title):
        title = re.sub(
            r"[，,；;、\s]*[：:]?\s*(?<![约\d.])(?<!\d[,，])\d[\d,，.]*\s*(?:亿元|万元|亿|万|元)\s*$", "", title
        )
    return title.replace("（）", "").strip(" 　，,；;。.、：:")


def amount_in(words: str) -> tuple[Decimal | None, bool]:
    """Return the amount in a line and whether there are several; a stated total leads."""
    found: list[Decimal] = []
    for match in AMOUNT.finditer(words):
        try:
            unit = {"亿": "亿元", "万": "万元"}.get(match["unit"], match["unit"])
            sum_ = values.parse(REVIEW.field("amount"), narrowed(match["sum"]).replace(",", "") + unit)
        except ReadingError:
            continue
        if isinstance(sum_, Decimal):
            if _TOTAL.search(words[: match.start()]):
                return sum_, False
            found.append(sum_)
    return (max(found), len(set(found)) > 1) if found else (None, False)


def proposed_category(title: str, has_amount: bool) -> tuple[str, str, str]:
    """Return category, sub-category and confidence by the words of a title, then by whether money is named."""
    best: tuple[int, int, int] = (0, 0, 0)
    answer = ("", "", NONE)
    for at, entry in enumerate(wording()["word"]):
        for word in entry["words"]:
            weight = (_RANK[entry["confidence"]], len(word), -at)
            if word in title and weight > best:
                best, answer = weight, (entry["category"], entry.get("sub_category", ""), entry["confidence"])
    if has_amount and answer[2] in (LOW, NONE):
        return "fund", "", MIDDLE
    return answer

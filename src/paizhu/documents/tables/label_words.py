"""The words officers write over columns, compared with the labels and aliases of the registers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paizhu.base.field import Field
from paizhu.base.register import Register
from paizhu.base.text import folded

# A mark for required cells, a footnote number, a note on how to fill the column: none of them is part of the name.
_MARKS = re.compile(r"^[*※★▲#\d.]+(?=[^\d.])|[*※★▲:]+$|[\[(](必填|选填|可不填)[\])]")
_BRACKETS = re.compile(r"[\[(<][^\])>]*[\])>]")
_FILLERS = re.compile(r"(?<=..)(基本|个人|有关|相关)?(情况|信息|资料)$")
_UNIT = re.compile(r"^[(\[]?(单位:?)?(人民币)?(百|千|万|百万|亿)?元[)\]]?$")
_ORDINALS = frozenset(folded(word) for word in ("序号", "序", "No.", "NO", "顺序号", "行号", "#"))
_GENERIC = frozenset(("姓名", "名称", "名字", "人员", "时间", "日期", "内容", "情况", "单位名称"))
DATE_PARTS = ("年", "月", "日")
"""Headings of three columns that spell one date."""
ID_HEADER = "记录号"
VERSION_HEADER = "版本"
PARENT_HEADER = "上级编号"
REPORT_HEADER = "问题说明（再导入时不读）"
"""Heading of the column that says what is wrong in a marked workbook; officers have a 问题说明 of their own."""
# Words that end a hundred different headings: containing one of them shows next to nothing.
_VAGUE = _GENERIC | frozenset(
    (
        "类型",
        "类别",
        "种类",
        "意见",
        "说明",
        "要求",
        "方式",
        "结果",
        "编号",
        "单位",
        "部门",
        "原因",
        "对象",
        "事项",
        "职务",
        "主体",
        "年度",
        "状态",
        "备注",
        "级别",
        "依据",
        "标准",
    )
)
_OWN_HEADER = re.compile(r"^(记录号|版本|上级记录号)\(([a-z_]+(?:\.[a-z_]+)?)\)$")
SHORTEST = 2


def is_own_header(words: str) -> bool:
    """Tell whether a heading is one that only this program writes: 记录号(person) and the like."""
    return _OWN_HEADER.match(words.strip()) is not None


@lru_cache(maxsize=8192)
def header_key(text: str) -> str:
    """Return a header for comparing: folded, without footnote and must-fill marks."""
    return _MARKS.sub("", folded(text))


@lru_cache(maxsize=8192)
def bare_key(text: str) -> str:
    """Return a header for comparing without what stands in brackets: 金额（万元） is 金额."""
    return _BRACKETS.sub("", header_key(text)) or header_key(text)


@lru_cache(maxsize=1024)
def is_unit(words: str) -> bool:
    """Tell whether words only name the unit of money in which a column counts, as （万元）."""
    return _UNIT.match(folded(words)) is not None


def is_ordinal(header: str) -> bool:
    """Tell whether a column only counts its rows."""
    return header_key(header) in _ORDINALS or folded(header) in _ORDINALS


def is_report(header: str) -> bool:
    """Tell whether a column only repeats what was found wrong at the last import."""
    return folded(header) == folded(REPORT_HEADER)


def own_header(header: str) -> tuple[str, str] | None:
    """Return (kind, register) when a header is one this program wrote into its hidden columns."""
    found = _OWN_HEADER.match(folded(header))
    return (found[1], found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Naming:
    """How well a header names a field, from 0 to 1, and what showed it."""

    score: float
    how: str


_NOT = Naming(0.0, "")


def keys_of(path: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Return the writings under which a header of one or more rows may be known, the most telling first."""
    # One header is compared with every field of every register.
    return _keys(tuple(path))


@lru_cache(maxsize=1024)
def _keys(path: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    named = [part for part in path if part.strip() and not is_unit(part)] or [part for part in path if part.strip()]
    parts = [header_key(part) for part in named]
    if not parts:
        return ()
    bare = [bare_key(part) for part in named]
    found = [("".join(parts), 1.0), ("".join(bare), 0.97)]
    if len(parts) > 1:
        # 被谈话人基本情况 over 单位 is the unit of 被谈话人.
        group = _FILLERS.sub("", bare[0])
        found += [(parts[0] + parts[-1], 0.96), (group + bare[-1], 0.95), (bare[-1] + bare[0], 0.9)]
        if bare[-1] in _GENERIC:
            found += [(parts[-2], 0.95), (bare[-2], 0.93), (parts[0], 0.92)]
        found += [(parts[-1], 0.88), (bare[-1], 0.86)]
    return tuple(dict.fromkeys(found))


def names_of(field: Field) -> tuple[str, ...]:
    """Return every folded writing of a field's name, its label first."""
    return tuple(dict.fromkeys(folded(words) for words in (field.label, *field.aliases)))


def naming(path: Sequence[str], field: Field) -> Naming:
    """Return how well a header names this field: exactly, by containing its name, or nearly."""
    names = _names(field.label, field.aliases)
    best = _NOT
    keys = keys_of(path)
    for key, weight in keys:
        if key in names:
            # A label is surer than an alias, which may stand for another field elsewhere.
            score = weight if key == names[0] else weight - 0.03
            if score > best.score:
                best = Naming(score, "同名" if key == names[0] else "别名")
    if best.score:
        return best
    for key, weight in keys:
        for name in names:
            if len(name) >= SHORTEST and len(key) >= SHORTEST and (name in key or key in name):
                if name != key and (name in _VAGUE or key in _VAGUE):
                    continue
                share = min(len(name), len(key)) / max(len(name), len(key))
                best = max(best, Naming(weight * (0.45 + 0.35 * share), "包含"), key=lambda each: each.score)
    if best.score:
        return best
    from rapidfuzz import fuzz

    for key, weight in keys:
        for name in names:
            ratio = fuzz.ratio(key, name) / 100
            if ratio >= _NEAR and len(key) > SHORTEST and (len(key) > _SHORT or _one_letter_off(key, name)):
                best = max(best, Naming(weight * ratio * 0.75, "近似"), key=lambda each: each.score)
    return best


_NEAR = 0.66
_SHORT = 4


def _one_letter_off(key: str, name: str) -> bool:
    # 谈话地奌 is a slip for 谈话地点; 办结方式 and 拟办方式 are two things.
    return len(key) == len(name) and sum(one != other for one, other in zip(key, name, strict=True)) == 1


@lru_cache(maxsize=4096)
def _names(label: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded(words) for words in (label, *aliases)))


class Vocabulary:
    """Every name of every field of the registers at hand: what a header row is recognised by."""

    def __init__(self, registers: Iterable[Register]) -> None:
        self.registers = tuple(registers)
        known: defaultdict[str, int] = defaultdict(int)
        for register in self.registers:
            for kind in (register, *register.rows):
                for field in kind.fields:
                    for name in names_of(field):
                        known[name] += 1
        self._known = frozenset(known)
        self._long = tuple(sorted((name for name in known if len(name) > SHORTEST), key=len, reverse=True))
        self._qualities: dict[tuple[str, ...], float] = {}

    def knows(self, text: str) -> bool:
        """Tell whether a text is exactly the name of some field, or a usual heading of a column."""
        key = header_key(text)
        return key in self._known or bare_key(text) in self._known or key in _ORDINALS

    def quality(self, path: tuple[str, ...]) -> float:
        """Return how much the cells over a column look like a heading: 1 for a known name, 0 for nothing known."""
        if path not in self._qualities:
            self._qualities[path] = self._quality(path)
        return self._qualities[path]

    def _quality(self, path: tuple[str, ...]) -> float:
        if path and (is_ordinal(path[-1]) or own_header(path[-1]) or header_key(path[-1]) in DATE_PARTS):
            return 1.0
        keys = keys_of(path)
        exact = max((weight for key, weight in keys if key in self._known), default=0.0)
        if exact:
            return exact
        whole = keys[0][0] if keys else ""
        contained = len(whole) < _LONGEST_HEADER and any(name in whole for name in self._long)
        return 0.5 if contained else 0.0


_LONGEST_HEADER = 24

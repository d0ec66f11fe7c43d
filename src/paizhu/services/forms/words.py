"""What the labels of a form say: figures, spans, parts of a breakdown, shares; the words are data."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from paizhu import registers
from paizhu.base import paths
from paizhu.base.field import Choice, FieldKind
from paizhu.base.register import Register
from paizhu.base.text import folded
from paizhu.registers.choices import RANK_LEVELS
from paizhu.registers.measure_kinds import MEASURE_KINDS
from paizhu.rules.indicator_table import Catalogue, Indicator

_UNIT = r"件次|人次|场次|件|人|场|次|条|项|批|起|个|万元|元|%"
_BRACKETS = re.compile(rf"[(（](?:单位[:：])?({_UNIT}|[^)）]{{0,6}})[)）]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+|\d+)[、.,．]|^[(（][一二三四五六七八九十\d]+[)）]|^其中[:：]?")
_ONLY_UNIT = re.compile(rf"(?:{_UNIT})数?")
_ONE_MONTH = re.compile(r"(?:\d{4}年)?(1[0-2]|[1-9])月份?")
_INDICATOR = re.compile(r"I[-—_.]?(\d{3}[A-Z]?\d?)")
_SHORTEST = 2
FORMS = (("f1", "第一种形态"), ("f2", "第二种形态"), ("f3", "第三种形态"), ("f4", "第四种形态"))
BREAKDOWNS = {
    "unit": "单位",
    "rank": "职级",
    "mode": "处置方式",
    "kind": "种类",
    "channel": "方式",
    "source": "来源",
    "category": "类别",
    "class": "类别",
    "issue": "问题类型",
    "measure": "措施",
    "form": "形态",
    "opinion": "审查意见",
    "decided": "决议",
    "adopted": "采纳",
    "result": "结果",
    "outcome": "处理结果",
    "named": "署名情况",
    "repeat": "初次或重复",
    "origin": "来源",
    "authority": "管理权限",
    "subject_type": "责任主体类别",
    "duty_kind": "责任类型",
}
"""What a figure is broken down by, in words."""
CLASSES = (("party", "党纪处分"), ("admin", "政务处分"))


@lru_cache(maxsize=8192)
def clean(label: str) -> tuple[str, str]:
    """Return a label without numbering and brackets, folded, and the unit it names."""
    found = _BRACKETS.search(label)
    unit = found[1] if found and re.fullmatch(_UNIT, found[1]) else ""
    words = _NUMBERING.sub("", folded(_BRACKETS.sub("", label)))
    if not unit and (only := _ONLY_UNIT.fullmatch(words)):
        unit = only.group().removesuffix("数")
    unit = "场" if unit == "场次" else unit
    return words.replace('"', ""), unit


@dataclass(frozen=True)
class Words:
    """The table of words, with the units of the vault as further parts."""

    names: Mapping[str, tuple[str, ...]]
    spans: Mapping[str, str]
    plain: frozenset[str]
    kept: frozenset[str]
    shares: frozenset[str]
    more_parts: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[str, ...]]
    only_kinds: Mapping[str, tuple[str, ...]]
    catalogue: Catalogue
    units: Mapping[str, str] = field(default_factory=dict)
    _parts: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, catalogue: Catalogue, units: Iterable[str] = ()) -> "Words":
        """Read the shipped table."""
        text = (paths.resources() / "rules" / "indicator_words.toml").read_text(encoding="utf-8")
        data: dict[str, Any] = tomllib.loads(text)
        names = {
            code: tuple(dict.fromkeys(folded(each) for each in (indicator.name, *data["names"].get(code, ()))))
            for code, indicator in catalogue.indicators.items()
        }
        return cls(
            names,
            {folded(word): span for span, words in data["spans"].items() for word in words},
            frozenset(map(folded, data["plain"]["words"])),
            frozenset(map(folded, data["plain"]["kept"])),
            frozenset(map(folded, data["share"]["words"])),
            {
                name: {folded(word): code for code, words in parts.items() for word in words}
                for name, parts in data["parts"].items()
            },
            {key: tuple(map(folded, words)) for key, words in data["lists"].items()},
            {code: tuple(starts) for code, starts in data["only_kinds"].items()},
            catalogue,
            {folded(unit): unit for unit in units},
        )

    @cached_property
    def _long_spans(self) -> tuple[str, ...]:
        # 调整 is a span only by itself: 调整职务 is a measure.
        long = (word for word, span in self.spans.items() if len(word) >= _SHORTEST and span != "adjusted")
        return tuple(sorted(long, key=len, reverse=True))

    def span_of(self, words: str) -> tuple[str, str]:
        """Return the span that words are about, and what they say beside it."""
        if words in self.spans:
            return self.spans[words], ""
        if month := _ONE_MONTH.fullmatch(words):
            return f"m{month[1]}", ""
        for word in self._long_spans:
            if words.startswith(word) or words.endswith(word):
                return self.spans[word], words.removeprefix(word).removesuffix(word)
        return "", words

    def named(self, code: str, words: str) -> float:
        """Return how surely words name a figure: 1 for one of its names, less for words that contain one."""
        if words in self.names[code]:
            return 1.0
        inside = [name for name in self.names[code] if len(name) >= _SHORTEST and name in words]
        return 0.4 + 0.4 * max(map(len, inside)) / len(words) if inside else 0.0

    def coded(self, words: str) -> str:
        """Return the figure whose code stands in a form (``I-201``, ``I201A``); empty for the form's own codes."""
        found = _INDICATOR.fullmatch(folded(words).upper())
        if found is None:
            return ""
        code = f"I-{found[1]}"
        # The list of the commission says I-201 where several figures are told apart here: the first is meant.
        return next((each for each in (code, f"{code}A") if each in self.catalogue.indicators), "")

    def parts(self, indicator: Indicator) -> dict[str, dict[str, str]]:
        """Return the parts of each breakdown of a figure: folded words to the key."""
        if indicator.code not in self._parts:
            shown = indicator.over or indicator
            sources = (indicator.part or indicator).sources
            found = {
                name: self._keys(name, [(source.register, source.by.get(name, "")) for source in sources])
                for name in shown.breakdowns
            }
            starts = self.only_kinds.get(indicator.code)
            if starts and "kind" in found:
                # 问责·通报 is a kind of measure too, but never one that this figure counts.
                found["kind"] = {words: key for words, key in found["kind"].items() if key.startswith(starts)}
            self._parts[indicator.code] = found
        return self._parts[indicator.code]

    def part_words(self, code: str, name: str, key: str) -> str:
        """Return the words of a part for the officer."""
        if name == "unit":
            return key
        indicator = self.catalogue[code]
        for source in (indicator.part or indicator).sources:
            for each, label in _choices(name, source.register, source.by.get(name, "")):
                if each == key:
                    return label
        return key or "未注明"

    def choices(self, code: str, name: str) -> list[tuple[str, str]]:
        """Return the parts of a breakdown as key and words, for the officer to choose from."""
        if name == "unit":
            return [(unit, unit) for unit in self.units.values()]
        indicator = self.catalogue[code]
        found: dict[str, str] = {}
        for source in (indicator.part or indicator).sources:
            found.update(_choices(name, source.register, source.by.get(name, "")))
        return list(found.items())

    def register_of(self, titles: Sequence[str]) -> Register | None:
        """Return the register that titles speak of."""
        for key, words in self.lists.items():
            if any(word in folded(title) for title in titles for word in words):
                return registers.register(key)
        return None

    def _keys(self, name: str, specs: Sequence[tuple[str, str]]) -> dict[str, str]:
        if name == "unit":
            return dict(self.units)
        found: dict[str, str] = {}
        for register, spec in specs:
            for key, label in _choices(name, register, spec):
                found.setdefault(folded(label), key)
            for choice in _declared(register, spec):
                for alias in choice.aliases:
                    found.setdefault(folded(alias), choice.code)
        known = set(found.values())
        return found | {word: key for word, key in self.more_parts.get(name, {}).items() if key in known}


def _declared(register: str, spec: str) -> tuple[Choice, ...]:
    kind = registers.register(register)
    name = spec.removeprefix("part.").partition("[")[0]
    for each in (kind, *kind.rows) if spec.startswith("part.") else (kind,):
        if each.has(name):
            return each.field(name).choices
    return ()


def _choices(name: str, register: str, spec: str) -> list[tuple[str, str]]:
    match name:
        case "form":
            return list(FORMS)
        case "class" if spec.startswith("@"):
            return list(CLASSES)
        case "measure":
            return [(each.code, each.label) for each in MEASURE_KINDS]
        case "rank":
            return [(each.code, each.label) for each in RANK_LEVELS]
    kind = registers.register(register)
    if kind.has(spec) and kind.field(spec).kind is FieldKind.YES_NO:
        return [("yes", "是"), ("no", "否")]
    return [(each.code, each.label) for each in _declared(register, spec)]

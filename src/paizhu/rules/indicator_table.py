"""Reading ``resources/rules/indicators.toml``: what is counted, from where, when, and broken down by what."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal, get_args

from paizhu.base import paths
from paizhu.base.errors import PaizhuError
from paizhu.registers import register
from paizhu.rules.counting import Nature
from paizhu.rules.indicator_names import CONDITIONS, DATES, EVENTS, KEYS

Confidence = Literal["verified", "memory", "custom"]
FORM_REGISTERS = ("lead", "case", "measure")
"""Where a result of the four forms can stand: the lead, or the case or measure of an old ledger that names one."""

Wanted = Mapping[str, tuple[str | bool, ...]]


class IndicatorDataError(PaizhuError):
    """The list of indicators cannot be used as it is written."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from: ``date`` says when each counts (empty: whenever), ``until`` when it leaves the stock.

    ``by`` tells for each breakdown what of a row it goes by. ``expected`` says that a record without its date is to
    be told of, since nobody would find it missing.
    """

    register: str
    by: Mapping[str, str]
    date: str = ""
    until: str = ""
    where: Wanted | None = None
    when: tuple[str, ...] = ()
    events: str = ""
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of the list.

    ``asked_at_end`` says that records are looked at as they stand at the end of each span, ``distinct`` that the events
    are distinct persons: the figures of two months then do not add up. ``many`` are the breakdowns of which one line
    may have several keys, so that the parts exceed the whole. ``whole`` is the code of the figure that this one only
    shows broken down.
    """

    code: str
    name: str
    unit: str
    group: str
    source: str
    confidence: Confidence
    note: str = ""
    sources: tuple[Source, ...] = ()
    breakdowns: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    person: str = ""
    person_unit: str = ""
    sum: tuple[str, ...] = ()
    each: int = 0
    divide: int = 1
    forms: tuple[str, ...] = ()
    part: "Indicator | None" = None
    over: "Indicator | None" = None
    whole: str = ""
    asked_at_end: bool = False
    distinct: bool = False

    @property
    def nature(self) -> Nature:
        """How the figures of two months make that of both."""
        if self.part is not None:
            return "share"
        if not self.forms and any(source.until or not (source.date or source.events) for source in self.sources):
            return "level"
        if self.asked_at_end:
            return "level"
        return "persons" if self.person or self.distinct else "flow"


@dataclass(frozen=True)
class Catalogue:
    """All indicators by code, the form each kind of measure belongs to, and what cannot be counted yet."""

    indicators: Mapping[str, Indicator]
    form_of: Mapping[str, str]
    absent: Mapping[str, str]

    def __getitem__(self, code: str) -> Indicator:
        found = self.indicators.get(code)
        if found is None:
            lacking = self.absent.get(code)
            words = f"“{lacking}”台账还没有建立" if lacking else "没有这个指标"
            raise IndicatorDataError(f"指标 {code} 不能统计：{words}", "", "请换一个指标，或手工填写")
        return found


_ENTRY = {field.name for field in fields(Indicator)} - {"code", "sources", "whole"} | {"register", "from", "split"}
_FROM = tuple(field.name for field in fields(Source))


def _refusal(words: str) -> IndicatorDataError:
    return IndicatorDataError(words, "原来的指标没有改动", "改正后再载入")


class _Reader:
    """Reads the entries one by one, because shares and splits speak of others."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._by: Mapping[str, Mapping[str, str]] = data.get("by", {})
        self.made: dict[str, Indicator] = {}

    def indicator(self, code: str) -> Indicator:
        """Return one indicator, reading it when it was not read yet."""
        if code not in self.made:
            entry = self._data.get(code)
            if not isinstance(entry, dict) or not code.startswith("I-"):
                raise _refusal(f"指标表里没有 {code}")
            self.made[code] = self._read(code, entry)
        return self.made[code]

    def _read(self, code: str, entry: Mapping[str, Any]) -> Indicator:
        for name in entry:
            if name not in _ENTRY and name not in _FROM:
                raise _refusal(f"指标表里的 {code} 有不认识的 {name}")
        for name in ("group", "name", "unit", "source", "confidence"):
            if not entry.get(name):
                raise _refusal(f"指标表里的 {code} 缺少 {name}")
        if entry["confidence"] not in get_args(Confidence):
            raise _refusal(f"指标表里的 {code} 的 confidence 只能是 {'、'.join(get_args(Confidence))}")
        head = {
            name: entry[name] for name in ("name", "unit", "group", "source", "confidence", "note") if name in entry
        }
        if "split" in entry:
            whole, breakdown = self.indicator(entry["split"][0]), entry["split"][1]
            if breakdown not in whole.breakdowns:
                raise _refusal(f"指标表里的 {code}：{whole.code} 没有按 {breakdown} 的分项")
            kept = {field.name: getattr(whole, field.name) for field in fields(Indicator)}
            own = {"code": code, "breakdowns": (breakdown,), "whole": whole.code}
            return Indicator(**{**kept, **head, **own})
        if "part" in entry:
            part, over = self.indicator(entry["part"]), self.indicator(entry["over"])
            shared = tuple(name for name in part.breakdowns if name in over.breakdowns)
            return Indicator(code=code, part=part, over=over, breakdowns=shared, **head)
        return self._counted(code, entry, head)

    def _counted(self, code: str, entry: Mapping[str, Any], head: Mapping[str, Any]) -> Indicator:
        forms = tuple(entry.get("forms", ()))
        given = entry.get("from") or ([entry] if "register" in entry else [])
        if forms:
            given = [{"register": key} for key in FORM_REGISTERS]
        sources = tuple(self._source(code, each, entry.get("by", {})) for each in given)
        if not sources:
            raise _refusal(f"指标表里的 {code} 没有写从哪本台账统计")
        # Several registers are broken down by what all of them tell.
        shared = [name for name in sources[0].by if all(name in each.by for each in sources)]
        many = {name for name in shared if any(each.by[name].endswith("[]") for each in sources)}
        return Indicator(
            code=code,
            sources=sources,
            breakdowns=(*shared, "form", "measure") if forms else tuple(shared),
            many=tuple(sorted(many | set(entry.get("many", ())))),
            person=entry.get("person", ""),
            person_unit=entry.get("person_unit", ""),
            sum=tuple(entry.get("sum", ())),
            each=entry.get("each", 0),
            divide=entry.get("divide", 1),
            forms=forms,
            asked_at_end=bool(entry.get("asked_at_end")),
            distinct=bool(entry.get("distinct")),
            **head,
        )

    def _source(self, code: str, entry: Mapping[str, Any], own_by: Mapping[str, str]) -> Source:
        key = str(entry.get("register"))
        try:
            known = register(key)
        except KeyError:
            raise _refusal(f"指标表里的 {code}：没有台账 {key}") from None
        for name in ("date", "until"):
            words = str(entry.get(name, ""))
            if words and not (words[1:] in DATES if words.startswith("@") else known.has(words)):
                raise _refusal(f"指标表里的 {code}：{known.label}没有日期 {words}")
        for name in entry.get("when", ()):
            if name not in CONDITIONS:
                raise _refusal(f"指标表里的 {code}：没有条件 {name}")
        for name in entry.get("where", {}):
            if not known.has(name):
                raise _refusal(f"指标表里的 {code}：{known.label}没有字段 {name}")
        if entry.get("events", "") not in ("", *EVENTS):
            raise _refusal(f"指标表里的 {code}：没有事项 {entry['events']}")
        where = {
            name: tuple(wanted) if isinstance(wanted, list) else (wanted,)
            for name, wanted in entry.get("where", {}).items()
        }
        by = {**self._by.get(key, {}), **own_by}
        for name, spec in own_by.items():
            _check_key(key, name, spec)
        return Source(
            key,
            by,
            entry.get("date", ""),
            entry.get("until", ""),
            where,
            tuple(entry.get("when", ())),
            entry.get("events", ""),
            entry.get("expected", False),
        )


def load_indicators(toml_text: str) -> Catalogue:
    """Return the list; a name that nothing answers to is refused with its place."""
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(f"指标表读不出来（{error}）") from error
    for key, specs in data.get("by", {}).items():
        for name, spec in specs.items():
            _check_key(key, name, spec)
    reader = _Reader(data)
    made = {code: reader.indicator(code) for code in data if code.startswith("I-")}
    forms = data.get("forms", {})
    form_of = {kind: form for form in ("f1", "f2", "f3", "f4") for kind in forms.get(form, ())}
    return Catalogue(made, form_of, data.get("absent", {}))


def _check_key(key: str, name: str, spec: str) -> None:
    field = spec.removesuffix("[]").removesuffix("[0]")
    known = field[1:] in KEYS if field.startswith("@") else field.startswith("part.") or register(key).has(field)
    if not known:
        raise _refusal(f"指标表里 {key} 的分项 {name} 写的是 {spec}，没有这个字段")


@cache
def shipped() -> Catalogue:
    """Return the list that comes with the program."""
    return load_indicators((paths.resources() / "rules" / "indicators.toml").read_text(encoding="utf-8"))

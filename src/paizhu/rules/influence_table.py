"""How long each kind of measure weighs, as data with source; the arithmetic on it is in ``influence``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Literal, get_args

from paizhu.base import paths
from paizhu.base.errors import PaizhuError

Start = Literal["decided", "restored", "permanent"]
MonthEnd = Literal["last_day", "day_before"]
"""Where a month lacks the corresponding day the period ends on its last day, or on the day before that."""
AdminAgain = Literal["separate", "sum"]
"""A new administrative punishment inside an earlier period: each has its own end, or the rest is added."""
Confidence = Literal["verified", "memory", "custom"]


class InfluenceDataError(PaizhuError):
    """The table of influence periods, or a change of it, cannot be used as it is written."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of measure brings with it; zero months mean no period unless ``start`` is ``permanent``.

    ``weight`` orders the kinds of one class where the heaviest is executed. ``setting`` marks lengths that no national
    rule fixes. ``inner_months`` is a harder first part of the period.
    """

    code: str
    name: str
    group: str
    months: int
    effect: str
    source: str
    confidence: Confidence
    start: Start = "decided"
    weight: int = 0
    bar: bool = False
    maximum: bool = False
    unsure: bool = False
    setting: bool = False
    inner_months: int = 0
    inner_effect: str = ""

    @property
    def weighs(self) -> bool:
        """Tell whether this kind has any period at all."""
        return self.months > 0 or self.start == "permanent"


@dataclass(frozen=True, slots=True)
class Rule:
    """How several measures of some classes work on each other; ``cap`` in months, ``equal`` the kinds it is for."""

    classes: tuple[str, ...]
    source: str
    confidence: Confidence
    note: str
    equal: tuple[str, ...] = ()
    cap: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """All that is known about periods, with the defaults of what the office may set."""

    kinds: Mapping[str, Kind]
    stacking: Rule
    combining: Rule
    month_end: MonthEnd
    admin_again: AdminAgain
    admin_again_source: str
    on_expiry: Mapping[str, str]
    after_expiry: str

    def kind(self, code: str, special: str = "") -> Kind | None:
        """Return what is known about a kind in its special case; None for kinds without any period."""
        return self.kinds.get(f"{code}+{special}") or self.kinds.get(code)


@dataclass(frozen=True, slots=True)
class LocalLength:
    """A length the office has set itself, with reason and number of the document it rests on."""

    months: int
    reason: str
    doc_no: str


@dataclass(frozen=True)
class Settings:
    """The table with the choices of the office applied; made by :func:`settings`."""

    table: Table
    month_end: MonthEnd
    admin_again: AdminAgain

    def kind(self, code: str, special: str = "") -> Kind | None:
        """Return what holds for a kind of measure in this office."""
        return self.table.kind(code, special)


_OPTIONAL = {field.name for field in fields(Kind)} - {"code", "name", "group", "months", "effect", "source"}


def _refusal(words: str) -> InfluenceDataError:
    return InfluenceDataError(words, "原来的影响期规则没有改动", "改正后再载入")


def _kind(code: str, entry: Mapping[str, Any]) -> Kind:
    values = dict(entry)
    for name in ("name", "class", "months", "effect", "source", "confidence"):
        if name not in values:
            raise _refusal(f"影响期规则里的 {code} 缺少 {name}")
    values["group"] = values.pop("class")
    for name in values:
        if name not in _OPTIONAL | {"name", "group", "months", "effect", "source"}:
            raise _refusal(f"影响期规则里的 {code} 有不认识的 {name}")
    _chosen(code, "confidence", values["confidence"], get_args(Confidence))
    _chosen(code, "start", values.get("start", "decided"), get_args(Start))
    if type(values["months"]) is not int or values["months"] < 0:
        raise _refusal(f"影响期规则里的 {code} 的 months 应为不小于 0 的月数")
    return Kind(code=code, **values)


def _chosen(code: str, name: str, value: object, options: tuple[str, ...]) -> None:
    if value not in options:
        raise _refusal(f"影响期规则里的 {code} 的 {name} 只能是 {'、'.join(options)}，现在是 {value}")


def load_table(toml_text: str) -> Table:
    """Return the table; a misspelt name or value is refused with its place."""
    try:
        data = tomllib.loads(toml_text)
        chosen, expiry = data["settings"], data["expiry"]
        _chosen("settings", "month_end", chosen["month_end"], get_args(MonthEnd))
        _chosen("settings", "admin_again", chosen["admin_again"], get_args(AdminAgain))
        return Table(
            {code: _kind(code, entry) for code, entry in data["kind"].items()},
            _rule(data["stacking"]),
            _rule(data["combining"]),
            chosen["month_end"],
            chosen["admin_again"],
            chosen["admin_again_source"],
            {name: words for name, words in expiry.items() if name != "after"},
            expiry["after"],
        )
    except tomllib.TOMLDecodeError as error:
        raise _refusal(f"影响期规则读不出来（{error}）") from error
    except KeyError as error:
        raise _refusal(f"影响期规则缺少 {error.args[0]}") from error


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        tuple(entry["classes"]),
        entry["source"],
        entry["confidence"],
        entry["note"],
        tuple(entry.get("equal", ())),
        entry.get("cap", 0),
    )


@cache
def shipped() -> Table:
    """Return the table that comes with the program."""
    return load_table((paths.resources() / "rules" / "influence.toml").read_text(encoding="utf-8"))


def settings(
    table: Table | None = None,
    month_end: MonthEnd | None = None,
    admin_again: AdminAgain | None = None,
    lengths: Mapping[str, LocalLength] | None = None,
) -> Settings:
    """Return what holds in this office; a length the law fixes, or one without reason and document, is refused."""
    found = table or shipped()
    kinds = dict(found.kinds)
    for code, local in (lengths or {}).items():
        kind = kinds.get(code)
        if kind is None or not kind.setting:
            name = kind.name if kind else code
            raise _refusal(f"“{name}”的影响期不是本单位可以设定的")
        if not local.reason.strip() or not local.doc_no.strip():
            raise _refusal(f"改动“{kind.name}”的影响期须写明理由和文号")
        if local.months < 0:
            raise _refusal(f"“{kind.name}”的影响期不能少于 0 个月")
        source = f"本单位设定（{local.reason.strip()}，{local.doc_no.strip()}）"
        kinds[code] = replace(kind, months=local.months, source=source, confidence="custom", maximum=False,
                              inner_months=min(kind.inner_months, local.months))  # fmt: skip
    return Settings(replace(found, kinds=kinds), month_end or found.month_end, admin_again or found.admin_again)

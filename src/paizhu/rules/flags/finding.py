"""What a rule answers, and the rules as data: code, words, level, parameters that an office may change."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from paizhu.base import paths
from paizhu.base.errors import PaizhuError

Evidence = tuple[tuple[str, int], ...]
"""Register and id of the records a finding rests on."""


class Level(StrEnum):
    """How a flag is shown: to be looked into, a reminder of procedure, or shared by all items of a meeting."""

    VERIFY = "verify"
    PROCEDURE = "procedure"
    MEETING = "meeting"

    @property
    def words(self) -> str:
        """The level as it stands on the card."""
        return {"verify": "重点核实", "procedure": "程序提醒", "meeting": "同会议题"}[self.value]


class FlagDataError(PaizhuError):
    """The table of red flags, or a change of a parameter, cannot be used as it is written."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: a sentence, its figures, and the records behind it.

    ``pair`` names what the matter was paired with when that is not the evidence itself, such as a unit's year.
    A confidential one rests on class P3; its words tell nothing of that.
    """

    code: str
    words: str
    figures: tuple[str, ...] = ()
    evidence: Evidence = ()
    pair: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of a rule; ``default`` is written as in the table, so that 2/3 stays exact."""

    name: str
    label: str
    default: str
    unit: str = ""
    least: str = "0"
    most: str = ""


@dataclass(frozen=True, slots=True)
class FlagRule:
    """One rule as data; ``words`` name parameters in braces."""

    code: str
    name: str
    level: Level
    words: str
    source: str
    confidence: str
    parameters: tuple[Parameter, ...] = ()

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of this name; refused in words when the rule has none such."""
        for each in self.parameters:
            if each.name == name:
                return each
        known = "、".join(f"{each.name}（{each.label}）" for each in self.parameters) or "没有可以调整的参数"
        raise FlagDataError(f"“{self.name}”没有参数“{name}”", "没有改动", f"可用的有：{known}")


@dataclass(frozen=True, slots=True)
class Given:
    """The parameters a rule works with now, as written and as exact numbers."""

    rule: FlagRule
    written: Mapping[str, str]

    def __getitem__(self, name: str) -> Fraction:
        return Fraction(self.written[name])

    def count(self, name: str) -> int:
        """Return a parameter that is a whole number."""
        return int(self[name])

    @property
    def words(self) -> str:
        """The rule in words with the numbers that hold now."""
        return self.rule.words.format(**self.written)


def given(rule: FlagRule, own: Mapping[str, str] | None = None) -> Given:
    """Return the parameters of a rule, the office's own before those shipped."""
    mine = own or {}
    return Given(rule, {each.name: mine.get(each.name, each.default) for each in rule.parameters})


def objection(parameter: Parameter, written: str) -> str | None:
    """Return in words why a parameter cannot be this, or None."""
    try:
        value = Fraction(written.strip())
    except (ValueError, ZeroDivisionError):
        return f"“{parameter.label}”要填数字，现在是“{written}”"
    if value < Fraction(parameter.least) or (parameter.most and value > Fraction(parameter.most)):
        most = f"，不大于 {parameter.most}" if parameter.most else ""
        return f"“{parameter.label}”应不小于 {parameter.least}{most}"
    if value.denominator != 1 and Fraction(parameter.default).denominator == 1 and not parameter.unit.startswith("%"):
        return f"“{parameter.label}”要填整数"
    return None


def load_rules(toml_text: str) -> dict[str, FlagRule]:
    """Return the rules by code in the order written; a misspelt name or value is refused with its place."""
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise FlagDataError(f"风险提示规则读不出来（{error}）", "原来的规则没有改动", "改正后再载入") from error
    return {code: _rule(code, entry) for code, entry in data.items()}


def _rule(code: str, entry: Mapping[str, Any]) -> FlagRule:
    try:
        values = dict(entry)
        parameters = tuple(Parameter(**each) for each in values.pop("parameters", ()))
        rule = FlagRule(code=code, level=Level(values.pop("level")), parameters=parameters, **values)
        written = {each.name: each.default for each in parameters}
        if rule.confidence not in ("verified", "memory", "custom") or not rule.words.format(**written):
            raise ValueError(rule.confidence)
        if wrong := next(filter(None, (objection(each, each.default) for each in parameters)), None):
            raise ValueError(wrong)
    except (TypeError, KeyError, ValueError) as error:
        words = f"风险提示规则里的 {code} 写法不对（{error}）"
        raise FlagDataError(words, "原来的规则没有改动", "改正后再载入") from error
    return rule


@cache
def shipped() -> Mapping[str, FlagRule]:
    """Return the rules that come with the program."""
    return load_rules((paths.resources() / "rules" / "flags.toml").read_text(encoding="utf-8"))

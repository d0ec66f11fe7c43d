"""Reading ``resources/rules/talks.toml``: which talks a year asks for, and what each kind of talk demands."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from paizhu.base import paths
from paizhu.base.errors import PaizhuError
from paizhu.base.field import Choice
from paizhu.registers.talk_choices import TALK_KINDS, TALK_REASONS

Confidence = Literal["verified", "memory", "custom"]
Who = Literal["team", "new"]
_CONFIDENCE = ("verified", "memory", "custom")


class TalkDataError(PaizhuError):
    """The table of talks, or a change of it, cannot be used as it is written."""


@dataclass(frozen=True, slots=True)
class PlanRule:
    """One rule that asks for talks; ``count`` is its number, ``counts`` the kinds of talk that fulfil it."""

    code: str
    name: str
    count: int
    unit: str
    least: int
    most: int
    who: Who
    kind: str
    reason: str
    counts: tuple[str, ...]
    words: str
    source: str
    confidence: Confidence
    holidays: tuple[str, ...] = ()
    note: str = ""

    @property
    def sentence(self) -> str:
        """The rule in words with the number that holds now."""
        return self.words.format(count=self.count)


@dataclass(frozen=True, slots=True)
class KindRule:
    """What one kind of talk demands, and the points its template proposes; ``lead`` ones are counted apart."""

    code: str
    two_talkers: bool
    approval: bool
    signed_page: bool
    points: tuple[str, ...]
    source: str
    confidence: Confidence
    lead: bool = False

    @property
    def name(self) -> str:
        """The kind in words."""
        return next(choice.label for choice in TALK_KINDS if choice.code == self.code)


@dataclass(frozen=True, slots=True)
class BriefRule:
    """How much of each register stands on the page before a talk."""

    talks: int
    items: int
    months: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class LooseRule:
    """After how many days a held talk without any follow-up counts as 一谈了之."""

    days: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class TalkTable:
    """All of it, by code in the order written."""

    plans: Mapping[str, PlanRule]
    kinds: Mapping[str, KindRule]
    brief: BriefRule
    loose: LooseRule

    def plan(self, code: str) -> PlanRule:
        """Return a rule by its code; KeyError for one that was never written."""
        return self.plans[code]

    @property
    def lead_kinds(self) -> frozenset[str]:
        """Kinds that dispose of a lead."""
        return frozenset(code for code, kind in self.kinds.items() if kind.lead)

    def says(self, rule: str, code: str) -> bool | None:
        """Answer a guard: what the table says of a kind of talk, None for a kind it does not know."""
        kind = self.kinds.get(code)
        found = getattr(kind, rule, None) if kind else None
        return found if isinstance(found, bool) else None

    def with_plan(self, code: str, count: int) -> "TalkTable":
        """Return the table with another number in a rule."""
        return replace(self, plans={**self.plans, code: replace(self.plans[code], count=count)})

    def with_kind(self, code: str, **values: Any) -> "TalkTable":
        """Return the table with other demands of a kind."""
        return replace(self, kinds={**self.kinds, code: replace(self.kinds[code], **values)})


def load(toml_text: str) -> TalkTable:
    """Return the table written in this text; a misspelt name, code or number is refused with its place."""
    try:
        data = tomllib.loads(toml_text)
        plans = {code: _plan(code, entry) for code, entry in data["plan"].items()}
        kinds = {code: _kind(code, entry) for code, entry in data["kind"].items()}
        brief, loose = BriefRule(**data["brief"]), LooseRule(**data["loose"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise TalkDataError(f"谈话规则读不出来（{error}）", "原来的规则没有改动", "改正后再载入") from error
    missing = _codes(TALK_KINDS) - set(kinds)
    if missing:
        raise TalkDataError(f"谈话规则里缺少 {'、'.join(sorted(missing))}", "原来的规则没有改动", "补上后再载入")
    return TalkTable(plans, kinds, brief, loose)


def _plan(code: str, entry: Mapping[str, Any]) -> PlanRule:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    rule = PlanRule(code=code, **values)
    _known({rule.kind, *rule.counts}, TALK_KINDS, code)
    _known({rule.reason}, TALK_REASONS, code)
    if rule.confidence not in _CONFIDENCE or not rule.least <= rule.count <= rule.most or not rule.sentence:
        raise ValueError(code)
    return rule


def _kind(code: str, entry: Mapping[str, Any]) -> KindRule:
    values = dict(entry)
    _known({code}, TALK_KINDS, code)
    rule = KindRule(code=code, points=tuple(values.pop("points")), **values)
    if rule.confidence not in _CONFIDENCE or not all(rule.points):
        raise ValueError(code)
    return rule


def _known(codes: set[str], choices: tuple[Choice, ...], place: str) -> None:
    if unknown := codes - _codes(choices):
        raise ValueError(f"{place}: {', '.join(sorted(unknown))}")


def _codes(choices: tuple[Choice, ...]) -> set[str]:
    return {choice.code for choice in choices}


@cache
def shipped() -> TalkTable:
    """Return the table that comes with the program."""
    return load((paths.resources() / "rules" / "talks.toml").read_text(encoding="utf-8"))

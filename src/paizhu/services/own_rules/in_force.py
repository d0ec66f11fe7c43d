"""What counts in one vault: the calendar and the rules the program came with, with what its office keeps over them.

Read only. The services beside this file change what is kept; the desk reads it here, so that it knows none of them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from paizhu.base import paths
from paizhu.rules import influence_table, talk_table
from paizhu.rules import limits as limit_rules
from paizhu.rules.calendar import Calendar, DayType
from paizhu.rules.influence_table import LocalLength, Settings
from paizhu.rules.limits import Limit
from paizhu.rules.statutory import StatutoryDays, load_statutory
from paizhu.rules.talk_table import TalkTable

if TYPE_CHECKING:
    from paizhu.storage.vault import Vault

CALENDAR, LIMIT, INFLUENCE, TALK_RULE = "calendar", "limit", "influence", "talk_rule"
"""Kinds of kept things: one body for each year, limit, length or choice, and rule that is not as shipped."""
SETTABLE = ("length", "unit", "first_day_counts", "end_on_non_working", "lead", "extension")
"""What of a limit may be set here; its name and the event that starts it are the program's."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    "month_end": {"last_day": "月末日期满", "day_before": "月末日的前一日期满"},
    "admin_again": {"separate": "各自期满，取晚者", "sum": "原处分剩余期与新期相加"},
}
"""Readings of the influence rules where the sources disagree, by name: each value with its words."""
PLAN, KIND = "plan", "kind"
"""The two parts of the rules of talks; a rule is kept under ``part.code``."""
DEMANDS = ("two_talkers", "approval", "signed_page")
# Only when a reminder comes is nobody's business but the officer's own; everything else changes a duty.
_OWN_BUSINESS = frozenset({"lead"})


@dataclass(frozen=True, slots=True)
class Override:
    """What an office set over a rule: only the parts that differ, why, by which paper, by whom and when.

    ``checked`` says that the shipped words were compared with the text of the rule.
    """

    values: Mapping[str, Any]
    reason: str = ""
    document: str = ""
    checked: bool = False
    by: str = ""
    on: str = ""

    @property
    def changes_duty(self) -> bool:
        """Tell whether more than the reminder of a limit differs."""
        return bool(set(self.values) - _OWN_BUSINESS)


def overrides(vault: "Vault", kind: str) -> dict[str, Override]:
    """Return what is set over rules of a kind, by name."""
    return {name: Override(**json.loads(text)) for name, text in vault.kept_bodies(kind).items()}


def years(vault: "Vault", instead: Mapping[str, str | None] | None = None) -> dict[int, dict[str, Any]]:
    """Return what is kept of each year's days; ``instead`` are bodies not kept yet."""
    texts = {**vault.kept_bodies(CALENDAR), **(instead or {})}
    return {int(name): json.loads(text) for name, text in texts.items() if text}


def calendar(vault: "Vault", instead: Mapping[str, str | None] | None = None) -> Calendar:
    """Return the published calendar with what is kept over it; ``instead`` are bodies not kept yet."""
    notice: dict[date, tuple[DayType, str]] = {}
    unit: dict[date, str] = {}
    whole = []
    for year, body in years(vault, instead).items():
        if body.get("whole"):
            whole.append(year)
        for words, (kind, name) in body.get("days", {}).items():
            day = date.fromisoformat(words)
            if kind == "unit":
                unit[day] = name
            else:
                notice[day] = ("off" if kind == "off" else "work", name)
    return Calendar(notice, unit, whole, lambda year: statutory().of_year(year))


@cache
def statutory() -> StatutoryDays:
    """Return the statutory holidays as they come with the program; read when a year without notice first asks."""
    return load_statutory((paths.resources() / "rules" / "statutory_days.toml").read_text(encoding="utf-8"))


def limits(
    vault: "Vault", shipped: Mapping[str, Limit], instead: Mapping[str, str | None] | None = None
) -> dict[str, Limit]:
    """Return the time limits in force, by code; ``instead`` are bodies not kept yet."""
    texts = {**vault.kept_bodies(LIMIT), **(instead or {})}
    own = {code: Override(**json.loads(text)) for code, text in texts.items() if text}
    return {code: merged(limit, own[code]) if code in own else limit for code, limit in shipped.items()}


def merged(shipped: Limit, override: Override) -> Limit:
    """Return a limit with what is set over it; its source tells what it was and where the new one stands."""
    made = replace(shipped, **{name: value for name, value in override.values.items() if name in SETTABLE})
    if not override.changes_duty:
        return replace(made, confidence="verified") if override.checked else made
    was = limit_rules.span_words(shipped)
    paper = override.document or override.reason or "本单位设定"
    return replace(made, source=f"{paper}（原为{spaced(was)}，{shipped.source}）", confidence="custom")


def spaced(words: str) -> str:
    """Return words to stand after Chinese ones: a number keeps its distance."""
    return f" {words}" if words[:1].isdigit() else words


def talks(vault: "Vault") -> TalkTable:
    """Return the rules of talks in force."""
    table = talk_table.shipped()
    for name, override in overrides(vault, TALK_RULE).items():
        part, _, code = name.partition(".")
        if part == PLAN and code in table.plans:
            table = table.with_plan(code, int(override.values["count"]))
        elif part == KIND and code in table.kinds:
            given = {key: value for key, value in override.values.items() if key in (*DEMANDS, "points")}
            if "points" in given:
                given["points"] = tuple(given["points"])
            table = table.with_kind(code, **given)
    return table


def influence(vault: "Vault") -> Settings:
    """Return how long measures weigh in a vault."""
    return influence_of(vault.kept_bodies(INFLUENCE))


def influence_in(connection: Any) -> Settings:
    """Return the same within an act, whose own connection sees what it wrote."""
    return influence_of(dict(connection.execute("SELECT name, body FROM kept WHERE kind = ?", (INFLUENCE,)).fetchall()))


def influence_of(texts: Mapping[str, str]) -> Settings:
    """Return how long measures weigh by these kept bodies, whether they are kept already or not."""
    kept: dict[str, dict[str, Any]] = {name: json.loads(body) for name, body in texts.items()}
    chosen = {name: kept.pop(name)["value"] for name in CHOICES if name in kept}
    lengths = {code: LocalLength(body["months"], body["reason"], body["doc_no"]) for code, body in kept.items()}
    return influence_table.settings(lengths=lengths, **chosen)

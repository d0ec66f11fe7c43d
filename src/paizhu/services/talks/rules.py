"""The rules of talks as the officer sees and sets them: shipped, and what this vault keeps over them with reason."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Problem
from paizhu.registers.talk_choices import LEAD_TALKS
from paizhu.rules.talk_table import TalkDataError, TalkTable, shipped
from paizhu.services import keeping
from paizhu.services.own_rules import in_force
from paizhu.services.own_rules.in_force import KIND, PLAN, TALK_RULE, Override

if TYPE_CHECKING:
    from paizhu.services.desk import Desk

_MOST_POINTS, _LONGEST_POINT = 20, 60


def of_flags(table: TalkTable) -> Mapping[str, Mapping[str, str]]:
    """Return the parameters of red flags that rest on these rules, so that plan and flag never differ (RF-T1).

    A parameter the officer set at the flag itself goes before.
    """
    return {"RF-T1": {"days": str(table.plan("new_post").count)}}


class Demands(TypedDict, total=False):
    """What a kind of talk asks for; what is not named stays as it is."""

    two_talkers: bool
    approval: bool
    signed_page: bool


class TalkRules:
    """Shows and sets the rules of one vault; every change is journalled with its reason."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._vault = desk.vault

    @property
    def table(self) -> TalkTable:
        """The rules in force."""
        return self._desk.talks

    def override(self, part: str, code: str) -> Override | None:
        """Return what was set over a rule (``plan`` or ``kind``), or None."""
        return in_force.overrides(self._vault, TALK_RULE).get(f"{part}.{code}")

    def set_count(self, code: str, count: int, reason: str, document: str = "") -> int:
        """Set the number of a planning rule; returns the journal entry."""
        if code not in shipped().plans:
            raise TalkDataError(f"没有“{code}”这条谈话规则", "没有改动")
        rule = shipped().plans[code]
        problems = _reason(reason)
        if not rule.least <= count <= rule.most:
            problems.append(Problem("count", f"“{rule.name}”应在 {rule.least} 到 {rule.most} {rule.unit}之间"))
        return self._set(PLAN, code, rule.name, self._body({"count": count}, reason, document), problems)

    def set_kind(
        self,
        code: str,
        reason: str,
        demands: Demands,
        points: Sequence[str] | None = None,
        document: str = "",
    ) -> int:
        """Set what a kind of talk demands, or the points of its template; what is not given stays as it is."""
        if code not in shipped().kinds:
            raise TalkDataError(f"没有“{code}”这类谈话", "没有改动")
        rule = shipped().kinds[code]
        problems = _reason(reason)
        standing = self.override(KIND, code)
        values: dict[str, Any] = dict(standing.values) if standing else {}
        if demands.get("approval") is False and code in LEAD_TALKS:
            problems.append(Problem("approval", f"“{rule.name}”处置线索，须先报批，不能取消"))
        values |= demands
        if points is not None:
            kept = [" ".join(point.split()) for point in points if point.strip()]
            if len(kept) > _MOST_POINTS or any(len(point) > _LONGEST_POINT for point in kept):
                problems.append(Problem("points", f"要点最多 {_MOST_POINTS} 条，每条不超过 {_LONGEST_POINT} 个字"))
            values["points"] = kept
        return self._set(KIND, code, rule.name, self._body(values, reason, document), problems)

    def put_back(self, part: str, code: str) -> int:
        """Go back to what the program came with."""
        names = shipped().plans if part == PLAN else shipped().kinds
        if code not in names:
            raise TalkDataError(f"没有“{code}”这条谈话规则", "没有改动")
        return self._keep(part, code, f"谈话规则恢复内置值：{names[code].name}", None)

    def _set(self, part: str, code: str, name: str, body: Mapping[str, Any], problems: Sequence[Problem]) -> int:
        if problems:
            raise InvalidRecordError(list(problems))
        return self._keep(part, code, f"设定谈话规则：{name}", body)

    def _body(self, values: Mapping[str, Any], reason: str, document: str) -> dict[str, Any]:
        return {
            "values": dict(values),
            "reason": reason.strip(),
            "document": document.strip(),
            "by": self._vault.actor,
            "on": self._desk.today.isoformat(),
        }

    def _keep(self, part: str, code: str, words: str, body: Mapping[str, Any] | None) -> int:
        name = f"{part}.{code}"
        before = self._vault.kept(TALK_RULE, name)
        after = json.dumps(body, ensure_ascii=False, sort_keys=True) if body is not None else None
        about = {"name": name, "before": before, "after": after}
        return keeping.keep(self._desk, words, TALK_RULE, {name: after}, about=about).entry


def _reason(reason: str) -> list[Problem]:
    return [] if reason.strip() else [Problem("reason", "请写明调整的理由", "required")]

"""The time-limit table as the officer sees and sets it: every limit, its source, and the built-in value beside it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from paizhu.base.errors import PaizhuError
from paizhu.rules import limits
from paizhu.rules.limits import EndRule, Limit, Unit
from paizhu.services.own_rules import in_force, moving
from paizhu.services.own_rules.in_force import LIMIT, SETTABLE, Override, merged, spaced
from paizhu.services.own_rules.moving import Recount

if TYPE_CHECKING:
    from paizhu.services.deadlines.today import Today
    from paizhu.services.desk import Desk

UNITS: Mapping[str, str] = {"wd": "个工作日", "nat": "日", "mon": "个月"}
PERIODS: Mapping[str, str] = {
    "quarter": "本季度末", "half_year": "本半年末", "year": "本年末", "annual": "次年某日",
}  # fmt: skip
ENDS: Mapping[str, str] = {
    "previous_reminder": "到期日不变，提前到上一个工作日提醒", "next": "顺延到下一个工作日", "keep": "到期日不变",
}  # fmt: skip
CONFIDENCE: Mapping[str, str] = {"verified": "已核", "memory": "待核", "custom": "本单位设定"}
LABELS: Mapping[str, str] = {
    "length": "长度",
    "unit": "单位",
    "first_day_counts": "起算",
    "end_on_non_working": "末日逢休息日",
    "lead": "提前提醒",
    "extension": "延期规定",
}
_LONGEST, _LONGEST_LEAD = 1000, 250


class LimitRefusedError(PaizhuError):
    """A limit cannot be set so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table: the limit in force, the shipped one, and what was set between them."""

    limit: Limit
    shipped: Limit
    override: Override | None = None

    @property
    def span(self) -> str:
        """How long it is, in words."""
        return limits.span_words(self.limit)

    @property
    def confidence(self) -> str:
        """How sure the number is, in words."""
        return CONFIDENCE[self.limit.confidence]

    @property
    def original(self) -> str:
        """What the program came with, where that is not in force."""
        if not self.override or not self.override.values:
            return ""
        return "；".join(
            f"{LABELS[name]}原为{spaced(shown(name, getattr(self.shipped, name), self.shipped))}"
            for name in _once(self.override.values)
        )


def shown(name: str, value: Any, limit: Limit) -> str:
    """Return one part of a limit in words."""
    match name:
        case "length" | "unit":
            return limits.span_words(limit)
        case "first_day_counts":
            return "当日起算" if value else "次日起算"
        case "end_on_non_working":
            return ENDS[value]
        case "lead":
            return f"{value} 个工作日"
    return str(value) or "没有写"


class TimeLimits:
    """Shows and sets the time limits of a vault."""

    def __init__(self, desk: "Desk", today: "Today") -> None:
        self._desk = desk
        self._today = today

    def entries(self) -> list[Entry]:
        """Return the whole table in its order."""
        own = in_force.overrides(self._desk.vault, LIMIT)
        return [
            Entry(self._desk.limits[code], shipped, own.get(code))
            for code, shipped in self._desk.shipped_limits.items()
        ]

    def entry(self, code: str) -> Entry:
        """Return one limit; a refusal for a code the table does not have."""
        for each in self.entries():
            if each.limit.code == code:
                return each
        raise LimitRefusedError(f"期限表里没有“{code}”", "期限表没有改动")

    def sentence(self, code: str) -> str:
        """Return how a clock that started today would run, as every deadline explains itself."""
        return self._sentence(self._desk.limits[code])

    def preview(self, code: str, values: Mapping[str, Any]) -> str:
        """Return the same for values not kept yet."""
        return self._sentence(replace(self._desk.limits[code], **self._checked(code, values)))

    def set(self, code: str, values: Mapping[str, Any], reason: str = "", document: str = "") -> Recount:
        """Set parts of a limit; what changes a duty needs a reason and the number of its paper."""
        shipped = self.entry(code).shipped
        differing = {
            name: value for name, value in self._checked(code, values).items() if value != getattr(shipped, name)
        }
        # Length and unit are one number to whoever reads them.
        if {"length", "unit"} & set(differing):
            differing |= {name: values.get(name, getattr(self._desk.limits[code], name)) for name in ("length", "unit")}
        if not differing:
            return self.put_back(code)
        made = self._override(differing, reason, document)
        if made.changes_duty and not (made.reason and made.document):
            lacking = "、".join(words for words, there in (("理由", made.reason), ("文号", made.document)) if not there)
            raise LimitRefusedError(
                f"改动“{shipped.name}”的期限还要写明{lacking}", "期限表没有改动", "写明以后再保存；只改提前提醒的不用写"
            )
        limit = merged(shipped, made)
        told = "；".join(
            f"{LABELS[name]}改为{spaced(shown(name, getattr(limit, name), limit))}" for name in _once(differing)
        )
        paper = f"（{made.document}，{made.reason}）" if made.document else ""
        return self._keep(code, made, f"期限表：{shipped.name}，{told}{paper}")

    def confirm(self, code: str, document: str) -> Recount:
        """Note that a limit written from memory was compared with the text of its rule."""
        entry = self.entry(code)
        if entry.limit.confidence != "memory":
            raise LimitRefusedError(f"“{entry.limit.name}”不是待核的期限", "期限表没有改动")
        if not document.strip():
            raise LimitRefusedError("请写明核对的是哪一份文件", "期限表没有改动", "写明文件名和条文以后再登记")
        kept = entry.override.values if entry.override else {}
        made = replace(self._override(kept, "", document), checked=True)
        return self._keep(code, made, f"期限表：{entry.limit.name}已与原文核对（{made.document}）")

    def put_back(self, code: str) -> Recount:
        """Return to the value the program came with."""
        name = self.entry(code).shipped.name
        return self._recount(code, None, f"期限表：{name}恢复内置值")

    def take_back(self, done: Recount) -> Recount:
        """Undo a change of the table."""
        return moving.take_back(self._desk, self._today, done)

    # --- the machine -------------------------------------------------------------------------------------------

    def _override(self, values: Mapping[str, Any], reason: str, document: str) -> Override:
        desk = self._desk
        return Override(dict(values), reason.strip(), document.strip(), by=desk.vault.actor, on=desk.today.isoformat())

    def _keep(self, code: str, made: Override, words: str) -> Recount:
        return self._recount(code, asdict(made), words)

    def _recount(self, code: str, body: dict[str, Any] | None, words: str) -> Recount:
        return moving.recount(self._desk, self._today, LIMIT, {code: body}, words, self._fresh)

    def _fresh(self, texts: Mapping[str, str | None]) -> Mapping[str, Any]:
        return {"limits": in_force.limits(self._desk.vault, self._desk.shipped_limits, texts)}

    def _sentence(self, limit: Limit) -> str:
        return limits.due(limit, self._desk.today, self._desk.calendar).explanation

    def _checked(self, code: str, values: Mapping[str, Any]) -> dict[str, Any]:
        shipped = self._desk.shipped_limits[code]
        made = {name: value for name, value in values.items() if name in SETTABLE}
        if shipped.unit in PERIODS and {"length", "unit"} & set(made):
            made = {name: value for name, value in made.items() if name not in ("length", "unit")}
        length, unit = made.get("length", shipped.length), made.get("unit", shipped.unit)
        lead = made.get("lead", shipped.lead)
        if unit not in get_args(Unit) or made.get("end_on_non_working", "keep") not in get_args(EndRule):
            raise LimitRefusedError("期限的单位或末日规则写法不对", "期限表没有改动", "从列出的几种里选")
        if shipped.unit not in PERIODS and (abs(length) > _LONGEST or (length == 0) != (shipped.length == 0)):
            raise LimitRefusedError(f"“{shipped.name}”的长度应为 1 至 {_LONGEST}", "期限表没有改动", "改正后再保存")
        if (length < 0) != (shipped.length < 0):
            raise LimitRefusedError(f"“{shipped.name}”从事件往后数还是往前数不能改", "期限表没有改动")
        if not 0 <= lead <= _LONGEST_LEAD:
            raise LimitRefusedError(f"提前提醒应为 0 至 {_LONGEST_LEAD} 个工作日", "期限表没有改动", "改正后再保存")
        return made


def _once(values: Mapping[str, Any]) -> list[str]:
    """Return the names to speak of: length and unit are told together."""
    return [name for name in values if not (name == "unit" and "length" in values)]

"""What is kept by name, in words: settings, numbers, rules of the office, views, and what forms taught the program.

What comes and goes with the work of a minute (where a wizard stands, the line one was typing) says nothing and is
left out. A kind that nobody named here is told as it is called, and that nothing tells who changed it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paizhu import registers
from paizhu.base.settings import SETTINGS
from paizhu.services.own_rules.number_patterns import shown

_EMPTY = object()


@dataclass(frozen=True, slots=True)
class KeptKind:
    """One kind: what people call it, the page that shows it, and whether every change of it is an act.

    ``leaves`` tells that what is kept may stand in a report that leaves the vault: numbers of rules may, reasons with
    names in them may not.
    """

    label: str
    page: str = "journal"
    traced: bool = True
    leaves: bool = False


KINDS: Mapping[str, KeptKind] = {
    "setting": KeptKind("设置", "settings"),
    "number": KeptKind("编号规则", "number_patterns", leaves=True),
    "number_former": KeptKind("编号规则的旧样子", "number_patterns", leaves=True),
    "calendar": KeptKind("工作日历", "calendar", leaves=True),
    "limit": KeptKind("期限表", "limits", leaves=True),
    "influence": KeptKind("影响期表", "influence", leaves=True),
    "talk_rule": KeptKind("谈话规则", "talk_rules", leaves=True),
    "review_list": KeptKind("审查清单和常用语句", "review_lists", leaves=True),
    "flag": KeptKind("提示规则", "flag_rules", leaves=True),
    "flag_silence": KeptKind("已核实的提示"),
    "snooze": KeptKind("推迟的事项"),
    "occurrence": KeptKind("定期事项的改动"),
    "sent": KeptKind("已报送的报表"),
    "correction": KeptKind("报表更正说明"),
    "view": KeptKind("列表视图"),
    # Learnt by the way, without an act of their own: that they differ is told, who changed them cannot be.
    "mapping": KeptKind("导入时的列对应", traced=False),
    "form": KeptKind("填表位置", traced=False),
    "form_plan": KeptKind("报表周期", traced=False),
    "form_blank": KeptKind("留存的空白表", traced=False),
}
PASSING = frozenset({"import_progress", "wizard", "quick", "reminder", "chain", "derived", "restore", "header", "keys"})
COUNTER = KeptKind("编号计数", "numbers", leaves=True)
_SHOWN = {
    "values": "数值", "value": "数值", "reason": "理由", "document": "文号", "doc_no": "文号", "months": "月数",
    "checked": "已与原文核对", "days": "天", "words": "内容", "basis": "依据", "active": "使用", "category": "类别",
    "until": "推迟到", "due": "期限", "count": "个数", "by": "谁定的", "on": "哪天定的", "at": "时间", "length": "时长",
    "unit": "单位", "points": "要点", "remind": "提醒", "whole": "整年",
}  # fmt: skip
_LONGEST = 60


def kind_of(kind: str) -> KeptKind:
    """Return what is known of a kind."""
    return KINDS.get(kind) or KeptKind(kind, traced=False)


def is_passing(kind: str, name: str) -> bool:
    """Tell whether something comes and goes by itself: the list as it was left stands under a name of its own."""
    return kind == "view" and name.endswith("/~last")


def title_of(kind: str, name: str) -> str:
    """Return what people call one thing that is kept."""
    found = KINDS.get(kind)
    label = found.label if found else kind
    match kind:
        case "setting":
            label, name = "设置", next((each.label for each in SETTINGS if each.name == name), name)
        case "number" | "number_former" | "view":
            key, _slash, rest = name.partition("/")
            name = " ".join(part for part in (_register(key), rest) if part)
        case "calendar":
            name = f"{name} 年"
        case "mapping" | "form" | "form_plan" | "form_blank" | "sent" | "correction":
            # Named by a fingerprint, which nobody can read.
            return label
        case "snooze" | "occurrence":
            name = _register(name.partition("/")[0])
        case "flag_silence":
            name = name.partition("|")[0]
    return f"{label}：{name}" if name else label


def parts_of(kind: str, name: str, before: str | None, after: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield label, words before and words now of every part that differs; a long one says only that it does."""
    if kind == "number":
        yield "规则", shown(before or ""), shown(after or "")
        return
    if kind == "setting":
        yield "取值", _setting(name, before), _setting(name, after)
        return
    old, new = _read(before), _read(after)
    if old is None or new is None or before is None or after is None:
        yield "内容", _said(before is not None), _said(after is not None)
        return
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key, _EMPTY), new.get(key, _EMPTY)
        if one != other:
            yield _SHOWN.get(key, key if not key.isascii() else "内容"), _plain(one), _plain(other)


def _register(key: str) -> str:
    return next((each.label for each in registers.REGISTERS if each.key == key), key)


def _setting(name: str, kept: str | None) -> str:
    chosen = next((each for each in SETTINGS if each.name == name), None)
    if kept is None or chosen is None:
        return kept or ""
    return str(dict(chosen.options).get(chosen.read(kept), kept))


def _said(stands: bool) -> str:
    return "有" if stands else "没有"


def _read(body: str | None) -> dict[str, Any] | None:
    try:
        found = json.loads(body or "{}")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case str() | int() | float():
            words = str(value)
        case dict():
            words = "、".join(f"{_SHOWN.get(key, key)} {_plain(each)}" for key, each in value.items())
        case list():
            words = "、".join(_plain(each) for each in value)
        case _:
            return ""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

"""Whether figures agree with each other before they are sent: parts and total, months and year, two forms.

Every function returns contradictions in words; nothing means that all agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from paizhu.rules.counting import Figure, Nature, Number, shown

_NAMED = 6
"""With more parts than these, those that are nought are not named one by one."""


def parts_and_total(
    name: str, total: Number | None, parts: Mapping[str, Number | None], overlap: Number = 0
) -> list[str]:
    """Compare a total with its parts; ``overlap`` is what stands in two parts and counts once in the total."""
    if total is None:
        return []
    given = {words: number for words, number in parts.items() if number is not None}
    found = sum(given.values(), 0) - overlap
    if found == total:
        return []
    named = {words: number for words, number in given.items() if number or len(given) <= _NAMED}
    words = "＋".join(f"{words} {shown(number)}" for words, number in named.items()) or "各项都是 0"
    words += "，其余为 0" if named and len(named) < len(given) else ""
    less = f"－重复 {shown(overlap)}" if overlap else ""
    return [f"{name}：分项之和 {shown(found)}（{words}{less}）与总数 {shown(total)} 不一致"]


def breakdowns(figure: Figure) -> list[str]:
    """Compare a figure with each breakdown whose parts should add up to it."""
    found = []
    for name in figure.exclusive:
        total = sum((number or 0 for number in figure.by[name].values()), 0)
        if total != figure.value:
            found.append(f"{figure.name}：按 {name} 分项之和 {shown(total)} 与总数 {figure.words} 不一致")
    return found


def list_and_figure(figure: Figure) -> list[str]:
    """Compare a figure with the list behind it (数出有据)."""
    if figure.over is not None:
        return [*list_and_figure(figure.over)]
    if any(entry.weight != 1 for entry in figure.entries) or figure.value == len(figure.records):
        return []
    return [f"{figure.name}：数为 {figure.words}，清单有 {len(figure.records)} 条"]


def running_numbers(
    name: str,
    current: Number | None,
    before: Number | None,
    cumulative: Number | None,
    nature: Nature = "flow",
) -> list[str]:
    """Compare 累计 with 上期累计 and 本期 as they were sent or typed; shares and stocks do not compare."""
    if nature in ("level", "share") or current is None or before is None or cumulative is None:
        return []
    total = before + current
    if cumulative == total or (nature == "persons" and max(before, current) <= cumulative <= total):
        return []
    told = f"{name}：累计 {shown(cumulative)}，上期累计 {shown(before)}、本期 {shown(current)}"
    if nature == "flow":
        return [f"{told}，相加应为 {shown(total)}"]
    return [f"{told}，应在 {shown(max(before, current))} 至 {shown(total)} 之间"]


def same_everywhere(name: str, told: Mapping[str, Number | None]) -> list[str]:
    """Compare one indicator of one span across all forms it stands in."""
    numbers = {form: number for form, number in told.items() if number is not None}
    if len(set(numbers.values())) <= 1:
        return []
    return [f"{name}在各表中不一致：{'、'.join(f'{form} {shown(number)}' for form, number in numbers.items())}"]


def punishments(total: Figure, party: Figure, admin: Figure) -> list[str]:
    """Compare 处分 with 党纪 and 政务: who received both counts once in the total and once in each part."""
    if total.value is None or party.value is None or admin.value is None:
        return []
    both = [entry for entry in total.entries if {"party", "admin"} <= set(entry.keys.get("class", ()))]
    untold = [entry for entry in total.entries if not {"party", "admin"} & set(entry.keys.get("class", ()))]
    found = []
    if untold:
        found.append(f"{total.name}：有 {len(untold)} 人的处分未注明党纪或政务，没有列入分项")
    parts: dict[str, Number | None] = {party.name: party.value, admin.name: admin.value}
    if untold:
        parts["未注明"] = len(untold)
    return found + parts_and_total(total.name, total.value, parts, len(both))


def shares(name: str, parts: Sequence[Decimal | None]) -> list[str]:
    """Compare shares with the whole; each was rounded by at most 0.05, so together they may miss 100 by that much."""
    known = [part for part in parts if part is not None]
    if not known:
        return []
    total = sum(known, Decimal())
    if abs(total - 100) <= Decimal("0.05") * len(known):
        return []
    return [f"{name}：各项占比相加为 {shown(total)}%"]


def unled(numbers: Sequence[str]) -> list[str]:
    """Tell of measures that no lead stands behind: the four forms count from a lead on (``domain.md`` 6.4)."""
    if not numbers:
        return []
    named = "、".join(numbers[:_NAMED]) + ("等" if len(numbers) > _NAMED else "")
    return [f"四种形态：有 {len(numbers)} 条处理没有写明来自哪件线索，没有计入（{named}）"]


def two_forms(lead: str, written: str, counted: str) -> str:
    """Tell of a lead whose written form is not that of what was decided."""
    return f"四种形态：线索 {lead} 登记为{written}，按已定的处理是{counted}，按处理计"


def every(findings: Iterable[Sequence[str]]) -> list[str]:
    """Return all contradictions, each once, in the order found."""
    return list(dict.fromkeys(words for found in findings for words in found))

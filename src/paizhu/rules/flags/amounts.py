"""Sums and suppliers (RF-A*): just under the line, split, one supplier again and again, December, ties to people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from paizhu.base.dates import add_months
from paizhu.base.rows import Ref, Values
from paizhu.registers.guards import refs, same
from paizhu.rules.flags.facts import Around, Item, ItemRule, Tie, percent, spoken, wan
from paizhu.rules.flags.finding import Evidence, Finding, Given
from paizhu.rules.flags.matching import likeness, same_company

SPENDING = ("fund", "project")
DIRECT = ("single_source", "direct")
BUDGET_POINTS = ("LF-02", "MP-01")
NAMED = ("reporter", "leader_in_charge", "handler", "co_handler", "reviewer", "signer")


def standard(rules: Sequence[Values], kind: str, on: date) -> Decimal | None:
    """Return the threshold in force for a kind of spending, else that for every kind, else the only one there is."""
    day = on.isoformat()
    held = [
        rule for rule in rules if str(rule.get("valid_from") or "") <= day <= str(rule.get("valid_to") or "9999-12-31")
    ]
    chosen = [rule for rule in held if rule.get("item_kind") == kind and kind]
    chosen = chosen or [rule for rule in held if rule.get("item_kind") == "all"] or held
    found = chosen[0].get("threshold") if len(chosen) == 1 else None
    return found if isinstance(found, Decimal) else None


def no_standard(item: Item, _around: Around, given: Given) -> Iterator[Finding]:
    """Find a sum in hand that no written standard can be laid beside, which is itself something to ask about."""
    if item.values.get("category") in SPENDING and item.amount and item.threshold is None and not item.over:
        words = "没有查到本单位对这类支出的大额标准，或者标准不止一个，金额无法比对"
        yield Finding(given.rule.code, words, (f"金额 {wan(item.amount)}",), (item.evidence,))


def near_line(item: Item, _around: Around, given: Given) -> Iterator[Finding]:
    """Find a sum just below the threshold."""
    if not item.amount or not item.threshold:
        return
    if Fraction(item.threshold) * given["share"] / 100 <= item.amount < item.threshold:
        words = f"金额达到大额标准的 {percent(item.amount, item.threshold)}%，低于标准"
        figures = (f"金额 {wan(item.amount)}", f"标准 {wan(item.threshold)}")
        yield Finding(given.rule.code, words, figures, (item.evidence,))


def split(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find items alike, each below the threshold, that together reach it within a span of days."""
    if not item.amount or not item.threshold or not item.day or item.amount >= item.threshold or not item.live:
        return
    span = timedelta(days=given.count("days"))
    alike = [
        other
        for other in around.ledger.by_unit.get(item.unit, ())
        if other.id != item.id
        and other.day
        and abs(other.day - item.day) <= span
        and other.amount
        and other.amount < item.threshold
        and _alike(item, other, given)
    ]
    found = _fullest([item, *alike], item, span)
    total = _sum(found)
    if len(found) > 1 and total >= item.threshold:
        words = f"{given.count('days')} 天内相近事项 {len(found)} 项，单项都低于标准，合计达到标准"
        figures = (f"合计 {wan(total)}", f"标准 {wan(item.threshold)}", *(_told(each) for each in found))
        yield Finding(given.rule.code, words, figures, _others(found, item))


def _alike(item: Item, other: Item, given: Given) -> bool:
    if item.company and other.company and same_company(item.company, other.company):
        return True
    kind = item.values.get("sub_category")
    if given["by_kind"] and kind and kind == other.values.get("sub_category"):
        return True
    return likeness(item.title, other.title) >= given["likeness"]


def _fullest(items: Sequence[Item], item: Item, span: timedelta) -> list[Item]:
    """Return the items of the span of days with this item in it that adds up to most."""
    best: list[Item] = [item]
    ordered = sorted(items, key=lambda each: (each.day or date.min, each.id))
    for first in ordered:
        if first.day and item.day and first.day <= item.day:
            inside = [each for each in ordered if each.day and first.day <= each.day <= first.day + span]
            if item in inside and _sum(inside) > _sum(best):
                best = inside
    return best


def often(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a supplier that comes again and again, or that takes much of the unit's money."""
    if item.company is None or item.day is None or not item.live:
        return
    since = add_months(item.day, -given.count("months"))
    his = [each for each in around.ledger.of_company(item.company) if each.day and since < each.day <= item.day]
    here = [each for each in around.ledger.by_unit.get(item.unit, ()) if each.day and since < each.day <= item.day]
    paid, total = _sum(each for each in his if each.unit == item.unit), _sum(here)
    counted = sum(each.amount is not None for each in here)
    much = counted >= given.count("least") and len(his) > 1 and total and _reaches(paid, total, given)
    if len(his) < given.count("times") and not much:
        return
    months = given.count("months")
    words = f"{item.company.ref.label} {months} 个月内出现 {len(his)} 次"
    if much:
        words += f"，占本单位同期金额的 {percent(paid, total)}%"
    figures = (f"合计 {wan(_sum(his))}", *(_told(each) for each in his))
    yield Finding(given.rule.code, words, figures, _others(his, item))


def direct(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a year in which a unit buys much without competition, at each item bought so."""
    if item.values.get("procurement_mode") not in DIRECT or item.day is None or not item.live:
        return
    bought = [each for each in around.ledger.of_year(item.unit, item.day.year) if each.values.get("procurement_mode")]
    so = [each for each in bought if each.values.get("procurement_mode") in DIRECT]
    if len(bought) >= given.count("least") and len(so) * 100 > len(bought) * given["share"]:
        share = percent(len(so), len(bought))
        words = f"{item.day.year} 年单一来源、直接委托 {len(so)} 项，占采购 {len(bought)} 项的 {share}%"
        yield Finding(given.rule.code, words, (), _others(so, item), f"year:{item.day.year}:{item.unit}")


def december(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a year whose money goes out in December, at each item of that December."""
    if item.amount is None or item.day is None or item.day.month != 12 or not item.live:
        return
    year = [each for each in around.ledger.of_year(item.unit, item.day.year) if each.amount]
    late = [each for each in year if each.day and each.day.month == 12]
    total, last = _sum(year), _sum(late)
    if len(year) >= given.count("least") and total and Fraction(last) * 100 > Fraction(total) * given["share"]:
        words = f"{item.day.year} 年 12 月 {len(late)} 项，占全年金额的 {percent(last, total)}%"
        figures = (f"12 月 {wan(last)}", f"全年 {wan(total)}")
        yield Finding(given.rule.code, words, figures, _others(late, item), f"december:{item.day.year}:{item.unit}")


def over_budget(item: Item, _around: Around, given: Given) -> Iterator[Finding]:
    """Find money without a budget item, or beyond it as the check of the papers says.

    The balance itself stands in no book of the group; the checked point about the budget stands for it.
    """
    refused = sorted(item.refused.intersection(BUDGET_POINTS))
    if refused:
        words = "审查要点核对：没有列入预算，或者超出预算"
        yield Finding(given.rule.code, words, tuple(f"要点 {code} 核对为“否”" for code in refused), (item.evidence,))
    elif item.values.get("category") == "fund" and item.amount and not item.values.get("budget_item") and not item.over:
        words = "大额资金使用没有写明预算科目"
        yield Finding(given.rule.code, words, (f"金额 {wan(item.amount)}",), (item.evidence,))


def tied(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a supplier to which a member of the team, somebody named in the item, or a relative of theirs is tied."""
    if item.company is None:
        return
    day = item.day or around.today
    people = around.people
    for tie in people.ties:
        if not same_company(item.company, tie.company) or not tie.covers(day):
            continue
        who = _concerned(tie, item, around)
        if who is None:
            continue
        whose = tie.whose.label if tie.whose and not same(tie.whose, tie.holder) else ""
        words = f"供应商 {item.company.ref.label} 与{who.label}有登记的关联"
        figures = (f"登记在 {tie.holder.label} 名下" + (f"，关联人 {whose}" if whose else ""),)
        evidence: dict[tuple[str, int], None] = {}
        for ref in (item.company.ref, tie.holder, who):
            if ref.linked and ref.id is not None:
                evidence[(ref.register, ref.id)] = None
        yield Finding(given.rule.code, words, figures, tuple(evidence) or (item.evidence,))


def _concerned(tie: Tie, item: Item, around: Around) -> Ref | None:
    """Return who of the team or of the item stands behind a tie, himself or by a relative."""
    named = refs(item.values, NAMED)
    team = [Ref(str(row.values.get("name")), "person", row.id) for row in around.people.team()]
    behind = [tie.holder, *([tie.whose] if tie.whose else [])]
    for one in (*team, *named):
        if any(same(one, each) for each in behind):
            return one
    for one in (*team, *named):
        if any(around.people.relations.between(one, each) for each in behind):
            return one
    return None


def _reaches(part: Decimal, whole: Decimal, given: Given) -> bool:
    return Fraction(part) * 100 >= Fraction(whole) * given["share"]


def _sum(items: Iterable[Item]) -> Decimal:
    return sum((each.amount for each in items if each.amount), Decimal(0))


def _told(item: Item) -> str:
    return f"{spoken(item.day)} {item.title}" + (f" {wan(item.amount)}" if item.amount else "")


def _others(items: Sequence[Item], item: Item) -> Evidence:
    return tuple(each.evidence for each in items if each.id != item.id) or (item.evidence,)


RULES: Mapping[str, ItemRule] = {
    "RF-A0": no_standard,
    "RF-A1": near_line,
    "RF-A2": split,
    "RF-A3": often,
    "RF-A4": direct,
    "RF-A5": december,
    "RF-A6": over_budget,
    "RF-A7": tied,
}

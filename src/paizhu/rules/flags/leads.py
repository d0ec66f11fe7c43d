"""Leads (RF-L*): late, the same person again, a statement taken for the end, held for ever, closed too often."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from paizhu.base.dates import add_months
from paizhu.base.flow import Shape
from paizhu.base.rows import Ref, Row
from paizhu.base.text import folded
from paizhu.registers.lead_flow import LEAD_FLOW
from paizhu.rules.flags.books import BookRule, Books, late
from paizhu.rules.flags.facts import day_of, percent, spoken
from paizhu.rules.flags.finding import Finding, Given

LIMITS = ("T01", "T02", "T03", "T04", "T06", "T08")
_OWN_DATES = ("收取函询书面回复", "完成初步核实", "完成初步核实（已延期）")


def overdue(books: Books, given: Given) -> Iterator[Finding]:
    """Find a lead or trial whose time is over without an extension."""
    for clock, days in late(books, (*LIMITS, ""), ("lead", "case")):
        if clock.rule or clock.what in _OWN_DATES:
            words = f"{clock.no or clock.title}：{clock.what}超期 {days} 天，没有延期"
            figures = (f"应于 {spoken(clock.due)}前办理",)
            yield Finding(given.rule.code, words, figures, (clock.evidence,), clock.rule or clock.what)


def again(books: Books, given: Given) -> Iterator[Finding]:
    """Find a person reported again and again."""
    since = add_months(books.today, -given.count("months"))
    for rows in _by_person(books.leads).values():
        recent = [row for row in rows if (day := day_of(row.values.get("received_at"))) and day > since]
        if len(recent) >= given["times"]:
            words = f"{_name(recent[0])} {given.count('months')} 个月内被反映 {len(recent)} 次"
            yield Finding(given.rule.code, words, _told(recent), _rows(recent))


def statement_only(books: Books, given: Given) -> Iterator[Finding]:
    """Find a person whose leads ended with his own statement, none of them checked on the spot."""
    for rows in _by_person(books.leads).values():
        found = [row for row in rows if _credited(row)]
        if len(found) >= given["times"]:
            words = f"{_name(found[0])}的谈话函询 {len(found)} 次只凭说明了结，没有抽查核实"
            yield Finding(given.rule.code, words, _told(found), _rows(found))


def _credited(row: Row) -> bool:
    values = row.values
    return (
        values.get("mode") == "talk_inquiry"
        and values.get("report_opinion") == "credited"
        and not values.get("spot_check")
        and not values.get("check_from")
    )


def held(books: Books, given: Given) -> Iterator[Finding]:
    """Find a lead held for long whose next look is not ahead."""
    for row in books.leads:
        if not _paused(row):
            continue
        review = day_of(row.values.get("held_review"))
        since = _held_since(row, books)
        if since and books.today > add_months(since, given.count("months")) and not (review and review >= books.today):
            words = f"{row.no or _name(row)}自 {spoken(since)}暂存，超过 {given.count('months')} 个月没有复查"
            figures = (f"复查日期 {spoken(review)}" if review else "没有写复查日期",)
            yield Finding(given.rule.code, words, figures, (("lead", row.id),))


def _paused(row: Row) -> bool:
    # Two bars are the shape of what is put aside; only 暂存待查 has them among the states of a lead.
    return bool(row.state) and LEAD_FLOW.state(row.state).shape is Shape.PAUSED


def _held_since(row: Row, books: Books) -> date | None:
    label = LEAD_FLOW.state(row.state).label
    steps = [day_of(hand.get("when")) for hand in books.hands.get(row.id, ()) if hand.get("step") == label]
    known = [day for day in steps if day]
    names = ("check_report_at", "approved_at", "panel_at", "received_at")
    return max(known) if known else next(filter(None, (day_of(row.values.get(name)) for name in names)), None)


def closed_often(books: Books, given: Given) -> Iterator[Finding]:
    """Find a half year in which most leads were closed without more, the running one and the one before."""
    halves: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in books.leads:
        day = day_of(row.values.get("approved_at"))
        if day and row.values.get("mode"):
            halves[(day.year, (day.month - 1) // 6)].append(row)
    now = (books.today.year, (books.today.month - 1) // 6)
    before = (now[0], 0) if now[1] else (now[0] - 1, 1)
    for half in (before, now):
        rows = halves.get(half, [])
        ended = [row for row in rows if row.values.get("mode") == "close"]
        if len(rows) >= given["least"] and len(ended) * 100 > len(rows) * given["share"]:
            name = f"{half[0]} 年{'下' if half[1] else '上'}半年"
            words = f"{name}处置线索 {len(rows)} 件，予以了结 {len(ended)} 件，占 {percent(len(ended), len(rows))}%"
            yield Finding(given.rule.code, words, (), _rows(ended), f"half:{half[0]}-{half[1] + 1}")


def silent_unit(books: Books, given: Given) -> Iterator[Finding]:
    """Find a unit with high risk points about which nothing was heard; silent while no register tells of risks."""
    since = add_months(books.today, -given.count("months"))
    heard = {folded(ref.label) for row in _recent(books, since) if isinstance(ref := row.values.get("unit_id"), Ref)}
    heard |= {
        folded(ref.label)
        for row in _recent(books, since)
        for name in ("reported_unit", "duty_unit")
        if isinstance(ref := row.values.get(name), Ref)
    }
    for unit in books.risky or ():
        if folded(str(unit.values.get("name") or "")) not in heard:
            words = (
                f"{unit.values.get('name')}有高等级廉政风险点，{given.count('months')} 个月内没有信访、线索和检查发现"
            )
            yield Finding(given.rule.code, words, (), (("unit", unit.id),))


def _recent(books: Books, since: date) -> Iterator[Row]:
    for row in (*books.petitions, *books.leads, *books.findings):
        day = day_of(row.values.get("received_at") or row.values.get("found_at"))
        if day and day > since:
            yield row


def _by_person(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        who = row.values.get("subject")
        if isinstance(who, Ref) and who.label.strip():
            found[f"#{who.id}" if who.linked else folded(who.label)].append(row)
    return found


def _name(row: Row) -> str:
    who = row.values.get("subject")
    return who.label if isinstance(who, Ref) else row.no


def _told(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(f"{spoken(day_of(row.values.get('received_at')))} {row.no}".strip() for row in rows)


def _rows(rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
    return tuple((row.register, row.id) for row in rows)


RULES: Mapping[str, BookRule] = {
    "RF-L1": overdue,
    "RF-L2": again,
    "RF-L3": statement_only,
    "RF-L4": held,
    "RF-L5": closed_often,
    "RF-L6": silent_unit,
}

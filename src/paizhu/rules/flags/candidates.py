"""Candidates (RF-K*): influence periods, open leads, the integrity opinion, relatives, time in post."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from paizhu.base.dates import add_months
from paizhu.base.month_only import last_day
from paizhu.base.rows import Ref, Row, Values
from paizhu.registers.guards import same
from paizhu.rules import influence
from paizhu.rules.flags.facts import Around, Item, ItemRule, day_of, spoken
from paizhu.rules.flags.finding import Evidence, Finding, Given
from paizhu.rules.flags.matching import KIN

DOWN = ("remove", "punish")
"""What is no promotion, so that nothing bars it."""
UP = (None, "recommend", "appoint")
HOLD = "建议暂缓上会，由本组进一步核实后再议"
"""All that an outward paper says about a candidate with an open lead."""


def _candidates(item: Item) -> Iterator[tuple[Ref, Values]]:
    for row in item.candidates:
        who = row.get("person")
        if isinstance(who, Ref) and who.label.strip():
            yield who, row


def in_period(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a candidate on whom a measure still weighs on the day of the meeting (纪律处分条例 第十条)."""
    if item.values.get("sub_category") in DOWN:
        return
    day = item.day or around.today
    for who, row in _candidates(item):
        rows = around.measures_on(who)
        known = [(each, made) for each in rows if (made := influence.measure(each.values, each.id))]
        found = influence.periods([made for _, made in known], day, around.periods)
        weighing = [(each, period) for (each, _), period in zip(known, found, strict=True) if _weighs(period, day)]
        if weighing:
            last = max((p for _, p in weighing if p), key=lambda p: (p.permanent, p.end is None, p.end or date.min))
            until = f"，至 {spoken(last.end)}" if last.end else ""
            words = f"人选{who.label}在影响期内：{last.name}{until}{_namesake(who, [each for each, _ in weighing])}"
            figures = (f"拟任 {row.get('to_post') or '未写明'}", last.sentence)
            yield Finding(given.rule.code, words, figures, _evidence(who, [each for each, _ in weighing]))


def _weighs(period: influence.Period | None, day: date) -> bool:
    return period is not None and period.contains(day)


def open_lead(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a candidate with an open lead or case (政务处分法 第五十二条); the words tell nothing of it."""
    if item.values.get("sub_category") in DOWN:
        return
    for who, _row in _candidates(item):
        rows = around.open_on(who)
        if rows:
            words = f"人选{who.label}：{HOLD}"
            yield Finding(given.rule.code, words, (), _evidence(who, rows), confidential=True)


def no_opinion(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a candidate without a reply about integrity, with an old one, or with one that is not 暂未发现.

    What is decided already is not asked for it. A reply that is named in words only, from before this program, counts.
    """
    if item.values.get("sub_category") in DOWN or item.values.get("decided") or item.over:
        return
    day = item.day or around.today
    for who, row in _candidates(item):
        named = row.get("opinion_ref")
        answers = [each for each in around.answers_on(who) if each.day and each.day <= day]
        if isinstance(named, Ref) and named.linked:
            answers = [each for each in answers if each.id == named.id]
        elif named and not answers:
            continue
        last = max(answers, key=lambda each: (each.day or date.min, each.id), default=None)
        evidence = (*_evidence(who, ()), item.evidence)
        if last is None or last.day is None:
            yield Finding(given.rule.code, f"人选{who.label}没有廉政意见回复", (), evidence)
            continue
        age, figures = (day - last.day).days, (f"{last.no} {spoken(last.day)}复函".strip(),)
        evidence = (*evidence, ("integrity_opinion", last.id))
        if not last.clear:
            words = f"人选{who.label}的廉政意见不是“暂未发现影响使用的问题”"
            yield Finding(given.rule.code, words, figures, evidence)
        elif age > given.count("days"):
            words = f"人选{who.label}的廉政意见到上会时已 {age} 天，超过 {given.count('days')} 天"
            yield Finding(given.rule.code, words, figures, evidence)


def kin(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a candidate related to a member of the team or to the leader in charge (公务员法 第七十四条)."""
    if item.values.get("sub_category") in DOWN:
        return
    above = [Ref(str(row.values.get("name")), "person", row.id) for row in _above(item, around)]
    leader = item.values.get("leader_in_charge")
    if isinstance(leader, Ref) and not any(same(leader, each) for each in above):
        above.append(leader)
    for who, row in _candidates(item):
        for one in above:
            relation = around.people.relations.between(who, one, KIN)
            if relation and not same(who, one):
                words = f"人选{who.label}与{one.label}有登记的亲属关系" + (
                    f"（{relation.words}）" if relation.words else ""
                )
                figures = (f"拟任 {row.get('to_post') or '未写明'}",)
                yield Finding(given.rule.code, words, figures, (*_evidence(who, ()), *_evidence(one, ())))


def _above(item: Item, around: Around) -> Iterator[Row]:
    """Yield the members of the team of the item's unit; of every team when the item names no unit of the tree."""
    unit = item.values.get("unit_id")
    for row in around.people.team():
        theirs = row.values.get("unit_now")
        if not isinstance(unit, Ref) or not isinstance(theirs, Ref) or same(unit, theirs):
            yield row


def short_time(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a candidate who has not held the present post long enough to rise."""
    if item.values.get("sub_category") not in UP or item.values.get("category") != "appointment":
        return
    day = item.day or around.today
    for who, row in _candidates(item):
        since = _since(who, row, around, day)
        if since is not None and day < add_months(since, given.count("months")):
            months = max(0, (day.year - since.year) * 12 + day.month - since.month)
            words = f"人选{who.label}任现职 {months} 个月，不足 {given.count('months')} 个月"
            figures = (f"现职自 {since.year} 年 {since.month} 月", f"拟任 {row.get('to_post') or '未写明'}")
            yield Finding(given.rule.code, words, figures, (*_evidence(who, ()), item.evidence))


def _since(who: Ref, row: Values, around: Around, day: date) -> date | None:
    """Return since when the present post is held: from the history by its name, else from the roster."""
    person = around.people.row(who)
    if person is None:
        return None
    now = str(row.get("from_post") or person.values.get("post_now") or "").strip()
    for post in around.people.posts.get(person.id, ()):
        since, until = day_of(post.get("held_from")), last_day(post.get("held_to"))
        if now and post.get("post") == now and since and since <= day and (until is None or until >= day):
            return since
    month = str(person.values.get("post_since") or "")
    if len(month) < 7 or (now and person.values.get("post_now") not in (None, "", now)):
        return None
    return date(int(month[:4]), int(month[5:7]), 1)


def _evidence(who: Ref, rows: Sequence[Row]) -> Evidence:
    person = ((who.register, who.id),) if who.linked and who.id is not None else ()
    return (*person, *((row.register, row.id) for row in rows))


def _namesake(who: Ref, rows: Sequence[Row]) -> str:
    subjects = [row.values.get("subject") for row in rows]
    if who.linked and all(isinstance(each, Ref) and each.linked for each in subjects):
        return ""
    return "（按姓名比对，请核对是否同一人）"


RULES: Mapping[str, ItemRule] = {
    "RF-K1": in_period,
    "RF-K2": open_lead,
    "RF-K3": no_opinion,
    "RF-K4": kin,
    "RF-K5": short_time,
}

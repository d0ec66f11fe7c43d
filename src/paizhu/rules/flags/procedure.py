"""Procedure of the meeting (RF-P*): sent late, not sent at all, changed afterwards, recusal, quorum, minutes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from paizhu.base.rows import Ref, Value, ids_in
from paizhu.registers.guards import refs, same
from paizhu.rules.flags.books import BookRule, Books
from paizhu.rules.flags.facts import Around, Item, ItemRule, day_of, spoken, wan
from paizhu.rules.flags.finding import Evidence, Finding, Given
from paizhu.rules.flags.matching import likeness

_NUMBERED = re.compile(r"^\s*(?:第?[一二三四五六七八九十\d]+[、.．)）]|[(（][一二三四五六七八九十\d]+[)）])\s*(.+)$")
TEMPORARY = "CK-08"


def sent_late(item: Item, _around: Around, given: Given) -> Iterator[Finding]:
    """Find papers that came with too few working days left before the meeting."""
    left = item.values.get("lead_workdays")
    if isinstance(left, int) and left < given["days"]:
        words = f"会前只有 {left} 个工作日" if left else "会前没有完整的工作日"
        came, meets = day_of(item.values.get("submitted_at")), day_of(item.values.get("planned_meeting_at"))
        figures = (f"报送 {spoken(came)}", f"上会 {spoken(meets)}")
        yield Finding(given.rule.code, words, figures, (item.evidence,))


def not_reviewed(item: Item, _around: Around, given: Given) -> Iterator[Finding]:
    """Find an item that was decided before anybody sent it for review."""
    if not item.agreed or item.values.get("opinion") or item.day is None:
        return
    came = day_of(item.values.get("submitted_at"))
    if came is None or came > item.day:
        when = f"{spoken(came)}才报送" if came else "没有报送日期"
        words = f"会议已经作出决定，会前没有审查意见，{when}"
        yield Finding(given.rule.code, words, (f"上会 {spoken(item.day)}",), (*_at(item), item.evidence))


def changed(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a decision that differs from what was reviewed, by the minutes or by the journal of the item."""
    if not item.agreed:
        return
    differs = [
        _difference(name, was, item.values.get(name))
        for name, was in around.reviewed.items()
        # Of most purchases the supplier is found after the meeting: where there was none, none was exchanged.
        if name != "supplier" or was is not None
    ]
    differs += ["人选有变化"] if around.other_people else []
    if differs or (item.values.get("changed_after_review") and not around.again):
        note = str(item.values.get("change_note") or "").strip()
        figures = (*differs, *([note] if note else [])) or ("变化内容还没有写明",)
        yield Finding(given.rule.code, "决定的内容与审查时不一致", figures, (*_at(item), item.evidence))


def _difference(name: str, was: Value, now: Value) -> str:
    label = {"title": "议题名称", "amount": "金额", "supplier": "供应商"}.get(name, name)
    return f"{label}：审查时 {_shown(was)}，现在 {_shown(now)}"


def _shown(value: Value) -> str:
    if isinstance(value, Decimal):
        return wan(value)
    return value.label if isinstance(value, Ref) else str(value or "空")


def not_recused(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find persons who had to stay away and were there, or whose votes were counted."""
    listed = refs(item.values, ("recusal_list",))
    if not listed or (around.meeting is None and item.values.get("recused") is not False):
        return
    meeting = around.meeting.values if around.meeting else {}
    there = [who for who in listed if any(same(who, other) for other in refs(meeting, ("attendees", "chair")))]
    evidence = (*_at(item), *_persons(there or listed)) or (item.evidence,)
    if item.values.get("recused") is False:
        names = "、".join(who.label for who in listed)
        yield Finding(given.rule.code, f"应回避人员没有回避：{names}", (), evidence)
    elif there and item.values.get("recused") is None:
        names = "、".join(who.label for who in there)
        yield Finding(given.rule.code, f"应回避人员在到会名单中，还没有登记回避：{names}", (), evidence)
    elif there and isinstance(present := meeting.get("present"), int):
        counts = [item.values.get(name) for name in ("vote_for", "vote_against", "vote_abstain")]
        votes = sum(count for count in counts if isinstance(count, int))
        if votes > present - len(there):
            words = "登记已回避，但表决票数多于回避后的在场人数"
            yield Finding(given.rule.code, words, (f"票数 {votes}", f"实到 {present}，应回避 {len(there)}"), evidence)


def quorum(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a meeting with too few members there; cadres and punishments need more (党组工作条例 第二十七条)."""
    if around.meeting is None:
        return
    present = around.meeting.values.get("present")
    expected = around.meeting.values.get("expected") or around.members
    if not isinstance(present, int) or not isinstance(expected, int) or expected < 1:
        return
    about_people = item.values.get("category") == "appointment" or item.values.get("sub_category") == "punish"
    name = "people" if about_people else "share"
    if present < expected * given[name]:
        what = "干部任免和处分事项" if about_people else "会议"
        words = f"{what}到会人数不足 {given.written[name]}"
        yield Finding(given.rule.code, words, (f"应到 {expected} 人", f"实到 {present} 人"), (around.meeting.evidence,))


def chair_last(item: Item, _around: Around, given: Given) -> Iterator[Finding]:
    """Find a decision at which the chair did not speak last, or of which nobody noted it while it is in hand."""
    spoke = item.values.get("last_speak_ok")
    if spoke is False:
        yield Finding(given.rule.code, "主要负责人没有末位表态", (), (*_at(item), item.evidence))
    elif spoke is None and item.agreed and not item.ended:
        yield Finding(given.rule.code, "已经决定，还没有登记是否末位表态", (), (*_at(item), item.evidence))


def not_recorded(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find minutes that leave out the opinion of the group."""
    if item.values.get("opinion") and around.meeting and around.meeting.checks.get("opinion_recorded") == "no":
        words = "会议记录没有如实记录派驻组意见"
        yield Finding(
            given.rule.code, words, ("会议记录检查要点“派驻组意见如实记录”为“否”",), (around.meeting.evidence,)
        )


def not_followed(item: Item, _around: Around, given: Given) -> Iterator[Finding]:
    """Find a suggestion put aside without a reason, or a decision against the opinion."""
    if item.agreed and item.values.get("opinion") == "object":
        words = "审查意见为“不同意上会”，会议仍然作出决定"
        yield Finding(given.rule.code, words, (f"上会 {spoken(item.day)}",), (item.evidence,))
    left = [row for row in item.suggestions if row.get("adopted") == "refused" and not row.get("reason")]
    if left:
        words = f"{len(left)} 条意见建议未采纳，没有写明理由"
        figures = tuple(f"第 {row.get('number') or place} 条：{row.get('words')}" for place, row in enumerate(left, 1))
        yield Finding(given.rule.code, words, figures, (item.evidence,), "suggestions")


def minutes_missing(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a meeting whose minutes did not come; one of an earlier year from an old ledger is not asked for."""
    meeting = around.meeting
    if meeting is None or meeting.day is None or meeting.values.get("minutes_received") or meeting.day >= around.today:
        return
    if meeting.values.get("cancel_reason") or meeting.day.year < around.today.year - 1:
        return
    passed = around.working_days(meeting.day, around.today)
    if passed > given["days"]:
        words = f"会后 {passed} 个工作日还没有收到会议纪要"
        yield Finding(given.rule.code, words, (f"会议时间 {spoken(meeting.day)}",), (meeting.evidence,))


def is_temporary(item: Item) -> bool:
    """Tell a temporary motion: the point says so, or the papers came on the day of the meeting or later."""
    came, meets = day_of(item.values.get("submitted_at")), day_of(item.values.get("planned_meeting_at"))
    return TEMPORARY in item.refused or (came is not None and meets is not None and came >= meets)


def temporary(item: Item, around: Around, given: Given) -> Iterator[Finding]:
    """Find a unit that brings too many temporary motions in a quarter, at each of them."""
    if item.day is None or not is_temporary(item):
        return
    quarter = (item.day.year, (item.day.month - 1) // 3)
    found = [
        each
        for each in around.ledger.by_unit.get(item.unit, ())
        if each.day and (each.day.year, (each.day.month - 1) // 3) == quarter and is_temporary(each)
    ]
    if len(found) > given["times"]:
        words = f"{item.day.year} 年第 {quarter[1] + 1} 季度临时动议 {len(found)} 项"
        others = tuple(each.evidence for each in found if each.id != item.id)
        figures = tuple(f"{spoken(each.day)} {each.title}" for each in found)
        yield Finding(given.rule.code, words, figures, others, f"quarter:{quarter[0]}-{quarter[1]}:{item.unit}")


def unheard(books: Books, given: Given) -> Iterator[Finding]:
    """Find numbered matters in a meeting's summary that no review item is like."""
    for meeting in books.meetings:
        matters = numbered(str(meeting.values.get("summary") or ""))
        known = books.titles.get(meeting.id, ())
        missing = [each for each in matters if not any(_means(each, title, given) for title in known)]
        if missing:
            words = f"会议摘要里有 {len(missing)} 项没有会前审查记录"
            yield Finding(given.rule.code, words, tuple(missing), (meeting.evidence,))


def numbered(summary: str) -> list[str]:
    """Return the numbered lines of a summary without their numbers."""
    return [found.group(1).strip("；;。 ") for line in summary.splitlines() if (found := _NUMBERED.match(line))]


def _means(matter: str, title: str, given: Given) -> bool:
    return likeness(matter, title) >= given["likeness"] or (len(title) > 3 and title in matter)


def _at(item: Item) -> Evidence:
    meeting = item.values.get("meeting")
    return (("meeting", meeting.id),) if isinstance(meeting, Ref) and meeting.id is not None else ()


def _persons(people: Sequence[Ref]) -> Evidence:
    return tuple(("person", each) for who in people for each in ids_in(who, "person"))


RULES: Mapping[str, ItemRule] = {
    "RF-P1": sent_late,
    "RF-P2": not_reviewed,
    "RF-P3": changed,
    "RF-P4": not_recused,
    "RF-P5": quorum,
    "RF-P6": chair_last,
    "RF-P7": not_recorded,
    "RF-P8": not_followed,
    "RF-P9": minutes_missing,
    "RF-P10": temporary,
}
BOOK_RULES: Mapping[str, BookRule] = {"RF-P2": unheard}

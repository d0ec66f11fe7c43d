"""廉政意见 on paper: the letter that goes out, and the draft that stays; what was found is only in the draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from paizhu.base import values
from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Ref, Row
from paizhu.documents.papers import letter as pdf_letter
from paizhu.documents.papers import opinion as pdf_opinion
from paizhu.documents.papers.letter import Reply, ReplyPerson
from paizhu.documents.papers.opinion import DraftPerson, DraftSource
from paizhu.documents.pdf.blocks import Paper, Stamp
from paizhu.documents.pdf.wording import shipped
from paizhu.registers.opinion import OPINION
from paizhu.registers.opinion_flow import ANSWERED, unsearched
from paizhu.registers.opinion_rows import OPINION_PERSON, SOURCES
from paizhu.rules import limits
from paizhu.services.as_of import AsOf
from paizhu.services.desk import Desk
from paizhu.services.opinions.watch import VALID
from paizhu.services.preparing import day_of

Rows = Mapping[str, Sequence[Row]]
_AFTER_NEWS = ("changed", "supplemented", "archived")
_SIGNED = ("signed", *ANSWERED, "changed")


def letter(desk: Desk, row: Row, rows: Rows, stamp: Stamp) -> Paper:
    """Return the reply letter; before two persons signed it, its number says that it is a draft.

    Only name, posts and the answer stand in it: reasons, findings and numbers of records are the draft's.
    """
    day = day_of(row.values.get("reply_at")) or desk.today
    standing: Sequence[Row] = rows[OPINION_PERSON.key]
    if row.state in _AFTER_NEWS:
        # News may have changed an answer since; a letter that went out says what it said.
        standing = AsOf(desk.vault, day).rows(f"{OPINION.key}.{OPINION_PERSON.key}", row.id) or standing
    people = [_person(each) for each in standing]
    number = str(row.values.get("reply_no") or "") if row.state in _SIGNED else shipped("reply")["not_signed"]
    reply = Reply(
        str(desk.setting("group")),
        number,
        _label(row.values.get("from_unit")),
        tuple(people),
        day,
        str(row.values.get("letter_no") or ""),
        _until(desk, row, day),
        searched=_searched(rows),
    )
    # What goes out is the letter alone; while it is a draft the line across the page says so.
    stamp = replace(stamp, marking="", watermark=False) if row.state in _SIGNED else stamp
    return pdf_letter.opinion_reply(reply, stamp)


def supplement(desk: Desk, row: Row, rows: Rows, stamp: Stamp) -> Paper:
    """Return the letter that tells what changed after the reply, with the answers as they stand now.

    What came in stays inside like every finding; refused while no reply has gone out.
    """
    before = str(row.values.get("reply_no") or "")
    if not before:
        raise NotAllowedError("还没有发过复函，不能补充函告", "没有生成文书", "先发复函")
    signed = bool(row.values.get("supplement_at"))
    day = day_of(row.values.get("supplement_at")) or desk.today
    reply = Reply(
        str(desk.setting("group")),
        str(row.values.get("supplement_no") or "") if signed else shipped("reply")["not_signed"],
        _label(row.values.get("from_unit")),
        tuple(_person(each) for each in rows[OPINION_PERSON.key]),
        day,
        valid_until=_until(desk, row, day),
        before=before,
    )
    return pdf_letter.opinion_reply(reply, replace(stamp, marking="", watermark=False) if signed else stamp)


def draft(desk: Desk, row: Row, rows: Rows, stamp: Stamp) -> Paper:
    """Return the internal draft: for each person what every source holds, with numbers, and the answer proposed."""
    people = []
    for each in rows[OPINION_PERSON.key]:
        who = each.values.get("person")
        own = {str(row.values.get("source")): row for row in rows["lookup"] if _same_label(row.values.get("who"), who)}
        sources = tuple(
            DraftSource(
                source.label,
                str(own[source.code].values.get("words") or "") if source.code in own else "没有查询",
                str(own[source.code].values.get("searched_at") or "")[:16].replace("T", " ")
                if source.code in own
                else "",
            )
            for source in SOURCES
        )
        told = _person(each)
        reason = values.show(OPINION_PERSON.field("reply_reason"), each.values.get("reply_reason"))
        people.append(DraftPerson(told.name, told.post, told.proposed, sources, told.opinion, reason))
    checks = tuple(
        (
            str(each.values.get("room") or ""),
            str(each.values.get("view") or ""),
            _label(each.values.get("signer")),
            str(each.values.get("signed_at") or ""),
        )
        for each in rows["joint_check"]
    )
    head = (
        ("来函单位", _label(row.values.get("from_unit"))),
        ("来函文号", str(row.values.get("letter_no") or "")),
        ("收到日期", str(row.values.get("received_at") or "")),
        ("征求事由", values.show(OPINION.field("reason"), row.values.get("reason"))),
    )
    return pdf_opinion.opinion_draft(row.no, head, tuple(people), checks, stamp)


def _person(row: Row) -> ReplyPerson:
    held = row.values
    reply = values.show(OPINION_PERSON.field("reply"), held.get("reply"))
    facts = str(held.get("facts") or "")
    post = "".join(str(held.get(name) or "") for name in ("unit", "post"))
    return ReplyPerson(
        _label(held.get("person")),
        post,
        str(held.get("to_post") or ""),
        facts if held.get("reply") == "facts" else reply,
    )


def _searched(rows: Rows) -> tuple[str, ...]:
    """Return the sources, when all of them were searched for everybody."""
    lookups = [each.values for each in rows["lookup"]]
    if any(unsearched(each.values, lookups) for each in rows[OPINION_PERSON.key]) or not lookups:
        return ()
    return tuple(each.label for each in SOURCES)


def _until(desk: Desk, row: Row, day: date) -> date | None:
    days = row.values.get("valid_days")
    if isinstance(days, int):
        return date.fromordinal(day.toordinal() + days)
    limit = desk.limits.get(VALID)
    return limits.due(limit, day, desk.calendar).day if limit else None


def _label(value: object) -> str:
    return value.label if isinstance(value, Ref) else str(value or "")


def _same_label(one: object, other: object) -> bool:
    return isinstance(one, Ref) and isinstance(other, Ref) and (one.label, one.id) == (other.label, other.id)

"""Papers of a talk (``domain.md`` 7.2): the registration form, the record read and signed, the page before it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from paizhu.base import dates
from paizhu.base.rows import Row
from paizhu.documents.papers.record import Rows
from paizhu.documents.papers.review import kept, ticks
from paizhu.documents.pdf.blocks import (
    FIVE,
    FORM,
    FORM_LINE,
    FORM_TITLE,
    LETTER_PITCH,
    NOTE,
    SMALL_FIVE,
    SMALL_FOUR,
    UNDER_TITLE,
    Align,
    Block,
    Cell,
    Grid,
    GridRow,
    Numbering,
    Paper,
    Para,
    Space,
    Stamp,
    Strike,
    Style,
    label,
    value,
)
from paizhu.documents.pdf.fonts import Face
from paizhu.documents.pdf.guard import need_purpose, words
from paizhu.documents.pdf.wording import Wording, shipped
from paizhu.registers.talk import REQUIREMENT, TALK

_SIX = (13.0, 20.0, 13.0, 20.0, 13.0, 21.0)
_RECORD_TEXT = Style(Face.BODY, SMALL_FOUR + 2, LETTER_PITCH - 3, indent=2.0)
_RECORD_LINE = replace(_RECORD_TEXT, indent=0.0, align=Align.LEFT)
_SHEET = replace(FORM, numbering=Numbering.OF_TOTAL, number_size=SMALL_FOUR)
_SIGN = "签名：　　　　　　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """What the papers of a talk say beyond its record: the person's sex, the talkers' posts, who filled it in."""

    subject_gender: str = ""
    talker_post: str = ""
    companion_post: str = ""
    filled_by: str = ""


NO_FACTS = TalkFacts()


def talk_form(talk: Row, rows: Rows, stamp: Stamp, *, facts: TalkFacts = NO_FACTS) -> Paper:
    """Return 廉政谈话登记表; a talk that disposes of a lead needs a purpose to be printed."""
    _guard(talk, stamp)
    words_of = shipped("talk")
    body = [
        GridRow((label("谈话类型"), value(ticks(TALK.field("kind"), _code(talk, "kind")), 5))),
        GridRow((label("谈话对象"), _value(talk, "subject"), label("性别"), value(facts.subject_gender),
                 label("政治面貌"), _value(talk, "subject_political"))),
        GridRow((label("单位"), _value(talk, "subject_unit"), label("职务"), _value(talk, "subject_post"),
                 label("职级"), _value(talk, "subject_rank"))),
        GridRow((label("谈话人"), value(_with(_show(talk, "talker"), facts.talker_post)), label("陪谈人"),
                 value(_with(_show(talk, "companion"), _show(talk, "companion_unit"), facts.companion_post)),
                 label("记录人"), _value(talk, "recorder"))),
        GridRow((label("谈话时间"), value(span(talk), 3), label("谈话地点"), _value(talk, "place"))),
        GridRow((label("谈话事由"), value(_reason(talk), 5))),
        GridRow((label("谈话提纲"), value(_show(talk, "outline"), 5)), height=50),
        GridRow((label("谈话内容"), value(_show(talk, "record"), 5)), height=124),
        GridRow((label("提出要求"), value(_requirements(talk, rows), 5)), height=40),
        GridRow((label("被谈话人意见"), replace(value(_show(talk, "subject_statement"), 5), sign=_SIGN)), height=84),
        GridRow((label("备注"), value(_show(talk, "remarks"), 5)), height=30),
        GridRow((label("填表人"), value(facts.filled_by, 2), label("填表日期"), value("", 2))),
    ]  # fmt: skip
    title = words_of["form_title"]
    number = Para(f"编号：{talk.no or stamp.number}", FORM_LINE)
    return Paper(title, (Para(title, FORM_TITLE), number, Grid(_SIX, tuple(body))), stamp)


def talk_record(talk: Row, rows: Rows, stamp: Stamp, *, facts: TalkFacts = NO_FACTS) -> Paper:
    """Return 谈话记录: lines for signing at the foot of each page, what is left blank struck through."""
    _guard(talk, stamp)
    words_of = shipped("talk")
    subject = "，".join(
        part
        for part in (
            _show(talk, "subject"),
            facts.subject_gender,
            _show(talk, "subject_political"),
            _show(talk, "subject_unit") + _show(talk, "subject_post"),
            _show(talk, "subject_rank"),
        )
        if part
    )
    head = (
        ("时间", f"{span(talk)} 至　　时　　分" if _to_be_ended(talk) else span(talk)),
        ("地点", _show(talk, "place")),
        ("谈话人", _with(_show(talk, "talker"), facts.talker_post)),
        ("陪谈人", _with(_show(talk, "companion"), _show(talk, "companion_unit"), facts.companion_post)),
        ("记录人", _show(talk, "recorder")),
        ("被谈话人", subject),
        ("事由", _reason(talk)),
    )
    blocks: list[Block] = [Para(words_of["record_title"], FORM_TITLE), Space(4)]
    blocks += [Para(f"{name}：{text}", _RECORD_LINE) for name, text in head if text]
    blocks += [Space(4), Para(words_of["rights"], _RECORD_TEXT), Para(_show(talk, "record"), _RECORD_TEXT)]
    if wanted := _requirements(talk, rows):
        blocks += [Para("提出要求：", _RECORD_TEXT, keep_next=True), Para(wanted, _RECORD_TEXT)]
    if said := _show(talk, "subject_statement"):
        blocks += [Para("被谈话人表态：", _RECORD_TEXT, keep_next=True), Para(said, _RECORD_TEXT)]
    if refused := _show(talk, "refuse_reason"):
        blocks.append(Para(words_of["refused"].format(reason=refused), _RECORD_TEXT))
    blocks.append(Strike())
    foot = (
        Space(6),
        Para(words_of["end"], FORM_LINE),
        Para(words_of["sign"], FORM_LINE),
        Para(words_of["talkers"], FORM_LINE),
    )
    return Paper(words_of["record_title"], tuple(blocks), stamp, _SHEET, foot=foot)


@dataclass(frozen=True, slots=True)
class BriefSection:
    """One part of the page before a talk: lines, or a table with its head."""

    heading: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = field(default=())


def brief(subject: str, post: str, sections: Sequence[BriefSection], stamp: Stamp) -> Paper:
    """Return 谈前一页纸, set smaller until it is one page; what does not fit even then is told as a warning."""
    words_of = shipped("brief")
    sizes = (SMALL_FOUR, FIVE, 9.75, SMALL_FIVE)
    made = [_brief(subject, post, sections, words_of, size) for size in sizes]
    return Paper(words_of["title"], made[0], stamp, pages=1, smaller=tuple(made[1:]))


def _brief(
    subject: str, post: str, sections: Sequence[BriefSection], words_of: Wording, size: float
) -> tuple[Block, ...]:
    line = Style(Face.BODY, size, size * 1.5, align=Align.JUSTIFY)
    blocks: list[Block] = [Para(words_of["title"], FORM_TITLE), Para(f"{subject}　{post}".strip(), UNDER_TITLE)]
    for section in sections:
        blocks.append(Para(section.heading, replace(line, face=Face.HEI, size=size + 0.5), keep_next=True))
        blocks += [Para(text, line) for text in section.lines]
        if section.rows:
            widths = section.widths or tuple(1.0 for _ in section.rows[0])
            head = (GridRow(tuple(label(text) for text in section.head)),) if section.head else ()
            body = tuple(GridRow(tuple(value(text) for text in row)) for row in section.rows)
            blocks.append(Grid(widths, body, head, size=size, pad=2.5))
        elif not section.lines:
            blocks.append(Para("无", line))
        blocks.append(Space(size * 0.4))
    blocks.append(Para(words_of["note"], replace(NOTE, size=SMALL_FIVE)))
    return tuple(blocks)


def span(talk: Row) -> str:
    """Return from when to when a talk was held, the day said once."""
    start, end = _show(talk, "start_at"), _show(talk, "end_at")
    if not end:
        return start
    same_day = start[:10] == end[:10] and len(end) > len(dates.show_day(dates.read_day(end)))
    return f"{start} 至 {end[11:]}" if same_day else f"{start} 至 {end}"


def _to_be_ended(talk: Row) -> bool:
    """Tell whether the end is still to be written on the paper that is signed: a record tells from when to when."""
    return bool(talk.values.get("start_at")) and not talk.values.get("end_at") and talk.values.get("signed") is None


def _guard(talk: Row, stamp: Stamp) -> None:
    if talk.values.get("lead_ref"):
        need_purpose(stamp)


def _show(talk: Row, name: str) -> str:
    return words(TALK.field(name), talk)


def _value(talk: Row, name: str) -> Cell:
    return value(_show(talk, name))


def _code(talk: Row, name: str) -> str | None:
    found = talk.values.get(name)
    return str(found) if found else None


def _with(name: str, *more: str) -> str:
    told = "，".join(each for each in more if each)
    return f"{name}（{told}）" if name and told else name


def _reason(talk: Row) -> str:
    return "：".join(text for text in (_show(talk, "reason"), _show(talk, "reason_note")) if text)


def _requirements(talk: Row, rows: Rows) -> str:
    given = kept(rows, REQUIREMENT)
    if not given:
        return _show(talk, "requirements")
    lines = []
    for number, row in enumerate(given, 1):
        due = words(REQUIREMENT.field("due"), row)
        lines.append(f"{number}. {words(REQUIREMENT.field('words'), row)}" + (f"（{due} 前）" if due else ""))
    return "\n".join(lines)

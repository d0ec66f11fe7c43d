"""廉政意见回复函 (``domain.md`` 7.6): a letter with a table of names; grounds and drafts have no place in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.documents.pdf.blocks import (
    FLUSH,
    LETTER,
    LETTER_PITCH,
    SMALL_FOUR,
    TEXT,
    TITLE,
    Align,
    Block,
    Cell,
    Grid,
    GridRow,
    Letterhead,
    Paper,
    Para,
    Signature,
    Space,
    Stamp,
)
from paizhu.documents.pdf.fonts import Face
from paizhu.documents.pdf.wording import Wording, shipped

_WIDTHS = (9.0, 16.0, 28.0, 22.0, 38.0)
_ONE_LINE = 20
"""More characters of 二号 than this do not fit one line; a longer title is broken after the persons, not in a word."""
_HEAD = ("序号", "姓名", "单位及现任职务", "拟任职务（事由）", "回复意见")


@dataclass(frozen=True, slots=True)
class ReplyPerson:
    """One person of the letter and what is said of him; the grounds (P3) stay in the vault."""

    name: str
    post: str = ""
    proposed: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says: from whom, to whom, about whom, and until when it holds."""

    body: str
    number: str
    to: str
    persons: tuple[ReplyPerson, ...]
    day: date
    letter_no: str = ""
    valid_until: date | None = None
    extra: tuple[str, ...] = ()
    before: str = ""
    """Number of the letter that this one supplements."""
    searched: tuple[str, ...] = ()
    """Which sources were searched; without them the letter only says that it was looked into."""


def opinion_reply(reply: Reply, stamp: Stamp) -> Paper:
    """Return the letter; one person is answered in the text when nothing else is said of him than in the table."""
    words_of = shipped("reply")
    who = _who(reply.persons, words_of)
    title = words_of["supplement_title" if reply.before else "title"].format(who=who)
    came = words_of["came"].format(letter=reply.letter_no) if reply.letter_no else words_of["came_without_number"]
    blocks: list[Block] = [
        Para(title if len(title) <= _ONE_LINE else title.replace(who, f"{who}\n", 1), TITLE, balanced=True),
        Space(LETTER_PITCH),
        Para(words_of["salutation"].format(unit=reply.to), FLUSH),
        Para(_supplement(reply, words_of, who) if reply.before else came + _looked_into(reply, words_of, who), TEXT),
        Space(8),
        _table(reply.persons),
        Space(8),
    ]
    blocks += [Para(text, TEXT) for text in reply.extra]
    holds = words_of["valid"].format(day=spoken(reply.valid_until)) if reply.valid_until else words_of["changed"]
    blocks += [Para(holds, TEXT), Para(words_of["end"], TEXT, keep_next=True), Space(LETTER_PITCH)]
    blocks.append(Signature(reply.body, spoken(reply.day)))
    return Paper(title, tuple(blocks), stamp, LETTER, Letterhead(reply.body, reply.number))


def spoken(day: date) -> str:
    """Return a day as it stands under a letter, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _supplement(reply: Reply, words_of: Wording, who: str) -> str:
    return words_of["supplement_body"].format(before=reply.before, who=who)


def _looked_into(reply: Reply, words_of: Wording, who: str) -> str:
    if not reply.searched:
        return words_of["body"].format(who=who)
    return words_of["body_searched"].format(who=who, sources="、".join(reply.searched))


def _who(persons: Sequence[ReplyPerson], words_of: Wording) -> str:
    first = persons[0].name if persons else ""
    if len(persons) > 1:
        return words_of["several"].format(first=first, count=len(persons))
    return words_of["single"].format(first=first)


def _table(persons: Sequence[ReplyPerson]) -> Grid:
    head = GridRow(tuple(Cell(text, align=Align.CENTER, face=Face.HEI) for text in _HEAD))
    rows = tuple(
        GridRow(
            (
                Cell(str(number), align=Align.CENTER),
                Cell(each.name, align=Align.CENTER),
                Cell(each.post),
                Cell(each.proposed),
                Cell(each.opinion),
            )
        )
        for number, each in enumerate(persons, 1)
    )
    return Grid(_WIDTHS, rows, (head,), size=SMALL_FOUR)

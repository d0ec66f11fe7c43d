"""Papers about a responsibility item: 提醒函, 催办单, and the report to the commission when nobody answers (3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.documents.papers.letter import spoken
from paizhu.documents.pdf.blocks import (
    FLUSH,
    LETTER,
    LETTER_PITCH,
    SMALL_FOUR,
    TEXT,
    TITLE,
    UNDER_TITLE,
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
from paizhu.documents.pdf.wording import shipped

_WIDTHS = (9.0, 30.0, 15.0, 30.0, 38.0)
_HEAD = ("序号", "督促时间", "方式", "答复期限", "答复情况")


@dataclass(frozen=True, slots=True)
class Urged:
    """One time the item was urged."""

    day: date
    way: str = ""
    reply_due: date | None = None
    reply: str = ""


@dataclass(frozen=True, slots=True)
class DutyLetter:
    """What a letter about an item says: to whom, which item and period, how it stands, when an answer is due."""

    body: str
    whom: str
    content: str
    today: date
    due: date | None = None
    period: str = ""
    standard: str = ""
    basis: str = ""
    done: int = 0
    total: int = 1
    late: bool = False
    lacking: tuple[str, ...] = ()
    reply_due: date | None = None
    urged: tuple[Urged, ...] = ()
    commission: str = ""


def reminder(letter: DutyLetter, stamp: Stamp, *, urging: bool = False) -> Paper:
    """Return 提醒函, or the sterner 催办单 that also names the times it was urged before."""
    words = shipped("duty")
    title = words["urging_title" if urging else "reminder_title"]
    said = [
        words["body"].format(
            content=letter.content, period=letter.period, due=spoken(letter.due) if letter.due else "期限"
        )
    ]
    if letter.standard:
        said.append(words["standard"].format(standard=letter.standard.rstrip("。")))
    if letter.basis:
        said.append(words["basis"].format(basis=letter.basis.rstrip("。")))
    second = []
    if letter.total > 1:
        second.append(words["stands"].format(today=spoken(letter.today), done=letter.done, total=letter.total))
    if letter.late:
        second.append(words["late"])
    if letter.lacking:
        second.append(words["lacking"].format(names="、".join(letter.lacking)))
    if urging and letter.urged:
        days = "、".join(spoken(each.day) for each in letter.urged)
        second.append(words["before"].format(days=days, count=len(letter.urged)))
    wanted = words["reply"].format(reply_due=spoken(letter.reply_due)) if letter.reply_due else words["reply_open"]
    blocks: list[Block] = [
        Para(title, TITLE, balanced=True),
        Space(LETTER_PITCH),
        Para(words["salutation"].format(whom=letter.whom), FLUSH),
        Para("".join(said), TEXT),
    ]
    if second:
        blocks.append(Para("".join(second), TEXT))
    blocks += [Para(wanted, TEXT), Para(words["end"], TEXT, keep_next=True), Space(2 * LETTER_PITCH)]
    blocks.append(Signature(letter.body, spoken(letter.today)))
    return Paper(title, tuple(blocks), stamp, LETTER, Letterhead(letter.body))


def unanswered_report(letter: DutyLetter, stamp: Stamp) -> Paper:
    """Return the draft report to the commission about an item that was urged again and again without an answer."""
    words = shipped("duty")
    title = words["report_title"]
    due = spoken(letter.due) if letter.due else "期限"
    blocks: list[Block] = [
        Para(title, TITLE, balanced=True),
        Para(words["draft"], UNDER_TITLE),
        Space(8),
        Para(words["salutation"].format(whom=letter.commission or words["report_to"]), FLUSH),
        Para(
            words["report_body"].format(whom=letter.whom, content=letter.content, due=due, count=len(letter.urged)),
            TEXT,
        ),
        Space(8),
        _table(letter.urged),
        Space(8),
    ]
    if letter.lacking:
        blocks.append(Para(words["lacking"].format(names="、".join(letter.lacking)), TEXT))
    blocks += [Para(words["report_end"].format(whom=letter.whom), TEXT, keep_next=True), Space(2 * LETTER_PITCH)]
    blocks.append(Signature(letter.body, spoken(letter.today)))
    return Paper(title, tuple(blocks), stamp, LETTER, Letterhead(letter.body))


def _table(urged: Sequence[Urged]) -> Grid:
    head = GridRow(tuple(Cell(text, align=Align.CENTER, face=Face.HEI) for text in _HEAD))
    rows = tuple(
        GridRow(
            (
                Cell(str(number), align=Align.CENTER),
                Cell(spoken(each.day), align=Align.CENTER),
                Cell(each.way, align=Align.CENTER),
                Cell(spoken(each.reply_due) if each.reply_due else "", align=Align.CENTER),
                Cell(each.reply or "没有答复"),
            )
        )
        for number, each in enumerate(urged, 1)
    )
    return Grid(_WIDTHS, rows, (head,), size=SMALL_FOUR)

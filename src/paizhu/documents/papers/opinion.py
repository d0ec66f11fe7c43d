"""廉政意见核查底稿: what the five sources hold about each person, with record numbers; it stays inside."""

from collections.abc import Sequence
from dataclasses import dataclass

from paizhu.documents.pdf.blocks import (
    FORM_TITLE,
    NOTE,
    UNDER_TITLE,
    Block,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Space,
    Stamp,
    heading,
    label,
    value,
)
from paizhu.documents.pdf.guard import need_purpose
from paizhu.documents.pdf.wording import Wording, shipped

_WIDTHS = (20.0, 48.0, 14.0, 18.0)
_SIGN_HEIGHT = 44


@dataclass(frozen=True, slots=True)
class DraftSource:
    """What one source holds about a person, and when it was searched."""

    label: str
    words: str
    searched_at: str = ""


@dataclass(frozen=True, slots=True)
class DraftPerson:
    """One person of the draft with every source, the answer proposed, and the reason that stays inside."""

    name: str
    post: str
    proposed: str
    sources: tuple[DraftSource, ...]
    opinion: str = ""
    reason: str = ""


def opinion_draft(
    number: str,
    head: Sequence[tuple[str, str]],
    people: Sequence[DraftPerson],
    checks: Sequence[tuple[str, str, str, str]],
    stamp: Stamp,
) -> Paper:
    """Return the draft with the signed views of the offices that searched; class P3, so with a purpose."""
    words_of = shipped("reply")
    title = words_of["draft_title"]
    need_purpose(stamp)
    told = Grid(
        (16.0, 34.0, 16.0, 34.0),
        tuple(
            GridRow(tuple(cell for name, words in pair for cell in (label(name), value(words))))
            for pair in (head[at : at + 2] for at in range(0, len(head), 2))
        ),
    )
    blocks: list[Block] = [Para(title, FORM_TITLE)]
    if number:
        blocks.append(Para(number, UNDER_TITLE))
    blocks += [
        told,
        Space(8),
        Grid(_WIDTHS, tuple(row for at, each in enumerate(people, 1) for row in _rows(at, each))),
    ]
    blocks += [Space(8), _signed(checks, words_of), Space(6), Para(words_of["draft_note"], NOTE, keep_back=True)]
    return Paper(title, tuple(blocks), stamp)


def _rows(at: int, person: DraftPerson) -> list[GridRow]:
    proposed = f"　拟任：{person.proposed}" if person.proposed else ""
    made = [heading(f"{at}. {person.name}　{person.post}{proposed}", 4)]
    days = sorted({each.searched_at for each in person.sources if each.searched_at})
    if days:
        made.append(GridRow((label("查询时间"), value("、".join(days), 3)), keep_next=True))
    made += [GridRow((label(each.label), value(each.words, 3)), keep_next=True) for each in person.sources]
    reason = f"（内部理由：{person.reason}）" if person.reason else ""
    made.append(GridRow((label("拟回复意见"), value(f"{person.opinion or '未选定'}{reason}", 3))))
    return made


def _signed(checks: Sequence[tuple[str, str, str, str]], words_of: Wording) -> Grid:
    rows = [
        GridRow(
            (
                label(room),
                Cell(view, 3, top=True, sign=f"{signer}　　{day}" if signer else words_of["draft_sign"]),
            ),
            height=_SIGN_HEIGHT,
        )
        for room, view, signer, day in checks
    ]
    if not rows:
        rows = [GridRow((label("会审意见"), Cell("", 3, top=True, sign=words_of["draft_sign"])), height=_SIGN_HEIGHT)]
    return Grid(_WIDTHS, (heading("会审签字", 4), *rows))

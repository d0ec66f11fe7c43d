"""建议书、提醒函 and 整改通知书 (``domain.md`` 7.5, 7.7): why, what was found, its causes, what is asked, by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.documents.papers.letter import spoken
from paizhu.documents.pdf.blocks import (
    COPIES,
    FLUSH,
    HEADING_1,
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

_HEAD = ("序号", "存在问题", "依据", "整改要求", "整改期限", "责任人")
_WIDTHS = (8.0, 32.0, 20.0, 26.0, 27.0, 14.0)
_BASIS = 2
"""Place of the column that is left out where no problem names its basis."""
_SHORT = 30
_STOPS = "。！？；，"
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Named:
    """One problem of a letter."""

    problem: str
    basis: str = ""
    requirement: str = ""
    due: date | None = None
    duty_person: str = ""


@dataclass(frozen=True, slots=True)
class ProposalLetter:
    """What a letter says; ``law`` names the words that a proposal under 监察法 adds."""

    body: str
    number: str
    title: str
    to: str
    origin: str
    day: date
    problems: tuple[Named, ...]
    causes: str = ""
    basis: str = ""
    suggestions: tuple[str, ...] = ()
    ask: str = ""
    law: bool = False
    reply_due: date | None = None
    contact: str = ""
    cc: tuple[str, ...] = ()


def proposal(letter: ProposalLetter, stamp: Stamp) -> Paper:
    """Return a proposal: problems, causes and suggestions under headings, then the day of the answer."""
    words = shipped("proposal")
    parts: list[tuple[str, list[str]]] = [(words["problems"], [_named(each) for each in letter.problems])]
    if letter.causes.strip():
        parts.append((words["causes"], _paragraphs(letter.causes)))
    suggestions = letter.suggestions or tuple(each.requirement for each in letter.problems if each.requirement)
    law = words["law"] if letter.law and not letter.basis else words["own_basis"].format(basis=letter.basis)
    asked = [f"{law if letter.law or letter.basis else ''}{words['asks'].format(ask=letter.ask)}"]
    if suggestions:
        parts.append((words["suggestions"], [*asked, *suggestions]))
    blocks = list(_opening(letter, words))
    for at, (head, lines) in enumerate(parts):
        blocks.append(Para(f"{_NUMERALS[at]}、{head}", HEADING_1, keep_next=True))
        listed = lines[1:] if head == words["suggestions"] else lines if head == words["problems"] else []
        blocks += [Para(line, TEXT) for line in lines if line not in listed]
        blocks += [Para(f"{number}. {_ended(line)}", TEXT) for number, line in enumerate(listed, 1)]
    closing = [words["reply"].format(day=_day(letter.reply_due, words))]
    closing.append(words["objection"])
    if letter.law:
        closing.append(words["refusal"])
    blocks.append(Para("".join(closing), TEXT, keep_next=True))
    return _letter(letter, blocks, stamp, words)


def reminder(letter: ProposalLetter, stamp: Stamp) -> Paper:
    """Return 工作提醒函: what was found and what is asked, without the force of a proposal."""
    words = shipped("proposal")
    blocks = list(_opening(letter, words))
    single = len(letter.problems) == 1
    for at, each in enumerate(letter.problems, 1):
        number = "" if single else f"{at}. "
        asked = words["demand"].format(demand=each.requirement.rstrip(_STOPS)) if each.requirement else ""
        blocks.append(Para(f"{number}{_named(each)}{asked}", TEXT))
    blocks += _why(letter, words)
    blocks += [Para(f"{_ended(each)}", TEXT) for each in letter.suggestions]
    blocks.append(Para(words["remind"].format(day=_day(letter.reply_due, words)), TEXT))
    blocks.append(Para(words["remind_end"], TEXT, keep_next=True))
    return _letter(letter, blocks, stamp, words)


def notice(letter: ProposalLetter, stamp: Stamp) -> Paper:
    """Return 整改通知书: the problems as a table with demand, day and person, and a line to sign for it."""
    words = shipped("proposal")
    blocks = list(_opening(letter, words, listed=True))
    shown = [at for at in range(len(_HEAD)) if at != _BASIS or any(each.basis for each in letter.problems)]
    head = GridRow(tuple(Cell(_HEAD[at], align=Align.CENTER, face=Face.HEI) for at in shown))
    rows = tuple(
        GridRow(tuple(_cells(number, each, words)[at] for at in shown))
        for number, each in enumerate(letter.problems, 1)
    )
    widths = tuple(_WIDTHS[at] for at in shown)
    blocks += [Space(6), Grid(widths, rows, (head,), size=SMALL_FOUR), Space(8)]
    blocks += _why(letter, words)
    blocks += [Para(_ended(each), TEXT) for each in letter.suggestions]
    blocks.append(Para(words["notice"].format(day=_day(letter.reply_due, words)), TEXT, keep_next=True))
    return _letter(letter, blocks, stamp, words, LETTER_PITCH, words["received"])


def _opening(letter: ProposalLetter, words: Wording, *, listed: bool = False) -> Iterator[Block]:
    yield Para(letter.title, TITLE, balanced=True)
    yield Space(LETTER_PITCH)
    yield Para(words["salutation"].format(unit=letter.to), FLUSH)
    origin = letter.origin.strip().rstrip(_STOPS)
    found = words["found_listed"] if listed else words["found"]
    if len(origin) <= _SHORT and not any(stop in origin for stop in _STOPS):
        yield Para(words["came_short"].format(origin=origin) + found, TEXT, keep_next=True)
    else:
        yield Para(f"{origin}。{words['came_long']}{found}", TEXT, keep_next=True)


def _cells(number: int, each: Named, words: Wording) -> tuple[Cell, ...]:
    return (
        Cell(str(number), align=Align.CENTER),
        Cell(each.problem),
        Cell(each.basis),
        Cell(each.requirement),
        Cell(spoken(each.due) if each.due else words["by_reply"], align=Align.CENTER),
        Cell(each.duty_person, align=Align.CENTER),
    )


def _why(letter: ProposalLetter, words: Wording) -> list[Block]:
    lines = _paragraphs(letter.causes)
    return [Para(words["why"].format(causes=line) if at == 0 else line, TEXT) for at, line in enumerate(lines)]


def _letter(
    letter: ProposalLetter,
    blocks: Sequence[Block],
    stamp: Stamp,
    words: Wording,
    gap: float = 2 * LETTER_PITCH,
    received: str = "",
) -> Paper:
    """Return the letter; ``received`` is the line to sign for it, which stands under name and date."""
    rest: list[Block] = [Para(words["contact"].format(contact=letter.contact), TEXT)] if letter.contact else []
    below = (received, words["copies"].format(units="，".join(letter.cc)) if letter.cc else "")
    copies = Para("\n".join(filter(None, below)), COPIES) if any(below) else None
    # The standard wants one line free above the name; a second is given up rather than begin a page for two lines.
    signed = Signature(letter.body, spoken(letter.day), copies)
    roomy, tight = ((*blocks, *rest, Space(free), signed) for free in (gap, LETTER_PITCH))
    head = Letterhead(letter.body, letter.number)
    return Paper(letter.title, roomy, stamp, LETTER, head, smaller=() if gap == LETTER_PITCH else (tight,))


def _named(each: Named) -> str:
    basis = f"依据：{each.basis.rstrip(_STOPS)}。" if each.basis else ""
    return f"{_ended(each.problem)}{basis}"


def _ended(line: str) -> str:
    text = line.strip()
    return text if text.endswith(("。", "！", "？")) else f"{text.rstrip(_STOPS)}。"


def _paragraphs(text: str) -> list[str]:
    return [_ended(line) for line in text.splitlines() if line.strip()]


def _day(day: date | None, words: Wording) -> str:
    return f"{spoken(day)}前" if day else words["soon"]

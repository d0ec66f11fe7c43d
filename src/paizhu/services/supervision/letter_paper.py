"""The paper of a letter, by its kind: 建议书, 提醒函 or 整改通知书; before it is signed it says that it is a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from paizhu.base import values
from paizhu.base.rows import Ref, Row, Value
from paizhu.documents.papers import proposal as pdf_proposal
from paizhu.documents.papers.proposal import Named, ProposalLetter
from paizhu.documents.pdf.blocks import Paper, Stamp
from paizhu.documents.pdf.wording import shipped
from paizhu.registers.proposal import PROPOSAL
from paizhu.registers.proposal_flow import FORMAL, JOINT, MADE, RECTIFY, SUPERVISION
from paizhu.registers.proposal_rows import PROBLEMS, SUGGESTIONS
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of

FORMAL_PAPER, REMINDER_PAPER, NOTICE_PAPER = "proposal_letter", "reminder_letter", "rectify_notice"
_UNDER_THE_LAW = (SUPERVISION, JOINT)


def paper_of(row: Row) -> str:
    """Return the code of the paper that fits a letter's kind."""
    kind = row.values.get("kind")
    return FORMAL_PAPER if kind in FORMAL else NOTICE_PAPER if kind == RECTIFY else REMINDER_PAPER


def make(desk: Desk, code: str, row: Row, rows: Mapping[str, Sequence[Row]], stamp: Stamp) -> Paper:
    """Return one of the three papers of a letter."""
    signed = row.state in MADE
    held = row.values
    kind = str(held.get("kind") or "")
    letter = ProposalLetter(
        body=str(desk.setting("group")),
        number=str(held.get("doc_no") or "") if signed else shipped("proposal")["not_signed"],
        title=str(held.get("title") or ""),
        to=_label(held.get("addressee")),
        origin=str(held.get("origin") or ""),
        day=day_of(held.get("signed_at")) or desk.today,
        problems=tuple(_named(each) for each in rows.get(PROBLEMS.key, ()) if not each.voided),
        causes=str(held.get("causes") or ""),
        basis=str(held.get("basis") or ""),
        suggestions=tuple(
            str(each.values.get("words") or "") for each in rows.get(SUGGESTIONS.key, ()) if not each.voided
        ),
        ask=values.show(PROPOSAL.field("kind"), kind),
        law=kind in _UNDER_THE_LAW,
        reply_due=day_of(held.get("reply_due")),
        contact=str(held.get("contact") or ""),
        cc=tuple(ref.label for ref in _several(held.get("cc"))),
    )
    # What goes out is the letter alone; while it is a draft the line across the page says so.
    stamp = replace(stamp, marking="", watermark=False) if signed else stamp
    made = {FORMAL_PAPER: pdf_proposal.proposal, REMINDER_PAPER: pdf_proposal.reminder}
    return made.get(code, pdf_proposal.notice)(letter, stamp)


def _named(row: Row) -> Named:
    held = row.values
    return Named(
        str(held.get("problem") or ""),
        str(held.get("basis") or ""),
        str(held.get("requirement") or ""),
        day_of(held.get("due")),
        _label(held.get("duty_person")),
    )


def _label(value: Value) -> str:
    return value.label if isinstance(value, Ref) else ""


def _several(value: Value) -> list[Ref]:
    return [each for each in value if isinstance(each, Ref)] if isinstance(value, tuple) else []

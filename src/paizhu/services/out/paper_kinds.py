"""Which papers there are, for one record and for a list: code, name, register, and how each is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.documents.papers import lead as pdf_lead
from paizhu.documents.papers import record as pdf_record
from paizhu.documents.papers.stages import stage_forms
from paizhu.documents.pdf.blocks import Block, Paper, Stamp
from paizhu.services.desk import Desk
from paizhu.services.matters.course_papers import CASE_FILE
from paizhu.services.out import paper_makers as makers
from paizhu.services.out.paper_makers import Maker, Rows

RECORD = "record"


@dataclass(frozen=True, slots=True)
class Kind:
    """One paper: its code, its name, the register it is made from (every register when empty).

    ``fits`` tells whether it is a paper of this very record; one for every record of the register has none.
    """

    code: str
    label: str
    register: str
    make: Maker
    secret: bool = False
    fits: Callable[[Row], bool] | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A list with columns of its own, such as a form of the field: code, name, register, how it is made."""

    code: str
    label: str
    register: str
    make: Callable[[Desk, Sequence[Row], Stamp], Paper]


def kinds_of(register: Register, row: Row | None = None) -> list[Kind]:
    """Return the papers of a register, or those that fit a record of it: its own forms first, the record last."""
    found = (kind for kind in KINDS if kind.register in ("", register.key))
    return [kind for kind in found if row is None or kind.fits is None or kind.fits(row)]


def blocks(desk: Desk, code: str, row: Row, rows: Rows, stamp: Stamp) -> tuple[Block, ...]:
    """Return a paper of a record as part of a larger one."""
    kind = next(each for each in kinds_of(registers.register(row.register)) if each.code == code)
    return kind.make(desk, row, rows, stamp).blocks


def _case_file(desk: Desk, row: Row, _rows: Rows, stamp: Stamp) -> Paper:
    from paizhu.services.matters.case_file import CaseFile

    return CaseFile(desk, partial(blocks, desk)).paper(row.register, row.id, stamp)


def _record(row: Row, rows: Rows, stamp: Stamp) -> Paper:
    return pdf_record.record_paper(registers.register(row.register), row, stamp, rows=rows)


KINDS: tuple[Kind, ...] = (
    Kind("duty_reminder", "提醒函", "duty_item", makers.duty("duty_reminder")),
    Kind("duty_urging", "催办单", "duty_item", makers.duty("duty_urging")),
    Kind("duty_report", "多次督促没有答复的报告", "duty_item", makers.duty("duty_report")),
    Kind("review_opinion", "会前审查意见书", "review_item", makers.review_opinion),
    Kind("talk_form", "廉政谈话登记表", "integrity_talk", makers.talk_form),
    Kind("talk_record", "廉政谈话记录（签字稿）", "integrity_talk", makers.talk_record),
    Kind("talk_brief", "谈前一页纸", "integrity_talk", makers.talk_brief),
    Kind("dossier", "干部廉政档案", "person", makers.dossier),
    Kind("disposal_approval", "问题线索处置呈批表", "lead", makers.approval(pdf_lead.disposal_approval), secret=True),
    Kind("inquiry_approval", "谈话函询呈批表", "lead", makers.approval(pdf_lead.inquiry_approval), secret=True),
    Kind("check_approval", "初步核实呈批表", "lead", makers.approval(pdf_lead.check_approval), secret=True),
    *(Kind(form.code, form.title, form.register, makers.stage(form), secret=True) for form in stage_forms()),
    *(Kind(CASE_FILE, "卷宗（整卷）", key, _case_file, secret=True) for key in ("petition", "lead", "case", "measure")),
    Kind("opinion_letter", "廉政意见回复函", "integrity_opinion", makers.opinion("letter")),
    Kind("opinion_supplement", "廉政意见补充函", "integrity_opinion", makers.opinion("supplement")),
    Kind("opinion_draft", "廉政意见核查底稿", "integrity_opinion", makers.opinion("draft"), secret=True),
    Kind(
        "proposal_letter",
        "建议书",
        "proposal",
        makers.letter("proposal_letter"),
        fits=makers.is_letter("proposal_letter"),
    ),
    Kind(
        "reminder_letter",
        "工作提醒函",
        "proposal",
        makers.letter("reminder_letter"),
        fits=makers.is_letter("reminder_letter"),
    ),
    Kind(
        "rectify_notice",
        "整改通知书",
        "proposal",
        makers.letter("rectify_notice"),
        fits=makers.is_letter("rectify_notice"),
    ),
    Kind(RECORD, "登记表（全部内容）", "", makers.plain(_record)),
)

LEDGERS: tuple[Ledger, ...] = (
    Ledger("review_ledger", "“三重一大”事项会前审查台账", "review_item", makers.review_ledger),
)

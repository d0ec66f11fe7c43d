"""Papers: which there are for a record or list, made as PDF, journalled, tied to the journal's head."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from paizhu.base import clock, values
from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row
from paizhu.base.view import View
from paizhu.documents.papers import lead as pdf_lead
from paizhu.documents.papers import record as pdf_record
from paizhu.documents.papers import register_list as pdf_list
from paizhu.documents.papers import review as pdf_review
from paizhu.documents.papers import stage_forms as pdf_stage_forms
from paizhu.documents.papers import talk as pdf_talk
from paizhu.documents.papers.stages import StageForm, stage_forms
from paizhu.documents.pdf import writing as pdf_papers
from paizhu.documents.pdf.blocks import Block, Paper, Stamp
from paizhu.documents.pdf.writing import Written
from paizhu.registers import register as register_by_key
from paizhu.services.desk import Desk
from paizhu.services.matters.course_papers import CASE_FILE
from paizhu.services.out import anchoring
from paizhu.services.register_keys import register_of
from paizhu.services.reviews import versions as review_versions
from paizhu.storage import queries
from paizhu.storage.journal import Act
from paizhu.storage.tables import table

Rows = Mapping[str, Sequence[Row]]
Maker = Callable[["Printing", Row, Rows, Stamp], Paper]
RECORD = "record"
PRINTED, SAVED, OPENED = "打印", "另存", "打开"
"""What is done with a paper, as the journal tells it."""
MOST_IN_LIST = 5000


@dataclass(frozen=True, slots=True)
class Kind:
    """One paper: its code, its name, the register it is made from (every register when empty)."""

    code: str
    label: str
    register: str
    make: Maker
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A list with columns of its own, such as a form of the field: code, name, register, how it is made."""

    code: str
    label: str
    register: str
    make: Callable[["Printing", Sequence[Row], Stamp], Paper]


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper made in memory: what is looked at is, sign for sign, what is printed or saved afterwards."""

    label: str
    content: bytes
    pages: int
    warnings: tuple[str, ...]
    substitutes: tuple[str, ...]
    stamp: Stamp
    register: str = ""
    record_id: int = 0
    then: Callable[[Act], object] | None = None
    """What is kept as part of the act when the paper leaves: printed, saved or opened elsewhere."""


class Printing:
    """Makes papers from the vault; class P4 never, class P3 with a purpose, everything journalled."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def kinds(self, register: Register) -> list[Kind]:
        """Return the papers of a register, its own forms first, the plain record last."""
        return [kind for kind in KINDS if kind.register in ("", register.key)]

    def needs_purpose(self, register: Register, kind: Kind | None = None) -> bool:
        """Tell whether a paper names class P3 and is refused without a purpose."""
        if kind and kind.secret:
            return True
        names = (*register.title, *register.identity)
        return any(register.field(name).sens >= Sens.P3 for name in names)

    def paper(
        self,
        code: str,
        register: Register,
        record_id: int,
        path: Path,
        purpose: str = "",
        *,
        sanitised: bool = False,
    ) -> Written:
        """Write one paper of a record; NotFoundError for a paper the register does not have."""
        return self.save(self.draft(code, register, record_id, purpose, sanitised=sanitised), path, PRINTED)

    def draft(
        self, code: str, register: Register, record_id: int, purpose: str = "", *, sanitised: bool = False
    ) -> Draft:
        """Make one paper of a record to look at; nothing leaves the vault yet, so nothing is journalled.

        A ``sanitised`` one (脱敏副本) names no person and no number of one.
        """
        kind = next((each for each in self.kinds(register) if each.code == code), None)
        if kind is None:
            known = "、".join(f"{each.code}（{each.label}）" for each in self.kinds(register))
            raise NotFoundError(f"“{register.label}”没有“{code}”这种文书", "", f"可以打印：{known}")
        self._check_purpose(register, kind, purpose)
        with self._vault.read() as connection:
            row = queries.one(connection, table(register), record_id)
            rows = {
                child.key: queries.children(connection, table(register, child.key), record_id)
                for child in register.rows
            }
        stamp = self.stamp(row.no, purpose, f"{register.key}:{record_id}")
        label = f"{kind.label} {row.no}".strip()
        return self._draft(label, kind.make(self, row, rows, stamp), register.key, record_id, sanitised=sanitised)

    def blocks(self, code: str, register: Register, row: Row, rows: Rows, stamp: Stamp) -> tuple[Block, ...]:
        """Return a paper of a record as part of a larger one."""
        kind = next(each for each in self.kinds(register) if each.code == code)
        return kind.make(self, row, rows, stamp).blocks

    def list(
        self, view: View, path: Path, columns: Sequence[str] = (), ids: Sequence[int] = (), purpose: str = ""
    ) -> Written:
        """Write a list as it is shown, or the records chosen in it."""
        return self.save(self.draft_list(view, columns, ids, purpose), path, PRINTED)

    def ledgers(self, register: Register) -> Sequence[Ledger]:
        """Return the set ledgers of a register, beside its list as it stands on the screen."""
        return [each for each in LEDGERS if each.register == register.key]

    def draft_list(
        self,
        view: View,
        columns: Sequence[str] = (),
        ids: Sequence[int] = (),
        purpose: str = "",
        ledger: str = "",
        *,
        sanitised: bool = False,
    ) -> Draft:
        """Make a list to look at: the columns as shown, or a ledger that is set up by itself."""
        register = register_of(view.register)
        self._check_purpose(register, None, purpose)
        with self._vault.read() as connection:
            found = [queries.one(connection, table(register), each) for each in ids]
            found = found or queries.window(connection, view, 0, MOST_IN_LIST)
        stamp = self.stamp("", purpose, register.key)
        for each in self.ledgers(register):
            if each.code == ledger:
                return self._draft(f"{each.label} {len(found)} 条", each.make(self, found, stamp), sanitised=sanitised)
        names = [name for name in columns if register.has(name)] or list(register.columns)
        fields = pdf_list.allowed(register, names, stamp)
        paper = pdf_list.list_paper(register, found, stamp, fields=fields)
        return self._draft(f"{register.label}列表 {len(found)} 条", paper, sanitised=sanitised)

    def save(self, draft: Draft, path: Path, verb: str = SAVED) -> Written:
        """Write a paper that was looked at, and journal it; refused, the place and the journal are as before."""
        pdf_papers.put(path, draft.content)
        self.note(draft, verb, path.name)
        return Written(path, draft.pages, draft.warnings, draft.substitutes)

    def note(self, draft: Draft, verb: str, file: str = "") -> None:
        """Journal what was done with a paper: printed, saved, opened elsewhere."""
        # The code finds its printing again, and so its record, when somebody holds the paper against the vault.
        facts: dict[str, Any] = {"file": file, "code": draft.stamp.code} if file else {"code": draft.stamp.code}
        if draft.stamp.purpose:
            facts["purpose"] = draft.stamp.purpose
        with self._vault.act("print", f"{verb} {draft.label}", always=True, **facts) as act:
            if draft.register:
                act.note(draft.register, draft.record_id, "print", facts)
            if draft.then:
                draft.then(act)

    def draft_sheet(self, label: str, purpose: str, anchor: str, make: Callable[[Stamp], Paper]) -> Draft:
        """Make a paper about no single record or register; it is anchored like every other."""
        stamp = self.stamp("", purpose, anchor)
        return Draft(label, *pdf_papers.make(make(stamp)), stamp)

    def talk_facts(self, talk: Row) -> pdf_talk.TalkFacts:
        """Return what the roster says about the persons of a talk."""
        return pdf_talk.TalkFacts(
            subject_gender=self._of_person(talk.values.get("subject"), "gender"),
            talker_post=self._of_person(talk.values.get("talker"), "post_now"),
            companion_post=self._of_person(talk.values.get("companion"), "post_now"),
            filled_by=str(self._desk.setting("officer")),
        )

    def brief_of(self, talk: Row, stamp: Stamp) -> Paper:
        """Return 谈前一页纸 of a talk; petitions, leads and cases are not read for it."""
        from paizhu.services.talks.brief import TalkBrief

        brief = TalkBrief(self._desk).of(talk)
        sections = [
            pdf_talk.BriefSection(part.heading, tuple(f"{at}. {line.whole}" for at, line in enumerate(part.lines, 1)))
            for part in brief.parts
        ]
        return pdf_talk.brief(brief.subject, brief.post, sections, stamp)

    def meeting_of(self, item: Row) -> Row | None:
        """Return the meeting an item is for, or None."""
        ref = item.values.get("meeting")
        if not isinstance(ref, Ref) or ref.id is None:
            return None
        with self._vault.read() as connection:
            return queries.one(connection, table(ref.register), ref.id)

    def suggestions_of(self, items: Sequence[Row]) -> Mapping[int, Sequence[Row]]:
        """Return the suggestions made for each of these items."""
        review = register_by_key("review_item")
        with self._vault.read() as connection:
            return {item.id: queries.children(connection, table(review, "suggestion"), item.id) for item in items}

    def differences_of(self, item: Row) -> Sequence[tuple[str, str, str]]:
        """Return what an item reads differently since the opinion before, as (what, before, after)."""
        found = review_versions.differences(review_versions.versions(self._vault, item.id))
        return [(each.what, each.before, each.after) for each in found]

    def dossier_of(self, person: Row, stamp: Stamp) -> Paper:
        """Return a person's dossier as of today; without a purpose petitions, leads and cases are left out."""
        from paizhu.documents.papers import dossier as pdf_dossier
        from paizhu.services.dossier import gathering as dossier
        from paizhu.services.dossier import paper as dossier_paper

        file = dossier.Dossier(self._desk).of(person.id, purpose=stamp.purpose or dossier.PURPOSE)
        return pdf_dossier.dossier_paper(dossier_paper.content(file, secret=bool(stamp.purpose)), stamp)

    # --- the machine -----------------------------------------------------------------------------------------

    def _draft(self, label: str, paper: Paper, register: str = "", record_id: int = 0, *, sanitised: bool) -> Draft:
        if sanitised:
            from paizhu.services.out import sanitising

            paper, label = sanitising.copy_of(self._desk, paper), f"{label} {sanitising.MARKING}"
        return Draft(label, *pdf_papers.make(paper), paper.stamp, register, record_id)

    def _of_person(self, ref: object, name: str) -> str:
        if not isinstance(ref, Ref) or ref.id is None or ref.register != "person":
            return ""
        person = register_by_key("person")
        with self._vault.read() as connection:
            row = queries.one(connection, table(person), ref.id)
        return values.show(person.field(name), row.values.get(name))

    def _check_purpose(self, register: Register, kind: Kind | None, purpose: str) -> None:
        if self.needs_purpose(register, kind) and not purpose.strip():
            raise NotAllowedError(f"打印{register.label}须写明用途", "没有生成文书", "写明用途后再打印，用途会记入留痕")

    def stamp(self, number: str, purpose: str, anchor: str) -> Stamp:
        """Return what every paper of this moment carries: number, time, user, and the head of the journal."""
        code = anchoring.head_code(self._desk)
        return Stamp(
            number,
            clock.now(),
            user=str(self._desk.setting("officer")),
            code=code,
            anchor=f"paizhu:{code}:{anchor}",
            marking="工作秘密" if purpose else "内部",
            purpose=purpose.strip(),
        )


def _duty(code: str) -> Maker:
    def make(own: Printing, row: Row, _rows: Rows, stamp: Stamp) -> Paper:
        from paizhu.services.duties import work as duty_work

        return duty_work.paper_of(code, own._desk, row, stamp)

    return make


def _of_record(paper: Callable[[Row, Rows, Stamp], Paper]) -> Maker:
    """Return the maker of a paper that the record and its rows tell in full."""
    return lambda _own, row, rows, stamp: paper(row, rows, stamp)


def _letter(code: str) -> Maker:
    def make(own: Printing, row: Row, rows: Rows, stamp: Stamp) -> Paper:
        from paizhu.services.supervision import letter_paper

        return letter_paper.make(own._desk, code, row, rows, stamp)

    return make


def _opinion(which: Literal["letter", "supplement", "draft"]) -> Maker:
    def make(own: Printing, row: Row, rows: Rows, stamp: Stamp) -> Paper:
        from paizhu.services.opinions import paper as opinion_paper

        papers = {"letter": opinion_paper.letter, "supplement": opinion_paper.supplement, "draft": opinion_paper.draft}
        return papers[which](own._desk, row, rows, stamp)

    return make


def _stage(form: StageForm) -> Kind:
    def make(own: Printing, row: Row, rows: Rows, stamp: Stamp) -> Paper:
        return pdf_stage_forms.stage_form(form, row, rows, stamp, str(own._desk.setting("group")))

    return Kind(form.code, form.title, form.register, make, secret=True)


def _case_file(own: Printing, row: Row, _rows: Rows, stamp: Stamp) -> Paper:
    from paizhu.services.matters.case_file import CaseFile

    return CaseFile(own._desk).paper(row.register, row.id, stamp)


KINDS: tuple[Kind, ...] = (
    Kind("duty_reminder", "提醒函", "duty_item", _duty("duty_reminder")),
    Kind("duty_urging", "催办单", "duty_item", _duty("duty_urging")),
    Kind("duty_report", "多次督促没有答复的报告", "duty_item", _duty("duty_report")),
    Kind(
        "review_opinion",
        "会前审查意见书",
        "review_item",
        lambda own, row, rows, stamp: pdf_review.review_opinion(
            row, rows, stamp, meeting=own.meeting_of(row), differences=own.differences_of(row)
        ),
    ),
    Kind(
        "talk_form",
        "廉政谈话登记表",
        "integrity_talk",
        lambda own, row, rows, stamp: pdf_talk.talk_form(row, rows, stamp, facts=own.talk_facts(row)),
    ),
    Kind(
        "talk_record",
        "廉政谈话记录（签字稿）",
        "integrity_talk",
        lambda own, row, rows, stamp: pdf_talk.talk_record(row, rows, stamp, facts=own.talk_facts(row)),
    ),
    Kind("talk_brief", "谈前一页纸", "integrity_talk", lambda own, row, _rows, stamp: own.brief_of(row, stamp)),
    Kind("dossier", "干部廉政档案", "person", lambda own, row, _rows, stamp: own.dossier_of(row, stamp)),
    Kind(
        "disposal_approval",
        "问题线索处置呈批表",
        "lead",
        _of_record(pdf_lead.disposal_approval),
        secret=True,
    ),
    Kind(
        "inquiry_approval",
        "谈话函询呈批表",
        "lead",
        _of_record(pdf_lead.inquiry_approval),
        secret=True,
    ),
    Kind(
        "check_approval",
        "初步核实呈批表",
        "lead",
        _of_record(pdf_lead.check_approval),
        secret=True,
    ),
    *(_stage(form) for form in stage_forms()),
    *(Kind(CASE_FILE, "卷宗（整卷）", key, _case_file, secret=True) for key in ("petition", "lead", "case", "measure")),
    Kind("opinion_letter", "廉政意见回复函", "integrity_opinion", _opinion("letter")),
    Kind("opinion_supplement", "廉政意见补充函", "integrity_opinion", _opinion("supplement")),
    Kind("opinion_draft", "廉政意见核查底稿", "integrity_opinion", _opinion("draft"), secret=True),
    Kind("proposal_letter", "建议书", "proposal", _letter("proposal_letter")),
    Kind("reminder_letter", "工作提醒函", "proposal", _letter("reminder_letter")),
    Kind("rectify_notice", "整改通知书", "proposal", _letter("rectify_notice")),
    Kind(
        RECORD,
        "登记表（全部内容）",
        "",
        lambda _own, row, rows, stamp: pdf_record.record_paper(register_by_key(row.register), row, stamp, rows=rows),
    ),
)

LEDGERS: tuple[Ledger, ...] = (
    Ledger(
        "review_ledger",
        "“三重一大”事项会前审查台账",
        "review_item",
        lambda own, items, stamp: pdf_review.review_ledger(items, stamp, suggestions=own.suggestions_of(items)),
    ),
)

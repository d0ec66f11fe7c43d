"""How each paper is made: the record and its rows, and whatever else of the vault stands on it.

Everything here takes the desk, the record, its rows and the stamp. What only one paper needs is loaded when it is made.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from paizhu import registers
from paizhu.base import values
from paizhu.base.rows import Ref, Row
from paizhu.documents.papers import review as pdf_review
from paizhu.documents.papers import stage_forms as pdf_stage_forms
from paizhu.documents.papers import talk as pdf_talk
from paizhu.documents.papers.stages import StageForm
from paizhu.documents.pdf.blocks import Paper, Stamp
from paizhu.services.desk import Desk
from paizhu.services.record_reading import RecordReading
from paizhu.services.reviews import versions as review_versions
from paizhu.storage import queries
from paizhu.storage.tables import table

PERSON, REVIEW = registers.register("person"), registers.register("review_item")

Rows = Mapping[str, Sequence[Row]]
Maker = Callable[[Desk, Row, Rows, Stamp], Paper]


def plain(paper: Callable[[Row, Rows, Stamp], Paper]) -> Maker:
    """Return the maker of a paper that the record and its rows tell in full."""
    return lambda _desk, row, rows, stamp: paper(row, rows, stamp)


def approval(paper: Callable[[Row, Rows, Stamp, str, Sequence[str]], Paper]) -> Maker:
    """Return the maker of a 呈批表: under the name of the group, with the files of the record as its attachments."""

    def make(desk: Desk, row: Row, rows: Rows, stamp: Stamp) -> Paper:
        files = [
            str(each["name"]) for each in RecordReading(desk).attachments(registers.register(row.register), row.id)
        ]
        return paper(row, rows, stamp, str(desk.setting("group")), files)

    return make


def duty(code: str) -> Maker:
    """Return the maker of one of the letters about a duty."""

    def make(desk: Desk, row: Row, _rows: Rows, stamp: Stamp) -> Paper:
        from paizhu.services.duties import work as duty_work

        return duty_work.paper_of(code, desk, row, stamp)

    return make


def letter(code: str) -> Maker:
    """Return the maker of one of the letters of supervision."""

    def make(desk: Desk, row: Row, rows: Rows, stamp: Stamp) -> Paper:
        from paizhu.services.supervision import letter_paper

        return letter_paper.make(desk, code, row, rows, stamp)

    return make


def is_letter(code: str) -> Callable[[Row], bool]:
    """Return whether a letter of supervision is of the kind that this paper is for."""

    def fits(row: Row) -> bool:
        from paizhu.services.supervision import letter_paper

        return letter_paper.paper_of(row) == code

    return fits


def opinion(which: Literal["letter", "supplement", "draft"]) -> Maker:
    """Return the maker of one of the papers of an integrity opinion."""

    def make(desk: Desk, row: Row, rows: Rows, stamp: Stamp) -> Paper:
        from paizhu.services.opinions import paper as opinion_paper

        papers = {"letter": opinion_paper.letter, "supplement": opinion_paper.supplement, "draft": opinion_paper.draft}
        return papers[which](desk, row, rows, stamp)

    return make


def stage(form: StageForm) -> Maker:
    """Return the maker of a form of one stage of a matter."""

    def make(desk: Desk, row: Row, rows: Rows, stamp: Stamp) -> Paper:
        return pdf_stage_forms.stage_form(form, row, rows, stamp, str(desk.setting("group")))

    return make


def review_opinion(desk: Desk, item: Row, rows: Rows, stamp: Stamp) -> Paper:
    """Make 会前审查意见书, with the meeting and what reads differently since the opinion before."""
    found = review_versions.differences(review_versions.versions(desk.vault, item.id))
    changed = [(each.what, each.before, each.after) for each in found]
    return pdf_review.review_opinion(item, rows, stamp, meeting=_meeting_of(desk, item), differences=changed)


def review_ledger(desk: Desk, items: Sequence[Row], stamp: Stamp) -> Paper:
    """Make 会前审查台账 of a list, with the suggestions made for each item."""
    with desk.vault.read() as connection:
        made = {item.id: queries.children(connection, table(REVIEW, "suggestion"), item.id) for item in items}
    return pdf_review.review_ledger(items, stamp, suggestions=made)


def talk_form(desk: Desk, talk: Row, rows: Rows, stamp: Stamp) -> Paper:
    """Make 廉政谈话登记表."""
    return pdf_talk.talk_form(talk, rows, stamp, facts=_talk_facts(desk, talk))


def talk_record(desk: Desk, talk: Row, rows: Rows, stamp: Stamp) -> Paper:
    """Make 廉政谈话记录, to be signed."""
    return pdf_talk.talk_record(talk, rows, stamp, facts=_talk_facts(desk, talk))


def talk_brief(desk: Desk, talk: Row, _rows: Rows, stamp: Stamp) -> Paper:
    """Make 谈前一页纸; petitions, leads and cases are not read for it."""
    from paizhu.services.talks.brief import TalkBrief

    brief = TalkBrief(desk).of(talk)
    sections = [
        pdf_talk.BriefSection(part.heading, tuple(f"{at}. {line.whole}" for at, line in enumerate(part.lines, 1)))
        for part in brief.parts
    ]
    return pdf_talk.brief(brief.subject, brief.post, sections, stamp)


def dossier(desk: Desk, person: Row, _rows: Rows, stamp: Stamp) -> Paper:
    """Make a person's dossier as of today; without a purpose petitions, leads and cases are left out."""
    from paizhu.documents.papers import dossier as pdf_dossier
    from paizhu.services.dossier import gathering
    from paizhu.services.dossier import paper as dossier_paper

    file = gathering.Dossier(desk).of(person.id, purpose=stamp.purpose or gathering.PURPOSE)
    return pdf_dossier.dossier_paper(dossier_paper.content(file, secret=bool(stamp.purpose)), stamp)


def _meeting_of(desk: Desk, item: Row) -> Row | None:
    ref = item.values.get("meeting")
    if not isinstance(ref, Ref) or ref.id is None:
        return None
    with desk.vault.read() as connection:
        return queries.one(connection, table(ref.register), ref.id)


def _talk_facts(desk: Desk, talk: Row) -> pdf_talk.TalkFacts:
    """Return what the roster says about the persons of a talk."""
    return pdf_talk.TalkFacts(
        subject_gender=_of_person(desk, talk.values.get("subject"), "gender"),
        talker_post=_of_person(desk, talk.values.get("talker"), "post_now"),
        companion_post=_of_person(desk, talk.values.get("companion"), "post_now"),
        filled_by=str(desk.setting("officer")),
    )


def _of_person(desk: Desk, ref: object, name: str) -> str:
    person_id = ref.id_in(PERSON.key) if isinstance(ref, Ref) else None
    if person_id is None:
        return ""
    with desk.vault.read() as connection:
        row = queries.one(connection, table(PERSON), person_id)
    return values.show(PERSON.field(name), row.values.get(name))

"""Letters handed on as leads, joined to one, and a false accusation as a lead of its own."""

from collections.abc import Sequence

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError, StepRefusedError
from paizhu.base.flow import Step
from paizhu.base.numbers import split_list
from paizhu.base.rows import Change, Problem, Ref, Row, Value, refs_in
from paizhu.registers.guards import refs, same
from paizhu.registers.lead_flow import ACCUSER, accuses
from paizhu.registers.people import PERSON
from paizhu.registers.petition_flow import MORE_LEADS, TO_LEAD
from paizhu.services import preparing
from paizhu.services.linking import Roster
from paizhu.services.making import filled
from paizhu.services.matters.handing import NOT_YET, OWN, Handing, first, hands, plain
from paizhu.services.subject_then import SubjectThen
from paizhu.storage import queries
from paizhu.storage.tables import table

PETITION, LEAD = registers.register("petition"), registers.register("lead")

# 线索来源 by 信访来源: what another body handed over keeps its name, everything else came as a letter.
_SOURCES = {
    "superior": "superior",
    "instruction": "superior",
    "inspection": "inspection",
    "audit": "audit",
    "judicial": "judicial",
    "other_organ": "law_organ",
}


class HandingLeads(Handing):
    """Makes leads of letters, one for each person reported, and joins further letters to a lead."""

    # --- petition to lead ------------------------------------------------------------------------------------

    def lead_from_petition(self, petition_id: int) -> Change:
        """Make a lead for every person reported on that has none yet, linked both ways, and take 转问题线索."""
        row = self._records.get(PETITION, petition_id)
        people = self._unled(row)
        if not people:
            raise InvalidRecordError([Problem("reported_names", "请先填写“被反映人”，一人一条线索", "required")])
        step = None if MORE_LEADS in hands(row) else self._step(PETITION, row, TO_LEAD, {"lead_ref": plain(NOT_YET)})
        prepared = [self._making.prepared(LEAD, self._lead_values(row, person)) for person in people]
        with self._vault.act("step", f"转问题线索 {PETITION.label} {row.no}".strip()) as act:
            made = [self._making.create(act, LEAD, each) for each in prepared]
            known = row.values.get("lead_ref")
            changed: dict[str, Value] = {} if isinstance(known, Ref) and known.linked else {"lead_ref": made[0]}
            if step:
                changed["state"] = step.after
            act.change(PETITION, petition_id, row.version, changed)
        return first(act, made[0])

    def join_petitions(self, lead_id: int, petition_ids: Sequence[int]) -> Change:
        """Join letters to one lead: each keeps its own record and number, and goes on with the lead."""
        lead = self._records.get(LEAD, lead_id)
        if lead.voided:
            raise NotAllowedError("这条线索在回收区，不能并入信访件", "没有改动", "先恢复再并案")
        own = Ref(lead.no, LEAD.key, lead.id)
        rows = [self._records.get(PETITION, each) for each in dict.fromkeys(petition_ids)]
        steps = {row.id: self._joining(row, own) for row in rows}
        sources = [*refs_in(lead.values.get("petition_refs"))]
        sources += [Ref(row.no, PETITION.key, row.id) for row in rows if all(ref.id != row.id for ref in sources)]
        with self._vault.act("step", f"并案 {LEAD.label} {lead.no}".strip()) as act:
            act.change(LEAD, lead_id, lead.version, {"petition_refs": tuple(sources)})
            for row in rows:
                known = row.values.get("lead_ref")
                changed: dict[str, Value] = {} if isinstance(known, Ref) and known.linked else {"lead_ref": own}
                step = steps[row.id]
                if step:
                    changed["state"] = step.after
                act.change(PETITION, row.id, row.version, changed)
        return first(act, own)

    def join_by_number(self, lead_id: int, numbers: str) -> Change:
        """Join the letters with these numbers to a lead; a number that fits none or several is told."""
        roster = Roster(self._vault)
        ids, unknown = [], []
        for number in split_list(numbers):
            found = roster.matches(PETITION.key, number)
            if len(found) == 1:
                ids.append(found[0][0])
            else:
                unknown.append(number)
        if unknown or not ids:
            words = f"没有找到信访件：{'、'.join(unknown)}，请核对编号" if unknown else "请写明信访编号"
            raise InvalidRecordError([Problem("petition_refs", words, "unknown")])
        return self.join_petitions(lead_id, ids)

    def _joining(self, row: Row, lead: Ref) -> Step | None:
        """Return the step a joined letter takes; one further on, or put aside as a repeat, only gets its link."""
        if row.values.get("own_level") == "upper":
            raise StepRefusedError(f"{row.no} 属上级受理，不得并入本组线索", then="移送上级，本组不办")
        if PETITION.flow and PETITION.flow.step(row.state, TO_LEAD):
            return self._step(PETITION, row, TO_LEAD, {"lead_ref": plain(lead)})
        return None

    def _unled(self, row: Row) -> list[Ref]:
        """Return the persons reported on in a letter that have no lead made of it."""
        people = refs(row.values, ("reported_names",))
        for each in self._records.rows(PETITION, row.id).get("reported", ()):
            people += [ref for ref in refs(each.values, ("person",)) if not any(same(ref, one) for one in people)]
        with self._vault.read() as connection:
            led = [
                queries.one(connection, table("lead"), record_id)
                for kind, record_id, name in queries.pointing_to(connection, PETITION.key, row.id)
                if (kind, name) == ("lead", "petition_refs")
            ]
        subjects = [ref for lead in led if not lead.voided for ref in refs(lead.values, ("subject",))]
        return [person for person in people if not any(same(person, subject) for subject in subjects)]

    def _lead_values(self, row: Row, person: Ref) -> dict[str, Value]:
        held = row.values
        reported = next(
            (
                each.values
                for each in self._records.rows(PETITION, row.id).get("reported", ())
                if any(same(person, ref) for ref in refs(each.values, ("person",)))
            ),
            {},
        )
        unit = reported.get("unit")
        then: dict[str, Value] = {
            "subject_unit": unit.label if isinstance(unit, Ref) else None,
            "subject_post": reported.get("post"),
            "subject_rank": reported.get("rank"),
            "cadre_authority": self._authority(person),
        }
        made: dict[str, Value] = {name: held.get(name) for name in (*OWN, "received_at", "summary", "issue_types")}
        made |= {
            "subject": person,
            "petition_refs": (Ref(row.no, PETITION.key, row.id),),
            "source": _SOURCES.get(str(held.get("origin") or ""), "petition"),
            **filled(then),
        }
        made |= SubjectThen(self._vault, self._desk.today).arriving(LEAD, made, ())
        # What the letter says of several people in one line is no post of one of them.
        if not made.get("subject_post") and not reported and refs(held, ("reported_names",)) == [person]:
            made["subject_post"] = held.get("reported_post")
        return made

    def _authority(self, person: Ref) -> Value:
        person_id = person.id_in(PERSON.key)
        if person_id is None:
            return None
        return self._records.get(PERSON, person_id).values.get("cadre_authority")

    # --- a lead about whoever accused falsely -----------------------------------------------------------------

    def accuser_lead(self, lead_id: int, who: str, summary: str) -> Change:
        """Make the lead about an accuser: a file of its own, to which only the number in the old one points.

        Nothing of the old lead goes with it, neither its letters nor its subject (domain reference 3.1).
        """
        row = self._records.get(LEAD, lead_id)
        if ACCUSER not in hands(row) or not accuses(row.values):
            raise StepRefusedError(
                "谈话函询报告的处置意见不是“查处诬告”，不能另立诬告线索", then="先在函询报告里选“查处诬告”"
            )
        read = preparing.read_typed(LEAD, {"subject": who.strip(), "summary": summary.strip()}, self._desk.reading)
        problems = [*read.problems]
        problems += [] if who.strip() else [Problem("subject", "请写明涉嫌诬告人", "required")]
        if problems:
            raise InvalidRecordError(problems)
        made: dict[str, Value] = {name: row.values.get(name) for name in OWN}
        made |= {**read.values, "received_at": self._desk.today, "source": "investigation"}
        prepared = self._making.prepared(LEAD, made)
        with self._vault.act("save", f"另立诬告线索 {LEAD.label} {row.no}".strip()) as act:
            fresh = self._making.create(act, LEAD, prepared)
            act.change(LEAD, lead_id, row.version, {"accuser_lead_ref": fresh})
        return first(act, fresh)

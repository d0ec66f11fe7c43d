"""A matter handed on from register to register: what one record tells is not typed again in the next.

Every hand-over is one act: the new records, the links both ways and the step of the course stand or fall together,
and 撤销 takes all of it back. The rules of the step hold as if it had been taken in the form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError, NotAllowedError, StepRefusedError
from paizhu.base.flow import Step
from paizhu.base.numbers import split_list
from paizhu.base.register import Register
from paizhu.base.rows import Change, Problem, Ref, Row, Value, Values
from paizhu.registers.guards import refs, same
from paizhu.registers.measure import MEASURE
from paizhu.registers.measure_kinds import GONE
from paizhu.registers.subject import SUBJECT_THEN
from paizhu.services import preparing
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.making import Making, filled
from paizhu.services.records import HANDS, Records
from paizhu.services.repeats import Alike, alike
from paizhu.storage import queries
from paizhu.storage.journal import Act
from paizhu.storage.tables import table

PETITION, LEAD, CASE = (registers.register(key) for key in ("petition", "lead", "case"))
NOT_YET = Ref("（即将登记）")
"""Stands for the record about to be made while the rules of a step are asked."""

# 线索来源 by 信访来源: what another body handed over keeps its name, everything else came as a letter.
_SOURCES = {
    "superior": "superior",
    "instruction": "superior",
    "inspection": "inspection",
    "audit": "audit",
    "judicial": "judicial",
    "other_organ": "law_organ",
}
_ROSTER = {
    "subject_gender": "gender",
    "subject_born": "birth",
    "subject_ethnic": "nation",
    "subject_political": "political_status",
    "subject_post": "post_now",
    "subject_rank": "rank_now",
    "cadre_authority": "cadre_authority",
    "is_top": "top_now",
    "is_team": "team_now",
}
_OWN = ("unit_id", "handler", "co_handler", "secrecy_notice")


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-over the state of a record asks for; ``asks`` names what must be said with it: label and first words."""

    key: str
    words: str
    asks: tuple[tuple[str, str], ...] = ()


class HandingOn:
    """Hands matters on within one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._records = Records(desk)
        self._making = Making(desk)

    def offers(self, register: Register, row: Row) -> list[Offer]:
        """Return what can be handed on from this record now."""
        if row.voided:
            return []
        known = {PETITION.key: self._of_petition, LEAD.key: self._of_lead, CASE.key: self._of_case}
        return known[register.key](row) if register.key in known else []

    def _of_petition(self, row: Row) -> list[Offer]:
        if row.state in ("accepted", "feedback"):
            return [Offer("lead", "由本件登记线索")]
        left = self._unled(row) if row.state == "as_lead" else []
        return [Offer("lead", f"为{'、'.join(ref.label for ref in left)}登记线索")] if left else []

    def _of_lead(self, row: Row) -> list[Offer]:
        if row.state == "filing":
            return [Offer("case", "由本件登记立案", (("立案（批准）日期", self._desk.today.isoformat()),))]
        if row.state == "inquiry_report" and _accuses(row) and not row.values.get("accuser_lead_ref"):
            return [Offer("accuser", "另立诬告线索", (("涉嫌诬告人", ""), ("主要问题", "涉嫌诬告陷害")))]
        if LEAD.flow and not LEAD.flow.state(row.state or LEAD.flow.start).end:
            return [Offer("join", "并入信访件", (("信访编号（几件用顿号分开）", ""),))]
        return []

    def _of_case(self, row: Row) -> list[Offer]:
        if row.state in ("decided", "executing") and not self._measures_of(row.id):
            proposed = str(row.values.get("proposed_measure") or "")
            return [Offer("measure", "由本件登记处分", (("处分种类（几种用顿号分开）", proposed),))]
        if row.state == "changed":
            decided = preparing.day_of(row.values.get("appeal_decided_at")) or self._desk.today
            asks = (("变更后的处分种类（几种用顿号分开）", ""), ("新决定文号", ""), ("新决定日期", decided.isoformat()))
            return [Offer("replace", "登记变更后的处分", asks)]
        if row.state in ("executed", "upheld"):
            end = self._latest_end(row.id)
            known = preparing.day_of(row.values.get("period_to"))
            return [Offer("period", f"填入影响期满日期 {end.isoformat()}")] if end and end != known else []
        return []

    def alike(self, values: Values, itself: int = 0) -> list[Alike]:
        """Return earlier letters and leads of the same person or matter."""
        return alike(self._desk, values, itself)

    # --- petition to lead ------------------------------------------------------------------------------------

    def lead_from_petition(self, petition_id: int) -> Change:
        """Make a lead for every person reported on that has none yet, linked both ways, and take 转问题线索."""
        row = self._records.get(PETITION, petition_id)
        people = self._unled(row)
        if not people:
            raise InvalidRecordError([Problem("reported_names", "请先填写“被反映人”，一人一条线索", "required")])
        step = None if row.state == "as_lead" else self._step(PETITION, row, "as_lead", {"lead_ref": _plain(NOT_YET)})
        prepared = [self._making.prepared(LEAD, self._lead_values(row, person)) for person in people]
        with self._vault.act("step", f"转问题线索 {PETITION.label} {row.no}".strip()) as act:
            made = [self._making.create(act, LEAD, each) for each in prepared]
            known = row.values.get("lead_ref")
            changed: dict[str, Value] = {} if isinstance(known, Ref) and known.linked else {"lead_ref": made[0]}
            if step:
                changed["state"] = step.after
            act.change(PETITION, petition_id, row.version, changed)
        return _first(act, made[0])

    def join_petitions(self, lead_id: int, petition_ids: Sequence[int]) -> Change:
        """Join letters to one lead: each keeps its own record and number, and goes on with the lead."""
        lead = self._records.get(LEAD, lead_id)
        if lead.voided:
            raise NotAllowedError("这条线索在回收区，不能并入信访件", "没有改动", "先恢复再并案")
        own = Ref(lead.no, LEAD.key, lead.id)
        rows = [self._records.get(PETITION, each) for each in dict.fromkeys(petition_ids)]
        steps = {row.id: self._joining(row, own) for row in rows}
        old = lead.values.get("petition_refs")
        sources = [ref for ref in (old if isinstance(old, tuple) else ()) if isinstance(ref, Ref)]
        sources += [Ref(row.no, PETITION.key, row.id) for row in rows if all(ref.id != row.id for ref in sources)]
        with self._vault.act("save", f"并案 {LEAD.label} {lead.no}".strip()) as act:
            act.change(LEAD, lead_id, lead.version, {"petition_refs": tuple(sources)})
            for row in rows:
                known = row.values.get("lead_ref")
                changed: dict[str, Value] = {} if isinstance(known, Ref) and known.linked else {"lead_ref": own}
                step = steps[row.id]
                if step:
                    changed["state"] = step.after
                act.change(PETITION, row.id, row.version, changed)
        return _first(act, own)

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
            raise StepRefusedError(f"{row.no} 属上级受理，不得并入本组线索")
        if PETITION.flow and PETITION.flow.step(row.state, "as_lead"):
            return self._step(PETITION, row, "as_lead", {"lead_ref": _plain(lead)})
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
        made: dict[str, Value] = {name: held.get(name) for name in (*_OWN, "received_at", "summary", "issue_types")}
        made |= self._roster_values(person)
        made |= {
            "subject": person,
            "petition_refs": (Ref(row.no, PETITION.key, row.id),),
            "source": _SOURCES.get(str(held.get("origin") or ""), "petition"),
        }
        then: dict[str, Value] = {
            "subject_unit": unit.label if isinstance(unit, Ref) else None,
            "subject_post": reported.get("post") or (None if reported else held.get("reported_post")),
            "subject_rank": reported.get("rank"),
        }
        return {**made, **filled(then)}

    def _roster_values(self, person: Ref) -> dict[str, Value]:
        """Return what the roster says of a person today, for the snapshot of the day."""
        if not person.linked or person.register != "person" or person.id is None:
            return {}
        held = self._records.get(registers.register("person"), person.id).values
        unit = held.get("unit_now")
        made: dict[str, Value] = {name: held.get(theirs) for name, theirs in _ROSTER.items()}
        made["subject_unit"] = unit.label if isinstance(unit, Ref) else None
        return filled(made)

    # --- lead to case ----------------------------------------------------------------------------------------

    def case_from_lead(self, lead_id: int, filed_at: date | str) -> Change:
        """Make the case of a lead whose filing was approved on this day, linked both ways, and take 已批准立案."""
        read = preparing.read_typed(CASE, {"filed_at": filed_at}, self._desk.reading)
        if read.problems:
            raise InvalidRecordError(read.problems)
        row = self._records.get(LEAD, lead_id)
        step = self._step(LEAD, row, "filed", {"case_ref": _plain(NOT_YET)})
        held = row.values
        names = (*_OWN, *SUBJECT_THEN, "subject", "issue_types", "filing_request_at", "filing_approver")
        made: dict[str, Value] = {name: held.get(name) for name in names}
        made |= {
            "lead_ref": Ref(row.no, LEAD.key, row.id),
            "filed_at": read.values["filed_at"],
            "facts": held.get("summary"),
            "filed_by": "group",
            "handled_by": "group",
        }
        for flag in ("eight_rules", "mass_side"):
            if any(letter.values.get(flag) for letter in self._letters(row)):
                made[flag] = True
        prepared = self._making.prepared(CASE, made)
        with self._vault.act("step", f"{step.label} {LEAD.label} {row.no}".strip()) as act:
            case = self._making.create(act, CASE, prepared)
            act.change(LEAD, lead_id, row.version, {"case_ref": case, "state": step.after})
            hand: dict[str, Value] = {"who": Ref(self._vault.actor), "when": clock.now(), "step": step.label}
            act.add_row(LEAD, lead_id, HANDS, hand)
        return _first(act, case)

    def _letters(self, row: Row) -> list[Row]:
        found = refs(row.values, ("petition_refs",))
        return [self._records.get(PETITION, ref.id) for ref in found if ref.linked and ref.id is not None]

    # --- case to measures ------------------------------------------------------------------------------------

    def measures_from_case(self, case_id: int, kinds: str | Sequence[str]) -> Change:
        """Make one measure of each kind from a decided case: person, decision, facts and matter are carried over."""
        row = self._records.get(CASE, case_id)
        if row.state not in ("decided", "executing", "executed", "in_period"):
            raise StepRefusedError("还没有作出处分决定，不能登记处分处理")
        given = [kinds] if isinstance(kinds, str) else list(kinds)
        words = [each.strip() for one in given for each in split_list(one) if each.strip()]
        if not words:
            raise InvalidRecordError([Problem("kind", "请写明处分种类，如“党内警告”", "required")])
        prepared = [self._making.prepared(MEASURE, self._measure_values(row, each)) for each in words]
        with self._vault.act("save", f"登记处分处理 {CASE.label} {row.no}".strip()) as act:
            made = [self._making.create(act, MEASURE, each) for each in prepared]
        return _first(act, made[0])

    def _measure_values(self, row: Row, kind: str) -> dict[str, Value]:
        read = preparing.read_typed(MEASURE, {"kind": kind}, self._desk.reading)
        if read.problems:
            raise InvalidRecordError(read.problems)
        held = row.values
        made: dict[str, Value] = {
            name: held.get(name)
            for name in (*_OWN, "subject", "subject_unit", "subject_post", "subject_rank", "decided_at",
                         "issue_types", "facts", "lead_ref")
        }  # fmt: skip
        body = CASE.field("decide_body")
        decided_by = body.choice(str(held.get("decide_body") or ""))
        made |= {
            "kind": read.values["kind"],
            "case_ref": Ref(row.no, CASE.key, row.id),
            "doc_no": held.get("decision_no"),
            "decided_by": decided_by.label if decided_by else None,
        }
        return made

    def replaced_measures(self, case_id: int, kinds: str, doc_no: str, decided_at: str) -> Change:
        """Make the measures of a decision that an appeal changed; those of the old one stand no longer."""
        row = self._records.get(CASE, case_id)
        if row.state != "changed":
            raise StepRefusedError("申诉结果不是“变更”，不能登记变更后的处分")
        if not doc_no.strip():
            raise InvalidRecordError([Problem("doc_no", "请填写新决定文号", "required")])
        read = preparing.read_typed(MEASURE, {"decided_at": decided_at}, self._desk.reading)
        if read.problems:
            raise InvalidRecordError(read.problems)
        fresh: dict[str, Value] = {"doc_no": doc_no.strip(), "decided_at": read.values.get("decided_at")}
        words = [each.strip() for each in split_list(kinds) if each.strip()]
        if not words:
            raise InvalidRecordError([Problem("kind", "请写明变更后的处分种类，如“党内警告”", "required")])
        every = [self._records.get(MEASURE, each) for each in self._measures_of(case_id)]
        old = [each for each in every if each.values.get("changed") == "changed"]
        given = [{**self._measure_values(row, each), **fresh} for each in words]
        prepared = [self._making.prepared(MEASURE, each, {row.id for row in old}) for each in given]
        gone: dict[str, Value] = {"changed": "replaced", "period_to": None, "expired_at": None}
        with self._vault.act("save", f"登记变更后的处分 {CASE.label} {row.no}".strip()) as act:
            for each in old:
                act.change(MEASURE, each.id, each.version, gone)
            made = [self._making.create(act, MEASURE, each) for each in prepared]
        return _first(act, made[0])

    # --- a lead about whoever accused falsely -----------------------------------------------------------------

    def accuser_lead(self, lead_id: int, who: str, summary: str) -> Change:
        """Make the lead about an accuser: a file of its own, to which only the number in the old one points.

        Nothing of the old lead goes with it, neither its letters nor its subject (domain reference 3.1).
        """
        row = self._records.get(LEAD, lead_id)
        if row.state != "inquiry_report" or not _accuses(row):
            raise StepRefusedError("谈话函询报告的处置意见不是“查处诬告”，不能另立诬告线索")
        read = preparing.read_typed(LEAD, {"subject": who.strip(), "summary": summary.strip()}, self._desk.reading)
        problems = [*read.problems]
        problems += [] if who.strip() else [Problem("subject", "请写明涉嫌诬告人", "required")]
        if problems:
            raise InvalidRecordError(problems)
        made: dict[str, Value] = {name: row.values.get(name) for name in _OWN}
        made |= {**read.values, "received_at": self._desk.today, "source": "investigation"}
        prepared = self._making.prepared(LEAD, made)
        with self._vault.act("save", f"另立诬告线索 {LEAD.label} {row.no}".strip()) as act:
            fresh = self._making.create(act, LEAD, prepared)
            act.change(LEAD, lead_id, row.version, {"accuser_lead_ref": fresh})
        return _first(act, fresh)

    def period_from_measures(self, case_id: int) -> Change:
        """Fill in the day the influence of a case is over: the latest end of its measures."""
        end = self._latest_end(case_id)
        if end is None:
            raise StepRefusedError("处分台账里还没有影响期止，不能填入影响期满日期")
        row = self._records.get(CASE, case_id)
        return self._records.save(CASE, {"period_to": end}, case_id, row.version)

    def _latest_end(self, case_id: int) -> date | None:
        found = [self._records.get(MEASURE, each) for each in self._measures_of(case_id)]
        rows = [row for row in found if row.values.get("changed") not in GONE]
        ends = [preparing.day_of(row.values.get("period_to")) for row in rows]
        return max((end for end in ends if end), default=None)

    def _measures_of(self, case_id: int) -> list[int]:
        with self._vault.read() as connection:
            return [
                record_id
                for kind, record_id, name in queries.pointing_to(connection, CASE.key, case_id)
                if (kind, name) == ("measure", "case_ref")
                and not queries.one(connection, table("measure"), record_id).voided
            ]

    # --- the machine -----------------------------------------------------------------------------------------

    def _step(self, register: Register, row: Row, after: str, typed: Mapping[str, Any]) -> Step:
        """Return the step that leads there, once nothing of its needs and guards stands against it."""
        flow = register.flow
        step = flow.step(row.state, after) if flow else None
        if flow is None or step is None:
            here = flow.state(row.state).label if flow and row.state else "未开始"
            ways = "、".join(each.label for each in flow.steps_from(row.state)) if flow else ""
            raise StepRefusedError(f"{row.no} 现在是“{here}”，不能这样转办；现在可以：{ways or '没有下一步'}")
        self._records.demand(register, row, step, typed)
        return step


def _accuses(row: Row) -> bool:
    return row.values.get("report_opinion") == "false_accusation"


def _plain(ref: Ref) -> dict[str, Any]:
    return {"label": ref.label, "register": ref.register, "id": ref.id}


def _first(act: Act, made: Ref) -> Change:
    """Return the change with the record to be shown first."""
    result = act.result()
    return replace(result, records=((made.register, int(made.id or 0)), *result.records))

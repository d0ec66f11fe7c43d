"""A lead handed on as a case, a decided case as its punishments, and their influence back to the case."""

from collections.abc import Sequence
from datetime import date

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError, StepRefusedError
from paizhu.base.flow import Step
from paizhu.base.numbers import split_list
from paizhu.base.rows import Change, Problem, Ref, Row, Value
from paizhu.registers import case_flow
from paizhu.registers.case_flow import stands_anew
from paizhu.registers.guards import refs
from paizhu.registers.lead_flow import TO_CASE
from paizhu.registers.measure import MEASURE
from paizhu.registers.measure_kinds import GONE
from paizhu.registers.subject import SUBJECT_THEN
from paizhu.services import preparing
from paizhu.services.matters.handing import NOT_YET, OWN, Handing, first, hands, plain
from paizhu.services.records import HANDS
from paizhu.storage import queries
from paizhu.storage.tables import table

PETITION, LEAD, CASE = (registers.register(key) for key in ("petition", "lead", "case"))


class HandingCases(Handing):
    """Makes cases and measures."""

    # --- lead to case ----------------------------------------------------------------------------------------

    def case_from_lead(self, lead_id: int, filed_at: date | str) -> Change:
        """Make the case of a lead whose filing was approved on this day, linked both ways, and take 批准立案."""
        read = preparing.read_typed(CASE, {"filed_at": filed_at}, self._desk.reading)
        if read.problems:
            raise InvalidRecordError(read.problems)
        row = self._records.get(LEAD, lead_id)
        step = self._step(LEAD, row, TO_CASE, {"case_ref": plain(NOT_YET)})
        held = row.values
        names = (*OWN, *SUBJECT_THEN, "subject", "issue_types", "filing_request_at", "filing_approver")
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
        return first(act, case)

    def _letters(self, row: Row) -> list[Row]:
        found = refs(row.values, ("petition_refs",))
        return [self._records.get(PETITION, ref.id) for ref in found if ref.linked and ref.id is not None]

    # --- case to measures ------------------------------------------------------------------------------------

    def measures_from_case(self, case_id: int, kinds: str | Sequence[str]) -> Change:
        """Make one measure of each kind from a decided case: person, decision, facts and matter are carried over."""
        row = self._records.get(CASE, case_id)
        if case_flow.MEASURE not in hands(row):
            raise StepRefusedError("还没有作出处分决定，不能登记处分处理", then="作出处分决定以后再登记")
        if known := [self._records.get(MEASURE, each).no for each in self._measures_of(case_id)]:
            raise StepRefusedError(f"本案已经登记处分（{'、'.join(known)}）", then="还要加一种的，在处分处理里新增")
        given = [kinds] if isinstance(kinds, str) else list(kinds)
        words = [each.strip() for one in given for each in split_list(one) if each.strip()]
        if not words:
            raise InvalidRecordError([Problem("kind", "请写明处分种类，如“党内警告”", "required")])
        prepared = [self._making.prepared(MEASURE, self._measure_values(row, each)) for each in words]
        with self._vault.act("save", f"登记处分处理 {CASE.label} {row.no}".strip()) as act:
            made = [self._making.create(act, MEASURE, each) for each in prepared]
        return first(act, made[0])

    def _measure_values(self, row: Row, kind: str) -> dict[str, Value]:
        read = preparing.read_typed(MEASURE, {"kind": kind}, self._desk.reading)
        if read.problems:
            raise InvalidRecordError(read.problems)
        held = row.values
        made: dict[str, Value] = {
            name: held.get(name)
            for name in (*OWN, "subject", "subject_unit", "subject_post", "subject_rank", "decided_at",
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
        if case_flow.REPLACED not in hands(row):
            raise StepRefusedError("申诉结果不是“变更”，不能登记变更后的处分", then="先登记申诉结果")
        if known := self._decided_anew(case_id):
            raise StepRefusedError(f"变更后的处分已经登记（{'、'.join(known)}）", then="还要加一种的，在处分处理里新增")
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
        return first(act, made[0])

    def period_from_measures(self, case_id: int) -> Change:
        """Fill in the day the influence of a case is over: the latest end of its measures."""
        end = self._latest_end(case_id)
        if end is None:
            raise StepRefusedError("处分台账里还没有影响期止，不能填入影响期满日期", then="先在处分里写明影响期止")
        row = self._records.get(CASE, case_id)
        return self._records.save(CASE, {"period_to": end}, case_id, row.version)

    def into_period(self, case_id: int) -> Change:
        """Take the step that needs the end of influence, with the latest end that the measures of the case tell."""
        row = self._records.get(CASE, case_id)
        end, step = self._latest_end(case_id), self._period_step(row)
        if end is None or step is None:
            raise StepRefusedError(
                "处分台账里还没有影响期止，或者本案还没有执行完毕，不能进入影响期",
                then="先在处分里写明影响期止，登记执行完毕",
            )
        return self._records.advance(CASE, case_id, step.after, {"period_to": end}, row.version)

    def _period_step(self, row: Row) -> Step | None:
        ways = CASE.flow.steps_from(row.state or CASE.flow.start) if CASE.flow else ()
        return next((step for step in ways if "period_to" in step.needs), None)

    def _decided_anew(self, case_id: int) -> list[str]:
        """Return the numbers of the measures that a changed decision brought; they stand, the old ones do not."""
        rows = [self._records.get(MEASURE, each) for each in self._measures_of(case_id)]
        return [row.no for row in rows if stands_anew(row.values)]

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

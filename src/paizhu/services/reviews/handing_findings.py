"""Procedural defects of a reviewed item handed on to the register of findings, so that nothing is typed twice."""

from collections.abc import Iterable
from dataclasses import replace

from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.rows import Change, Problem, Ref, Row, Value
from paizhu.registers import register as register_of
from paizhu.services.flags.computing import Flag
from paizhu.services.matters.handing_on import NOT_YET, HandingOn

REVIEW, FINDING = register_of("review_item"), register_of("finding")
_PROCEDURE = "RF-P"
_ISSUE = "procedure_issue"
FROM_THE_MEETING_ON = ("on_agenda", "resolved", "tracking", _ISSUE)
"""States in which the procedure of a meeting can be found wanting."""


class HandingFindings(HandingOn):
    """Makes findings of reviewed items; the item, its link and its step change in the same act."""

    def defects(self, flags: Iterable[Flag]) -> str:
        """Return in words what the flags of procedure say of an item, as a first writing of the problem."""
        found = [each.words for each in flags if each.code.startswith(_PROCEDURE) and not each.silenced]
        return "；".join(dict.fromkeys(found))

    def finding_of(self, row: Row) -> Ref | None:
        """Return the finding that was made of an item."""
        ref = row.values.get("issue_ref")
        return ref if isinstance(ref, Ref) and ref.linked else None

    def finding_from_review(self, review_id: int, problem: str) -> Change:
        """Make the finding of an item, linked both ways; a decided item goes on to 程序问题 with it.

        Unit, department, leader and source are carried over; refused while the meeting has not been held, and for an
        item whose finding stands already.
        """
        row = self._records.get(REVIEW, review_id)
        if row.voided or row.state not in FROM_THE_MEETING_ON:
            raise NotAllowedError("上会以后才能登记程序问题", "没有改动", "会前发现的，写进审查意见")
        if self.finding_of(row):
            raise NotAllowedError("这项议题的程序问题已经登记", "没有改动", "打开原来的问题补充")
        if not problem.strip():
            raise InvalidRecordError([Problem("problem", "请写明程序问题", "required")])
        flow = REVIEW.flow
        moves = flow is not None and flow.step(row.state, _ISSUE) is not None
        asked = {"label": NOT_YET.label, "register": NOT_YET.register, "id": NOT_YET.id}
        step = self._step(REVIEW, row, _ISSUE, {"issue_ref": asked}) if moves else None
        prepared = self._making.prepared(FINDING, self._finding_values(row, problem.strip()))
        with self._vault.act("step", f"登记程序问题 {REVIEW.label} {row.no}".strip()) as act:
            made = self._making.create(act, FINDING, prepared)
            changed: dict[str, Value] = {"issue_ref": made}
            if step:
                changed["state"] = step.after
            act.change(REVIEW, review_id, row.version, changed)
        result = act.result()
        return replace(result, records=((FINDING.key, int(made.id or 0)), *result.records))

    def _finding_values(self, row: Row, problem: str) -> dict[str, Value]:
        held = row.values
        return {
            "problem": problem,
            "found_at": self._desk.today,
            "source_kind": "review",
            "source_ref": Ref(row.no, REVIEW.key, row.id),
            "category": "procedure",
            "unit_id": held.get("unit_id"),
            "duty_unit": held.get("submit_dept") or held.get("unit_id"),
            "duty_leader": held.get("leader_in_charge"),
            "handler": held.get("handler"),
            "secrecy_notice": held.get("secrecy_notice"),
        }

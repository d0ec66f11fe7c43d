"""What a step still lacks and the vault can propose: put into the form to be looked at, never stored by itself."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value, Values
from paizhu.base.values import show
from paizhu.base.view import Condition, Test, View
from paizhu.registers.measure_kinds import CLASS_OF, GONE
from paizhu.rules import limits
from paizhu.services import preparing
from paizhu.services.desk import Desk
from paizhu.storage import queries
from paizhu.storage.tables import table

REVIEW, MEETING, LEAD, CASE, MEASURE, TALK = (
    registers.register(key) for key in ("review_item", "meeting", "lead", "case", "measure", "integrity_talk")
)
_CALLED_OFF = "cancelled"
_CHECK_LIMIT = "T06"
"""Rule that a preliminary check ends by, from the day it begins."""
_APPEAL_LIMITS = {"party": "T16", "admin": "T13"}
"""Rule that the end of an appeal is counted by: 复议复查 of a party punishment, 复审 of an administrative one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A value as an editor takes it, and where it comes from in words."""

    raw: Any
    why: str


def expected(
    desk: Desk, register: Register, row: Row, typed: Mapping[str, Any], names: Collection[str]
) -> Mapping[str, Expected]:
    """Return proposals for those of the named fields that the vault knows something about.

    ``typed`` are words over the stored record; what cannot be read among them says nothing.
    """
    told = _TOLD.get(register)
    if told is None:
        return {}
    read = preparing.read_typed(register, typed, desk.reading).values
    found = told(desk, row, {**row.values, **read})
    return {name: each for name, each in found.items() if name in names}


def _of_review(desk: Desk, row: Row, values: Values) -> dict[str, Expected]:
    """Propose when it is heard, who was there and who signs: as the meeting tells, else as another item of it.

    Opinion and feedback are written down when they are given, and by whoever handles the item.
    """
    today = Expected(desk.today.isoformat(), "按今天填入")
    found = {name: today for name in ("opinion_date", "feedback_date") if not values.get(name)}
    if handler := values.get("handler"):
        found["reviewer"] = Expected(_plain(handler), "按承办人填入")
    meeting = values.get("meeting")
    if isinstance(meeting, Ref) and meeting.id is not None:
        found |= _of_meeting(desk, row, meeting, meeting.id)
    return found


def _of_meeting(desk: Desk, row: Row, meeting: Ref, meeting_id: int) -> dict[str, Expected]:
    found: dict[str, Expected] = {}
    with desk.vault.read() as connection:
        same = View(REVIEW.key, (Condition("meeting", Test.POINTS_TO, meeting),)).ordered("id", descending=True)
        others = [each for each in queries.every(connection, same) if each.id != row.id]
        told = queries.one(connection, table(MEETING.key), meeting_id).values
    if there := told.get("group_attendee"):
        found["group_attendee"] = Expected(_plain(there), "按会议记录填入")
    if planned := told.get("held_at"):
        words = show(MEETING.field("held_at"), planned)
        found["planned_meeting_at"] = Expected(words, "按会议时间填入")
    for name in ("group_attendee", "reviewer", "signer"):
        known = next((each for each in others if each.values.get(name)), None)
        if known and name not in found:
            found[name] = Expected(_plain(known.values[name]), f"按同一会议的 {known.no} 填入")
    return found


def _of_talk(_desk: Desk, _row: Row, values: Values) -> dict[str, Expected]:
    """Propose who wrote the record, the companion before the talker, and that it was signed on the day of the talk."""
    found: dict[str, Expected] = {}
    for name, role in (("companion", "陪谈人"), ("talker", "主谈人")):
        if values.get(name) and "recorder" not in found:
            found["recorder"] = Expected(_plain(values[name]), f"按{role}填入")
    if held := preparing.day_of(values.get("start_at")):
        found["signed_at"] = Expected(held.isoformat(), "按谈话当天填入")
    return found


def _of_lead(desk: Desk, row: Row, values: Values) -> dict[str, Expected]:
    """Propose when a preliminary check has to end, who approves it, and the one talk that tells it is about the lead.

    Who approves is whoever approved how the lead is handled. What the first form disposes of ends on the day of that.
    """
    found = _counted(desk, "check_due", _CHECK_LIMIT, preparing.day_of(values.get("check_from")))
    if decided := preparing.day_of(values.get("first_decided_at")):
        found["closed_at"] = Expected(decided.isoformat(), "按第一种形态处理日期填入")
    if approver := values.get("approver"):
        found["check_approver"] = Expected(_plain(approver), "按处置方式的批准人填入")
    about = View(TALK.key, (Condition("lead_ref", Test.POINTS_TO, Ref("", LEAD.key, row.id)),))
    with desk.vault.read() as connection:
        talks = [each for each in queries.some(connection, about, ("no", "state")) if each.state != _CALLED_OFF]
    if len(talks) == 1:
        found["talk_ref"] = Expected(_plain(Ref(talks[0].no, TALK.key, talks[0].id)), "按写明涉及本件的谈话填入")
    return found


def _of_case(desk: Desk, row: Row, values: Values) -> dict[str, Expected]:
    """Propose when an appeal has to be settled; nothing while its day or the punishments are not known."""
    start = preparing.day_of(values.get("appeal_at"))
    with desk.vault.read() as connection:
        pointing = queries.pointing_to(connection, CASE.key, row.id)
        measures = [
            queries.one(connection, table(MEASURE.key), each)
            for kind, each, name in pointing
            if (kind, name) == (MEASURE.key, "case_ref")
        ]
    standing = [each.values for each in measures if not each.voided and each.values.get("changed") not in GONE]
    groups = {CLASS_OF.get(str(each.get("kind") or "")) for each in standing}
    codes = {_APPEAL_LIMITS[group] for group in groups if group in _APPEAL_LIMITS}
    # Of both kinds of punishment two limits run: which of them the appeal is about only the officer knows.
    return _counted(desk, "appeal_due", codes.pop(), start) if len(codes) == 1 else {}


def _counted(desk: Desk, name: str, code: str, start: date | None) -> dict[str, Expected]:
    """Propose the day a limit of the rule data runs out; nothing while its start or the rule is not known."""
    limit = desk.limits.get(code)
    if start is None or limit is None:
        return {}
    due = limits.due(limit, start, desk.calendar)
    return {name: Expected(due.day.isoformat(), f"按“{limit.name}”推算：{due.explanation}")}


def _plain(value: Value) -> Any:
    return {"label": value.label, "register": value.register, "id": value.id} if isinstance(value, Ref) else value


_TOLD: Mapping[Register, Callable[[Desk, Row, Values], Mapping[str, Expected]]] = {
    REVIEW: _of_review,
    TALK: _of_talk,
    LEAD: _of_lead,
    CASE: _of_case,
}

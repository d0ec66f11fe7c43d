"""What two entries of a register have in common when they may be one matter entered twice.

Nothing is decided from it: an entry that comes in with a ledger and is like another is shown beside it, and waits.
Kinds of letters and decisions that lawfully come again within days (重复件 a month later, an item put off to the next
meeting) are kept apart by the spans given here; a number of its own always tells an entry from another.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Likeness:
    """One stated combination; everything named in it has to hold.

    ``same`` fields say the same; the dates in ``day`` lie at most ``days`` calendar days apart, or are both missing;
    the words in ``like`` are alike by ``least`` per cent, or with ``silent`` one of them says nothing. Fields of
    ``agree`` contradict nothing: where both entries speak they say the same. An entry that says yes in ``unless`` is
    known to repeat another and is not asked about. With ``named`` the words in ``like`` are the name of an
    organisation, which is written with or without its place, its legal form and brackets.
    """

    same: tuple[str, ...]
    day: str = ""
    days: int = 0
    like: str = ""
    least: int = 0
    silent: bool = False
    agree: tuple[str, ...] = ()
    unless: str = ""
    named: bool = False


LIKENESS: Mapping[str, tuple[Likeness, ...]] = {
    "duty_item": (
        Likeness(("subject",), "due_date", 0, "content", 90, agree=("year", "frequency", "list_kind", "duty_kind")),
    ),
    "meeting": (Likeness((), "held_at", 0, "name", 88, agree=("kind",)),),
    "review_item": (
        Likeness((), "planned_meeting_at", 0, "title", 88, agree=("amount", "supplier", "unit_id")),
        Likeness(("amount",), "planned_meeting_at", 7, "title", 88, agree=("supplier", "unit_id")),
    ),
    "integrity_talk": (
        Likeness(("subject",), "planned_date", 3, "record", 50, silent=True, agree=("kind", "subject_unit", "no")),
    ),
    "petition": (
        Likeness(("reported_names",), "received_at", 3, "summary", 85, agree=("no", "channel"), unless="is_repeat"),
        Likeness(("reported_unit",), "received_at", 3, "summary", 85, agree=("no", "channel"), unless="is_repeat"),
    ),
    "lead": (Likeness(("subject",), "received_at", 30, "summary", 85, agree=("no", "source")),),
    "case": (Likeness(("subject",), "filed_at", 3, agree=("no", "kind")),),
    "measure": (Likeness(("subject", "kind"), "decided_at", 3, agree=("no", "doc_no")),),
    "person": (
        Likeness(("name",), agree=("unit_now", "birth", "id_no", "gender")),
        # 局机关 in one roster and 办公室 in the next: whoever was born in the same month is asked about.
        Likeness(("name", "birth"), agree=("id_no", "gender")),
        Likeness(("id_no",)),
    ),
    "unit": (Likeness((), like="name", named=True, agree=("parent", "kind")),),
    "supplier": (Likeness(("uscc",)), Likeness((), like="name", named=True, agree=("uscc",))),
    "outside_work": (Likeness((), "done_on", 0, "what", 88, agree=("ordered_by", "hours")),),
    "integrity_opinion": (Likeness(("from_unit",), "received_at", 3, agree=("letter_no", "reason")),),
    "finding": (Likeness(("duty_unit",), "found_at", 3, "problem", 85, agree=("no", "category")),),
    "supervision_activity": (Likeness((), "start_date", 3, "title", 88, agree=("kind", "no")),),
    "proposal": (Likeness(("addressee",), "signed_at", 3, "title", 88, agree=("kind", "doc_no", "no")),),
    "risk_point": (Likeness(("unit_id",), like="name", least=88, agree=("post", "kind")),),
}
"""By register; one that is not named here is known by its identity alone."""

NAMED: Mapping[str, str] = {key: like.like for key, likes in LIKENESS.items() for like in likes if like.named}
"""The field that holds the name of an organisation, by register."""


@dataclass(frozen=True, slots=True)
class CarryingOut:
    """How an entry that tells what was done is known to carry out one that planned it, on another day than planned.

    ``same`` is the reference that says the same in both; fields of ``agree`` contradict nothing. ``done`` tells when
    it was done and is still empty in the plan, whose ``day`` lies at most ``days`` calendar days away, before or after.
    """

    same: str
    day: str
    done: str
    days: int
    agree: tuple[str, ...] = ()


CARRYING_OUT: Mapping[str, CarryingOut] = {
    "integrity_talk": CarryingOut("subject", "planned_date", "start_at", 31, agree=("kind", "lead_ref")),
}
"""By register; of one that is not named here an entry carries out no other."""

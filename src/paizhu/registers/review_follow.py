"""What follows from the values of a review item: lead time, threshold, and a new review after a late change."""

from datetime import date

from paizhu.base.register import Aids
from paizhu.base.rows import Ref, Value, Values

WATCHED = ("title", "amount", "supplier")
"""What was reviewed: a change of these, or of the candidates, after the signature forces a new review (3.3)."""
SIGNED_STATES = ("opinion_signed", "feedback_sent", "unit_reply")
AGAIN = "under_review"
"""Where a changed item goes back to."""
ANEW = (
    "opinion",
    "opinion_text",
    "signer",
    "opinion_date",
    "report_up_date",
    "feedback_date",
    "feedback_to",
    "flags_seen",
)
"""What a new review begins without: the earlier conclusion is history, and the journal keeps it."""


def before_feedback(values: Values) -> bool:
    """Tell whether the feedback of the round before may still stand beside the opinion of a new one."""
    return values.get("state") in ("submitted", "material_check", "under_review", "opinion_draft", "opinion_signed",
                                   "returned_material")  # fmt: skip


def not_heard(values: Values) -> bool:
    """Tell whether the meeting of an item is still to come: neither was it put on the table, nor is it decided."""
    return values.get("decided") is None and values.get("state") not in (
        "on_agenda", "resolved", "procedure_issue", "tracking", "done",
    )  # fmt: skip


def derive(values: Values, aids: Aids) -> dict[str, Value]:
    """Count the full working days between papers and meeting, and take the threshold from the unit's own rule.

    A threshold is taken only from a rule in force on that day for this kind of spending, or from the only one there
    is; a missing or unclear standard stays empty and is itself something to ask about.
    """
    made: dict[str, Value] = {}
    came, meets = values.get("submitted_at"), values.get("planned_meeting_at")
    if isinstance(came, date) and isinstance(meets, date):
        made["lead_workdays"] = max(0, aids.working_days_between(day_only(came), day_only(meets)) - 1)
    unit = values.get("unit_id")
    if isinstance(unit, Ref) and unit.linked and values.get("category") in ("fund", "project"):
        on = day_only(meets) if isinstance(meets, date) else aids.today
        in_force = [rule for rule in aids.rows_of(unit, "spending_rule") if _in_force(rule, on)]
        fitting = [rule for rule in in_force if rule.get("item_kind") == values.get("sub_category")]
        chosen = fitting or (in_force if len(in_force) == 1 else [])
        if len(chosen) == 1:
            made["threshold"] = chosen[0].get("threshold")
    return made


def day_only(moment: date) -> date:
    """Return the day of a day or moment."""
    return date(moment.year, moment.month, moment.day)


def _in_force(rule: Values, on: date) -> bool:
    return str(rule.get("valid_from") or "") <= on.isoformat() <= str(rule.get("valid_to") or "9999")


def on_change(before: Values, after: Values) -> dict[str, Value]:
    """Send an item back to review when what was reviewed changes after the opinion was signed (3.3, rules)."""
    changed = [name for name in (*WATCHED, "candidate") if name in after and after.get(name) != before.get(name)]
    if before.get("state") not in SIGNED_STATES or not changed:
        return {}
    labels = "、".join(
        {"title": "议题名称", "amount": "金额", "supplier": "供应商"}.get(name, "人选") for name in changed
    )
    note = "；".join(filter(None, (str(before.get("change_note") or ""), f"意见签出后变更：{labels}")))
    # What was typed in the same save belongs to the new review already.
    emptied: dict[str, Value] = {name: None for name in ANEW if after.get(name) == before.get(name)}
    return {**emptied, "state": AGAIN, "changed_after_review": True, "change_note": note}

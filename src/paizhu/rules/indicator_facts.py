"""The named conditions, dates, events and breakdowns that ``resources/rules/indicators.toml`` speaks of."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from paizhu.base.month_only import last_day
from paizhu.base.rows import Ref, Row
from paizhu.registers.choices import RANK_LEVELS, TAKEN
from paizhu.registers.duty import finished
from paizhu.registers.lead_flow import LEAD_FLOW
from paizhu.registers.measure_kinds import CLASS_OF, GONE, MEASURE_KINDS
from paizhu.registers.petition import GROUP_VISIT
from paizhu.registers.petition_flow import owed_an_answer
from paizhu.registers.talk_choices import HELD as TALK_HELD
from paizhu.rules.counting import Key, PersonKey, Scope, day_of

Ask = Callable[[Row, Scope], bool]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to count under a record: its day, and the row it stands in where that is not the record itself."""

    day: date | None
    row: Row | None = None
    number: int = 1


_LEAD_OVER = (
    *(state.code for state in LEAD_FLOW.states if state.end),
    "closed_credited",
    "first_form",
    "closed_no_action",
    "false_accusation",
    "clarify",
)
_ASKED_AGAIN = LEAD_FLOW.step("inquiry_report", "talk_inquiry")
_SUGGESTING = ("ok_with_note", "after_supplement", "after_procedure", "postpone", "object")
_NUMBERED = re.compile(r"^\s*(?:\d+\s*[.、．)）]|[(（]?[一二三四五六七八九十]+[)）、.])", re.MULTILINE)
_RANKS = tuple(choice.code for choice in RANK_LEVELS)
_KIND_ORDER = {choice.code: place for place, choice in enumerate(MEASURE_KINDS)}


def _earliest(row: Row, *names: str) -> date | None:
    return min((found for name in names if (found := day_of(row.values.get(name)))), default=None)


# --- 信访 ----------------------------------------------------------------------------------------------------------


def group_visit(row: Row, _scope: Scope) -> bool:
    """Tell whether a visit is 集体访: five persons or more."""
    people = row.values.get("people")
    return row.values.get("channel") == "visit" and isinstance(people, int) and people >= GROUP_VISIT


def owed(row: Row, _scope: Scope) -> bool:
    """Tell whether somebody real is to be told of acceptance and result."""
    return owed_an_answer(row.values)


def with_result(row: Row, _scope: Scope) -> bool:
    """Tell whether an item has a result or a closing day."""
    return bool(row.values.get("result") or row.values.get("closed_at"))


def told_in_time(row: Row, scope: Scope) -> bool:
    """Tell whether a named informant heard of the acceptance within the limit."""
    told, due = day_of(row.values.get("notice_at")), notice_due(row, scope)
    return told is not None and due is not None and told <= due


def answered_in_time(row: Row, scope: Scope) -> bool:
    """Tell whether a named informant heard of the result within the limit."""
    told, due = day_of(row.values.get("feedback_at")), feedback_due(row, scope)
    return told is not None and due is not None and told <= due


def notice_due(row: Row, scope: Scope) -> date | None:
    """Return by when the acceptance had to be told, once that day has come or it was told."""
    return _due(row, scope, "T17", "received_at", "notice_at")


def feedback_due(row: Row, scope: Scope) -> date | None:
    """Return by when the result had to be told, once that day has come or it was told."""
    return _due(row, scope, "T18", "closed_at", "feedback_at")


def _due(row: Row, scope: Scope, rule: str, start: str, stop: str) -> date | None:
    began = day_of(row.values.get(start))
    due = scope.ledger.due(rule, began) if began else None
    return due if due and (due <= scope.ledger.today or row.values.get(stop)) else None


def to_be_handled(row: Row, _scope: Scope) -> bool:
    """Tell whether an item is ours to finish: of our level, and not a repeat that is only kept."""
    return row.values.get("own_level") in (None, "own") and row.state not in ("up", "down", "returned", "kept")


def closed_by_the_end(row: Row, scope: Scope) -> bool:
    """Tell whether a record was closed by the end of the span."""
    closed = day_of(row.values.get("closed_at"))
    return closed is not None and closed <= scope.until


def highest_rank(row: Row, scope: Scope) -> tuple[Key, ...]:
    """Return the highest rank among those reported on, so that the parts add up."""
    ranks = [str(each.values.get("rank") or "") for each in scope.ledger.children(row, "reported")]
    known = [rank for rank in ranks if rank in _RANKS]
    return (min(known, key=_RANKS.index) if known else "",)


# --- 线索 ----------------------------------------------------------------------------------------------------------


def disposed(row: Row, _scope: Scope) -> bool:
    """Tell whether the way a lead is disposed of was approved."""
    return bool(row.values.get("mode") or row.values.get("approved_at"))


def lead_settled(row: Row, scope: Scope) -> date | None:
    """Return when a lead left the stock: closed, handed over, or filed as a case."""
    days = [_earliest(row, "closed_at", "transfer_at")]
    filed = scope.ledger.find(row.values.get("case_ref"), "case")
    days.append(day_of(filed.values.get("filed_at")) if filed else None)
    known = [day for day in days if day]
    # Settled on a day nobody wrote down: it has been out of the stock since it came in, as far as can be said.
    return min(known) if known else date.min if row.state in _LEAD_OVER else None


def disposal_overdue(row: Row, scope: Scope) -> date | None:
    """Return since when the opinion on a lead is or was late (T01); None when it came in time."""
    received = day_of(row.values.get("received_at"))
    due = scope.ledger.due("T01", received) if received else None
    if due is None:
        return None
    disposed = _earliest(row, "proposed_at", "approved_at")
    if disposed is None and (row.values.get("mode") or row.values.get("proposed_mode")):
        return None
    late = (disposed or scope.ledger.today) > due
    return due + timedelta(days=1) if late else None


def inquiries(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield the approval of an inquiry, and each time the person was asked again."""
    yield Event(day_of(row.values.get("approved_at")))
    for hand in scope.ledger.children(row, "hand"):
        if _ASKED_AGAIN is not None and hand.values.get("step") == _ASKED_AGAIN.label:
            yield Event(day_of(hand.values.get("when")), hand)


def false_accusation(row: Row, _scope: Scope) -> bool:
    """Tell whether a lead turned out a false accusation that is followed up."""
    return row.values.get("report_opinion") == "false_accusation" or bool(row.values.get("accuser_lead_ref"))


def not_in_a_lead(row: Row, _scope: Scope) -> bool:
    """Tell whether a petition became no lead, which would count it a second time."""
    return not isinstance(row.values.get("lead_ref"), Ref)


# --- 案件和处分 ------------------------------------------------------------------------------------------------------


def standing_measure(row: Row, _scope: Scope) -> bool:
    """Tell whether a measure was not revoked afterwards."""
    return row.values.get("changed") not in GONE


def punishment(row: Row, _scope: Scope) -> bool:
    """Tell whether a measure is 党纪 or 政务处分; the bare word 警告 is one of the two."""
    kind = str(row.values.get("kind") or "")
    return _class(row) in ("party", "admin") or (kind == "warning" and _class(row) == "")


def party_punishment(row: Row, _scope: Scope) -> bool:
    """Tell whether a measure is 党纪处分."""
    return _class(row) == "party"


def admin_punishment(row: Row, _scope: Scope) -> bool:
    """Tell whether a measure is 政务处分."""
    return _class(row) == "admin"


def decided(row: Row, _scope: Scope) -> bool:
    """Tell whether a case has an outcome or a closing day."""
    return bool(row.values.get("outcome") or row.values.get("closed_at"))


def to_court(row: Row, _scope: Scope) -> bool:
    """Tell whether a measure is 移送司法."""
    return _class(row) == "judicial"


def accountability(row: Row, _scope: Scope) -> bool:
    """Tell whether a measure is 问责."""
    return _class(row) == "accountability"


def _class(row: Row) -> str:
    return CLASS_OF.get(str(row.values.get("kind") or "")) or str(row.values.get("measure_class") or "")


def of_eight_rules_case(row: Row, scope: Scope) -> bool:
    """Tell whether a measure ends a case about 中央八项规定精神."""
    case = scope.ledger.find(row.values.get("case_ref"), "case")
    return case is not None and bool(case.values.get("eight_rules"))


def of_dual_inquiry_case(row: Row, scope: Scope) -> bool:
    """Tell whether a measure belongs to a case with 一案双查."""
    case = scope.ledger.find(row.values.get("case_ref"), "case")
    return case is not None and bool(case.values.get("dual_inquiry"))


def first_form_taken(row: Row, _scope: Scope) -> bool:
    """Tell whether a case ended in measures of the first form."""
    return bool(row.values.get("first_measures") or row.values.get("first_decided_at"))


def against_a_person(row: Row, _scope: Scope) -> bool:
    """Tell whether a case is about a person, not a body."""
    return row.values.get("kind") != "body"


def punishment_classes(row: Row, _scope: Scope) -> tuple[Key, ...]:
    """Return the side of the law a punishment belongs to."""
    return (_class(row),)


def severity(row: Row) -> int:
    """Return how heavy a measure is among those of its class."""
    return _KIND_ORDER.get(str(row.values.get("kind") or ""), -1)


# --- 监督 ----------------------------------------------------------------------------------------------------------


def sat_in(row: Row, scope: Scope) -> bool:
    """Tell whether somebody of the group sat in at a meeting that was held."""
    held = day_of(row.values.get("held_at"))
    took_place = row.state in ("held", "filed") or (row.state == "" and held is not None and held <= scope.until)
    return took_place and bool(row.values.get("group_attendee"))


def opinion_given(row: Row, _scope: Scope) -> bool:
    """Tell whether the opinion on an item was given."""
    return bool(row.values.get("opinion_date")) or row.values.get("opinion") not in (None, "", "recused")


def gave_suggestions(row: Row, scope: Scope) -> bool:
    """Tell whether the opinion on an item holds suggestions."""
    return bool(scope.ledger.children(row, "suggestion")) or row.values.get("opinion") in _SUGGESTING


def suggestions(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each suggestion of an opinion; an opinion that has them in its words only counts as one."""
    day = day_of(row.values.get("opinion_date"))
    under = scope.ledger.children(row, "suggestion")
    for each in under:
        yield Event(day, each)
    if not under and row.values.get("opinion") in _SUGGESTING:
        yield Event(day)


def taken_suggestions(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each suggestion that the unit took up, in whole or in part."""
    for event in suggestions(row, scope):
        told = (event.row or row).values.get("adopted")
        if told in TAKEN:
            yield event


def opinions_in_meeting(row: Row, _scope: Scope) -> Iterator[Event]:
    """Yield each opinion given in the meeting: the numbered ones, else the words as one."""
    words = str(row.values.get("opinion_in_meeting") or "").strip()
    day = day_of(row.values.get("planned_meeting_at"))
    for number in range(max(1, len(_NUMBERED.findall(words))) if words else 0):
        yield Event(day, None, number + 1)


def talk_held(row: Row, scope: Scope) -> bool:
    """Tell whether a talk took place."""
    held = day_of(row.values.get("start_at"))
    return row.state in TALK_HELD or (row.state == "" and held is not None and held <= scope.until)


def without_lead(row: Row, _scope: Scope) -> bool:
    """Tell whether a talk is routine supervision and disposes of no lead."""
    return row.values.get("kind") != "lead_reminder" and not row.values.get("lead_ref")


def team_member(row: Row, scope: Scope) -> bool:
    """Tell whether a person is in the leading team at the end of the span, by the posts held, else by the roster."""
    posts = [post for post in scope.ledger.children(row, "post_history") if post.values.get("is_team") is not None]
    dated = [post for post in posts if day_of(post.values.get("held_from"))]
    if dated:
        end = scope.span.end
        return any(
            post.values.get("is_team")
            and (day_of(post.values.get("held_from")) or date.max) <= end
            and (last_day(post.values.get("held_to")) or date.max) >= end
            for post in dated
        )
    return bool(row.values.get("team_now")) and row.values.get("status") in (None, "active")


def talked_with(row: Row, scope: Scope) -> bool:
    """Tell whether a routine talk was held with a person within the span."""
    met: set[PersonKey | None] = scope.ledger.once(("talked with", scope.span), lambda: _talked_with(scope))
    return ("person", str(row.id)) in met


def _talked_with(scope: Scope) -> set[PersonKey | None]:
    return {
        scope.ledger.person(talk.values.get("subject"), talk.values.get("subject_unit"))
        for talk in scope.ledger.rows("integrity_talk")
        if (held := day_of(talk.values.get("start_at"))) is not None
        and held in scope.span
        and talk_held(talk, scope)
        and without_lead(talk, scope)
    }


# --- 责任 ----------------------------------------------------------------------------------------------------------


def duty_done(row: Row, scope: Scope) -> bool:
    """Tell whether a duty was finished by the end of the span."""
    done = day_of(row.values.get("done_at"))
    if done is not None:
        return done <= scope.until
    return finished(row.values) or row.state in ("done", "assessed")


def duty_late(row: Row, scope: Scope) -> bool:
    """Tell whether a duty was finished late, or was not finished when its day had passed."""
    due, done = day_of(row.values.get("due_date")), day_of(row.values.get("done_at"))
    if due is None:
        return False
    if done is not None:
        return done > due
    return not duty_done(row, scope) and scope.until > due


def summons(row: Row, scope: Scope) -> Iterator[Event]:
    """Yield each time somebody was summoned about a duty."""
    for urging in scope.ledger.children(row, "urging"):
        if urging.values.get("way") == "summons":
            yield Event(day_of(urging.values.get("urged_at")), urging)


CONDITIONS: Mapping[str, Ask] = {
    function.__name__: function
    for function in (
        group_visit, with_result, disposed, decided, opinion_given, owed, told_in_time, answered_in_time,
        to_be_handled, closed_by_the_end, false_accusation, not_in_a_lead, standing_measure, punishment,
        party_punishment, admin_punishment, to_court, accountability, of_eight_rules_case, of_dual_inquiry_case,
        first_form_taken, against_a_person, sat_in, gave_suggestions, talk_held, without_lead, team_member,
        talked_with, duty_done, duty_late,
    )
}  # fmt: skip
DATES: Mapping[str, Callable[[Row, Scope], date | None]] = {
    function.__name__: function for function in (notice_due, feedback_due, lead_settled, disposal_overdue)
}
EVENTS: Mapping[str, Callable[[Row, Scope], Iterator[Event]]] = {
    function.__name__: function
    for function in (inquiries, suggestions, taken_suggestions, opinions_in_meeting, summons)
}
KEYS: Mapping[str, Callable[[Row, Scope], tuple[Key, ...]]] = {
    function.__name__: function for function in (highest_rank, punishment_classes)
}

"""What should fall due on a day of the invented year, worked out apart from the program.

Nothing of the program is imported here. Spans are those of ``domain.md`` 4.1 to 4.3, days off those of the notices of
the State Council for 2025 and 2026, and a record is a plain dict of what the script entered.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.journeys.year_script import Event

DAY = timedelta(days=1)


def days(first: str, last: str) -> set[date]:
    """Return every day from the first to the last."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + n * DAY for n in range((end - start).days + 1)}


OFF = (
    days("2025-01-01", "2025-01-01") | days("2025-01-28", "2025-02-04") | days("2025-04-04", "2025-04-06")
    | days("2025-05-01", "2025-05-05") | days("2025-05-31", "2025-06-02") | days("2025-10-01", "2025-10-08")
    | days("2026-01-01", "2026-01-03") | days("2026-02-15", "2026-02-23") | days("2026-04-04", "2026-04-06")
    | days("2026-05-01", "2026-05-05") | days("2026-06-19", "2026-06-21") | days("2026-09-25", "2026-09-27")
    | days("2026-10-01", "2026-10-07")
)  # fmt: skip
MADE_UP = set(map(date.fromisoformat, (
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
)))  # fmt: skip


def worked(day: date) -> bool:
    """Tell whether a day is worked."""
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def working_days(start: date, count: int) -> date:
    """Return the day so many working days after another; the first day is not counted."""
    step = DAY if count > 0 else -DAY
    day, left = start, abs(count)
    while left:
        day += step
        left -= worked(day)
    return day


def left_until(on: date, due: date) -> int:
    """Return the working days after one day up to another; negative when it lies before."""
    low, high = min(on, due), max(on, due)
    count = sum(worked(low + n * DAY) for n in range(1, (high - low).days + 1))
    return count if due >= on else -count


def months(start: date, count: int) -> date:
    """Return the same day so many months later, or the month's last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return date(year, month + 1, min(start.day, last))


def last_worked(day: date) -> date:
    """Return the day itself, or the last working day before it."""
    while not worked(day):
        day -= DAY
    return day


# Span of each rule and how many working days ahead it warns.
SPANS: Mapping[str, tuple[str, int, int]] = {
    "T01": ("mon", 1, 7), "C11": ("mon", 1, 3), "T02": ("wd", 15, 3), "T03": ("mon", 1, 5), "T04": ("year", 0, 10),
    "T06": ("mon", 2, 10), "T07": ("mon", 12, 20), "T08": ("mon", 1, 5), "T09": ("mon", 1, 5), "T10": ("mon", 6, 10),
    "T11": ("mon", 1, 5), "T17": ("wd", 15, 5), "T18": ("wd", 15, 5), "T19": ("wd", 5, 2), "T20": ("wd", 5, 2),
    "C05": ("wd", 5, 2), "C30": ("wd", 3, 1), "C12": ("april", 0, 20), "C14": ("mon", 6, 10),
}  # fmt: skip
SOON, SILENT = 5, 30


def due_day(rule: str, start: date) -> date:
    """Return the last day of a rule's span."""
    unit, length, _lead = SPANS[rule]
    if unit == "wd":
        return working_days(start, length)
    if unit == "mon":
        return months(start, length)
    return date(start.year, 12, 31) if unit == "year" else date(start.year + 1, 4, 30)


@dataclass
class Record:
    """One record as the script entered it."""

    register: str
    no: str
    state: str = ""
    held: dict[str, Any] = field(default_factory=dict)
    extended: dict[str, date] = field(default_factory=dict)
    touched: date = date.min

    def day(self, name: str) -> date | None:
        """Return a day of the record."""
        value = self.held.get(name)
        return date.fromisoformat(str(value)) if value else None


class Clock(NamedTuple):
    """A clock as the domain tells it: what starts it, its rule, what stops it, and where it applies."""

    register: str
    what: str
    start: str
    rule: str
    until: tuple[str, ...]
    action: str
    only: Callable[[Record], bool] = lambda _record: True


def _is(name: str, *values: str) -> Callable[[Record], bool]:
    return lambda record: record.held.get(name) in values


def _in(*states: str) -> Callable[[Record], bool]:
    return lambda record: record.state in states


def _named(record: Record) -> bool:
    held = record.held
    return held.get("named") == "实名" and held.get("is_repeat") != "是" and held.get("own_level") == "本级"


def _party(record: Record) -> bool:
    return str(record.held["kind"]).startswith(("党内", "留党")) or record.held["kind"] == "撤销党内职务"


def _stands(record: Record) -> bool:
    return record.held.get("changed") not in ("撤销", "代替")


UNDISPOSED = ("proposed_at", "approved_at")
DONE = ("executed_at", "exec_report_at")
CLOCKS = (
    Clock("petition", "向实名举报人告知受理", "received_at", "T17", ("notice_at", "closed_at"), "notice_at", _named),
    Clock("petition", "向实名举报人反馈结果", "closed_at", "T18", ("feedback_at",), "feedback", _named),
    Clock("petition", "移送上级受理", "received_at", "T19", ("transfer_at",), "up", _is("own_level", "上级")),
    Clock("petition", "对转来件作出受理或转送", "received_at", "T20",
          ("accepted_at", "transfer_at", "returned_at", "first_ref"), "accepted", _is("origin", "派出机关转")),
    Clock("petition", "接收单位受理", "transfer_at", "T20", ("transfer_accepted_at", "result"), "transfer_accepted_at",
          lambda record: record.state == "down" or (record.state == "waiting_feedback"
                                                    and record.held.get("own_level") != "本级")),
    Clock("petition", "转办单位反馈结果", "transfer_due", "", ("result", "closed_at"), "closed"),
    Clock("petition", "按要求办结并报结果", "required_end", "", ("closed_at",), "closed"),
    Clock("lead", "提出线索处置意见", "received_at", "T01", (*UNDISPOSED, "reopened_at"), "proposed"),
    Clock("lead", "重新提出线索处置意见", "reopened_at", "T01", UNDISPOSED, "proposed"),
    Clock("lead", "提交线索处置专题会议", "proposed_at", "C11", ("panel_at", "approved_at"), "panel"),
    Clock("lead", "登记函询收函日期", "inquiry_sent_at", "C30", ("inquiry_got_at", "inquiry_replied_at", "report_at"),
          "inquiry_got_at", _in("talk_inquiry")),
    Clock("lead", "收取函询书面回复", "inquiry_got_at", "T02", ("inquiry_replied_at", "report_at"),
          "inquiry_replied_at"),
    Clock("lead", "提出谈话函询处置意见", "inquiry_replied_at", "T03", ("report_at",), "inquiry_report"),
    Clock("lead", "在民主生活会上说明", "report_at", "T04", ("explained_at_meeting",), "explained_at_meeting",
          _is("report_opinion", "采信了结", "第一种形态处理")),
    Clock("lead", "完成初步核实", "check_due", "", ("check_report_at",), "check_report"),
    Clock("lead", "复查暂存线索", "held_review", "", (), "held_review", _in("held")),
    Clock("lead", "了解移送处理结果", "moved_due", "", ("moved_result",), "moved_result"),
    Clock("lead", "澄清正名", "clarify_approved_at", "C05", ("clarify_at",), "archived", _in("clarify")),
    Clock("lead", "线索材料归档", "closed_at", "C12", ("volume_no",), "archived"),
    Clock("case", "审查调查并作出处理", "filed_at", "T07", ("decided_at", "closed_at", "outcome"), "decided"),
    Clock("case", "完成审理", "trial_accepted_at", "T08", ("trial_report_at", "decided_at", "closed_at"),
          "trial_report"),
    Clock("case", "办结申诉", "appeal_due", "", ("appeal_decided_at",), "appeal_result"),
    Clock("case", "影响期满，转入期满", "period_to", "", (), "period_over", _in("in_period", "upheld")),
    Clock("case", "澄清正名", "clarify_approved_at", "C05", ("clarify_at",), "archived", _in("clarify")),
    Clock("case", "案卷归档", "closed_at", "C12", ("volume_ref",), "archived",
          _in("exempt", "withdrawn", "first_form", "clarify", "period_over")),
    Clock("measure", "宣布处分决定", "decided_at", "T09", ("announced_at", *DONE), "announced_at",
          lambda record: _party(record) and _stands(record)),
    Clock("measure", "处分决定装入个人档案", "decided_at", "T09", ("filed_in_dossier", *DONE), "filed_in_dossier",
          lambda record: _party(record) and _stands(record)),
    Clock("measure", "办理职务工资变更", "decided_at", "T09", ("pay_done", *DONE), "pay_done",
          lambda record: record.held["kind"] in ("撤销党内职务", "留党察看一年") and _stands(record)),
    Clock("measure", "报告处分执行情况", "decided_at", "T10", DONE, "exec_report_at",
          lambda record: _party(record) and _stands(record)),
    Clock("measure", "办理职务工资变更", "decided_at", "T11", ("pay_done", *DONE), "pay_done",
          lambda record: record.held["kind"] in ("政务撤职", "政务开除") and _stands(record)),
    Clock("measure", "回访受处分人", "decided_at", "C14", ("revisited_at", "executed_at"), "revisited_at", _stands),
)  # fmt: skip
ENDS = {"petition": ("up", "returned", "kept", "archived"), "case": ("archived",),
        "lead": ("transferred", "filed", "archived")}  # fmt: skip
BEYOND = ("T04",)
"""Clocks that run on in the archive: the yearly meeting comes when it comes."""
LAID_ASIDE = {"petition": ("waiting_feedback",), "lead": ("held",), "case": ()}
NUMBERS = {
    "petition": "信〔2025〕{:04}",
    "lead": "线〔2025〕{:04}",
    "case": "案〔2025〕{:03}",
    "measure": "处〔2025〕{:03}",
}
STARTS = {"petition": "received", "lead": "registered", "case": "filed", "measure": ""}
PERIODS = {"党内警告": 12, "党内严重警告": 18, "撤销党内职务": 24, "政务记过": 12, "政务撤职": 24}
ANEW = {
    ("lead", "talk_inquiry"): ("inquiry_no", "inquiry_sent_at", "inquiry_got_at", "inquiry_replied_at",
                               "inquiry_signer", "report_at", "report_opinion"),
    ("lead", "registered"): ("proposed_at", "panel_at"),
    ("lead", "reopened"): ("proposed_at", "panel_at", "approved_at", "mode", "closed_at", "close_reason"),
    ("case", "investigating"): ("report_at", "sent_trial_at", "trial_accepted_at"),
    ("case", "executing"): ("executed_at", "period_to"),
}  # fmt: skip
"""What a step back empties, by the state it leads to; on the way there for the first time these are empty anyway."""
APPEAL = {"upheld": "维持", "changed": "变更", "revoked": "撤销"}


class Line(NamedTuple):
    """One line of the day, as it is compared."""

    state: str
    due: str
    left: int
    register: str
    no: str
    what: str
    rule: str
    action: str


class Foretelling:
    """The records of the year, as far as the script has been followed."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str], list[Record]] = {}
        self.every: list[Record] = []

    def follow(self, event: Event) -> None:
        """Take note of one act."""
        key, given = (event.matter, event.register), dict(event.values)
        match event.verb:
            case "new":
                count = 1 + ("second" in given)
                given.pop("second", None)
                made = self._made(event.register, given, event.day, event.matter)
                made.held["people"] = count
            case "save":
                for record in self.of[key]:
                    self._enter(record, given, event.day)
            case "to_lead":
                (letter,) = self.of[key]
                for _each in range(letter.held["people"]):
                    self._made("lead", {"received_at": letter.held["received_at"]}, event.day, event.matter)
                # The further acts of the matter are about the first of its leads.
                leads = self.of[event.matter, "lead"]
                self.of[event.matter, "lead"] = leads[:1]
                self._enter(letter, {"lead_ref": True}, event.day, "as_lead")
            case "join":
                (letter,) = self.of[key]
                self._enter(letter, {"lead_ref": True}, event.day, "as_lead")
                self._enter(self.of[given["join"], "lead"][0], {}, event.day)
            case "accuse":
                own = self.of[key]
                self._made("lead", {"received_at": event.day.isoformat()}, event.day, event.matter)
                self.of[key] = own[:1]
                self._enter(own[0], {}, event.day)
            case "to_case":
                (lead,) = self.of[key]
                self._made("case", given, event.day, event.matter)
                self._enter(lead, {}, event.day, "filed")
            case "to_measure" | "replace":
                self._punish(event)
            case "period":
                (case,) = self.of[key]
                ends = [self._end(each) for each in self.of[event.matter, "measure"] if _stands(each)]
                self._enter(case, {"period_to": max(ends).isoformat()}, event.day)
            case "extend":
                (record,) = self.of[key]
                (clock,) = [each for each in CLOCKS if each[:2] == (event.register, given["matter"])]
                start = record.day(clock.start)
                assert start is not None
                old = due_day(clock.rule, start) if clock.rule else start
                record.extended[clock.what] = old + given["by"] * DAY
                record.touched = event.day
            case after:
                for record in self.of[key]:
                    self._step(record, after, given, event)

    def lines(self, on: date) -> list[Line]:
        """Return what falls due as it stands on a day."""
        found = [line for record in self.every for line in self._of(record, on)]
        order = ("overdue", "today", "soon", "later")
        return sorted(found, key=lambda line: (order.index(line.state), *line[1:]))

    # --- the machine -----------------------------------------------------------------------------------------

    def _made(self, register: str, given: Mapping[str, Any], day: date, matter: str) -> Record:
        count = sum(record.register == register for record in self.every) + 1
        record = Record(register, NUMBERS[register].format(count), STARTS[register], dict(given), touched=day)
        self.every.append(record)
        self.of.setdefault((matter, register), []).append(record)
        return record

    def _enter(self, record: Record, given: Mapping[str, Any], day: date, state: str = "") -> None:
        record.held.update(given)
        record.state = state or record.state
        record.touched = day

    def _step(self, record: Record, after: str, given: Mapping[str, Any], event: Event) -> None:
        if (record.register, after) == ("petition", "waiting_feedback"):
            record.held.pop("urged_at", None)
        if record.state in ("feedback",) and after == "as_lead":
            record.held.pop("closed_at", None)
        came_back = (record.register, after) != ("lead", "talk_inquiry") or record.state == "inquiry_report"
        came_back = came_back and ((record.register, after) != ("case", "executing") or record.state == "changed")
        for name in ANEW.get((record.register, after), ()) if came_back else ():
            record.held.pop(name, None)
        self._enter(record, given, event.day, after)
        # A case closes on the day of its decision.
        if record.register == "case" and record.held.get("decided_at") and record.held.get("outcome"):
            record.held.setdefault("closed_at", record.held["decided_at"])
        if after in APPEAL:
            for measure in self.of[event.matter, "measure"]:
                measure.held["changed"] = APPEAL[after]

    def _punish(self, event: Event) -> None:
        (case,) = self.of[event.matter, "case"]
        for old in self.of.get((event.matter, "measure"), []):
            old.held["changed"] = "代替"
        self.of[event.matter, "measure"] = []
        decided = event.values.get("decided_at") or case.held["decided_at"]
        for kind in str(event.values["kinds"]).split("、"):
            self._made("measure", {"kind": kind, "decided_at": decided}, event.day, event.matter)

    def _end(self, measure: Record) -> date:
        start = measure.day("decided_at")
        assert start is not None
        return months(start, PERIODS[measure.held["kind"]]) - DAY

    def _of(self, record: Record, on: date) -> Iterable[Line]:
        ended = record.state in ENDS.get(record.register, ())
        for clock in CLOCKS:
            if ended and not (clock.rule in BEYOND and record.state == "archived"):
                continue
            start = record.day(clock.start) if clock.register == record.register else None
            if start is None or any(record.held.get(name) for name in clock.until) or not clock.only(record):
                continue
            due = due_day(clock.rule, start) if clock.rule else start
            lead = SPANS[clock.rule][2] if clock.rule else 0
            due = record.extended.get(clock.what, due)
            yield self._line(record, clock, due, lead, on)
        if not ended and record.register in LAID_ASIDE and record.state not in LAID_ASIDE[record.register]:
            due = record.touched + SILENT * DAY
            if due <= on:
                yield Line("soon", due.isoformat(), left_until(on, due), record.register, record.no,
                           "长时间没有登记", "", "")  # fmt: skip

    def _line(self, record: Record, clock: Clock, due: date, lead: int, on: date) -> Line:
        left = left_until(on, due)
        warned = bool(clock.rule) and on >= working_days(last_worked(due), -lead)
        state = "overdue" if due < on else "today" if due == on else "soon" if left <= SOON or warned else "later"
        left = 0 if state == "today" else left
        return Line(state, due.isoformat(), left, record.register, record.no, clock.what, clock.rule, clock.action)

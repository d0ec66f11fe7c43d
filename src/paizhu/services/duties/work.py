"""What is done with a responsibility item: report a period, give a reason for a missing paper, urge, report on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from paizhu.base import values
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.rows import Change, Problem, Ref, Row
from paizhu.base.view import Condition, Test, View
from paizhu.documents.papers import duty as pdf_duty
from paizhu.documents.papers.duty import DutyLetter, Urged
from paizhu.documents.pdf.blocks import Paper, Stamp
from paizhu.registers.duty import DUTY
from paizhu.registers.duty_rows import DONE, URGING
from paizhu.rules.duty_progress import Period, Progress
from paizhu.services.desk import Desk
from paizhu.services.duties.tree import Duties
from paizhu.services.records import Records
from paizhu.storage import queries

REMINDER, URGE, REPORT = "duty_reminder", "duty_urging", "duty_report"
MOST_UNANSWERED = 3
"""After so many times without an answer a report goes to the commission (features R5)."""
REPLY_WITHIN = 5
"""Working days that are proposed for an answer; the officer sets them for each letter."""


@dataclass(frozen=True, slots=True)
class Urgings:
    """The times an item was urged, oldest first, and how many of the newest in a row went without an answer."""

    rows: tuple[Row, ...]
    unanswered: int

    @property
    def wants_report(self) -> bool:
        """Tell whether it is time to report to the commission."""
        return self.unanswered >= MOST_UNANSWERED


class DutyWork:
    """Writes through the records, so that every one of these is an act that can be undone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._records = Records(desk)
        self._duties = Duties(desk)

    def report(self, row: Row, period: str, completion: str, note: str) -> Change:
        """Store how far a period has come; an item only issued so far is then under way.

        Periods nobody wrote down yet are written with it, so that each has its own day from now on.
        """
        standing = self._duties.standing(row)
        if not any(each.name == period for each in standing.periods):
            raise InvalidRecordError([Problem("period", f"没有“{period}”这一期")])
        if not completion:
            raise InvalidRecordError([Problem("completion", "请先选完成度：未开展、部分完成、已完成", "required")])
        today = self._desk.today
        rows = [self._typed(each) for each in standing.periods]
        for typed in rows:
            if typed["period"] == period:
                done_on = typed["reported_at"] or today.isoformat()
                typed.update(completion=completion, note=note, reported_at=done_on if completion == DONE else "")
        typed = self._progress(row, standing, period, completion, note)
        flow = DUTY.flow
        assert flow is not None
        if flow.step(row.state, "doing") and row.state == "issued":
            typed.setdefault("progress", str(row.values.get("progress") or _words("completion", completion)))
            return self._records.advance(DUTY, row.id, "doing", typed, row.version, {"period": rows})
        return self._records.save(DUTY, typed, row.id, row.version, {"period": rows})

    def waive(self, row: Row, period: str, reason: str) -> Change:
        """Store why a period has no paper; without words it is refused."""
        if not reason.strip():
            raise InvalidRecordError([Problem("no_evidence", "请写明不附佐证的理由", "required")])
        standing = self._duties.standing(row)
        rows = [self._typed(each) for each in standing.periods]
        for typed in rows:
            if typed["period"] == period:
                typed["no_evidence"] = reason.strip()
        return self._records.save(DUTY, {}, row.id, row.version, {"period": rows})

    def urgings(self, row: Row) -> Urgings:
        """Return the times an item was urged."""
        found = sorted(self._records.rows(DUTY, row.id)["urging"], key=lambda each: str(each.values["urged_at"]))
        unanswered = 0
        for each in reversed(found):
            if each.values.get("reply"):
                break
            unanswered += 1
        return Urgings(tuple(found), unanswered)

    def reply_day(self) -> date:
        """Return the day proposed for an answer."""
        return self._desk.calendar.add_working_days(self._desk.today, REPLY_WITHIN)

    def whom(self, row: Row) -> str:
        """Return who is urged: the person in charge, else the department, else the bearer of the duty."""
        for name in ("owner", "duty_dept", "lead_dept", "subject"):
            if isinstance(ref := row.values.get(name), Ref) and ref.label:
                return ref.label
        return ""

    def urge(self, row: Row, way: str, whom: str, reply_due: str) -> Change:
        """Note that an item was urged today, by which way, whom, and by when an answer is due."""
        if not whom.strip():
            raise InvalidRecordError([Problem("whom", "请写明督促谁", "required")])
        typed = {"urged_at": self._desk.today, "way": way, "whom": whom.strip(), "reply_due": reply_due}
        return self._records.save(DUTY, {}, row.id, row.version, {"urging": [*self._urged(row), typed]})

    def answer(self, row: Row, urging: int, reply: str) -> Change:
        """Note what was answered; without words it is refused."""
        if not reply.strip():
            raise InvalidRecordError([Problem("reply", "请写明答复情况", "required")])
        rows = self._urged(row)
        for typed in rows:
            if typed["id"] == urging:
                typed["reply"] = reply.strip()
        return self._records.save(DUTY, {}, row.id, row.version, {"urging": rows})

    def _urged(self, row: Row) -> list[dict[str, Any]]:
        return [{**each.values, "id": each.id} for each in self._records.rows(DUTY, row.id)["urging"]]

    def _progress(self, row: Row, standing: Progress, period: str, completion: str, note: str) -> dict[str, str]:
        """Return what 落实情况 says now: the newest period's words, unless the officer wrote something of his own."""
        own = str(row.values.get("progress") or "")
        if own and not any(own.startswith(f"{each.name}：") for each in standing.periods):
            return {}
        return {"progress": f"{period}：{note.strip() or _words('completion', completion)}"}

    def _typed(self, period: Period) -> dict[str, Any]:
        typed: dict[str, Any] = {
            "period": period.name,
            "due": period.due.isoformat() if period.due else "",
            "completion": period.completion,
            "note": period.note,
            "reported_at": period.reported_at.isoformat() if period.reported_at else "",
            "material": period.material,
            "no_evidence": period.reason,
        }
        return {"id": period.row, **typed} if period.row else typed


def _words(name: str, code: str) -> str:
    return values.choice_words(DUTY.child("period").field(name), code)


def letter_of(desk: Desk, row: Row) -> DutyLetter:
    """Return what a letter about an item says as things stand."""
    work, duties = DutyWork(desk), Duties(desk)
    standing, urgings = duties.standing(row), work.urgings(row)
    current = standing.current
    newest = urgings.rows[-1] if urgings.rows else None
    due = standing.due or _day(row.values.get("due_date"))
    return DutyLetter(
        body=str(desk.setting("group")),
        whom=_urged(newest) or work.whom(row),
        content=str(row.values.get("content") or ""),
        today=desk.today,
        due=due,
        period=f"（{current.name}）" if current and standing.total > 1 else "",
        standard=str(row.values.get("standard") or ""),
        basis=str(row.values.get("basis") or ""),
        done=standing.done,
        total=standing.total,
        late=standing.due is not None and standing.due < desk.today,
        lacking=tuple(each.material or each.name for each in standing.lacking) if standing.total > 1 else (),
        reply_due=_day(newest.values.get("reply_due")) if newest else None,
        urged=tuple(_told(each) for each in urgings.rows),
        commission=_commission(desk),
    )


def paper_of(code: str, desk: Desk, row: Row, stamp: Stamp) -> Paper:
    """Return one of the three papers of an item; NotAllowedError for a report where nobody was urged yet."""
    letter = letter_of(desk, row)
    if code == REPORT and not letter.urged:
        raise NotAllowedError(
            "这项责任还没有督促过，没有可报告的", "没有生成文书", "先发提醒函或催办单，登记督促以后再报告"
        )
    if code == REPORT:
        return pdf_duty.unanswered_report(letter, stamp)
    # The letter goes out: what marks papers of the desk does not belong on it.
    return pdf_duty.reminder(letter, replace(stamp, marking="", watermark=False), urging=code == URGE)


def _told(row: Row) -> Urged:
    day = _day(row.values.get("urged_at"))
    assert day is not None
    return Urged(
        day,
        values.show(URGING.field("way"), row.values.get("way")),
        _day(row.values.get("reply_due")),
        str(row.values.get("reply") or ""),
    )


def _urged(row: Row | None) -> str:
    ref = row.values.get("whom") if row else None
    return ref.label if isinstance(ref, Ref) else ""


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _commission(desk: Desk) -> str:
    """Return the name of the dispatching commission as the roster has it; empty when it stands nowhere."""
    with desk.vault.read() as connection:
        found: Sequence[Row] = queries.window(
            connection, View("unit", (Condition("kind", Test.IS, "commission"),)), 0, 1
        )
    return str(found[0].values["name"]) if found else ""

"""Granting an extension: written with its approval where the register keeps such rows; `extended` reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from paizhu.base import values
from paizhu.base.errors import InvalidRecordError, NotAllowedError, StaleRecordError
from paizhu.base.field import Field, FieldKind
from paizhu.base.reading import ReadingError
from paizhu.base.register import Register
from paizhu.base.rows import Change, Problem, Ref, Row, Value
from paizhu.services.deadlines.extended import allows, day_field, rows_of
from paizhu.services.linking import Roster
from paizhu.storage import queries
from paizhu.storage.tables import table

if TYPE_CHECKING:
    from paizhu.services.deadlines.task import Task
    from paizhu.services.deadlines.today import Today
    from paizhu.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved an extension, by which paper, and when; without a day, today."""

    approver: str
    document: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class RunningClock:
    """One clock of a record, named by its matter or the code of its rule, with the day it ended on when it was seen."""

    register: Register
    record_id: int
    matter: str
    due: date


class Extensions:
    """Writes an extension where its register keeps them."""

    def __init__(self, desk: "Desk", today: "Today") -> None:
        self._desk = desk
        self._today = today

    def grant(self, clock: RunningClock, reason: str, new: date, approval: Approval) -> Change:
        """Extend one running clock of a record.

        Refused without reason, approver and paper, where the rule allows no extension, and when the clock does not
        end on the day any more on which it was seen to end.
        """
        register, old = clock.register, clock.due
        approver, document = approval.approver.strip(), approval.document.strip()
        self._wanted(reason, approver, document)
        row, running = self._running(register, clock.record_id, clock.matter)
        if running.due != old:
            raise StaleRecordError(
                f"“{running.what}”现在到 {running.due.isoformat()}，不是 {old.isoformat()}",
                "没有改动",
                "重新打开后再办延期",
            )
        if new <= old:
            raise InvalidRecordError([Problem("new_due", "延至的日期应晚于原期限", "check")])
        self._allowed(running)
        day = approval.on or self._desk.today
        words = f"{reason.strip()}，{document}"
        label = f"延期 {register.label} {row.no}：{running.what} {old.isoformat()} 延至 {new.isoformat()}"
        child = rows_of(register)
        if child is None:
            return self._typed(register, row, running, new, label, {"reason": words, "approver": approver})
        made: dict[str, Value] = {
            "matter": running.what,
            "reason": words,
            "old_due": old,
            "new_due": new,
            "approver": Ref(approver),
            "approved_at": day,
        }
        known = {name: value for name, value in made.items() if child.has(name)}
        with self._desk.vault.act("extend", label) as act:
            act.add_row(register, row.id, child.key, Roster(self._desk.vault).linked(child, known))
            if place := day_field(register, running.what):
                act.change(register, row.id, None, {place: new})
        return act.result()

    def grant_typed(self, clock: RunningClock, typed: Mapping[str, str]) -> Change:
        """Extend a clock with words as typed: reason, new_due, approver, document, approved_at (empty for today)."""
        days: dict[str, date | None] = {}
        problems = []
        for name, label in (("new_due", "延至"), ("approved_at", "批准日期")):
            field = Field(name=name, label=label, kind=FieldKind.DAY)
            try:
                found = values.parse(field, typed.get(name, "").strip(), self._desk.reading)
            except ReadingError as error:
                problems.append(Problem(name, error.message, error.code))
                continue
            days[name] = found if isinstance(found, date) else None
        if not problems and days["new_due"] is None:
            problems.append(Problem("new_due", "请填写“延至”的日期", "required"))
        if problems:
            raise InvalidRecordError(problems)
        new = days["new_due"]
        assert new is not None
        approval = Approval(typed.get("approver", ""), typed.get("document", ""), days["approved_at"])
        return self.grant(clock, typed.get("reason", ""), new, approval)

    # --- the machine -------------------------------------------------------------------------------------------

    @staticmethod
    def _wanted(reason: str, approver: str, document: str) -> None:
        lacking = [
            Problem(name, f"请填写“{label}”", "required")
            for name, label, value in (
                ("reason", "延期理由", reason), ("approver", "批准人", approver), ("document", "批准文号", document),
            )
            if not value.strip()
        ]  # fmt: skip
        if lacking:
            raise InvalidRecordError(lacking)

    def _running(self, register: Register, record_id: int, matter: str) -> tuple[Row, "Task"]:
        with self._desk.vault.read() as connection:
            row = queries.one(connection, table(register), record_id)
        tasks = self._today.of_record(register, row)
        found = [task for task in tasks if matter in (task.what, task.rule)]
        if not found:
            known = "、".join(task.what for task in tasks) or "没有在走的期限"
            raise NotAllowedError(f"“{matter}”现在没有在走的期限", "没有改动", f"这条记录现在：{known}")
        return row, found[0]

    def _allowed(self, running: "Task") -> None:
        rule = self._desk.limits.get(running.rule) if running.rule else None
        if rule is not None and not allows(rule):
            words = rule.extension or "没有写明可以延期"
            raise NotAllowedError(
                f"“{rule.name}”{words}（{rule.source}）",
                "期限没有改动",
                "确有上级规定的，先在期限表里写明延期规定和文号",
            )

    def _typed(
        self, register: Register, row: Row, running: "Task", new: date, label: str, about: Mapping[str, Any]
    ) -> Change:
        """Write the new day into the field that stands for it, where a register has no rows for extensions."""
        typed = (limit.start for limit in register.limits if not limit.rule and limit.what == running.what)
        field = day_field(register, running.what) or next(typed, "")
        if not field or register.field(field).computed:
            raise NotAllowedError(
                f"“{register.label}”没有地方登记“{running.what}”的延期", "没有改动", "把批准情况写进备注"
            )
        with self._desk.vault.act("extend", label, **about) as act:
            act.change(register, row.id, row.version, {field: new})
        return act.result()

"""Putting a task off until a day, with a reason: it leaves the page of the day and comes back by itself.

A clock is never stopped by this: statistics, lists and papers count on, only the page of the day is quiet. A task whose
due day changed since is another task and comes back at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Change, Problem
from paizhu.services.deadlines.backlog import WHAT

if TYPE_CHECKING:
    from paizhu.services.deadlines.task import Task
    from paizhu.services.desk import Desk

KIND = "snooze"


@dataclass(frozen=True, slots=True)
class PutOff:
    """A task that is quiet until a day, and why."""

    task: Task
    until: date
    reason: str


class Snooze:
    """Keeps what was put off in the vault, by register, record and what is due."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def latest(self, task: Task) -> date | None:
        """Return the last day a task may be put off to; None where the officer is free.

        A clock of the time-limit table is never quiet past its due day, and when that is over, for one working day.
        """
        if not task.rule:
            return None
        return max(task.due, self._desk.calendar.add_working_days(self._desk.today, 1))

    def words(self, task: Task) -> str:
        """Return what the officer must know before putting it off."""
        last = self.latest(task)
        if last is None:
            return "到那一天会自动回到清单；期限照常计算。"
        why = "法定期限已超期" if task.overdue else "法定期限"
        day = "下一个工作日" if last > task.due else "到期日"
        return f"{why}，最多推迟到{day} {last.isoformat()}；期限照常计算。"

    def put_off(self, task: Task, until: date, reason: str) -> Change:
        """Keep a task quiet until a day; refused without a reason, into the past, and past what its clock allows.

        The line of a backlog is put off as a whole; it comes back when something is added to it.
        """
        problems = []
        if not reason.strip():
            problems.append(Problem("reason", "请写明推迟的理由", "required"))
        if until <= self._desk.today:
            problems.append(Problem("until", "推迟到的日期应在今天之后", "check"))
        last = self.latest(task)
        if last and until > last:
            problems.append(Problem("until", self.words(task), "check"))
        if problems:
            raise InvalidRecordError(problems)
        facts = {"until": until.isoformat(), "reason": reason.strip(), "due": task.due.isoformat(), "count": task.count}
        label = f"推迟 {task.what} {task.no} 到 {until.isoformat()}".replace("  ", " ")
        return self._keep(task, json.dumps(facts, ensure_ascii=False), label)

    def take_back(self, task: Task) -> Change:
        """Let a task stand in the list again before its day."""
        return self._keep(task, None, f"取消推迟 {task.what} {task.no}".rstrip())

    def _keep(self, task: Task, body: str | None, label: str) -> Change:
        with self._vault.act(KIND, label, register=task.register, record=task.id) as act:
            act.keep(KIND, _name(task), body, (task.register, task.id))
        return act.result()

    def parted(self, tasks: Sequence[Task], on: date | None = None) -> tuple[list[Task], list[PutOff]]:
        """Return the tasks to be shown, and those that are quiet on that day."""
        today = on or self._desk.today
        kept = self._vault.kept_bodies(KIND)
        shown: list[Task] = []
        quiet: list[PutOff] = []
        for task in tasks:
            found = _read(task, kept.get(_name(task)))
            last = self.latest(task) if found else None
            if found is None or found.until <= today or (last and found.until > last):
                shown.append(task)
            else:
                quiet.append(found)
        return shown, quiet


def _name(task: Task) -> str:
    """Return the name under which a task is put off; the line of a backlog opens another record as it gets shorter."""
    if task.old:
        return f"{task.register}/{WHAT}/{task.state}"
    return f"{task.register}/{task.id}/{task.row}/{task.what}"


def _read(task: Task, body: str | None) -> PutOff | None:
    if body is None:
        return None
    facts = json.loads(body)
    # The line of a backlog opens another record, with another day, as it gets shorter; only a longer one is news.
    another = task.count > int(facts.get("count", 1)) if task.old else facts["due"] != task.due.isoformat()
    return None if another else PutOff(task, date.fromisoformat(facts["until"]), facts["reason"])

"""Putting a task off until a day, with a reason: it leaves the page of the day and comes back by itself.

A clock is never stopped by this: statistics, lists and papers count on, only the page of the day is quiet. A task whose
due day changed since is another task and comes back at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.rows import Problem

if TYPE_CHECKING:
    from paizhu.services.desk import Desk
    from paizhu.services.today import Task

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
        why = "法定期限已超期" if task.state == "overdue" else "法定期限"
        day = "下一个工作日" if last > task.due else "到期日"
        return f"{why}，最多推迟到{day} {last.isoformat()}；期限照常计算。"

    def put_off(self, task: Task, until: date, reason: str) -> None:
        """Keep a task quiet until a day; refused without a reason, into the past, and past what its clock allows."""
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
        if task.count > 1:
            raise NotAllowedError("这一行合并了多件历史补录", "没有改动", "打开后逐件办理")
        facts = {"until": until.isoformat(), "reason": reason.strip(), "due": task.due.isoformat()}
        label = f"推迟 {task.what} {task.no} 到 {until.isoformat()}".replace("  ", " ")
        # Nothing of the record is changed: the entry is kept, and there is nothing in it for undo to turn back.
        about: dict[str, Any] = {"register": task.register, "record": task.id, **facts}
        with self._vault.act(KIND, label, always=True, undoes=None, **about):
            pass
        self._vault.keep(KIND, _name(task), json.dumps(facts, ensure_ascii=False))

    def take_back(self, task: Task) -> None:
        """Let a task stand in the list again before its day."""
        if self._vault.kept(KIND, _name(task)) is None:
            return
        label = f"取消推迟 {task.what} {task.no}".rstrip()
        with self._vault.act(KIND, label, always=True, register=task.register, record=task.id):
            pass
        self._vault.keep(KIND, _name(task), None)

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
    return f"{task.register}/{task.id}/{task.row}/{task.what}"


def _read(task: Task, body: str | None) -> PutOff | None:
    if body is None:
        return None
    facts = json.loads(body)
    if facts["due"] != task.due.isoformat():
        return None
    return PutOff(task, date.fromisoformat(facts["until"]), facts["reason"])

"""停滞提醒: petitions, leads and cases in which nothing was entered for many days, whatever their clocks say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from paizhu.base.dates import short_day
from paizhu.base.flow import Shape
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.registers.case import CASE
from paizhu.registers.lead import LEAD
from paizhu.registers.petition import PETITION
from paizhu.rules.limits import Standing
from paizhu.services.deadlines.task import Task, open_title
from paizhu.services.desk import Desk
from paizhu.storage import clocks
from paizhu.storage.tables import table

WATCHED = (PETITION, LEAD, CASE)
WHAT = "长时间没有登记"
SETTING = "quiet_days"


def tasks(desk: Desk, on: date, of: Sequence[Register] = WATCHED) -> Iterator[Task]:
    """Yield one task for each open record of these registers without an entry for the days of the setting; 0: none.

    A matter laid aside by decision is meant to be quiet and is left out.
    """
    days = int(desk.setting(SETTING))
    if days <= 0:
        return
    for register in (each for each in WATCHED if each in of):
        flow = register.flow
        assert flow is not None
        states = [state.code for state in flow.states if not state.end and state.shape is not Shape.PAUSED]
        found = table(register)
        with desk.vault.read() as connection:
            ids = clocks.open_ids(connection, found, states)
            entered = clocks.last_entries(connection, found, ids)
            silent = {
                each: (date.fromisoformat(at[:10]), untouched)
                for each, (at, untouched) in entered.items()
                if date.fromisoformat(at[:10]) + timedelta(days=days) <= on
            }
            rows = clocks.by_id(connection, found, list(silent))
        for record_id, (last, untouched) in silent.items():
            yield _task(desk, register, rows[record_id], last, untouched, on)


def _task(desk: Desk, register: Register, row: Row, last: date, untouched: bool, on: date) -> Task:
    flow = register.flow
    assert flow is not None
    days = int(desk.setting(SETTING))
    due = last + timedelta(days=days)
    words = f"{(on - last).days} 天没有登记"
    standing = Standing("soon", due, desk.calendar.working_days_between(on, due), words, words)
    onward = next(iter(flow.steps_from(row.state or flow.start)), None)
    return Task(
        register.key,
        row.id,
        row.no,
        open_title(register, row),
        WHAT,
        due,
        standing,
        onward.after if onward else "",
        explanation=f"最近一次登记是 {short_day(last, on)}，现在是“{flow.state(row.state or flow.start).label}”，"
        f"满 {days} 天没有新内容就提醒（天数在设置里改）",
        # A whole ledger brought in at once falls silent at once too: one line for it.
        old=untouched and bool(row.source),
    )

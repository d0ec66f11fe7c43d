"""What every hand-over has in common: its services, the rules of the step it takes, what the new record inherits.

Every hand-over is one act: the new records, the links both ways and the step of the course stand or fall together,
and 撤销 takes all of it back. The rules of the step hold as if it had been taken in the form.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from paizhu import registers
from paizhu.base.errors import StepRefusedError
from paizhu.base.flow import Step
from paizhu.base.register import Register
from paizhu.base.rows import Change, Ref, Row
from paizhu.services.desk import Desk
from paizhu.services.making import Making
from paizhu.services.records import Records
from paizhu.storage.journal import Act

NOT_YET = Ref("（即将登记）")
"""Stands for the record about to be made while the rules of a step are asked."""
OWN = ("unit_id", "handler", "co_handler", "secrecy_notice")
"""What a new record takes over from the one it comes from, whatever they are."""


class Handing:
    """The services of one vault that hand-overs work with."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._records = Records(desk)
        self._making = Making(desk)

    def _step(self, register: Register, row: Row, after: str, typed: Mapping[str, Any]) -> Step:
        """Return the step that leads there, once nothing of its needs and guards stands against it."""
        flow = register.flow
        step = flow.step(row.state, after) if flow else None
        if flow is None or step is None:
            here = flow.state(row.state).label if flow and row.state else "未开始"
            ways = "、".join(each.label for each in flow.steps_from(row.state)) if flow else ""
            then = f"现在可以：{ways}" if ways else "这一条已经办到头，没有下一步"
            raise StepRefusedError(f"{row.no} 现在是“{here}”，不能这样转办", then=then)
        self._records.demand(register, row, step, typed)
        return step


def hands(row: Row) -> tuple[str, ...]:
    """Return what a record can be handed on as where it stands now."""
    flow = registers.register(row.register).flow
    return flow.state(row.state or flow.start).hands if flow and not row.voided else ()


def plain(ref: Ref) -> dict[str, Any]:
    """Return a reference as it is typed."""
    return {"label": ref.label, "register": ref.register, "id": ref.id}


def first(act: Act, made: Ref) -> Change:
    """Return the change with the record to be shown first."""
    result = act.result()
    return replace(result, records=((made.register, int(made.id or 0)), *result.records))

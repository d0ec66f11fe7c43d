"""Which register has a form laid out by hand; those without show their sections in declared order."""

from __future__ import annotations

from collections.abc import Callable

from paizhu.base.register import Register
from paizhu.ui.context import Context
from paizhu.ui.register.editor import FormEditors
from paizhu.ui.register.form import Form
from paizhu.ui.register.form_plan import FormPlan
from paizhu.ui.register.talk_form import TALK_PLAN

_PLANS = {"integrity_talk": TALK_PLAN}


def plan_of(register: str) -> FormPlan | None:
    """Return the plan of a register's form; None for most."""
    return _PLANS.get(register)


def form_of(context: Context, register: Register, make: FormEditors, field_asked: Callable[[str], object]) -> Form:
    """Return the form of a register; a part of its own tells which field it asks for."""
    plan = plan_of(register.key)
    if plan is None:
        return Form(register, make)
    rows = {key: made(context, register.child(key)) for key, made in plan.ticks.items()}
    parts = {name: made(context) for name, made in plan.parts.items()}
    for part in parts.values():
        part.field_asked.connect(field_asked)
    return Form(register, make, plan, rows, parts)

"""Which register has a form laid out by hand; those without show their sections in declared order."""

from __future__ import annotations

from paizhu.ui.register.form_plan import FormPlan
from paizhu.ui.register.talk_form import TALK_PLAN

_PLANS = {"integrity_talk": TALK_PLAN}


def plan_of(register: str) -> FormPlan | None:
    """Return the plan of a register's form; None for most."""
    return _PLANS.get(register)

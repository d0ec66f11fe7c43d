"""四种形态 of a lead when it is filed: proposed from its result, with the counting rule, and decided by hand."""

from dataclasses import dataclass

from paizhu import registers
from paizhu.base import values
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.registers.measure_kinds import GONE
from paizhu.rules.forms_of_four import FORMS, credited
from paizhu.services.desk import Desk
from paizhu.services.matters.handing_on import Offer
from paizhu.storage import queries
from paizhu.storage.tables import table

FORM, KEY = "form", "form"
RULE = (
    "计数规则：以问题线索为起点，以处理结果为统计依据，不重不漏；一人一事有几项措施的，取最重的一种；"
    "没有线索的谈话不计（监督执纪“四种形态”统计指标体系）。提出的只是建议，可以改。"
)
_MEASURE = registers.register("measure")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The form a lead's result counts as, and why."""

    code: str
    label: str
    why: str


def proposed(desk: Desk, row: Row) -> Proposal:
    """Return the form of a lead by its heaviest measure, by the answer believed, else as not counted."""
    from paizhu.services.forms.figures import Figures

    form_of = Figures(desk).catalogue.form_of
    register = registers.register(row.register)
    taken = row.values.get("measures")
    kinds = [str(kind) for kind in taken] if isinstance(taken, tuple) else []
    with desk.vault.read() as connection:
        for kind, measure_id, name in queries.pointing_to(connection, row.register, row.id):
            if (kind, name) == (_MEASURE.key, "lead_ref"):
                measure = queries.one(connection, table(_MEASURE), measure_id)
                if not measure.voided and measure.values.get("changed") not in GONE:
                    kinds.append(str(measure.values.get("kind") or ""))
    found = sorted((form, kind) for kind in kinds if (form := form_of.get(kind, "")) in FORMS)
    if found:
        code, kind = found[-1]
        shown = values.show(_MEASURE.field("kind"), kind)
        return _said(register, code, f"措施“{shown}”")
    if credited(row.values):
        return _said(register, FORMS[0], "谈话函询了结")
    return _said(register, "none", "没有处理措施")


def offers(desk: Desk, register: Register, row: Row) -> list[Offer]:
    """Return the offer to fill in the form, once a step on asks for it and it is empty."""
    flow = register.flow
    if row.voided or flow is None or not register.has(FORM) or row.values.get(FORM):
        return []
    if not any(FORM in step.needs for step in flow.steps_from(row.state or flow.start)):
        return []
    found = proposed(desk, row)
    label = register.field(FORM).label
    return [Offer(KEY, f"填入形态：{found.label}", ((f"{label}，依据：{found.why}", found.label),))]


def _said(register: Register, code: str, why: str) -> Proposal:
    choice = register.field(FORM).choice(code)
    return Proposal(code, choice.label if choice else code, why)

"""What a record held before a step began part of it anew: an earlier letter, an earlier check, an earlier proposal.

The rows are written by the program, so that nothing typed is lost when a course goes back (``domain.md`` 0.4, 12).
"""

from datetime import date

from paizhu.base.field import Sens
from paizhu.base.register import Register, Section
from paizhu.registers.record import Child, Mapped, fields_of, line, moment, text


class EarlierRound:
    """Columns of such a row: the step that closed the round, when it was taken, and what stood there, in words."""

    when: Mapped[date | None] = moment("结转时间", computed=True, sens=Sens.P3)
    step: Mapped[str | None] = line("结转环节", computed=True, sens=Sens.P3)
    held: Mapped[str | None] = text("原来填写的内容", computed=True, sens=Sens.P3)


class LeadEarlier(EarlierRound, Child):
    """An earlier round of a lead: proposal, inquiry or check."""

    __tablename__ = "lead_earlier"


class CaseEarlier(EarlierRound, Child):
    """An earlier round of a case: investigation report and trial, or an appeal."""

    __tablename__ = "case_earlier"


class PetitionEarlier(EarlierRound, Child):
    """An earlier round of a petition: urging, or the first result; it may tell how the informant was answered."""

    __tablename__ = "petition_earlier"

    held: Mapped[str | None] = text("原来填写的内容", computed=True, sens=Sens.P4)


def _kind(key: str, model: type[Child]) -> Register:
    fields = {field.name: field for field in fields_of(model)}
    return Register(
        key=key,
        label="往次办理",
        model=model,
        fields=tuple(fields.values()),
        sections=(Section("往次办理", ("when", "step", "held")),),
        columns=tuple(name for name in ("when", "step", "held") if fields[name].sens < Sens.P4),
        identity=("when", "step"),
        title=("step",),
        main_date="when",
    )


LEAD_EARLIER = _kind("lead_earlier", LeadEarlier)
CASE_EARLIER = _kind("case_earlier", CaseEarlier)
PETITION_EARLIER = _kind("petition_earlier", PetitionEarlier)


def kind_of(register: Register) -> Register | None:
    """Return the kind of rows in which a register keeps earlier rounds; None where it keeps none."""
    return next((child for child in register.rows if child.has("held") and child.has("step")), None)

"""Extensions of the limits of a matter: the same rows under a lead and under a case."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.record import Child, Mapped, Ref, Sens, day, fields_of, line, person, text

P3 = Sens.P3


class MatterExtension(Child):
    """One granted extension; the old date stays for the statistics."""

    __abstract__ = True

    matter: Mapped[str] = line("延期事项", sens=P3, aliases=("事项",))
    reason: Mapped[str | None] = text("延期理由", sens=P3, aliases=("理由",))
    old_due: Mapped[date | None] = day("原期限", planned=True, sens=P3)
    new_due: Mapped[date] = day("延至", planned=True, sens=P3, aliases=("延期至",))
    approver: Mapped[Ref | None] = person("延期批准人", sens=P3, aliases=("批准人",))
    approved_at: Mapped[date | None] = day("延期批准日期", sens=P3, aliases=("批准日期",))


class LeadExtension(MatterExtension):
    """An extension under a lead (监督执纪工作规则: 初步核实 and the answer to an inquiry)."""

    __tablename__ = "lead_extension"


class CaseExtension(MatterExtension):
    """An extension under a case (监督执纪工作规则: 审查调查)."""

    __tablename__ = "case_extension"


def _register(key: str, label: str, model: type[MatterExtension]) -> Register:
    return Register(
        key=key,
        label=label,
        model=model,
        fields=fields_of(model),
        sections=(Section("延期", ("matter", "reason", "old_due", "new_due", "approver", "approved_at")),),
        columns=("matter", "old_due", "new_due", "approver"),
        identity=("matter", "new_due"),
        title=("matter", "new_due"),
        main_date="new_due",
    )


LEAD_EXTENSION = _register("lead_extension", "线索延期", LeadExtension)
CASE_EXTENSION = _register("extension", "案件延期", CaseExtension)

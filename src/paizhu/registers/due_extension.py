"""Extensions of a due date: the same rows under a duty, under a finding and under a letter."""

from datetime import date

from paizhu.base.asked import empty
from paizhu.base.flow import Facts, Guard
from paizhu.base.register import Register, Section
from paizhu.base.rows import Problem
from paizhu.registers.record import Child, Mapped, Ref, day, fields_of, line, person


class DueExtension(Child):
    """One approved extension; the old date stays readable and counts in the statistics."""

    __abstract__ = True

    reason: Mapped[str] = line("延期原因", aliases=("原因", "理由"))
    old_due: Mapped[date | None] = day(
        "原期限", planned=True, wanted=True, aliases=("原时限", "原定时限", "原整改期限", "原回复期限")
    )
    new_due: Mapped[date | None] = day(
        "延至", planned=True, after=("old_due",), wanted=True, aliases=("新期限", "新时限", "延期至")
    )
    approver: Mapped[Ref | None] = person("批准人", wanted=True, aliases=("审批人",))
    approved_at: Mapped[date | None] = day("批准日期", wanted=True, aliases=("审批日期",))


class DutyExtension(DueExtension):
    """An extension of the time a duty has."""

    __tablename__ = "duty_extension"


class FindingExtension(DueExtension):
    """An extension of a rectification."""

    __tablename__ = "finding_extension"


class ProposalExtension(DueExtension):
    """An extension of the reply to a letter."""

    __tablename__ = "proposal_extension"


def _register(key: str, label: str, model: type[DueExtension]) -> Register:
    return Register(
        key=key,
        label=label,
        model=model,
        fields=fields_of(model),
        sections=(Section("延期", ("reason", "old_due", "new_due", "approver", "approved_at")),),
        columns=("old_due", "new_due", "reason", "approver", "approved_at"),
        identity=("new_due",),
        title=("new_due", "reason"),
        main_date="approved_at",
    )


def granted_in_full(kind: Register) -> Guard:
    """Return the guard that an extension says from when to when, by whom and when it was approved (domain 3)."""

    def guard(facts: Facts) -> Problem | None:
        for row in facts.rows.get(kind.key, ()):
            lacks = [field.label for field in kind.fields if field.wanted and empty(row.get(field.name))]
            if lacks:
                return Problem(kind.key, f"{kind.label}（{row.get('reason')}）还没有写{'、'.join(lacks)}", "guard")
        return None

    return guard


DUTY_EXTENSION = _register("duty_extension", "延期", DutyExtension)
FINDING_EXTENSION = _register("finding_extension", "整改延期", FindingExtension)
PROPOSAL_EXTENSION = _register("proposal_extension", "回复延期", ProposalExtension)

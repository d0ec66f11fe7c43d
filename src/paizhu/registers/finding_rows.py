"""Rows under a finding: how the rectification goes on, and extensions that were granted."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.record import Child, Mapped, Ref, day, fields_of, line, person, text


class FindingProgress(Child):
    """One report on how far the rectification has come, with what proves it."""

    __tablename__ = "finding_progress"

    on: Mapped[date] = day("进展日期", aliases=("日期", "时间", "填报日期"))
    words: Mapped[str | None] = text("进展情况", wanted=True, searchable=True, aliases=("进展", "整改进展"))
    proof: Mapped[str | None] = line("佐证", aliases=("佐证材料", "印证材料"))


class FindingExtension(Child):
    """One granted extension of the rectification; the old date stays for the statistics."""

    __tablename__ = "finding_extension"

    reason: Mapped[str] = line("延期原因", aliases=("原因", "理由"))
    old_due: Mapped[date | None] = day("原期限", planned=True, wanted=True, aliases=("原整改期限",))
    new_due: Mapped[date | None] = day(
        "延至", planned=True, after=("old_due",), wanted=True, aliases=("新期限", "延期至")
    )
    approver: Mapped[Ref | None] = person("批准人", wanted=True, aliases=("审批人",))
    approved_at: Mapped[date | None] = day("批准日期", wanted=True, aliases=("审批日期",))


PROGRESS = Register(
    key="progress",
    label="进展记录",
    model=FindingProgress,
    fields=fields_of(FindingProgress),
    sections=(Section("进展", ("on", "words", "proof")),),
    columns=("on", "words", "proof"),
    identity=("on", "words"),
    title=("on", "words"),
    main_date="on",
)
FINDING_EXTENSION = Register(
    key="finding_extension",
    label="整改延期",
    model=FindingExtension,
    fields=fields_of(FindingExtension),
    sections=(Section("延期", ("reason", "old_due", "new_due", "approver", "approved_at")),),
    columns=("old_due", "new_due", "reason", "approver", "approved_at"),
    identity=("new_due",),
    title=("new_due", "reason"),
    main_date="approved_at",
)

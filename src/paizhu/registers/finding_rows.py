"""Rows under a finding: how the rectification goes on."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.record import Child, Mapped, day, fields_of, line, text


class FindingProgress(Child):
    """One report on how far the rectification has come, with what proves it."""

    __tablename__ = "finding_progress"

    on: Mapped[date] = day("进展日期", aliases=("日期", "时间", "填报日期"))
    words: Mapped[str | None] = text("进展情况", wanted=True, searchable=True, aliases=("进展", "整改进展"))
    proof: Mapped[str | None] = line("佐证", aliases=("佐证材料", "印证材料"))


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

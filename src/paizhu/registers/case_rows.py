"""Rows under a case: the measures used while investigating."""

from datetime import date

from paizhu.base.field import Choice
from paizhu.base.register import Register, Section
from paizhu.registers.record import Child, Mapped, Sens, choice, day, fields_of, line, text

P3 = Sens.P3
INVESTIGATIVE_MEASURES = (
    Choice("talk", "谈话"),
    Choice("question", "询问"),
    Choice("interrogate", "讯问"),
    Choice("obtain", "调取", ("调取证据",)),
    Choice("inquire", "查询", ("查询财产",)),
    Choice("freeze", "冻结"),
    Choice("seal", "查封"),
    Choice("seize", "扣押"),
    Choice("inspect", "勘验检查", ("勘验",)),
    Choice("appraise", "鉴定"),
    Choice("search", "搜查"),
    Choice("detain", "留置"),
    Choice("other", "其他"),
)


class MeasureUsed(Child):
    """One measure of the investigation with its approval; which ones a group may use depends on authorisation."""

    __tablename__ = "case_measure_used"

    kind: Mapped[str] = choice("措施", INVESTIGATIVE_MEASURES, sens=P3, aliases=("措施种类", "名称"))
    approval_no: Mapped[str | None] = line("审批文号", sens=P3, aliases=("批准文号",))
    taken_at: Mapped[date | None] = day("采取日期", sens=P3, aliases=("日期",))
    about: Mapped[str | None] = text("对象和内容", sens=P3, aliases=("对象",))


MEASURES_USED = Register(
    key="measures_used",
    label="采取措施",
    model=MeasureUsed,
    fields=fields_of(MeasureUsed),
    sections=(Section("措施", ("kind", "approval_no", "taken_at", "about")),),
    columns=("kind", "approval_no", "taken_at", "about"),
    identity=("kind", "approval_no", "taken_at"),
    title=("kind", "approval_no"),
    main_date="taken_at",
)

"""Rows under a lead: what each member said, through whose hands it went, and which limits were extended."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.record import Child, Mapped, Ref, Sens, day, fields_of, line, moment, person, text

P3 = Sens.P3


class PanelView(Child):
    """What one member said when the lead was studied; members speak one by one."""

    __tablename__ = "lead_panel_view"

    who: Mapped[Ref] = person("参会人", sens=P3, aliases=("参加人员", "姓名"))
    post: Mapped[str | None] = line("职务", sens=P3)
    view: Mapped[str | None] = text("本人意见", sens=P3, aliases=("意见",))


class Hand(Child):
    """One hand the lead went through (监督执纪工作规则 第二十三条); written by the program at each step."""

    __tablename__ = "lead_hand"

    who: Mapped[Ref | None] = person("经手人", computed=True, sens=P3)
    when: Mapped[date | None] = moment("经手时间", computed=True, sens=P3)
    step: Mapped[str | None] = line("环节", computed=True, sens=P3)
    opinion: Mapped[str | None] = text("经手意见", computed=True, sens=P3)


class LeadExtension(Child):
    """One granted extension; the old date stays for the statistics."""

    __tablename__ = "lead_extension"

    matter: Mapped[str] = line("延期事项", sens=P3, aliases=("事项",))
    reason: Mapped[str | None] = text("延期理由", sens=P3, aliases=("理由",))
    old_due: Mapped[date | None] = day("原期限", sens=P3)
    new_due: Mapped[date] = day("延至", sens=P3, aliases=("延期至",))
    approver: Mapped[Ref | None] = person("延期批准人", sens=P3, aliases=("批准人",))
    approved_at: Mapped[date | None] = day("延期批准日期", sens=P3, aliases=("批准日期",))


PANEL_VIEW = Register(
    key="panel_view",
    label="集体研究意见",
    model=PanelView,
    fields=fields_of(PanelView),
    sections=(Section("集体研究意见", ("who", "post", "view")),),
    columns=("who", "post", "view"),
    identity=("who",),
    title=("who",),
)
HAND = Register(
    key="hand",
    label="经手记录",
    model=Hand,
    fields=fields_of(Hand),
    sections=(Section("经手", ("when", "who", "step", "opinion")),),
    columns=("when", "who", "step", "opinion"),
    identity=("when", "step"),
    title=("step", "who"),
    main_date="when",
)
LEAD_EXTENSION = Register(
    key="lead_extension",
    label="线索延期",
    model=LeadExtension,
    fields=fields_of(LeadExtension),
    sections=(Section("延期", ("matter", "reason", "old_due", "new_due", "approver", "approved_at")),),
    columns=("matter", "old_due", "new_due", "approver"),
    identity=("matter", "new_due"),
    title=("matter", "new_due"),
    main_date="new_due",
)

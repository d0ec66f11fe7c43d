"""Rows under a lead: what each member said, and through whose hands it went."""

from datetime import date

from paizhu.base.register import Register, Section
from paizhu.registers.record import Child, Mapped, Ref, Sens, fields_of, line, moment, person, text

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

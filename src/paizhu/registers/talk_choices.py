"""Kinds, reasons, measures afterwards and states of a talk: the words that ``talk`` is declared with."""

from paizhu.base.flow import Shape, State
from paizhu.registers.record import Choice

TALK_KINDS = (
    Choice("routine", "例行廉政谈话", ("日常廉政谈话", "日常谈话", "日常", "例行", "廉政谈话", "年度谈话")),
    Choice("pre_appointment", "任前廉政谈话", ("任前谈话", "任前")),
    Choice("appointment", "任职谈话", ("任职",)),
    Choice("holiday", "节前提醒", ("节日提醒", "节前廉政提醒")),
    Choice("collective", "集体廉政谈话", ("集体谈话", "集体")),
    Choice("reminder", "提醒谈话", ("提醒",)),
    Choice("summons", "约谈", ("履责约谈", "约谈(履责约谈)")),
    Choice("follow_up", "回访谈话", ("回访", "处分回访谈话", "处分回访")),
    Choice("admonition", "诫勉谈话", ("诫勉",)),
    Choice("lead_reminder", "谈话提醒（线索处置）", ("谈话提醒", "线索处置谈话")),
)
TALK_REASONS = (
    Choice("new_post", "新任职"),
    Choice("post_change", "岗位变动"),
    Choice("yearly", "年度例行", ("例行", "年度")),
    Choice("major_project", "重大项目"),
    Choice("holiday", "节日", ("节前",)),
    Choice("signs", "苗头性问题", ("苗头性倾向性问题",)),
    Choice("petition", "信访反映"),
    Choice("inspection", "检查发现"),
    Choice("rectification", "整改督促", ("整改",)),
    Choice("revisit", "回访"),
    Choice("other", "其他"),
)
FOLLOW_UPS = (
    Choice("none", "无"),
    Choice("track", "跟踪整改", ("跟踪",)),
    Choice("revisit", "回访"),
    Choice("to_lead", "转线索"),
    Choice("letter", "函告单位"),
)
STATES = (
    State("planned", "已计划", Shape.OPEN, "计划", draft=True),
    State("submitted", "待审批", Shape.DOING, "审批"),
    State("approved", "已批准", Shape.DOING, "审批", draft=True, day="approved_at"),
    State("held", "已谈话", Shape.DOING, "谈话", draft=True, day="start_at"),
    State("signing", "核对签字", Shape.LACKING, "签字", day="signed_at"),
    State("recorded", "已归记录", Shape.DOING, "记录"),
    State("follow_up", "后续跟踪", Shape.DOING, "后续"),
    State("revisit", "回访", Shape.DOING, "后续"),
    State("to_lead", "转线索", Shape.DONE, "后续", end=True),
    State("archived", "入档", Shape.DONE, "入档", end=True, whole=True),
    State("cancelled", "取消", Shape.NONE, end=True),
)
HELD = ("held", "signing", "recorded", "follow_up", "revisit", "to_lead", "archived")
"""States of a talk that took place: a 谈话时间 that has passed is still only a plan until the talk is registered."""
LEAD_TALKS = ("lead_reminder", "admonition")
"""Kinds that dispose of a lead; they are never counted with the talks of routine supervision."""

"""Rows under a measure: visits to the punished person, and what was asked against the decision."""

from collections.abc import Callable
from datetime import date

from paizhu.base.field import Choice
from paizhu.base.register import LimitFrom, Register, Section
from paizhu.base.rows import Values
from paizhu.registers.record import Child, Mapped, Ref, Sens, choice, day, fields_of, line, person, persons, text

P2 = Sens.P2
APPEAL_KINDS = (
    Choice("reexamination", "复审", ("申请复审",)),
    Choice("second_review", "复核", ("申请复核",)),
    Choice("party_appeal", "申诉（复议复查）", ("申诉", "复议复查", "复议", "复查", "党员申诉")),
)
APPEAL_RESULTS = (
    Choice("upheld", "维持", ("维持原决定",)),
    Choice("changed", "变更", ("变更原决定",)),
    Choice("revoked", "撤销", ("撤销原决定",)),
)


class Revisit(Child):
    """One visit to the punished person during the period."""

    __tablename__ = "measure_revisit"

    planned_at: Mapped[date | None] = day("计划回访日期", planned=True, sens=P2)
    visited_at: Mapped[date | None] = day("回访日期", sens=P2, aliases=("回访时间",))
    visitor: Mapped[Ref | None] = person("回访人", sens=P2)
    performance: Mapped[str | None] = text("现实表现", sens=P2, aliases=("表现", "回访情况"))


class Appeal(Child):
    """One request against the decision; asking does not suspend execution (政务处分法 第五十六条)."""

    __tablename__ = "measure_appeal"

    kind: Mapped[str] = choice("申诉种类", APPEAL_KINDS, sens=P2, aliases=("种类",))
    got_at: Mapped[date | None] = day("收到原决定日期", sens=P2)
    applied_at: Mapped[date | None] = day("申请日期", after=("got_at",), sens=P2, aliases=("申诉日期",))
    body: Mapped[str | None] = line("受理机关", sens=P2)
    team: Mapped[tuple[Ref, ...] | None] = persons("复查组", sens=P2, help="不得有原案审查调查和审理人员")
    due: Mapped[date | None] = day("办理期限", planned=True, sens=P2)
    result: Mapped[str | None] = choice("复查结果", APPEAL_RESULTS, sens=P2, aliases=("结果",))
    decided_at: Mapped[date | None] = day("复查决定日期", after=("applied_at",), sens=P2, aliases=("决定日期",))
    told_at: Mapped[date | None] = day("告知日期", after=("decided_at",), sens=P2)


def _asked(kind: str) -> Callable[[Values], bool]:
    return lambda values: values.get("kind") == kind


def _running(kind: str) -> Callable[[Values], bool]:
    # A typed due date, for instance after an extension, replaces the span of the rule.
    return lambda values: values.get("kind") == kind and not values.get("due")


REVISIT = Register(
    key="revisit",
    label="回访",
    model=Revisit,
    fields=fields_of(Revisit),
    sections=(Section("回访", ("planned_at", "visited_at", "visitor", "performance")),),
    columns=("planned_at", "visited_at", "visitor", "performance"),
    identity=("planned_at", "visited_at"),
    title=("visited_at", "performance"),
    main_date="visited_at",
    limits=(LimitFrom("planned_at", "", ("visited_at",), "回访受处分人", "visited_at"),),
)
APPEAL = Register(
    key="appeal",
    label="申诉、复审、复核",
    model=Appeal,
    fields=fields_of(Appeal),
    sections=(
        Section("申诉", ("kind", "got_at", "applied_at", "body", "team", "due", "result", "decided_at", "told_at")),
    ),
    columns=("kind", "applied_at", "body", "due", "result", "decided_at"),
    identity=("kind", "applied_at"),
    title=("kind", "applied_at"),
    main_date="applied_at",
    limits=(
        LimitFrom("got_at", "T12", ("applied_at", "decided_at"), "申请复审的期限", "applied_at",
                  only=_asked("reexamination")),
        LimitFrom("applied_at", "T13", ("decided_at",), "作出复审决定", "decided_at", only=_running("reexamination")),
        LimitFrom("got_at", "T14", ("applied_at", "decided_at"), "申请复核的期限", "applied_at",
                  only=_asked("second_review")),
        LimitFrom("applied_at", "T15", ("decided_at",), "作出复核决定", "decided_at", only=_running("second_review")),
        LimitFrom("applied_at", "T16", ("decided_at",), "办结复议复查", "decided_at", only=_running("party_appeal")),
        LimitFrom("due", "", ("decided_at",), "办结申诉", "decided_at"),
    ),
)  # fmt: skip

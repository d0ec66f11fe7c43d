"""The person a lead or a case is about, as he stood on that day, whatever the roster says later.

The domain marks the whole of it R (2.5, 2.6). Whoever stands in the roster is described by it; of anybody else the
officer says it, before the step that needs it.
"""

from collections.abc import Iterable

from paizhu.base.asked import ALWAYS, Asked, When, lacking, other_than
from paizhu.registers.choices import POLITICAL, RANK_LEVELS
from paizhu.registers.people import GENDERS
from paizhu.registers.record import Mapped, Sens, choice, date, day, line, month, yes_no


class SubjectThen:
    """Columns of the snapshot that a lead and a case both keep."""

    subject_gender: Mapped[str | None] = choice("性别", GENDERS, sens=Sens.P3, aliases=("被反映人性别",))
    subject_born: Mapped[str | None] = month("出生年月", sens=Sens.P3, aliases=("出生日期",))
    subject_ethnic: Mapped[str | None] = line("民族", sens=Sens.P3)
    subject_political: Mapped[str | None] = choice(
        "政治面貌", POLITICAL, sens=Sens.P3, aliases=("被反映人政治面貌", "是否党员")
    )
    subject_unit: Mapped[str | None] = line(
        "工作单位",
        sens=Sens.P3,
        searchable=True,
        aliases=("单位", "被反映人单位", "所在单位", "被反映人工作单位", "被审查调查人单位"),
    )
    subject_post: Mapped[str | None] = line(
        "职务",
        sens=Sens.P3,
        searchable=True,
        aliases=(
            "被反映人职务",
            "单位职务",
            "单位及职务",
            "单位和职务",
            "现任职务",
            "被反映人单位及职务",
            "工作单位及职务",
        ),
    )
    subject_rank: Mapped[str | None] = choice(
        "职级", RANK_LEVELS, sens=Sens.P3, aliases=("级别", "被反映人职级", "行政级别", "干部级别")
    )
    in_post_since: Mapped[date | None] = day("任现职时间", month_will_do=True, sens=Sens.P3, aliases=("任职时间",))
    is_npc_cppcc: Mapped[bool | None] = yes_no(
        "人大代表或政协委员",
        sens=Sens.P3,
        aliases=("是否人大代表、政协委员", "人大代表/政协委员", "是否两代表一委员"),
        help="初步核实和给予处分前须弄清：对人大代表、政协委员另有报告和通报程序",
    )


_SAID = {
    "subject_gender": "“性别”还没有填写",
    "subject_born": "“出生年月”还没有填写",
    "subject_ethnic": "“民族”还没有填写",
    "subject_political": "“政治面貌”还没有填写",
    "subject_unit": "“工作单位”还没有填写（查不清的，写“不详”）",
    "subject_post": "“职务”还没有填写（没有职务的，写“无”；查不清的，写“不详”）",
    "subject_rank": "“职级”还没有填写",
    "in_post_since": "“任现职时间”还没有填写（记不清哪天的，只填年月）",
    "is_npc_cppcc": "初步核实和给予处分前，须弄清当事人是否人大代表或政协委员",
}
SUBJECT_THEN = tuple(_SAID)
"""Their names, for a section of the form."""
_HAS_A_POST = other_than("subject_rank", "other") | lacking("subject_rank")
"""农村、企业等其他人员 hold no post to which they were appointed on a day."""


def described(names: Iterable[str] = SUBJECT_THEN, when: When = ALWAYS, *, first: bool = False) -> tuple[Asked, ...]:
    """Return what a step asks of the subject of a matter that ``when`` concerns."""
    return tuple(
        Asked(name, _SAID[name], when & _HAS_A_POST if name == "in_post_since" else when, first) for name in names
    )

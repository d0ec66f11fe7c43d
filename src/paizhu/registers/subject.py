"""The person a lead or a case is about, as he stood on that day, whatever the roster says later."""

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
    in_post_since: Mapped[date | None] = day("任现职时间", sens=Sens.P3, aliases=("任职时间",))
    is_npc_cppcc: Mapped[bool | None] = yes_no(
        "人大代表或政协委员",
        sens=Sens.P3,
        aliases=("是否人大代表、政协委员", "人大代表/政协委员", "是否两代表一委员"),
        help="初步核实和给予处分前须弄清：对人大代表、政协委员另有报告和通报程序",
    )


SUBJECT_THEN = (
    "subject_gender",
    "subject_born",
    "subject_ethnic",
    "subject_political",
    "subject_unit",
    "subject_post",
    "subject_rank",
    "in_post_since",
    "is_npc_cppcc",
)
"""Their names, for a section of the form."""

"""What carrying out a punishment consists of, and what of it is not on record yet (条例 第四十四条、第四十五条).

A measure has no course of its own: what the domain asks of it is asked for by the steps of its case, of the measures of
which it is 待补 and by the same conditions.
"""

from paizhu.base.asked import empty
from paizhu.base.field import Field
from paizhu.base.rows import Values
from paizhu.registers.measure import MEASURE, PROBATION
from paizhu.registers.measure_kinds import GONE

_RESTORED = "rights_restored_at"
_CALLED = {
    "delivered_at": "送达",
    "announced_at": "宣布",
    "filed_in_dossier": "装入个人档案",
    "pay_done": "职务工资变更",
    "exec_report_at": "执行情况报告",
}
"""What is said of an item that is called otherwise than its field."""


def left_to_do(measure: Values) -> list[str]:
    """Return in words what of one measure is not carried out; nothing for what stands no longer or is no punishment."""
    left = {name for asked in MEASURE.asked_in(None) for name in [asked.name] if asked.lacks(measure)}
    return [_CALLED.get(field.name, field.label) for field in MEASURE.fields if field.name in left]


def left_unsaid(measure: Values) -> list[str]:
    """Return in words what the domain marks R of one measure and is not registered; nothing for what is gone."""
    if measure.get("changed") in GONE:
        return []
    return [field.label for field in MEASURE.fields if _is_registered(field) and empty(measure.get(field.name))]


def waits_for_rights(measure: Values) -> bool:
    """Tell whether a measure is a probation that still stands, after which no rights were restored (条例 4.3)."""
    return measure.get("kind") == PROBATION and measure.get("changed") not in GONE and not measure.get(_RESTORED)


def _is_registered(field: Field) -> bool:
    return field.wanted_of_all and not field.computed

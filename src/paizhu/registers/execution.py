"""What carrying out a punishment consists of, and what of it is not on record yet (条例 第四十四条、第四十五条).

A measure has no course of its own: what the domain asks of it is asked for by the steps of its case.
"""

from paizhu.base.asked import empty
from paizhu.base.rows import Values
from paizhu.registers.measure import MEASURE
from paizhu.registers.measure_kinds import ADMIN_FROM_DEMOTION, CLASS_OF, GONE, PARTY_FROM_REMOVAL

PROBATION, _RESTORED = "party_probation", "rights_restored_at"
_OF_BOTH = (("delivered_at", "送达"), ("announced_at", "宣布"), ("filed_in_dossier", "装入个人档案"))
_OF_PAY = (("pay_done", "职务工资变更"),)
_OF_PARTY = (("exec_report_at", "执行情况报告"),)
_REGISTERED = tuple((field.name, field.label) for field in MEASURE.fields if field.wanted and not field.computed)


def left_to_do(measure: Values) -> list[str]:
    """Return in words what of one measure is not carried out; nothing for what stands no longer or is no punishment."""
    kind = str(measure.get("kind") or "")
    group = CLASS_OF.get(kind)
    if group not in ("party", "admin") or measure.get("changed") in GONE or measure.get("executed_at"):
        return []
    items = [*_OF_BOTH]
    if kind in (*PARTY_FROM_REMOVAL, *ADMIN_FROM_DEMOTION):
        items += _OF_PAY
    if group == "party":
        items += _OF_PARTY
    if measure.get("announced_at"):
        items.append(("announce_scope", "宣布范围"))
    if kind == PROBATION:
        items.append(("probation_to", "留党察看期止"))
    return [label for name, label in items if not measure.get(name)]


def left_unsaid(measure: Values) -> list[str]:
    """Return in words what the domain marks R of one measure and is not registered; nothing for what is gone."""
    if measure.get("changed") in GONE:
        return []
    return [label for name, label in _REGISTERED if empty(measure.get(name))]


def waits_for_rights(measure: Values) -> bool:
    """Tell whether a measure is a probation that still stands, after which no rights were restored (条例 4.3)."""
    return measure.get("kind") == PROBATION and measure.get("changed") not in GONE and not measure.get(_RESTORED)

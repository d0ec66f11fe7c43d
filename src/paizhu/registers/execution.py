"""What carrying out a punishment consists of, and what of it is not on record yet (条例 第四十四条、第四十五条)."""

from paizhu.base.rows import Values
from paizhu.registers.measure_kinds import ADMIN_FROM_DEMOTION, CLASS_OF, GONE, PARTY_FROM_REMOVAL

_OF_BOTH = (("delivered_at", "送达"), ("announced_at", "宣布"), ("filed_in_dossier", "装入个人档案"))
_OF_PAY = (("pay_done", "职务工资变更"),)
_OF_PARTY = (("exec_report_at", "执行情况报告"),)


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
    return [label for name, label in items if not measure.get(name)]

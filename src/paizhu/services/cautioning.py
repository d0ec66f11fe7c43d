"""What is said beneath a field while it is typed, before anything is saved; it never stops the saving."""

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Values
from paizhu.registers.likeness import NAMED
from paizhu.services import organisations
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.matters.repeats import Alike, alike

PETITION = registers.register("petition")
_SHOWN = 3


def watched(register: Register) -> tuple[str, ...]:
    """Return the fields whose typing is compared with what the vault knows; empty for most registers."""
    named = NAMED.get(register.key)
    return ("reported_names", "summary") if register is PETITION else (named,) if named else ()


def cautions(desk: Desk, register: Register, typed: Values, itself: int = 0) -> dict[str, str]:
    """Return words by the field they stand under; ``typed`` are values as read, ``itself`` the record being edited.

    A letter is compared with earlier letters and leads (处理检举控告工作规则 第十四条: 重复件), the name of an
    organisation with those of the roster.
    """
    if (name := NAMED.get(register.key)) and (words := str(typed.get(name) or "")):
        same = [each for number, each in organisations.alike(desk.vault, register.key, words) if number != itself]
        told = "、".join(f"“{each}”" for each in same[:_SHOWN])
        return {name: f"名册里已有{told}，是不是同一家？是同一家的不用另登。"} if same else {}
    if register is not PETITION or typed.get("is_repeat"):
        return {}
    found = alike(desk, Roster(desk.vault).linked(register, typed), itself)
    if not found:
        return {}
    told = "；".join(_told(each) for each in found[:_SHOWN])
    more = f"等 {len(found)} 件" if len(found) > _SHOWN else ""
    return {"summary": f"疑似重复：{told}{more}。由本组台账比对得出，不是结论；保存后在概览里逐件比对。"}


def _told(found: Alike) -> str:
    day = f"{found.day.isoformat()} 收到，" if found.day else ""
    return f"{found.no}（{day}{'、'.join(found.why)}）"

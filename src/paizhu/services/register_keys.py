"""Registers named by a key from outside: a command, a remembered layout, a link."""

from paizhu import registers
from paizhu.base.errors import NotFoundError
from paizhu.base.register import Register


def register_of(key: str) -> Register:
    """Return a register by its key; NotFoundError in words for an unknown one."""
    try:
        return registers.register(key)
    except KeyError:
        known = "、".join(f"{each.key}（{each.label}）" for each in registers.REGISTERS)
        raise NotFoundError(f"没有“{key}”这个台账", "", f"可用的有：{known}") from None

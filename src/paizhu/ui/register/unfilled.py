"""What an empty field of a new record means: it must be filled, or something is taken for it."""

from paizhu.base import clock, values
from paizhu.base.register import Aids, Register


def words_of_unfilled(register: Register) -> dict[str, str]:
    """Return for every field without which nothing is saved what its empty editor says."""
    taken = register.derive({}, Aids(clock.today())) if register.derive else {}
    return {
        field.name: f"不填就是 {values.show(field, value)}" if (value := taken.get(field.name)) else "必填"
        for field in register.identifying
    }

"""Records with a value in every field that can be saved, for what every register has to hold."""

from paizhu.base.register import Register
from paizhu.base.rows import Value, Values
from tests.make import make_values


def full(register: Register, number: int = 0) -> dict[str, Value]:
    """Return a value for every field that can be saved at all."""
    made = make_values(register, number=number)
    if "secrecy_notice" in made:
        made["secrecy_notice"] = "work"
    return made


def rows_below(register: Register, number: int = 0) -> dict[str, list[Values]]:
    return {child.key: [full(child, number), full(child, number + 1)] for child in register.rows}

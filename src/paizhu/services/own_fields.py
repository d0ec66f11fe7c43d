"""What a new record has from where it is made: unit, hand and marking, which nobody should type every time."""

from collections.abc import Callable

from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value, Values
from paizhu.services.desk import Desk

_CONFIDENTIAL, _OPEN = "work", "none"


def beginning(register: Register, desk: Desk) -> dict[str, Value]:
    """Return unit, handler and marking of a record that happens in this office; nothing for an entry of a roster.

    What names somebody of a petition, lead or case is a work secret from the first day (``domain.md`` 8.4).
    """
    if not register.main_date:
        return {}
    unit, officer = (str(desk.setting(name)).strip() for name in ("unit", "officer"))
    names = (*register.identity, *register.title)
    secret = any(register.field(name).sens >= Sens.P3 for name in names)
    made: dict[str, Value] = {
        "unit_id": Ref(unit) if unit else None,
        "handler": Ref(officer) if officer else None,
        "secrecy_notice": _CONFIDENTIAL if secret else _OPEN,
    }
    return {name: value for name, value in made.items() if value is not None and register.has(name)}


def completed(
    register: Register, desk: Desk, given: Values, complete: Callable[[Values], dict[str, Value]]
) -> dict[str, Value]:
    """Return a new record with what it has from where it is made, where nothing else gives it.

    A letter or a finding is about the unit it names: the host unit is only for what names none.
    """
    made = complete(given)
    own = {name: value for name, value in beginning(register, desk).items() if made.get(name) is None}
    return complete({**own, **given}) if own else made

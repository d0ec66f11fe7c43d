"""Which registers are shown as a tree, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from paizhu.base.register import Register
from paizhu.services.office import Office
from paizhu.ui.register.check_outline import CheckOutline
from paizhu.ui.register.duty_outline import DutyOutline
from paizhu.ui.register.outline import Outline
from paizhu.ui.register.people_outline import PeopleOutline

_MAKERS: Mapping[str, Callable[[Office], Outline]] = {
    "duty_item": DutyOutline,
    "person": PeopleOutline,
    "finding": CheckOutline,
}


def outline_of(register: Register, office: Office) -> Outline | None:
    """Return the tree of a register; None where a list says everything."""
    make = _MAKERS.get(register.key)
    return make(office) if make else None

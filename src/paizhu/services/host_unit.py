"""The unit this group is stationed in, in the roster like every other."""

from typing import TYPE_CHECKING

from paizhu import registers

if TYPE_CHECKING:
    from paizhu.services.office import Office

UNIT = registers.register("unit")
_HOST = "host"


def enter(office: "Office") -> None:
    """Enter the unit the officer named when the vault was made into the roster, so that records can point to it."""
    name = str(office.desk.setting("unit")).strip()
    if name:
        office.records.save(UNIT, {"name": name, "kind": _HOST})

"""What may leave the vault, by confidentiality class (``domain.md`` 8.5): masked, left out, or as totals only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from paizhu.base import values
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.registers.outside import OUTSIDE


@dataclass(frozen=True, slots=True)
class Release:
    """What the officer decided to hand out: the default of 8.5, or more with a reason that is journalled.

    ``unmasked`` names private fields, and hints of the program, ticked one by one. Class P4 is never
    released, whatever stands here.
    """

    reason: str = ""
    unmasked: frozenset[str] = field(default_factory=frozenset)

    @property
    def confidential(self) -> bool:
        """Tell whether class P3 goes out, record by record, with the reason on record."""
        return bool(self.reason.strip())


DEFAULT = Release()
HINTS = frozenset({"flags", "flags_seen", "flags_note", "member_opinion", "own_role"})
"""What the program compared and the reviewer noted about it, and what the officer said as a member of the host's
党组 and not as its supervisor: never an opinion of the group, so it goes out only when chosen."""


def leaves_unasked(register: Register) -> bool:
    """Tell whether a register goes out when everything is asked for and nothing is named.

    What the host unit had the officer do is no work of the group: it leaves only when it is asked for by name.
    """
    return register is not OUTSIDE


def totals_only(register: Register, release: Release = DEFAULT) -> bool:
    """Tell whether a register's records stay inside and only figures go out: what names them is class P3."""
    naming = {*register.title, *register.identity, "no"}
    secret = any(register.has(name) and register.field(name).sens >= Sens.P3 for name in naming)
    return secret and not release.confidential


def never_leaves(register: Register) -> bool:
    """Tell whether rows under a record tell of an informant: not even their number or a name made up goes out."""
    return any(each.kind is FieldKind.SEALED for each in register.fields)


def fields_out(register: Register, release: Release = DEFAULT, wanted: Sequence[str] = ()) -> tuple[Field, ...]:
    """Return the fields that go out, in the order of the form; those asked for only, when they are named."""
    names = wanted or [name for section in register.sections for name in section.names]
    kept = (name for name in names if name not in HINTS or name in release.unmasked)
    return tuple(each for name in kept if allowed(each := register.field(name), release))


def allowed(each: Field, release: Release = DEFAULT) -> bool:
    """Tell whether a field may go out at all."""
    if each.sens is Sens.P4 or each.kind in (FieldKind.SEALED, FieldKind.FILES):
        return False
    return each.sens < Sens.P3 or release.confidential


def masking(release: Release = DEFAULT) -> Callable[[Field, Row], str | None]:
    """Return what gives the words written instead of a value that stays inside; None lets the value out."""

    def masked(each: Field, row: Row) -> str | None:
        if each.private and each.name not in release.unmasked and row.values.get(each.name) is not None:
            return values.MASK
        return None

    return masked


def masking_of(fields: Sequence[Field], release: Release = DEFAULT) -> Callable[[Field, Row], str | None] | None:
    """Return :func:`masking` where any of the columns needs it, so that the other sheets ask for no cell."""
    return masking(release) if any(each.private and each.name not in release.unmasked for each in fields) else None

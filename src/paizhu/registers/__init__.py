"""Every register, in the order of the tabs; importing this package makes every table known."""

from paizhu.base.register import Register
from paizhu.registers import system as system
from paizhu.registers.activity import ACTIVITY
from paizhu.registers.archive import ARCHIVE
from paizhu.registers.case import CASE
from paizhu.registers.duty import DUTY
from paizhu.registers.finding import FINDING
from paizhu.registers.lead import LEAD
from paizhu.registers.measure import MEASURE
from paizhu.registers.meeting import MEETING
from paizhu.registers.opinion import OPINION
from paizhu.registers.organisations import SUPPLIER, UNIT
from paizhu.registers.outside import OUTSIDE
from paizhu.registers.people import PERSON
from paizhu.registers.petition import PETITION
from paizhu.registers.proposal import PROPOSAL
from paizhu.registers.record import Base
from paizhu.registers.review import REVIEW
from paizhu.registers.risk import RISK
from paizhu.registers.talk import TALK

REGISTERS: tuple[Register, ...] = (
    DUTY,
    MEETING,
    REVIEW,
    TALK,
    PETITION,
    LEAD,
    CASE,
    MEASURE,
    UNIT,
    PERSON,
    SUPPLIER,
    OUTSIDE,
    OPINION,
    ARCHIVE,
    ACTIVITY,
    FINDING,
    PROPOSAL,
    RISK,
)
"""All registers, parents only; rows stand in ``Register.rows``."""

ROSTERS: tuple[str, ...] = tuple(each.key for each in REGISTERS if each.is_roster)
"""Keys of the registers whose records others name, in the order of the tabs: people name their unit, units first."""

METADATA = Base.metadata


def register(key: str) -> Register:
    """Return the register with this key; KeyError for an unknown one."""
    for each in REGISTERS:
        if each.key == key:
            return each
    raise KeyError(key)


def every_kind() -> tuple[Register, ...]:
    """Return registers and the kinds of rows under them, each once."""
    return tuple(kind for each in REGISTERS for kind in (each, *each.rows))

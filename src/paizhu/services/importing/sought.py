"""Which registers the tables of a workbook are looked through for."""

from dataclasses import dataclass
from typing import Self

from paizhu import registers
from paizhu.base.register import Register


@dataclass(frozen=True, slots=True)
class Sought:
    """The registers a table may be of; ``likely`` is the key of the one that is meant where several fit alike."""

    registers: tuple[Register, ...] = registers.REGISTERS
    likely: str = ""

    @classmethod
    def only(cls, register: str) -> Self:
        """Look for no other register than the one that was named."""
        return cls((registers.register(register),))

    @property
    def named(self) -> Register | None:
        """The register that was named, of which a table is taken to be whose headers tell nothing."""
        return self.registers[0] if len(self.registers) == 1 else None

    @property
    def words(self) -> tuple[str, ...]:
        """The keys of the registers whose words headers are looked for with; empty for all."""
        return () if self.registers == registers.REGISTERS else tuple(each.key for each in self.registers)


EVERY = Sought()

"""One record of a matter, as every part of its course sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from paizhu.base import values
from paizhu.base.flow import Shape
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.registers.petition import PETITION
from paizhu.services.deadlines.task import open_title


@dataclass(frozen=True, slots=True)
class Part:
    """One record of the matter with the rows under it."""

    register: Register
    row: Row
    rows: Mapping[str, Sequence[Row]]
    written: Mapping[str, int] = field(default_factory=dict)
    """The newest act that wrote each field, and each row below as ``register.id``."""

    @property
    def key(self) -> tuple[str, int]:
        """Register and id, to open it."""
        return self.register.key, self.row.id

    @property
    def is_letter(self) -> bool:
        """Tell whether it is a letter: what led here, and what names who reported."""
        return self.register is PETITION

    @property
    def title(self) -> str:
        """Number, or the words that may stand anywhere."""
        return self.row.no or open_title(self.register, self.row)

    @property
    def ended(self) -> bool:
        """Tell whether nothing more is to come of this record."""
        flow = self.register.flow
        if flow is None or not self.row.state:
            return False
        found = flow.state(self.row.state)
        return found.end or found.shape is Shape.DONE


def kind_words(part: Part) -> str:
    """Return what a measure is, in the words of the form; empty for a record whose state tells where it stands."""
    has_kind = part.register.flow is None and part.register.has("kind")
    return values.show(part.register.field("kind"), part.row.values.get("kind")) if has_kind else ""

"""Forms that are laid out by hand: the order of their parts, which stand open in a draft, what stands between them.

A register without a plan shows its sections in declared order and the rows under it below them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.ui.context import Context
from paizhu.ui.register.tick_rows import TickRows


class FormPart(QWidget):
    """Something hand-written between the sections of a form: it reads, it never writes."""

    field_asked = Signal(str)
    """Code name of a field or kind of rows that should be opened for typing."""

    def show_record(self, row: Row | None) -> None:
        """Show what belongs to a record; None for a new one."""
        raise TypeError(f"{type(self).__name__} shows nothing")


@dataclass(frozen=True)
class FormPlan:
    """Labels of sections, keys of rows and names of own parts in reading order; what is not named follows.

    ``opens`` stand open for typing while the record is a draft; ``ticks`` are rows shown as boxes; ``notes`` stand
    quietly after a title; without ``course`` the stations are not shown above, the state says it all.
    """

    order: tuple[str, ...]
    opens: tuple[str, ...] = ()
    course: bool = True
    notes: Mapping[str, str] = field(default_factory=dict)
    ticks: Mapping[str, Callable[[Context, Register], TickRows]] = field(default_factory=dict)
    parts: Mapping[str, Callable[[Context], FormPart]] = field(default_factory=dict)

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Return the names of the parts of a form in reading order."""
        named = list(names)
        first = [name for name in self.order if name in named]
        return [*first, *(name for name in named if name not in first)]

    def opens_at_once(self, register: Register, row: Row) -> bool:
        """Tell whether a record is a draft that is still being written."""
        flow = register.flow
        return bool(self.opens) and not row.voided and flow is not None and flow.state(row.state or flow.start).draft

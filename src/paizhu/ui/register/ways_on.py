"""What leads a record on: its steps, what its first pane offers in their place, and the red button that does the first.

Steps wait for what is lacking, and the line over the bar says for what; while the form is typed into, saving stands
beside them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from paizhu.ui.kit.button import Offer
from paizhu.ui.kit.tab_bar import TabBar
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.register.detail_stack import FORM, OVERVIEW, DetailStack
from paizhu.ui.register.form import Form
from paizhu.ui.register.record_bar import RecordBar
from paizhu.ui.register.record_work import RecordWork
from paizhu.ui.register.step_bar import Way
from paizhu.ui.register.waiting_line import WaitingLine


class WaysOn(QObject):
    """The bar of one record and what its buttons do; taking a step, saving and an offer are asked for by signals."""

    step_asked = Signal(object)
    save_asked = Signal()
    offer_asked = Signal(str)
    """Key of what the first pane offers."""
    refused = Signal(str, str)
    """The red button was asked for while it cannot be pressed: what cannot be done, and why."""

    def __init__(
        self, work: RecordWork, form: Form, stack: DetailStack, tabs: TabBar, overview: Overview | None
    ) -> None:
        super().__init__(stack)
        self._work, self._form, self._stack, self._tabs, self._overview = work, form, stack, tabs, overview
        self.all: list[Way] = []
        """The steps out of the present state, likeliest first."""
        self.bar = RecordBar(work.register)
        self.waiting = WaitingLine()
        self.bar.put_above(self.waiting)
        self.waiting.file_asked.connect(lambda name: form.fields[name].choose_file())
        self.bar.step_asked.connect(self.step_asked)
        self.bar.primary.clicked.connect(self.press_primary)
        self.bar.second.clicked.connect(self._press_second)
        self.bar.save.clicked.connect(self.save_asked)
        if overview:
            overview.step_asked.connect(self._ask_step_to)

    def show(self, ways: list[Way], *, narrow: bool) -> None:
        """Show the steps that lead on, and what the first still waits for."""
        self.all = ways
        row = self._work.row
        typing = self._form.is_open and not (row and row.voided)
        own = self.own_offers()
        self.bar.show_ways(ways, own, typing=typing, narrow=narrow)
        place = next((way.file for way in ways if way.file), ways[0].paper if ways else "") if not own else ""
        self.waiting.show_words(self.bar.lacking(), place, self._work.register)
        self._place_primary()

    def fit(self, *, narrow: bool) -> None:
        """Let the bar drop what there is no room for."""
        self.bar.fit(narrow=narrow)
        self._place_primary()

    def own_offers(self) -> Sequence[Offer]:
        """Return what the pane in front offers of its own; the steps then stand under 其他步骤."""
        if self._overview is None or self._work.row is None or self._work.row.voided:
            return ()
        in_front = self._stack.currentIndex() == OVERVIEW and not self._form.is_open
        if not in_front and self._form.is_open and self._work.asks_for(self.all):
            return ()
        return self._overview.offers() if in_front else self._overview.onward(self._work.row)

    def press_primary(self) -> None:
        """Do what the red button says."""
        if self.bar.primary.isHidden():
            return
        if not self.bar.primary.isEnabled():
            # The key is never answered with nothing.
            self.refused.emit(f"还不能{self.bar.primary.accessibleName()}", self.bar.primary.reason)
            return
        own = self.own_offers()
        if own and self._overview:
            if self._form.is_open:
                # What was typed goes along: it is stored first, and a refusal of it stands at its fields.
                self.save_asked.emit()
                if self._form.is_open:
                    return
            self._tabs.setCurrentIndex(OVERVIEW)
            self.offer_asked.emit(own[0].key)
        elif self.all:
            self._ask_step(0)
        else:
            self.save_asked.emit()

    def focus_way(self, state: str) -> None:
        """Put the cursor on the button of the step to a state."""
        row = self._work.row
        if self.own_offers() and self._overview and row and not self._overview.onward(row):
            # The bar of the first pane has its own buttons; those of the steps stand below the form.
            self._tabs.setCurrentIndex(FORM)
        self.bar.focus_step(state)

    def _place_primary(self) -> None:
        """Let the pane in front hold the red button where it has a place of its own for it."""
        in_front = self._stack.currentIndex() == OVERVIEW and self._work.row is not None
        held = in_front and self._overview is not None and self._overview.take_in(self.bar.primary)
        if not held:
            self.bar.take_back(self.bar.primary)
        self.bar.setVisible(not held and not self.bar.is_bare)

    def _press_second(self) -> None:
        own = self.own_offers()
        if len(own) > 1:
            self.offer_asked.emit(own[1].key)
        else:
            self._ask_step(1)

    def _ask_step(self, at: int) -> None:
        if at < len(self.all):
            self.step_asked.emit(self.all[at].step)

    def _ask_step_to(self, state: str) -> None:
        for at, way in enumerate(self.all):
            if way.step.after == state:
                self._ask_step(at)

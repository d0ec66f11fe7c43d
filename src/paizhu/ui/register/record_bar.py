"""The bar under a record: the one red button, what stands beside it, and the steps behind 其他步骤."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from paizhu.base.register import Register
from paizhu.ui.kit.button import Button, Look, Offer
from paizhu.ui.kit.toolbar import ActionBar
from paizhu.ui.register.bar_buttons import allow_button, name_button, tip_of
from paizhu.ui.register.step_bar import Way, lacking_words


class RecordBar(ActionBar):
    """Shows the steps that lead on, or what the pane in front offers of its own; then all steps stand in the menu."""

    step_asked = Signal(object)

    def __init__(self, register: Register) -> None:
        self.primary = Button("保存", Look.PRIMARY)
        self.second = Button("")
        self.more = Button("其他步骤")
        self.more.setProperty("menu", True)
        self.more.setMenu(QMenu(self.more))
        self.save = Button("保存", shortcut="Ctrl+S")
        super().__init__(self.primary, self.second, self.more, self.save, reasons=False)
        self._register = register
        self._ways: Sequence[Way] = ()
        self._own: Sequence[Offer] = ()

    def show_ways(self, ways: Sequence[Way], own: Sequence[Offer], *, typing: bool, narrow: bool) -> None:
        """Show the steps, likeliest first; while something is typed it can be saved as well."""
        self._ways, self._own = ways, own
        first = ways[0] if ways and not own else None
        self.primary.setVisible(first is not None or typing or bool(own))
        if own:
            name_button(self.primary, own[0].words, own[0].shortcut)
        elif first:
            name_button(self.primary, first.step.label, "Ctrl+Enter")
        else:
            name_button(self.primary, "保存", "Ctrl+S")
        self.save.setVisible((first is not None or bool(own)) and typing)
        allow_button(self.primary, first, self._lacking(first))
        self.fit(narrow=narrow)

    def fit(self, *, narrow: bool) -> None:
        """Drop what there is no room for in a narrow pane."""
        rest = self._ways if self._own else self._ways[1:]
        beside = not self._own and len(rest) == 1 and not (narrow and not self.save.isHidden())
        self.second.setVisible(beside or len(self._own) > 1)
        if len(self._own) > 1:
            name_button(self.second, self._own[1].words, self._own[1].shortcut)
            allow_button(self.second, None, "")
        elif beside:
            name_button(self.second, rest[0].step.label, "")
            allow_button(self.second, rest[0], self._lacking(rest[0]))
        self.more.setVisible(bool(rest) and not beside)
        menu = self.more.menu()
        menu.clear()
        for way in rest:
            action = menu.addAction(way.step.label)
            action.setToolTip(tip_of(way.step))
            action.triggered.connect(lambda _=False, step=way.step: self.step_asked.emit(step))
        self.undo.setVisible(not narrow)
        name_button(self.save, "保存", "" if narrow else "Ctrl+S")

    def lacking(self) -> str:
        """Return what the steps on the buttons still wait for; empty when they wait for nothing."""
        first = self._ways[0] if self._ways and not self._own else None
        rest = self._ways[1] if self.second.reason else None
        return f"{self._lacking(first)}　{self._lacking(rest)}".strip()

    def focus_step(self, state: str) -> None:
        """Put the cursor on the button of the step to a state, or on the menu it stands in."""
        at = next((at for at, way in enumerate(self._ways) if way.step.after == state), -1)
        buttons = (self.primary, self.second if not self.second.isHidden() else self.more)
        if at >= 0:
            buttons[min(at, 1)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_next(self) -> bool:
        """Put the cursor on what comes next; False when nothing here can be pressed."""
        ready = next((each for each in (self.primary, self.more) if each.isVisible() and each.isEnabled()), None)
        if ready:
            ready.setFocus(Qt.FocusReason.OtherFocusReason)
        return ready is not None

    def _lacking(self, way: Way | None) -> str:
        return lacking_words(self._register, way) if way else ""

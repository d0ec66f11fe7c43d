"""Of several buttons of which one is chosen Tab stops at that one; arrows go to the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton


def let_tab_stop(buttons: Sequence[QAbstractButton]) -> QAbstractButton | None:
    """Let Tab stop at one of an exclusive group: where the focus is, else the chosen one, else the first in view.

    Qt by itself lets it stop at each of them until one had the focus, and from then on at that one, chosen or not.
    """
    # One that was not shown yet counts as hidden too, but was not hidden on purpose.
    on_purpose = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    there = [each for each in buttons if not (each.isHidden() and each.testAttribute(on_purpose))]
    stop = next((each for each in there if each.hasFocus()), None)
    stop = stop or next((each for each in there if each.isChecked()), next(iter(there), None))
    for each in buttons:
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is stop else Qt.FocusPolicy.ClickFocus)
    return stop

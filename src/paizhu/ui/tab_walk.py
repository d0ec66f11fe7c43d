"""Tab as the eye reads: from what stands in the window now, not from when each control was made.

Qt keeps one ring of all controls in the order of their making. What is made late (chips, links to files, cards) comes
after everything else there, and a pane that hands its focus to its list lets Tab jump over all that stands before the
list; seen as a trap in which Tab went round the form of a talk and never left it. The keys of a control that goes from
sight stay in its part of the window as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QWidget

_TOUCHING = 2
"""Pixels by which two neighbours may overlap and still stand one after the other."""


class TabWindow(QMainWindow):
    """A window in which Tab goes to the next control that is seen, and Shift+Tab to the one before.

    What gets the focus otherwise, from a key that opens a form or goes to another pane, is brought into view as well.
    """

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._see_focus)

    def _see_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        # A window that is looked at again, the focus being where it was, stays scrolled as it is.
        if before is not None and now is not None and now.window() is self and _is_out_of_sight(now):
            QTimer.singleShot(0, now, partial(_come_into_view, now))

    def focusNextPrevChild(self, forward: bool, /) -> bool:
        """Go to the neighbour of what has the focus; False where nothing takes it."""
        from PySide6.QtCore import Qt  # it takes a tenth of the start

        stops = list(tab_stops_of(self))
        if not stops:
            return False
        focus = held = QApplication.focusWidget()
        while focus is not None and focus not in stops:
            # What opens inside a control, such as the editor in a cell, counts as the control.
            focus = focus.parentWidget()
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        if focus is not None:
            target = stops[(stops.index(focus) + (1 if forward else -1)) % len(stops)]
        elif held is not None and (beside := _beside(held, stops)):
            # Nobody pressed Tab: a button that was pressed is hidden or refused by what it did, and Qt asks on.
            target, reason = beside, Qt.FocusReason.OtherFocusReason
        else:
            target = stops[0] if forward else stops[-1]
        target.setFocus(reason)
        _bring_into_view(target)
        return True


def tab_stops_of(widget: QWidget) -> Iterator[QWidget]:
    """Yield what Tab stops at inside a widget, in reading order."""
    for child in in_reading_order(_seen(widget)):
        if _stops(child):
            yield child
        yield from tab_stops_of(child)


def in_reading_order(widgets: Sequence[QWidget]) -> list[QWidget]:
    """Return neighbours as they are read: band below band; in a band what stands first at the left, then the rest."""
    if len(bands := _cut(widgets, QRect.top, QRect.bottom)) > 1:
        return [each for band in bands for each in in_reading_order(band)]
    if len(columns := _cut(widgets, QRect.left, QRect.right)) > 1:
        rest = [each for column in columns[1:] for each in column]
        return [*in_reading_order(columns[0]), *in_reading_order(rest)]
    return sorted(widgets, key=lambda each: (each.y(), each.x()))


def _cut(widgets: Sequence[QWidget], start: Callable[[QRect], int], end: Callable[[QRect], int]) -> list[list[QWidget]]:
    """Cut along every line that crosses none of the widgets."""
    parts: list[list[QWidget]] = []
    reached = 0
    for each in sorted(widgets, key=lambda each: start(each.geometry())):
        place = each.geometry()
        if not parts or start(place) > reached - _TOUCHING:
            parts.append([])
            reached = end(place)
        parts[-1].append(each)
        reached = max(reached, end(place))
    return parts


def _seen(widget: QWidget) -> list[QWidget]:
    from PySide6.QtCore import Qt  # as above

    # Qt calls some that were hidden while their pane was not shown visible all the same.
    own = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [each for each in own if not each.isWindow() and each.isVisible() and not each.isHidden()]


def _beside(gone: QWidget, stops: Sequence[QWidget]) -> QWidget | None:
    """Return the first stop of the closest part round a control that cannot be stopped at any more."""
    around = gone.parentWidget()
    while around is not None:
        if found := next((stop for stop in stops if around.isAncestorOf(stop)), None):
            return found
        around = around.parentWidget()
    return None


def _stops(widget: QWidget) -> bool:
    from PySide6.QtCore import Qt  # as above

    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.focusProxy() is None


def _is_out_of_sight(widget: QWidget) -> bool:
    """Tell whether not even a line of a widget is seen."""
    line = min(widget.height(), widget.fontMetrics().height())
    return widget.visibleRegion().boundingRect().height() < line


def _come_into_view(widget: QWidget) -> None:
    # Laid out by now, what was only made when it got the focus may be seen; or the focus has gone on.
    if widget.hasFocus() and _is_out_of_sight(widget):
        _bring_into_view(widget)


def _bring_into_view(widget: QWidget) -> None:
    """Scroll every pane round a control that the focus came into from outside."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()

"""The panes of the desk for one who works by keyboard: tabs, the parts of the page in front, the status bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

STRIPS = "strips"
"""The name of what stands above the pages: on the way round it comes before the page."""
_BARS = ("toolbar", "course", "action-bar")


def panes_of(tabs: QWidget, page: QWidget | None, status: QWidget) -> list[QWidget]:
    """Return the panes in reading order: the tabs first, the status bar last."""
    above = _above(tabs)
    if page is None:
        return [tabs, *above, status]
    lists = _lists(page)
    bars = [child for child in page.findChildren(QWidget) if child.property("frame") in _BARS and child.isVisible()]
    whole = [] if lists else [page]
    return [tabs, *above, *whole, *sorted({*lists, *bars}, key=_reading_order), status]


def step_through(panes: Sequence[QWidget], step: int) -> None:
    """Move the focus to the next pane (or, with -1, the one before) and round again."""
    focus = QApplication.focusWidget()
    holding = [at for at, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))]
    target = panes[(holding[-1] + step) % len(panes) if holding else 0]
    if target.focusPolicy() == Qt.FocusPolicy.NoFocus:
        inside = [child for child in target.findChildren(QWidget) if _takes_focus(child)]
        target = inside[0] if inside else target
    target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def enter(page: QWidget | None) -> None:
    """Put the focus into a page that was asked for by a key or a button: where it was, or on its list, or its start."""
    focus = QApplication.focusWidget()
    if page is None or (focus and page.isAncestorOf(focus)):
        return
    last: QWidget | None = page.focusWidget()
    if last is None or not _takes_focus(last):
        lists = sorted(_lists(page), key=_reading_order)
        rest = sorted((child for child in page.findChildren(QWidget) if _takes_focus(child)), key=_reading_order)
        last = page.focusProxy() or next(iter([*lists, *rest]), None)
    if last:
        last.setFocus(Qt.FocusReason.ShortcutFocusReason)


def first_list(page: QWidget) -> QWidget | None:
    """Return the list in which a page that was not shown yet begins; None for one without a list."""
    lists = (view for view in page.findChildren(QAbstractItemView) if view.focusPolicy() & Qt.FocusPolicy.TabFocus)
    # What lies in a hidden part is not hidden itself, and would take the keys unseen.
    return next((view for view in lists if view.isVisibleTo(page)), None)


def first_focusable(inside: QWidget | None) -> QWidget | None:
    """Return the first widget in a pane that takes the focus by Tab; None where nothing does."""
    return next((child for child in inside.findChildren(QWidget) if _takes_focus(child)), None) if inside else None


def step_through_parts(parts: Sequence[tuple[QWidget, QWidget | None]], by: int, otherwise: QWidget) -> None:
    """Go to the next part of a page: what takes the focus itself, else the first inside that does.

    Each part is told with what of it is in front; one where nothing takes the focus leads to ``otherwise``. What stands
    above the page with something to press is the part before the first.
    """
    shown: list[tuple[QWidget, QWidget | None]] = [(strips, strips) for strips in _above(otherwise)]
    shown += [(part, front) for part, front in parts if part.isVisible()]
    focus = QApplication.focusWidget()
    outside = -1 if by > 0 else 0
    at = next(
        (n for n, (part, _front) in enumerate(shown) if focus and (part is focus or part.isAncestorOf(focus))), outside
    )
    if not shown:
        return
    part, front = shown[(at + by) % len(shown)]
    itself = next((each for each in (part, front) if each and _takes_focus(each)), None)
    target = itself or first_focusable(front) or first_focusable(part) or otherwise
    target.setFocus(Qt.FocusReason.TabFocusReason)


def tab_stops(inside: QWidget) -> list[QWidget]:
    """Return what Tab may stop at in a widget, as it was put there; lists that drop down are windows of their own."""
    window = inside.window()
    return [
        each
        for each in (inside, *inside.findChildren(QWidget))
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.focusProxy() is None and each.window() is window
    ]


def chain(stops: Iterable[QWidget]) -> None:
    """Let Tab lead from each of these to the next: what is made late would else come after everything else."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _above(widget: QWidget) -> list[QWidget]:
    """Return what stands above the page in the window of a widget, if there is anything to press in it."""
    strips: QWidget | None = widget.window().findChild(QWidget, STRIPS)
    return [strips] if strips is not None and strips.isVisible() and first_focusable(strips) else []


def _lists(page: QWidget) -> list[QAbstractItemView]:
    return [view for view in page.findChildren(QAbstractItemView) if _takes_focus(view)]


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _reading_order(widget: QWidget) -> tuple[int, int]:
    place = widget.mapTo(widget.window(), widget.rect().topLeft())
    return place.y() // 40, place.x()

"""Something new on the screen, painted in a turn of its own: making it and painting it would be felt in one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from paizhu.ui.turns import next_turn


def paint_whole(widget: QWidget, still_comes: Callable[[], bool] = lambda: False) -> None:
    """Leave on the screen what stands there until the parts of a widget that were put off by now have had their turn,
    and as long as something ``still_comes``.

    What came to the front is then seen whole, and not built up bit by bit. The whole window waits: left out of it, the
    place of the widget would be painted as empty ground meanwhile. What is in no window yet is held by the window it
    comes into: held on its own, it would be left out there.
    """
    window = widget.window()
    if window.isVisible() and window.updatesEnabled():
        window.setUpdatesEnabled(False)
        # Not the next turn: what is put off while the widget comes to the front is to come before.
        next_turn(window, partial(next_turn, window, partial(_paint_when_whole, window, still_comes)))


def _paint_when_whole(window: QWidget, still_comes: Callable[[], bool]) -> None:
    if still_comes():
        next_turn(window, partial(_paint_when_whole, window, still_comes))
    else:
        paint_again(window)


def paint_again(window: QWidget) -> None:
    """Paint a window from now on, and all of it now."""
    window.setUpdatesEnabled(True)
    # What Qt was told to paint meanwhile it holds for on its way: a page that fills its window would never come.
    window.repaint()


def stand_instead(stack: QStackedWidget, page: QWidget) -> None:
    """Paint a page of a stack now, in place of one that is never shown again; nothing of that stays on the screen.

    By itself Qt would go three times through all that stands in the other one: to hold its painting back, to let it go
    and to find another place for the cursor. A desk of which every page was made is felt each time.
    """
    from PySide6.QtCore import Qt  # it takes a tenth of the start

    gone, window = stack.currentWidget(), stack.window()
    if gone is not None and gone is not page:
        gone.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled)
        gone.setAttribute(Qt.WidgetAttribute.WA_ForceUpdatesDisabled)
        if (typed_in := window.focusWidget()) and gone.isAncestorOf(typed_in):
            typed_in.clearFocus()
    # Held back by something that was just coming to the front, the page would not be painted either.
    window.setUpdatesEnabled(True)
    stack.setCurrentWidget(page)
    # Dressed only now after a change of look, it would be seen for a moment with the sizes of the old one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    page.repaint()

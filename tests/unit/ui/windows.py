"""What tests do in the whole window: wait until it rests, find its desk, press keys, ask for its acts."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.desk import Desk
from paizhu.ui.main_window import MainWindow

P = TypeVar("P", bound=QWidget)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is at work in the window or its desk, and nothing waits for a turn of its own."""
    qtbot.waitUntil(lambda: at_rest(window))


def at_rest(window: MainWindow) -> bool:
    """Tell whether nothing is at work in the window or its desk, nor put off to a later turn."""
    busy = window.tasks.busy or bool(window.desk and window.desk.context.tasks.busy) or window._last_work.waits
    return not (busy or turns.waiting())


def desk_of(window: MainWindow) -> Desk:
    """Return the desk, which is open."""
    assert window.desk is not None
    return window.desk


def office_of(window: MainWindow) -> Office:
    """Return what the open vault can do."""
    assert window.session.office is not None
    return window.session.office


def page_at(window: MainWindow, key: str, kind: type[P]) -> P:
    """Show a page of the desk by its key, and return it."""
    desk = desk_of(window)
    desk.show_tab(key)
    page = desk.pages.currentWidget()
    assert isinstance(page, kind)
    return page


def press(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key in the window."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(window, key, held)


def act(window: MainWindow, action: str) -> None:
    """Ask for an act by its id, as a menu or key does."""
    next(bound for bound in window.actions() if bound.objectName() == action).trigger()


def write(*growing: str, done: str = "") -> None:
    """Write a word as an input method does: the letters grow where the focus is, then the word takes their place."""
    for letters in (*growing, ""):
        focus, event = QApplication.focusWidget(), QInputMethodEvent(letters, [])
        assert focus is not None
        if not letters:
            event.setCommitString(done)
        QApplication.sendEvent(focus, event)

"""What is new on the screen is painted whole, and the desk comes in the turns after its password."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from paizhu.services.session import Session
from paizhu.ui import turns
from paizhu.ui.held import paint_whole
from paizhu.ui.main_window import MainWindow
from paizhu.ui.turns import next_turn
from tests.conftest import PASSWORD
from tests.unit.ui.windows import desk_of, settle


class Painted(QWidget):
    """Notes at each painting what was done to it by then."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.seen: list[tuple[str, ...]] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note it."""
        self.seen.append(tuple(self.done))


def test_what_comes_to_the_front_is_painted_once_its_put_off_parts_are_there(qtbot: QtBot) -> None:
    stack, page = QStackedWidget(), Painted()
    qtbot.addWidget(stack)
    stack.addWidget(QWidget())
    stack.resize(300, 200)
    with qtbot.waitExposed(stack):
        stack.show()
    stack.addWidget(page)
    next_turn(page, lambda: page.done.append("put off while it was made"))
    paint_whole(stack)
    stack.setCurrentWidget(page)
    next_turn(page, lambda: page.done.append("put off when it was shown"))
    qtbot.waitUntil(lambda: bool(page.seen))
    assert page.seen[0] == ("put off while it was made", "put off when it was shown")
    assert stack.updatesEnabled()


def test_what_is_in_no_window_yet_is_left_to_the_one_it_comes_into(qtbot: QtBot) -> None:
    desk = QStackedWidget()
    qtbot.addWidget(desk)
    paint_whole(desk, lambda: True)
    assert desk.updatesEnabled()
    assert not turns.waiting()


def lock_page_of(window: MainWindow, qtbot: QtBot) -> None:
    window.lock()
    settle(qtbot, window)
    window.lock_page.password.field.setText(PASSWORD)


@pytest.mark.parametrize("leave", [MainWindow.lock, MainWindow.close])
def test_what_is_asked_for_before_the_desk_has_come_holds_all_the_same(
    window: MainWindow, session: Session, qtbot: QtBot, leave: Callable[[MainWindow], object]
) -> None:
    lock_page_of(window, qtbot)
    # Heard after the window began to make its desk, and before the turn in which that comes.
    window.lock_page.opened.connect(lambda: leave(window))
    with qtbot.waitSignal(window.lock_page.opened):
        window.lock_page.try_password()
    qtbot.waitUntil(lambda: session.office is None, timeout=20_000)
    qtbot.waitUntil(lambda: not turns.waiting())
    assert window.desk is None
    assert window._stack.currentWidget() is window.lock_page
    assert window.updatesEnabled()


def test_the_desk_that_came_after_its_password_has_the_keys_and_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    desk_of(window).show_tab("talks")
    lock_page_of(window, qtbot)
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        window.lock_page.try_password()
    desk = desk_of(window)
    assert desk.pages.current_key == "talks"
    focus = window.focusWidget()
    assert focus is not None
    assert desk.isAncestorOf(focus)
    qtbot.waitUntil(window.updatesEnabled)

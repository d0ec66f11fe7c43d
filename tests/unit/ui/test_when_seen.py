"""What lies behind other pages reads again when it is seen, and what is put off is done once, in time."""

import time
from functools import partial
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.turns import PutOff, next_turn, waiting
from paizhu.ui.when_seen import WhenSeen, is_behind


def two_pages(qtbot: QtBot) -> tuple[QStackedWidget, QLabel, QLabel]:
    stack, front, behind = QStackedWidget(), QLabel("前"), QLabel("后")
    stack.addWidget(front)
    stack.addWidget(behind)
    qtbot.addWidget(stack)
    return stack, front, behind


def test_a_page_in_sight_reads_at_once_and_one_behind_it_once_when_it_comes_to_the_front(qtbot: QtBot) -> None:
    stack, front, behind = two_pages(qtbot)
    stack.show()
    read: list[str] = []
    seen = [WhenSeen(page, partial(read.append, page.text())) for page in (front, behind)]
    for _change in range(3):
        for each in seen:
            each.ask("whatever a signal tells")
    assert read == ["前"] * 3
    assert is_behind(behind)
    stack.setCurrentWidget(behind)
    assert read == ["前"] * 3 + ["后"]
    stack.setCurrentWidget(front)
    stack.setCurrentWidget(behind)
    assert read == ["前"] * 3 + ["后"]


def test_nothing_lies_behind_in_a_window_that_is_out_of_sight(qtbot: QtBot) -> None:
    _stack, _front, behind = two_pages(qtbot)
    read: list[int] = []
    WhenSeen(behind, lambda: read.append(1)).ask()
    assert read == [1]


class Gently(QMainWindow):
    """Two pages, of which the one behind has missed something."""

    def __init__(self) -> None:
        super().__init__()
        self.stack, self.front, self.behind = QStackedWidget(), QLabel("前"), QLabel("后")
        self.stack.addWidget(self.front)
        self.stack.addWidget(self.behind)
        self.setCentralWidget(self.stack)
        self.read: list[int] = []
        self.later: list[int] = []
        self.seen = WhenSeen(self.behind, lambda: self.read.append(1), gently=lambda: self.later.append(1))


@pytest.fixture
def gently(qtbot: QtBot) -> Gently:
    """The window in sight."""
    window = Gently()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.seen.ask()
    return window


def test_what_is_read_gently_is_read_in_a_turn_of_its_own_before_anything_is_painted(
    gently: Gently, qtbot: QtBot
) -> None:
    gently.stack.setCurrentWidget(gently.behind)
    assert gently.read == []
    assert not gently.updatesEnabled()
    qtbot.waitUntil(gently.updatesEnabled)
    assert (gently.read, gently.later) == ([1], [1])


def test_a_key_that_comes_before_finds_it_read(gently: Gently, qtbot: QtBot) -> None:
    gently.stack.setCurrentWidget(gently.behind)
    QTest.keyClick(gently.windowHandle(), Qt.Key.Key_A)
    assert (gently.read, gently.later) == ([1], [1])
    qtbot.waitUntil(lambda: not waiting())
    assert gently.read == [1]


def test_what_went_behind_again_before_its_turn_is_read_when_it_comes_back(gently: Gently, qtbot: QtBot) -> None:
    gently.stack.setCurrentWidget(gently.behind)
    gently.stack.setCurrentWidget(gently.front)
    qtbot.waitUntil(lambda: not waiting())
    assert (gently.read, gently.seen.waits, gently.updatesEnabled()) == ([], True, True)
    gently.stack.setCurrentWidget(gently.behind)
    gently.seen.catch_up()
    assert gently.read == [1]
    qtbot.waitUntil(lambda: not waiting())
    assert gently.read == [1]


def test_who_asks_what_a_page_shows_has_it_read_before(qtbot: QtBot) -> None:
    stack, _front, behind = two_pages(qtbot)
    stack.show()
    read: list[int] = []
    seen = WhenSeen(behind, lambda: read.append(1))
    seen.catch_up()
    assert read == []
    seen.ask()
    seen.catch_up()
    stack.setCurrentWidget(behind)
    assert read == [1]


def test_what_is_done_in_a_turn_of_its_own_is_done_once_for_all_that_asked(qtbot: QtBot) -> None:
    stack, front, behind = two_pages(qtbot)
    stack.show()
    read: list[int] = []
    seen = WhenSeen(front, lambda: read.append(1), apart=True)
    seen.ask()
    seen.ask()
    assert read == []
    qtbot.waitUntil(lambda: read == [1])
    # Gone from sight before its turn came: it waits until it is seen.
    seen.ask()
    stack.setCurrentWidget(behind)
    qtbot.waitUntil(lambda: seen.waits)
    assert read == [1]
    stack.setCurrentWidget(front)
    qtbot.waitUntil(lambda: read == [1, 1])


def test_what_is_put_off_is_done_in_the_next_turn_or_at_once_for_who_cannot_wait(qtbot: QtBot) -> None:
    _stack, front, _behind = two_pages(qtbot)
    done: list[str] = []
    rest = PutOff(front)
    rest.put_off(lambda: done.append("next turn"))
    assert done == []
    qtbot.waitUntil(lambda: done == ["next turn"])
    rest.put_off(lambda: done.append("at once"))
    rest.finish()
    rest.finish()
    rest.put_off(lambda: done.append("replaced"))
    rest.put_off(lambda: done.append("instead"))
    qtbot.waitUntil(lambda: done == ["next turn", "at once", "instead"])
    rest.put_off(lambda: done.append("given up"))
    rest.give_up()
    qtbot.wait(20)
    assert done[-1] == "instead"


def test_each_thing_that_waits_has_a_turn_of_its_own_with_keys_in_between(qtbot: QtBot) -> None:
    owner, gone, line = QWidget(), QWidget(), QLineEdit()
    for widget in (owner, line):
        qtbot.addWidget(widget)
    beat = QTimer()
    done: list[str] = []
    beat.timeout.connect(lambda: done.append("beat"))
    beat.start(0)

    def busy(name: str) -> None:
        done.append(name)
        # Longer than the others wait: with timers of their own they would all be due by now.
        time.sleep(0.02)
        QApplication.postEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, name))

    for name in "abc":
        next_turn(owner, partial(busy, name))
    next_turn(gone, partial(busy, "gone"))
    shiboken6.delete(gone)
    next_turn(owner, partial(busy, "d"))
    qtbot.waitUntil(lambda: line.text() == "abcd")
    for one, other in pairwise("abcd"):
        assert "beat" in done[done.index(one) : done.index(other)]
    assert "gone" not in done


def test_the_others_do_not_wait_for_the_answer_that_one_of_them_asks_for(qtbot: QtBot) -> None:
    owner, loop = QWidget(), QEventLoop()
    done: list[str] = []
    qtbot.addWidget(owner)

    def ask() -> None:
        loop.exec()
        done.append("answered")

    next_turn(owner, ask)
    next_turn(owner, lambda: done.append("meanwhile"))
    next_turn(owner, loop.quit)
    qtbot.waitUntil(lambda: "answered" in done)
    assert done == ["meanwhile", "answered"]


def test_it_is_known_whether_something_still_waits_for_its_turn(qtbot: QtBot) -> None:
    owner, gone = QLabel("甲"), QLabel("乙")
    qtbot.addWidget(owner)
    done: list[str] = []
    qtbot.waitUntil(lambda: not waiting())
    next_turn(owner, partial(done.append, "甲"))
    next_turn(gone, partial(done.append, "乙"))
    assert waiting()
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: not waiting())
    assert done == ["甲"]

"""A record of another page comes in turns of its own: the page first, then the part for its register, then itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu.ui.desk import Desk
from paizhu.ui.main_window import MainWindow
from tests.unit.ui.conftest import StandInPage
from tests.unit.ui.windows import desk_of, page_at, settle

WANTED = ("integrity_talk", 7)


@pytest.fixture
def talks(window: MainWindow, a_turn_each: None, qtbot: QtBot) -> StandInPage:
    """The page of talks, made and left again; every piece of what is to come takes a turn."""
    page = page_at(window, "talks", StandInPage)
    page_at(window, "people", StandInPage)
    settle(qtbot, window)
    return page


def half_shown(desk: Desk, talks: StandInPage) -> None:
    """Stop between two pieces of the record that was asked for."""
    pieces = desk.pages._arriving._pieces
    assert pieces is not None
    while talks.opened is None:
        next(pieces)
    assert talks.shown is None


def test_the_page_comes_first_and_is_seen_only_with_the_record(
    window: MainWindow, talks: StandInPage, qtbot: QtBot
) -> None:
    desk = desk_of(window)
    desk.open_record(*WANTED)
    assert desk.pages.currentWidget() is talks
    assert talks.opened is None
    # What stood there before is not shown for a moment.
    assert not window.updatesEnabled()
    qtbot.waitUntil(lambda: talks.opened == WANTED)
    qtbot.waitUntil(window.updatesEnabled)


def test_a_record_of_the_page_in_front_is_there_at_once(window: MainWindow, talks: StandInPage) -> None:
    desk = desk_of(window)
    desk.show_tab("talks")
    desk.open_record(*WANTED)
    assert talks.shown == WANTED


def test_a_key_in_between_finds_the_record(window: MainWindow, talks: StandInPage) -> None:
    desk_of(window).open_record(*WANTED)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F2)
    assert talks.shown == WANTED


def test_a_record_that_is_half_shown_is_shown_whole_before_another_is(window: MainWindow, talks: StandInPage) -> None:
    desk = desk_of(window)
    desk.open_record(*WANTED)
    half_shown(desk, talks)
    desk.open_record("person", 3)
    assert talks.shown == WANTED


def test_a_lock_over_a_record_that_is_half_shown_shows_no_more_of_it(
    window: MainWindow, talks: StandInPage, qtbot: QtBot
) -> None:
    desk = desk_of(window)
    desk.open_record(*WANTED)
    half_shown(desk, talks)
    window.lock()
    settle(qtbot, window)
    assert talks.shown is None


def test_what_is_asked_for_last_is_shown(window: MainWindow, talks: StandInPage, qtbot: QtBot) -> None:
    desk = desk_of(window)
    desk.open_record(*WANTED)
    desk.open_record("person", 3)
    settle(qtbot, window)
    people = page_at(window, "people", StandInPage)
    assert people.opened == ("person", 3)
    assert talks.opened is None


def test_a_lock_in_between_leaves_a_window_that_is_painted(
    window: MainWindow, talks: StandInPage, qtbot: QtBot
) -> None:
    desk_of(window).open_record(*WANTED)
    window.lock()
    settle(qtbot, window)
    assert window.updatesEnabled()
    assert talks.opened is None

"""What is shown in pieces: the first at once, the rest in turns, all of it before a key or for whoever asks."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui import turns
from paizhu.ui.turns import InPieces, Pieces


@pytest.fixture
def shown() -> list[str]:
    """What was shown so far."""
    return []


@pytest.fixture
def pieces(qtbot: QtBot) -> InPieces:
    """Of a widget in a window in sight."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return InPieces(window)


def felt(shown: list[str], words: str) -> Pieces:
    """Show letters, each of which takes as long as a turn may."""
    for letter in words:
        shown.append(letter)
        time.sleep(0.015)
        yield


def quick(shown: list[str], words: str) -> Pieces:
    """Show letters that take no time."""
    for letter in words:
        shown.append(letter)
        yield


def test_what_would_be_felt_comes_one_by_one(pieces: InPieces, shown: list[str], qtbot: QtBot) -> None:
    pieces.begin(felt(shown, "abc"))
    assert shown == ["a"]
    assert pieces
    qtbot.waitUntil(lambda: not turns.waiting())
    assert shown == ["a", "b", "c"]
    assert not pieces


def test_what_is_not_felt_comes_at_once(pieces: InPieces, shown: list[str]) -> None:
    pieces.begin(quick(shown, "abc"))
    assert shown == ["a", "b", "c"]
    assert not pieces


def test_whoever_needs_all_of_it_has_it(pieces: InPieces, shown: list[str]) -> None:
    pieces.begin(felt(shown, "abc"))
    pieces.finish()
    assert shown == ["a", "b", "c"]


def test_no_more_is_shown_than_somebody_needs(pieces: InPieces, shown: list[str], qtbot: QtBot) -> None:
    pieces.begin(felt(shown, "abcd"))
    pieces.go_to(lambda: "c" in shown)
    assert shown == ["a", "b", "c"]
    qtbot.waitUntil(lambda: not pieces)
    assert shown == ["a", "b", "c", "d"]


def test_others_take_the_place_of_what_was_still_to_come(pieces: InPieces, shown: list[str], qtbot: QtBot) -> None:
    pieces.begin(felt(shown, "abc"))
    pieces.begin(felt(shown, "xy"))
    qtbot.waitUntil(lambda: not pieces)
    assert shown == ["a", "x", "y"]


def test_a_piece_may_begin_others(pieces: InPieces, shown: list[str], qtbot: QtBot) -> None:
    def leading() -> Pieces:
        shown.append("a")
        pieces.begin(felt(shown, "xy"))
        yield
        shown.append("never")

    pieces.begin(leading())
    qtbot.waitUntil(lambda: not pieces)
    assert shown == ["a", "x", "y"]


def test_a_piece_does_not_wait_for_itself(pieces: InPieces, shown: list[str]) -> None:
    def asking() -> Pieces:
        pieces.finish()
        shown.append("a")
        yield

    pieces.begin(asking())
    assert shown == ["a"]


def test_what_was_given_up_does_not_come(pieces: InPieces, shown: list[str], qtbot: QtBot) -> None:
    pieces.begin(felt(shown, "abc"))
    pieces.give_up()
    qtbot.waitUntil(lambda: not turns.waiting())
    assert shown == ["a"]


def test_a_key_finds_all_of_it(pieces: InPieces, shown: list[str]) -> None:
    widget = pieces.parent()
    assert isinstance(widget, QWidget)
    pieces.begin(felt(shown, "abc"))
    QTest.keyClick(widget.window().windowHandle(), Qt.Key.Key_Tab)
    assert shown == ["a", "b", "c"]


def test_a_click_finds_all_of_it(pieces: InPieces, shown: list[str]) -> None:
    widget = pieces.parent()
    assert isinstance(widget, QWidget)
    pieces.begin(felt(shown, "abc"))
    QTest.mouseClick(widget.window().windowHandle(), Qt.MouseButton.LeftButton)
    assert shown == ["a", "b", "c"]


def test_what_is_held_back_is_painted_when_it_is_whole(pieces: InPieces, shown: list[str]) -> None:
    widget = pieces.parent()
    assert isinstance(widget, QWidget)
    held = QWidget(widget)
    late = InPieces(widget, held)
    late.begin(felt(shown, "abc"))
    assert not held.updatesEnabled()
    late.finish()
    assert held.updatesEnabled()
    late.begin(felt(shown, "abc"))
    late.give_up()
    assert held.updatesEnabled()


def test_a_fault_ends_it(pieces: InPieces, shown: list[str]) -> None:
    def failing() -> Pieces:
        shown.append("a")
        yield
        raise ValueError("示例")

    with pytest.raises(ValueError, match="示例"):
        pieces.begin(failing())
    assert not pieces


def test_what_comes_into_sight_only_now_is_covered_until_it_is_whole(
    pieces: InPieces, shown: list[str], qtbot: QtBot
) -> None:
    window = pieces.parent()
    assert isinstance(window, QWidget)
    held = QWidget(window)
    held.setGeometry(0, 0, 40, 30)
    late = InPieces(window, held)

    def covers() -> list[QWidget]:
        return [each for each in window.findChildren(QFrame) if each.isVisible()]

    held.show()
    late.begin(felt(shown, "ab"))
    assert [each.geometry() for each in covers()] == [held.geometry()]
    late.finish()
    assert covers() == []
    qtbot.waitUntil(lambda: not turns.waiting())
    # It has a picture of its own by now, which stays.
    late.begin(felt(shown, "ab"))
    assert covers() == []
    late.finish()


def test_in_a_window_that_keeps_its_picture_it_is_covered_too_until_it_has_one_of_its_own(
    pieces: InPieces, shown: list[str], qtbot: QtBot
) -> None:
    window = pieces.parent()
    assert isinstance(window, QWidget)
    window.window().setUpdatesEnabled(False)
    held = QWidget(window)
    late = InPieces(window, held)
    held.show()
    done: list[int] = []
    turns.next_turn(window, lambda: turns.next_turn(window, lambda: done.append(1)))
    qtbot.waitUntil(lambda: bool(done))
    late.begin(felt(shown, "ab"))
    assert any(each.isVisible() for each in window.findChildren(QFrame))
    # The window is painted before the last piece has come: its own picture is not shown in the place either.
    window.window().setUpdatesEnabled(True)
    assert not held.updatesEnabled()
    late.finish()
    assert held.updatesEnabled()
    qtbot.waitUntil(lambda: not turns.waiting())

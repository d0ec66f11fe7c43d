"""The parts of a page for its other registers: made while nothing happens, unseen, and only while they are wanted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paizhu.registers import register

from .conftest import MakePage

KINDS = tuple(register(key) for key in ("review_item", "meeting", "person"))


class Windows(QObject):
    """Notes everything that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_the_other_registers_are_made_while_nothing_happens_and_nobody_sees_it(
    make_page: MakePage, qtbot: QtBot, qapp: QApplication
) -> None:
    page = make_page(*KINDS)
    windows = Windows()
    qapp.installEventFilter(windows)
    qtbot.waitUntil(lambda: len(page._sides) == len(KINDS) and not page._ahead.isActive())
    qapp.removeEventFilter(windows)
    assert windows.shown == []
    assert page.side.register.key == KINDS[0].key
    assert page.side.isVisible()


def test_a_page_that_is_left_makes_nothing_more(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(*KINDS)
    page.hide()
    qtbot.waitUntil(lambda: not page._ahead.isActive())
    assert list(page.arriving("person"))
    assert not list(page.arriving("person"))
    assert not list(page.arriving("case"))


def test_a_part_is_brought_to_the_front_before_a_record_is_shown_on_it(make_page: MakePage) -> None:
    page = make_page(*KINDS)
    assert not page.bring_forward(KINDS[0].key)
    assert not page.bring_forward("case")
    page.come_now("person")
    assert page.bring_forward("person")
    assert page.side.register.key == "person"
    assert page.side.isVisible()
    assert not page.bring_forward("person")

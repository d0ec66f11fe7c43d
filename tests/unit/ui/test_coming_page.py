"""A page of registers comes piece by piece and is seen whole; whoever needs it before it has come gets it at once."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu.base.errors import VaultBusyError
from paizhu.registers import register
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.main_window import MainWindow
from paizhu.ui.register import sides
from paizhu.ui.register.matters_page import MattersPage
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS
from tests.conftest import PASSWORD
from tests.unit.ui.windows import desk_of, office_of, press, settle

pytestmark = [pytest.mark.real_pages, pytest.mark.usefixtures("a_turn_each")]

STRIP = 60
"""Pixels: a strip that comes over the page, or goes, moves what is in sight of a list by less."""


@pytest.fixture
def units(window: MainWindow) -> list[int]:
    """Some units of the group, and a talk."""
    records = office_of(window).records
    saved = [records.save(register("unit"), {"name": f"示例单位{at}"}) for at in range(40)]
    records.save(register("integrity_talk"), {"subject": "示例甲", "planned_date": date(2026, 3, 5)})
    return [change.records[0][1] for change in saved]


def front(window: MainWindow) -> RegisterPage:
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, RegisterPage)
    return page


def focus_is_in(page: RegisterPage) -> bool:
    focus = page.window().focusWidget()
    return focus is not None and page.isAncestorOf(focus)


def test_a_page_comes_in_turns_and_is_painted_when_all_of_it_is_there(
    window: MainWindow, units: list[int], qtbot: QtBot
) -> None:
    desk_of(window).enter_tab("talks")
    page = front(window)
    assert page.arrives
    assert not page._sides
    assert not window.updatesEnabled()
    qtbot.waitUntil(window.updatesEnabled)
    assert not page.arrives
    assert page.side.isVisible()
    settle(qtbot, window)
    assert window.focusWidget() is page.side.list.table


@pytest.mark.parametrize("key", [tab.key for tab in TABS if tab.registers])
def test_a_key_in_between_finds_the_whole_page(window: MainWindow, key: str) -> None:
    desk_of(window).enter_tab(key)
    page = front(window)
    assert page.arrives
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert not page.arrives
    assert page.side.isVisible() or isinstance(page, MattersPage)
    assert focus_is_in(page)


def test_a_command_in_between_finds_the_whole_page(window: MainWindow, units: list[int]) -> None:
    desk = desk_of(window)
    desk.show_tab("talks")
    desk.pages.run("new")
    page = front(window)
    assert not page.arrives
    assert page.side.detail.work.is_new


def test_a_tab_chosen_meanwhile_is_the_one_that_stands(window: MainWindow, units: list[int], qtbot: QtBot) -> None:
    desk = desk_of(window)
    desk.show_tab("people")
    left = front(window)
    desk.show_tab("talks")
    settle(qtbot, window)
    assert desk.pages.current_key == "talks"
    assert not front(window).arrives
    assert window.updatesEnabled()
    desk.show_tab("people")
    settle(qtbot, window)
    assert front(window) is left
    assert not left.arrives


def test_of_a_page_made_for_one_record_no_other_side_is_made_first(
    window: MainWindow, units: list[int], qtbot: QtBot
) -> None:
    desk = desk_of(window)
    desk.open_record("unit", units[3])
    page = front(window)
    qtbot.waitUntil(lambda: not page.arrives)
    assert next(iter(page._sides)) == "unit", "no other part of the page is made before it"
    settle(qtbot, window)
    assert page.side.detail.work.record_id == units[3]
    assert window.updatesEnabled()


@pytest.mark.parametrize("turns_gone", range(5))
def test_a_lock_in_between_makes_nothing_of_a_closed_vault(
    window: MainWindow, units: list[int], qtbot: QtBot, turns_gone: int
) -> None:
    desk = desk_of(window)
    desk.show_tab("people")
    pieces = desk.pages._arriving._pieces
    assert pieces is not None
    for _turn in range(turns_gone):
        next(pieces)
    window.lock()
    settle(qtbot, window)
    assert window.desk is None
    assert window.updatesEnabled()


def unlock(window: MainWindow, qtbot: QtBot) -> None:
    settle(qtbot, window)
    window.lock_page.password.field.setText(PASSWORD)
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        window.lock_page.try_password()


def test_after_a_lock_the_page_comes_in_turns_where_it_stood(
    window: MainWindow, units: list[int], qtbot: QtBot
) -> None:
    desk = desk_of(window)
    desk.show_tab("people")
    page = front(window)
    page.open_record("unit", units[30])
    settle(qtbot, window)
    page.side.detail.header.tabs.setCurrentIndex(4)
    scrolled = page.side.list.scroll_place()
    assert scrolled
    window.lock()
    unlock(window, qtbot)
    page = front(window)
    assert page.arrives
    assert not window.updatesEnabled()
    settle(qtbot, window)
    assert next(iter(page._sides)) == "unit", "no other part of the page is made before it"
    assert page.side.detail.work.record_id == units[30]
    assert page.side.detail.header.tabs.currentIndex() == 4
    assert abs(page.side.list.scroll_place() - scrolled) <= STRIP
    assert focus_is_in(page)
    assert window.updatesEnabled()


def test_a_key_after_the_password_finds_the_page_where_it_stood(
    window: MainWindow, units: list[int], qtbot: QtBot
) -> None:
    desk_of(window).show_tab("people")
    front(window).open_record("unit", units[30])
    settle(qtbot, window)
    scrolled = front(window).side.list.scroll_place()
    assert scrolled
    window.lock()
    unlock(window, qtbot)
    page = front(window)
    assert page.arrives
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert not page.arrives
    assert page.side.detail.work.record_id == units[30]
    assert abs(page.side.list.scroll_place() - scrolled) <= STRIP


def test_a_list_of_one_register_is_come_back_to_without_the_one_over_all(
    window: MainWindow, units: list[int], qtbot: QtBot
) -> None:
    desk_of(window).show_tab("cases")
    page = front(window)
    page._switch("lead")
    settle(qtbot, window)
    window.lock()
    unlock(window, qtbot)
    settle(qtbot, window)
    page = front(window)
    assert isinstance(page, MattersPage)
    assert list(page._sides)[:1] == ["lead"]
    assert not page.across.isVisible()
    assert page.side.list.isVisible()


def test_what_came_in_pieces_stands_on_the_ground_of_its_page(window: MainWindow, qtbot: QtBot) -> None:
    """What is polished before it has its place in the pane must not paint the ground of the window behind it."""
    made = office_of(window).records.save(register("petition"), {"received_at": date(2026, 3, 5)}).records[0]
    desk_of(window).enter_tab("cases")
    settle(qtbot, window)
    page = front(window)
    page.open_record(*made)
    settle(qtbot, window)
    overview = page.side.detail.overview
    assert overview is not None
    corner = overview.mapTo(page, overview.visibleRegion().boundingRect().bottomRight() - QPoint(4, 4))
    assert page.grab().toImage().pixelColor(corner).name() == theme.current().tokens.surface.lower()


def test_what_cannot_be_read_leaves_a_window_that_is_painted_and_comes_the_next_time(
    window: MainWindow, units: list[int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_key: str, _context: Context) -> None:
        raise VaultBusyError("示例：读不出来。")

    desk = desk_of(window)
    with monkeypatch.context() as broken, qtbot.captureExceptions() as refused:
        broken.setattr(sides, "overview_of", refuse)
        desk.show_tab("people")
        qtbot.waitUntil(lambda: bool(refused))
        settle(qtbot, window)
    assert window.updatesEnabled()
    page = front(window)
    assert page.arrives
    desk.show_tab("talks")
    desk.show_tab("people")
    settle(qtbot, window)
    assert not page.arrives
    assert page.side.isVisible()


def test_the_other_sides_are_made_a_piece_to_a_turn(window: MainWindow, units: list[int], qtbot: QtBot) -> None:
    desk_of(window).show_tab("people")
    settle(qtbot, window)
    page = front(window)
    page._ahead.stop()
    # On a slow machine one was begun by now.
    while page._parts._coming:
        page._make_next()
    made = len(page._sides)
    page._make_next()
    assert len(page._sides) == made
    desk_of(window).open_record("unit", units[0])
    settle(qtbot, window)
    assert page.side.register.key == "unit"
    press(window, Qt.Key.Key_Escape)

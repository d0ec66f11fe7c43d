"""The keys of undo and redo in the window pass over what the program did of itself."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.ui.main_window import MainWindow
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS, Tab, tab_of
from paizhu.ui.undoing import offered
from tests.unit.ui.windows import desk_of, office_of, page_at, press, settle

CTRL = Qt.KeyboardModifier.ControlModifier
REVIEW = registers.register("review_item")
MONTHLY = {"content": "报送月报", "subject": "驻局纪检监察组", "frequency": "每月", "due_date": "2026-03-25"}


@pytest.fixture
def tabs() -> tuple[Tab, ...]:
    """The tabs as they are."""
    return TABS


def item(window: MainWindow, title: str) -> int:
    typed = {"title": title, "category": "大额资金使用", "planned_meeting_at": "2026-03-19 09:30"}
    return office_of(window).records.save(REVIEW, typed).records[0][1]


def test_opening_another_item_leaves_the_keys_to_the_last_act(window: MainWindow, qtbot: QtBot) -> None:
    office = office_of(window)
    first, second = item(window, "甲项目"), item(window, "乙项目")
    change = office.records.save(REVIEW, {"title": "甲项目（改）"}, first)
    desk_of(window).context.events.changed.emit(change)
    tab = tab_of(REVIEW.key)
    assert tab is not None
    page = page_at(window, tab.key, RegisterPage)
    settle(qtbot, window)
    page.open_record(REVIEW.key, second)
    qtbot.waitUntil(lambda: bool(office.records.rows(REVIEW, second)["check"]))
    settle(qtbot, window)
    window.setFocus()
    for key, title in ((Qt.Key.Key_Z, "甲项目"), (Qt.Key.Key_Y, "甲项目（改）"), (Qt.Key.Key_Z, "甲项目")):
        press(window, key, CTRL)
        settle(qtbot, window)
        assert office.records.get(REVIEW, first).values["title"] == title
        assert office.records.rows(REVIEW, second)["check"], "what was listed for the other one stays"


def test_the_bar_names_no_key_for_what_the_program_made(window: MainWindow, qtbot: QtBot) -> None:
    desk = desk_of(window)
    office = office_of(window)
    made = office.records.save(registers.register("duty_item"), MONTHLY)
    with clock.clock_at(datetime(2026, 3, 26, 8, 0)):
        rolled = office.records.recurring.roll()
    assert rolled is not None
    assert offered(desk.context, made.entry) == "撤销"
    assert offered(desk.context, rolled.entry) == "撤销这一步"
    desk.last_act.say("到期的定期事项已生成下一期：1 项", rolled.entry)
    assert "Ctrl" not in desk.last_act.bar._undo.text()
    desk.last_act.bar._undo.click()
    assert office.history.entry(rolled.entry).undone_by

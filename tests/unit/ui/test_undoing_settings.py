"""Settings go back from anywhere: by Ctrl+Z, from the bar and from the page of recent acts, and their pages follow."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.journal import JournalPage
from paizhu.ui.pages.rules.calendar_page import CalendarPage
from paizhu.ui.pages.rules.limits_page import LimitsPage
from paizhu.ui.pages.settings import SettingsPage
from tests.unit.ui.windows import act, desk_of, office_of, page_at, settle


def test_a_limit_changed_on_its_page_goes_back_by_key_and_the_page_follows(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    desk = desk_of(window)
    page = page_at(window, "limits", LimitsPage)
    page.choose("T01")
    page.lead.setValue(9)
    with qtbot.waitSignal(page.changed):
        page.save.click()
    assert not desk.last_act.bar.isHidden()
    desk.show_tab("today")
    act(window, "act.undo")
    settle(qtbot, window)
    assert office.desk.limits["T01"].lead == 7
    desk.show_tab("limits")
    page.choose("T01")
    assert page.lead.value() == 7
    act(window, "act.redo")
    settle(qtbot, window)
    assert page.lead.value() == 9


def test_a_setting_is_taken_back_from_the_bar_and_its_editor_shows_it(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    desk = desk_of(window)
    page = page_at(window, "settings", SettingsPage)
    spin = page.editor("quiet_days")
    assert isinstance(spin, QSpinBox)
    spin.setValue(45)
    assert office.desk.setting("quiet_days") == 45
    assert not desk.last_act.bar.isHidden()
    desk.last_act.bar._undo.click()
    settle(qtbot, window)
    assert (office.desk.setting("quiet_days"), spin.value()) == (30, 30)


def test_the_undo_key_takes_a_number_back_from_within_its_field(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    spin = page_at(window, "settings", SettingsPage).editor("quiet_days")
    assert isinstance(spin, QSpinBox)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "45")
    QTest.keyClick(spin, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert office.desk.setting("quiet_days") == 30, "what is being typed is not yet an act"
    spin.selectAll()
    QTest.keyClicks(spin, "45")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert office.desk.setting("quiet_days") == 45
    QTest.keyClick(spin, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert (office.desk.setting("quiet_days"), spin.value()) == (30, 30)


def test_days_off_are_taken_back_from_the_page_of_recent_acts(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    page = page_at(window, "calendar", CalendarPage)
    day = next(each.day for each in office.calendar_days.month(page.year, page.month) if each.working)
    office.calendar_days.mark([day], "unit", "示例停电")
    journal = page_at(window, "journal", JournalPage)
    journal.refresh()
    journal.table.go_to(0)
    assert journal.undo.isEnabled()
    journal.undo.click()
    settle(qtbot, window)
    assert office.desk.calendar.is_working(day)
    assert office.calendar_days.own(day.year) == {}

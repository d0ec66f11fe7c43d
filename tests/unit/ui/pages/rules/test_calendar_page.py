"""The working calendar in the window: days marked by keys and mouse, a notice pasted, the moved deadlines listed."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.kit.button import Button
from paizhu.ui.pages.day.month_grid import words_of
from paizhu.ui.pages.journal import JournalPage
from paizhu.ui.pages.rules.calendar_page import CalendarPage
from paizhu.ui.tasks import Tasks

PETITION = registers.register("petition")
# Invented: no such notice was published when this was written.
NOTICE = (
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。七、国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。"
)


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot, tasks: Tasks) -> CalendarPage:
    typed = {"received_at": "2026-12-25", "named": "实名", "own_level": "本级", "summary": "示例反映"}
    with clock.clock_at(datetime(2026, 12, 25, 10)):
        office.records.save(PETITION, typed)
    made = CalendarPage(Context(office, Events(), tasks, theme.install(qapp)))
    qtbot.addWidget(made)
    made.resize(1400, 800)
    made.show()
    return made


def test_it_opens_at_today_and_says_on_what_the_year_rests(page: CalendarPage) -> None:
    assert (page.year, page.month) == (2026, 3)
    assert page.grid.chosen() == [date(2026, 3, 16)]
    assert page._note.words() == "2026 年国务院通知已随程序载入"
    assert page.strip.isHidden()


def test_an_unpublished_year_says_so(page: CalendarPage, qtbot: QtBot) -> None:
    page.show_month(2027, 10)
    assert not page.strip.isHidden()
    assert page.strip.accessibleName().startswith("2027 年国务院未公布，按周末暂算")


def test_the_statutory_holidays_of_such_a_year_are_one_press_away(page: CalendarPage, qtbot: QtBot) -> None:
    page.show_month(2027, 10)
    (offer,) = page.strip.findChildren(Button)
    assert offer.text() == "先载入法定节日（13 天）"
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page._days.own(2027)))
    qtbot.waitUntil(lambda: page._note.words() == "2027 年国务院未公布，按周末暂算，您已标 13 天")
    assert not page.strip.isHidden()
    qtbot.waitUntil(lambda: page.strip.findChildren(Button) == [])
    page.take_back()
    qtbot.waitUntil(lambda: page._days.own(2027) == {})


def test_the_keys_turn_months_and_choose_days(page: CalendarPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    assert (page.year, page.month) == (2026, 4)
    for _ in range(9):
        QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    assert (page.year, page.month) == (2027, 1)
    QTest.keyClick(page.grid, Qt.Key.Key_PageUp)
    assert (page.year, page.month) == (2026, 12)
    page.grid.choose(date(2026, 12, 8))
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    QTest.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.grid.chosen() == [date(2026, 12, 9), date(2026, 12, 10)]
    assert page.chosen_words.text() == "选中 2 天：12 月 9 日至 12 月 10 日"


def test_marking_by_keys_moves_deadlines_and_lists_them(page: CalendarPage, qtbot: QtBot, office: Office) -> None:
    page.show_month(2026, 12, date(2026, 12, 28))
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.focusWidget() is page.name
    page.kind.set_current("unit")
    page.name.setText("示例活动")
    with qtbot.waitSignal(page.changed):
        QTest.keyClick(page.name, Qt.Key.Key_Return)
    assert office.calendar_days.own(2026) == {date(2026, 12, 28): ("unit", "示例活动")}
    assert not page.moved.table.isHidden()
    row = [page.moved.model.index(0, at).data() for at in range(4)]
    assert row[1:3] == ["2027-01-15 周五", "2027-01-18 周一"]
    assert "向实名举报人告知受理" in row[0]
    shown = page.grid.days.day(page.grid.days.place(date(2026, 12, 28)))
    assert shown is not None
    assert (words_of(shown), shown.working) == ("休 · 本单位", False)
    assert page.clear.isEnabled()
    with qtbot.waitSignal(page.changed):
        page.moved.back.click()
    assert office.calendar_days.own(2026) == {}
    assert not page.moved.back.isVisible()


def test_the_mouse_marks_and_clears(page: CalendarPage, qtbot: QtBot, office: Office) -> None:
    place = page.grid.visualRect(page.grid.days.place(date(2026, 3, 20))).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.grid.chosen() == [date(2026, 3, 20)]
    with qtbot.waitSignal(page.changed):
        page.mark.click()
    assert not office.desk.calendar.is_working(date(2026, 3, 20))
    with qtbot.waitSignal(page.changed):
        page.clear.click()
    assert office.desk.calendar.is_working(date(2026, 3, 20))


def test_a_pasted_notice_is_understood_before_it_is_kept(page: CalendarPage, qtbot: QtBot, office: Office) -> None:
    page.show_month(2027, 1)
    assert page.take.reason == "先粘贴通知，或从表格读入"
    page.words.setPlainText(NOTICE)
    assert page.understood.words() == "读到 2027 年：放假 10 天、调休上班 1 天"
    page.source.setText("示例发电〔2026〕1号")
    with qtbot.waitSignal(page.changed):
        assert page.run("complete")
    assert office.desk.calendar.covers(2027)
    assert page.strip.isHidden()
    assert [each.after for each in page.moved.model.lines] == [date(2027, 1, 18)]
    assert page.words.toPlainText() == ""
    assert not page.run("complete")
    # Ctrl+Z takes the notice back, not what was typed into a line that is empty again.
    assert not page.source.isUndoAvailable()
    assert not page.words.document().isUndoAvailable()
    assert page.window().focusWidget() is page.grid


def test_a_notice_of_another_year_is_doubted(page: CalendarPage) -> None:
    page.show_month(2028, 1)
    page.words.setPlainText(NOTICE)
    assert "不是星期" in page.understood.words()
    page.show_month(2027, 1)
    assert "不是星期" not in page.understood.words()


def test_a_table_is_read_like_a_notice(
    page: CalendarPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "放假.csv"
    path.write_text("日期,安排\n2027-10-01至2027-10-07,放假\n", encoding="utf-8")
    monkeypatch.setattr(messages, "ask_open", lambda *_given: path)
    page.show_month(2027, 10)
    page.file.click()
    qtbot.waitUntil(page.take.isEnabled)
    assert page.understood.words().startswith("读到 2027 年：放假 7 天")


def test_a_day_that_is_off_anyway_is_refused_in_words(page: CalendarPage, qtbot: QtBot) -> None:
    page.show_month(2026, 10, date(2026, 10, 1))
    page.kind.set_current("unit")
    page.mark.click()
    qtbot.waitUntil(lambda: bool(page._trouble.words()))
    assert "10 月 1 日本来就不上班" in page._trouble.words()


def test_every_day_reads_out_whole(page: CalendarPage) -> None:
    page.show_month(2026, 10)
    index = page.grid.days.place(date(2026, 10, 10))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "10 月 10 日 周六，国庆节补班，上班"
    assert page.grid.accessibleName() == "月历"


def test_the_page_comes_back_to_its_month(page: CalendarPage) -> None:
    page.show_month(2027, 5)
    place = page.place()
    page.show_month(2026, 1)
    page.return_to(place)
    assert (page.year, page.month) == (2027, 5)


def test_what_was_entered_for_a_year_is_taken_away_at_once(page: CalendarPage, qtbot: QtBot, office: Office) -> None:
    office.calendar_days.mark([date(2026, 3, 20)], "unit", "示例")
    page.show_month(2026, 3)
    assert not page.forget.isHidden()
    with qtbot.waitSignal(page.changed):
        page.forget.click()
    assert office.calendar_days.own(2026) == {}
    assert page.forget.isHidden()


def test_the_page_of_recent_acts_names_the_deadlines_that_moved(
    page: CalendarPage, qtbot: QtBot, office: Office
) -> None:
    office.calendar_days.mark([date(2026, 12, 28)], "unit", "示例活动")
    acts = JournalPage(page._context)
    qtbot.addWidget(acts)
    assert "向实名举报人告知受理：2027-01-15 → 2027-01-18" in acts.changes.toPlainText()
    assert acts.undo.isEnabled()

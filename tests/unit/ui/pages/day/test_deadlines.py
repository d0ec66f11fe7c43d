"""The month of deadlines: a day lists its tasks, keys walk over it, the filter is that of the page of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.day.deadline_grid import TASKS_ROLE
from paizhu.ui.pages.day.deadlines import DeadlinesPage
from paizhu.ui.pages.day.today import TodayPage
from paizhu.ui.pages.paper import PaperPage
from paizhu.ui.theme import POINTS, Scheme, Theme
from tests.conftest import PASSWORD
from tests.unit.ui.windows import act

TALK, DUTY, LEAD = (registers.register(key) for key in ("integrity_talk", "duty_item", "lead"))
Opened = Callable[[], DeadlinesPage]


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def due(office: Office) -> dict[str, int]:
    """Two things on 20 March, one in April, one overdue since February."""
    made = {}
    for key, name, day in (("one", "孙示例", "2026-03-20"), ("old", "周示例", "2026-02-10")):
        made[key] = office.records.save(TALK, {"subject": name, "planned_date": day}).records[0][1]
    for key, day in (("two", "2026-03-20"), ("april", "2026-04-07")):
        typed = {"content": f"责任{key}", "subject": "局党组", "due_date": day}
        made[key] = office.records.save(DUTY, typed).records[0][1]
    return made


@pytest.fixture
def opened(context: Context, qtbot: QtBot) -> Opened:
    """Return how the page is made, shown and read."""

    def opening() -> DeadlinesPage:
        page = DeadlinesPage(context)
        qtbot.addWidget(page)
        page.resize(1366, 660)
        page.show()
        qtbot.waitUntil(lambda: not page._reading.busy)
        return page

    return opening


def on(page: DeadlinesPage, day: date) -> list[str]:
    """Return what a day of the grid holds."""
    return [task.title for task in page.grid.days.place(day).data(TASKS_ROLE)]


def test_each_day_lists_its_tasks_and_days_off_are_named(opened: Opened, due: dict[str, int]) -> None:
    page = opened()
    assert page.title.text() == "2026 年 3 月"
    assert sorted(on(page, date(2026, 3, 20))) == ["孙示例", "责任two"]
    page.go_to(date(2026, 4, 4))
    spoken = page.grid.days.place(date(2026, 4, 6)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "清明" in spoken
    assert "不上班" in spoken
    day = page.grid.days.place(date(2026, 4, 7)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert day.endswith("到期 1 件\n剩 15 个工作日　完成责任事项：责任april")
    assert due


def test_arrows_walk_enter_goes_to_the_list_and_enter_opens_the_step(
    context: Context, opened: Opened, due: dict[str, int], qtbot: QtBot
) -> None:
    page = opened()
    page.grid.setFocus()
    for _step in range(4):
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
    assert page.grid.day_in_hand() == date(2026, 3, 20)
    assert "到期 2 件" in page.day._note.words()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    task = page.current()
    assert task is not None
    with qtbot.waitSignal(context.events.begin_asked) as heard:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert heard.args == [task.register, task.id, task.action, 0]
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.grid.hasFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    assert page.title.text() == "2026 年 4 月"
    assert page.grid.day_in_hand() == date(2026, 4, 20)
    assert due


def test_an_empty_day_keeps_the_cursor_in_the_month(opened: Opened, due: dict[str, int]) -> None:
    page = opened()
    page.grid.setFocus()
    page.go_to(date(2026, 3, 17))
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.grid.hasFocus()
    assert page.day._note.words() == "3 月 17 日 周二，没有到期的事"
    assert due


def test_what_is_overdue_from_earlier_months_is_one_step_away(opened: Opened, due: dict[str, int]) -> None:
    page = opened()
    assert page.earlier.text() == "更早超期 1 件"
    page.earlier.click()
    assert page.title.text() == "2026 年 2 月"
    task = page.current()
    assert task is not None
    assert task.id == due["old"]
    assert page.earlier.isHidden()


def test_coming_back_stands_on_the_same_day_and_line(opened: Opened, due: dict[str, int]) -> None:
    page = opened()
    page.go_to(date(2026, 3, 20))
    page.table.go_to(page.table.model().rowCount() - 1)
    before, place = page.current(), page.place()
    page.go_to(date(2026, 4, 7))
    page.return_to(place)
    assert page.grid.day_in_hand() == date(2026, 3, 20)
    assert page.current() == before
    assert due


def test_the_sheet_is_that_of_the_filter(context: Context, opened: Opened, due: dict[str, int], qtbot: QtBot) -> None:
    page = opened()
    page.show_kind("talk")
    assert len(page.shown()) == 2
    with qtbot.waitSignal(page.draft_made) as heard:
        assert page.run("print")
    (draft,) = heard.args
    assert (draft.label, draft.pages) == ("期限控制表 2 件", 1)
    assert due
    assert context


def test_secret_matters_ask_for_the_purpose_first(
    office: Office, context: Context, opened: Opened, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    office.records.save(LEAD, {"received_at": "2026-03-02", "subject": "周示例"})
    page = opened()
    target = tmp_path / "控制表.xlsx"
    monkeypatch.setattr(messages, "ask_save", lambda *_given: target)
    page.run("export")
    assert page.sheet.isVisible()
    (purpose,) = page.sheet.lines()
    assert isinstance(purpose, QLineEdit)
    purpose.setText("组务会研究")
    with qtbot.waitSignal(context.events.written):
        QTest.keyClick(purpose, Qt.Key.Key_Return)
    assert target.is_file()
    assert page.sheet.isHidden()
    assert office.history.entries(1)[0].about["reason"] == "组务会研究"


def test_nothing_to_list_is_said(context: Context, opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    with qtbot.waitSignal(context.events.said) as heard:
        page.run("print")
    assert heard.args[0].startswith("现在没有可列的期限")


@pytest.mark.parametrize("larger", [0, 4])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_it_fits_the_small_screen(opened: Opened, qapp: QApplication, scheme: Scheme, larger: int) -> None:
    look = theme.install(qapp, scheme)
    for _step in range(larger):
        look.larger()
    page = opened()
    assert page.minimumSizeHint().width() <= 1366
    for _step in range(larger):
        look.smaller()


def test_the_key_opens_it_from_today_with_the_same_filter_and_alt_left_returns(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    session.unlock(PASSWORD)
    window.open_desk()
    window.show()
    assert window.desk is not None
    today = window.desk.pages.currentWidget()
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: today._ready and not today._reading.busy)
    today.kinds.set_current("case")
    act(window, "deadlines.open")
    page = window.desk.pages.currentWidget()
    assert isinstance(page, DeadlinesPage)
    qtbot.waitUntil(lambda: not page._reading.busy)
    assert page.kinds.current() == "case"
    act(window, "go.back")
    assert window.desk.pages.currentWidget() is today
    session.office.records.save(TALK, {"subject": "孙示例", "planned_date": "2026-03-20"})  # type: ignore[union-attr]  # it is open
    today.kinds.set_current("all")
    today.read()
    qtbot.waitUntil(lambda: not today._reading.busy)
    with qtbot.waitSignal(today.draft_made):
        act(window, "print.open")
    paper = window.desk.pages.currentWidget()
    assert isinstance(paper, PaperPage)
    assert paper.preview.count == 1
    assert paper.what.text() == "期限控制表 1 件"
    act(window, "go.back")
    today.side.whole.click()
    assert window.desk.pages.currentWidget() is page
    assert page.kinds.current() == "all"
    window.close()


def test_beside_the_month_in_large_letters_the_words_of_a_line_keep_their_room(
    due: dict[str, int], opened: Opened, qtbot: QtBot
) -> None:
    page = opened()
    page.go_to(date(2026, 3, 20))
    table = page.table
    assert not table.isColumnHidden(1), "the button has room here"
    theme.current().set_points(21.0)
    qtbot.waitUntil(lambda: table.isColumnHidden(1))
    assert table.columnWidth(0) >= 6 * table.fontMetrics().horizontalAdvance("国")
    table.setFocus()
    row = next(row for row in range(table.model().rowCount()) if table.task(row))
    table.go_to(row)
    with qtbot.waitSignal(page._context.events.begin_asked):
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_in_large_letters_every_week_can_be_brought_into_sight(opened: Opened, look: Theme) -> None:
    page = opened()
    page.resize(1366, 520)
    look.set_points(POINTS[-1])
    page.show_month(2026, 3, date(2026, 3, 2))
    QApplication.processEvents()
    for _week in range(4):
        QTest.keyClick(page.grid, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert page.grid.day_in_hand() == date(2026, 3, 30)
    cell = page.grid.visualRect(page.grid.currentIndex())
    pane = page._month.viewport()
    place = QRect(page.grid.viewport().mapTo(pane, cell.topLeft()), cell.size())
    assert pane.rect().contains(place)

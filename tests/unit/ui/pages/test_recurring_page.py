"""The page of recurring work: taken with Enter, undone from the bar, opened when it runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui.context import Context
from paizhu.ui.kit.roles import ButtonRole, MarkRole
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.day.today import TodayPage
from paizhu.ui.pages.recurring import RecurringPage
from paizhu.ui.register.page import RegisterPage
from tests.conftest import PASSWORD
from tests.unit.ui.windows import act

DUTY = registers.register("duty_item")
VERB = 4


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> RecurringPage:
    """The page, shown."""
    made = RecurringPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def test_enter_takes_the_line_in_hand_and_undo_gives_it_back(
    page: RecurringPage, office: Office, context: Context, qtbot: QtBot
) -> None:
    page.table.setFocus()
    page.table.go_to(1)
    with qtbot.waitSignal(context.events.said) as heard:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert heard.args[0] == "已采用：报送季度“四种形态”统计表"
    assert page.model.index(1, VERB).data(ButtonRole) == "打开"
    assert page.model.index(1, 3).data(MarkRole).words == "进行中"
    assert page.table.currentIndex().row() == 1
    context.events.changed.emit(office.history.undo(heard.args[1]).change)
    assert page.model.index(1, VERB).data(ButtonRole) == "采用"


def test_a_running_one_opens_its_record(page: RecurringPage, office: Office, context: Context, qtbot: QtBot) -> None:
    page.act(0)
    line = page.model.line(0)
    assert line is not None
    with qtbot.waitSignal(context.events.asked_for) as heard:
        page.act(0)
    assert heard.args == ["duty_item", line.record]
    assert office.records.count(office.records.default_view(DUTY)) == 1


def test_what_is_from_memory_says_so(page: RecurringPage) -> None:
    marks = [page.model.index(row, 3).data(MarkRole).words for row in range(page.model.rowCount())]
    assert "待核" in marks
    assert "未采用" in marks


def test_it_is_reached_by_its_key_and_a_gauge_opens_its_list(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    session.unlock(PASSWORD)
    assert session.office is not None
    typed = {"content": "示例事项", "subject": "局党组", "due_date": "2026-03-20"}
    late = session.office.records.save(DUTY, typed).records[0][1]
    session.office.records.save(DUTY, {**typed, "content": "已办", "done_at": "2026-03-02"})
    window.open_desk()
    window.show()
    assert window.desk is not None
    act(window, "recurring.open")
    assert isinstance(window.desk.pages.currentWidget(), RecurringPage)
    act(window, "go.back")
    today = window.desk.pages.currentWidget()
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: today._ready and not today._reading.busy)
    listing = today.side.missing_menu("duties").actions()[0]
    assert listing.text() == "在台账里列出这 1 项"
    listing.trigger()
    page = window.desk.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    assert page.side.list.go_to(late)
    assert session.office.records.count(page.side.list.view) == 1
    page.side.narrowing.clear()
    assert session.office.records.count(page.side.list.view) == 2
    window.close()

"""建立年度清单 as it is used: three clicks from the list, taking items out, making, taking back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.base.view import View
from paizhu.services.duties.year import DutyYear, Planned
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.pages.duty_year import DutyYearPage
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tasks import Tasks

DUTY = registers.register("duty_item")


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Stand on a day late in the year."""
    with clock.clock_at(datetime(2026, 11, 17, 9)):
        yield


@pytest.fixture
def context(office: Office, qapp: QApplication) -> Iterator[Context]:
    """What a page is given, over two items of 2026."""
    for content in ("事项一", "事项二"):
        office.records.save(DUTY, {"subject": "示例局", "content": content, "due_date": "2026-12-20"})
    made = Context(office, Events(), Tasks(), theme.install(qapp))
    yield made
    made.tasks.close()


def test_the_menu_of_the_list_leads_there(context: Context, qtbot: QtBot) -> None:
    page = RegisterPage(context, (DUTY,))
    qtbot.addWidget(page)
    page._view_menu.fill()
    action = next(each for each in page._view_menu.button.menu().actions() if "按上年清单" in each.text())
    with qtbot.waitSignal(page.page_asked) as heard:
        action.trigger()
    assert heard.args == ["duty-year"]


def test_items_are_taken_out_by_space_and_the_rest_is_made(context: Context, office: Office, qtbot: QtBot) -> None:
    page = DutyYearPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 500)
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: page.build.text() == "建立 2027 年 2 项")
    page.table.go_to(1)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert page.build.text() == "建立 2027 年 1 项"
    said: list[str] = []
    context.events.said.connect(lambda words, _entry: said.append(words))
    with qtbot.waitSignal(page.left):
        page.build.click()
    assert office.records.count(View(DUTY.key)) == 3
    assert said == ["已建立 2027 年责任清单 1 项，都在“拟定”"]


def test_what_becomes_of_the_items_is_compared_beside_the_window(
    context: Context, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.records.save(DUTY, {"subject": "示例局", "content": "旧事项", "due_date": "2025-12-20"})
    plan, on, goes_on = DutyYear.plan, [], threading.Event()

    def noted(self: DutyYear, old: int, new: int) -> list[Planned]:
        on.append(threading.current_thread() is threading.main_thread())
        assert goes_on.wait(10)
        return plan(self, old, new)

    monkeypatch.setattr(DutyYear, "plan", noted)
    page = DutyYearPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert page._told.text() == "正在比对 2026 年的责任事项……"
    page.make()
    assert not page.build.isEnabled()
    page._choose("2025-2026")
    goes_on.set()
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert on == [False, False]
    assert [item.content for item in page.model.lines] == ["旧事项"], "the plan asked for first came too late"
    assert page.build.text() == "建立 2026 年 1 项"
    assert page.build.isEnabled()
    assert office.records.count(View(DUTY.key)) == 3

"""编号清单 in the window: read, opened, and reached from the list of a register."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.number_gaps import NumberGaps, Series
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.pages.numbers_page import NumbersPage
from paizhu.ui.register.page import RegisterPage

LEAD = registers.register("lead")


def voided(office: Office) -> int:
    made = [office.records.save(LEAD, {"received_at": "2026-03-02", "subject": "示例甲"}).records[0][1] for _ in "ab"]
    office.records.void(LEAD, made[:1], "重复登记")
    return made[0]


def opened(context: Context, qtbot: QtBot) -> NumbersPage:
    """The page, in sight and with its numbers read."""
    page = NumbersPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page._reading.busy)
    return page


def test_a_gap_is_listed_with_its_reason_and_opens_its_record(office: Office, context: Context, qtbot: QtBot) -> None:
    record = voided(office)
    page = opened(context, qtbot)
    words = [str(page.model.index(0, at).data()) for at in range(page.model.columnCount())]
    assert words == ["问题线索", "线〔2026〕0001", "1", "已作废：重复登记", "2026-03-16"]
    told = [[str(page.series.index(row, at).data()) for at in range(5)] for row in range(page.series.rowCount())]
    assert ["问题线索", "2026 年", "2", "1", "1"] in told
    page.table.go_to(0)
    with qtbot.waitSignal(context.events.asked_for) as asked:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == ["lead", record]


def test_without_gaps_it_says_so_and_reads_again_on_the_way_back(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    page = opened(context, qtbot)
    assert page.told.isVisible()
    assert not page.table.isVisible()
    voided(office)
    page.return_to(page.place())
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.table.isVisible()


def test_the_window_goes_on_while_the_numbers_are_read(
    office: Office, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    voided(office)
    read, threads, go_on = NumberGaps.every, [], threading.Event()

    def slowly(self: NumberGaps) -> list[Series]:
        threads.append(threading.current_thread())
        assert go_on.wait(5)
        return read(self)

    monkeypatch.setattr(NumberGaps, "every", slowly)
    page = NumbersPage(context)
    qtbot.addWidget(page)
    page.show()
    # Nothing is said of the numbers before they are known.
    assert not page.told.isVisible()
    page.return_to(0)
    assert page.place() == 0
    go_on.set()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1 and not page._reading.busy)
    assert threading.main_thread() not in threads
    assert page.table.currentIndex().row() == page.place() == 0


def test_the_keys_stay_on_the_page_when_its_last_gap_is_gone(office: Office, context: Context, qtbot: QtBot) -> None:
    record = voided(office)
    page = opened(context, qtbot)
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    office.records.unvoid(LEAD, [record])
    page.return_to(page.place())
    qtbot.waitUntil(page.told.isVisible)
    assert page.counts.hasFocus()


def test_the_list_of_a_register_leads_to_it(context: Context, qtbot: QtBot) -> None:
    page = RegisterPage(context, (LEAD,))
    qtbot.addWidget(page)
    page._view_menu.fill()
    action = next(each for each in page._view_menu.button.menu().actions() if each.text() == "编号清单")
    with qtbot.waitSignal(page.page_asked) as asked:
        action.trigger()
    assert asked.args == ["numbers"]

"""Nothing is cut on the pages with a tree, from the smallest to the largest font in the smallest window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.kit.label import ElidedLabel
from paizhu.ui.pages.duty_year import DutyYearPage
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.theme import POINTS, Theme

from .conftest import MakePage

DUTY, PERSON, TALK = (registers.register(key) for key in ("duty_item", "person", "integrity_talk"))
_CLIENT = (1366, 600)
"""What a page is left of 1366×768 by tabs, one strip and status at the largest font."""


def cut(inside: QWidget) -> list[str]:
    """Return the words that have less room than they need; lines that are cut with dots on purpose are left out."""
    found = []
    for widget in inside.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                if widget.heightForWidth(widget.width()) > widget.height() + 2:
                    found.append(widget.text())
            elif QFontMetrics(widget.font()).horizontalAdvance(widget.text()) > widget.contentsRect().width() + 1:
                found.append(widget.text())
        elif isinstance(widget, QAbstractButton):
            needed = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
            found += [widget.text()] if needed > widget.width() else []
    return found


@pytest.mark.parametrize("points", [POINTS[0], 16.0, POINTS[-1]])
def test_an_item_and_its_tree_keep_room_for_their_words(
    office: Office, make_page: MakePage, look: Theme, points: float, qtbot: QtBot
) -> None:
    days = zip("一二三四", ("03", "06", "09", "12"), strict=True)
    periods = [{"period": f"{name}季度", "due": f"2026-{month}-28"} for name, month in days]
    typed = {"subject": "示例局", "content": "更新廉政风险点台账和防控措施", "due_date": "2026-12-28"}
    made = office.records.save(DUTY, typed, rows={"period": periods}).records[0][1]
    theme.current().set_points(points)
    page = make_page(DUTY, width=_CLIENT[0], height=_CLIENT[1])
    page.open_record(DUTY.key, made)
    qtbot.waitUntil(lambda: cut(page) == [])
    theme.current().set_points(POINTS[0])


@pytest.mark.parametrize("points", [POINTS[0], 16.0, POINTS[-1]])
def test_persons_and_the_page_before_a_dossier_keep_room(
    office: Office, make_page: MakePage, look: Theme, points: float, qtbot: QtBot
) -> None:
    made = office.records.save(PERSON, {"name": "示例甲", "unit_now": "某市示例住房保障中心"}).records[0][1]
    theme.current().set_points(points)
    page = make_page(PERSON, width=_CLIENT[0], height=_CLIENT[1])
    page.open_record(PERSON.key, made)
    qtbot.waitUntil(lambda: cut(page) == [])
    theme.current().set_points(POINTS[0])


@pytest.mark.parametrize("points", [POINTS[0], POINTS[-1]])
def test_the_page_of_a_new_year_keeps_room(
    office: Office, make_page: MakePage, look: Theme, points: float, qtbot: QtBot
) -> None:
    office.records.save(DUTY, {"subject": "示例局", "content": "示例事项", "due_date": "2026-12-28"})
    theme.current().set_points(points)
    register_page: RegisterPage = make_page(DUTY)
    page = DutyYearPage(register_page._context)
    qtbot.addWidget(page)
    page.resize(*_CLIENT)
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: cut(page) == [])
    theme.current().set_points(POINTS[0])


@pytest.mark.parametrize("times", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("key", ["review_item", "duty_item", "integrity_talk"])
def test_tabs_and_state_of_a_record_stay_whole_in_a_low_window(
    office: Office, make_page: MakePage, look: Theme, times: float, key: str, qtbot: QtBot
) -> None:
    typed = {
        "review_item": {"title": "系统运维采购", "planned_meeting_at": "2026-03-18", "category": "大额资金使用"},
        "duty_item": {"subject": "示例局", "content": "更新廉政风险点台账", "due_date": "2026-12-28"},
        "integrity_talk": {"subject": "示例甲", "planned_date": "2026-03-18"},
    }[key]
    register = registers.register(key)
    made = office.records.save(register, typed).records[0][1]
    theme.current().set_points(POINTS[0] * times)
    # A window of 1366×768 with a task bar, its tabs, one strip and the status taken off.
    page = make_page(register, width=1366, height=728 - round((114 + 40) * times))
    page.open_record(key, made)
    detail = page.side.detail
    for at in range(detail.header.tabs.count()):
        if detail.header.tabs.isTabVisible(at):
            detail.header.tabs.setCurrentIndex(at)
            qtbot.waitUntil(lambda: detail.header.tabs.height() >= detail.header.tabs.sizeHint().height())
    assert detail.header._pill.isVisible()
    assert detail.header.height() >= detail.header.sizeHint().height()
    assert detail.stack.height() >= theme.current().heights.row
    needed = detail.bar.heightForWidth(detail.bar.width()) if detail.bar.hasHeightForWidth() else 0
    assert detail.bar.height() >= max(needed, look.heights.action_bar)
    theme.current().set_points(POINTS[0])


def test_the_mouse_finds_the_way_back_where_the_record_stands_in_the_lists_place(
    make_page: MakePage, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page(TALK)
    page.open_record(TALK.key, talks[0])
    back = page.side.detail.header.back
    assert not back.isVisible()
    page.resize(700, 680)
    page.open_record(TALK.key, talks[0])
    assert back.isVisible()
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert page.side.list.isVisible()
    assert not page.side.detail.isVisible()
    page.resize(1366, 680)
    page.open_record(TALK.key, talks[0])
    assert not back.isVisible()


def test_in_a_low_window_the_tools_give_their_place_to_the_record_alone(
    make_page: MakePage, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page(TALK, width=700, height=430)
    assert page.toolbar.isVisible()
    page.open_record(TALK.key, talks[0])
    assert not page.toolbar.isVisible()
    page.run("record.new")
    assert not page.toolbar.isVisible()
    page.side.detail.header.back.click()
    assert page.toolbar.isVisible()
    page.open_record(TALK.key, talks[0])
    page.resize(700, 700)
    assert page.toolbar.isVisible()


def test_a_row_begun_below_what_is_seen_is_brought_into_view(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    made = office.records.save(PERSON, {"name": "示例甲"}).records[0][1]
    page = make_page(PERSON, height=420)
    page.open_record(PERSON.key, made)
    page.run("record.edit")
    detail = page.side.detail
    for key in ("business_link", "post"):
        table = next(each for name, each in detail.form.tables.items() if key in name)
        assert isinstance(table, ChildTable)
        table.add_button.click()
        port = detail.stack.form_scroll.viewport()

        def row_seen(table: ChildTable = table, port: QWidget = port) -> bool:
            view = table.view
            cell = view.visualRect(view.currentIndex())
            return port.rect().contains(view.viewport().mapTo(port, cell.center()))

        qtbot.waitUntil(row_seen)

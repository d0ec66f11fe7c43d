"""Alt+← leads back to the very line of a dossier or meeting that a record was opened from."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.main_window import MainWindow
from paizhu.ui.overviews.dossier import DossierOverview
from paizhu.ui.overviews.review_meeting import MeetingOverview
from paizhu.ui.register.page import RegisterPage
from tests.unit.ui.windows import act, desk_of, office_of, settle

pytestmark = pytest.mark.real_pages


def save(office: Office, key: str, **typed: Any) -> int:
    return office.records.save(registers.register(key), typed).records[0][1]


def overview_at(window: MainWindow, qtbot: QtBot, key: str, record: int) -> Any:
    desk_of(window).open_record(key, record)
    settle(qtbot, window)
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, RegisterPage)
    return page.side.detail.overview


def opened_and_back(window: MainWindow, qtbot: QtBot, table: RegisterTable, line: int) -> None:
    """Open the record of a line by Enter, and come back."""
    table.setFocus()
    table.go_to(line)
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert not table.hasFocus()
    act(window, "go.back")
    settle(qtbot, window)


def test_from_a_record_back_to_the_line_of_the_dossier(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    person = save(office, "person", name="曹志样")
    who = Ref("曹志样", "person", person)
    for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
        save(office, "integrity_talk", subject=who, planned_date=day, kind="提醒")
    overview = overview_at(window, qtbot, "person", person)
    assert isinstance(overview, DossierOverview)
    overview.gate.purpose.setText("年度考核")
    overview.gate.purpose.setFocus()
    QTest.keyClick(overview.gate.purpose, Qt.Key.Key_Return)
    settle(qtbot, window)
    qtbot.waitUntil(overview.table.isVisible)
    opened_and_back(window, qtbot, overview.table, 1)
    qtbot.waitUntil(overview.table.hasFocus)
    assert overview.table.currentIndex().row() == 1


def test_from_an_item_back_to_its_line_of_the_meeting(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    meeting = save(office, "meeting", name="示例党组会", held_at="2026-03-20 09:30")
    for at, title in enumerate(("甲方案", "乙方案", "丙方案"), start=1):
        save(office, "review_item", title=title, agenda_no=at, meeting=Ref("示例党组会", "meeting", meeting))
    overview = overview_at(window, qtbot, "meeting", meeting)
    assert isinstance(overview, MeetingOverview)
    opened_and_back(window, qtbot, overview.table, 2)
    qtbot.waitUntil(overview.table.hasFocus)
    assert overview.table.currentIndex().row() == 2

"""A row that may repeat another entry: the other stands beside it, and one key says what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.base.view import Condition, Test, View
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import CHECK

HEAD = ["姓名", "谈话类型", "计划日期", "谈话内容", "主谈人"]
FIRST = [["丁海波", "提醒谈话", "2025-07-15", "提醒分管领域", "陈守正"], ["田玉芳", "日常", "2025-08-01", "", ""]]
AGAIN = [
    ["丁海波", "提醒谈话", "2025.7.16", "提醒其管好分管领域", "陈守正"],
    ["田玉芳", "日常", "2025.8.3", "节前", "蒋薇"],
    ["吴建平", "任前谈话", "2025.8.3", "任前", "蒋薇"],
]
Opened = Callable[[], ImportPage]


def book(path: Path, rows: list[list[str]]) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in [HEAD, *rows]:
        sheet.append(row)
    made.save(path)
    return path


@pytest.fixture
def opened(context: Context, office: Office, qtbot: QtBot, tmp_path: Path) -> Opened:
    """Return how the page is opened at its check with two rows that may repeat what stands."""
    plan = office.importing.plan(book(tmp_path / "一.xlsx", FIRST), "integrity_talk")
    office.importing.apply(plan)
    plan.drop()

    def opening() -> ImportPage:
        page = ImportPage(context, [], "integrity_talk")
        qtbot.addWidget(page)
        page.resize(1366, 700)
        page.show()
        page.flow.add_files([book(tmp_path / "二.xlsx", AGAIN)])
        qtbot.waitUntil(lambda: not page.flow.busy)
        page.go_on()
        assert page.step == CHECK
        page.activateWindow()
        page.preview.rows.setFocus()
        qtbot.waitUntil(page.preview.rows.hasFocus)
        return page

    return opening


def press(page: ImportPage, words: str) -> None:
    button = next(each for each in page.preview.strip.buttons() if each.accessibleName() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def outcome(page: ImportPage, row: int) -> str:
    assert page.flow.table is not None
    assert page.flow.table.sheet is not None
    return page.flow.table.sheet.row(row).outcome


def test_the_other_record_stands_beside_the_row(opened: Opened) -> None:
    page = opened()
    strip = page.preview.strip
    assert "疑似与“" in strip.words()
    assert "本表第 2 行：计划日期 2025-07-16" in strip.beside()
    assert "丁海波 提醒谈话：计划日期 2025-07-15" in strip.beside()
    assert [each.accessibleName() for each in strip.buttons()] == [
        "作为新记录",
        "就是这一条",
        "跳过",
        "2 行疑似重复都作为新记录",
    ]
    assert page.flow.tally().doubtful == 2


@pytest.mark.parametrize(
    ("words", "key", "comes"),
    [
        ("作为新记录", Qt.Key.Key_N, "new"),
        ("就是这一条", Qt.Key.Key_1, "changed"),
        ("跳过", Qt.Key.Key_S, "doubtful"),
    ],
)
def test_a_key_or_a_click_decides_and_takes_back(
    opened: Opened, qtbot: QtBot, words: str, key: Qt.Key, comes: str
) -> None:
    page = opened()
    QApplication.processEvents()
    QTest.keyClick(page.preview.rows, key, Qt.KeyboardModifier.AltModifier)
    # A button pressed by its key goes down for a moment before it acts.
    qtbot.waitUntil(lambda: page.flow.tally().doubtful == 1)
    assert outcome(page, 2) == comes
    press(page, "取消这个决定")
    assert (outcome(page, 2), page.flow.tally().doubtful) == ("doubtful", 2)
    press(page, words)
    assert (outcome(page, 2), page.flow.tally().doubtful) == (comes, 1)
    assert page.flow.tally().left == (1 if words == "跳过" else 0)


def test_all_that_wait_are_taken_as_new_at_once_and_go_in(opened: Opened, office: Office, qtbot: QtBot) -> None:
    page = opened()
    press(page, "2 行疑似重复都作为新记录")
    assert page.flow.tally().doubtful == 0
    page.go_on()
    qtbot.waitUntil(lambda: not page.flow.busy)
    assert office.records.count(View("integrity_talk")) == 5


def test_a_decision_for_a_settled_record_asks_for_a_reason_and_can_be_taken_back(
    opened: Opened, office: Office
) -> None:
    (standing, *_) = office.records.ids(View("integrity_talk", (Condition("subject", Test.CONTAINS, "丁海波"),)))
    with office.vault.act("save", "办到入档") as act:
        act.change("integrity_talk", standing, None, {"state": "archived"})
        act.execute("UPDATE integrity_talk SET missing = 0")
    page = opened()
    press(page, "就是这一条")
    assert outcome(page, 2) == "refused"
    assert any("写明原因" in each.accessibleName() for each in page.preview.strip.buttons())
    press(page, "取消这个决定")
    assert outcome(page, 2) == "doubtful"

"""Hundreds of files at a record, hundreds of rows in one act: some lines at once, others when asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.file_link import FileLink
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.register.attachments_pane import AttachmentsPane
from paizhu.ui.register.history_pane import HistoryPane

TALK = registers.register("integrity_talk")
MANY = 100
pytestmark = pytest.mark.usefixtures("look")


def files(count: int, first: int = 1) -> list[dict[str, Any]]:
    line = {"slot": "", "size": 12, "digest": "", "added_by": "", "added_at": "2026-01-01T00:00", "version": 1}
    return [{**line, "id": at, "name": f"示例{at}.txt"} for at in range(first, first + count)]


def links(pane: AttachmentsPane) -> list[str]:
    return [link.accessibleName().removeprefix("打开 ") for link in pane._list.findChildren(FileLink)]


def more(pane: AttachmentsPane | HistoryPane) -> list[Button]:
    return [
        each for each in pane._list.findChildren(Button) if each.text().startswith("再显示") and not each.isHidden()
    ]


def test_hundreds_of_files_are_shown_some_at_a_time(qtbot: QtBot) -> None:
    pane = AttachmentsPane()
    area = scrolling(pane)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    pane.show_files(TALK, files(MANY), can_add=True)
    QApplication.processEvents()
    first = len(pane.findChildren(FileLink))
    assert 0 < first < MANY
    (link,) = more(pane)
    assert link.text().endswith(f"（还有 {MANY - first} 个）")
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), FileLink))
    focus = QApplication.focusWidget()
    assert isinstance(focus, FileLink)
    assert focus.accessibleName() == f"打开 示例{first + 1}.txt"
    # One more file comes to the same record: nothing that was asked for is folded away.
    pane.show_files(TALK, files(MANY + 1), can_add=True)
    assert len(links(pane)) >= 2 * first
    while asked := more(pane):
        asked[0].click()
    assert links(pane) == [f"示例{at}.txt" for at in range(1, MANY + 2)]
    pane.show_files(TALK, files(MANY, first=1_000), can_add=True)
    assert len(links(pane)) == first, "another record begins anew"


def test_the_keys_go_on_at_the_file_that_follows_one_that_was_removed(qtbot: QtBot) -> None:
    pane = AttachmentsPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    there = files(3)

    def remove(file: dict[str, Any]) -> None:
        there.remove(file)
        pane.show_files(TALK, there, can_add=True)

    pane.remove_asked.connect(remove)
    pane.show_files(TALK, there, can_add=True)
    for gone, next_one in (("2", "示例3.txt"), ("3", "示例1.txt")):
        button = next(
            each for each in pane._list.findChildren(Button) if each.accessibleName() == f"移除 示例{gone}.txt"
        )
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.accessibleName() == f"移除 {next_one}"


def test_few_files_are_all_there(qtbot: QtBot) -> None:
    pane = AttachmentsPane()
    qtbot.addWidget(pane)
    pane.show_files(TALK, files(3), can_add=True)
    assert len(pane.findChildren(FileLink)) == 3
    assert more(pane) == []


def test_an_act_of_hundreds_of_rows_shows_some_of_them_at_a_time(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    rows = {"requirement": [{"words": f"示例要求{at}。"} for at in range(MANY)]}
    typed = {"subject": "孙立新", "planned_date": "2026-03-10"}
    talk = office.records.save(TALK, typed, rows=rows).records[0][1]
    pane = HistoryPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.show_changes(TALK, office.history.of_record(TALK.key, talk))

    def told() -> set[str]:
        return {label.text() for label in pane.findChildren(Label) if label.text().startswith("示例要求")}

    assert len(told()) < MANY
    while asked := more(pane):
        asked[0].click()
    assert told() == {f"示例要求{at}。" for at in range(MANY)}

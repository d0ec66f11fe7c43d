"""A file without a header row through the page: one tick, the columns looked at, and the next file needs no click."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import CHECK, DONE, HEADER, MAPPING
from tests.headless import NAMES, talks


def opened(context: Context, qtbot: QtBot, path: Path) -> ImportPage:
    page = ImportPage(context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    page.activateWindow()
    page.flow.add_files([path])
    qtbot.waitUntil(lambda: not page.flow.busy)
    QApplication.processEvents()
    return page


def test_a_tick_reads_a_file_without_a_header_and_its_shape_is_remembered(
    context: Context, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(context, qtbot, talks(tmp_path / "一.xlsx", title=True))
    assert page.step == HEADER
    assert page.side.register.currentData() == "integrity_talk"
    assert not page.complete()
    page.header.headless.setFocus()
    QTest.keyClick(page.header.headless, Qt.Key.Key_Space)
    assert "没有表头，数据从第 2 行起" in page.header._words.text()
    assert page.complete()
    qtbot.waitUntil(lambda: not page.flow.busy and page.step == MAPPING)
    assert page.mapping.combo("C").currentData() == "subject"
    assert page.mapping.combo("C").accessibleName() == "C 列“（无表头）”对应到"
    page.go_on()
    assert page.step == CHECK
    page.go_on()
    qtbot.waitUntil(lambda: not page.flow.busy and page.step == DONE)
    assert office.records.count(View("integrity_talk")) == len(NAMES)
    again = opened(context, qtbot, talks(tmp_path / "二.xlsx"))
    assert again.step == MAPPING
    assert again.flow.tally().same == len(NAMES)


def test_pointing_at_a_row_takes_the_tick_away(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(context, qtbot, talks(tmp_path / "一.xlsx"))
    page.header.headless.setChecked(True)
    assert page.header.frame() is not None
    page.header.table.toggle(0)
    assert not page.header.headless.isChecked()
    assert page.header.header_rows() == (1,)
    page.header.headless.setChecked(True)
    assert page.header.header_rows() == ()

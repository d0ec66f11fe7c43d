"""After an export the way to the file is one key away; where nothing opens it, the path is said and can be copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.main_window import MainWindow
from paizhu.ui.theme import Theme
from paizhu.ui.written_bar import WrittenBar


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open; it can."""
    found: list[Path] = []

    def show(path: Path) -> bool:
        found.append(path)
        return True

    monkeypatch.setattr(messages, "open_file", show)
    return found


@pytest.fixture
def bar(context: Context, look: Theme, qtbot: QtBot) -> Iterator[WrittenBar]:
    made = WrittenBar(context)
    qtbot.addWidget(made)
    made.resize(1200, 40)
    yield made
    made.settle()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "示例台账.xlsx"
    path.write_bytes(b"x")
    return path


def test_file_and_folder_are_one_button_away(bar: WrittenBar, context: Context, book: Path, opened: list[Path]) -> None:
    assert bar.isHidden()
    context.events.written.emit("已导出 3 条到《示例台账.xlsx》。", book)
    assert bar.isVisible()
    assert bar.words() == "已导出 3 条到《示例台账.xlsx》。"
    QTest.keyClick(bar.file_button, Qt.Key.Key_Space)
    bar.folder_button.click()
    assert opened == [book, book.parent]
    context.events.begun.emit()
    assert bar.isHidden()


def test_a_folder_has_no_file_to_open(bar: WrittenBar, context: Context, tmp_path: Path, opened: list[Path]) -> None:
    context.events.written.emit("已全部导出。", tmp_path)
    assert bar.file_button.isHidden()
    bar.folder_button.click()
    assert opened == [tmp_path]


def test_where_nothing_opens_it_the_path_is_said(
    bar: WrittenBar, context: Context, book: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    monkeypatch.setattr(messages, "open_file", lambda _path: False)
    context.events.written.emit("已导出。", book)
    bar.file_button.click()
    assert bar.words() == f"这台电脑上没有打开这种文件的程序。写好的在：{book}"
    assert bar.isVisible()
    bar.copy_button.click()
    assert qapp.clipboard().text() == str(book)


def test_a_file_that_was_moved_is_told(bar: WrittenBar, context: Context, book: Path, opened: list[Path]) -> None:
    context.events.written.emit("已导出。", book)
    book.unlink()
    bar.open_file()
    assert "已经不在那里了" in bar.words()
    assert opened == []


def test_a_program_saved_from_an_attachment_is_never_run(
    bar: WrittenBar, context: Context, tmp_path: Path, opened: list[Path]
) -> None:
    program = tmp_path / "示例.exe"
    program.write_bytes(b"x")
    context.events.written.emit("已另存附件 示例.exe", program)
    assert bar.file_button.isHidden()
    bar.open_file()
    assert opened == [tmp_path]


def test_the_keys_of_the_window_reach_what_was_written_last(window: MainWindow, book: Path, opened: list[Path]) -> None:
    desk = window.desk
    assert desk is not None
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert opened == []
    assert "还没有导出、另存过文件" in desk.last_act.bar.accessibleName()
    desk.context.events.written.emit("已导出。", book)
    assert desk.written.isVisible()
    assert desk.last_act.bar.isHidden()
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert opened == [book, book.parent]

"""Many rows on their way to the clipboard: the window stays free, and what came of it is said."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.register import row_copy
from paizhu.ui.register.page import RegisterPage
from tests.unit.ui.register.conftest import MakePage

UNIT = registers.register("unit")
COUNT = 120


@pytest.fixture
def page(make_page: MakePage, office: Office) -> RegisterPage:
    for number in range(COUNT):
        office.records.save(UNIT, {"name": f"示例单位{number:03}"})
    made = make_page(UNIT)
    made.side.list.table.selectAll()
    QGuiApplication.clipboard().setText("以前复制的")
    return made


@pytest.fixture
def told(page: RegisterPage) -> list[str]:
    words: list[str] = []
    page.side.list.table.row_copy.told.connect(words.append)
    return words


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which every row takes a turn of its own."""
    monkeypatch.setattr(turns, "_ENOUGH_SECONDS", 0.0001)


def at_rest(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not turns.waiting())


@pytest.mark.usefixtures("slow")
def test_many_rows_come_in_turns_and_it_is_said_when_they_are_there(
    qtbot: QtBot, page: RegisterPage, told: list[str]
) -> None:
    page.run("copy")
    assert QGuiApplication.clipboard().text() == "以前复制的"
    assert told == [f"正在复制 {COUNT} 行，复制好了会在这里说"]
    at_rest(qtbot)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == COUNT + 1
    assert {line.split("\t")[0] for line in lines[1:]} == {f"示例单位{number:03}" for number in range(COUNT)}
    assert QGuiApplication.clipboard().mimeData().html().count("<tr>") == COUNT + 1
    assert told[1:] == [f"已复制 {COUNT} 行，可以粘贴了"]


@pytest.mark.usefixtures("slow")
def test_a_list_in_another_order_meanwhile_stops_it_and_says_so(
    qtbot: QtBot, page: RegisterPage, told: list[str]
) -> None:
    page.run("copy")
    page.side.list.sorted_by.emit("name", True)
    at_rest(qtbot)
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told[1:] == ["列表里的内容变了，没有复制。请再复制一次"]
    assert QGuiApplication.clipboard().text() == "以前复制的"


@pytest.mark.usefixtures("slow")
def test_nothing_comes_to_the_clipboard_after_the_lock(
    qtbot: QtBot, page: RegisterPage, office: Office, told: list[str]
) -> None:
    page.run("copy")
    office.vault.close()
    at_rest(qtbot)
    assert QGuiApplication.clipboard().text() == "以前复制的"
    assert len(told) == 1


def test_more_than_can_be_pasted_is_cut_and_said(
    qtbot: QtBot, page: RegisterPage, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_copy, "_MOST", 100)
    page.run("copy")
    at_rest(qtbot)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 101
    assert told[-1] == "已复制前 100 行，其余的没有复制。要全部的，请用“导出”"


def test_a_few_rows_are_there_at_once_and_nothing_is_said(page: RegisterPage, told: list[str]) -> None:
    page.side.list.table.choose_rows([0, 1], 0)
    page.run("copy")
    assert len(QGuiApplication.clipboard().text().split("\n")) == 3
    assert told == []


@pytest.mark.usefixtures("slow")
def test_keys_come_between_the_turns(qtbot: QtBot, page: RegisterPage, told: list[str]) -> None:
    page.run("copy")
    QTest.qWait(20)
    page.side.list.table.choose_rows([0], 0)
    page.run("copy")
    at_rest(qtbot)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 2
    assert len(told) == 1

"""A recurring duty in the window: changing or voiding one asks how far it is meant to reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View, Which
from paizhu.services.office import Office
from paizhu.storage import queries
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage
from .used import field, type_into

DUTY = registers.register("duty_item")


@pytest.fixture
def monthly(office: Office) -> int:
    """A monthly report whose next occurrence stands already."""
    typed = {"content": "报送月报", "subject": "驻局组", "frequency": "每月", "due_date": "2026-03-25"}
    first = office.records.save(DUTY, typed).records[0][1]
    with office.vault.act("recur", "示例") as act:
        office.records.recurring.follow(act, DUTY, first)
    return first


def contents(office: Office) -> list[object]:
    with office.vault.read() as connection:
        rows = queries.every(connection, View(DUTY.key, which=Which.LIVE).ordered("due_date"))
        return [row.values["content"] for row in rows]


def offer(page: RegisterPage, words: str) -> QAbstractButton:
    """Return a button of the strip over the form."""
    buttons = page.side.detail.strip.findChildren(QAbstractButton)
    return next(button for button in buttons if button.isVisible() and words in button.text())


def changed(page: RegisterPage, monthly: int) -> None:
    page.open_record(DUTY.key, monthly)
    type_into(page, "content", "报送新月报")
    page.run("record.save")


def test_saving_asks_and_nothing_is_stored_before(make_page: MakePage, office: Office, monthly: int) -> None:
    page = make_page(DUTY)
    changed(page, monthly)
    strip = page.side.detail.strip
    assert strip.isVisible()
    assert "责任内容" in strip.accessibleName()
    assert contents(office) == ["报送月报", "报送月报"]
    assert field(page, "content").is_changed()


@pytest.mark.parametrize(
    ("words", "left"), [("只改这一次", ["报送新月报", "报送月报"]), ("以后都改", ["报送新月报", "报送新月报"])]
)
def test_the_answer_is_a_key_away(
    make_page: MakePage, office: Office, qtbot: QtBot, monthly: int, words: str, left: list[str]
) -> None:
    page = make_page(DUTY)
    with qtbot.waitActive(page):
        page.activateWindow()
    changed(page, monthly)
    button = offer(page, words)
    assert page.focusWidget() is offer(page, "只改这一次")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert contents(office) == left
    assert not page.side.detail.strip.isVisible()
    # The answer that held the cursor is gone: what comes next is one key away.
    assert QApplication.focusWidget() is page.side.detail.bar.primary
    page.run("record.undo")
    assert contents(office) == ["报送月报", "报送月报"]


def test_what_belongs_to_one_occurrence_alone_asks_nothing(make_page: MakePage, office: Office, monthly: int) -> None:
    page = make_page(DUTY)
    page.open_record(DUTY.key, monthly)
    type_into(page, "progress", "正在汇总")
    page.run("record.save")
    assert office.records.get(DUTY, monthly).values["progress"] == "正在汇总"


@pytest.mark.parametrize(("index", "left"), [(0, 1), (1, 0)])
def test_voiding_asks_whether_the_later_ones_go_too(
    make_page: MakePage, office: Office, monthly: int, index: int, left: int
) -> None:
    page = make_page(DUTY)
    page.open_record(DUTY.key, monthly)
    page.run("record.void")
    reason, scope = page.side.list.ask.lines()
    assert isinstance(reason, QLineEdit)
    assert isinstance(scope, QComboBox)
    reason.setText("不再报送")
    scope.setCurrentIndex(index)
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert len(contents(office)) == left


def test_a_single_item_is_voided_without_that_question(make_page: MakePage, office: Office) -> None:
    once = office.records.save(DUTY, {"content": "一次的事", "subject": "驻局组"}).records[0][1]
    page = make_page(DUTY)
    page.open_record(DUTY.key, once)
    page.run("record.void")
    assert len(page.side.list.ask.lines()) == 1

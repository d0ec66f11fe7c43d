"""A number that counts while it is typed: what is out of bounds counts for nothing, and is refused whole."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.number_edit import NumberEdit


@pytest.fixture
def number(qtbot: QtBot) -> Iterator[NumberEdit]:
    window = QWidget()
    column = QVBoxLayout(window)
    made = NumberEdit(5, 120, at_once=True)
    made.setSuffix(" 个月")
    made.setValue(30)
    for part in (made, made.note, QLineEdit()):
        column.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    made.selectAll()
    yield made
    window.close()


def test_a_digit_too_much_is_not_dropped(number: NumberEdit) -> None:
    told: list[int] = []
    number.valueChanged.connect(told.append)
    QTest.keyClicks(number, "310")
    assert number.value() == 30
    assert told[-1] == 30
    assert number.note.words() == "没有改成 310，仍是 30。请填 5 到 120 之间的整数。"
    QTest.keyClick(number, Qt.Key.Key_Tab)
    assert (number.value(), number.text()) == (30, "30 个月")
    assert number.note.words() == "没有改成 310，仍是 30。请填 5 到 120 之间的整数。"


def test_one_too_small_is_refused_when_it_is_left(number: NumberEdit) -> None:
    QTest.keyClicks(number, "3")
    assert number.value() == 30
    assert number.note.isHidden()
    QTest.keyClick(number, Qt.Key.Key_Tab)
    assert number.value() == 30
    assert number.note.words().startswith("没有改成 3，仍是 30。")


def test_each_digit_within_bounds_counts_at_once(number: NumberEdit) -> None:
    QTest.keyClicks(number, "45")
    assert number.value() == 45
    QTest.keyClick(number, Qt.Key.Key_Tab)
    assert (number.value(), number.note.isHidden()) == (45, True)


def test_an_arrow_goes_on_from_the_number_that_counts(number: NumberEdit) -> None:
    QTest.keyClicks(number, "310")
    QTest.keyClick(number, Qt.Key.Key_Up)
    assert (number.value(), number.note.isHidden()) == (31, True)

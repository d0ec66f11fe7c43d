"""Flags about a register as a whole stand above its list, are opened, looked into and settled with a reason."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.errors import PaizhuError
from paizhu.base.register import Register
from paizhu.services.flags.book_hints import BookHints
from paizhu.services.office import Office
from paizhu.services.reviews.hints import ReviewHint
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.overviews.book_flags import BookFlags
from paizhu.ui.register.asking import AskStrip

FINDING: Register = registers.register("finding")


def find(office: Office, number: int, **more: Any) -> None:
    typed = {"problem": f"示例问题{number}", "duty_unit": "示例处", "category": "资金财务", "found_at": "2026-02-10"}
    office.records.save(FINDING, {**typed, **more})


@pytest.fixture
def strip(context: Context, qtbot: QtBot, office: Office) -> BookFlags:
    for number in (1, 2, 3):
        find(office, number)
    made = BookFlags(context, "finding")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(made.hints))
    return made


def test_what_repeats_is_told_in_one_line_and_opened(strip: BookFlags, qtbot: QtBot) -> None:
    assert not strip.isHidden()
    assert [hint.finding for hint in strip.hints] == ["屡改屡犯"]
    strip.show()
    assert not strip.pane.isVisible()
    QTest.mouseClick(strip.unfold, Qt.MouseButton.LeftButton)
    assert strip.pane.isVisible()
    buttons = {button.text(): button for button in strip.pane.findChildren(Button)}
    QTest.mouseClick(buttons["查看 3 条依据"], Qt.MouseButton.LeftButton)
    links = [button for button in strip.pane.findChildren(Button) if "示例问题" in button.text()]
    with qtbot.waitSignal(strip.context.events.asked_for) as asked:
        QTest.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert asked.args[0] == "finding"


def test_the_words_of_the_strip_stand_at_its_left_and_the_link_at_its_right(strip: BookFlags) -> None:
    strip.resize(900, 40)
    QApplication.processEvents()
    mark, names = strip._mark, strip._names
    assert mark.x() < 20
    assert names.x() - mark.geometry().right() < 20
    assert strip.width() - strip.unfold.geometry().right() < 20


def test_settling_needs_a_reason_and_silences_these_records_only(
    strip: BookFlags, qtbot: QtBot, office: Office
) -> None:
    strip.show()
    QTest.mouseClick(strip.unfold, Qt.MouseButton.LeftButton)
    buttons = {button.text(): button for button in strip.pane.findChildren(Button)}
    QTest.mouseClick(buttons["已核实…"], Qt.MouseButton.LeftButton)
    (line,) = next(each for each in strip.pane.findChildren(AskStrip) if each.isVisible()).lines()
    assert isinstance(line, QLineEdit)
    line.setText("三个问题不是同一类")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: strip._mark.mark.words == "提示已核实 1 条")
    assert [hint.reason for hint in BookHints(office.desk, "finding").read()] == ["三个问题不是同一类"]
    QTest.mouseClick(strip.pane.put_aside.unfold, Qt.MouseButton.LeftButton)
    QTest.mouseClick(strip.pane.put_aside.links[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: strip._mark.mark.words == "风险提示 1 条")
    assert [hint.reason for hint in BookHints(office.desk, "finding").read()] == [None]


def test_a_hint_is_settled_beside_the_window(strip: BookFlags, qtbot: QtBot, office: Office) -> None:
    on: list[threading.Thread] = []
    office.vault.followers["test"] = lambda _act: on.append(threading.current_thread())
    hint = strip.hints[0]
    with qtbot.waitSignal(strip.context.events.said) as said:
        strip.pane.settled.emit(hint, "示例：已看原件")
    assert said.args[0] == f"已核实：{hint.finding}"
    assert on
    assert threading.main_thread() not in on
    qtbot.waitUntil(lambda: bool(strip.hints[0].settled))


def test_a_hint_that_is_gone_by_then_is_told_and_nothing_is_written(
    strip: BookFlags, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    monkeypatch.setattr(messages, "tell", lambda _above, error: told.append(error))
    office.records.void(FINDING, [1, 2, 3], "示例重复")
    before = office.vault.last_entry()
    strip.pane.settled.emit(strip.hints[0], "示例：已看原件")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert isinstance(told[0], PaizhuError)
    assert told[0].kept
    assert office.vault.last_entry() == before


def test_the_books_are_compared_when_the_list_comes_in_sight(
    context: Context, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        find(office, number)
    times: list[int] = []
    read = BookHints.read

    def counted(self: BookHints) -> list[ReviewHint]:
        times.append(1)
        return read(self)

    monkeypatch.setattr(BookHints, "read", counted)
    above = QWidget()
    qtbot.addWidget(above)
    made = BookFlags(context, "finding")
    QVBoxLayout(above).addWidget(made)
    qtbot.wait(20)
    assert not times
    above.show()
    qtbot.waitUntil(lambda: bool(made.hints))
    assert len(times) == 1
    assert made.isVisible()
    above.hide()
    above.show()
    qtbot.wait(20)
    assert len(times) == 1


def test_nothing_stands_above_a_list_without_anything_to_look_into(context: Context, qtbot: QtBot) -> None:
    made = BookFlags(context, "risk_point")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert made.isHidden()

"""编号和文号格式 by key and mouse: the next number is seen before anything is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu.ui.context import Context
from paizhu.ui.pages.rules.number_patterns_page import NumberPatternsPage


def write(line: QLineEdit, words: str) -> None:
    """Write words as an input method hands them over; key by key only Latin letters can be sent."""
    line.setText(words)
    line.textEdited.emit(words)


def test_a_format_is_previewed_kept_with_a_reason_and_put_back(context: Context, qtbot: QtBot) -> None:
    page = NumberPatternsPage(context)
    qtbot.addWidget(page)
    page.choose("proposal_reminder")
    assert page.save.reason == "没有改动"
    write(page.pattern, "驻住纪提〔{年}〕号")
    assert page.save.reason == "格式还不能用"
    assert "格式里要有一个" in page._wrong.words()
    write(page.pattern, "驻住纪提〔{年}〕{号}号")
    assert page.next.text() == "驻住纪提〔2026〕1号"
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    assert "理由" in page._trouble.words()
    assert page.pattern.text() == "驻住纪提〔{年}〕{号}号"
    write(page.reason, "本组代字")
    assert page.run("record.save")
    line = page.chosen()
    assert line is not None
    assert (line.changed, line.next) == (True, "驻住纪提〔2026〕1号")
    QTest.mouseClick(page.back_to_shipped, Qt.MouseButton.LeftButton)
    line = page.chosen()
    assert line is not None
    assert (line.changed, line.next) == (False, "纪提〔2026〕1号")

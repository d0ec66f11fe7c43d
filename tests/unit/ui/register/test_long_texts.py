"""Long texts: as high as what is in them, with the line being written in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.ui import theme
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.register.edit_text import TextEditor
from paizhu.ui.register.editors import editor_for
from paizhu.ui.register.field_parts import in_lines
from paizhu.ui.theme import Theme

TALK = registers.register("integrity_talk")
SENTENCE = "一、指出示例处两项问题未改。"


def a_text() -> tuple[TextEditor, QPlainTextEdit]:
    editor = editor_for(TALK.field("record"))
    assert isinstance(editor, TextEditor)
    return editor, editor.text


@pytest.mark.parametrize("size", [10.5, 16.0])
def test_a_text_that_fits_is_seen_whole(look: Theme, qtbot: QtBot, size: float) -> None:
    look.set_points(size)
    editor, text = a_text()
    qtbot.addWidget(editor)
    editor.resize(420, 100)
    editor.show()
    for lines in range(1, 13):
        editor.show_raw("\n".join([SENTENCE] * lines))
        QApplication.processEvents()
        assert text.document().size().height() == lines
        assert text.verticalScrollBar().maximum() == 0, lines
    editor.show_raw("\n".join([SENTENCE] * 13))
    QApplication.processEvents()
    assert text.verticalScrollBar().maximum() > 0, "a very long one scrolls"
    assert text.verticalScrollBar().isVisible()


def test_a_text_grows_with_the_lines_a_narrower_form_breaks_it_into(look: Theme, qtbot: QtBot) -> None:
    # Shown before it has its place, and shown again when the window is made smaller: nothing is typed either time.
    editor, text = a_text()
    qtbot.addWidget(editor)
    editor.show_raw(SENTENCE * 8)
    for width in (420, 800, 300):
        editor.resize(width, 100)
        editor.show()
        QApplication.processEvents()
        assert text.document().size().height() > 2
        assert text.verticalScrollBar().maximum() == 0, width


def test_the_line_being_written_is_never_below_the_edge(look: Theme, qtbot: QtBot) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    editor, text = a_text()
    column.addSpacing(theme.current().px(300))
    column.addWidget(editor)
    column.addSpacing(theme.current().px(300))
    area = scrolling(inside)
    qtbot.addWidget(area)
    area.resize(420, theme.current().px(330))
    area.show()
    with qtbot.waitActive(area):
        area.activateWindow()
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=text.viewport().rect().topLeft())
    qtbot.waitUntil(text.hasFocus)
    for _ in range(4):
        QTest.keyClicks(text, "2026-03-05 15:00")
        QTest.keyClick(text, Qt.Key.Key_Return)
    QTest.keyClicks(text, "2026-03-05 15:00")

    def seen() -> bool:
        line = text.cursorRect()
        ends = [text.viewport().mapTo(area.viewport(), point).y() for point in (line.topLeft(), line.bottomLeft())]
        return ends[0] >= 0 and ends[1] <= area.viewport().height()

    qtbot.waitUntil(seen, timeout=1_000)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("报告派出机关日期", "报告派出机关\n日期"),
        ("议题内容是否变化", "议题内容是否\n变化"),
        ("要求办结日期", "要求办结日期"),
        ("作为党组成员的意见", "作为党组成员的意见"),
    ],
)
def test_no_single_character_is_left_for_the_second_line_of_a_label(words: str, shown: str) -> None:
    assert in_lines(words, 7) == shown

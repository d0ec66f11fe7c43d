"""What an input method proposes stands at the cursor, and what it writes arrives, also where the focus is to come."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu import app as start
from paizhu.ui import input_method
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.overviews.review_table import POINT_ANSWERS, Line, LinesModel, LinesTable
from paizhu.ui.theme import Theme
from tests.unit.ui.windows import settle, write

FAR = 600


@pytest.fixture
def last(qtbot: QtBot, qapp: QApplication) -> Iterator[QLineEdit]:
    """The last line of a long form in a low window, scrolled into view after it had taken the focus."""
    form = QWidget()
    column = QVBoxLayout(form)
    line = QLineEdit()
    column.addSpacing(FAR)
    column.addWidget(line)
    window = QWidget()
    area: QScrollArea = scrolling(form)
    QVBoxLayout(window).addWidget(area)
    window.resize(300, 200)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    area.verticalScrollBar().setValue(0)
    line.setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert area.verticalScrollBar().value() > FAR / 2
    yield line
    window.close()


def place_told() -> QRectF:
    return QApplication.inputMethod().cursorRectangle()


def test_what_is_proposed_stands_at_the_words(qapp: QApplication, last: QLineEdit) -> None:
    input_method.follow_cursor()
    last.insert("谈")
    assert last.rect().translated(last.mapTo(last.window(), QPoint(0, 0))).contains(place_told().toRect())


def test_a_note_begun_by_an_input_method_is_written_to_its_end(qtbot: QtBot, look: Theme) -> None:
    model = LinesModel(POINT_ANSWERS)
    table = LinesTable("审查清单", model)
    qtbot.addWidget(table)
    table.resize(620, 200)
    model.show_lines([Line(1, 1, "no", "已列入年度预算")], editable=True)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    table.setFocus()
    write("y", "yu")
    QTest.keyClicks(QApplication.focusWidget() or table, "5")
    write("y", "yu", "yusuan", done="预算")
    write("p", "pifu", done="批复")
    QTest.keyClick(QApplication.focusWidget() or table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.lines[0].note == "5预算批复")


def test_the_program_sees_to_it(
    qtbot: QtBot, qapp: QApplication, vault_folder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(input_method, "follow_cursor", lambda: asked.append(True))
    running = start.App(qapp)
    running.show()
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    settle(qtbot, running.window)
    with qtbot.waitSignal(running.window.closing):
        running.window.close()

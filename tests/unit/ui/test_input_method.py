"""What an input method proposes stands at the cursor, wherever a form was scrolled to."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu import app as start
from paizhu.ui import input_method
from paizhu.ui.kit.scrolled import scrolling
from tests.unit.ui.windows import settle

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

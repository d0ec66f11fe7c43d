"""Widgets side by side go on in the next line, and stand in the middle of their line."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.register.flow_layout import FlowLayout


def test_what_has_no_room_goes_on_below_and_each_line_has_one_height(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=4)
    parts = []
    for width, height in ((60, 20), (60, 30), (60, 20)):
        part = QWidget()
        part.setMinimumSize(width, height)
        flow.addWidget(part)
        parts.append(part)
    assert flow.heightForWidth(130) == 30 + 4 + 20
    holder.resize(130, 100)
    holder.show()
    assert [(part.x(), part.y(), part.height()) for part in parts] == [(0, 0, 30), (64, 0, 30), (0, 34, 20)]


def test_one_line_asks_for_no_room_after_its_last_part(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=8)
    assert flow.sizeHint().width() == 0
    for _part in range(3):
        part = QWidget()
        part.setFixedSize(60, 20)
        flow.addWidget(part)
    assert flow.sizeHint().width() == 3 * 60 + 2 * 8

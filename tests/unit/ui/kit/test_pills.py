"""Pills: as wide as the words that stand in them, also where only the shorter ones have room."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.pills import paint_pill, pill_size
from paizhu.ui.kit.roles import Mark, Tone


def test_a_pill_with_its_shorter_words_is_no_wider_than_they_need(qapp: QApplication) -> None:
    theme.install(qapp)
    mark = Mark(Shape.TRIANGLE, "五个来源已查，信访 1、线索 1、处分 1", Tone.AMBER, "查到 3 件")
    room = pill_size(mark).width() - 1
    image = QImage(room, 40, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_pill(painter, QRectF(0, 0, room, 40), mark)
    painter.end()
    inked = [x for x in range(room) if any(image.pixel(x, y) != 0xFFFFFFFF for y in range(40))]
    short = pill_size(Mark(Shape.TRIANGLE, "查到 3 件", Tone.AMBER)).width()
    assert abs(inked[-1] + 1 - short) <= 1

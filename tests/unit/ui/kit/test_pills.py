"""Pills: as wide as the words that stand in them, also where only the shorter ones have room."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.pills import paint_mark, paint_pill, pill_size
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import POINTS, Theme


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


def _inked(image: QImage, left: int, right: int) -> tuple[int, int]:
    """Return the first and the last line that ink stands on between two columns."""
    lines = [
        y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 128 for x in range(left, right))
    ]
    return lines[0], lines[-1]


@pytest.mark.parametrize("points", POINTS)
def test_words_in_a_pill_stand_on_one_line_with_words_beside_it_and_shapes_at_their_middle(
    look: Theme, points: float
) -> None:
    """Lines of Chinese fonts have more room above their characters than below: at large fonts by several pixels."""
    look.set_points(points)
    mark, high = Mark(Shape.HALF, "国"), look.heights.row
    image = QImage(600, high, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    with QPainter(image) as painter:
        paint_pill(painter, QRectF(0, 0, 200, high), mark)
        paint_mark(painter, QRectF(200, 0, 200, high), mark)
        painter.setFont(look.font())
        painter.setPen(look.colour("ink"))
        painter.drawText(QRectF(400, 0, 200, high), Qt.AlignmentFlag.AlignVCenter, "国")
    word = look.px(17)
    in_pill = _inked(image, look.px(8) + word, look.px(8) + word + look.px(12))
    marked, plain = _inked(image, 200 + word, 400), _inked(image, 400, 600)
    assert abs(in_pill[1] - plain[1]) <= 1
    assert abs(marked[1] - plain[1]) <= 1
    for shape, words in (
        (_inked(image, look.px(8), look.px(8) + word), in_pill),
        (_inked(image, 200, 200 + word), marked),
    ):
        assert abs(sum(shape) - sum(words)) <= 3

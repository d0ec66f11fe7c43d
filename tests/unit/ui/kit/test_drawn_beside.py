"""What is drawn beside words and round rows: icons in the middle of the characters, lines all or none, one frame."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui import theme
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.search_box import SearchBox
from paizhu.ui.kit.stepper import Step, Stepper, When
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.theme import POINTS, Theme
from tests.unit.ui.kit.gallery_rows import LIST_COLUMNS, Rows, list_rows

pytestmark = pytest.mark.usefixtures("look")
_FAINT = 60


def picture(widget: QWidget) -> QImage:
    widget.show()
    QApplication.processEvents()
    return widget.grab().toImage()


def middle_of_ink(image: QImage, left: int, right: int, edge: int = 3) -> float:
    """Return the middle of the rows in which something dark stands between two columns, the border left out."""
    inside = range(edge, image.height() - edge)
    dark = [
        y for y in inside if any(QColor(image.pixel(x, y)).lightness() < 255 - 2 * _FAINT for x in range(left, right))
    ]
    return (dark[0] + dark[-1]) / 2


@pytest.mark.parametrize("points", POINTS)
def test_the_icon_of_a_button_stands_in_the_middle_of_the_characters(qtbot: QtBot, look: Theme, points: float) -> None:
    look.set_points(points)
    button = Button("国国国", icon="columns")
    qtbot.addWidget(button)
    image = picture(button)
    icon_ends = 12 + look.px(16)
    icon = middle_of_ink(image, 8, icon_ends)
    words = middle_of_ink(image, icon_ends + look.px(2), image.width() - 8)
    assert abs(icon - words) <= 1


@pytest.mark.parametrize("points", POINTS)
def test_the_words_of_a_search_line_keep_away_from_its_glass(qtbot: QtBot, look: Theme, points: float) -> None:
    look.set_points(points)
    box = SearchBox("国国国")
    qtbot.addWidget(box)
    box.resize(look.px(300), box.sizeHint().height())
    image = picture(box)
    row = range(4, image.height() - 4)
    dark = [
        x
        for x in range(4, image.width() - 4)
        if any(QColor(image.pixel(x, y)).lightness() < 255 - 2 * _FAINT for y in row)
    ]
    gaps = [after - before for before, after in pairwise(dark)]
    # The widest gap of the first ones is that between the glass and the words.
    assert max(gaps[: look.px(30)]) >= look.px(5)


def lines_of(stepper: Stepper, width: int) -> int:
    """Count the lines between the steps in a picture of this width."""
    stepper.resize(width, stepper.sizeHint().height())
    image, look = picture(stepper), theme.current()
    y = round(stepper._disc_centre(stepper._place(0)).y())
    colour = look.colour("field").name()
    runs, run = 0, 0
    for x in range(image.width()):
        run = run + 1 if QColor(image.pixel(x, y)).name() == colour else 0
        runs += run == look.px(4)
    return runs


def test_steps_are_joined_by_lines_all_or_none(qtbot: QtBot) -> None:
    steps = [
        Step("发现", "", When.PAST),
        Step("交办", "", When.CURRENT),
        Step("验收", "限 2026-11-25 前完成", When.LATER),
        Step("销号", "", When.LATER),
    ]
    stepper = Stepper(steps)
    qtbot.addWidget(stepper)
    narrow = stepper.sizeHint().width()
    assert lines_of(stepper, narrow + 400) == len(steps) - 1
    assert lines_of(stepper, narrow) == 0


@pytest.mark.parametrize(("spare", "has_line"), [(4, False), (60, True)])
def test_a_row_that_ends_at_the_frame_has_no_second_line_there(
    qtbot: QtBot, look: Theme, spare: int, has_line: bool
) -> None:
    view = RegisterTable("会前审查")
    qtbot.addWidget(view)
    view.setProperty("frame", "box")
    rows = list_rows()[:2]
    view.show_model(Rows(LIST_COLUMNS, rows), LIST_COLUMNS)
    view.clearSelection()
    view.resize(1000, look.heights.header + len(rows) * look.heights.row + spare)
    image = picture(view)
    ends = view.rowViewportPosition(len(rows) - 1) + view.rowHeight(len(rows) - 1) - 1
    at = view.viewport().mapTo(view, QPoint(2, ends))
    line = look.colour("line1").name()
    assert (QColor(image.pixel(at.x(), at.y())).name() == line) is has_line
    above = view.viewport().mapTo(view, QPoint(2, view.rowHeight(0) - 1))
    assert QColor(image.pixel(above.x(), above.y())).name() == line

"""A month as a grid: what its cells say, which of them can be chosen, and the lines between them."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu.services.own_rules.calendar_days import Day
from paizhu.ui import theme
from paizhu.ui.pages.day.month_grid import MonthGrid
from paizhu.ui.theme import Theme

FIRST = date(2026, 4, 1)
"""A Wednesday: two cells before it stand empty."""


@pytest.fixture
def grid(look: Theme, qtbot: QtBot) -> MonthGrid:
    """April 2026, every day of it a plain working day but one the office has off."""
    own = FIRST + timedelta(14)
    days = [Day(day, True, "工作日", special=False) for day in (FIRST + timedelta(at) for at in range(30))]
    days[14] = Day(own, False, "示例活动", special=True, own="unit")
    made = MonthGrid()
    qtbot.addWidget(made)
    made.resize(700, 480)
    made.show_days(days)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("across", [True, False])
def test_between_two_days_there_is_one_line(grid: MonthGrid, qtbot: QtBot, across: bool) -> None:
    grid.choose(FIRST)
    here = grid.visualRect(grid.days.place(date(2026, 4, 9)))
    beside = grid.visualRect(grid.days.place(date(2026, 4, 10 if across else 16)))
    picture = grid.viewport().grab().toImage()
    line = theme.current().colour("line1").rgb()
    between = here.united(beside).center()
    run = range(-3, 4)
    spots = [(between.x() + at, here.bottom() - 2) if across else (here.right() - 2, between.y() + at) for at in run]
    assert sum(picture.pixelColor(*spot).rgb() == line for spot in spots) == 1


def test_the_days_before_the_first_are_no_days(grid: MonthGrid) -> None:
    empty = grid.days.index(0, 1)
    assert grid.days.day(empty) is None
    assert grid.days.flags(empty) == Qt.ItemFlag.NoItemFlags
    first = grid.days.day(grid.days.index(0, 2))
    assert first is not None
    assert first.day == FIRST
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(empty).center())
    assert grid.chosen() == [FIRST]


def test_a_cell_says_in_words_what_its_ground_shows(grid: MonthGrid) -> None:
    def said(day: date) -> object:
        return grid.days.place(day).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said(FIRST) == "4 月 1 日 周三，工作日，上班"
    assert said(date(2026, 4, 15)) == "4 月 15 日 周三，示例活动，不上班，您标的"

"""A new look for what lies behind others: it comes late, and then it is the same as for what was in sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from paizhu.ui import theme, turns
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Scheme, Text, Theme


class Page(QWidget):
    """One of everything, a pane behind another one, and a count of how often it was told of a new look."""

    def __init__(self) -> None:
        super().__init__()
        self.told = 0
        self.title = Label("廉政谈话", Text.TITLE)
        self.quiet = Label("还没有填写", Text.SECONDARY, "ink3")
        self.inner = QStackedWidget()
        self.behind = QWidget()
        column = QVBoxLayout(self.behind)
        self.deep = Label("时间线", Text.SECTION)
        column.addWidget(self.deep)
        self.inner.addWidget(Label("记录", Text.PANE))
        self.inner.addWidget(self.behind)
        self.choice = QComboBox()
        self.choice.addItems(["日常", "任前"])
        self.menu_button = Button("更多", Look.LINK, size=Size.SMALL)
        column = QVBoxLayout(self)
        parts = (self.title, self.quiet, self.inner, self.choice, QLineEdit("某科长"), QPlainTextEdit("三楼谈话室"))
        for part in (*parts, Button("登记谈话", Look.PRIMARY), self.menu_button):
            column.addWidget(part)
        theme.current().follow(self, self.measure)

    def measure(self) -> None:
        """Count."""
        self.told += 1


class Desk(QStackedWidget):
    """Two pages, the first in front."""

    def __init__(self) -> None:
        super().__init__()
        self.front, self.back = Page(), Page()
        for page in (self.front, self.back):
            self.addWidget(page)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Theme]:
    yield theme.install(qapp, Scheme.LIGHT)
    theme.install(qapp, Scheme.LIGHT)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.resize(800, 600)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def desk(look: Theme, qtbot: QtBot, window: QMainWindow) -> Desk:
    """A desk whose pages were both seen at the old look."""
    made = Desk()
    window.setCentralWidget(made)
    window.show()
    for page in (made.back, made.front):
        made.setCurrentWidget(page)
        page.inner.setCurrentIndex(1)
        page.inner.setCurrentIndex(0)
        qtbot.wait(1)
    return made


def clothes(page: QWidget) -> list[object]:
    """Return what a change of look can change, for everything on a page."""
    roles = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.Base)
    return [
        (
            type(each).__name__,
            each.font().pointSizeF(),
            each.font().bold(),
            [each.palette().color(role).name() for role in roles],
            each.minimumHeight(),
            each.sizeHint().toTuple(),
        )
        for each in page.findChildren(QWidget)
        if each.isVisible()
    ]


@pytest.mark.parametrize("change", ["larger", "dark", "both"])
def test_a_page_behind_another_looks_as_if_it_had_been_in_front(
    desk: Desk, look: Theme, qtbot: QtBot, change: str
) -> None:
    if change != "dark":
        look.set_points(16.0)
    if change != "larger":
        look.set_scheme(Scheme.DARK)
    desk.setCurrentWidget(desk.back)
    desk.back.inner.setCurrentIndex(1)
    qtbot.wait(1)

    there = clothes(desk.back)
    desk.setCurrentWidget(desk.front)
    desk.front.inner.setCurrentIndex(1)
    qtbot.wait(1)
    assert there == clothes(desk.front)
    assert len(there) > 10
    assert desk.back.choice.view().font() == desk.front.choice.view().font()


def test_what_is_behind_costs_nothing_and_is_told_when_it_comes_to_the_front(desk: Desk, look: Theme) -> None:
    before = desk.back.title.font().pointSizeF()
    look.set_points(14.0)
    look.set_points(16.0)

    assert (desk.front.told, desk.back.told) == (2, 0)
    assert desk.front.title.font().pointSizeF() == pytest.approx(16.5 * 16 / 10.5, rel=1e-3)
    assert desk.back.title.font().pointSizeF() == before

    desk.setCurrentWidget(desk.back)
    assert desk.back.told == 1
    assert desk.back.title.font().pointSizeF() == pytest.approx(16.5 * 16 / 10.5, rel=1e-3)
    assert desk.back.deep.font().pointSizeF() == pytest.approx(11.25, rel=1e-3)

    desk.back.inner.setCurrentWidget(desk.back.behind)
    assert desk.back.deep.font().pointSizeF() == pytest.approx(11.25 * 16 / 10.5, rel=1e-3)


def test_a_change_back_before_a_page_is_shown_leaves_it_as_it_was(desk: Desk, look: Theme, qtbot: QtBot) -> None:
    desk.setCurrentWidget(desk.back)
    qtbot.wait(1)
    before = clothes(desk.back)
    desk.setCurrentWidget(desk.front)
    look.set_points(21.0)
    look.set_points(10.5)
    desk.setCurrentWidget(desk.back)
    qtbot.wait(1)
    assert clothes(desk.back) == before


def test_what_is_coloured_anew_behind_is_seen_so_in_front(desk: Desk, look: Theme) -> None:
    look.set_scheme(Scheme.DARK)
    desk.back.quiet.set_ink("accent")
    desk.back.menu_button.set_look(Look.PRIMARY)
    desk.setCurrentWidget(desk.back)
    assert desk.back.quiet.palette().color(QPalette.ColorRole.WindowText) == look.colour("accent")
    assert desk.back.menu_button.palette().color(QPalette.ColorRole.ButtonText) == look.colour("accent_button_text")


def test_a_page_thrown_away_behind_leaves_nothing_that_is_told(desk: Desk, look: Theme, qtbot: QtBot) -> None:
    look.set_points(14.0)
    back = desk.back
    desk.removeWidget(back)
    with qtbot.waitSignal(back.destroyed):
        back.deleteLater()
    look.set_points(16.0)
    assert desk.front.told == 2


def test_a_gentle_change_is_told_in_a_turn_of_its_own_and_painted_last(
    desk: Desk, look: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, int, bool]] = []
    come = turns._Turns._come

    def turn(waiting: turns._Turns) -> None:
        come(waiting)
        dressed = desk.front.title.font().pointSizeF() > before
        seen.append((dressed, desk.front.told, desk.window().updatesEnabled()))

    before, told = desk.front.title.font().pointSizeF(), desk.front.told
    monkeypatch.setattr(turns._Turns, "_come", turn)
    # The clock of the turns knows the method it was made with.
    turns._turns.clear()
    look.gently(look.larger)
    assert (desk.front.title.font().pointSizeF(), desk.front.told) == (before, told)
    qtbot.waitUntil(lambda: len(seen) >= 3 and not turns.waiting())
    assert seen[:3] == [(True, told, False), (True, told + 1, False), (True, told + 1, True)]
    turns._turns.clear()


def test_who_followed_first_is_told_first(look: Theme, qtbot: QtBot, window: QMainWindow) -> None:
    heard: list[str] = []

    class Told(QWidget):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        def measure(self) -> None:
            heard.append(self.name)

    made = {name: Told(name) for name in ("first", "second", "third")}
    for each in made.values():
        look.follow(each, each.measure)
    # They stand in the window the other way round.
    holder = QWidget()
    column = QVBoxLayout(holder)
    for name in ("third", "second", "first"):
        column.addWidget(made[name])
    window.setCentralWidget(holder)
    window.show()
    look.set_points(14.0)
    assert heard == ["first", "second", "third"]

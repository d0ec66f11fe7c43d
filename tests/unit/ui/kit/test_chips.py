"""Chips: one is chosen, counts are read out, what has no room goes into the menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui import theme
from paizhu.ui.kit.chips import MORE_WORDS, Chip, ChipBar, ChipButton
from paizhu.ui.theme import Text

CHIPS = [
    Chip("all", "今年全部", 45),
    Chip("week", "本周上会", 4),
    Chip("mine", "待我审查", 4),
    Chip("late", "已超期", 1, overdue=True),
]


def shown(qtbot: QtBot, width: int) -> ChipBar:
    bar = ChipBar(CHIPS)
    qtbot.addWidget(bar)
    bar.resize(width, 40)
    bar.show()
    return bar


def more_words(bar: ChipBar) -> str:
    """Return what stands on the button of the menu."""
    more = bar.findChild(QToolButton)
    assert more is not None
    return more.text()


def test_all_chips_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    assert shown(qtbot, 900).hidden_keys() == []


def test_no_chip_goes_because_of_words_that_are_not_said(qtbot: QtBot) -> None:
    bar = ChipBar(CHIPS)
    qtbot.addWidget(bar)
    # Before the bar was ever shown its chips count as hidden; the longer words of the menu are not needed for that.
    bar.resize(bar.sizeHint().width(), 40)
    bar.show()
    assert bar.hidden_keys() == []
    assert more_words(bar) == MORE_WORDS


def test_chips_without_room_go_into_the_menu_last_first(qtbot: QtBot) -> None:
    bar = shown(qtbot, 330)
    hidden = bar.hidden_keys()
    assert hidden
    assert hidden == [chip.key for chip in CHIPS][-len(hidden) :]
    menu = QMenu()
    qtbot.addWidget(menu)
    bar.fill_menu(menu)
    assert menu.actions()[0].text().startswith(CHIPS[-len(hidden)].words)
    bar.resize(900, 40)
    assert bar.hidden_keys() == []


def test_a_hidden_chip_can_be_chosen_from_the_menu_and_names_it(qtbot: QtBot) -> None:
    bar = shown(qtbot, 330)
    menu = QMenu()
    qtbot.addWidget(menu)
    bar.fill_menu(menu)
    late = next(action for action in menu.actions() if "已超期" in action.text())
    with qtbot.waitSignal(bar.chosen) as signal:
        late.trigger()
    assert signal.args == ["late"]
    assert bar.current() == "late"
    assert more_words(bar) == f"{MORE_WORDS}：已超期"


def test_clicking_a_chip_chooses_it_alone(qtbot: QtBot) -> None:
    bar = shown(qtbot, 900)
    week = bar.findChildren(ChipButton)[1]
    with qtbot.waitSignal(bar.chosen) as signal:
        QTest.mouseClick(week, Qt.MouseButton.LeftButton)
    assert signal.args == ["week"]
    assert [button.chip.key for button in bar.findChildren(ChipButton) if button.isChecked()] == ["week"]


def test_choosing_by_program_is_silent(qtbot: QtBot) -> None:
    bar = shown(qtbot, 900)
    with qtbot.assertNotEmitted(bar.chosen):
        bar.set_current("mine")
    assert bar.current() == "mine"


def test_counts_are_read_out_with_the_words(qtbot: QtBot) -> None:
    bar = shown(qtbot, 900)
    bar.show_counts({"week": 7})
    assert [button.accessibleName() for button in bar.findChildren(ChipButton)][:2] == [
        "今年全部，45 项",
        "本周上会，7 项",
    ]


def test_thousands_are_parted_as_in_the_status_bar(qtbot: QtBot) -> None:
    bar = ChipBar([Chip("all", "全部", 5000), Chip("planned", "已计划", 4999)])
    qtbot.addWidget(bar)
    bar.resize(120, 40)
    bar.show()
    menu = QMenu()
    qtbot.addWidget(menu)
    bar.fill_menu(menu)
    assert "已计划  4,999" in [action.text() for action in menu.actions()]
    small, large = ChipButton(Chip("a", "全部", 999)), ChipButton(Chip("a", "全部", 5000))
    for each in (small, large):
        qtbot.addWidget(each)
    figures = QFontMetrics(theme.current().font(Text.SECONDARY))
    assert large.sizeHint().width() - small.sizeHint().width() == (
        figures.horizontalAdvance("5,000") - figures.horizontalAdvance("999")
    )


def test_choosing_moves_nothing(qtbot: QtBot) -> None:
    bar = shown(qtbot, 900)
    before = [button.geometry() for button in bar.findChildren(ChipButton)]
    bar.set_current("mine")
    assert [button.geometry() for button in bar.findChildren(ChipButton)] == before


def test_chips_that_were_replaced_are_gone_at_once(qtbot: QtBot) -> None:
    bar = ChipBar([Chip("old", "旧的", 262)])
    qtbot.addWidget(bar)
    bar.resize(800, 40)
    bar.show()
    bar.show_chips([Chip("all", "全部", 10), Chip("open", "在办", 6)])
    shown = [each.chip.words for each in bar.findChildren(ChipButton) if each.isVisible()]
    assert shown == ["全部", "在办"]


def test_a_chip_that_stands_there_already_stays_with_its_focus_when_counts_come(qtbot: QtBot) -> None:
    bar = shown(qtbot, 900)
    bar.activateWindow()
    mine = next(each for each in bar.findChildren(ChipButton) if each.chip.key == "mine")
    mine.setFocus()
    qtbot.waitUntil(mine.hasFocus)
    bar.show_chips([Chip("new", "新来的", 1), Chip("late", "已超期", 2), Chip("mine", "由我审查", 1234)], "mine")
    assert mine.hasFocus()
    assert (mine.accessibleName(), mine.isChecked()) == ("由我审查，1234 项", True)
    standing = sorted((each for each in bar.findChildren(ChipButton) if each.isVisible()), key=QWidget.x)
    qtbot.waitUntil(lambda: [each.x() for each in bar._buttons] == sorted(each.x() for each in standing))
    assert [each.chip for each in bar._buttons] == [
        Chip("new", "新来的", 1),
        Chip("late", "已超期", 2),
        Chip("mine", "由我审查", 1234),
    ]


def test_none_is_chosen_for_a_key_that_is_not_among_them(qtbot: QtBot) -> None:
    bar = shown(qtbot, 900)
    bar.show_chips(CHIPS, "a filter of one's own")
    assert bar.current() == ""
    bar.set_current("week")
    assert [each.chip.key for each in bar.findChildren(ChipButton) if each.isChecked()] == ["week"]


class _Narrowing(QObject):
    """Takes width away from a bar as soon as a chip of it comes back, as a layout around it may."""

    def __init__(self, bar: ChipBar, width: int) -> None:
        super().__init__(bar)
        self._bar, self._width = bar, width

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Narrow the bar at the first chip that is shown."""
        if event.type() is QEvent.Type.Show:
            self._bar.resize(self._width, 40)
        return False


def test_a_bar_that_gets_narrower_while_chips_come_back_is_fitted_to_what_is_left(qtbot: QtBot) -> None:
    bar = shown(qtbot, 300)
    kept = bar.hidden_keys()
    assert kept
    narrowing = _Narrowing(bar, 300)
    for button in bar.findChildren(ChipButton):
        button.installEventFilter(narrowing)
    bar.resize(900, 40)
    assert bar.width() == 300
    assert bar.hidden_keys() == kept

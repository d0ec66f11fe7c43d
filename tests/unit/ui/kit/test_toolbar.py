"""How the bars share their room: a choice gives way to chips, the red button goes into a pane and back."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.chips import Chip, ChipBar
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.toolbar import ActionBar, DetailHeader, Toolbar, move_button
from paizhu.ui.theme import Theme
from tests.unit.ui.kit.folded import is_collapsed

BOOKS = [("a", "人员"), ("b", "单位"), ("c", "供应商"), ("d", "廉政意见"), ("e", "廉政档案")]
CHIPS = [Chip("all", "全部", 34), Chip("active", "在职", 32), Chip("weighed", "影响期内", 2), Chip("left", "调离", 3)]


def test_words_of_a_choice_give_way_before_the_first_chips_do(qtbot: QtBot, look: Theme) -> None:
    bar, books, chips = Toolbar(), Segments("台账", BOOKS), ChipBar(CHIPS)
    qtbot.addWidget(bar)
    for part in (books, Button("新增人员"), Button("导入")):
        bar.add(part)
    bar.add_line()
    bar.add(chips, stretches=True)
    bar.resize(1200, 48)
    bar.show()
    qtbot.waitExposed(bar)
    assert not is_collapsed(books)
    look.set_points(15.75)
    qtbot.waitUntil(lambda: is_collapsed(books))
    assert chips.hidden_keys() in ([], ["left"])
    assert books.width() < 200
    bar.resize(2000, 48)
    qtbot.waitUntil(lambda: not is_collapsed(books))
    assert chips.hidden_keys() == []


def test_a_button_lent_to_a_pane_comes_back_to_the_front_of_the_bar(qtbot: QtBot) -> None:
    red, other = Button("出具廉政意见", Look.PRIMARY), Button("保存")
    bar = ActionBar(red, other)
    pane = Toolbar()
    for part in (bar, pane):
        qtbot.addWidget(part)
        part.show()
    move_button(red, lambda: pane.add(red))
    bar.take_back(red)
    assert not red.isHidden()
    qtbot.waitUntil(lambda: red.x() < other.x())
    assert red.parentWidget() is bar


def test_a_bar_with_nothing_in_it_says_so_until_something_was_saved(qtbot: QtBot) -> None:
    red = Button("办结", Look.PRIMARY)
    bar = ActionBar(red)
    qtbot.addWidget(bar)
    assert not bar.is_bare
    for part in (red, bar.undo):
        part.hide()
    assert bar.is_bare
    bar.hide()
    bar.show_saved("10:25 已自动保存")
    assert not bar.is_bare
    assert bar.isVisible()


def test_without_tabs_the_last_line_of_a_head_keeps_away_from_what_stands_below(qtbot: QtBot) -> None:
    head = DetailHeader()
    qtbot.addWidget(head)
    head.resize(480, 100)
    head.tabs.addTab("记录")
    head.tabs.hide()
    head.show_record("新增谈话", "还没有保存，填写的内容随时存为草稿")
    head.show()
    qtbot.waitExposed(head)
    assert head._grid.contentsMargins().bottom() == 8
    head.tabs.show()
    head.show_record("示例", "谈〔2026〕001")
    assert head._grid.contentsMargins().bottom() == 0, "the line below is the one the tab stands on"

"""Strips, panes and bars: when they come, when they go, what they say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.button import Offer
from paizhu.ui.kit.empty import EmptyState, NoMatch, NothingChosen
from paizhu.ui.kit.hint_card import Hint, HintCard
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.loading import LoadingPane, time_left
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.trouble import ErrorPane, Trouble
from paizhu.ui.kit.undo_bar import UndoBar
from paizhu.ui.tasks import Tasks

OFFERS = [Offer("again", "再试一次"), Offer("other", "换个位置备份")]
TROUBLE = Trouble("没有写进备份盘", "E 盘空间不足。", "今天的数据都在本机。", "换一个盘再备份。", "OSError: [Errno 28]")


def press(pane: QWidget, words: str) -> None:
    """Press the button with these words."""
    button = next(button for button in pane.findChildren(QPushButton) if button.accessibleName() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_undo_bar_leaves_when_its_time_is_over(qtbot: QtBot) -> None:
    bar = UndoBar(stays_ms=1)
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.left):
        bar.show_done("已导入 40 行谈话记录。", "撤销整批")
        assert bar.isVisible()
    assert not bar.isVisible()


def test_the_undo_bar_leaves_at_the_next_change(qtbot: QtBot) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.show_done("已移入回收区。")
    with qtbot.waitSignal(bar.left):
        bar.settle()
    assert not bar.isVisible()


def test_taking_back_hides_the_undo_bar_and_asks_once(qtbot: QtBot) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.show_done("已导入 40 行谈话记录。", "撤销整批", more="查看回收区")
    with qtbot.waitSignal(bar.undo_asked):
        press(bar, "撤销整批")
    assert not bar.isVisible()


def test_the_undo_bar_that_is_hidden_does_not_leave_again(qtbot: QtBot) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    with qtbot.assertNotEmitted(bar.left):
        bar.settle()


def test_quick_work_never_shows_the_loading_pane(qtbot: QtBot) -> None:
    pane = LoadingPane(quiet_ms=60_000)
    qtbot.addWidget(pane)
    pane.start("正在读入工作簿", 10, "行")
    pane.advance(10)
    pane.finish()
    assert not pane.isVisible()


def test_long_work_shows_what_how_far_and_how_long(qtbot: QtBot) -> None:
    seconds = iter([0.0, 0.0, 4.2])
    pane = LoadingPane(quiet_ms=0, now=lambda: next(seconds))
    qtbot.addWidget(pane)
    pane.start("正在读入工作簿", 3600, "行")
    pane.advance(1240)
    qtbot.waitUntil(pane.isVisible)
    assert pane.accessibleName() == "正在读入工作簿，1,240 / 3,600 行，约还需 8 秒，可继续看别的台账"


def test_escape_asks_to_stop(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    button, pane = QPushButton("导入"), LoadingPane(quiet_ms=0)
    column.addWidget(button)
    column.addWidget(pane)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    button.setFocus()
    pane.start("正在读入工作簿", 10)
    # What was pressed goes dead, and the cursor may stand anywhere then.
    button.setEnabled(False)
    qtbot.waitUntil(pane.isVisible)
    with qtbot.waitSignal(pane.cancel_asked):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    pane.finish()
    with qtbot.assertNotEmitted(pane.cancel_asked, wait=50):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_what_cannot_be_stopped_offers_no_way_to(qtbot: QtBot) -> None:
    pane = LoadingPane(quiet_ms=0, can_stop=False)
    qtbot.addWidget(pane)
    pane.start("正在建加密的数据文件夹")
    qtbot.waitUntil(pane.isVisible)
    assert not any(button.isVisible() for button in pane.findChildren(QPushButton))


@pytest.mark.parametrize(
    ("done", "total", "unit", "words"),
    [
        (1_200, 60_000, "行", "1,200 / 60,000 行"),
        (3, 12, "", "3 / 12"),
        (50 << 20, 99_213_312, "", "50 / 95 MB"),
        (1 << 30, 3 << 30, "", "1,024 / 3,072 MB"),
    ],
)
def test_what_is_copied_is_told_in_megabytes_and_larger_than_a_number_of_qt(
    qtbot: QtBot, tasks: Tasks, done: int, total: int, unit: str, words: str
) -> None:
    pane = LoadingPane(quiet_ms=0)
    qtbot.addWidget(pane)
    seen: list[tuple[int, int]] = []
    with qtbot.waitSignal(tasks.idle):
        task = tasks.run(lambda progress: progress.report(done, total, "正在复制附件"), lambda _: None)
        task.advanced.connect(lambda done, total, _words: seen.append((done, total)))
    assert seen == [(done, total)]
    pane.start("正在备份", total, unit)
    pane.advance(done)
    assert pane.accessibleName().startswith(f"正在备份，{words}，")


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (0, 100, 5, ""),
        (1, 100, 5, ""),
        (50, 100, 10, "约还需 10 秒"),
        (10, 100, 60, "约还需 9 分钟"),
        (99, 100, 9, "马上就好"),
        (100, 100, 9, ""),
        (5, 0, 9, ""),
    ],
)
def test_time_left_is_told_once_the_pace_is_known(done: int, total: int, seconds: float, words: str) -> None:
    assert time_left(done, total, seconds) == words


def test_an_error_pane_says_its_three_parts_and_hides_the_technical_text(qtbot: QtBot) -> None:
    pane = ErrorPane(TROUBLE, OFFERS)
    qtbot.addWidget(pane)
    pane.show()
    assert pane.accessibleName() == "没有写进备份盘。E 盘空间不足。今天的数据都在本机。换一个盘再备份。"
    assert not pane.details_shown()
    press(pane, "看详情")
    assert pane.details_shown()
    details = pane.findChild(QPlainTextEdit)
    assert details is not None
    assert details.toPlainText() == "OSError: [Errno 28]"
    press(pane, "复制")
    assert QGuiApplication.clipboard().text() == "OSError: [Errno 28]"
    with qtbot.waitSignal(pane.acted) as signal:
        press(pane, "再试一次")
    assert signal.args == ["again"]


def test_a_strip_changes_in_place_and_gives_the_key_of_its_offer(qtbot: QtBot) -> None:
    strip = Strip("已归档，只读")
    qtbot.addWidget(strip)
    strip.show()
    strip.show_words("留痕链第 3,981 条校验不符", "已转为只读", Level.ERROR, OFFERS)
    assert strip.accessibleName() == "留痕链第 3,981 条校验不符 已转为只读"
    with qtbot.waitSignal(strip.acted) as signal:
        press(strip, "换个位置备份")
    assert signal.args == ["other"]


def test_only_a_closable_strip_closes_on_escape(qtbot: QtBot) -> None:
    closable, lasting = Strip("提示", closable=True), Strip("已归档，只读", "09-04")
    for strip in (closable, lasting):
        qtbot.addWidget(strip)
        strip.show()
        QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert not closable.isVisible()
    assert lasting.isVisible()


def test_no_match_names_the_filters_and_what_there_is_without_them(qtbot: QtBot) -> None:
    pane = NoMatch()
    qtbot.addWidget(pane)
    pane.show()
    pane.show_filters(["缺签字页", "2023 年"], "46 次谈话")
    assert pane.accessibleName().endswith("当前筛选：缺签字页 + 2023 年。台账里共有 46 次谈话。")
    with qtbot.waitSignal(pane.cleared):
        press(pane, "清除筛选")
    with qtbot.waitSignal(pane.cleared):
        QTest.keyClick(pane, Qt.Key.Key_Escape)


def test_an_empty_place_offers_at_most_two_things(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="two"):
        EmptyState("还没有记录", "", [*OFFERS, Offer("third", "新增")])


def test_a_folded_hint_opens_by_its_arrow(qtbot: QtBot) -> None:
    card = HintCard(Hint("重点核实", "金额接近上限", "合计 144.60 万元。", offers=OFFERS), folded=True)
    qtbot.addWidget(card)
    card.show()
    folded = card.sizeHint().height()
    with qtbot.waitSignal(card.unfolded) as signal:
        card.set_folded(False)
    assert signal.args == [True]
    assert card.sizeHint().height() > folded
    assert card.accessibleName() == "重点核实，金额接近上限，合计 144.60 万元。"
    with qtbot.waitSignal(card.acted):
        press(card, "再试一次")


def test_markup_in_a_record_is_shown_as_it_is(qtbot: QtBot) -> None:
    strip = Strip("<b>不是</b>粗体", "<i>原样</i>")
    qtbot.addWidget(strip)
    assert {label.textFormat() for label in strip.findChildren(Label)} == {Qt.TextFormat.PlainText}


def test_that_no_record_is_chosen_is_said_after_a_moment_each_time(qtbot: QtBot) -> None:
    """A record that is on its way comes before the words, which would only flash up."""
    pane = NothingChosen()
    qtbot.addWidget(pane)
    for _time in range(2):
        pane.show()
        qtbot.waitExposed(pane)
        labels = pane.findChildren(Label)
        assert not any(label.isVisible() for label in labels)
        pane.say(no_records=True)
        assert not any(label.isVisible() for label in labels)
        qtbot.waitUntil(lambda labels=labels: all(label.isVisible() for label in labels))  # type: ignore[misc]  # a lambda's default has no type
        assert pane.accessibleName().startswith("这里显示记录的内容")
        pane.hide()


def test_a_folded_card_opens_by_a_click_on_its_words_and_folds_by_its_first_line(qtbot: QtBot) -> None:
    card = HintCard(Hint("重点核实", "金额接近上限", "合计 144.60 万元。"), folded=True)
    qtbot.addWidget(card)
    card.resize(320, 80)
    card.show()
    qtbot.waitExposed(card)
    with qtbot.waitSignal(card.unfolded) as opened:
        QTest.mouseClick(card._finding, Qt.MouseButton.LeftButton)
    assert opened.args == [True]
    with qtbot.assertNotEmitted(card.unfolded):
        QTest.mouseClick(card._body, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(card.unfolded) as folded:
        QTest.mouseClick(card._wrapped, Qt.MouseButton.LeftButton)
    assert folded.args == [False]

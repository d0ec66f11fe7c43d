"""A drop-down takes letters: words, pinyin and initials, one letter after the other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.ui import theme
from paizhu.ui.kit import drop_down
from paizhu.ui.kit.drop_down import DropDown, place_of

WORDS = ("", "材料接收", "财务检查", "书面告知", "实质审查", "审理", "S级", "通过书面")


@pytest.mark.parametrize(
    ("typed", "start", "found"),
    [
        ("c", 0, "材料接收"),
        ("c", 2, "财务检查"),
        ("c", 3, "材料接收"),
        ("cw", 0, "财务检查"),
        ("cai", 0, "材料接收"),
        ("caiw", 0, "财务检查"),
        ("财", 0, "财务检查"),
        ("财务", 0, "财务检查"),
        ("sz", 0, "实质审查"),
        ("shenl", 0, "审理"),
        ("S级", 0, "S级"),
        ("sm", 0, "书面告知"),
        ("tgs", 0, "通过书面"),
        ("gs", 0, "通过书面"),
        ("ss", 3, "实质审查"),
        ("xq", 0, None),
    ],
)
def test_what_is_meant(typed: str, start: int, found: str | None) -> None:
    at = place_of(typed, WORDS, start)
    assert (WORDS[at] if at >= 0 else None) == found


@pytest.fixture
def box(qtbot: QtBot) -> DropDown:
    made = DropDown()
    made.addItems(list(WORDS))
    qtbot.addWidget(made)
    made.show()
    return made


def test_letters_in_a_row_narrow_and_a_pause_begins_anew(
    box: DropDown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    QTest.keyClicks(box, "cw")
    assert box.currentText() == "财务检查"
    assert chosen == [1, 2]
    monkeypatch.setattr(drop_down, "PAUSE_MS", -1)
    QTest.keyClicks(box, "s")
    assert box.currentText() == "书面告知"
    QTest.keyClicks(box, "s")
    assert box.currentText() == "实质审查"


def test_letters_nothing_begins_with_leave_the_choice_alone(box: DropDown) -> None:
    box.setCurrentIndex(3)
    heard: list[int] = []
    box.activated.connect(heard.append)
    QTest.keyClicks(box, "xq")
    assert (box.currentIndex(), heard) == (3, [])


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_letters_move_in_the_open_list_and_enter_chooses(box: DropDown, qtbot: QtBot) -> None:
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    QTest.keyClicks(view, "sz")
    assert view.currentIndex().data() == "实质审查"
    assert chosen == []
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chosen == [4])
    assert box.currentText() == "实质审查"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_lines_of_the_open_list_can_be_hit_and_read_whole(box: DropDown, qtbot: QtBot) -> None:
    box.addItem("谈话提醒（线索处置）的很长的一个选项")
    box.setFixedWidth(90)
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    assert view.sizeHintForRow(0) >= 28
    words = view.fontMetrics().horizontalAdvance(box.itemText(box.count() - 1))
    qtbot.waitUntil(lambda: view.viewport().width() >= words + 20)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_stands_there_before_a_choice_is_as_quiet_as_the_hint_in_a_field(
    qapp: QApplication, box: DropDown
) -> None:
    theme.install(qapp)
    box.ask("待补")
    box.resize(160, 32)
    inks = theme.current().tokens

    def drawn() -> set[str]:
        image = box.grab().toImage()
        return {image.pixelColor(x, y).name().upper() for x in range(8, 100) for y in range(6, 26)}

    assert inks.ink3 in drawn()
    assert inks.ink not in drawn()
    box.setCurrentIndex(1)
    assert inks.ink in drawn()
    box.setCurrentIndex(0)
    assert box.is_asking
    box.ask("")
    assert not box.is_asking


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_open_list_is_called_as_its_field_is(box: DropDown) -> None:
    box.setAccessibleName("谈话类型")
    box.showPopup()
    assert box.view().accessibleName() == "谈话类型"
    box.hidePopup()

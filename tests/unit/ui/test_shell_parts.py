"""The small parts of the shell: navigation, idle watch, second start, input method, machine settings, logs."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paizhu import logs
from paizhu.base import bulk, clock
from paizhu.services.machine import Machine
from paizhu.ui import input_method, theme
from paizhu.ui.actions import Action, Actions
from paizhu.ui.desk_head import DeskHead
from paizhu.ui.idle import IdleWatch
from paizhu.ui.machine import MachineLook
from paizhu.ui.moments import spoken
from paizhu.ui.navigation import Navigation, Stop
from paizhu.ui.single_start import SingleStart, name_of
from paizhu.ui.status_bar import CountsLabel, StatusBar
from paizhu.ui.tabs import TABS
from paizhu.ui.theme import Scheme

# --- navigation --------------------------------------------------------------------------------------------


def test_back_returns_to_the_same_place_and_forward_again() -> None:
    way = Navigation()
    way.leave(Stop("today", 3))
    assert way.back(Stop("talks", ("talk", 7))) == Stop("today", 3)
    assert way.forward(Stop("today", 3)) == Stop("talks", ("talk", 7))


def test_going_somewhere_new_forgets_what_lay_ahead() -> None:
    way = Navigation()
    way.leave(Stop("today"))
    way.back(Stop("talks"))
    way.leave(Stop("today"))
    assert way.forward(Stop("cases")) is None
    assert way.back(Stop("cases")) == Stop("today")
    assert way.back(Stop("today")) is None


# --- idle --------------------------------------------------------------------------------------------------


class Hand:
    """A clock for the idle watch that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_nobody_at_the_desk_is_noticed_after_the_set_minutes(qtbot: QtBot) -> None:
    hand = Hand()
    watch = IdleWatch(15, now=hand)
    said: list[bool] = []
    watch.idled.connect(lambda: said.append(True))
    watch.start()
    hand.seconds = 15 * 60 - 1
    watch.look()
    assert said == []
    hand.seconds = 15 * 60
    watch.look()
    assert said == [True]
    watch.stop()


def test_a_key_or_the_pointer_starts_the_count_anew(qtbot: QtBot) -> None:
    hand = Hand()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    watch = IdleWatch(5, now=hand)
    said: list[bool] = []
    watch.idled.connect(lambda: said.append(True))
    watch.start()
    window = widget.windowHandle()
    watch.watch(window)
    hand.seconds = 200
    QTest.keyClick(window, Qt.Key.Key_A)
    hand.seconds = 400
    watch.look()
    assert said == []
    hand.seconds = 500
    watch.look()
    assert said == [True]
    watch.stop()


def test_a_pause_of_half_a_minute_is_told_once_until_somebody_is_there_again(qtbot: QtBot) -> None:
    hand = Hand()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    watch = IdleWatch(5, now=hand)
    said: list[float] = []
    watch.paused.connect(lambda: said.append(hand.seconds))
    watch.start()
    watch.watch(widget.windowHandle())
    for seconds in (29, 31, 60):
        hand.seconds = seconds
        watch.look()
    assert said == [31]
    QTest.keyClick(widget.windowHandle(), Qt.Key.Key_A)
    for seconds in (80, 91):
        hand.seconds = seconds
        watch.look()
    assert said == [31, 91]
    watch.stop()


def test_who_looks_on_while_a_ledger_is_read_makes_no_pause(qtbot: QtBot) -> None:
    """What was read by then was looked through whole: a fifth of a second in which Esc was not heard."""
    hand = Hand()
    watch = IdleWatch(5, now=hand)
    said: list[float] = []
    watch.paused.connect(lambda: said.append(hand.seconds))
    watch.start()
    with bulk.beside_others():
        hand.seconds = 31
        watch.look()
    assert said == []
    hand.seconds = 36
    watch.look()
    assert said == [36], "as soon as the work has ended"
    watch.stop()


# --- a second start ----------------------------------------------------------------------------------------


def test_without_an_earlier_start_nothing_is_raised(qtbot: QtBot, tmp_path: Path) -> None:
    assert not SingleStart(tmp_path / "甲.paizhu").raise_other()


def test_a_second_start_raises_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleStart(tmp_path / "甲.paizhu")
    assert first.listen()
    with qtbot.waitSignal(first.asked):
        assert SingleStart(tmp_path / "甲.paizhu").raise_other()
    assert not SingleStart(tmp_path / "乙.paizhu").raise_other()
    first.close()
    assert not SingleStart(tmp_path / "甲.paizhu").raise_other()


def test_the_mark_of_a_killed_program_is_cleared(qtbot: QtBot, tmp_path: Path) -> None:
    start = SingleStart(tmp_path / "甲.paizhu")
    start.listen()
    assert start._server is not None
    start._server.close()
    assert not SingleStart(tmp_path / "甲.paizhu").raise_other()
    assert not SingleStart(tmp_path / "甲.paizhu")._mark.exists()


def test_the_name_of_a_window_tells_nothing_about_the_vault(tmp_path: Path) -> None:
    assert "甲" not in name_of(tmp_path / "甲.paizhu")
    assert name_of(tmp_path / "甲.paizhu") != name_of(tmp_path / "乙.paizhu")


# --- input method ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "plugin", "settled"),
    [
        ("fcitx", "", "ibus"),
        ("fcitx5", "", "ibus"),
        ("fcitx", "libfcitx5platforminputcontextplugin.so", "fcitx"),
        ("ibus", "", "ibus"),
        ("compose", "", "compose"),
    ],
)
def test_fcitx_without_a_plugin_is_spoken_to_as_ibus(asked: str, plugin: str, settled: str, tmp_path: Path) -> None:
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    if plugin:
        (folder / plugin).touch()
    environment = {"QT_IM_MODULE": asked}
    input_method.settle(environment, tmp_path)
    assert environment == {"QT_IM_MODULE": settled}


def test_a_machine_that_asks_for_nothing_is_left_alone(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    input_method.settle(environment, tmp_path)
    assert environment == {}


def test_the_plugins_that_come_with_qt_have_no_fcitx() -> None:
    environment = {"QT_IM_MODULE": "fcitx"}
    input_method.settle(environment)
    assert environment["QT_IM_MODULE"] == "ibus"


# --- machine settings --------------------------------------------------------------------------------------


def test_machine_settings_survive_a_restart() -> None:
    Machine().set_setting("font_size", 14.0)
    assert Machine().setting("font_size") == 14.0


def test_a_damaged_settings_file_means_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text("{half")
    machine = Machine(file)
    assert machine.setting("theme") == "system"
    machine.set_setting("theme", "dark")
    assert Machine(file).setting("theme") == "dark"


def test_a_setting_of_the_vault_is_never_kept_with_the_machine() -> None:
    with pytest.raises(KeyError):
        Machine().set_setting("group", "驻某市示例局纪检监察组")


def test_a_size_changed_by_key_is_remembered_and_one_from_the_settings_is_not_undone(qapp: QApplication) -> None:
    machine = Machine()
    look = MachineLook(qapp, machine)
    look.theme.larger()
    assert Machine().setting("font_size") == 11.0
    machine.set_setting("font_size", 16.0)
    machine.set_setting("theme", "dark")
    look.apply()
    assert (look.theme.points, look.theme.scheme) == (16.0, Scheme.DARK)
    assert Machine().setting("font_size") == 16.0
    look.theme.set_scheme(Scheme.LIGHT)
    look.theme.normal()


# --- words and logs ----------------------------------------------------------------------------------------


def test_moments_are_said_as_people_say_them() -> None:
    now = clock.now()
    assert spoken(now.replace(hour=8, minute=31)) == "今天 08:31"
    assert spoken(now - timedelta(days=1)) == "昨天 10:26"
    assert spoken(datetime(2026, 3, 2, 9, 10)) == "03-02 09:10"
    assert spoken(datetime(2025, 12, 30, 9, 10)) == "2025-12-30 09:10"
    assert spoken(None) == ""


def test_a_fault_is_written_with_place_and_kind_only() -> None:
    try:
        raise KeyError("孙立新")
    except KeyError as error:
        written = logs.fault(KeyError, error, error.__traceback__)
    assert "KeyError" in written
    assert "孙立新" not in written
    assert logs.file().read_text(encoding="utf-8").strip() == written


def test_a_log_that_grew_large_begins_anew() -> None:
    logs.file().write_text("x" * (2 << 20))
    logs.note("又开始")
    assert logs.file().stat().st_size < 200
    assert logs.file().with_name("paizhu.log.1").stat().st_size == 2 << 20


# --- actions -----------------------------------------------------------------------------------------------


def test_a_key_does_its_action_and_so_does_its_name(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []
    actions = Actions(window, [Action("a.one", "一", "Ctrl+J", lambda: done.append("one"))])
    with qtbot.waitActive(window):
        window.show()
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    actions.bound("a.one").trigger()
    assert done == ["one", "one"]
    assert isinstance(actions.bound("a.one"), QAction)


def test_a_key_held_down_does_its_action_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []
    Actions(window, [Action("a.one", "一", "Ctrl+J", lambda: done.append("one"))])
    with qtbot.waitActive(window):
        window.show()
    control = Qt.KeyboardModifier.ControlModifier
    for held in (False, True, True):
        QTest.simulateEvent(window, True, Qt.Key.Key_J, control, "", held)
    assert done == ["one"]


def test_two_actions_with_one_name_stop_the_program(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(ValueError, match="one id"):
        Actions(window, [Action("a", "一", "", list), Action("a", "二", "", list)])


@pytest.mark.parametrize("points", [10.5, 16.0, 21.0])
def test_every_tab_stands_beside_the_search_line_at_every_font_size(
    qapp: QApplication, qtbot: QtBot, points: float
) -> None:
    theme.install(qapp, Scheme.LIGHT, points)
    try:
        head = DeskHead(TABS)
        qtbot.addWidget(head)
        head.resize(1366, head.height())
        head.show()
        for tab in TABS:
            head.set_badge(tab.key, 12 if tab is TABS[-1] else 0)
        qapp.processEvents()
        last = head.tabs.tabRect(len(TABS) - 1)
        assert head.tabs.x() + last.right() < head.search.x()
    finally:
        theme.install(qapp, Scheme.LIGHT)


def test_counts_of_a_page_are_parted_by_lines_and_read_out_as_a_sentence(qtbot: QtBot, qapp: QApplication) -> None:
    theme.install(qapp)
    bar = StatusBar(7)
    qtbot.addWidget(bar)
    bar.resize(1200, 28)
    bar.show_page("共 54 项 · 完成 38 项 · 已选 1 项")
    bar.show()
    label = bar.findChild(CountsLabel)
    assert isinstance(label, CountsLabel)
    assert "·" not in label.text()
    assert label.accessibleName() == "共 54 项，完成 38 项，已选 1 项"
    assert label.toolTip() == "", "nothing is cut"
    picture = label.grab().toImage()
    middle = picture.height() // 2
    # A line is one colour from top to bottom of its 16 pixels; no character of the words is.
    upright = [
        x
        for x in range(picture.width())
        if len({picture.pixel(x, middle + y) for y in range(-6, 7)}) == 1
        and picture.pixel(x, middle) == theme.current().colour("line").rgba()
    ]
    assert len(upright) == 2

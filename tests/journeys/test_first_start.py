"""The first start: from nothing to an open desk, closed, opened again, and nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import app as start
from paizhu.registers import register
from paizhu.services.machine import Machine
from paizhu.ui import turns
from paizhu.ui.first_light import FirstLight
from paizhu.ui.main_window import MainWindow
from paizhu.ui.tabs import TABS, Tab
from tests.conftest import PASSWORD
from tests.unit.ui.conftest import StandInPage
from tests.unit.ui.windows import settle

GOOD = "ychz7wdh3jqm"
TALK = register("integrity_talk")


@pytest.fixture(autouse=True)
def plain_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of registers have journeys of their own."""
    import paizhu.ui.tabs

    tabs = tuple(Tab(tab.key, tab.label, tab.registers, StandInPage) for tab in TABS)
    monkeypatch.setattr(paizhu.ui.tabs, "TABS", tabs)


def show(qtbot: QtBot, app: start.App) -> None:
    app.show()
    # The page stands, and a turn later the window listens for other starts.
    qtbot.waitUntil(lambda: app.window.filled and not turns.waiting(), timeout=20_000)


def start_on(vault: Path, qapp: QApplication) -> start.App:
    """Start on the vault that was open last."""
    Machine().set_setting("last_vault", str(vault))
    return start.App(qapp)


def close(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()


def test_from_nothing_to_a_desk_and_back_again(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    first = start.App(qapp)
    assert not first.already_open()
    show(qtbot, first)
    window = first.window
    wizard = window.first_run
    assert wizard is not None
    wizard.welcome.buttons["new"].click()
    wizard.group.set_place(tmp_path)
    wizard.group.group.setText("驻某市示例局纪检监察组")
    wizard.group.unit.setText("某市示例局")
    wizard.next.click()
    for edit in (wizard.password.form.first, wizard.password.form.second):
        edit.field.setText(GOOD)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.current is wizard.recovery, timeout=20_000)
    with qtbot.waitSignal(wizard.recovery.sheet.kept):
        wizard.recovery.sheet.write_pdf(tmp_path / "恢复单.pdf")
    for _ in range(3):
        wizard.next.click()
    with qtbot.waitSignal(window.unlocked):
        wizard.next.click()
    office = first.session.office
    assert office is not None
    assert "驻某市示例局纪检监察组" in window.windowTitle()
    saved = office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-20"})
    settle(qtbot, window)
    close(qtbot, window)

    again = start.App(qapp)
    show(qtbot, again)
    page = again.window.lock_page
    assert again.window.first_run is None
    # Qt shows what is put into a window that stands already in its next turn.
    qtbot.waitUntil(page.isVisible)
    settle(qtbot, again.window)
    page.password.field.setText(GOOD)
    with qtbot.waitSignal(again.window.unlocked, timeout=20_000):
        page.unlock.click()
    assert again.session.office is not None
    row = again.session.office.records.get(TALK, saved.records[0][1])
    assert "孙立新" in str(row.values["subject"])
    settle(qtbot, again.window)
    assert again.window.desk is not None
    assert again.window.desk.status.words("backup") == "上次备份 今天 10:26"
    close(qtbot, again.window)


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_second_start_on_the_same_vault_raises_the_first_window(
    qtbot: QtBot, qapp: QApplication, vault_folder: Path
) -> None:
    first = start.App(qapp)
    first.session.choose(vault_folder)
    show(qtbot, first)
    first.window.showMinimized()
    second = start.App(qapp)
    assert second.session.folder == vault_folder
    assert second.already_open()
    qtbot.waitUntil(lambda: not first.window.isMinimized())
    settle(qtbot, first.window)
    close(qtbot, first.window)
    close(qtbot, second.window)


def test_a_fault_is_told_and_nothing_typed_is_lost(
    qtbot: QtBot, qapp: QApplication, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    running = start.App(qapp)
    running.session.choose(vault_folder)
    show(qtbot, running)
    settle(qtbot, running.window)
    running.session.unlock(PASSWORD)
    running.window.open_desk()
    start.catch_faults(running.window)
    desk = running.window.desk
    assert desk is not None
    page = desk.pages.currentWidget()
    assert isinstance(page, StandInPage)
    page.field.setText("没写完")
    try:
        raise RuntimeError("孙立新")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    said = desk.strips.words("trouble")
    assert "程序出了差错" in said
    assert "您填的内容还在" in said
    assert "孙立新" not in said
    assert page.field.text() == "没写完"
    settle(qtbot, running.window)
    close(qtbot, running.window)


def test_without_a_display_the_start_says_so_in_one_sentence() -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare.pop("QT_QPA_PLATFORM", None)
    ended = subprocess.run(
        [sys.executable, "-m", "paizhu"], env=bare, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 2
    assert "没有找到图形界面" in ended.stderr
    assert "paizhu tour" in ended.stderr
    assert ended.stdout == ""


def test_a_password_typed_in_the_first_moment_is_taken_over(
    qtbot: QtBot, qapp: QApplication, vault_folder: Path
) -> None:
    running = start_on(vault_folder, qapp)
    light = running.window.findChild(FirstLight)
    assert light is not None
    light.field.setText(PASSWORD)
    light.field.returnPressed.emit()
    with qtbot.waitSignal(running.window.unlocked, timeout=20_000):
        running.show()
    settle(qtbot, running.window)
    close(qtbot, running.window)


def test_what_is_typed_while_the_locked_page_is_made_is_taken_over_and_enter_too(
    qtbot: QtBot, qapp: QApplication, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start_on(vault_folder, qapp)
    light = running.window.findChild(FirstLight)
    assert light is not None
    typed = iter(PASSWORD)
    make = running.window.make_lock_page

    def type_on() -> None:
        # The page is made now and comes up in a later turn: keys find the first line still.
        make()
        assert not running.window.filled
        for letter in typed:
            light.field.insert(letter)
        qtbot.keyClick(light.field, Qt.Key.Key_Return)

    monkeypatch.setattr(running.window, "make_lock_page", type_on)
    light.field.insert(next(typed))
    with qtbot.waitSignal(running.window.unlocked, timeout=20_000):
        running.show()
    qtbot.waitUntil(running.window.updatesEnabled)
    settle(qtbot, running.window)
    close(qtbot, running.window)


def test_the_window_can_be_closed_while_the_locked_page_is_made(
    qtbot: QtBot, qapp: QApplication, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start_on(vault_folder, qapp)
    make, closed = running.window.make_lock_page, []
    running.window.closing.connect(lambda: closed.append(running.window.filled))

    def close_it() -> None:
        make()
        running.window.close()

    monkeypatch.setattr(running.window, "make_lock_page", close_it)
    running.show()
    qtbot.waitUntil(lambda: bool(closed), timeout=20_000)
    assert closed == [False]
    assert running._preload.is_at_rest()
    qtbot.waitUntil(lambda: not turns.waiting())
    assert not running.window.isVisible()
    running.window.deleteLater()


def test_the_locked_page_stands_before_anything_heavy_is_loaded() -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication
from paizhu.app import App
qt = QApplication([])
app = App(qt)
heavy = {"paizhu.ui.theme", "PySide6.QtNetwork", "PySide6.QtSvg"}
heavy |= {"sqlalchemy", "sqlcipher3", "cryptography", "paizhu.registers", "paizhu.services.office", "openpyxl"}
from PySide6 import QtCore
# The names of Qt itself are made when they are first asked for, which takes as long as a tenth of the start.
sys.exit(len(heavy & set(sys.modules)) + ("Qt" in vars(QtCore)))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Ctrl+L and idle time in the first run: the recovery code goes from the screen, and nothing of the vault is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.services.session import Session
from paizhu.ui import theme
from paizhu.ui.code_edit import CodeEdit
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.security import SecurityCard
from paizhu.ui.wizards.first_run import COVERED, FirstRun
from tests.journeys import told
from tests.unit.ui.first_steps import GOOD, fill_group, fill_password


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, fresh: Session) -> Iterator[MainWindow]:
    theme.install(qapp)
    made = MainWindow(fresh)
    qtbot.addWidget(made)
    made.begin()
    with qtbot.waitActive(made):
        made.show()
    yield made
    made._end()


def wizard_of(window: MainWindow) -> FirstRun:
    assert window.first_run is not None
    return window.first_run


def to_password(window: MainWindow, folder: Path) -> FirstRun:
    wizard = wizard_of(window)
    wizard.group.set_place(folder)
    fill_group(wizard)
    fill_password(wizard)
    return wizard


def to_code(qtbot: QtBot, window: MainWindow, folder: Path) -> tuple[FirstRun, str]:
    wizard = to_password(window, folder)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.current is wizard.recovery)
    return wizard, wizard._gathered.code


def readable(window: MainWindow) -> str:
    return "\n".join(told.words(window))


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    window.lock_page.password.field.setText(GOOD)
    window.lock_page.try_password()
    qtbot.waitUntil(lambda: window.desk is not None)


def lock_with_key(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    # Covered at once; the vault is shut as soon as what was at work has ended.
    qtbot.waitUntil(lambda: window.session.office is None)


def test_the_code_is_gone_at_ctrl_l_and_back_after_the_password(
    qtbot: QtBot, window: MainWindow, fresh: Session, tmp_path: Path
) -> None:
    wizard, code = to_code(qtbot, window, tmp_path)
    groups = code.split("-")
    assert groups[0] in readable(window)
    wizard.recovery.sheet.typed.setText(groups[0])
    lock_with_key(qtbot, window)
    assert fresh.office is None
    assert window.first_run is None
    qtbot.waitUntil(lambda: not any(group in readable(window) for group in groups))
    assert "解锁" in readable(window)
    unlock(qtbot, window)
    again = wizard_of(window)
    assert again.current is again.recovery
    assert again._gathered.code == code
    assert again.next.reason == "请先打印或存下恢复密钥"
    # And once more, from the page that now stands over the desk.
    lock_with_key(qtbot, window)
    assert fresh.office is None
    unlock(qtbot, window)
    again = wizard_of(window)
    again.recovery.sheet.write_text(tmp_path / "恢复单.txt")
    again.next.click()
    assert again.current is again.backup
    lock_with_key(qtbot, window)
    unlock(qtbot, window)
    again = wizard_of(window)
    assert again.current is again.backup
    again.back.click()
    assert groups[0] not in readable(window)
    again.later.click()
    qtbot.waitUntil(lambda: window.first_run is None)
    window.lock()
    qtbot.waitUntil(lambda: fresh.office is None)
    fresh.recover(code, f"{GOOD}-新的")


def test_nobody_at_the_desk_locks_it_after_the_minutes_chosen(
    qtbot: QtBot, window: MainWindow, fresh: Session, tmp_path: Path
) -> None:
    _wizard, code = to_code(qtbot, window, tmp_path)
    watch = window._watch
    assert watch is not None
    assert watch.minutes == 5
    watch.idle.idled.emit()
    assert fresh.office is None
    assert "无操作 5 分钟" in readable(window)
    qtbot.waitUntil(lambda: code.split("-")[0] not in readable(window))


def test_the_button_for_the_mouse_stands_once_there_is_something_to_lock(
    qtbot: QtBot, window: MainWindow, fresh: Session, tmp_path: Path
) -> None:
    wizard = wizard_of(window)
    assert wizard.lock.isHidden()
    wizard, _code = to_code(qtbot, window, tmp_path)
    assert wizard.lock.isVisible()
    wizard.lock.click()
    assert fresh.office is None


@pytest.mark.parametrize("idle", [False, True])
def test_before_the_vault_is_made_typed_passwords_go_and_the_rest_stays(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, idle: bool
) -> None:
    wizard = to_password(window, tmp_path)
    wizard.password.form.first.show_typed(True)
    if idle:
        assert window._watch is not None
        window._watch.idle.idled.emit()
    else:
        lock_with_key(qtbot, window)
    assert window.first_run is wizard
    assert wizard.current is wizard.password
    assert GOOD not in readable(window)
    assert COVERED in readable(window)
    wizard.back.click()
    assert wizard.group.group.text() == "驻某市示例局纪检监察组"


def test_a_lock_while_the_vault_is_being_made_comes_right_after(
    qtbot: QtBot, window: MainWindow, fresh: Session, tmp_path: Path
) -> None:
    wizard = to_password(window, tmp_path)
    seen: list[str] = []
    wizard.vault_made.connect(lambda: seen.append(readable(window)))
    wizard.next.click()
    lock_with_key(qtbot, window)
    qtbot.waitUntil(lambda: window.first_run is None)
    assert fresh.office is None
    unlock(qtbot, window)
    code = wizard_of(window)._gathered.code
    assert len(code.split("-")) == 8
    assert code.split("-")[0] not in seen[0]


def test_a_code_issued_anew_in_the_desk_survives_the_lock_until_it_is_kept(
    qtbot: QtBot, window: MainWindow, fresh: Session, tmp_path: Path
) -> None:
    wizard, _code = to_code(qtbot, window, tmp_path)
    wizard.recovery.sheet.write_text(tmp_path / "旧恢复单.txt")
    wizard.later.click()
    qtbot.waitUntil(lambda: window.first_run is None)
    assert fresh.office is not None
    fresh.remember_step("")

    def card() -> SecurityCard:
        assert window.desk is not None
        window.desk.show_tab("settings")
        (found,) = window.desk.findChildren(SecurityCard)
        return found

    code = fresh.renew_recovery(GOOD)
    window.lock()
    qtbot.waitUntil(lambda: code.split("-")[0] not in readable(window))
    unlock(qtbot, window)
    assert not card().sheet.isHidden()
    assert code.split("-")[0] in readable(window)
    card().sheet.write_text(tmp_path / "新恢复单.txt")
    assert window.desk is not None
    window.desk.show_tab("today")
    assert code.split("-")[0] not in readable(window)
    window.lock()
    unlock(qtbot, window)
    assert card().sheet.isHidden()


@pytest.mark.parametrize("idle", [False, True])
def test_what_is_typed_on_the_locked_page_goes_as_well(
    qtbot: QtBot, window: MainWindow, fresh: Session, tmp_path: Path, idle: bool
) -> None:
    to_code(qtbot, window, tmp_path)
    window.lock()
    page = window.lock_page
    page.password.field.setText("typed-and-left")
    page.password.show_typed(True)
    page.forgot.click()
    page.findChildren(CodeEdit)[0].setText("K53FU-CK4NN")
    watch = window._watch
    assert watch is not None
    (watch.idle.idled if idle else watch.left).emit()
    assert "typed-and-left" not in readable(window)
    qtbot.waitUntil(lambda: "K53FU" not in readable(window))
    assert page.password.isVisible()
    unlock(qtbot, window)

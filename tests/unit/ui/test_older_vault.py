"""A vault that is not the one this machine saw last, as the officer meets it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from paizhu.services.session import Session
from paizhu.ui import older_strip
from paizhu.ui.main_window import MainWindow
from tests.conftest import PASSWORD
from tests.unit.ui.windows import desk_of, settle


@pytest.fixture
def older(vault_folder: Path, session: Session) -> Session:
    """A locked session; an older copy of the folder lies in its place."""
    old = shutil.copytree(vault_folder, vault_folder.with_name("旧"))
    for _ in range(2):
        with session.unlock(PASSWORD).vault.act("security", "写一笔", always=True):
            pass
        session.lock()
    shutil.rmtree(vault_folder)
    shutil.copytree(old, vault_folder)
    return session


def press(window: MainWindow, words: str) -> None:
    found = [each for each in desk_of(window).strips.findChildren(QAbstractButton) if each.text() == words]
    assert found, words
    found[0].click()


def test_it_says_what_is_missing_and_stands_until_it_is_accepted(
    qtbot: QtBot, older: Session, window: MainWindow
) -> None:
    desk = desk_of(window)
    settle(qtbot, window)
    assert desk.strips.front() == older_strip.NAME
    words = desk.strips.words(older_strip.NAME)
    assert "打开的库比本机上次见到的旧" in words
    assert "少 2 次" in words
    press(window, "与备份比对")
    assert desk.pages.current_key == "compare"
    press(window, "打开备份与恢复")
    assert desk.pages.current_key == "backup"
    settle(qtbot, window)
    press(window, "我知道，继续")
    settle(qtbot, window)
    assert older_strip.NAME not in desk.strips.names()
    assert desk.context.office.history.entries(1)[0].label.startswith("沿用现在这一份库")

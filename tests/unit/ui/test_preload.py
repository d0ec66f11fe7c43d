"""While something is imported beside the window, nothing is looked through for garbage."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.app import App, Preload
from paizhu.ui import desk_pages


@pytest.fixture
def usual() -> Iterator[None]:
    """Let threads take turns as Python has them do, and as before afterwards."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("usual")
def test_the_window_need_not_wait_long_for_a_worker(qapp: QApplication) -> None:
    app = App(qapp)
    assert sys.getswitchinterval() <= 0.001
    app.window.deleteLater()


def test_it_rests_once_all_is_loaded(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(desk_pages, "load", lambda: go_on.wait(10))
    preload = Preload()
    assert not preload.is_at_rest()
    preload.start()
    preload.wait()
    assert preload.is_at_rest()
    preload.load_rest()
    assert not preload.is_at_rest()
    go_on.set()
    preload.end()
    assert preload.is_at_rest()

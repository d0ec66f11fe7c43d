"""The window stands where it stood last, and at first never reaches beyond the screen."""

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from paizhu.services.machine import Machine
from paizhu.ui import window_place


def test_a_window_larger_than_the_screen_is_fitted_to_it_at_first(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    free = window.screen().availableSize()
    window.resize(free.width() + 100, free.height() + 100)
    assert not window_place.restore(window, Machine())
    assert window.width() < free.width()
    assert window.height() < free.height()


def test_one_that_fits_keeps_its_size_and_comes_back_to_its_place(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(400, 300)
    assert not window_place.restore(window, Machine())
    window_place.keep(window, Machine())
    window.resize(500, 400)
    assert window_place.restore(window, Machine())
    assert window.width() == 400

"""Garbage is looked for on the window's thread alone: a widget deleted by a thread at work would end the program."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from paizhu.base import bulk
from paizhu.ui.clearing import Clearing


class Ring(QWidget):
    """A widget that points at itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Python looks for garbage by itself until the window forbids it."""
    gc.enable()
    yield
    gc.disable()


def dropped() -> "weakref.ref[Ring]":
    """Return a ring that nothing needs, and nobody has looked for."""
    gc.collect()
    return weakref.ref(Ring())


def make_much() -> None:
    kept = [[number] for number in range(100_000)]
    assert kept


def test_a_thread_at_work_deletes_no_widget(qtbot: QtBot) -> None:
    clearing = Clearing(lambda: True, owner := QWidget())
    qtbot.addWidget(owner)
    ring = dropped()
    thread = threading.Thread(target=make_much)
    thread.start()
    thread.join()
    assert ring() is not None
    kept = [[number] for number in range(10_000)]
    clearing.look()
    assert (ring(), len(kept)) == (None, 10_000)


def test_nothing_is_looked_for_while_it_loads_or_runs_over_many_rows(qtbot: QtBot) -> None:
    ready = False
    clearing = Clearing(lambda: ready, owner := QWidget())
    qtbot.addWidget(owner)
    ring = dropped()
    kept = [[number] for number in range(10_000)]
    clearing.look()
    assert ring() is not None
    ready = True
    with bulk.many_rows():
        clearing.look()
        assert ring() is not None
    clearing.look()
    assert (ring(), len(kept)) == (None, 10_000)

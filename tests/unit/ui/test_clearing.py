"""Garbage is looked for on the window's thread alone: a widget deleted by a thread at work would end the program."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.base import bulk
from paizhu.ui.clearing import Clearing, sweep, throw_away
from paizhu.ui.turns import next_turn


class Ring(QWidget):
    """A widget that points at itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Python looks for garbage by itself until the window forbids it, and spares nothing."""
    gc.enable()
    yield
    gc.unfreeze()
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


def test_what_was_loaded_is_spared_the_search_in_a_pause(qtbot: QtBot) -> None:
    clearing = Clearing(lambda: True, owner := QWidget(), lambda: True)
    qtbot.addWidget(owner)
    loaded = [[number] for number in range(100_000)]
    before = len(gc.get_objects())
    clearing.look()
    assert len(gc.get_objects()) < before - len(loaded)
    ring = weakref.ref(Ring())
    sweep()
    assert ring() is None


def test_a_desk_that_was_spared_goes_when_it_is_thrown_away(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paizhu.ui.clearing._SWEEP_AFTER_MS", 0)
    clearing = Clearing(lambda: True, owner := QWidget(), lambda: True)
    qtbot.addWidget(owner)
    ring = dropped()
    clearing.look()
    sweep()
    assert ring() is not None, "it was there when everything was loaded"
    throw_away(owner, [QWidget()], lambda: True, lambda: True)
    qtbot.waitUntil(lambda: ring() is None)
    assert gc.get_freeze_count(), "what is left stays to the end"


def test_what_is_left_of_a_desk_is_not_sought_while_somebody_types(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paizhu.ui.clearing._SWEEP_AFTER_MS", 5)
    qtbot.addWidget(owner := QWidget())
    ring, typing, asked = dropped(), [True], list[bool]()

    def still() -> bool:
        asked.append(True)
        return not typing[0]

    throw_away(owner, [QWidget()], lambda: True, still)
    qtbot.waitUntil(lambda: len(asked) > 2)
    assert ring() is not None
    typing[0] = False
    qtbot.waitUntil(lambda: ring() is None)


def test_a_long_form_goes_in_several_turns_and_leaves_nothing(qtbot: QtBot) -> None:
    """Deleted in one, a thousand widgets would be felt by whoever types the password."""
    owner, scroll, form = QWidget(), QScrollArea(), QWidget()
    qtbot.addWidget(owner)
    scroll.setParent(owner)
    column = QVBoxLayout(form)
    for _part in range(6):
        part = QWidget()
        row = QVBoxLayout(part)
        for number in range(60):
            row.addWidget(QLabel(str(number)))
        column.addWidget(part)
    scroll.setWidget(form)
    most = len(owner.findChildren(QWidget))
    throw_away(owner, [scroll], lambda: False, lambda: True)
    seen = [most]

    def all_gone() -> bool:
        seen.append(len(owner.findChildren(QWidget)))
        return seen[-1] == 0

    with qtbot.waitCallback(timeout=5_000) as first:
        next_turn(owner, first)
    assert 0 < len(owner.findChildren(QWidget)) < most, "some of it, and not yet all"
    qtbot.waitUntil(all_gone)

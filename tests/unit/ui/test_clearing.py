"""Garbage is looked for on the window's thread alone: a widget deleted by a thread at work would end the program."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.base import bulk
from paizhu.ui.clearing import Clearing, sweep, sweep_while, throw_away
from paizhu.ui.turns import next_turn


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


def test_rows_that_some_work_reads_are_not_looked_through(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that read 60,000 rows had the window look through all of them: a sixth of a second."""
    monkeypatch.setattr("paizhu.ui.clearing._FELT", 20_000)
    clearing = Clearing(lambda: True, owner := QWidget())
    qtbot.addWidget(owner)
    ring = dropped()
    rows = [[number] for number in range(30_000)]
    clearing.look()
    assert ring() is not None
    del rows
    made = [[number] for number in range(3_000)]
    clearing.look()
    assert (ring(), len(made)) == (None, 3_000)


def test_older_objects_are_looked_through_before_they_are_too_many(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paizhu.ui.clearing._FELT", 20_000)
    clearing = Clearing(lambda: True, owner := QWidget())
    qtbot.addWidget(owner)
    gc.collect()
    kept = []
    for _look in range(9):
        kept.append([[number] for number in range(4_000)])
        clearing.look()
        assert len(gc.get_objects(1)) < 20_000
    assert len(kept) == 9


def test_what_is_left_of_a_desk_goes_a_moment_after_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paizhu.ui.clearing._SWEEP_AFTER_MS", 0)
    qtbot.addWidget(owner := QWidget())
    ring = dropped()
    throw_away(owner, [QWidget()], lambda: True)
    qtbot.waitUntil(lambda: ring() is None)


def test_nothing_is_sought_when_the_window_is_in_use_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paizhu.ui.clearing._SWEEP_AFTER_MS", 0)
    qtbot.addWidget(owner := QWidget())
    ring, asked = dropped(), list[bool]()

    def unused() -> bool:
        asked.append(True)
        return False

    throw_away(owner, [QWidget()], unused)
    qtbot.waitUntil(lambda: bool(asked))
    assert ring() is not None
    sweep()
    assert ring() is None


def test_in_a_pause_it_is_waited_for_rows_that_some_work_holds(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer waits for a list of 60,000 to be printed: to look through its rows held the window for 0.5 s."""
    monkeypatch.setattr("paizhu.ui.clearing._FELT", 20_000)
    monkeypatch.setattr("paizhu.ui.clearing._SWEEP_AFTER_MS", 10)
    asked = list[bool]()
    qtbot.addWidget(owner := QWidget())
    ring = dropped()
    gc.disable()
    rows = [[number] for number in range(30_000)]

    def unused() -> bool:
        asked.append(True)
        return True

    sweep_while(owner, unused)
    qtbot.waitUntil(lambda: len(asked) > 2)
    assert ring() is not None
    del rows
    qtbot.waitUntil(lambda: ring() is None)


def test_whoever_is_back_from_a_pause_is_not_kept_waiting(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paizhu.ui.clearing._FELT", 0)
    monkeypatch.setattr("paizhu.ui.clearing._SWEEP_AFTER_MS", 0)
    asked = list[bool]()
    qtbot.addWidget(owner := QWidget())
    ring = dropped()

    def unused() -> bool:
        asked.append(True)
        return len(asked) < 3

    sweep_while(owner, unused)
    qtbot.waitUntil(lambda: len(asked) == 3)
    assert ring() is not None


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
    throw_away(owner, [scroll], lambda: False)
    seen = [most]

    def all_gone() -> bool:
        seen.append(len(owner.findChildren(QWidget)))
        return seen[-1] == 0

    with qtbot.waitCallback(timeout=5_000) as first:
        next_turn(owner, first)
    assert 0 < len(owner.findChildren(QWidget)) < most, "some of it, and not yet all"
    qtbot.waitUntil(all_gone)

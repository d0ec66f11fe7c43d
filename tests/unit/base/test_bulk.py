"""Searching for garbage seldom and handing over often while many rows are worked on, and as usual afterwards."""

import gc
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from paizhu.base.bulk import beside_others, is_beside, is_running, many_rows


@pytest.fixture(autouse=True)
def at_rest() -> Iterator[None]:
    """Begin when nothing goes on any more of a window that was left in a test before, with Python's own measure."""
    until = time.monotonic() + 10
    while (is_beside() or is_running()) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_beside()
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    yield
    sys.setswitchinterval(before)


def test_garbage_is_searched_for_seldom_inside_and_as_usual_afterwards() -> None:
    usual = gc.get_threshold()
    with many_rows():
        assert gc.get_threshold()[0] > usual[0] * 10
        assert gc.isenabled()
    assert gc.get_threshold() == usual


def test_threads_take_turns_often_inside_and_as_usual_afterwards() -> None:
    usual = sys.getswitchinterval()
    with many_rows():
        assert sys.getswitchinterval() < usual
        with many_rows():
            pass
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_work_beside_others_hands_over_often_and_lets_garbage_be_sought() -> None:
    usual, thresholds = sys.getswitchinterval(), gc.get_threshold()
    with beside_others():
        assert sys.getswitchinterval() < usual
        assert gc.get_threshold() == thresholds
        assert not is_running()
        with many_rows():
            assert is_running()
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_the_usual_measure_comes_back_after_an_error() -> None:
    usual = gc.get_threshold()

    def fails() -> None:
        with many_rows():
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  # any error will do
        fails()
    assert gc.get_threshold() == usual


def test_blocks_that_overlap_in_two_threads_end_with_the_last() -> None:
    usual = gc.get_threshold()
    entered, leave = threading.Event(), threading.Event()

    def other() -> None:
        with many_rows():
            entered.set()
            leave.wait(5)

    thread = threading.Thread(target=other)
    with many_rows():
        thread.start()
        assert entered.wait(5)
    assert gc.get_threshold() != usual
    leave.set()
    thread.join(5)
    assert gc.get_threshold() == usual

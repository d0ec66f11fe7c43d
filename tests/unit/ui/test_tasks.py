"""Work off the UI thread."""

import sys
import threading

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from paizhu.base.bulk import is_beside
from paizhu.base.errors import CancelledError, NotAllowedError, PaizhuError
from paizhu.ui.rereading import Rereading
from paizhu.ui.tasks import Progress, Tasks


def test_the_work_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot, tasks: Tasks) -> None:
    threads: list[int] = []
    results: list[tuple[int, int]] = []

    def work(_progress: Progress) -> int:
        threads.append(threading.get_ident())
        return 7

    with qtbot.waitSignal(tasks.idle):
        tasks.run(work, lambda result: results.append((result, threading.get_ident())))
    assert results == [(7, threading.get_ident())]
    assert threads != [threading.get_ident()]


def test_the_window_gets_the_interpreter_back_soon_while_work_goes_on(qtbot: QtBot, tasks: Tasks) -> None:
    # Work of a window that was left before may still be going on.
    qtbot.waitUntil(lambda: not is_beside())
    before, usual = sys.getswitchinterval(), 0.005
    sys.setswitchinterval(usual)
    seen: list[float] = []
    try:
        with qtbot.waitSignal(tasks.idle):
            tasks.run(lambda _progress: sys.getswitchinterval(), seen.append)
        assert seen[0] < usual
        assert sys.getswitchinterval() == usual
    finally:
        # A program opened in a test before has set it for the whole process.
        sys.setswitchinterval(before)


def test_a_refusal_goes_to_who_asked(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[Exception] = []

    def work(_progress: Progress) -> None:
        raise NotAllowedError("不行")

    with qtbot.waitSignal(tasks.idle):
        tasks.run(work, lambda _: None, heard.append)
    assert isinstance(heard[0], NotAllowedError)


def test_a_refusal_nobody_asked_for_goes_to_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    def work(_progress: Progress) -> None:
        raise PaizhuError("不行")

    with qtbot.waitSignal(tasks.refused) as told:
        tasks.run(work, lambda _: None)
    assert str(told.args[0]) == "不行。"


def test_a_fault_is_told_once_even_where_somebody_wanted_to_hear_of_it(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Exception] = []
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: told.append(kind))

    def work(_progress: Progress) -> None:
        raise ValueError("孙立新")

    with qtbot.waitSignal(tasks.idle):
        tasks.run(work, lambda _: None, heard.append)
    assert isinstance(heard[0], ValueError)
    assert told == [ValueError]
    with qtbot.waitSignal(tasks.idle):
        tasks.run(work, lambda _: None)
    assert told == [ValueError, ValueError]


def test_cancelled_work_stops_at_its_next_report(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[Exception] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        go_on.wait(5)
        progress.report(1, 2)
        raise AssertionError("went on")

    task = tasks.run(work, lambda _: None, heard.append)
    assert begun.wait(5)
    with qtbot.waitSignal(tasks.idle):
        task.cancel()
        go_on.set()
    assert isinstance(heard[0], CancelledError)


def test_progress_arrives_in_the_order_of_storage_too(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, int, str]] = []

    def work(progress: Progress) -> None:
        progress("正在复制附件", 3, 9)
        progress.report(9, 9, "正在复制附件")

    with qtbot.waitSignal(tasks.idle):
        task = tasks.run(work, lambda _: None, label="正在备份")
        task.advanced.connect(lambda done, total, words: seen.append((done, total, words)))
    assert seen == [(3, 9, "正在复制附件"), (9, 9, "正在复制附件")]


def test_what_goes_on_aside_takes_turns_and_holds_up_nothing_asked_for(qtbot: QtBot, tasks: Tasks) -> None:
    begun: list[str] = []
    ended: list[str] = []
    go_on = threading.Event()

    def slow(name: str) -> str:
        begun.append(name)
        assert go_on.wait(5)
        return name

    for number in range(8):
        tasks.run(lambda _progress, number=number: slow(f"aside {number}"), ended.append, aside=True)  # type: ignore[misc]
        tasks.run(lambda _progress, number=number: slow(f"behind {number}"), ended.append, behind=True)  # type: ignore[misc]
    for name in ("page", "other page"):
        tasks.run(lambda _progress, name=name: name, ended.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert set(ended) == {"page", "other page"}
    assert set(begun) <= {"aside 0", "behind 0"}
    assert tasks.busy
    with qtbot.waitSignal(tasks.idle):
        go_on.set()
    qtbot.waitUntil(lambda: len(ended) == 18)
    assert [name for name in ended if name.startswith("aside")] == [f"aside {number}" for number in range(8)]


def test_many_reports_are_thinned() -> None:
    told: list[tuple[int, int, str]] = []
    progress = Progress(lambda done, total, words: told.append((done, total, words)))
    for done in range(10_001):
        progress.report(done, 10_000)
    assert told[-1][0] == 10_000
    assert len(told) < 1_000


def test_closing_waits_for_the_work_and_lets_nobody_hear_of_it(qtbot: QtBot) -> None:
    heard: list[object] = []
    ended = threading.Event()
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        try:
            for done in range(10**9):
                progress.report(done, 10**9)
        finally:
            ended.set()

    tasks = Tasks()
    tasks.run(work, heard.append, heard.append)
    assert begun.wait(5)
    tasks.close()
    assert ended.is_set()
    assert heard == []
    assert not tasks.busy


@pytest.mark.parametrize("label", ["", "正在备份"])
def test_only_work_with_a_label_is_shown(qtbot: QtBot, tasks: Tasks, label: str) -> None:
    shown: list[object] = []
    tasks.started.connect(shown.append)
    with qtbot.waitSignal(tasks.idle):
        tasks.run(lambda _: None, lambda _: None, label=label)
    assert bool(shown) is bool(label)


def test_work_whose_end_is_the_end_of_its_workers_ends_quietly(qtbot: QtBot) -> None:
    own = Tasks()
    ended: list[int] = []

    def done(result: int) -> None:
        ended.append(result)
        shiboken6.delete(own)

    own.run(lambda _progress: 7, done)
    # What is raised in the event loop fails the test by itself.
    qtbot.waitUntil(lambda: ended == [7])
    qtbot.wait(1)


def test_what_is_asked_while_reading_is_read_once_more_and_only_the_newest_is_shown(tasks: Tasks, qtbot: QtBot) -> None:
    gate, made = threading.Event(), iter(range(9))
    shown: list[int] = []

    def read() -> int:
        gate.wait(5)
        return next(made)

    reading = Rereading(tasks, read, shown.append)
    for _ in range(4):
        reading.ask()
    gate.set()
    qtbot.waitUntil(lambda: shown == [1])
    reading.ask()
    qtbot.waitUntil(lambda: shown == [1, 2])


def test_a_reading_that_failed_does_not_stand_in_the_way_of_the_next(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[Exception] = []
    tasks.refused.connect(told.append)
    answers = iter([NotAllowedError("没有读成"), "读到了"])
    shown: list[object] = []

    def read() -> object:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    reading = Rereading(tasks, read, shown.append)
    reading.ask()
    qtbot.waitUntil(lambda: len(told) == 1)
    reading.ask()
    qtbot.waitUntil(lambda: shown == ["读到了"])


def test_nothing_begins_any_more_once_the_workers_are_gone(qtbot: QtBot) -> None:
    gone = Tasks()
    gone.close()
    shiboken6.delete(gone)
    heard: list[object] = []
    gone.run(lambda _progress: heard.append("work"), heard.append, heard.append)
    qtbot.wait(50)
    assert heard == []


def test_stopping_waits_for_nothing_and_tells_whether_a_thread_is_left(qtbot: QtBot) -> None:
    tasks, free, begun = Tasks(), threading.Event(), threading.Event()
    heard: list[object] = []

    def work(_progress: object) -> None:
        begun.set()
        free.wait(20)

    tasks.run(work, heard.append, heard.append)
    assert begun.wait(5)
    assert not tasks.stop()
    free.set()
    qtbot.waitUntil(tasks.stop)
    tasks.close()
    assert heard == []

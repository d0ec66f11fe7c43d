"""Where faults go: into the log, without what they quote, and nowhere else; a desktop keeps the terminal's words."""

import gc
import sys
import threading

import pytest

from paizhu import app, logs
from paizhu.ui.main_window import MainWindow

SECRET = "绝不外露者"


class Falling:
    """Fails while it is thrown away, where nobody can catch it."""

    def __del__(self) -> None:
        raise LookupError(SECRET)


def fail() -> None:
    raise ValueError(SECRET)


def test_a_fault_on_another_thread_or_while_something_is_thrown_away_is_written_down_without_its_words(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for owner, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    app.catch_faults(window)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    falling = [Falling()]
    falling.clear()
    gc.collect()
    written = logs.file().read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "LookupError" in written
    said = capfd.readouterr()
    assert SECRET not in written + said.out + said.err


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('QIODevice::read (QFile, "/x/绝不外露者 案.xlsx"): not open', "QIODevice::read (QFile, …): not open"),
        ("QFile::remove: /tmp/绝不外露者.pdf failed", "QFile::remove: … failed"),
        ("libpng warning: 绝不外露者", "libpng warning: …"),
        ("QObject::startTimer: Timers cannot be started", "QObject::startTimer: Timers cannot be started"),
    ],
)
def test_what_qt_quotes_does_not_go_into_the_log(said: str, kept: str) -> None:
    assert app.own_words(said) == kept

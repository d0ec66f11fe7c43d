"""Builds everything and joins it: the locked page first, what is heavy behind it, and where faults go."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from paizhu import logs
from paizhu.services.machine import Machine
from paizhu.services.session import Session
from paizhu.ui import theme
from paizhu.ui.machine import MachineLook
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.lock import PROGRAM
from paizhu.ui.single_start import SingleStart


class Preload:
    """Imports what an open vault needs on a thread of its own, while the password is typed."""

    def __init__(self) -> None:
        self._thread = threading.Thread(target=_preload, name="preload", daemon=True)

    def start(self) -> None:
        """Begin; to be called once the window stands."""
        self._thread.start()

    def wait(self) -> None:
        """Return when everything is there; at once when it is already."""
        if self._thread.ident is not None:
            self._thread.join()


def _preload() -> None:
    from paizhu.services import session

    session.preload()
    # The desk too: its modules declare widgets but make none.
    from paizhu.ui import actions, desk_view, events, idle, tabs  # noqa: F401


class App:
    """One running program: the window, the look, and the watch for later starts."""

    def __init__(self, qt: QApplication) -> None:
        self._qt = qt
        self.machine = Machine()
        self.session = Session(self.machine)
        self._look = MachineLook(qt, self.machine)
        self._preload = Preload()
        self._single: SingleStart | None = None
        self.window = MainWindow(self.session, self._preload.wait)
        self.window.vault_chosen.connect(self._listen)
        self.window.closing.connect(self._end)

    def already_open(self) -> bool:
        """Bring the window of an earlier start to the front; False when there is none."""
        folder = self.session.folder
        return folder is not None and SingleStart(folder).raise_other()

    def show(self) -> None:
        """Show the window, and load the rest behind it."""
        self._look.restore(self.window)
        self.window.begin()
        self.window.show()
        self._qt.processEvents()
        self._preload.start()
        theme.speak_chinese(self._qt)
        self._listen()

    def _listen(self) -> None:
        if self._single:
            self._single.close()
            self._single = None
        if self.session.folder:
            self._single = SingleStart(self.session.folder, self.window)
            self._single.asked.connect(self.window.come_to_front)
            self._single.listen()

    def _end(self) -> None:
        self._look.keep_place(self.window)
        if self._single:
            self._single.close()
        self._preload.wait()


def catch_faults(window: MainWindow) -> None:
    """Write faults down without contents, and tell the officer that what was typed is still there."""
    from paizhu.ui.kit.trouble import Trouble

    telling = threading.Event()

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = logs.fault(kind, error, trace)
        # A fault while telling of a fault would go round for ever.
        if not telling.is_set() and threading.current_thread() is threading.main_thread():
            telling.set()
            try:
                window.show_trouble(
                    Trouble(
                        "程序出了差错",
                        "刚才这一步没有做完。",
                        "您填的内容还在，已保存的数据没有受影响。",
                        "请再试一次；仍不行，把“看详情”里的文字发给维护人员，里面没有台账内容。",
                        details,
                    )
                )
            finally:
                telling.clear()

    sys.excepthook = caught


def catch_qt_words() -> None:
    """Let what Qt complains of go to the log; only its own words, which know no record."""

    def take(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and "propagateSizeHints" not in words:
            logs.note(f"Qt: {words[:200]}")

    qInstallMessageHandler(take)


def run(arguments: list[str]) -> int:
    """Open the desk and stay until it is closed."""
    qt = QApplication([PROGRAM, *arguments])
    qt.setApplicationName(PROGRAM)
    qt.setQuitOnLastWindowClosed(True)
    catch_qt_words()
    app = App(qt)
    if app.already_open():
        return 0
    catch_faults(app.window)
    app.show()
    return qt.exec()

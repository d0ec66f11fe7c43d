"""Builds everything and joins it: a password line at once, what is heavy behind it, and where faults go."""

from __future__ import annotations

import gc
import re
import sys
import threading
import time
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from paizhu.base import bulk, paths
from paizhu.base.errors import PaizhuError
from paizhu.services.machine import Machine
from paizhu.services.session import Session
from paizhu.ui import window_place
from paizhu.ui.first_light import PROGRAM
from paizhu.ui.main_window import MainWindow
from paizhu.ui.turns import next_turn

if TYPE_CHECKING:
    from paizhu.ui.single_start import SingleStart

MARKS = "windows"
_NOT_QT = re.compile(r"([\"'“]).*?[\"'”]|\S*[/\\]\S*|[^\x00-\x7f]+")
_LOOK_EVERY_MS = 5
_BREATH = 0.002
_PATIENCE = 2.0
"""Seconds: what is loaded for the desk waits so long for the locked page, should that never come to stand."""
_REST_AFTER_MS = 1500
"""The desk has been painted and its first record read by then; the officer looks at it."""


class Preload:
    """Imports what the window and an open vault need on a thread of its own, while the password is typed."""

    def __init__(self, *, begins: bool = False) -> None:
        self._begins = begins
        """Whether no vault was used here before: the first run stands where the locked page would."""
        self.page_ready = threading.Event()
        """Set once the locked page can be made."""
        self.loaded = threading.Event()
        """Set once the desk can be made; what was loaded by then is never garbage."""
        self._page_stands = threading.Event()
        self._thread = threading.Thread(target=self._load, name="preload", daemon=True)
        self._rest: threading.Thread | None = None

    def start(self) -> None:
        """Begin; to be called once the window stands."""
        self._thread.start()

    def wait(self) -> None:
        """Return when everything is there; at once when it is already, or was never begun."""
        if self._thread.ident is not None:
            self.go_on()
            self._thread.join()

    def go_on(self) -> None:
        """Load what the desk needs: the locked page stands, and is not held up by it any more."""
        self._page_stands.set()

    def load_rest(self) -> None:
        """Import what the less usual pages need, on a thread too; to be called once the desk stands."""
        if self._rest is None:
            from paizhu.ui import desk_pages

            self._rest = threading.Thread(target=desk_pages.load, name="preload-rest", daemon=True)
            self._rest.start()

    def is_at_rest(self) -> bool:
        """Tell whether nothing is imported now and the desk can be made.

        Seen with the pinned PySide6: a class of widgets that was made on one thread while another looked for garbage
        had lost what Qt knows of it, and the program ended when the first widget of it was made.
        """
        return self.loaded.is_set() and (self._rest is None or not self._rest.is_alive())

    def end(self) -> None:
        """Return when nothing is imported any more; the program is about to end."""
        self.wait()
        if self._rest is not None:
            self._rest.join()

    def _load(self) -> None:
        # Whoever starts a thread waits until it has begun; what is loaded here would keep the interpreter from it.
        time.sleep(_BREATH)
        try:
            self._load_page()
        finally:
            # A fault in there must show itself on the UI thread, where somebody sees it.
            self.page_ready.set()
        try:
            # Two threads that want the interpreter take twice as long over each turn of the window.
            self._page_stands.wait(_PATIENCE)
            self._load_desk()
        finally:
            # What is loaded by now stays to the end. Looking through it for garbage would stop the window for a tenth
            # of a second, again and again. No vault is open yet, so nothing of a record is spared the search.
            gc.freeze()
            self.loaded.set()

    def _load_page(self) -> None:
        from PySide6 import QtNetwork, QtSvg  # noqa: F401

        import paizhu.ui.last_words
        import paizhu.ui.machine
        import paizhu.ui.pages.lock
        import paizhu.ui.single_start
        import paizhu.ui.watch

        if self._begins:
            import paizhu.ui.wizards.first_run  # noqa: F401

    @staticmethod
    def _load_desk() -> None:
        from paizhu.base import word_order
        from paizhu.services import session

        session.preload()
        # The desk too, and what every register's page asks for: these modules declare widgets but make none.
        from paizhu.ui import actions, desk, events, idle, overviews, tabs  # noqa: F401
        from paizhu.ui.pages.day import today  # noqa: F401
        from paizhu.ui.register import page  # noqa: F401

        overviews.load()
        word_order.load()


class App:
    """One running program: the window, the look, and the watch for later starts."""

    def __init__(self, qt: QApplication) -> None:
        self._qt = qt
        # Every row the window reads and every cell it paints waits for the interpreter while a worker computes.
        sys.setswitchinterval(bulk.HAND_OVER)
        self.machine = Machine()
        self.session = Session(self.machine)
        self._preload = Preload(begins=not self.session.known)
        self._single: SingleStart | None = None
        self.window = MainWindow(self.session, self._preload.wait, light=True)
        self.window.vault_chosen.connect(self._listen)
        self.window.closing.connect(self._end)
        self.window.unlocked.connect(lambda: QTimer.singleShot(_REST_AFTER_MS, self.window, self._preload.load_rest))

    def already_open(self) -> bool:
        """Bring the window of an earlier start to the front; False when there is none."""
        folder = self.session.folder
        if folder is None:
            return False
        marks = paths.home() / MARKS
        # A usual start finds no mark and loads no sockets.
        if not marks.is_dir() or not any(marks.iterdir()):
            return False
        from paizhu.ui.single_start import SingleStart

        return SingleStart(folder).raise_other()

    def show(self) -> None:
        """Show the window at once, and make the rest of it as soon as it is loaded."""
        window_place.restore(self.window, self.machine)
        self.window.show()
        self._qt.processEvents()
        self._preload.start()
        self._timer = QTimer(self.window)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._fill_when_ready)
        self._timer.start()

    def _fill_when_ready(self) -> None:
        if self._preload.page_ready.is_set():
            self._timer.stop()
            # A key comes between any two of them: it goes to the password line.
            for piece in (self._dress, self.window.make_lock_page, self._come_up, self._stand_ready):
                next_turn(self.window, piece)

    def _dress(self) -> None:
        from paizhu.ui.machine import MachineLook

        # What stands there moves a little in its new clothes, and is gone a moment later: neither is painted.
        self.window.setUpdatesEnabled(False)
        self._look = MachineLook(self._qt, self.machine)

    def _come_up(self) -> None:
        from paizhu.ui.held import paint_again

        try:
            self.window.come_up()
        finally:
            paint_again(self.window)

    def _stand_ready(self) -> None:
        from paizhu.ui import input_method, theme
        from paizhu.ui.clearing import Clearing

        self._preload.go_on()
        self._clearing = Clearing(self._preload.is_at_rest, self.window)
        theme.speak_chinese(self._qt)
        input_method.follow_cursor()
        self._listen()

    def _listen(self) -> None:
        if self._single:
            if self._single.listens_for(self.session.folder):
                # Unlocked once more.
                return
            self._single.close()
            self._single = None
        if self.session.folder:
            from paizhu.ui.single_start import SingleStart, bring_to_front

            self._single = SingleStart(self.session.folder, self.window)
            self._single.asked.connect(partial(bring_to_front, self.window))
            self._single.listen()

    def _end(self) -> None:
        window_place.keep(self.window, self.machine)
        if self._single:
            self._single.close()
        self._preload.end()


def catch_faults(window: MainWindow) -> None:
    """Write faults down without contents, and tell the officer that what was typed is still there."""
    telling = threading.Event()

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, PaizhuError) and threading.current_thread() is threading.main_thread():
            # A refusal that nobody took: a full disk in the middle of something, say. It has its own words.
            _tell_refusal(window, error)
            return
        from paizhu import logs

        details = logs.fault(kind, error, trace)
        # A fault while telling of a fault would go round for ever.
        if not telling.is_set() and threading.current_thread() is threading.main_thread():
            telling.set()
            try:
                _tell(window, details)
            finally:
                telling.clear()

    def caught_elsewhere(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        # Left alone, Python writes what such an error quotes to the terminal, which a desktop keeps in a file.
        from paizhu import logs

        logs.fault(kind, error or Exception(), trace)

    sys.excepthook = caught
    sys.unraisablehook = lambda lost: caught_elsewhere(lost.exc_type, lost.exc_value, lost.exc_traceback)
    threading.excepthook = lambda lost: caught_elsewhere(lost.exc_type, lost.exc_value, lost.exc_traceback)


def _tell_refusal(window: MainWindow, error: PaizhuError) -> None:
    from paizhu.ui.messages import trouble_of

    window.show_trouble(trouble_of(error))


def _tell(window: MainWindow, details: str) -> None:
    from paizhu.ui.kit.trouble import Trouble

    window.show_trouble(
        Trouble(
            "程序出了差错",
            "刚才这一步没有做完。",
            "您填的内容还在，已保存的数据没有受影响。",
            "请再试一次；仍不行，把“看详情”里的文字发给维护人员，里面没有台账内容。",
            details,
        )
    )


def catch_qt_words() -> None:
    """Let what Qt complains of go to the log, without what it quotes: the name of a file may be that of a case."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    from paizhu import logs

    def take(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and "propagateSizeHints" not in words:
            logs.note(f"Qt: {own_words(words)[:200]}")

    qInstallMessageHandler(take)


def own_words(said: str) -> str:
    """Return the words of Qt itself: nothing between quotation marks, no path, nothing that is not plain English."""
    return _NOT_QT.sub("…", said)


def run(arguments: list[str]) -> int:
    """Open the desk and stay until it is closed."""
    qt = QApplication([PROGRAM, *arguments])
    qt.setApplicationName(PROGRAM)
    app = App(qt)
    if app.already_open():
        return 0
    catch_faults(app.window)
    app.show()
    catch_qt_words()
    return qt.exec()

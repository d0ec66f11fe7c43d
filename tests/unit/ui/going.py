"""A program of its own that locks the window again and again while the look changes; run as ``going.py VAULT``.

The desk is thrown away in pieces, one to a turn of the event loop; in every turn colours and size of text change, and
garbage is looked for. It says how often the look changed while something of a desk was still there.
"""

from __future__ import annotations

import gc
import sys
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid

from paizhu.services.machine import Machine
from paizhu.services.session import Session
from paizhu.ui import theme
from paizhu.ui.main_window import MainWindow
from paizhu.ui.tabs import TABS
from paizhu.ui.theme import Scheme
from tests.conftest import PASSWORD

TIMES = 3
LOOKS = cycle([(Scheme.DARK, 16.0), (Scheme.LIGHT, 10.5), (Scheme.DARK, 10.5), (Scheme.LIGHT, 21.0)])


def turns(milliseconds: int) -> None:
    """Let the event loop run so long; what is to be deleted goes in it."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main(folder: Path) -> int:
    """Open the desk, look at its pages, lock it and change the look until nothing of it is left."""
    app = QApplication([])
    look = theme.install(app, Scheme.LIGHT)
    session = Session(Machine())
    session.choose(folder)
    window = MainWindow(session)
    window.resize(1366, 696)
    window.show()
    changes = 0
    for _ in range(TIMES):
        session.unlock(PASSWORD)
        window.open_desk()
        desk = window.desk
        assert desk is not None
        for tab in TABS:
            desk.show_tab(tab.key)
            turns(40)
        lines = desk.findChildren(QLineEdit)
        window.lock()
        window._last_work.finish()
        while isValid(desk) or any(map(isValid, lines)):
            scheme, points = next(LOOKS)
            look.set_points(points)
            look.set_scheme(scheme)
            changes += 1
            turns(2)
        gc.collect()
    window.close()
    return changes


if __name__ == "__main__":
    sys.stdout.write(f"{main(Path(sys.argv[1]))}\n")

"""The program as `paizhu.__main__` starts it, up to the first page: ``start.py PASSWORD``, on the vault used last.

Says ``shown`` once the locked page stands, then how many seconds it took from the password to the first page.
"""

import gc
import os
import sys
import time


def main(password: str) -> None:
    """Start, unlock, and end without taking anything apart."""
    gc.disable()
    from PySide6.QtWidgets import QApplication

    from paizhu import app

    qt = QApplication([])
    made = app.App(qt)
    made.show()
    qt.processEvents()
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    made._preload.wait()
    # What the window makes while the password is typed.
    while not made.window.filled:
        qt.processEvents()
    start = time.perf_counter()
    made.session.unlock(password)
    made.window.open_desk()
    qt.processEvents()
    made.window.grab()
    sys.stdout.write(f"{time.perf_counter() - start}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])

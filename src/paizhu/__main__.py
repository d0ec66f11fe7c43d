"""The start: without arguments the desk opens, with arguments the command line answers."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from paizhu.base import cores

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NO_DISPLAY = "没有找到图形界面，工作台打不开窗口。请在桌面上启动；没有桌面时可以用 paizhu tour OUT 看看它能做什么。\n"
_USAGE = 2


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    cores.forbid_core_dumps()
    if arguments:
        from paizhu import cli

        return cli.main(arguments, tour=_tour)
    if not has_display():
        sys.stderr.write(_NO_DISPLAY)
        return _USAGE
    # Looking for garbage among what is being loaded costs a twentieth of the start. From then on only the window looks
    # for it, on its own thread (``ui.clearing``).
    gc.disable()
    from paizhu.ui import input_method

    input_method.settle()
    from paizhu import app

    return app.run([])


def _tour(outdir: "Path", say: "Callable[[str], None]") -> int:
    # The one command that shows windows, so its work is not the command line's: that knows no Qt.
    from paizhu.ui import tour

    return tour.tour(outdir, say)


def has_display() -> bool:
    """Tell whether a window can be shown: on Linux something must be there to show it."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())

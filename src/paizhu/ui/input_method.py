"""Chinese input: under Linux its plugin is settled before the application is made; proposals stand at the cursor."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

_FOLDER = "platforminputcontexts"
_ASKED = "fcitx"


def settle(environment: MutableMapping[str, str] = os.environ, plugins: Path | None = None) -> None:
    """Ask for ibus where fcitx is asked for and Qt has no plugin of it: fcitx 5 answers that protocol as well.

    A setting that works is never touched.
    """
    if not sys.platform.startswith("linux") or _ASKED not in environment.get("QT_IM_MODULE", "").lower():
        return
    if not _has_plugin(plugins or _plugins()):
        environment["QT_IM_MODULE"] = "ibus"


def follow_cursor() -> None:
    """Let what an input method proposes stand at the cursor where a field was moved along with what it stands in.

    Qt tells where a field stands when it takes the focus or moves by itself. A form that scrolls to a field has it do
    neither, and the proposals would stand as far from the words as the form was scrolled.
    """
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QTransform
    from PySide6.QtWidgets import QApplication

    method = QApplication.inputMethod()

    def tell_place() -> None:
        field = QApplication.focusWidget()
        if field is not None:
            place = field.mapTo(field.window(), QPoint(0, 0))
            # It says so once more, of the new place, and not again.
            method.setInputItemTransform(QTransform.fromTranslate(place.x(), place.y()))

    method.cursorRectangleChanged.connect(tell_place)


def _plugins() -> Path:
    from PySide6.QtCore import QLibraryInfo

    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))


def _has_plugin(plugins: Path) -> bool:
    own = os.environ.get("QT_PLUGIN_PATH", "").split(os.pathsep)
    folders = [plugins, *(Path(folder) for folder in own if folder)]
    return any(any((folder / _FOLDER).glob(f"*{_ASKED}*")) for folder in folders)

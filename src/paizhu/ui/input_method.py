"""Chinese input under Linux: the input plugin must be settled before the application is made."""

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


def _plugins() -> Path:
    from PySide6.QtCore import QLibraryInfo

    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))


def _has_plugin(plugins: Path) -> bool:
    own = os.environ.get("QT_PLUGIN_PATH", "").split(os.pathsep)
    folders = [plugins, *(Path(folder) for folder in own if folder)]
    return any(any((folder / _FOLDER).glob(f"*{_ASKED}*")) for folder in folders)

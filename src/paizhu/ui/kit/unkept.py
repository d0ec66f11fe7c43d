"""What is copied is marked as not to be kept: programs that remember the clipboard would have it after the lock.

The history of Windows (Win+V) can also be carried to other machines by way of the network. Pasting is not touched.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData

_NO = bytes(4)
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_MARKS: dict[str, dict[str, bytes]] = {
    "win32": {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
        _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
        _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
    },
}
_HINT = {"x-kde-passwordManagerHint": b"secret"}
"""Understood by the clipboard managers of Linux desktops, KDE's own among them."""


def marks(platform: str = sys.platform) -> dict[str, bytes]:
    """Return the formats that say so on a system, with what stands in them."""
    return _MARKS.get(platform, _HINT)


def is_marked(data: QMimeData) -> bool:
    """Tell whether the marks stand there already."""
    return all(data.hasFormat(name) for name in marks())


def marked(data: QMimeData) -> QMimeData:
    """Return the same with the marks."""
    made = QMimeData()
    for name in data.formats():
        made.setData(name, data.data(name))
    for name, words in marks().items():
        made.setData(name, words)
    return made

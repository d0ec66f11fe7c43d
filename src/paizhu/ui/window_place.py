"""Where the window stood last, kept with the machine."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

from paizhu.services.machine import Machine

_GEOMETRY = "geometry"
_FRAME = QSize(16, 48)


def restore(window: QWidget, machine: Machine) -> bool:
    """Give the window its last place and size; False on the first start, which fits it to the screen."""
    kept = machine.mark(_GEOMETRY)
    if kept and window.restoreGeometry(QByteArray.fromHex(kept.encode())):
        return True
    # The frame is the system's, and its size is not known before the window stands.
    window.resize(window.size().boundedTo(window.screen().availableSize() - _FRAME))
    return False


def keep(window: QWidget, machine: Machine) -> None:
    """Remember where the window stands."""
    machine.remember(_GEOMETRY, bytes(window.saveGeometry().toHex().data()).decode())

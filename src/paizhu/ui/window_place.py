"""Where the window stood last, kept with the machine."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from paizhu.services.machine import Machine

_GEOMETRY = "geometry"


def restore(window: QWidget, machine: Machine) -> bool:
    """Give the window its last place and size; False on the first start."""
    kept = machine.mark(_GEOMETRY)
    return bool(kept) and window.restoreGeometry(QByteArray.fromHex(kept.encode()))


def keep(window: QWidget, machine: Machine) -> None:
    """Remember where the window stands."""
    machine.remember(_GEOMETRY, bytes(window.saveGeometry().toHex().data()).decode())

"""How the window looks on this machine: colours and font size, remembered between starts."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from paizhu.services.machine import Machine
from paizhu.ui import theme
from paizhu.ui.theme import Scheme, Theme


class MachineLook:
    """Carries the machine's settings into the theme, and changes made in the window back into the file."""

    def __init__(self, app: QApplication, machine: Machine) -> None:
        self._machine = machine
        self.theme: Theme = theme.install(app, scheme_of(machine), float(machine.setting("font_size")))
        self._applying = False
        self.theme.changed.connect(self._keep)

    def apply(self) -> None:
        """Show what the settings now say."""
        # Colours change first and tell of it: the size not yet changed must not be written back meanwhile.
        self._applying = True
        self.theme.set_scheme(scheme_of(self._machine))
        self.theme.set_points(float(self._machine.setting("font_size")))
        self._applying = False

    def _keep(self) -> None:
        if self._applying:
            return
        if self.theme.points != float(self._machine.setting("font_size")):
            self._machine.set_setting("font_size", self.theme.points)
        if self.theme.scheme.value != self._machine.setting("theme"):
            self._machine.set_setting("theme", self.theme.scheme.value)


def scheme_of(machine: Machine) -> Scheme:
    """Return the colours asked for; the system's when the file says something unknown."""
    kept = machine.setting("theme")
    return Scheme(kept) if kept in set(Scheme) else Scheme.SYSTEM

"""The icon in the tray: the program's own with the number of what is due, where the system has a tray."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon

from paizhu.base import paths
from paizhu.ui.first_light import PROGRAM

_SIDE = 64
_BADGE = 40
_MOST = 99
_SHOWN_MS = 8_000
# The tray lies on the system's ground, not on ours: one red and white that are read on any.
_RED, _WHITE = QColor("#9b1c1c"), QColor("#ffffff")


class Tray(QObject):
    """Shows counts and tells notices; on a system without a tray it does neither and says so."""

    activated = Signal()
    """The icon or a notice was clicked."""

    def __init__(self, parent: QObject | None = None, *, available: bool | None = None) -> None:
        super().__init__(parent)
        self.available = QSystemTrayIcon.isSystemTrayAvailable() if available is None else available
        self.icon = QSystemTrayIcon(self)
        self.number = 0
        self.said: list[str] = []
        self.icon.activated.connect(self._clicked)
        self.icon.messageClicked.connect(self.activated)

    def show_counts(self, late: int, today: int) -> None:
        """Show how much is due; the tooltip tells it in words, without a name."""
        if not self.available:
            return
        self.number = late + today
        self.icon.setIcon(badged(self.number))
        parts = [f"超期 {late:,} 件" if late else "", f"今天到期 {today:,} 件" if today else ""]
        words = "，".join(part for part in parts if part) or "今天没有到期的事"
        self.icon.setToolTip(f"{PROGRAM}：{words}")
        self.icon.show()

    def tell(self, words: str) -> bool:
        """Show a notice without a sound; False where there is no tray to show it."""
        if not self.available or not self.icon.isVisible():
            return False
        self.said.append(words)
        self.icon.showMessage(PROGRAM, words, QSystemTrayIcon.MessageIcon.NoIcon, _SHOWN_MS)
        return True

    def hide(self) -> None:
        """Take the icon with its count and words away."""
        self.number = 0
        self.icon.setToolTip(PROGRAM)
        self.icon.hide()

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.activated.emit()


def badged(number: int) -> QIcon:
    """Return the program's icon, with a number on it when there is one."""
    picture = QPixmap(str(paths.resources() / "icons" / "app.png")).scaled(
        _SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    if number:
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            place = QRectF(_SIDE - _BADGE, _SIDE - _BADGE, _BADGE, _BADGE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_WHITE)
            painter.drawEllipse(place)
            painter.setBrush(_RED)
            painter.drawEllipse(place.adjusted(3, 3, -3, -3))
            words = str(number) if number <= _MOST else f"{_MOST}+"
            font = QFont()
            font.setBold(True)
            font.setPixelSize(24 if len(words) < 3 else 17)
            painter.setFont(font)
            painter.setPen(_WHITE)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
    return QIcon(picture)

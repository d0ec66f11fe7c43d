"""Buttons: one red, others framed, flat or links; a disabled one always says why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import icon
from paizhu.ui.kit.label import ElidedLabel, restyle
from paizhu.ui.kit.tool_button import is_press
from paizhu.ui.theme import Text


class Look(StrEnum):
    """How a button looks; at most one primary is visible at a time."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    FLAT = "flat"
    LINK = "link"
    LINK_ON_SLATE = "link-on-slate"


class Size(StrEnum):
    """Heights of buttons: small ones in rows, tall ones on the unlock page and at first use."""

    NORMAL = "normal"
    SMALL = "small"
    TALL = "tall"


_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_ICON_INK = {Look.PRIMARY: "accent_button_text", Look.LINK: "slate", Look.LINK_ON_SLATE: "on_slate", Look.FLAT: "ink2"}


@dataclass(frozen=True)
class Offer:
    """Something a strip, pane or card offers to do; the key comes back in its signal."""

    key: str
    words: str
    look: Look = Look.SECONDARY
    icon: str = ""
    shortcut: str = ""


class Button(QPushButton):
    """A button of verb and object, its shortcut printed after the words; binding the key is left to the actions."""

    reason_changed = Signal(str)

    def __init__(
        self,
        words: str,
        look: Look = Look.SECONDARY,
        *,
        icon: str = "",
        shortcut: str = "",
        size: Size = Size.NORMAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"{words} {shortcut}".rstrip().replace("&", "&&"), parent)
        self.setAccessibleName(words)
        self.setProperty("fit", size.value)
        self.setProperty("look", look.value)
        self._look = look
        self._icon = icon
        self._reason = ""
        self._show_icon()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        theme.current().follow(self, self._show_icon)

    @property
    def look(self) -> Look:
        """How the button looks now."""
        return self._look

    @property
    def reason(self) -> str:
        """Why the button cannot be pressed; empty when it can."""
        return self._reason

    def set_look(self, look: Look) -> None:
        """Change the look, for instance when a pane takes over the one red action."""
        self._look = look
        self.setProperty("look", look.value)
        self._show_icon()
        restyle(self)

    def refuse(self, reason: str) -> None:
        """Disable the button and say why, beside it and to a screen reader."""
        self._reason = reason
        self.setEnabled(False)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)
        self.reason_changed.emit(reason)

    def allow(self) -> None:
        """Enable the button again."""
        self._reason = ""
        self.setEnabled(True)
        self.setToolTip("")
        self.setAccessibleDescription("")
        self.reason_changed.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it; an arrow goes nowhere: Qt would have it go on to a choice, which the next one changes."""
        if is_press(event):
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        super().paintEvent(event)
        if self._look is Look.PRIMARY and self.hasFocus():
            # Between the slate ring and the red there is one pixel of the ground, or the ring would not be seen.
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().colour("surface"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 2, 2)

    def _show_icon(self) -> None:
        if self._icon:
            look = theme.current()
            self.setIconSize(QSize(look.px(20), look.px(16)))
            self.setIcon(icon(self._icon, _ICON_INK.get(self._look, "ink")))


class ReasonLabel(ElidedLabel):
    """The line beside a button that says why it is disabled, and nothing while it is not."""

    def __init__(self, button: Button) -> None:
        super().__init__("", Text.SECONDARY, "ink2")
        button.reason_changed.connect(self._show_reason)
        self._show_reason(button.reason)

    def _show_reason(self, reason: str) -> None:
        self.set_words(reason)
        self.setVisible(bool(reason))


def offer_button(offer: Offer, size: Size = Size.NORMAL) -> Button:
    """Return a button that looks as its offer asks; what it does is bound by whoever shows it."""
    return Button(offer.words, offer.look, icon=offer.icon, shortcut=offer.shortcut, size=size)

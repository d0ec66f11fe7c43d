"""The strips above the pages: what holds for the whole desk, and what just went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from paizhu.ui.kit.button import Button, Look, Offer, Size
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.trouble import ErrorPane, Trouble
from paizhu.ui.panes import STRIPS

_TROUBLE = "trouble"


class Strips(QWidget):
    """Strips by name, each once; nothing is taken from the page's height while there is none.

    Of several the most pressing one stands there and tells how many there are behind it: what went wrong before what
    is only said, the newest first. Otherwise they would take the height of the record in a low window.
    """

    acted = Signal(str)
    arranged = Signal()
    """Other strips are in view than before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(STRIPS)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._strips: dict[str, QWidget] = {}
        self._corners: dict[str, Callable[[QWidget], object]] = {}
        self._urgent: set[str] = set()
        self._told: Trouble | None = None
        self._told_of = ""
        self._unfolded = False
        self.more = Button("另有提示", Look.LINK, size=Size.SMALL, parent=self)
        self.more.clicked.connect(self._turn)
        self.more.hide()

    def put(
        self,
        name: str,
        words: str,
        detail: str = "",
        level: Level = Level.PLAIN,
        offers: Sequence[Offer] = (),
        *,
        closable: bool = False,
    ) -> None:
        """Show a strip under this name, in place of the one before."""
        self.take(name)
        more = [Offer(f"close:{name}", "知道了", Look.LINK)] if closable else []
        strip = Strip(words, detail, level, [*offers, *more], closable=closable)
        strip.acted.connect(self._act)
        strip.closed.connect(partial(self.take, name))
        self._add(name, strip, strip.add_corner, urgent=level is Level.ERROR)

    def show_trouble(self, trouble: Trouble, page: str = "") -> None:
        """Show a refusal or fault, of a page if one is named; the next one takes its place."""
        self._told, self._told_of = trouble, page
        self.put_trouble(_TROUBLE, trouble, [Offer(f"close:{_TROUBLE}", "知道了")])

    def leave_page(self, to: str = "") -> None:
        """Take away what is told of a page: another one comes, or what was refused there was done after all."""
        if self._told_of and self._told_of != to:
            self._told_of = ""
            self.take(_TROUBLE)

    def take_trouble(self, trouble: Trouble) -> None:
        """Take this one away, if it is the one that stands there: it is over."""
        if self._told == trouble:
            self.take(_TROUBLE)

    def put_trouble(self, name: str, trouble: Trouble, offers: Sequence[Offer], *, mark: Mark | None = None) -> None:
        """Show under this name what happened, what was kept and what to do, in place of the one before.

        With a mark the headline stands in a coloured line of its own over the rest.
        """
        self.take(name)
        pane = ErrorPane(trouble, offers)
        pane.acted.connect(self._act)
        frame = QFrame()
        frame.setProperty("frame", "strip-surface" if mark else "strip-error")
        frame.setAccessibleName(f"{mark.words}。{pane.accessibleName()}" if mark else pane.accessibleName())
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if mark:
            head = QFrame()
            head.setProperty("frame", "strip-error")
            row = QVBoxLayout(head)
            row.setContentsMargins(16, 9, 16, 9)
            row.addWidget(MarkLabel(mark, bold=True))
            column.addWidget(head)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 8, 16, 8)
        inside.addWidget(pane)
        column.addLayout(inside)
        self._add(name, frame, pane.add_corner, urgent=True)

    def take(self, name: str) -> None:
        """Take a strip away."""
        strip = self._strips.pop(name, None)
        if strip is not None:
            self._free_more()
            self._urgent.discard(name)
            self._corners.pop(name)
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
            self._arrange()

    def names(self) -> list[str]:
        """Return the names of the strips that stand there."""
        return list(self._strips)

    def words(self, name: str) -> str:
        """Return what a strip says."""
        return self._strips[name].accessibleName()

    def front(self) -> str:
        """Return the name of the strip that stands there, empty without any."""
        # One in whose buttons the cursor is stays, whatever comes meanwhile.
        held = (name for name, strip in self._strips.items() if _holds_focus(strip) and strip.isVisible())
        newest = list(reversed(self._strips))
        return next(held, "") or next((name for name in newest if name in self._urgent), next(iter(newest), ""))

    def in_view(self, name: str) -> bool:
        """Tell whether a strip is to be read now, and not only counted behind another one."""
        return name in self._strips and not self._strips[name].isHidden()

    def _add(self, name: str, strip: QWidget, corner: Callable[[QWidget], object], *, urgent: bool) -> None:
        self._strips[name] = strip
        self._corners[name] = corner
        if urgent:
            self._urgent.add(name)
        self._column.addWidget(strip)
        self._arrange()

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self._arrange()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _free_more(self) -> None:
        """Take the button out of the strip it stands in, which may go."""
        self.more.hide()
        self.more.setParent(self)

    def _arrange(self) -> None:
        front, rest, focused = self.front(), len(self._strips) - 1, self.more.hasFocus()
        self._unfolded = self._unfolded and rest > 0
        self._free_more()
        if front:
            self._column.removeWidget(self._strips[front])
            self._column.insertWidget(0, self._strips[front])
        for name, strip in self._strips.items():
            strip.setVisible(name == front or self._unfolded)
        self.arranged.emit()
        if rest > 0:
            self.more.setText("收起" if self._unfolded else f"另有 {rest} 条")
            self.more.setAccessibleName("只留一条提示" if self._unfolded else f"展开另外 {rest} 条提示")
            others = (strip.accessibleName() for name, strip in self._strips.items() if name != front)
            self.more.setToolTip("" if self._unfolded else "\n".join(others))
            self._corners[front](self.more)
            self.more.show()
            if focused:
                self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, key: str) -> None:
        if key.startswith("close:"):
            self.take(key.removeprefix("close:"))
        else:
            self.acted.emit(key)


def _holds_focus(strip: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and strip.isAncestorOf(focus)

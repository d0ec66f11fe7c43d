"""The strips above the pages: what holds for the whole desk, and what just went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.trouble import ErrorPane, Trouble

_TROUBLE = "trouble"


class Strips(QWidget):
    """Strips by name, each once; nothing is taken from the page's height while there is none."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._strips: dict[str, QWidget] = {}

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
        self._add(name, strip)

    def show_trouble(self, trouble: Trouble) -> None:
        """Show a refusal or fault; the next one takes its place."""
        self.put_trouble(_TROUBLE, trouble, [Offer(f"close:{_TROUBLE}", "知道了")])

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
        self._add(name, frame)

    def take(self, name: str) -> None:
        """Take a strip away."""
        strip = self._strips.pop(name, None)
        if strip is not None:
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()

    def names(self) -> list[str]:
        """Return the names of the strips that stand there."""
        return list(self._strips)

    def words(self, name: str) -> str:
        """Return what a strip says."""
        return self._strips[name].accessibleName()

    def _add(self, name: str, strip: QWidget) -> None:
        self._strips[name] = strip
        self._column.addWidget(strip)

    def _act(self, key: str) -> None:
        if key.startswith("close:"):
            self.take(key.removeprefix("close:"))
        else:
            self.acted.emit(key)

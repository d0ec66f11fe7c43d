"""Something that takes its time: nothing at first, then what, how far, how long still, and a way to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Text

QUIET_MS = 300
_MINUTE = 60
_TELLING_SHARE = 0.02
_STEPS = 1000
# No count reaches a million: a sheet has 1,048,576 rows at most.
_MEGABYTE = 1 << 20


class LoadingPane(QWidget):
    """Shows itself when work takes longer than 300 ms; `cancel_asked` is only a wish, `finish` ends it.

    Esc asks to stop wherever the cursor stands: the work makes fields and buttons go dead, the one pressed last too.
    """

    cancel_asked = Signal()

    def __init__(
        self,
        quiet_ms: int = QUIET_MS,
        now: Callable[[], float] = time.monotonic,
        meanwhile: str = "可继续看别的台账",
        can_stop: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._meanwhile = meanwhile
        self._began = 0.0
        self._unit = ""
        self._total = 0
        self._what = Label("", bold=True)
        self._figures = Label("", ink="ink2")
        self._left = Label("", Text.SECONDARY, "ink2", wraps=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = Button("取消", shortcut="Esc", size=Size.SMALL)
        self._cancel.clicked.connect(self.cancel_asked)
        self._cancel.setVisible(can_stop)
        if can_stop:
            # Active only while this is seen.
            stop = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
            stop.setAutoRepeat(False)
            stop.activated.connect(self.cancel_asked)
            stop.activatedAmbiguously.connect(self.cancel_asked)
        self._timer = DeskTimer(self, quiet_ms, single=True)
        self._timer.timeout.connect(self.show)
        self._lay_out()
        self.hide()

    def start(self, what: str, total: int = 0, unit: str = "") -> None:
        """Begin something of `total` units; without a total the bar only says that it goes on."""
        self._began = self._now()
        self._unit = unit
        self._what.setText(what)
        self._bar.setAccessibleName(what)
        self._total = total
        # Bytes are more than the bar can count.
        self._bar.setRange(0, _STEPS if total else 0)
        self._cancel.setEnabled(True)
        self.advance(0)
        self._timer.start()

    def advance(self, done: int, note: str = "") -> None:
        """Say how far it is; the time left is counted from the pace so far."""
        total = self._total
        self._bar.setValue(done * _STEPS // total if total else 0)
        self._figures.setText(figures(done, total, self._unit) if total else "")
        left = time_left(done, total, self._now() - self._began)
        self._left.setText("，".join(words for words in (left, note or self._meanwhile) if words))
        self.setAccessibleName(f"{self._what.text()}，{self._figures.text()}，{self._left.text()}")

    def finish(self) -> None:
        """Go away, shown or not."""
        self._timer.stop()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._what)
        head.addStretch(1)
        head.addWidget(self._figures)
        foot = QHBoxLayout()
        foot.addWidget(self._left, 1)
        foot.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addLayout(foot)
        column.addStretch(1)


def figures(done: int, total: int, unit: str) -> str:
    """Return how far it is in words: rows and files as counts, what is copied in megabytes."""
    if total >= _MEGABYTE:
        return f"{done / _MEGABYTE:,.0f} / {total / _MEGABYTE:,.0f} MB"
    return f"{done:,} / {total:,} {unit}".strip()


def time_left(done: int, total: int, seconds: float) -> str:
    """Return how long it will still take, in words; nothing before the pace is known."""
    if not total or done >= total or done / total < _TELLING_SHARE:
        return ""
    left = seconds * (total - done) / done
    if left < 1:
        return "马上就好"
    return f"约还需 {round(left)} 秒" if left < _MINUTE else f"约还需 {round(left / _MINUTE)} 分钟"

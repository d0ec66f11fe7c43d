"""One of a few, all words in view; a drop-down where the words do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import icon
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import restyle
from paizhu.ui.kit.one_stop import let_tab_stop

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Segments(QWidget):
    """Exclusive choices as (key, words); `chosen` follows the officer's choice only."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._keys: list[str] = []
        self._words: list[str] = []
        self._buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        # A drop-down is nine widgets with its list, and hardly ever needed: the words nearly always have room.
        self._combo: DropDown | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        # What has no room is hidden, so the row must not insist on room for everything.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.setSpacing(0)
        self._row.addStretch(0)
        self._current = ""
        self._collapsed = False
        self._narrow = False
        """Whoever lays this out wants the room for something else."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().follow(self, self._measure)
        self.show_choices(choices)

    def show_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Replace the choices; without a current one nothing is chosen yet. The same ones stay."""
        if choices and list(choices) == list(zip(self._keys, self._words, strict=True)):
            self.set_current(current)
            return
        for old in self._buttons:
            self._group.removeButton(old)
            self._row.removeWidget(old)
            old.deleteLater()
        self._keys = [key for key, _ in choices]
        self._words = [words for _, words in choices]
        # What was chosen among the old ones means nothing here; a drop-down made while measuring would look for it.
        self._current = ""
        self._buttons = [self._button(at) for at in range(len(choices))]
        if self._combo:
            self._combo.clear()
            self._combo.addItems(self._words)
        self._measure()
        self.set_current(current)

    def current(self) -> str:
        """Return the chosen key; empty when nothing is chosen."""
        return self._current

    def set_current(self, key: str) -> None:
        """Choose without a signal; an unknown or empty key chooses nothing."""
        self._current = key if key in self._keys else ""
        self._group.setExclusive(False)
        for button, own in zip(self._buttons, self._keys, strict=True):
            button.setChecked(own == self._current)
            button.setIcon(icon("tick", "ink") if own == self._current else QIcon())
        self._group.setExclusive(True)
        if self._combo:
            self._combo.setCurrentIndex(self._keys.index(self._current) if self._current else -1)
        self._lead_focus()

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        return self.minimumSizeHint() if self._narrow else QSize(self.full_width(), theme.current().heights.button)

    def set_narrow(self, narrow: bool) -> None:
        """Ask for the room of a drop-down only, so that what stands beside gets the rest."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self.setSizePolicy(
                QSizePolicy.Policy.Maximum if narrow else QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
            )
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return how small it may get before its words are cut."""
        look = theme.current()
        metrics = QFontMetrics(look.font())
        longest = max((metrics.horizontalAdvance(words) for words in self._words), default=0)
        return QSize(longest + look.px(26) + 2 * 11, look.heights.button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is inside to the new width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move the choice, before the buttons only move the focus."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched in self._buttons:
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step:
                at = (self._buttons.index(watched) + step) % len(self._buttons)
                self._buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
                self._choose(self._keys[at])
                return True
        return super().eventFilter(watched, event)

    def _button(self, at: int) -> QPushButton:
        last = len(self._keys) - 1
        place = "only" if last == 0 else "first" if at == 0 else "last" if at == last else "middle"
        button = QPushButton(self._words[at], self)
        button.setProperty("segment", place)
        button.setCheckable(True)
        # 是 alone says nothing of what is asked.
        if self.accessibleName():
            button.setAccessibleName(f"{self.accessibleName()}：{self._words[at]}")
        button.installEventFilter(self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(self._keys[at]))
        self._group.addButton(button)
        self._row.insertWidget(at, button)
        restyle(button)
        return button

    def _choose(self, key: str) -> None:
        changed = key != self._current
        self.set_current(key)
        if changed:
            self.chosen.emit(key)

    def _measure(self) -> None:
        look = theme.current()
        metrics = QFontMetrics(look.font(bold=True))
        for button, words in zip(self._buttons, self._words, strict=True):
            # Room for the tick and bold words from the start, so that choosing moves nothing.
            button.setFixedWidth(metrics.horizontalAdvance(words) + look.px(18) + 4 + 2 * 11)
            button.setIconSize(QSize(look.px(17), look.px(14)))
        self.updateGeometry()
        self._fit()

    def full_width(self) -> int:
        """Return the room in which all words stand side by side."""
        return sum(button.minimumWidth() for button in self._buttons)

    def _fit(self) -> None:
        self._collapsed = self.width() < self.full_width()
        for button in self._buttons:
            button.setVisible(not self._collapsed)
        if self._collapsed and self._combo is None:
            self._combo = self._drop_down()
        if self._combo:
            self._combo.setVisible(self._collapsed)
        self._lead_focus()

    def _lead_focus(self) -> None:
        """Let whoever asks for the focus here, Tab or a form, come to what is chosen."""
        stop: QWidget | None = let_tab_stop(self._buttons)
        if target := self._combo if self._collapsed else stop:
            self.setFocusProxy(target)

    def _drop_down(self) -> DropDown:
        combo = DropDown(self)
        combo.setAccessibleName(self.accessibleName())
        combo.addItems(self._words)
        combo.setCurrentIndex(self._keys.index(self._current) if self._current else -1)
        combo.activated.connect(lambda at: self._choose(self._keys[at]))
        self._row.insertWidget(len(self._buttons), combo, 1)
        return combo

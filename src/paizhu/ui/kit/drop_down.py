"""A drop-down in which a choice is found by typing: its first words, its pinyin, or the initials of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QListView, QStyle, QStyleOptionComboBox, QWidget

from paizhu.base.text import folded, pinyin
from paizhu.ui import theme
from paizhu.ui.kit.word_list import WordDelegate

PAUSE_MS = 1000
"""After so long a letter begins anew instead of going on with those before it."""
_AROUND = 44
"""Room beside the words of a line: its edges and the bar that scrolls the list."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def place_of(typed: str, words: Sequence[str], start: int) -> int:
    """Return which of these words is meant, looked for from a place on and round again; -1 where none is.

    What begins with the letters goes before what holds them further in: who types ``sm`` means 书面, and 通过书面 only
    where nothing begins so. No input method is open in a list, so letters are what an officer types.
    """
    order = [*range(start, len(words)), *range(min(start, len(words)))]
    wanted = folded(typed)
    readings = [(folded(each), *pinyin(folded(each), person=False)) if each else () for each in words]
    begins = (at for at in order if any(reading.startswith(wanted) for reading in readings[at]))
    holds = (at for at in order if any(wanted in reading for reading in readings[at]))
    # The same letter twice walks through what begins with it, unless something begins with both.
    again = set(wanted) == {wanted[:1]} and len(wanted) > 1
    found = next(begins, -1)
    return place_of(wanted[0], words, start + 1) if found < 0 and again else found if found >= 0 else next(holds, -1)


class DropDown(QComboBox):
    """Letters typed one after the other narrow what is meant, the same letter again goes to the next choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._since = QElapsedTimer()
        self._list: _Keys | None = None
        self._asks = False

    def ask(self, words: str) -> None:
        """Let the first choice be none: what stands there is said as quietly as the hint in an empty field."""
        self._asks = bool(words)
        self.setItemText(0, words)

    @property
    def is_asking(self) -> bool:
        """Tell whether nothing is chosen yet, and a hint stands in place of a choice."""
        return self._asks and self.currentIndex() == 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a hint in the ink of hints."""
        if not self.is_asking:
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""  # type: ignore[attr-defined]  # it has it; the stubs do not
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, field, self)
        with QPainter(self) as painter:
            # The style sheet's ink goes before the palette's, so the words are painted here.
            self.style().drawComplexControl(box, option, painter, self)
            painter.setPen(theme.current().colour("ink3"))
            shown = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose what the letters mean; everything else is a key as in any drop-down."""
        if not (letter := _letter(event)):
            super().keyPressEvent(event)
        elif (at := self._meant(letter, self.currentIndex())) not in (-1, self.currentIndex()):
            self.setCurrentIndex(at)
            self.activated.emit(at)

    def showPopup(self) -> None:
        """Let letters move in the open list too, whose lines are as high and clear as those of every other list."""
        view = self.view()
        if self._list is None:
            self._list = _Keys(self, self._move)
            view.installEventFilter(self._list)
            if isinstance(view, QListView):
                self.setItemDelegate(WordDelegate(view))
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        view.setAccessibleName(self.accessibleName())
        view.setMinimumWidth(max(self.width(), longest + theme.current().px(_AROUND)))
        super().showPopup()

    def _move(self, event: QKeyEvent) -> bool:
        letter, view = _letter(event), self.view()
        if not letter:
            return False
        if (at := self._meant(letter, view.currentIndex().row())) >= 0:
            view.setCurrentIndex(self.model().index(at, self.modelColumn(), self.rootModelIndex()))
        return True

    def _meant(self, letter: str, here: int) -> int:
        """Return the choice that is meant with one more letter."""
        goes_on = self._since.isValid() and self._since.elapsed() < PAUSE_MS
        self._typed = self._typed + letter if goes_on else letter
        self._since.start()
        words = [self.itemText(at) for at in range(self.count())]
        # The first letter goes on from the choice there is; further ones may mean that same one.
        return place_of(self._typed, words, max(here, 0) + (len(self._typed) == 1))


class _Keys(QObject):
    """Hears the keys of the list that drops down."""

    def __init__(self, parent: QObject, pressed: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(parent)
        self._pressed = pressed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take letters before the list looks for a first character by itself."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._pressed(event):
            return True
        return super().eventFilter(watched, event)


def _letter(event: QKeyEvent) -> str:
    """Return what a key types; nothing for Space, which opens the list, and for keys that do something."""
    text = event.text()
    return text if text.isprintable() and text.strip() and not event.modifiers() & _HELD else ""

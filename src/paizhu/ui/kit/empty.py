"""What stands in place of rows when there are none: because nothing is there yet, or because nothing matches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.button import Button, Look, Offer, offer_button
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.loading import QUIET_MS
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark
from paizhu.ui.theme import Text

_MOST_OFFERS = 2


class EmptyState(QWidget):
    """What belongs here and how it gets here: a headline, a sentence, at most two offers."""

    acted = Signal(str)

    def __init__(
        self, headline: str, note: str = "", offers: Sequence[Offer] = (), *, mark: Mark | None = None
    ) -> None:
        super().__init__()
        if len(offers) > _MOST_OFFERS:
            raise ValueError("an empty place offers at most two things")
        self._headline = Label(headline, Text.SECTION)
        self._headline.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note = Label(note, ink="ink2", wraps=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._loud: list[Button] = []
        self._offered: dict[str, Button] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        for offer in offers:
            button = offer_button(offer)
            button.clicked.connect(lambda _=False, key=offer.key: self.acted.emit(key))
            self._row.addWidget(button)
            self._offered[offer.key] = button
            self._loud += [button] if offer.look is Look.PRIMARY else []
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 12)
        column.setSpacing(6)
        column.addStretch(1)
        if mark:
            column.addWidget(MarkLabel(mark, Text.SECTION, bold=True), 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            column.addWidget(self._headline)
        column.addWidget(self._note)
        column.addSpacing(6)
        column.addLayout(self._row)
        column.addStretch(1)
        self.show_words(mark.words if mark else headline, note)

    def quiet(self, quiet: bool) -> None:
        """Let the red offer stand back while something else on the page is red."""
        for button in self._loud:
            button.set_look(Look.SECONDARY if quiet else Look.PRIMARY)

    def show_offers(self, *keys: str) -> None:
        """Leave of the offers only those that lead anywhere now."""
        for key, button in self._offered.items():
            button.setVisible(key in keys)

    def show_words(self, headline: str, note: str) -> None:
        """Show other words over the same offers."""
        self._headline.setText(headline)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{headline}。{note}")


class NothingChosen(EmptyState):
    """No record of the list is chosen, or there is none yet that could be.

    It says so after a moment: where a record is on its way, as on a page just made, words would only flash up.
    """

    def __init__(self) -> None:
        super().__init__("选一条记录", " ")
        self._soon = DeskTimer(self, QUIET_MS, single=True)
        self._soon.timeout.connect(partial(self._speak, True))
        self.say(no_records=False)

    def showEvent(self, event: QShowEvent) -> None:
        """Wait a moment with the words."""
        self._speak(False)
        self._soon.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say nothing any more."""
        self._soon.stop()
        super().hideEvent(event)

    def _speak(self, aloud: bool) -> None:
        for label in (self._headline, self._note):
            label.setVisible(aloud)

    def say(self, *, no_records: bool) -> None:
        """Say what would stand here."""
        if no_records:
            self.show_words("这里显示记录的内容", "登记或导入以后，在左边的列表里选一条。")
        else:
            self.show_words("选一条记录", "在左边的列表里选一条，这里显示它的内容。")
        if self._soon.isActive():
            self._speak(False)


class NoMatch(EmptyState):
    """No row passes the filters: names them and says how much there is without them; Esc clears them."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__("没有符合条件的记录", " ", [Offer("clear", "清除筛选", shortcut="Esc")])
        self.acted.connect(lambda _: self.cleared.emit())

    def show_filters(self, filters: Sequence[str], without: str) -> None:
        """Name the filters; `without` is the unfiltered count in words, such as `46 次谈话`."""
        self.show_words("没有符合条件的记录", f"当前筛选：{' + '.join(filters)}。台账里共有 {without}。")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc clear the filters."""
        if event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()
            return
        super().keyPressEvent(event)

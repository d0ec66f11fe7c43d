"""Above a list: what the group's own ledgers say about the register as a whole, folded to one line until opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.flags.book_hints import BookHints
from paizhu.services.reviews.hints import ReviewHint
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.label import ElidedLabel
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.overviews.list_head import ListHead
from paizhu.ui.overviews.review_hints import HintsPane
from paizhu.ui.turns import next_turn

QUIET_MS = 4_000
_HIGHEST = 300
_NAMED = 3


class BookFlags(ListHead):
    """One line with how many and which; opened it shows each with its records and lets it be settled with a reason."""

    widens_list = False

    def __init__(self, context: Context, register: str) -> None:
        super().__init__(context)
        self.setProperty("ground", "surface2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("风险提示")
        self._reading = BookHints(context.office.desk, register)
        self.hints: list[ReviewHint] = []
        self._mark = MarkLabel(Mark(Shape.TRIANGLE, "", Tone.AMBER))
        self._mark.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._names = ElidedLabel("", ink="ink2")
        self.unfold = Button("展开", Look.LINK, size=Size.SMALL)
        self.unfold.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.unfold.clicked.connect(self._turn)
        row = QHBoxLayout()
        row.setContentsMargins(10, 3, 10, 3)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._names)
        # Without it what is left over is shared out between all three, and each floats in the middle of its share.
        row.addStretch(1)
        row.addWidget(self.unfold)
        self.pane = HintsPane(context.office)
        self.pane.record_asked.connect(context.events.asked_for)
        self.pane.settled.connect(self._settle)
        self.pane.brought_back.connect(self._bring_back)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.pane)
        self._scroll.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._scroll)
        column.addWidget(line())
        self._quiet = DeskTimer(self, QUIET_MS, single=True)
        self._quiet.timeout.connect(self._look)
        self._stale = self._fresh = True
        context.events.changed.connect(self._changed)
        theme.current().follow(self, self._measure)
        self.hide()
        # The list this will stand above is not known yet.
        next_turn(self, self._begin)

    def read(self) -> None:
        """Compare the books off the window's thread and show what is left to look into."""
        self._stale = self._fresh = False
        if not self.context.office.vault.closed:
            self.context.tasks.run(lambda _progress: self._reading.read(), self.show_hints, aside=True)

    def _begin(self) -> None:
        """Read for the first time once the list is in sight: comparing all the books is no small work."""
        if self._fresh and self._is_in_sight():
            self.read()

    def _is_in_sight(self) -> bool:
        above = self.parentWidget()
        return above is None or above.isVisible()

    def show_hints(self, hints: list[ReviewHint]) -> None:
        """Show these hints; settled ones keep a quiet line, so that they can be shown again."""
        self.hints = hints
        left = [hint for hint in hints if not hint.settled]
        self.setVisible(bool(hints))
        if not hints:
            self._scroll.hide()
            self._show_turn()
            return
        names = list(dict.fromkeys(hint.finding for hint in left or hints))
        more = " 等" if len(names) > _NAMED else ""
        told = f"{'、'.join(names[:_NAMED])}{more}"
        if left:
            self._mark.set_mark(Mark(Shape.TRIANGLE, f"风险提示 {len(left)} 条", Tone.AMBER))
            told += "，由本组台账比对得出，不是结论"
        else:
            self._mark.set_mark(Mark(Shape.TICK, f"提示已核实 {len(hints)} 条", Tone.DONE))
        self._names.set_words(told)
        self.pane.show_hints(hints, can_write=False)
        self._measure()

    def _turn(self) -> None:
        self._scroll.setVisible(self._scroll.isHidden())
        self._show_turn()
        self._measure()

    def _show_turn(self) -> None:
        words = "展开" if self._scroll.isHidden() else "收起"
        self.unfold.setText(words)
        self.unfold.setAccessibleName(f"{words}风险提示")

    def _settle(self, hint: ReviewHint, reason: str) -> None:
        self._do(lambda: self._reading.settle(hint, reason), f"已核实：{hint.finding}")

    def _bring_back(self, hint: ReviewHint) -> None:
        self._do(lambda: self._reading.bring_back(hint), f"已恢复提示：{hint.finding}")

    def _do(self, write: Callable[[], Change], words: str) -> None:
        """Settle a hint or take that back, off the window's thread: all the books are compared for it."""

        def done(change: Change) -> None:
            self.context.events.changed.emit(change)
            self.context.events.said.emit(words, change.entry)
            self.read()

        def failed(error: Exception) -> None:
            if isinstance(error, PaizhuError):
                messages.tell(self, error)

        self.context.tasks.run(lambda _progress: write(), done, failed)

    def _changed(self, _change: Change) -> None:
        self._stale = True
        self._quiet.start()

    def _look(self) -> None:
        """Read again when the officer pauses and the list is on screen."""
        if self._stale and self._is_in_sight():
            self.read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch up when the list is shown again."""
        if event.type() is QEvent.Type.Show:
            next_turn(self, self._begin) if self._fresh else self._quiet.start()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Watch the list this stands above: the line itself may be hidden."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ParentChange and (above := self.parentWidget()):
            above.installEventFilter(self)

    def _measure(self) -> None:
        width: QWidget = self._scroll.viewport()
        full = self.pane.height_now(max(width.width(), 1))
        self._scroll.setFixedHeight(min(full + 8, theme.current().px(_HIGHEST)))

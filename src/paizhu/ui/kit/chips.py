"""Saved filters as chips with their counts; those that do not fit move into 更多筛选."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLayout,
    QMenu,
    QSizePolicy,
    QWidget,
)

from paizhu.ui import theme
from paizhu.ui.icons import Shape, icon, paint_shape
from paizhu.ui.kit.one_stop import let_tab_stop
from paizhu.ui.kit.tool_button import EnterButton, ToolButton
from paizhu.ui.theme import Text

_GAP = 6
MORE_WORDS = "更多筛选"


@dataclass(frozen=True)
class Chip:
    """One saved filter: its key comes back when it is chosen; overdue ones carry the diamond."""

    key: str
    words: str
    count: int | None = None
    overdue: bool = False

    @property
    def figure(self) -> str:
        """The count as it is read everywhere, its thousands parted; empty without one."""
        return "" if self.count is None else f"{self.count:,}"


class ChipButton(EnterButton):
    """One chip: quiet words and count, bold on the selection colour when chosen."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = chip
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(chip)
        theme.current().follow(self, self.updateGeometry)

    def set_count(self, count: int | None) -> None:
        """Show another count."""
        self.show_chip(replace(self.chip, count=count))

    def show_chip(self, chip: Chip) -> None:
        """Show other words, another count or mark."""
        self.chip = chip
        self.setAccessibleName(chip.words if chip.count is None else f"{chip.words}，{chip.count} 项")
        self.setText(self.chip.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        look = theme.current()
        # Measured as if chosen, so that choosing moves nothing.
        words = QFontMetrics(look.font(Text.SECONDARY, bold=True)).horizontalAdvance(self.chip.words)
        shape = look.px(18) if self.chip.overdue else 0
        return QSize(words + shape + self._count_width() + look.px(24), look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            ink = look.colour("accent" if self.chip.overdue else "ink" if self.isChecked() else "ink2")
            font = look.font(Text.SECONDARY, bold=self.isChecked())
            words = QFontMetrics(font).horizontalAdvance(self.chip.words)
            shape = look.px(18) if self.chip.overdue else 0
            left = (self.width() - words - shape - self._count_width()) / 2
            if shape:
                side = look.px(12)
                place = QRectF(left, (self.height() - side) / 2, side, side)
                paint_shape(painter, place, Shape.DIAMOND, ink)
                left += shape
            painter.setPen(ink)
            painter.setFont(font)
            painter.drawText(QRectF(left, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.chip.words)
            if self.chip.count is not None:
                painter.setPen(ink if self.chip.overdue else look.colour("ink3"))
                painter.setFont(look.font(Text.SECONDARY))
                place = QRectF(left + words + look.px(5), 0, self._count_width(), self.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.chip.figure)

    def _paint_ground(self, painter: QPainter) -> None:
        look = theme.current()
        width = 2 if self.hasFocus() else 1
        loud = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(look.colour("slate" if loud else "line"), width))
        painter.setBrush(look.colour("sel" if self.isChecked() else "hover" if self.underMouse() else "surface"))
        place = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)

    def _count_width(self) -> int:
        if self.chip.count is None:
            return 0
        look = theme.current()
        return QFontMetrics(look.font(Text.SECONDARY)).horizontalAdvance(self.chip.figure) + look.px(5)


class ChipBar(QWidget):
    """A row of chips of which one is chosen; `more_asked` opens what other filters the page has."""

    chosen = Signal(str)
    more_asked = Signal()

    def __init__(self, chips: Sequence[Chip] = (), *, more: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_more = more
        self._buttons: list[ChipButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        # What has no room is hidden, so the row must not insist on room for everything.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.setSpacing(_GAP)
        self._menu = QMenu(self)
        self._more = ToolButton()
        self._more.setText(MORE_WORDS)
        self._more.setIcon(icon("filter"))
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.clicked.connect(self._show_more)
        # Without further filters the bar stands at the right end of a card's head.
        self._row.addStretch(0 if more else 1)
        self._row.addWidget(self._more)
        self._row.addStretch(1 if more else 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("筛选")
        theme.current().follow(self, self._fit)
        self.show_chips(chips)

    def show_chips(self, chips: Sequence[Chip], current: str = "") -> None:
        """Show these chips; without a current one the first is chosen. Nothing is signalled.

        A chip that stands there already stays, and the focus with it: counts come at any time.
        """
        wanted = {chip.key for chip in chips}
        for old in self._buttons:
            if old.chip.key not in wanted:
                self._take_out(old)
        kept = {button.chip.key: button for button in self._buttons if button.chip.key in wanted}
        self._buttons = []
        for place, chip in enumerate(chips, start=1):
            button = kept.get(chip.key) or self._made(chip)
            button.show_chip(chip)
            if self._row.indexOf(button) != place:
                self._row.removeWidget(button)
                self._row.insertWidget(place, button)
            self._buttons.append(button)
        self.set_current(current or (chips[0].key if chips else ""))

    def _made(self, chip: Chip) -> ChipButton:
        button = ChipButton(chip, self)
        button.clicked.connect(lambda _=False, key=chip.key: self._choose(key))
        self._group.addButton(button)
        return button

    def _take_out(self, old: ChipButton) -> None:
        self._group.removeButton(old)
        self._row.removeWidget(old)
        # Without a place in the row it would stand under the others until Qt is back in its loop.
        old.hide()
        old.deleteLater()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show new counts; chips that are not named keep theirs."""
        for button in self._buttons:
            if button.chip.key in counts:
                button.set_count(counts[button.chip.key])
        self._fit()

    def current(self) -> str:
        """Return the key of the chosen chip; empty when there is none."""
        return next((button.chip.key for button in self._buttons if button.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Choose a chip without a signal; none for a key that is not among them."""
        # Of a group in which one is always chosen Qt lets none be given up.
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(button.chip.key == key)
        self._group.setExclusive(True)
        self._fit()

    def hidden_keys(self) -> list[str]:
        """Return the keys of the chips that now stand in the menu."""
        return [button.chip.key for button in self._buttons if button.isHidden()]

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        widths = [button.sizeHint().width() + _GAP for button in self._buttons]
        return QSize(sum(widths) + self._more.sizeHint().width(), theme.current().heights.button)

    def least_width(self, few: int) -> int:
        """Return the room for the first few chips and the way to the others."""
        widths = [button.sizeHint().width() + _GAP for button in self._buttons[:few]]
        return sum(widths) + self._more.sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        """Return how small it may get before its words are cut."""
        return QSize(self._more.sizeHint().width(), theme.current().heights.small_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is inside to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def _fit(self) -> None:
        """Hide chips from the last until the rest fits; the chosen one's words then go on the menu's button."""
        self._more.setIconSize(QSize(theme.current().px(19), theme.current().px(16)))
        chosen = next((button.chip.words for button in self._buttons if button.isChecked()), "")
        # Only where the chosen chip finds no room beside the short words is there need of the longer ones.
        for words in (MORE_WORDS, f"{MORE_WORDS}：{chosen}"):
            self._more.setText(words)
            self._share()
            if not chosen or self.current() not in self.hidden_keys():
                break
        self._more.setVisible(self._has_more or bool(self.hidden_keys()))
        let_tab_stop(self._buttons)

    def _share(self) -> None:
        widths = [button.sizeHint().width() + _GAP for button in self._buttons]
        room = self.width() - (self._more.sizeHint().width() if self._has_more else 0)
        if sum(widths) > room:
            room = self.width() - self._more.sizeHint().width()
        used, whole = 0, self.width()
        for button, width in zip(self._buttons, widths, strict=True):
            used += width
            button.setVisible(used <= room)
            if self.width() != whole:
                # Another chip makes the bar around lay itself out anew, and this one was fitted to the new width.
                return

    def _show_more(self) -> None:
        if not self.hidden_keys():
            self.more_asked.emit()
            return
        self.fill_menu(self._menu)
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def fill_menu(self, menu: QMenu) -> None:
        """Put the hidden chips into a menu, and the way to the page's other filters."""
        menu.clear()
        for button in self._buttons:
            if button.isHidden():
                chip = button.chip
                count = f"  {chip.figure}" if chip.figure else ""
                action = menu.addAction(f"{chip.words}{count}")
                action.setCheckable(True)
                action.setChecked(button.isChecked())
                action.triggered.connect(lambda _=False, key=chip.key: self._choose(key))
        if self._has_more:
            menu.addSeparator()
            menu.addAction("其他条件…").triggered.connect(self.more_asked)

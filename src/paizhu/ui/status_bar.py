"""The line at the bottom: records and selection, newest backup, lock, audit chain; each opens its page."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStatusBar, QWidget

from paizhu.base import clock
from paizhu.ui import theme
from paizhu.ui.icons import Shape, icon
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.card import line
from paizhu.ui.kit.label import ElidedLabel, restyle
from paizhu.ui.kit.pills import StatusPill
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.moments import spoken
from paizhu.ui.theme import Text

_JOINED, _GAP = " · ", " " * 7
_BACKUP, _LOCK, _CHAIN = "backup", "lock", "chain"
# Red is an error that blocks; what is only to be done soon is amber.
_LOUD = {_BACKUP: "amber", _LOCK: "ink2", _CHAIN: "accent"}
_ICONS = {_BACKUP: "save", _LOCK: "lock", _CHAIN: "shield"}


class CountsLabel(ElidedLabel):
    """What a page counts, `共 46 次 · 已选 1 次`, with an upright line where the parts are joined."""

    def set_words(self, words: str) -> None:
        """Show other counts; read out they are parts of one sentence."""
        super().set_words(words)
        self.setAccessibleName(words.replace(_JOINED, "，"))

    def shown(self) -> str:
        """Return the line as it is painted: room for the lines in place of what joins the parts."""
        return self.words().replace(_JOINED, _GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, then the lines in the gaps between them."""
        super().paintEvent(event)
        look, metrics = theme.current(), self.fontMetrics()
        height, gap = look.px(16), metrics.horizontalAdvance(_GAP)
        with QPainter(self) as painter:
            at = 0
            for part in self.words().split(_JOINED)[:-1]:
                at += metrics.horizontalAdvance(part) + gap
                if at < self.width():
                    place = QRect(at - gap // 2, (self.height() - height) // 2, 1, height)
                    painter.fillRect(place, look.colour("line"))


class StatusBar(QStatusBar):
    """Speaks in whole words, so that no colour is needed; what is overdue is also red."""

    backup_asked = Signal()
    lock_asked = Signal()
    chain_asked = Signal()

    def __init__(self, stale_days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale_days = stale_days
        self._passed: int | None = None
        self.setSizeGripEnabled(False)
        self._page = CountsLabel("", Text.SECONDARY, "ink2")
        left = QWidget()
        indented = QHBoxLayout(left)
        indented.setContentsMargins(12, 0, 0, 0)
        indented.setSpacing(12)
        # For while another strip hides the one that says it: nobody may take the invented records for his own.
        self.sample = StatusPill(Mark(Shape.TRIANGLE, "示例数据", Tone.AMBER))
        self.sample.setToolTip("人名、单位、金额都是编的，可以随意改动")
        self.sample.hide()
        indented.addWidget(self.sample)
        indented.addWidget(self._page)
        indented.addStretch(1)
        self.addWidget(left, 1)
        self._loud: set[str] = set()
        self._buttons: dict[str, Button] = {}
        asked = {_BACKUP: self.backup_asked, _LOCK: self.lock_asked, _CHAIN: self.chain_asked}
        for key, signal in asked.items():
            button = Button("", Look.FLAT)
            button.clicked.connect(signal)
            self._buttons[key] = button
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 4, 0)
            row.setSpacing(4)
            if key is not _BACKUP:
                row.addWidget(line(upright=True))
            row.addWidget(button)
            self.addPermanentWidget(holder)
        theme.current().follow(self, self._show_icons)
        self._show_icons()

    def show_page(self, words: str) -> None:
        """Show what the current page counts, such as `共 46 次 · 已选 1 次`."""
        self._page.set_words(words)

    def words(self, key: str) -> str:
        """Return what stands on a button: `backup`, `lock` or `chain`."""
        return self._buttons[key].accessibleName()

    def show_backup(self, newest: datetime | None) -> None:
        """Show when the newest proven backup was made; none, or an old one, is amber."""
        if newest is None:
            self._say(_BACKUP, "还没有备份", loud=True)
            return
        days = (clock.now() - newest).days
        if days >= self._stale_days:
            self._say(_BACKUP, f"已 {days} 天没有备份", loud=True)
        else:
            self._say(_BACKUP, f"上次备份 {spoken(newest)}")
        self._buttons[_BACKUP].setToolTip(f"最近一份核验过的备份：{newest:%Y-%m-%d %H:%M}")

    def show_lock(self, minutes: int) -> None:
        """Show after how many minutes without a key or pointer the desk locks itself."""
        self._say(_LOCK, f"{minutes} 分钟无操作自动锁定")
        self._buttons[_LOCK].setToolTip("现在锁定（Ctrl+L）")

    def show_chain(self, entries: int | None, wrong: int = 0) -> None:
        """Show how the chain of the journal stands; None while it is still being verified."""
        self._passed = entries if not wrong else None
        if entries is None:
            self._say(_CHAIN, "正在校验留痕链")
        elif wrong:
            self._say(_CHAIN, f"留痕链有 {wrong} 条校验不符", loud=True)
        else:
            self._say(_CHAIN, f"留痕链校验通过 · {entries:,} 条")
        self._buttons[_CHAIN].setToolTip("看最近操作")

    def count_entry(self, entry: int) -> None:
        """Count an entry that joined a chain found whole; one being verified, or broken, tells of itself."""
        if self._passed is not None and entry > self._passed:
            self.show_chain(entry)

    def _say(self, key: str, words: str, *, loud: bool = False) -> None:
        button = self._buttons[key]
        (self._loud.add if loud else self._loud.discard)(key)
        button.setText(words)
        button.setAccessibleName(words)
        button.setProperty("ink", _LOUD[key] if loud else "")
        restyle(button)
        self._show_icon(key, button)

    def _show_icons(self) -> None:
        for key, button in self._buttons.items():
            self._show_icon(key, button)

    def _show_icon(self, key: str, button: QPushButton) -> None:
        side = theme.current().px(16)
        button.setIconSize(QSize(side + 4, side))
        button.setIcon(QIcon(icon(_ICONS[key], _LOUD[key] if key in self._loud else "ink2")))

"""The top line of the open desk: tabs at the left, searching, locking, settings and help at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import icon
from paizhu.ui.kit.search_box import SearchBox
from paizhu.ui.kit.tab_bar import TabBar
from paizhu.ui.kit.tool_button import ToolButton
from paizhu.ui.tabs import Tab

_LEAST_SEARCH = 150
_WIDEST_SEARCH = 226
_TINY_SEARCH = 60


class DeskHead(QFrame):
    """Tabs and corner; where room is scarce the corner's buttons move into 菜单."""

    tab_chosen = Signal(str)
    lock_asked = Signal()
    settings_asked = Signal()
    help_asked = Signal()

    def __init__(self, tabs: Sequence[Tab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface2")
        self._keys = [tab.key for tab in tabs]
        self.tabs = TabBar()
        self.tabs.setAccessibleName("台账")
        for place, tab in enumerate(tabs, start=1):
            index = self.tabs.addTab(tab.label)
            self.tabs.setTabToolTip(index, f"{tab.label}（Ctrl+{place}）")
        self.tabs.tabBarClicked.connect(self._click)
        self.tabs.currentChanged.connect(self._change)
        self.search = SearchBox("搜索全部台账", "Ctrl+K")
        self.lock = self._button("锁定", "lock", "锁定（Ctrl+L）", self.lock_asked.emit)
        self.settings = self._button("设置", "settings", "设置（Ctrl+,）", self.settings_asked.emit)
        self.help = self._button("帮助", "help", "帮助（F1）", self.help_asked.emit)
        self.menu = self._button("菜单", "menu", "设置、帮助和其他", None)
        self.menu.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.setMenu(QMenu(self.menu))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 0, 8, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        self._row.addStretch(1)
        for widget in (self.search, self.lock, self.settings, self.help, self.menu):
            self._row.addWidget(widget)
        theme.current().follow(self, self._measure)
        self._measure()

    def fill_menu(self, actions: Sequence[QAction]) -> None:
        """Put these commands into 菜单."""
        menu = self.menu.menu()
        menu.clear()
        menu.addActions(list(actions))

    def choose(self, key: str) -> None:
        """Mark a tab without a signal; a page without a tab leaves the mark where it is."""
        if key in self._keys:
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(self._keys.index(key))
            self.tabs.blockSignals(False)
            self.tabs.update()

    def set_badge(self, key: str, overdue: int) -> None:
        """Show how many are overdue under a tab."""
        if key in self._keys:
            self.tabs.set_badge(self._keys.index(key), overdue)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the corner to the new width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the room of the tabs alone: the corner gives way."""
        return QSize(theme.current().px(320), theme.current().heights.tab_bar)

    def _click(self, index: int) -> None:
        # The tab under the mark may be clicked to leave a page that has no tab of its own.
        if index == self.tabs.currentIndex() and index >= 0:
            self.tab_chosen.emit(self._keys[index])

    def _change(self, index: int) -> None:
        if index >= 0:
            self.tab_chosen.emit(self._keys[index])

    def _button(self, words: str, name: str, tip: str, run: Callable[[], object] | None) -> ToolButton:
        button = ToolButton()
        button.setText(words)
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setAccessibleName(words)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if run:
            # Without the state of the button, which the signal brings.
            button.clicked.connect(lambda _=False: run())
        return button

    def _measure(self) -> None:
        look = theme.current()
        for button in (self.lock, self.settings, self.help, self.menu):
            # Wider than the drawing: Qt itself leaves hardly a gap between it and the word.
            button.setIconSize(QSize(look.px(20), look.px(16)))
        self.setFixedHeight(look.heights.tab_bar)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self.tabs.fit_into(self.width() - self.menu.sizeHint().width() - look.px(_TINY_SEARCH) - 34)
        corner = sum(button.sizeHint().width() + 4 for button in (self.lock, self.settings, self.help))
        room = self.width() - self.tabs.sizeHint().width() - 30
        roomy = room >= corner + look.px(_LEAST_SEARCH)
        for button in (self.settings, self.help):
            button.setVisible(roomy)
        self.menu.setVisible(not roomy)
        if not roomy:
            corner = sum(button.sizeHint().width() + 4 for button in (self.lock, self.menu))
        # At the largest fonts even locking is left to the menu and to Ctrl+L.
        tight = room < corner + look.px(_LEAST_SEARCH) and not roomy
        self.lock.setVisible(not tight)
        if tight:
            corner = self.menu.sizeHint().width() + 4
        self.search.setFixedWidth(max(min(room - corner, look.px(_WIDEST_SEARCH)), look.px(_TINY_SEARCH)))

"""What F1 says at each step of the first run: the section of the help about it, below what is filled in there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.scrolled import bring_into_view
from paizhu.ui.pages.help_pages import FIRST_RUN, section
from paizhu.ui.theme import Text

RESTORING = "从备份恢复"
_SHOW, _HIDE = "这一步的说明", "收起说明"


class StepHelp(QFrame):
    """Hidden until it is asked for; `button` stands elsewhere, the key works in the whole wizard."""

    def __init__(self, wizard: QWidget) -> None:
        super().__init__()
        self.setProperty("frame", "hint-slate")
        self._title = Label("", Text.SECTION)
        self._words = Label("", Text.BODY, "ink2", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._words)
        self.button = Button(_SHOW, Look.FLAT, icon="help", shortcut="F1", size=Size.SMALL)
        self.button.clicked.connect(self.turn)
        key = QShortcut(QKeySequence("F1"), wizard, self.turn)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setAutoRepeat(False)
        self.hide()

    def below(self, steps: QWidget) -> QVBoxLayout:
        """Return the steps with this under them."""
        column = QVBoxLayout()
        column.addWidget(steps, 1)
        column.addWidget(self)
        return column

    def words(self) -> str:
        """Return what is said about the step in front."""
        return self._words.text()

    def show_step(self, label: str) -> None:
        """Have ready what is to be said about another step; it is shown when it is asked for again."""
        self._title.setText(f"说明：{label}")
        self._words.setText(section(FIRST_RUN, label))
        self.setAccessibleName(f"说明：{label}。{self._words.text()}")
        self._show(shown=False)

    def turn(self) -> None:
        """Show it, or put it away again."""
        self._show(shown=self.isHidden())

    def _show(self, *, shown: bool) -> None:
        self.setVisible(shown)
        words = _HIDE if shown else _SHOW
        self.button.setText(f"{words} F1")
        self.button.setAccessibleName(words)
        if shown:
            bring_into_view(self)

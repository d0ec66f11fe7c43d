"""The bar that says what was written outside the vault, with the way to it: the file, and the folder it lies in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.icons import icon
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.foot_bar import FootBar
from paizhu.ui.kit.label import ElidedLabel
from paizhu.ui.theme import Text

STAYS_MS = 60_000
"""Longer than what can be undone: a large workbook is often waited for elsewhere."""
FILE_KEY, FOLDER_KEY = "Ctrl+O", "Ctrl+Shift+E"
_NOTHING = "这次打开以后还没有导出、另存过文件。"


class WrittenBar(FootBar):
    """Hidden until a file or folder was written; the last one is remembered until the desk is left."""

    left = Signal()
    """It went while the cursor was in it."""

    def __init__(self, context: Context, stays_ms: int = STAYS_MS) -> None:
        super().__init__()
        self.setProperty("frame", "undo")
        self._context = context
        self._path: Path | None = None
        self._icon = QLabel()
        self._words = ElidedLabel("", Text.BODY, "on_slate")
        self.file_button = Button("打开文件", Look.LINK_ON_SLATE, shortcut=FILE_KEY)
        self.folder_button = Button("打开所在文件夹", Look.LINK_ON_SLATE, shortcut=FOLDER_KEY)
        self.copy_button = Button("复制路径", Look.LINK_ON_SLATE)
        self.close_button = Button("知道了", Look.LINK_ON_SLATE)
        for button, do in (
            (self.file_button, self.open_file),
            (self.folder_button, self.open_folder),
            (self.copy_button, self._copy),
            (self.close_button, self.settle),
        ):
            button.clicked.connect(do)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.setSpacing(10)
        for part in (self._icon, self._words, self.file_button, self.folder_button, self.copy_button):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self._timer = DeskTimer(self, stays_ms, single=True)
        self._timer.timeout.connect(self._time_is_over)
        context.events.written.connect(self.show_written)
        context.events.said.connect(self.settle)
        context.events.begun.connect(self.settle)
        theme.current().follow(self, self._show_icon)
        self._show_icon()
        self.hide()

    def show_written(self, words: str, path: Path) -> None:
        """Say what was written and offer the way to it."""
        self._path = path
        # What would be run rather than shown is only pointed at.
        self._say(words, is_file=not path.is_dir() and not messages.would_run(path))
        self._timer.start()

    def open_file(self) -> None:
        """Show the file that was written last with the system's own program."""
        if self._path is not None and messages.would_run(self._path):
            self.open_folder()
        else:
            self._open(self._path)

    def open_folder(self) -> None:
        """Show the folder in which it lies, or which it is."""
        self._open(self._path if self._path is None or self._path.is_dir() else self._path.parent)

    def settle(self) -> None:
        """Leave: something else is said or begun."""
        self._timer.stop()
        if self.isHidden():
            return
        inside = self.holds_cursor()
        self.hide()
        if inside:
            self.left.emit()

    def words(self) -> str:
        """Return what the bar says."""
        return self._words.words()

    # --- the machine -----------------------------------------------------------------------------------------

    def _open(self, path: Path | None) -> None:
        if path is None or self._path is None:
            self._context.events.said.emit(_NOTHING, 0)
        elif not path.exists():
            self._say(f"已经不在那里了，可能移走或改了名：{path}", is_file=False, stuck=True)
        elif not messages.open_file(path):
            what = "文件夹" if path.is_dir() else "这种文件"
            self._say(f"这台电脑上没有打开{what}的程序。写好的在：{self._path}", is_file=False, stuck=True)

    def _say(self, words: str, *, is_file: bool, stuck: bool = False) -> None:
        """Show words with what can be done; where nothing opens, the path can be taken along."""
        self._words.set_words(words)
        self.setAccessibleName(words)
        self.setToolTip(str(self._path or ""))
        held = self.holds_cursor()
        self.file_button.setVisible(is_file)
        self.folder_button.setVisible(not stuck)
        self.copy_button.setVisible(stuck)
        self.show()
        self._timer.stop()
        if held:
            (self.copy_button if stuck else self.folder_button).setFocus()

    def _copy(self) -> None:
        messages.copy(str(self._path or ""))
        self._context.events.said.emit("路径已复制。", 0)

    def _time_is_over(self) -> None:
        # Whoever is about to press one of its buttons keeps it.
        if not self.holds_cursor():
            self.settle()

    def _show_icon(self) -> None:
        side = theme.current().px(16)
        self._icon.setPixmap(icon("done", "on_slate").pixmap(QSize(side, side), self.devicePixelRatioF()))

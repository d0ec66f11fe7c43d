"""The step 选择文件: files dropped or chosen, and the password of a workbook that is locked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui import messages, theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.theme import Text
from paizhu.ui.wizards.locked_file import LockedFile

KINDS = "支持 xlsx、xlsm、xls、et、ods、csv；可以一次选几个文件，一个文件里可以有几张表。"


class FilesPane(QWidget):
    """Where files are put; `chosen` gives those to be read, `locked` asks for the password of one."""

    chosen = Signal(list)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.choose = Button("选择文件", Look.SECONDARY, icon="folder")
        self.choose.clicked.connect(self._choose)
        drop = QFrame()
        drop.setProperty("frame", "box")
        inside = QVBoxLayout(drop)
        inside.setContentsMargins(16, 26, 16, 26)
        inside.setSpacing(10)
        title = Label("把旧台账拖到这里", Text.SECTION)
        note = Label(KINDS, ink="ink2", wraps=True)
        for label in (title, note):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        inside.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.locked = LockedFile("文件密码")
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label("选择文件", Text.SECTION))
        column.addWidget(drop)
        column.addLayout(self._list)
        column.addWidget(self.locked)
        column.addStretch(1)
        around = QHBoxLayout()
        around.addWidget(self._body, 3)
        around.addStretch(1)
        room = QVBoxLayout(self)
        room.setContentsMargins(16, 14, 16, 12)
        room.addWidget(scrolled(around))
        theme.current().follow(self, self._measure)
        self._measure()
        self.setFocusProxy(self.choose)

    def offer(self, widget: QWidget) -> None:
        """Show something to go on with above the place for files."""
        layout = self._body.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, widget)

    def show_files(self, names: Sequence[tuple[str, str]]) -> None:
        """Show file names with a note each, and how to leave one out."""
        empty(self._list)
        if not names and self.isVisible():
            # While a file was read the focus had gone elsewhere; after a refusal the next is chosen.
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        for at, (name, note) in enumerate(names):
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(4, 0, 0, 0)
            row.addWidget(ElidedLabel(name, Text.BODY))
            row.addWidget(ElidedLabel(note, Text.SECONDARY, "ink2"))
            row.addStretch(1)
            leave = Button("去掉", Look.LINK, size=Size.SMALL)
            leave.setAccessibleName(f"去掉 {name}")
            leave.clicked.connect(lambda _=False, at=at: self.removed.emit(at))
            row.addWidget(leave)
            self._list.addWidget(holder)

    def _choose(self) -> None:
        if paths := messages.ask_open_many(self, "选择要导入的旧台账"):
            self.chosen.emit(paths)

    def _measure(self) -> None:
        self._body.setMaximumWidth(theme.current().px(760))
        self._body.setMinimumWidth(theme.current().px(420))

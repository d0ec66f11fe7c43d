"""The step 选择文件: files dropped or chosen, and the password of a workbook that is locked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui import messages, theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.theme import Text

KINDS = "支持 xlsx、xlsm、xls、et、ods、csv；可以一次选几个文件，一个文件里可以有几张表。"


def dropped_files(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """Return the files a drop brings; folders and addresses are left alone."""
    urls = event.mimeData().urls() if event.mimeData() else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


class FilesPane(QWidget):
    """Where files are put; `chosen` gives those to be read, `password_given` opens the one that is locked."""

    chosen = Signal(list)
    removed = Signal(int)
    password_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
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
        self._asking = self._make_question()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label("选择文件", Text.SECTION))
        column.addWidget(drop)
        column.addLayout(self._list)
        column.addWidget(self._asking)
        column.addStretch(1)
        around = QHBoxLayout(self)
        around.setContentsMargins(16, 14, 16, 12)
        around.addWidget(self._body, 3)
        around.addStretch(1)
        theme.current().follow(self, self._measure)
        self._measure()
        self.setFocusProxy(self.choose)

    def _make_question(self) -> QWidget:
        page = QWidget()
        self._asked = Label("", bold=True, wraps=True)
        self.password = PasswordEdit("文件密码")
        self._note = FieldNote(self.password.field)
        self.open = Button("用这个密码打开", Look.SECONDARY)
        self.open.clicked.connect(self._give)
        self.password.entered.connect(self._give)
        asking = QVBoxLayout(page)
        asking.setContentsMargins(0, 8, 0, 0)
        asking.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.password, 1)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        asking.addWidget(self._asked)
        asking.addLayout(row)
        asking.addWidget(self._note)
        asking.addWidget(Label("密码只用来打开这个文件，不会保存。", Text.SECONDARY, "ink2"))
        page.hide()
        return page

    def offer(self, widget: QWidget) -> None:
        """Show something to go on with above the place for files."""
        layout = self._body.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, widget)

    def show_files(self, names: Sequence[tuple[str, str]]) -> None:
        """Show file names with a note each, and how to leave one out."""
        empty(self._list)
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

    def ask_password(self, name: str, wrong: str = "") -> None:
        """Ask for the password of a file; `wrong` says why the last one did not do."""
        self._asked.setText(f"《{name}》设有打开密码，请输入：")
        self.password.clear()
        if wrong:
            self._note.show_error(wrong)
        else:
            self._note.clear()
        self._asking.show()
        self.password.setFocus()

    def ask_nothing(self) -> None:
        """Take the question for a password away and forget what was typed."""
        self.password.clear()
        self._asking.hide()

    def asks_password(self) -> bool:
        """Tell whether a password is wanted."""
        return not self._asking.isHidden()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take dropped files."""
        if paths := dropped_files(event):
            event.acceptProposedAction()
            self.chosen.emit(paths)

    def _choose(self) -> None:
        if paths := messages.ask_open_many(self, "选择要导入的旧台账"):
            self.chosen.emit(paths)

    def _give(self) -> None:
        if words := self.password.text():
            self.password_given.emit(words)

    def _measure(self) -> None:
        self._body.setMaximumWidth(theme.current().px(760))
        self._body.setMinimumWidth(theme.current().px(420))

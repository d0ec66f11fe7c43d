"""The files at a record: dragged in or chosen, opened from a folder the program clears again, taken off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.base.field import FieldKind
from paizhu.base.register import Register
from paizhu.ui import messages
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.file_link import FileLink
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.theme import Text

_KIB, _MIB = 1 << 10, 1 << 20
_AT_ONCE = 40
"""Lines made in one go."""
_PRESSED = (0, 4, 5)
"""Where in a line something can be pressed: the name, 另存, 移除."""
ANY_FILE = "所有文件 (*)"
_HINT = "也可以把文件拖到这里。文件加密保存在工作台里，原来的文件不动。"
_LOCKED = "已归档，只读。要添加或移除附件，先在上面“申请更正（留痕）”，写明原因。"
_FILLS = "已归档，还有待补的：可以补录附件；要移除，先在上面“申请更正（留痕）”。"


class AttachmentsPane(QWidget):
    """The list of files; every wish is told by a signal. What is dropped on the record lands here."""

    add_asked = Signal(object, str)
    """Paths of files and the slot they belong to (empty for none)."""
    open_asked = Signal(object)
    save_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._can_add = self._can_remove = False
        self._locked, self._takes = False, True
        self._shown: Callable[[], None] | None = None
        self._slots: Mapping[str, str] = {}
        self._files: list[Mapping[str, Any]] = []
        self._lines = 0
        self._more: Button | None = None
        self.add_button = Button("添加附件", icon="plus")
        self.add_button.clicked.connect(self._choose)
        self._hint = Label(_HINT, Text.SECONDARY, "ink2", wraps=True)
        self.slot = DropDown()
        self.slot.setAccessibleName("附件放在哪一项")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.add_button)
        head.addWidget(self.slot)
        head.addStretch(1)
        self._column.addLayout(head)
        # Below the buttons: beside them a narrow pane has no room for a sentence.
        self._column.addWidget(self._hint)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._column.addWidget(self._list)
        # Not an alignment: with one, Qt gives a list of wrapped words the height it has at another width.
        self._column.addStretch(1)

    def show_files(self, register: Register, files: Sequence[Mapping[str, Any]], *, can_add: bool) -> None:
        """Show the files of a record; one that is only to be read takes none and gives none away."""
        # The same record shown again keeps the lines that were asked for.
        first = [file["id"] for file in (*self._files[:1], *files[:1])]
        same, shown = len(first) == 2 and first[0] == first[1], self._lines
        self._shown = partial(self.show_files, register, files, can_add=can_add)
        self._can_add, self._can_remove = can_add and self._takes, can_add and not self._locked
        self._slots = {field.name: field.label for field in register.fields if field.kind is FieldKind.FILES}
        if self.slot.count() != len(self._slots) + 1:
            self.slot.clear()
            self.slot.addItem("不指定项目", "")
            for name, label in self._slots.items():
                self.slot.addItem(f"作为：{label}", name)
        self.slot.setVisible(self._can_add and bool(self._slots))
        self.add_button.setVisible(can_add)
        self._hint.setVisible(can_add)
        self._hint.setText(_FILLS if self._can_add and self._locked else _HINT if self._can_add else _LOCKED)
        self.add_button.allow() if self._can_add else self.add_button.refuse(_LOCKED)
        held = self._held()
        self._list.hide()
        self._list.deleteLater()
        self._list = QFrame()
        self._list.setProperty("frame", "box" if files else "")
        self._files, self._grid, self._more = list(files), QGridLayout(self._list), None
        self._grid.setContentsMargins(12, 6, 8, 6)
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._lines = 0
        self._show_some(max(_AT_ONCE, shown) if same else _AT_ONCE)
        if not files:
            self._grid.addWidget(Label("还没有附件", ink="ink2"), 0, 0)
        self._column.insertWidget(self._column.count() - 1, self._list)
        if held and self._lines:
            self._hold_again(*held)

    def _held(self) -> tuple[int, int] | None:
        """Return the line and place of what has the keys in the list; None while they are elsewhere."""
        focus = QApplication.focusWidget()
        if focus is None or not self._list.isAncestorOf(focus):
            return None
        places = ((line, place) for line in range(self._lines) for place in _PRESSED)
        return next((each for each in places if self._at(*each) is focus), None)

    def _hold_again(self, line: int, place: int) -> None:
        """Give the keys to the same place again: where a file was removed the one that follows it stands there now."""
        line = min(line, self._lines - 1)
        target = self._at(line, place) or self._at(line, 0)
        if target is not None:
            self._list.show()
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _at(self, line: int, place: int) -> QWidget | None:
        item = self._grid.itemAtPosition(line, place)
        inside = item.layout().itemAt(0) if item is not None and item.layout() is not None else item
        return inside.widget() if inside is not None else None

    def _show_some(self, count: int) -> None:
        """Show so many lines more; of hundreds of files the window does not make all at once."""
        if self._more is not None:
            self._grid.removeWidget(self._more)
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        for at, file in enumerate(self._files[self._lines : self._lines + count], self._lines):
            self._add_line(self._grid, at, file)
        self._lines = min(self._lines + count, len(self._files))
        if left := len(self._files) - self._lines:
            self._more = Button(f"再显示 {min(left, _AT_ONCE)} 个（还有 {left} 个）", Look.LINK)
            self._more.clicked.connect(self._go_on)
            self._grid.addWidget(self._more, self._lines, 0, Qt.AlignmentFlag.AlignLeft)

    def _go_on(self) -> None:
        first = self._lines
        self._show_some(_AT_ONCE)
        link = self._grid.itemAtPosition(first, 0)
        if link is not None and (held := link.layout()) is not None and (item := held.itemAt(0)) is not None:
            name = item.widget()
            if name is not None:
                # The link that was pressed is gone: whoever works with keys goes on at the first file it brought.
                name.show()
                name.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, locked: bool, *, takes: bool) -> None:
        """Let the files of a settled record only be read; with ``takes`` more can still be added, none taken off."""
        if (locked, takes) != (self._locked, self._takes):
            self._locked, self._takes = locked, takes
            if self._shown:
                self._shown()

    def slot_now(self) -> str:
        """Return the field that files put in now belong to; empty for none."""
        return str(self.slot.currentData() or "")

    def _choose(self) -> None:
        if paths := messages.ask_open_many(self, "添加附件", ANY_FILE):
            self.add_asked.emit(paths, self.slot_now())

    def _add_line(self, grid: QGridLayout, at: int, file: Mapping[str, Any]) -> None:
        name = FileLink(str(file["name"]))
        name.clicked.connect(lambda: self.open_asked.emit(file))
        held = QHBoxLayout()
        held.addWidget(name)
        held.addStretch(1)
        grid.addLayout(held, at, 0)
        slot = self._slots.get(str(file["slot"]), "")
        grid.addWidget(ElidedLabel(slot, Text.SECONDARY, "ink2"), at, 1)
        grid.addWidget(Label(size_words(int(file["size"])), Text.SECONDARY, "ink2"), at, 2)
        grid.addWidget(Label(str(file["added_at"])[:10], Text.SECONDARY, "ink2"), at, 3)
        for place, (words, signal) in enumerate((("另存", self.save_asked), ("移除", self.remove_asked)), start=4):
            if words == "移除" and not self._can_remove:
                continue
            button = Button(words, Look.LINK, size=Size.SMALL)
            button.setAccessibleName(f"{words} {file['name']}")
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(file))
            grid.addWidget(button, at, place)


def size_words(size: int) -> str:
    """Return the size of a file as people say it."""
    if size < _KIB:
        return f"{size} 字节"
    return f"{size / _KIB:.0f} KB" if size < _MIB else f"{size / _MIB:.1f} MB"

"""One place for files: what lies in it, what is wanted there, and the way to put a file in by drag or by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui import messages
from paizhu.ui.dropped import files_of
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Offer, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.file_link import FileLink
from paizhu.ui.kit.label import ElidedLabel, Label, restyle
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.panes import chain, tab_stops
from paizhu.ui.register.attachments_pane import ANY_FILE
from paizhu.ui.theme import Text


class FileSlot(QFrame):
    """Files of one place, a line each; an empty place says what is missing. It stores nothing itself."""

    add_asked = Signal(object, str)
    """Paths of files, and the place they belong to."""
    open_asked = Signal(object)
    acted = Signal(str, str)
    """Key of an offer and the place it was made at."""

    def __init__(self, slot: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slot, self.name = slot, name
        self._can_add = self._locked = False
        self._shown: Callable[[], None] | None = None
        self.setAcceptDrops(True)
        self.setProperty("frame", "slot")
        # Never seen: it keeps the place of the buttons among what Tab stops at, while they are made anew.
        self._start = QWidget(self, focusPolicy=Qt.FocusPolicy.TabFocus)
        self._start.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 4, 8, 4)
        self._column.setSpacing(2)

    def show_files(
        self,
        files: Sequence[Mapping[str, Any]],
        *,
        can_add: bool,
        missing: str = "",
        note: str = "",
        offers: Sequence[Offer] = (),
    ) -> None:
        """Show what lies here; ``missing`` is said in amber while nothing does, ``note`` quietly beside the name."""
        self._can_add = can_add and not self._locked
        again = partial(self.show_files, files, can_add=can_add, missing=missing, note=note, offers=offers)
        self._shown = again
        empty(self._column)
        for file in files:
            self._column.addWidget(self._file(file, is_last=file is files[-1]))
        if not files:
            self._column.addWidget(self._empty(missing, note, offers))
        chain([self._start, *(stop for stop in tab_stops(self) if stop is not self._start)])
        state = f"{len(files)} 份" if files else missing or "没有文件"
        self.setAccessibleName(f"{self.name}：{state}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep a click here from being taken for the wish to edit the field around it."""
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and nothing else; the place shows that they will land here."""
        if self._can_add and files_of(event.mimeData()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask to put what was dropped in this place."""
        self._light(False)
        if paths := files_of(event.mimeData()):
            event.acceptProposedAction()
            self.add_asked.emit(paths, self.slot)

    def choose(self) -> None:
        """Ask for files to put in this place."""
        if paths := messages.ask_open_many(self, f"添加{self.name}", ANY_FILE):
            self.add_asked.emit(paths, self.slot)

    def lock(self, locked: bool) -> None:
        """Let files only be looked at."""
        self._locked = locked
        if self._shown:
            self._shown()

    def _light(self, on: bool) -> None:
        self.setProperty("frame", "slot-lit" if on else "slot")
        restyle(self)

    def _file(self, file: Mapping[str, Any], *, is_last: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = FileLink(str(file["name"]))
        name.clicked.connect(lambda: self.open_asked.emit(file))
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(Label(str(file["added_at"])[5:10], Text.SECONDARY, "ink2"))
        if is_last and self._can_add:
            row.addWidget(self._adding("再添"))
        return line

    def _adding(self, words: str) -> Button:
        add = Button(words, Look.LINK, icon="plus", size=Size.SMALL)
        add.setAccessibleName(f"添加{self.name}")
        add.setToolTip("也可以把文件拖到这一行")
        add.clicked.connect(self.choose)
        return add

    def _empty(self, missing: str, note: str, offers: Sequence[Offer]) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(10)
        if missing:
            row.addWidget(MarkLabel(Mark(Shape.SQUARE, missing, Tone.AMBER), bold=False))
        else:
            row.addWidget(ElidedLabel("没有文件" if self._locked else note or self.name, ink="ink2"))
        row.addStretch(1)
        if self._can_add:
            row.addWidget(self._adding("添加"))
        column.addLayout(row)
        if offers:
            more = QHBoxLayout()
            more.setSpacing(14)
            for offer in offers:
                button = Button(offer.words, Look.LINK, size=Size.SMALL)
                button.setAccessibleName(f"{offer.words}，{self.name}")
                button.clicked.connect(lambda _=False, key=offer.key: self.acted.emit(key, self.slot))
                more.addWidget(button)
            more.addStretch(1)
            column.addLayout(more)
        return foot

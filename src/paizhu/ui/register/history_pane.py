"""What was done to one record, act by act, each with its way back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.base.register import Register
from paizhu.services.history import Entry, FieldChange
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.segments import Segments
from paizhu.ui.theme import Text

_AT_ONCE = 30
EVERY, LOOKS = "every", "looks"
_LONGEST = 120
_MOST_LINES = 40
"""Lines of one act shown in one go."""


class HistoryPane(QWidget):
    """The acts on a record, the newest first; `undo_asked` names the entry to take back."""

    undo_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._changes: list[FieldChange] = []
        self._register: Register | None = None
        self._shown = _AT_ONCE
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._every: list[FieldChange] = []
        self._looks: list[FieldChange] = []
        self.which = Segments("留痕", ((EVERY, "本条全部留痕"), (LOOKS, "整件事谁看过、打印过")))
        self.which.chosen.connect(self._choose)
        self.which.hide()
        self._column.addWidget(self.which)
        self._list = QWidget()
        self._column.addWidget(self._list)
        # Not an alignment: with one, Qt gives a list of wrapped words the height it has at another width.
        self._column.addStretch(1)

    def show_changes(
        self, register: Register, changes: Sequence[FieldChange], looks: Sequence[FieldChange] | None = None
    ) -> None:
        """Show the acts behind these changes; with ``looks`` also who looked at any record of the matter."""
        self._register, self._every, self._looks = register, list(changes), list(looks or ())
        self.which.setVisible(looks is not None)
        self._choose(self.which.current() or EVERY)

    def _choose(self, which: str) -> None:
        self.which.set_current(which)
        looked = which == LOOKS and not self.which.isHidden()
        self._changes, self._shown = self._looks if looked else self._every, _AT_ONCE
        self._build()

    def acts(self) -> list[tuple[Entry, list[FieldChange]]]:
        """Return the acts with what each changed, the newest first."""
        return [
            (group[0].entry, group) for _, each in groupby(self._changes, lambda c: c.entry.id) if (group := list(each))
        ]

    def _build(self) -> None:
        self._list.hide()
        self._list.deleteLater()
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        acts = self.acts()
        for entry, changes in acts[: self._shown]:
            column.addWidget(self._act(entry, changes))
        if len(acts) > self._shown:
            more = Button(f"显示更早的 {len(acts) - self._shown} 次", Look.LINK)
            more.clicked.connect(self._show_more)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if not acts:
            looked = self._changes is self._looks and not self.which.isHidden()
            none = "还没有人查看举报人、打印或导出过这件事" if looked else "还没有修改记录"
            column.addWidget(Label(none, ink="ink2"))
        self._column.insertWidget(self._column.count() - 1, self._list)

    def _show_more(self) -> None:
        self._shown += _AT_ONCE
        self._build()

    def _act(self, entry: Entry, changes: Sequence[FieldChange]) -> QWidget:
        card = QFrame()
        card.setProperty("frame", "box")
        card.setAccessibleName(f"{entry.at.replace('T', ' ')[:16]}，{entry.actor}，{entry.label}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(entry.at.replace("T", " ")[:16], Text.SECONDARY, "ink2"))
        head.addWidget(Label(entry.label, bold=True, wraps=True), 1)
        head.addWidget(Label(entry.actor, Text.SECONDARY, "ink2"))
        if entry.undone_by:
            head.addWidget(Label("已撤销", Text.SECONDARY, "ink3"))
        elif entry.undoable:
            undo = Button("重做" if entry.undoes and not entry.brings_back else "撤销", Look.LINK, size=Size.SMALL)
            undo.setAccessibleName(f"{undo.text()}：{entry.label}")
            undo.clicked.connect(lambda: self.undo_asked.emit(entry.id))
            head.addWidget(undo)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self._add_lines(grid, 0, changes)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(grid)
        return card

    def _add_lines(self, grid: QGridLayout, at: int, changes: Sequence[FieldChange]) -> None:
        """Add what an act changed, some lines at a time: a record may have come with hundreds of rows."""
        for line, change in enumerate(changes[:_MOST_LINES], at):
            place = Label(self._place(change), Text.SECONDARY, "ink3")
            grid.addWidget(place, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(_words(change), Text.SECONDARY, wraps=True), line, 1)
        if left := changes[_MOST_LINES:]:
            more = Button(f"再显示 {min(len(left), _MOST_LINES)} 处（还有 {len(left)} 处）", Look.LINK, size=Size.SMALL)
            more.clicked.connect(lambda: self._show_rest(grid, at + _MOST_LINES, more, left))
            grid.addWidget(more, at + _MOST_LINES, 1, Qt.AlignmentFlag.AlignLeft)

    def _show_rest(self, grid: QGridLayout, at: int, more: Button, left: Sequence[FieldChange]) -> None:
        """Show the next of what one act changed in place of the link to them."""
        grid.removeWidget(more)
        more.hide()
        more.deleteLater()
        self._add_lines(grid, at, left)

    def _place(self, change: FieldChange) -> str:
        """Return the field's label, after the kind of rows it belongs to where it is not the record's own."""
        below = change.kind.partition(".")[2]
        if self._register and change.kind != self._register.key and not below:
            # What is no register lies at the record: a file.
            return next((each.label for each in registers.REGISTERS if each.key == change.kind), "附件")
        if below and self._register:
            return f"{self._register.child(below).label}·{change.label}"
        return change.label


def _words(change: FieldChange) -> str:
    before, after = (_cut(words) for words in (change.before, change.after))
    if change.action == "create" or not before:
        return after or "（空）"
    return f"{before} → {after or '（空）'}"


def _cut(words: str) -> str:
    flat = " ".join(words.split())
    return f"{flat[:_LONGEST]}…" if len(flat) > _LONGEST else flat

"""A titled part of a form: fields in one or two columns, read as text, opened for typing as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.panes import chain, tab_stops
from paizhu.ui.register.edit_covered import is_secret
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.theme import Text

_GAP = 8
_FIELD_ROOM = 132


class FormSection(QWidget):
    """Title, how much is lacking, 修改, and the fields; `edit_asked` names the field that was clicked, if any."""

    edit_asked = Signal(str)
    reveal_asked = Signal()
    """What of it is covered should be shown, after the password was given again."""

    def __init__(self, title: str, rows: Sequence[FieldRow]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.rows = list(rows)
        self.title = title
        self._locked = False
        self._arranged: tuple[object, ...] = ()
        self._lacking = MarkLabel(Mark(Shape.SQUARE, "", Tone.AMBER), Text.SECONDARY, bold=False)
        self._empty = Label("还没有填写", Text.SECONDARY, "ink3")
        self.edit_button = Button("修改", Look.LINK, shortcut="F2", size=Size.SMALL)
        self.edit_button.setAccessibleName(f"修改{title}")
        self.edit_button.clicked.connect(lambda: self.edit_asked.emit(""))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(title, Text.SECTION))
        head.addWidget(self._lacking)
        head.addWidget(self._empty)
        head.addStretch(1)
        self.reveal_button: Button | None = None
        self._secret = [row for row in self.rows if is_secret(row.field)]
        if self._secret:
            self.reveal_button = Button("查看需留痕", Look.LINK, size=Size.SMALL)
            self.reveal_button.setAccessibleName(f"查看需留痕，{title}里遮盖的内容")
            self.reveal_button.setToolTip("须再输入口令并写明事由；谁、何时、为何查看，记入留痕链")
            self.reveal_button.clicked.connect(self.reveal_asked)
            head.addWidget(self.reveal_button)
        head.addWidget(self.edit_button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._grid)
        for row in self.rows:
            row.setParent(self)
            row.clicked.connect(self._clicked)

    @property
    def editing(self) -> bool:
        """Tell whether the section is open for typing."""
        return any(row.editing for row in self.rows)

    @property
    def takes_files(self) -> bool:
        """Tell whether a place for files stands in it."""
        return any(row.slot for row in self.rows)

    @property
    def can_edit(self) -> bool:
        """Tell whether anything in it can be typed."""
        return any(row.can_edit for row in self.rows)

    def open(self) -> None:
        """Open every field that can be typed."""
        for row in self.rows:
            row.open()

    def shut(self) -> None:
        """Show plain text again."""
        for row in self.rows:
            row.shut()

    def lock(self, locked: bool, *, only_fills: bool = False) -> None:
        """Take 修改 away from a record that is only to be read, or let only what stands empty be typed."""
        self._locked = locked
        self.edit_button.setText("补录 F2" if only_fills else "修改 F2")
        for row in self.rows:
            row.only_fills = only_fills
            if row.slot:
                row.slot.lock(locked)

    def uncover(self) -> None:
        """Show what is covered."""
        for row in self._secret:
            row.uncover()
        self._tell([row for row in self.rows if row.shown])

    def cover(self, *, typed: bool) -> None:
        """Cover what was revealed; with ``typed`` what stands in the editors too."""
        for row in self._secret:
            row.cover(typed=typed)
        if self._secret:
            self._tell([row for row in self.rows if row.shown])

    def arrange(self, width: int, labels: int) -> None:
        """Place what is to be seen for this width, in two columns where both have room."""
        shown = [row for row in self.rows if row.shown]
        look = theme.current()
        pairs = width >= 2 * (labels + look.px(_FIELD_ROOM) + _GAP) + _GAP
        self._tell(shown)
        wanted = (pairs, labels, tuple((id(row), row.is_wide(), row.editing) for row in shown))
        if wanted == self._arranged:
            return
        self._arranged = wanted
        for row in self.rows:
            if row.made:
                self._grid.removeWidget(row.label)
                self._grid.removeWidget(row.cell)
            row.set_visible(row in shown)
        line, second = 0, False
        for row in shown:
            row.measure(labels)
            wide = row.is_wide() or not pairs
            if wide and second:
                line, second = line + 1, False
            at = 2 if second else 0
            self._grid.addWidget(row.label, line, at, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(row.cell, line, at + 1, 1, 3 if wide and pairs else 1)
            if wide:
                line += 1
            else:
                line, second = (line + 1, False) if second else (line, True)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1 if pairs else 0)
        self._order_tabs(shown)

    def _tell(self, shown: list[FieldRow]) -> None:
        lacking = sum(row.lacking for row in self.rows)
        self._lacking.set_mark(Mark(Shape.SQUARE, f"待补 {lacking}", Tone.AMBER))
        self._lacking.setVisible(bool(lacking) and not self.editing)
        self._empty.setVisible(not shown)
        self.edit_button.setVisible(self.can_edit and not self._locked and not self.editing)
        if self.reveal_button:
            self.reveal_button.setVisible(any(row.has_covered for row in self.rows))

    def _order_tabs(self, shown: list[FieldRow]) -> None:
        # All that can take the focus in a cell, or what stands beside an editor would come after the last field.
        # They follow the section's own button: editors made later would else come after the last section opened.
        head = [self.reveal_button, self.edit_button] if self.reveal_button else [self.edit_button]
        stops = [stop for row in shown if row.takes_focus for stop in tab_stops(row.cell)]
        # Qt moves only what is out of order, and an editor whose line was moved away from it leads back to that line.
        chain([*head, *reversed(stops)])
        chain([*head, *stops])

    def _clicked(self, name: str) -> None:
        if not self._locked and not self.editing:
            self.edit_asked.emit(name)

"""处分影响期表 in the window: every kind with length, effect and source; what the law leaves open is set here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.influence_limits import CHOICES, LABELS, InfluenceLimits, Line
from paizhu.services.time_limits import CONFIDENCE
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.roles import Mark, MarkRole, RowRole, SecondLineRole, Tone
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.tasks import Progress
from paizhu.ui.theme import Text

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_LONGEST = 120
COLUMNS = (
    Column("name", "处分处理和依据", 320, stretches=True),
    Column("months", "影响期", 110),
    Column("state", "核对", 124, CellKind.STATUS),
)


def length_words(line: Line) -> str:
    """Return how long a kind weighs, in words."""
    kind = line.kind
    if kind.start == "permanent":
        return "长期"
    if not kind.months:
        return "没有"
    return f"{kind.months} 个月" if kind.months % 12 else f"{kind.months // 12} 年"


def mark(line: Line) -> Mark:
    """Return whether this office set the length, else how sure its source is."""
    if line.changed:
        return Mark(Shape.DOT, "本单位设定", Tone.DONE)
    if line.kind.confidence == "verified":
        return Mark(Shape.TICK, CONFIDENCE["verified"], Tone.DONE)
    return Mark(Shape.TRIANGLE, CONFIDENCE["memory"], Tone.AMBER)


class InfluenceModel(Guarded, QAbstractTableModel):
    """Every kind of measure in the order of the table."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def row_of(self, code: str) -> int:
        """Return the row of a kind; -1 when it is not shown."""
        return next((row for row, line in enumerate(self.lines) if line.kind.code == code), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, second line or mark of a cell."""
        line, column = self.lines[index.row()], COLUMNS[index.column()]
        words = {"name": line.kind.name, "months": length_words(line), "state": mark(line).words}[column.key]
        match role:
            case _ROLE.DisplayRole:
                return words
            case _ROLE.AccessibleTextRole:
                return f"{column.words}：{words}"
            case _ROLE.ToolTipRole if column.key == "name":
                return "\n".join(part for part in (line.kind.effect, line.kind.source) if part)
        if role == RowRole:
            return line
        if role == MarkRole and column.key == "state":
            return mark(line)
        if role == SecondLineRole and column.key == "name":
            return line.kind.source
        return None


class InfluencePage(PageFrame):
    """The table at the left, the chosen kind at the right, and above it how the open questions are read here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("影响期表", scrolls=False, parent=parent)
        self._context = context
        self._limits = InfluenceLimits(context.office.desk)
        self.model = InfluenceModel()
        self.table = RegisterTable("影响期表", row=RowHeight.TWO_LINES)
        self.table.show_model(self.model, COLUMNS)
        self.table.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.table.picked.connect(lambda _row: self._show_chosen())
        self.table.opened.connect(lambda _row: self.months.setFocus())
        listing = Card("处分处理的影响期", "法律法规定了长度的不能改，单条记录可以按文件另定期满日", plain_head=True)
        listing.fill()
        listing.body.addWidget(self.table, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._choices())
        right.addWidget(self._editor())
        right.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        halves.addWidget(listing, 5)
        halves.addWidget(scrolled(right), 4)
        self.body.addLayout(halves, 1)
        self.refresh()
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Read the table again, standing at the same kind."""
        line = self.chosen()
        lines = self._limits.lines()
        self.model.show_lines(lines)
        self.set_note(f"共 {len(lines)} 种，本单位设定 {sum(each.changed for each in lines)} 种；内置值随时可以恢复")
        self._show_choices()
        self.table.go_to(max(self.model.row_of(line.kind.code), 0) if line else 0)
        self._show_chosen()

    def chosen(self) -> Line | None:
        """Return the kind in the current row."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def choose(self, code: str) -> None:
        """Stand at a kind."""
        self.table.go_to(self.model.row_of(code))

    def place(self) -> object:
        """Return the code of the kind in hand."""
        line = self.chosen()
        return line.kind.code if line else None

    def return_to(self, place: object) -> None:
        """Stand at a kind again."""
        if isinstance(place, str):
            self.choose(place)

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action in ("complete", "save", "record.complete", "record.save") and self.save.isEnabled():
            self.save_chosen()
            return True
        return False

    def save_chosen(self) -> None:
        """Keep the length typed for this office."""
        line = self.chosen()
        if line:
            months, reason, document = self.months.value(), self.reason.text(), self.document.text()
            self._change(lambda: self._limits.set_months(line.kind.code, months, reason, document))

    def put_back(self) -> None:
        """Return to the built-in length."""
        line = self.chosen()
        if line:
            self._change(lambda: self._limits.put_back(line.kind.code))

    # --- the machine -------------------------------------------------------------------------------------------

    def _change(self, change: Callable[[], Change]) -> None:
        """Change the table off this thread: every measure that stands is counted again."""
        self._trouble.clear()

        def done(made: Change) -> None:
            self.refresh()
            moved = len(made.records)
            self._context.events.changed.emit(made)
            told = (
                f"影响期表已改，{moved} 条处分的期满日跟着变动。" if moved else "影响期表已改，已登记的期满日没有变动。"
            )
            self._context.events.said.emit(told, made.entry if moved else 0)
            self._context.events.settings_changed.emit("influence")

        def failed(error: Exception) -> None:
            if isinstance(error, PaizhuError):
                self._trouble.show_error(messages.sentence(error))
            self._show_choices()

        def work(_progress: Progress) -> Change:
            return change()

        self._context.tasks.run(work, done, failed)

    def _show_choices(self) -> None:
        for name, segments in self.choices.items():
            segments.set_current(self._limits.choice(name))

    def _choices(self) -> Card:
        card = Card("各处说法不一的", "按本单位口径选", plain_head=True)
        self.choices: dict[str, Segments] = {}
        for name, label in LABELS.items():
            segments = Segments(label, list(CHOICES[name].items()))
            segments.chosen.connect(lambda key, name=name: self._change(lambda: self._limits.choose(name, key)))
            self.choices[name] = segments
            card.body.addWidget(Label(label, ink="ink2", wraps=True))
            card.body.addWidget(segments)
        return card

    def _editor(self) -> Card:
        card = Card("这一种", plain_head=True)
        self.name = Label("", Text.SECTION, wraps=True)
        self.effect = Label("", wraps=True)
        self.source = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.months = QSpinBox()
        self.months.setRange(0, _LONGEST)
        self.months.setSuffix(" 个月")
        self.reason, self.document = QLineEdit(), QLineEdit()
        self.reason.setPlaceholderText("为什么与内置的不同")
        self.document.setPlaceholderText("依据的文件和文号")
        self._trouble = FieldNote(self.document)
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows = (("影响期", self.months), ("改动理由", self.reason), ("文号", self.document))
        for at, (words, widget) in enumerate(rows):
            label = Label(words, ink="ink2")
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            grid.addWidget(label, at, 0)
            grid.addWidget(widget, at, 1)
        self.save = Button("保存本单位设定", Look.PRIMARY, icon="save", shortcut="Ctrl+S")
        self.save.clicked.connect(self.save_chosen)
        self.back_to_shipped = Button("恢复内置值", icon="undo")
        self.back_to_shipped.clicked.connect(self.put_back)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.save, self.back_to_shipped, ReasonLabel(self.save)):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (self.name, self.effect, self.source, self._fields, self._trouble):
            card.body.addWidget(part)
        card.body.addLayout(buttons)
        self.months.valueChanged.connect(lambda _value: self._allow())
        return card

    def _show_chosen(self) -> None:
        line = self.chosen()
        if line is None:
            return
        kind = line.kind
        self.name.setText(kind.name)
        self.effect.setText(kind.effect)
        self.effect.setVisible(bool(kind.effect))
        shipped = f"；内置 {line.shipped.months} 个月" if line.changed else ""
        self.source.setText(f"{kind.source}{shipped}")
        self.months.setValue(kind.months)
        self.reason.setText(line.reason)
        self.document.setText(line.doc_no)
        self._trouble.clear()
        self._fields.setVisible(kind.setting)
        self.back_to_shipped.setVisible(line.changed)
        self._allow()

    def _allow(self) -> None:
        line = self.chosen()
        if line is None:
            return
        if not line.kind.setting:
            self.save.refuse("有规定，不能改")
        elif self.months.value() == line.kind.months:
            self.save.refuse("没有改动")
        else:
            self.save.allow()

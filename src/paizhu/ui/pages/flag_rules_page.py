"""The rules of red flags in the window: words, source, and numbers that this office may set with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Change
from paizhu.rules.flags.finding import Given
from paizhu.services.time_limits import CONFIDENCE
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.roles import Mark, MarkRole, RowRole, SecondLineRole, Tone, ToneRole
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.tasks import Progress
from paizhu.ui.theme import Text

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
COLUMNS = (
    Column("name", "提示和规则", 320, stretches=True),
    Column("level", "级别", 96),
    Column("state", "核对", 124, CellKind.STATUS),
    Column("code", "编号", 76, rank=3),
)


def changed(rule: Given) -> bool:
    """Tell whether a number of the rule is not the shipped one."""
    return any(rule.written[each.name] != each.default for each in rule.rule.parameters)


def mark(rule: Given) -> Mark:
    """Return whether this office set the rule, else how sure its source is."""
    if changed(rule):
        return Mark(Shape.DOT, "本单位设定", Tone.DONE)
    match rule.rule.confidence:
        case "verified":
            return Mark(Shape.TICK, CONFIDENCE["verified"], Tone.DONE)
        case "memory":
            return Mark(Shape.TRIANGLE, CONFIDENCE["memory"], Tone.AMBER)
    return Mark(Shape.DOT, "程序设定", Tone.DONE)


class FlagRulesModel(Guarded, QAbstractTableModel):
    """Every rule with the numbers that hold now, in the order of the table."""

    def __init__(self) -> None:
        super().__init__()
        self.rules: list[Given] = []

    def show_rules(self, rules: Sequence[Given]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self.rules = list(rules)
        self.endResetModel()

    def row_of(self, code: str) -> int:
        """Return the row of a rule; -1 when it is not shown."""
        return next((row for row, rule in enumerate(self.rules) if rule.rule.code == code), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.rules)

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
        given = self.rules[index.row()]
        rule, column = given.rule, COLUMNS[index.column()]
        words = {"name": rule.name, "level": rule.level.words, "state": mark(given).words, "code": rule.code}[
            column.key
        ]
        match role:
            case _ROLE.DisplayRole:
                return words
            case _ROLE.AccessibleTextRole:
                return f"{column.words}：{words}"
            case _ROLE.ToolTipRole if column.key == "name":
                return f"{given.words}\n{rule.source}"
        if role == RowRole:
            return given
        if role == MarkRole and column.key == "state":
            return mark(given)
        if role == SecondLineRole and column.key == "name":
            return given.words
        if role == ToneRole and column.key == "code":
            return Tone.DONE
        return None


class FlagRulesPage(PageFrame):
    """The rules at the left, the numbers of the chosen one at the right; flags are counted anew after a change."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("提示规则", scrolls=False, parent=parent)
        self._context = context
        self._flags = context.office.flags
        self._lines: dict[str, QLineEdit] = {}
        self.model = FlagRulesModel()
        self.table = RegisterTable("提示规则", row=RowHeight.TWO_LINES)
        self.table.show_model(self.model, COLUMNS)
        self.table.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.table.picked.connect(self._show_chosen)
        self.table.opened.connect(lambda _row: self._edit())
        listing = Card("由本组台账比对得出", "提示供人核实，不是结论，不给人打分", plain_head=True)
        listing.fill()
        listing.body.addWidget(self.table, 1)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        halves.addWidget(listing, 5)
        right = QVBoxLayout()
        right.addWidget(self._editor())
        right.addStretch(1)
        halves.addWidget(scrolled(right), 4)
        self.body.addLayout(halves, 1)
        self.refresh()
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Read the rules again, standing at the same one."""
        chosen = self.chosen()
        rules = list(self._flags.rules().values())
        self.model.show_rules(rules)
        self.set_note(f"共 {len(rules)} 条，本单位调整过 {sum(map(changed, rules))} 条；内置数值随时可以恢复")
        row = max(self.model.row_of(chosen.rule.code), 0) if chosen else 0
        self.table.go_to(row)
        self._show_chosen(row)

    def chosen(self) -> Given | None:
        """Return the rule in the current row."""
        row = self.table.currentIndex().row()
        return self.model.rules[row] if 0 <= row < len(self.model.rules) else None

    def choose(self, code: str) -> None:
        """Stand at a rule."""
        self.table.go_to(self.model.row_of(code))

    def place(self) -> object:
        """Return the code of the rule in hand."""
        given = self.chosen()
        return given.rule.code if given else None

    def return_to(self, place: object) -> None:
        """Stand at a rule again."""
        if isinstance(place, str):
            self.choose(place)

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action in ("complete", "save", "record.complete", "record.save") and self.save.isEnabled():
            self.save_chosen()
            return True
        return False

    def editor(self, name: str) -> QLineEdit:
        """Return the line that edits a number of the rule in hand."""
        return self._lines[name]

    def save_chosen(self) -> None:
        """Keep the numbers typed, each with the reason; nothing is kept when one of them is refused."""
        given = self.chosen()
        if given:
            written = {name: line.text().strip() for name, line in self._lines.items()}
            self._set({name: value for name, value in written.items() if value != given.written[name]})

    def put_back(self) -> None:
        """Return to the numbers the program came with."""
        given = self.chosen()
        if given:
            names = [each.name for each in given.rule.parameters if given.written[each.name] != each.default]
            self._set(dict.fromkeys(names), reason="恢复内置数值")

    # --- the machine -------------------------------------------------------------------------------------------

    def _set(self, numbers: Mapping[str, str | None], reason: str = "") -> None:
        given, reason = self.chosen(), reason or self.reason.text()
        if given is None:
            return
        self._clear_notes()
        try:
            self._flags.set_parameters(given.rule.code, numbers, reason)
        except InvalidRecordError as error:
            for problem in error.problems:
                self._notes.get(problem.field, self._notes["reason"]).show_error(problem.message)
            return
        self.reason.clear()
        self.refresh()
        self._context.events.said.emit(f"“{given.rule.name}”已调整，正在重新比对。", 0)

        def work(progress: Progress) -> Change:
            return self._flags.recompute(progress=lambda words, done, total: progress.report(done, total, words))

        self._context.tasks.run(work, self._context.events.changed.emit, label="正在重新比对提示")

    def _clear_notes(self) -> None:
        for note in self._notes.values():
            note.clear()

    def _editor(self) -> Card:
        card = Card("这一条", plain_head=True)
        self.name = Label("", Text.SECTION, wraps=True)
        self.words = Label("", wraps=True)
        self.source = Label("", Text.SECONDARY, "ink2", wraps=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("调整理由")
        self.reason.setPlaceholderText("为什么调整，记入留痕")
        self._reason_label = Label("调整理由", ink="ink2")
        self._reason_label.setBuddy(self.reason)
        self._reason_note = FieldNote(self.reason)
        self._notes: dict[str, FieldNote] = {"reason": self._reason_note}
        below = QGridLayout()
        below.setHorizontalSpacing(12)
        below.setColumnStretch(1, 1)
        below.addWidget(self._reason_label, 0, 0)
        below.addWidget(self.reason, 0, 1)
        below.addWidget(self._reason_note, 1, 1)
        self.save = Button("保存本单位数值", Look.PRIMARY, icon="save", shortcut="Ctrl+S")
        self.save.clicked.connect(self.save_chosen)
        self.back_to_shipped = Button("恢复内置数值", icon="undo")
        self.back_to_shipped.clicked.connect(self.put_back)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._why = ReasonLabel(self.save)
        for part in (self.save, self.back_to_shipped, self._why):
            buttons.addWidget(part)
        buttons.addStretch(1)
        for label in (self.name, self.words, self.source):
            card.body.addWidget(label)
        card.body.addLayout(self._grid)
        card.body.addLayout(below)
        card.body.addLayout(buttons)
        return card

    def _show_chosen(self, _row: int) -> None:
        given = self.chosen()
        if given is None:
            return
        rule = given.rule
        self.name.setText(f"{rule.name}（{rule.code}）")
        self.words.setText(given.words)
        self.source.setText(rule.source)
        self._show_numbers(given)
        self.back_to_shipped.setVisible(changed(given))
        self._allow()
        for widget in (self.reason, self._reason_label, self.save):
            widget.setVisible(bool(rule.parameters))
        if not rule.parameters:
            self._why.hide()

    def _show_numbers(self, given: Given) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._lines, self._notes = {}, {"reason": self._reason_note}
        self._clear_notes()
        for at, each in enumerate(given.rule.parameters):
            line = QLineEdit(given.written[each.name])
            label = Label(each.label, ink="ink2")
            label.setBuddy(line)
            unit = f"{each.unit}　" if each.unit else ""
            line.setAccessibleName(each.label)
            line.textChanged.connect(lambda _words: self._allow())
            self._lines[each.name], self._notes[each.name] = line, FieldNote(line)
            for column, widget in enumerate((label, line, Label(f"{unit}内置 {each.default}", Text.SECONDARY, "ink2"))):
                self._grid.addWidget(widget, 2 * at, column)
            self._grid.addWidget(self._notes[each.name], 2 * at + 1, 1, 1, 2)

    def _edit(self) -> None:
        if self._lines:
            next(iter(self._lines.values())).setFocus()

    def _allow(self) -> None:
        given = self.chosen()
        if given is None:
            return
        same = all(line.text().strip() == given.written[name] for name, line in self._lines.items())
        self.save.refuse("没有改动") if same else self.save.allow()

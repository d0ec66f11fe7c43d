"""谈话规则: which talks a year asks for and what each kind demands, set for this office with a reason, and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Problem
from paizhu.rules.talk_table import KindRule, PlanRule, TalkTable, shipped
from paizhu.services.talk_rules import Override, TalkRules
from paizhu.services.time_limits import CONFIDENCE
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.roles import Mark, MarkRole, SecondLineRole, Tone
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.theme import Text

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_PLAN, _KIND = "plan", "kind"
COLUMNS = (Column("name", "规则", 320, stretches=True), Column("state", "核对", 124, CellKind.STATUS))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a rule that asks for talks, or what a kind of talk demands, and what this office set over it."""

    part: str
    rule: PlanRule | KindRule
    override: Override | None

    @property
    def words(self) -> str:
        """The rule in words with what holds now."""
        if isinstance(self.rule, PlanRule):
            return self.rule.sentence
        said = ["谈话人不少于两人" if self.rule.two_talkers else "一人可以谈", "先报批" if self.rule.approval else ""]
        return "，".join([*(words for words in said if words), f"要点 {len(self.rule.points)} 条"])

    @property
    def mark(self) -> Mark:
        """Whether this office set it, else how sure its source is."""
        if self.override:
            return Mark(Shape.DOT, "本单位设定", Tone.DONE)
        if self.rule.confidence == "memory":
            return Mark(Shape.TRIANGLE, CONFIDENCE["memory"], Tone.AMBER)
        return Mark(Shape.DOT, "程序设定" if self.rule.confidence == "custom" else CONFIDENCE["verified"], Tone.DONE)


class TalkRulesModel(Guarded, QAbstractTableModel):
    """Every rule, those that ask for talks first."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these in place of those there were."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section].words
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, second line or mark of a cell."""
        entry, column = self.entries[index.row()], COLUMNS[index.column()]
        words = entry.rule.name if column.key == "name" else entry.mark.words
        match role:
            case _ROLE.DisplayRole:
                return words
            case _ROLE.AccessibleTextRole:
                return f"{column.words}：{words}，{entry.words}"
            case _ROLE.ToolTipRole:
                return f"{entry.words}\n依据：{entry.rule.source}"
        if role == MarkRole and column.key == "state":
            return entry.mark
        if role == SecondLineRole and column.key == "name":
            return entry.words
        return None


class TalkRulesPage(PageFrame):
    """The rules at the left, the one in hand at the right; nothing changes without a reason."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("谈话规则", scrolls=False, parent=parent)
        self._context = context
        self._rules = TalkRules(context.office.desk)
        self.model = TalkRulesModel()
        self.table = RegisterTable("谈话规则", row=RowHeight.TWO_LINES)
        self.table.show_model(self.model, COLUMNS)
        self.table.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.table.picked.connect(self._show_chosen)
        self.table.opened.connect(lambda _row: self._edit())
        listing = Card("安排哪些谈话，每一类谈话要求什么", "标“待核”的凭记忆写入", plain_head=True)
        listing.fill()
        listing.body.addWidget(self.table, 1)
        right = QVBoxLayout()
        right.addWidget(self._editor())
        right.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        halves.addWidget(listing, 5)
        halves.addWidget(scrolled(right), 4)
        self.body.addLayout(halves, 1)
        self.setFocusProxy(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Read the rules again, standing at the same one."""
        row = max(self.table.currentIndex().row(), 0)
        table: TalkTable = self._rules.table
        entries = [Entry(_PLAN, rule, self._rules.override(_PLAN, code)) for code, rule in table.plans.items()]
        entries += [Entry(_KIND, rule, self._rules.override(_KIND, code)) for code, rule in table.kinds.items()]
        self.model.show_entries(entries)
        own = sum(entry.override is not None for entry in entries)
        self.set_note(f"共 {len(entries)} 条，本单位设定 {own} 条；内置值随时可以恢复")
        self.table.go_to(row)
        self._show_chosen(row)

    def chosen(self) -> Entry | None:
        """Return the rule in hand."""
        row = self.table.currentIndex().row()
        return self.model.entries[row] if 0 <= row < len(self.model.entries) else None

    def choose(self, code: str) -> None:
        """Stand at a rule."""
        self.table.go_to(next(at for at, entry in enumerate(self.model.entries) if entry.rule.code == code))

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action in ("complete", "save", "record.complete", "record.save") and self.save.isEnabled():
            self.save_chosen()
            return True
        return False

    def save_chosen(self) -> None:
        """Keep what was set with its reason; a refusal stands beneath its field."""
        entry = self.chosen()
        if entry is None:
            return
        reason, paper = self.reason.text(), self.document.text()
        try:
            if isinstance(entry.rule, PlanRule):
                self._rules.set_count(entry.rule.code, self.count.value(), reason, paper)
            else:
                self._rules.set_kind(
                    entry.rule.code,
                    reason,
                    two_talkers=self.two.isChecked(),
                    approval=self.approval.isChecked(),
                    points=self.points.toPlainText().splitlines(),
                    document=paper,
                )
        except InvalidRecordError as error:
            self._show_problems(error.problems)
            return
        self._done(f"已设定“{entry.rule.name}”。")

    def put_back(self) -> None:
        """Go back to what the program came with."""
        entry = self.chosen()
        if entry and entry.override:
            self._rules.put_back(entry.part, entry.rule.code)
            self._done(f"“{entry.rule.name}”已恢复内置值。")

    # --- the machine -----------------------------------------------------------------------------------------

    def _editor(self) -> Card:
        card = Card("这一条", plain_head=True)
        self.name = Label("", Text.SECTION, wraps=True)
        self.about = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.count = QSpinBox()
        self.count.setAccessibleName("数值")
        self.two = QCheckBox("谈话人不少于两人")
        self.approval = QCheckBox("先报批，批准后再谈")
        self.points = QPlainTextEdit()
        self.points.setAccessibleName("要点模板，每行一条")
        self.points.setPlaceholderText("每行一条")
        self.points.setTabChangesFocus(True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("设定理由")
        self.reason.setPlaceholderText("为什么这样设定，记入留痕")
        self.document = QLineEdit()
        self.document.setAccessibleName("文号")
        self.document.setPlaceholderText("本组制度或通知的文号，可以不填")
        self._count_label, self._points_label = Label("", ink="ink2"), Label("要点模板", ink="ink2")
        self._notes = {
            "count": FieldNote(self.count),
            "points": FieldNote(self.points),
            "reason": FieldNote(self.reason),
        }
        self._notes["approval"] = self._notes["points"]
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        lines = (
            (self._count_label, self.count, self._notes["count"]),
            (None, self.two, None),
            (None, self.approval, None),
            (self._points_label, self.points, self._notes["points"]),
            (Label("设定理由", ink="ink2"), self.reason, self._notes["reason"]),
            (Label("文号", ink="ink2"), self.document, None),
        )
        for at, (label, widget, note) in enumerate(lines):
            if label:
                grid.addWidget(label, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, 2 * at, 1)
            if note:
                grid.addWidget(note, 2 * at + 1, 1)
        self.save = Button("保存设定", Look.PRIMARY, icon="save", shortcut="Ctrl+S")
        self.save.clicked.connect(self.save_chosen)
        self.back_to_shipped = Button("恢复内置值", icon="undo")
        self.back_to_shipped.clicked.connect(self.put_back)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for part in (self.save, self.back_to_shipped, ReasonLabel(self.save)):
            buttons.addWidget(part)
        buttons.addStretch(1)
        for signal in (self.count.valueChanged, self.two.toggled, self.approval.toggled, self.points.textChanged):
            signal.connect(lambda *_: self._allow())
        card.body.addWidget(self.name)
        card.body.addWidget(self.about)
        card.body.addLayout(grid)
        card.body.addLayout(buttons)
        return card

    def _show_chosen(self, _row: int) -> None:
        entry = self.chosen()
        if entry is None:
            return
        rule = entry.rule
        plan = isinstance(rule, PlanRule)
        self.name.setText(rule.name)
        told = [rule.source, rule.note if isinstance(rule, PlanRule) else ""]
        if entry.override:
            own = entry.override
            told.append(f"{own.on} 由{own.by}设定：{own.reason} {own.document}".strip())
        self.about.setText("；".join(words for words in told if words))
        of_plan: tuple[QWidget, ...] = (self._count_label, self.count)
        of_kind: tuple[QWidget, ...] = (self.two, self.approval, self.points, self._points_label)
        for widget in (*of_plan, *of_kind):
            widget.setVisible(plan is (widget in of_plan))
        if isinstance(rule, PlanRule):
            self.count.setRange(rule.least, rule.most)
            self.count.setSuffix(f" {rule.unit}")
            self.count.setValue(rule.count)
            self._count_label.setText(f"内置 {shipped().plans[rule.code].count}")
        else:
            self.two.setChecked(rule.two_talkers)
            self.approval.setChecked(rule.approval)
            self.points.setPlainText("\n".join(rule.points))
        for note in self._notes.values():
            note.clear()
        self.reason.clear()
        self.document.clear()
        self.back_to_shipped.setVisible(entry.override is not None)
        self._allow()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        for note in self._notes.values():
            note.clear()
        for problem in problems:
            self._notes.get(problem.field, self._notes["reason"]).show_error(problem.message)
        if any(problem.field == "reason" for problem in problems):
            self.reason.setFocus()

    def _done(self, words: str) -> None:
        self.refresh()
        self._context.events.settings_changed.emit("talk_rules")
        self._context.events.said.emit(words, 0)

    def _edit(self) -> None:
        entry = self.chosen()
        (self.count if entry and isinstance(entry.rule, PlanRule) else self.points).setFocus()

    def _allow(self) -> None:
        entry = self.chosen()
        if entry is None:
            return
        if isinstance(entry.rule, PlanRule):
            same = self.count.value() == entry.rule.count
        else:
            now = (self.two.isChecked(), self.approval.isChecked(), tuple(self.points.toPlainText().splitlines()))
            same = now == (entry.rule.two_talkers, entry.rule.approval, entry.rule.points)
        self.save.refuse("没有改动") if same else self.save.allow()

"""What is said of the row in hand of an import, the entries it may repeat beside it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.services.importing.facts import DOUBTFUL, PlannedRow
from paizhu.services.importing.near import Beside
from paizhu.services.importing.read import CellProblem
from paizhu.services.importing.settled import CODE as SETTLED
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text
from paizhu.ui.wizards.import_rows_model import Mended
from paizhu.ui.wizards.import_tables import ImportTable

_MOST_CHOICES = 3
_MOST_FIELDS = 6
CONFLICT = "conflict"
_IN_GRID = frozenset({"candidate", CONFLICT})
"""Problems that only say what the entries beside each other show."""


class BesideGrid(QWidget):
    """The row and the entries it may be meant for, under each other field by field; what differs stands bold."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)
        self.hide()

    def show_entries(self, row: int, others: Sequence[tuple[str, Sequence[Beside]]]) -> None:
        """Show a row over the entries named; the fields that tell them apart come first."""
        empty(self._grid)
        fields = _fields([told for _name, told in others])
        self.setVisible(bool(fields))
        said = []
        for at, label in enumerate(fields.values(), 1):
            self._grid.addWidget(Label(label, Text.SECONDARY, "ink3"), 0, at)
        for place, name in enumerate([f"本表第 {row} 行", *(name for name, _told in others)], 1):
            told = {each.name: each for each in others[max(place - 2, 0)][1]}
            self._grid.addWidget(Label(name, Text.SECONDARY, "ink2"), place, 0)
            words = []
            for at, (field, label) in enumerate(fields.items(), 1):
                cell = told.get(field)
                shown = (cell.here if place == 1 else cell.there) if cell else ""
                differs = any(each.differs for _name, of in others for each in of if each.name == field)
                widget = ElidedLabel(shown or "空", Text.SECONDARY, "ink" if shown else "ink3", bold=differs)
                widget.setMaximumWidth(theme.current().px(210))
                self._grid.addWidget(widget, place, at)
                words.append(f"{label} {shown or '空'}")
            said.append(f"{name}：{'，'.join(words)}")
        self._grid.setColumnStretch(len(fields) + 1, 1)
        self.setAccessibleName("；".join(said))


def _fields(told: Sequence[Sequence[Beside]]) -> dict[str, str]:
    """Return the fields to be shown with their labels, those that differ anywhere first."""
    every = [each for of in told for each in of]
    ordered = [each for each in every if each.differs] + [each for each in every if not each.differs]
    return dict(list({each.name: each.label for each in ordered}.items())[:_MOST_FIELDS])


class RowStrip(QFrame):
    """What stands in the row in hand and what can be done: mend the cell, take a proposal, decide a doubtful row."""

    mend_asked = Signal()
    proposal_taken = Signal(str, str, str)
    """Column letters, the words as they stand, the words proposed."""
    taken = Signal(object)
    """The record a doubtful row belongs to; None stores it as a new one."""
    left_out = Signal()
    all_taken = Signal()
    taken_back = Signal()
    reason_asked = Signal(list)
    """The rows that would change settled records and are to be let in for one reason."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "strip-plain")
        self._mark = MarkLabel(Mark(Shape.DOT, ""))
        self._words = Label("", Text.SECONDARY, wraps=True)
        self._beside = BesideGrid()
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        # The row and what is said of it stand in one line, in the middle beside a button that is higher.
        told = QWidget()
        line = QHBoxLayout(told)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(told, 1, Qt.AlignmentFlag.AlignVCenter)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(8)
        self._choices.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 12, 4)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self._beside)
        column.addLayout(self._choices)
        self._buttons: list[Button] = []
        self.hide()

    def words(self) -> str:
        """Return what is said of the row."""
        return self._words.text()

    def beside(self) -> str:
        """Return what stands beside the row, in words; empty where nothing does."""
        return "" if self._beside.isHidden() else self._beside.accessibleName()

    def buttons(self) -> list[Button]:
        """Return what can be done now."""
        return list(self._buttons)

    def show_row(self, table: ImportTable, row: PlannedRow | None, done: Mended | None = None) -> None:
        """Say what stands in a row; a row without problems says nothing.

        After a cell was mended that had the same words as others, ``done`` lets them be mended alike.
        """
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = []
        self._beside.hide()
        decided = row is not None and table.is_taken(row.row)
        self.setVisible(row is not None and (bool(row.problems) or decided or done is not None))
        if row is None or self.isHidden():
            self._words.setText("")
            return
        loud = row.outcome == "refused"
        shape, tone = (Shape.CROSS, Tone.ACCENT) if loud else (Shape.TRIANGLE, Tone.AMBER)
        self._mark.set_mark(Mark(shape, f"第 {row.row} 行", tone))
        doubtful = row.outcome == DOUBTFUL and bool(row.problems)
        if doubtful:
            self._show_beside(table, row)
        told = [each for each in row.problems if self._beside.isHidden() or each.code not in _IN_GRID]
        said = [f"{f'{problem.column} 列' if problem.column else ''}{problem.message}" for problem in told]
        if doubtful and self._says_less(table, row):
            said.append("选“就是这一条”时，这一行空着的格不改动它")
        self._words.setText("；".join(words.rstrip("。") for words in said) + "。" if said else _settled_words(done))
        self.setAccessibleName(f"第 {row.row} 行。{self._words.text()}")
        if done is not None:
            words = f"其余“{done.old}”也改为“{done.new}”"
            self._add(self._row, words, partial(self.proposal_taken.emit, done.letter, done.old, done.new), "Alt+A")
            self._buttons[-1].setShortcut("Alt+A")
        for problem in row.problems:
            if problem.proposal and problem.column:
                self._add(self._row, f"改为“{problem.proposal}”", partial(self._propose, problem))
        if doubtful:
            self._decide(table, row)
        elif any(problem.code == SETTLED for problem in row.problems):
            self._offer_correction(row.row, table.waiting())
            if decided:
                self._add(self._row, "取消这个决定", self.taken_back.emit)
        elif decided:
            self._add(self._row, "取消这个决定", self.taken_back.emit)
        elif row.problems:
            self._add(self._row, "改这一格", self.mend_asked.emit, "F2")

    def _show_beside(self, table: ImportTable, row: PlannedRow) -> None:
        assert table.sheet is not None
        others = [(_name(table, other), table.sheet.beside(row.row, other)) for other in row.candidates[:_MOST_CHOICES]]
        self._beside.show_entries(row.row, others)

    def _says_less(self, table: ImportTable, row: PlannedRow) -> bool:
        """Tell whether a record the row may mean holds what the row leaves empty; our own export means its blanks."""
        assert table.sheet is not None
        if any(each.code == CONFLICT for each in row.problems):
            return False
        records = [other for other in row.candidates[:_MOST_CHOICES] if other > 0]
        return any(told.there and not told.here for other in records for told in table.sheet.beside(row.row, other))

    def _decide(self, table: ImportTable, row: PlannedRow) -> None:
        assert table.sheet is not None
        records = [other for other in row.candidates[:_MOST_CHOICES] if other > 0]
        self._choose("作为新记录", lambda: self.taken.emit(None), "Alt+N")
        for at, record_id in enumerate(records, 1):
            which = "这一条" if len(records) == 1 else f"“{table.sheet.record_words(record_id)}”"
            self._choose(f"就是{which}", partial(self.taken.emit, record_id), f"Alt+{at}")
        self._choose("跳过", self.left_out.emit, "Alt+S")
        if (waiting := len(table.near_rows())) > 1:
            self._choose(f"{waiting:,} 行疑似重复都作为新记录", self.all_taken.emit)

    def _offer_correction(self, row: int, waiting: list[int]) -> None:
        self._add(self._row, "写明原因，更正这一条…", partial(self.reason_asked.emit, [row]))
        if len(waiting) > 1:
            words = f"写明原因，更正这样的 {len(waiting)} 条…"
            self._add(self._row, words, partial(self.reason_asked.emit, waiting))

    def _propose(self, problem: CellProblem) -> None:
        self.proposal_taken.emit(problem.column, problem.value, problem.proposal)

    def _choose(self, words: str, run: Callable[[], object], shortcut: str = "") -> None:
        self._add(self._choices, words, run, shortcut)
        if shortcut:
            self._buttons[-1].setShortcut(shortcut)

    def _add(self, row: QHBoxLayout, words: str, run: Callable[[], object], shortcut: str = "") -> None:
        button = Button(words, Look.SECONDARY, size=Size.SMALL, shortcut=shortcut)
        button.clicked.connect(lambda _=False: run())
        if row is self._choices:
            row.insertWidget(row.count() - 1, button)
        else:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons.append(button)


def _settled_words(done: Mended | None) -> str:
    return f"已改为“{done.new}”。" if done is not None else "已按您的决定处理。"


def _name(table: ImportTable, other: int) -> str:
    assert table.sheet is not None
    return f"本表第 {-other} 行" if other < 0 else table.sheet.record_words(other)

"""The rows of a plan as a list: what each would do, old and new words, and the cell that has to be put right."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from paizhu.base import values
from paizhu.base.field import FieldKind, Sens
from paizhu.documents.books.book import looks_of
from paizhu.services.importing.facts import CHANGED, DOUBTFUL, NEW, REFUSED, SAME, PlannedRow
from paizhu.services.importing.read import CellProblem
from paizhu.services.importing.read import Column as Fed
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import BoldRole, BoxRole, Mark, MarkRole, RowRole, Tone, ToneRole
from paizhu.ui.wizards.import_tables import ImportTable

Index = QModelIndex | QPersistentModelIndex
NUMBER, RESULT = "~row", "~result"
_KEPT = 400
_WATCHED = 60
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_WIDTHS = {FieldKind.TEXT: 170, FieldKind.LINE: 130, FieldKind.DAY: 112, FieldKind.MOMENT: 130, FieldKind.REF: 104}


@dataclass(frozen=True)
class Chip:
    """One filter over the rows: its key, words, and what it lets through."""

    key: str
    words: str
    outcomes: tuple[str, ...] = ()
    problems_only: bool = False


CHIPS = (
    Chip("problems", "有问题", problems_only=True),
    Chip("refused", "须先改正", (REFUSED,)),
    Chip("doubtful", "疑似重复", (DOUBTFUL,), problems_only=True),
    Chip("new", "新增", (NEW,)),
    Chip("changed", "有变化", (CHANGED,)),
    Chip("same", "无变化", (SAME,)),
    Chip("all", "全部"),
)


@dataclass(frozen=True)
class Mended:
    """One cell put right: its row, column, the words that were wrong (empty for none) and those put there."""

    row: int
    letter: str
    old: str
    new: str


def result_mark(table: ImportTable, row: PlannedRow) -> Mark:
    """Return shape and words of what becomes of a row, its first problem before everything else."""
    if row.problems:
        worst = next((problem for problem in row.problems if problem.severity == "error"), row.problems[0])
        rest = f"（另有 {len(row.problems) - 1} 处）" if len(row.problems) > 1 else ""
        is_error = row.outcome == REFUSED
        shape = Shape.CROSS if is_error else Shape.TRIANGLE
        return Mark(shape, worst.message.rstrip("。") + rest, Tone.ACCENT if is_error else Tone.AMBER)
    match row.outcome:
        case "new":
            taken = "，已按您的决定新增" if table.is_taken(row.row) else ""
            return Mark(Shape.CIRCLE, f"新增{taken}")
        case "changed":
            # Where no field changes, it is a column of the sheet that has no field and is kept beside the record.
            names = [_label(table, name) for name in row.values if "." not in name] or [
                f"“{each}”列" for each in row.extra
            ]
            words = f"有变化：{'、'.join(names[:3])}{' 等' if len(names) > 3 else ''}" if names else "有变化"
            taken = "，已按您的决定并入这一条" if table.is_taken(row.row) else ""
            return Mark(Shape.HALF, f"{words}{taken}")
        case "same":
            return Mark(Shape.TICK, "无变化，不用导入", Tone.DONE)
    return Mark(Shape.DASH, "按您的决定跳过" if table.is_taken(row.row) else "跳过", Tone.QUIET)


class RowsModel(Guarded, QAbstractTableModel):
    """The rows behind one chip; each is read when it comes into view and kept for a while."""

    mended = Signal(object)
    """What was mended, as :class:`Mended`."""

    def __init__(self, table: ImportTable, chip: Chip) -> None:
        super().__init__()
        assert table.sheet is not None
        self.table = table
        self.sheet = table.sheet
        self.fed: list[Fed] = [column for column in self.sheet.columns if column.field is not None]
        self._numbers = self.sheet.numbers(chip.outcomes, chip.problems_only)
        self._rows: OrderedDict[int, PlannedRow] = OrderedDict()

    def columns(self) -> tuple[Column, ...]:
        """Return the columns: number, the fields (those with problems and those that identify stay longest), result."""
        troubled = {
            problem.column
            for at, number in enumerate(self.sheet.numbers(problems_only=True))
            if at < _WATCHED
            for problem in self.sheet.row(number).problems
        }
        names = self.sheet.register.identity
        made = [Column(NUMBER, "原表行", 70, CellKind.WORDS)]
        for place, column in enumerate(self.fed):
            field = column.field
            assert field is not None
            first = column.letter in troubled or field.name in names
            width = max(_WIDTHS.get(field.kind, 110), len(field.label) * 14 + 26)
            made.append(Column(column.letter, field.label, width, rank=1 + place + (0 if first else 50)))
        return (*made, Column(RESULT, "检查结果", 300, CellKind.DEADLINE, stretches=True))

    def number_at(self, place: int) -> int:
        """Return the row's number in the sheet; -1 where there is none."""
        return self._numbers[place] if 0 <= place < len(self._numbers) else -1

    def place_of(self, number: int) -> int:
        """Return where a row of the sheet stands in the list; -1 when it is not there."""
        return self._numbers.index(number) if number in self._numbers else -1

    def planned(self, place: int) -> PlannedRow | None:
        """Return the row in a line of the list; None too while the plan it stood in makes way for a new one."""
        number = self.number_at(place)
        if number < 0:
            return None
        if number not in self._rows:
            try:
                self._rows[number] = self.sheet.row(number)
            except KeyError:
                return None
            if len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        return self._rows[number]

    def problem_column(self, place: int) -> int:
        """Return the first column of a row that has a problem, else the first field there is."""
        return next(iter(self._wrong(place)), 1)

    def wrong_columns(self, place: int) -> list[int]:
        """Return the columns of a row that have a problem and can be mended here."""
        return [at for at in self._wrong(place) if self.is_editable(at)]

    def refresh(self, numbers: Sequence[int] = ()) -> None:
        """Read rows again after something was decided; without numbers all of them."""
        for number in numbers or list(self._rows):
            self._rows.pop(number, None)
        if self._numbers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._numbers) - 1, self.columnCount() - 1))

    def is_editable(self, column: int) -> bool:
        """Tell whether a cell of this column can be mended here; words about an informant cannot."""
        field = self.fed[column - 1].field if 0 < column <= len(self.fed) else None
        return field is not None and field.kind is not FieldKind.SEALED and field.sens is not Sens.P4

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows behind the chip."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.fed) + 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is not Qt.Orientation.Horizontal or role != _ROLE.DisplayRole:
            return None
        if section == 0:
            return "原表行"
        field = self.fed[section - 1].field if section <= len(self.fed) else None
        return field.label if field else "检查结果"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells can be mended."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if self.is_editable(index.column()) else plain

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words and marks of a cell."""
        row = self.planned(index.row()) if index.isValid() else None
        if row is None:
            return None
        at = index.column()
        if at == 0:
            return self._number_data(row, role)
        if at > len(self.fed):
            return self._result_data(row, role)
        return self._cell_data(row, self.fed[at - 1], role)

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Put other words into a cell; the row is planned again, the workbook itself stays as it is."""
        row = self.planned(index.row())
        if role != _ROLE.EditRole or row is None or not self.is_editable(index.column()):
            return False
        column = self.fed[index.column() - 1]
        words = str(value).strip()
        if words == self._raw(row, column):
            return False
        old = next((problem.value for problem in row.problems if problem.column == column.letter), "")
        self.table.mend(row.row, column.index, words)
        self.refresh([row.row])
        self.mended.emit(Mended(row.row, column.letter, old, words))
        return True

    def _wrong(self, place: int) -> list[int]:
        row = self.planned(place)
        letters = {problem.column for problem in row.problems} if row else set()
        return [at for at, column in enumerate(self.fed, 1) if column.letter in letters]

    def _cell_data(self, row: PlannedRow, column: Fed, role: int) -> Any:
        problem = next((each for each in row.problems if each.column == column.letter), None)
        match role:
            case _ROLE.DisplayRole:
                return self._words(row, column, problem)
            case _ROLE.EditRole:
                return self._raw(row, column)
            case _ROLE.AccessibleTextRole:
                label = column.field.label if column.field else column.header
                note = f"，{problem.message}" if problem else ""
                return f"第 {row.row} 行，{label}：{self._words(row, column, problem) or '空'}{note}"
            case _ROLE.ToolTipRole:
                return problem.message if problem else None
            case _ if role == BoxRole:
                return self._box(row, problem)
            case _ if role == ToneRole and not problem and row.outcome == SAME:
                return Tone.DONE
            case _ if role == BoldRole:
                return column.field is not None and column.field.name in row.before
            case _ if role == RowRole:
                return row
        return None

    def _number_data(self, row: PlannedRow, role: int) -> Any:
        match role:
            case _ROLE.DisplayRole:
                return str(row.row)
            case _ROLE.AccessibleTextRole:
                return f"原表第 {row.row} 行"
            case _ if role == ToneRole:
                return Tone.QUIET
            case _ if role == RowRole:
                return row
        return None

    def _result_data(self, row: PlannedRow, role: int) -> Any:
        mark = result_mark(self.table, row)
        match role:
            case _ROLE.DisplayRole | _ROLE.AccessibleTextRole:
                return mark.words
            case _ROLE.ToolTipRole:
                return "\n".join(problem.message for problem in row.problems) or None
            case _ if role == MarkRole:
                return mark
        return None

    def _words(self, row: PlannedRow, column: Fed, problem: CellProblem | None) -> str:
        field = column.field
        assert field is not None
        raw = self._raw(row, column)
        if field.kind is FieldKind.SEALED or field.sens is Sens.P4:
            return values.MASK if raw else ""
        if problem and raw:
            return " ".join(raw.split())
        if not column.child and field.name in row.before and row.outcome == CHANGED:
            old, new = (values.show(field, made.get(field.name)) for made in (row.before, row.values))
            return f"{old or '空'} → {new or '空'}"
        if column.path in row.values and row.outcome in (NEW, CHANGED):
            return " ".join(values.show(field, row.values[column.path]).split())
        return " ".join(raw.split())

    def _raw(self, row: PlannedRow, column: Fed) -> str:
        return looks_of(row.raw[column.index]) if column.index < len(row.raw) else ""

    def _box(self, row: PlannedRow, problem: CellProblem | None) -> Tone | None:
        if problem is None:
            return None
        return Tone.ACCENT if row.outcome == REFUSED and problem.severity == "error" else Tone.AMBER


def _label(table: ImportTable, name: str) -> str:
    register = table.sheet.register if table.sheet else None
    return register.field(name).label if register and register.has(name) else name

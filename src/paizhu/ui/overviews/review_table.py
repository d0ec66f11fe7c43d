"""Points or papers of an item as a table worked by keys: Space goes through the answers, typing begins the note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.delegates import Index, RowDelegate
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.roles import Mark, MarkRole, NoteRole, Tone, ToneRole
from paizhu.ui.kit.scrolled import show_part
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.theme import Text

NUMBER, MARK, WORDS, NOTE = range(4)
_WORDS, _NOTE = 150, 190
Cycle = Sequence[tuple[str, Mark]]

POINT_ANSWERS: Cycle = (
    ("", Mark(Shape.CIRCLE, "未查", Tone.QUIET)),
    ("yes", Mark(Shape.TICK, "符合")),
    ("no", Mark(Shape.TRIANGLE, "存疑", Tone.AMBER)),
    ("na", Mark(Shape.DASH, "不适用", Tone.QUIET)),
)
PAPER_ANSWERS: Cycle = (
    ("", Mark(Shape.CIRCLE, "未收", Tone.QUIET)),
    ("yes", Mark(Shape.TICK, "已收")),
    ("no", Mark(Shape.SQUARE, "缺", Tone.AMBER)),
)
_FILLED = "filled"
_HINT = "点此填写说明"
_ASKED = "请写明存疑的理由"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its answer as a code, words, a quiet line under them, and the note."""

    row_id: int
    number: int
    answer: str
    words: str
    quiet: str = ""
    note: str = ""


class LinesModel(Guarded, QAbstractTableModel):
    """Rows with one answer and one note each; `edited` names a row the officer changed."""

    edited = Signal(int)

    def __init__(self, cycle: Cycle) -> None:
        super().__init__()
        self._cycle = cycle
        self._marks = dict(cycle)
        self.lines: list[Line] = []
        self.editable = True
        self._ask_reasons = False

    def show_lines(self, lines: Sequence[Line], *, editable: bool, ask_reasons: bool = False) -> None:
        """Show other rows; the same rows with other answers keep their place.

        ``ask_reasons`` marks doubts without a note: only once an opinion is being given, not before.
        """
        self._ask_reasons = ask_reasons
        same = [line.row_id for line in lines] == [line.row_id for line in self.lines]
        if same and editable == self.editable:
            self.lines = list(lines)
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, NOTE))
            return
        self.beginResetModel()
        self.lines, self.editable = list(lines), editable
        self.endResetModel()

    def cycle(self, row: int, by: int = 1) -> None:
        """Give a row the next answer."""
        if self.editable and 0 <= row < len(self.lines):
            codes = [code for code, _ in self._cycle]
            here = codes.index(self.lines[row].answer) if self.lines[row].answer in codes else 0
            self._put(row, replace(self.lines[row], answer=codes[(here + by) % len(codes)]))

    def counts(self) -> dict[str, int]:
        """Return how many rows have each answer."""
        return {code: sum(line.answer == code for line in self.lines) for code, _ in self._cycle}

    def rowCount(self, parent: QModelIndex | Any = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex | Any = None) -> int:
        """Return the four columns."""
        return 0 if parent is not None and parent.isValid() else 4

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only the note be typed into."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NOTE and self.editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, mark or the whole sentence of a cell."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        mark = self._marks.get(line.answer, self._cycle[0][1])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (f"第 {line.number} 项", mark.words, line.words, line.quiet, line.note)))
        if role == MarkRole and column == MARK:
            return mark
        if role == NoteRole and column == WORDS:
            return line.quiet
        if role == Qt.ItemDataRole.EditRole and column == NOTE:
            return line.note
        asked = self.editable and self._ask_reasons and line.answer == "no" and not line.note
        if role == ToneRole:
            quiet = Tone.AMBER if asked else Tone.QUIET
            return {NUMBER: Tone.DONE, NOTE: Tone.DONE if line.note else quiet}.get(column)
        if role == Qt.ItemDataRole.DisplayRole:
            hint = _ASKED if asked else _HINT if self.editable else ""
            return {NUMBER: str(line.number), MARK: mark.words, WORDS: line.words, NOTE: line.note or hint}[column]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Keep what was typed as the note."""
        if role != Qt.ItemDataRole.EditRole or index.column() != NOTE or not self.editable:
            return False
        words = " ".join(str(value).split())
        if words != self.lines[index.row()].note:
            self._put(index.row(), replace(self.lines[index.row()], note=words))
        return True

    def _put(self, row: int, line: Line) -> None:
        self.lines[row] = line
        self.dataChanged.emit(self.index(row, 0), self.index(row, NOTE))
        self.edited.emit(row)


class WrappedDelegate(RowDelegate):
    """Words over as many lines as they need, the quiet ones below."""

    def paint_inside(self, painter: QPainter, inside: QRectF, index: Index) -> None:
        """Paint the words, centred upright as a block."""
        look = theme.current()
        words, quiet = _texts(index)
        first, second = _heights(words, quiet, int(inside.width()))
        top = inside.center().y() - (first + second) / 2
        painter.setFont(look.font())
        tone = index.data(ToneRole)
        painter.setPen(look.colour(tone.value if isinstance(tone, Tone) else "ink"))
        painter.drawText(QRectF(inside.left(), top, inside.width(), first), Qt.TextFlag.TextWordWrap, words)
        if quiet:
            painter.setFont(look.font(Text.SECONDARY))
            painter.setPen(look.colour("ink3"))
            below = QRectF(inside.left(), top + first, inside.width(), second)
            painter.drawText(below, Qt.TextFlag.TextWordWrap, quiet)

    def needed_height(self, index: Index, width: int) -> int:
        """Return how high the cell must be at a width."""
        look = theme.current()
        return sum(_heights(*_texts(index), width - look.px(18))) + look.px(12)

    def needed_width(self, index: Index) -> int:
        """Return nothing: what is wrapped is never cut, so it needs no tooltip."""
        return 0

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line to type the note into."""
        editor = QLineEdit(parent)
        editor.setAccessibleName("说明")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the note as it is stored, once: answers that are stored while it is typed must not put it back."""
        if not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            super().setEditorData(editor, index)


class LinesTable(RegisterTable):
    """All rows in view, no head; the page scrolls, not the table."""

    def __init__(self, name: str, model: LinesModel) -> None:
        super().__init__(name)
        self.lines = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.horizontalHeader().hide()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wrapped = WrappedDelegate(self)
        self.show_model(
            model,
            (
                Column("number", "序号", 40, rank=1),
                Column("mark", "结果", 84, CellKind.DEADLINE),
                Column("words", "内容", _WORDS, stretches=True),
                Column("note", "说明", _NOTE, least=104),
            ),
        )
        self.setItemDelegateForColumn(WORDS, self._wrapped)
        self.setItemDelegateForColumn(NOTE, self._wrapped)
        self.selectionModel().currentChanged.connect(self._keep_to_note)
        self.clicked.connect(self._clicked)
        self.opened.connect(self._edit_note)
        model.modelReset.connect(self.fit_rows)
        model.dataChanged.connect(self.fit_rows)
        theme.current().follow(self, self.fit_rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space give the next answer, Shift+Space the one before."""
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.lines.cycle(row if row >= 0 else 0, -1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """Begin at the first row that was not looked at."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.lines:
            open_rows = (at for at, line in enumerate(self.lines.lines) if not line.answer)
            self.go_to(next(open_rows, 0))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the next row when a note was ended by Enter."""
        row = self.currentIndex().row()
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache and row + 1 < len(self.lines.lines):
            self.go_to(row + 1)
            show_part(self.viewport(), self.visualRect(self.currentIndex()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let rows be as high as their words need at the new width."""
        super().resizeEvent(event)
        self.fit_rows()

    def fit_rows(self, *_: object) -> None:
        """Give every row the height of its words, and the table that of its rows."""
        self._share_width()
        least = theme.current().heights.row
        total = 2
        for row in range(len(self.lines.lines)):
            needed = max(
                self._wrapped.needed_height(self.lines.index(row, column), self.columnWidth(column))
                for column in (WORDS, NOTE)
            )
            height = max(least, needed)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
            total += height
        if self.height() != total:
            self.setFixedHeight(total)

    def _share_width(self) -> None:
        """Let a note keep its line where the words of the points leave room for it."""
        look = theme.current()
        metrics, beside = QFontMetrics(look.font()), look.px(20)
        words, note = (
            max((metrics.horizontalAdvance(text) for text in texts), default=0) + beside
            for texts in ([line.words for line in self.lines.lines], [line.note for line in self.lines.lines])
        )
        room = self.viewport().width() - self.columnWidth(NUMBER) - self.columnWidth(MARK)
        free = room - max(words, look.px(_WORDS))
        wide = max(min(note, free), look.px(_NOTE))
        if wide != self.columnWidth(NOTE) and free > look.px(_NOTE):
            self.give_width("note", wide)

    def _keep_to_note(self, now: QModelIndex, _before: QModelIndex) -> None:
        # Typing, and what an input method sends, goes into the current cell: that must be the note.
        if now.isValid() and now.column() != NOTE:
            keep = self.selectionModel().SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(now.siblingAtColumn(NOTE), keep)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() in (NUMBER, MARK):
            self.lines.cycle(index.row())
        elif index.column() == NOTE:
            self._edit_note(index.row())

    def _edit_note(self, row: int) -> None:
        # Enter that ends a note comes here too, while the note is still being put away.
        if self.lines.editable and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(self.lines.index(row, NOTE))


def _texts(index: Index) -> tuple[str, str]:
    return str(index.data() or ""), str(index.data(NoteRole) or "")


def _heights(words: str, quiet: str, width: int) -> tuple[int, int]:
    look = theme.current()

    def height(text: str, metrics: QFontMetrics) -> int:
        box = metrics.boundingRect(0, 0, max(width, 1), 10_000, Qt.TextFlag.TextWordWrap, text)
        return box.height()

    first = height(words, QFontMetrics(look.font())) if words else 0
    return first, height(quiet, QFontMetrics(look.font(Text.SECONDARY))) if quiet else 0

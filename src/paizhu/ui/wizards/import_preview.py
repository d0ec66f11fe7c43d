"""The preview of an import: rows by outcome, problem cells mended in place, doubtful rows decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from paizhu.services.importing.facts import DOUBTFUL
from paizhu.ui import theme
from paizhu.ui.kit.chips import Chip as ChipLook
from paizhu.ui.kit.chips import ChipBar
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.theme import Text
from paizhu.ui.wizards.import_rows_model import CHIPS, Mended, RowsModel
from paizhu.ui.wizards.import_strip import RowStrip
from paizhu.ui.wizards.import_tables import ImportTable

Index = QModelIndex | QPersistentModelIndex
_EDITING = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MendTable(RegisterTable):
    """A list whose cells can be reached and mended by keyboard: arrows move, Enter or F2 edits.

    Enter is meant for the cell in hand; F2, as on the button below, for the one the problem of the row is about.
    """

    moved = Signal()

    def __init__(self) -> None:
        super().__init__("导入预览", row=RowHeight.DENSE)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(self._edit_here)

    def show_rows(self, model: RowsModel) -> None:
        """List the rows of a model."""
        old = self.model()
        model.setParent(self)
        self.show_model(model, model.columns())
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        if old:
            old.deleteLater()

    def mend(self, *, wrong: bool = False) -> bool:
        """Open the editor of the current cell, else of the cell with the problem; False where none can be.

        Of ``wrong`` cells one is opened even where another is in hand, as long as the row has any.
        """
        model, index = self.model(), self.currentIndex()
        if not isinstance(model, RowsModel) or not index.isValid():
            return False
        to_mend = model.wrong_columns(index.row()) if wrong else []
        if to_mend and index.column() not in to_mend:
            index = model.index(index.row(), to_mend[0])
        if not model.is_editable(index.column()):
            index = model.index(index.row(), model.problem_column(index.row()))
        if not model.is_editable(index.column()):
            return False
        # A column that had no room is brought in for as long as it is needed.
        self.setColumnHidden(index.column(), False)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        editor = self.viewport().findChild(QLineEdit)
        field = model.fed[index.column() - 1].field
        if isinstance(editor, QLineEdit) and field is not None:
            editor.setAccessibleName(f"{field.label}，改为")
            words = [choice.label for choice in field.choices if not choice.retired]
            if words:
                completer = QCompleter(words, editor)
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
                completer.activated.connect(lambda _words: self._end(editor))
                # Last, so that it hears of Enter before Qt, which only shuts the list and leaves the cell open.
                editor.setCompleter(completer)
                completer.popup().installEventFilter(self)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter over a list of choices, with none of them in hand, end the cell with the words as typed."""
        enter = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _EDITING[1:]
        if enter and isinstance(watched, QAbstractItemView) and not watched.currentIndex().isValid():
            watched.hide()
            if isinstance(editor := self.viewport().findChild(QLineEdit), QLineEdit):
                self._end(editor)
            return True
        return super().eventFilter(watched, event)

    def _end(self, editor: QLineEdit) -> None:
        # The list of choices still has to finish with the key or click before its editor may go.
        QTimer.singleShot(0, editor, partial(self._close, editor))

    def _close(self, editor: QLineEdit) -> None:
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows go from cell to cell, and Enter or F2 mend one."""
        key = event.key()
        if self.state() is QAbstractItemView.State.EditingState:
            # What the editor does not want comes here too, the Enter that ends it among others.
            event.ignore()
        elif key in _EDITING and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.mend(wrong=key == Qt.Key.Key_F2)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.currentIndex().isValid():
            self._step(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then a ring round the cell in hand."""
        super().paintEvent(event)
        index, model = self.currentIndex(), self.model()
        if self.hasFocus() and isinstance(model, RowsModel) and model.is_editable(index.column()):
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(theme.current().colour("slate"), 2))
                painter.drawRect(self.visualRect(index).adjusted(3, 3, -3, -4))

    def _step(self, by: int) -> None:
        shown = [at for at in range(self.model().columnCount()) if not self.isColumnHidden(at)]
        here = self.currentIndex().column()
        at = shown.index(here) if here in shown else 0
        self.setCurrentIndex(self.model().index(self.currentIndex().row(), shown[max(0, min(at + by, len(shown) - 1))]))

    def _edit_here(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.mend()


class PreviewPane(QWidget):
    """Chips, rows and the strip of the row in hand; `changed` follows every mend and decision."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._table: ImportTable | None = None
        self._note = ElidedLabel("", Text.SECONDARY, "ink2")
        self._aside = ElidedLabel("可在此直接改，原文件不动", Text.SECONDARY, "ink2")
        self.chips = ChipBar(more=False)
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.rows = MendTable()
        self.rows.moved.connect(self._show_strip)
        self.strip = RowStrip()
        self.strip.mend_asked.connect(self._mend)
        self.strip.proposal_taken.connect(self._take_proposal)
        self.strip.taken.connect(self._take)
        self.strip.left_out.connect(self._leave_out)
        self.strip.all_taken.connect(self._take_all)
        self.strip.taken_back.connect(self._take_back)
        self.strip.reason_asked.connect(self._ask_reason)
        self._corrected: list[int] = []
        self._done: Mended | None = None
        self.ask = AskStrip()
        self.ask.given.connect(self._correct)
        self._empty = EmptyState("没有这样的行", " ")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self._empty)
        top = QHBoxLayout()
        top.setContentsMargins(16, 5, 16, 5)
        top.setSpacing(8)
        top.addWidget(Label("预览", Text.SECTION))
        top.addWidget(self._note)
        top.addWidget(self.chips, 1)
        top.addWidget(self._aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)
        column.addWidget(self.ask)
        self.setFocusProxy(self.rows)

    def show_table(self, table: ImportTable, chip: str = "") -> None:
        """Show the rows of a table, those with problems first when there are any."""
        same = table is self._table
        self._done = self._done if same else None
        number = self._number_in_hand() if same else -1
        self._table = table
        current = chip or (self.chips.current() if same else "")
        self._show_chips(current)
        self._show_rows(number)

    def keep_rows(self, count: int) -> None:
        """Keep so many rows in view, however low the window."""
        head = self.rows.horizontalHeader().sizeHint().height()
        self.rows.setMinimumHeight(head + count * theme.current().heights.dense_row)

    def model(self) -> RowsModel | None:
        """Return the rows shown."""
        model = self.rows.model()
        return model if isinstance(model, RowsModel) else None

    def choose(self, chip: str) -> None:
        """Show the rows of another chip."""
        self.chips.set_current(chip)
        self._show_rows()

    def _show_chips(self, current: str) -> None:
        if self._table is None or self._table.sheet is None:
            return
        sheet = self._table.sheet
        counts, wrong = sheet.counts(), sheet.with_problems()
        every = sum(counts.values())
        # A row the officer decided to leave out is not doubtful any more, though it stays out as one.
        counts[DOUBTFUL] = sheet.tally().doubtful
        looks = []
        for chip in CHIPS:
            count = sum(counts[each] for each in chip.outcomes) or (wrong if chip.key == "problems" else 0)
            count = every if chip.key == "all" else count
            if count or chip.key in ("problems", "all", current):
                looks.append(ChipLook(chip.key, chip.words, count))
        self.chips.show_chips(looks, current or ("problems" if wrong else "all"))

    def _show_rows(self, number: int = -1) -> None:
        if self._table is None or self._table.sheet is None:
            self._stack.setCurrentWidget(self._empty)
            self.strip.hide()
            return
        chip = next((each for each in CHIPS if each.key == self.chips.current()), CHIPS[-1])
        model = RowsModel(self._table, chip)
        model.mended.connect(self._mended)
        self.rows.show_rows(model)
        count = model.rowCount()
        self._note.set_words(f"只显示{chip.words}的 {count:,} 行" if chip.key != "all" else f"共 {count:,} 行")
        if count:
            place = max(model.place_of(number), 0)
            self.rows.setCurrentIndex(model.index(place, model.problem_column(place)))
            self._stack.setCurrentWidget(self.rows)
        else:
            all_well = chip.key == "problems"
            words = "没有需要看的行" if all_well else f"没有{chip.words}的行"
            self._empty.show_words(words, "可以直接导入。" if all_well else "")
            self._stack.setCurrentWidget(self._empty)
        self._show_strip()

    def _number_in_hand(self) -> int:
        model = self.model()
        return model.number_at(self.rows.currentIndex().row()) if model else -1

    def _show_strip(self) -> None:
        model = self.model()
        shown = model is not None and self._stack.currentWidget() is self.rows
        row = model.planned(self.rows.currentIndex().row()) if model and shown else None
        if self._table is not None:
            done = self._done if row is not None and self._done is not None and row.row == self._done.row else None
            self.strip.show_row(self._table, row, done)

    def _mended(self, done: Mended) -> None:
        """Offer to put the same words into the other cells that had the same wrong ones."""
        self._done = done if self._table is not None and self._table.any_alike(done.letter, done.old) else None
        self._after()

    def _mend(self) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows.mend(wrong=True)

    def _take_proposal(self, letter: str, old: str, words: str) -> None:
        model = self.model()
        if model is None or self._table is None:
            return
        self._done = None
        column = next(column for column in model.fed if column.letter == letter)
        self._decided(self._table.mend_alike(column.index, letter, old, words))

    def _take(self, record_id: int | None) -> None:
        if self._table is not None:
            number = self._number_in_hand()
            self._table.take(number, record_id)
            self._decided([number])

    def _leave_out(self) -> None:
        if self._table is not None:
            number = self._number_in_hand()
            self._table.skip(number)
            self._decided([number])

    def _take_all(self) -> None:
        if self._table is not None:
            self._decided(self._table.take_all())

    def _take_back(self) -> None:
        if self._table is not None:
            number = self._number_in_hand()
            self._table.take_back(number)
            self._decided([number])

    def _ask_reason(self, rows: list[int]) -> None:
        self._corrected = rows
        note = "原因、改前和改后的内容都记入留痕，不能删除。"
        self.ask.ask(f"更正 {len(rows)} 条已归档的记录", note, "按此原因更正", [("更正原因", None)])

    def _correct(self, answers: Sequence[object]) -> None:
        reason = str(answers[0]).strip()
        if not reason:
            self.ask.say("请写明更正的原因，例如“登记表日期有误”。")
        elif self._table is not None:
            self._table.correct(self._corrected, reason)
            self.ask.done()
            self._decided(self._corrected)

    def _decided(self, numbers: Sequence[int]) -> None:
        if model := self.model():
            model.refresh(numbers)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._after()

    def _after(self) -> None:
        """Show new counts; rows that no longer belong to the chip stay in view until another one is chosen."""
        self._show_chips(self.chips.current())
        self._show_strip()
        self.changed.emit()

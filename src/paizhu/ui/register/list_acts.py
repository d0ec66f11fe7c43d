"""What is done with the selected records of a list: void, bring back, change one field of all, copy, paste."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget

from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.base.progress import Progress
from paizhu.base.rows import Change
from paizhu.services.mass_change import MassChange, Reach, may_be_set
from paizhu.services.naming import named_in, restored
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.panes import chain, tab_stops
from paizhu.ui.register.chosen import Chosen
from paizhu.ui.register.editor import Editor, EditorMaker
from paizhu.ui.register.list_pane import ListPane
from paizhu.ui.register.paste import cells_from
from paizhu.ui.write_many import write_many

T = TypeVar("T")

_AT_ONCE = 100
_FELT = 1_000
"""What there is to say about so many records is sought away from the window; of fewer the question stands at once."""
VOIDED_WORDS = "移入回收区"


class MassField(QWidget):
    """Which field of all selected records gets which value."""

    def __init__(self, pane: ListPane, make: EditorMaker) -> None:
        super().__init__()
        register = pane.register
        # What identifies a record is its own; the same name on all of them would make them one.
        own = {*register.identity, *register.title}
        self._fields = [
            field for field in register.fields if not field.computed and may_be_set(field) and field.name not in own
        ]
        self._make = make
        self.editor: Editor | None = None
        self.which = DropDown()
        self.which.setAccessibleName("要修改的项目")
        self.which.addItems([field.label for field in self._fields])
        self.which.currentIndexChanged.connect(self._show_field)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.which)
        self.setFocusProxy(self.which)
        self._show_field()

    def typed(self) -> dict[str, Any]:
        """Return the field with the words for it."""
        name = self._fields[self.which.currentIndex()].name
        return {name: self.editor.raw() if self.editor else ""}

    def words(self) -> str:
        """Return the label of the field."""
        return self.which.currentText()

    def _show_field(self) -> None:
        if self.editor:
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = self._make(self._fields[self.which.currentIndex()])
        self._column.addWidget(self.editor)
        chain([self.which, *tab_stops(self.editor)])


class ListActs(QObject):
    """Joins a list to the vault; many records at once are written off the window's thread."""

    pasted = Signal(list)
    duplicated = Signal(int)
    void_asked = Signal(object)
    """The records that are asked about: why they go to the recycle list."""

    def __init__(
        self, context: Context, pane: ListPane, make: EditorMaker, taker: Callable[[str], bool] | None = None
    ) -> None:
        super().__init__(pane)
        self._taker = taker
        self._context, self._pane, self._make = context, pane, make
        self._ends: QComboBox | None = None
        self._mass = MassChange(context.office.desk)
        pane.acted.connect(self.run)
        pane.table.row_copy.told.connect(lambda words: context.events.said.emit(words, 0))

    def run(self, key: str) -> None:
        """Do what the list was asked for."""
        known: dict[str, Callable[[], None]] = {
            "void": self.ask_void,
            "unvoid": self.unvoid,
            "copy": self._pane.table.copy_selection,
            "paste": self.paste,
            "mass": self.ask_mass_change,
            "duplicate": lambda: self.duplicated.emit(self._pane.current_id()),
        }
        if key in known:
            known[key]()

    def ask_void(self) -> None:
        """Ask for the reason in words, below the list."""
        chosen = self._pane.chosen()
        if chosen.count and not self._pane.is_recycled:
            self._look(partial(self._concerned, chosen), partial(self._ask_void, chosen), chosen.count)

    def _concerned(self, chosen: Chosen) -> tuple[str, bool]:
        """Return where else some records are named, in words, and whether one of them recurs."""
        ids, records, register = chosen.ids(), self._context.office.records, self._pane.register
        rows = (records.get(register, each) for each in ids[:_AT_ONCE])
        recurs = any(records.recurring.concerned(register, row, register.title) for row in rows)
        return named_in(self._context.office.vault, register, ids), recurs

    def _ask_void(self, chosen: Chosen, concerned: tuple[str, bool]) -> None:
        count, (named, recurs) = len(chosen.ids()), concerned
        if not chosen.is_same(self._pane.chosen()):
            # Others were chosen while it was looked up.
            return
        self._ends = self._ending() if recurs else None
        title = f"把选中的 {count} 条移入回收区" if count > 1 else "把这条记录移入回收区"
        note = "编号不再发给别的记录；随时可以恢复，也可以撤销。"
        if named:
            note += f"还有记录写着{'它们' if count > 1 else '它'}：{named}，那里的名字照旧留着，要改的先去改。"
        ending: list[tuple[str, QWidget | None]] = [("作废范围", self._ends)] if self._ends else []
        self.ask_words(title, note, VOIDED_WORDS, [("原因", None), *ending], self._void)
        self.void_asked.emit(chosen.ids())

    def ask_words(
        self,
        title: str,
        note: str,
        do: str,
        lines: Sequence[tuple[str, QWidget | None]],
        then: Callable[[Sequence[Any]], None],
    ) -> None:
        """Ask below the list and go on with what was answered, for each label in what stands beside it or in a line."""
        self._pane.ask.ask(title, note, do, lines, then)

    @staticmethod
    def _ending() -> QComboBox:
        """Return the question whether only these or all later occurrences go, where one of them recurs."""
        choice = DropDown()
        choice.addItems(["只作废这一次，以后照常生成", "以后都作废，不再生成"])
        return choice

    def unvoid(self) -> None:
        """Bring the selected records back."""
        if self._pane.chosen().count:
            # Which they are is read before the backup is made: the list may be another one after it.
            self.with_chosen(self._unvoid)

    def _unvoid(self, ids: Sequence[int]) -> None:
        register, office = self._pane.register, self._context.office

        def write(progress: Progress) -> tuple[Change, str]:
            # Asked before: what comes back itself lies there no more by then.
            words = restored(office.vault, register, ids)
            return office.records.unvoid(register, ids, progress), words

        self._write(write, f"恢复 {len(ids)} 条", len(ids))

    def ask_mass_change(self) -> None:
        """Ask which field of all selected records gets which value."""
        chosen = self._pane.chosen()
        if chosen.count and not self._pane.is_recycled:
            self._look(partial(self._reached, chosen), partial(self._ask_change, chosen), chosen.count)

    def _reached(self, chosen: Chosen) -> Reach:
        return self._mass.reach(self._pane.register, chosen.ids())

    def _ask_change(self, chosen: Chosen, reach: Reach) -> None:
        if not chosen.is_same(self._pane.chosen()):
            # Others were chosen while it was looked up.
            return
        if not reach.ids:
            words = f"选中的 {reach.settled} 条都已归档，不能成批修改。请打开一条，申请更正（留痕）"
            self._context.events.said.emit(words, 0)
            return
        field = MassField(self._pane, self._make)
        note = "空着就是把这一项清空。记为一次操作，可以一次撤销。"
        do = f"修改这 {len(reach.ids)} 条"
        self._pane.ask.ask(reach.words, note, do, [("改哪一项", field)], partial(self._change_all, reach))

    def paste(self) -> None:
        """Give the cells on the clipboard on, to be looked at as an import is, unless the record beside takes them."""
        if self._taker and self._taker(QGuiApplication.clipboard().text()):
            return
        cells = cells_from(QGuiApplication.clipboard().mimeData())
        if cells:
            self.pasted.emit(cells)
        else:
            self._context.events.said.emit("剪贴板里没有单元格。请先在 Excel 或 WPS 里复制一块", 0)

    def _void(self, answers: Sequence[Any]) -> None:
        reason = str(answers[0]).strip()
        if not reason:
            self._pane.ask.say("请写明原因，例如“重复登记”。")
            return
        chosen, register = self._pane.chosen(), self._pane.register
        row = self._context.office.records.get(register, chosen.ids()[0]) if chosen.count == 1 else None
        named = f"“{row.no}”" if row and row.no else f" {chosen.count} 条记录"
        words = f"已把{named}{VOIDED_WORDS}"
        later = self._ends is not None and self._ends.currentIndex() == 1
        records = self._context.office.records

        def write(progress: Progress) -> tuple[Change, str]:
            return records.void(register, chosen.ids(), reason, later=later, progress=progress), words

        self._write(write, words, chosen.count)

    def with_chosen(self, then: Callable[[list[int]], object]) -> None:
        """Go on with the ids of the selected records; of many they are read first, and others may be chosen by then."""
        chosen = self._pane.chosen()

        def go_on(ids: Sequence[int]) -> None:
            if chosen.is_same(self._pane.chosen()):
                then(list(ids))

        self._look(chosen.ids, go_on, chosen.count)

    def _change_all(self, reach: Reach, answers: Sequence[Any]) -> None:
        field = answers[0]
        if not isinstance(field, MassField):
            return
        register, typed, said = self._pane.register, field.typed(), f"已修改“{field.words()}”："

        def write(progress: Progress) -> tuple[Change, str]:
            reached = self._mass.narrowed(register, reach, tuple(typed))
            return self._mass.change(register, reached, typed, progress), f"{said}{reached.done}"

        self._write(write, f"{said}{reach.done}", len(reach.ids))

    def _look(self, look: Callable[[], T], then: Callable[[T], object], count: int) -> None:
        if count < _FELT:
            then(look())
        else:
            self._context.tasks.run(lambda _progress: look(), then, self._failed)

    def _write(self, write: Callable[[Progress], tuple[Change, str]], words: str, count: int) -> None:
        """Write what concerns so many records; what came of it is said in its own words, before that in these."""
        ask = self._pane.ask
        asks = ask.hold("正在写入") if not ask.isHidden() else lambda: False

        def done(made: tuple[Change, str]) -> None:
            change, said = made
            focus = QApplication.focusWidget()
            if asks():
                goes_on = focus is None or ask.isAncestorOf(focus)
                ask.done()
                if goes_on:
                    # Who writes elsewhere meanwhile keeps his cursor.
                    self._pane.table.setFocus()
            self._context.events.changed.emit(change)
            self._context.events.said.emit(said, change.entry)

        def failed(error: Exception) -> None:
            in_question = asks()
            if in_question:
                ask.say("")
            self._failed(error, in_question=in_question)

        write_many(self._context, write, done, failed, count=count, words=words.lstrip("已"))

    def _failed(self, error: Exception, *, in_question: bool = False) -> None:
        if not isinstance(error, PaizhuError):
            # A fault was told already, where faults are.
            return
        if not in_question:
            messages.tell(self._pane, error)
        elif isinstance(error, InvalidRecordError):
            self._pane.ask.say(messages.joined([problem.message for problem in error.problems]))
        else:
            self._pane.ask.say(str(error))

"""What is asked of every item: points, papers and phrases, changed with a reason and put back in one step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.registers.review import REVIEW
from paizhu.services.review_lists import LABELS, Kind, Line, ListChange, ReviewLists
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.pages.review_lists_model import COLUMNS, EVERY, ReviewListsModel, category_words
from paizhu.ui.theme import Text

_NEW = "新增一条"
_LINES = 3


class ReviewListsPage(PageFrame):
    """One of the three lists at the left, the chosen line or a new one at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("审查清单和语句", scrolls=False, parent=parent)
        self._context = context
        self._lists = ReviewLists(context.office.desk)
        self._adding = False
        self._done: ListChange | None = None
        self.kind = Segments("哪一张清单", [(kind.value, words) for kind, words in LABELS.items()])
        self.kind.set_current(Kind.POINT.value)
        self.kind.chosen.connect(lambda _key: self.refresh())
        self.add = Button("新增一条", icon="plus", shortcut="Ctrl+N")
        self.add.clicked.connect(self.begin_new)
        self.head.addWidget(self.kind)
        self.head.addWidget(self.add)
        self.model = ReviewListsModel()
        self.table = RegisterTable("审查清单和语句", row=RowHeight.TWO_LINES)
        self.table.show_model(self.model, COLUMNS)
        self.table.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.table.picked.connect(self._show_chosen)
        self.table.opened.connect(lambda _row: self.words.setFocus())
        listing = Card("现在用的", "已经审查过的事项保留当时的要点", plain_head=True)
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

    # --- going about -------------------------------------------------------------------------------------------

    @property
    def shown_kind(self) -> Kind:
        """Which list is shown."""
        return Kind(self.kind.current())

    def refresh(self, code: str = "") -> None:
        """Read the list again, standing at the same line."""
        chosen = self.chosen()
        code = code or (chosen.code if chosen else "")
        found = self._lists.lines(self.shown_kind)
        self.model.show_lines(found)
        own = sum(line.own or line.changed for line in found)
        aside = sum(not line.active for line in found)
        self.set_note(f"共 {len(found)} 条，本单位增加或改过 {own} 条，停用 {aside} 条")
        row = max(self.model.row_of(code), 0)
        self.table.go_to(row)
        self._show_chosen(row)

    def chosen(self) -> Line | None:
        """Return the line in the current row."""
        return self.model.line(self.table.currentIndex().row())

    def choose(self, code: str) -> None:
        """Stand at a line, whichever list it is in."""
        line = self._lists.line(code)
        self.kind.set_current(line.kind.value)
        self.refresh(code)

    def place(self) -> object:
        """Return list and line in hand."""
        line = self.chosen()
        return (self.kind.current(), line.code if line else "")

    def return_to(self, place: object) -> None:
        """Stand at a line again."""
        if isinstance(place, tuple):
            self.kind.set_current(str(place[0]))
            self.refresh(str(place[1]))

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action == "new":
            self.begin_new()
            return True
        if action in ("complete", "save", "record.complete", "record.save") and self.save.isEnabled():
            self.save_line()
            return True
        return False

    # --- changing ----------------------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Open an empty line."""
        self._adding = True
        self._fill(_NEW, "", "", "", "")
        self.words.setFocus()

    def save_line(self) -> None:
        """Keep the line as it is typed."""
        words, category = self.words.toPlainText(), str(self.category.currentData())
        basis, reason, line = self.basis.text(), self.reason.text(), self.chosen()
        if self._adding:
            kind = self.shown_kind
            self._change(lambda: self._lists.add(kind, words, category, basis, reason))
        elif line:
            self._change(lambda: self._lists.change(line.code, words, category, basis, reason))

    def switch(self) -> None:
        """Put the line aside, or use it again."""
        line = self.chosen()
        if line and line.active:
            self._change(lambda: self._lists.put_aside(line.code, self.reason.text()))
        elif line:
            self._change(lambda: self._lists.take_up(line.code))

    def put_back(self) -> None:
        """Return to the words the program came with."""
        line = self.chosen()
        if line:
            self._change(lambda: self._lists.put_back(line.code))

    def take_back(self) -> None:
        """Undo the last change made here."""
        done = self._done
        if done:
            self._change(lambda: self._lists.take_back(done), undoable=False)

    # --- the machine -------------------------------------------------------------------------------------------

    def _change(self, change: Callable[[], ListChange], *, undoable: bool = True) -> None:
        self._clear_notes()
        try:
            done = change()
        except InvalidRecordError as error:
            for problem in error.problems:
                self._notes.get(problem.field, self._notes["words"]).show_error(problem.message)
            return
        except PaizhuError as error:
            self._notes["words"].show_error(messages.sentence(error))
            return
        self._adding = False
        self._done = done if undoable else None
        self.undo.setVisible(undoable)
        self.refresh(done.code)
        self._context.events.said.emit(f"{done.words}。以后新报送的事项照此核对。", 0)

    def _clear_notes(self) -> None:
        for note in self._notes.values():
            note.clear()

    def _editor(self) -> Card:
        card = Card("这一条", plain_head=True)
        self.name = Label("", Text.SECTION, wraps=True)
        self.original = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self._measure_words()
        theme.current().changed.connect(self._measure_words)
        self.category = QComboBox()
        self.category.addItem(EVERY, "")
        for choice in REVIEW.field("category").choices:
            self.category.addItem(choice.label, choice.code)
        self.basis, self.reason = QLineEdit(), QLineEdit()
        self.basis.setPlaceholderText("依据的文件和条文，没有就空着")
        self.reason.setPlaceholderText("为什么增加、改动或停用，记入留痕")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._notes = {"words": FieldNote(self.words), "reason": FieldNote(self.reason)}
        self._labels: dict[str, Label] = {}
        rows: tuple[tuple[str, QWidget, FieldNote | None], ...] = (
            ("内容", self.words, self._notes["words"]),
            ("适用事项", self.category, None),
            ("依据", self.basis, None),
            ("理由", self.reason, self._notes["reason"]),
        )
        for at, (title, widget, note) in enumerate(rows):
            label = Label(title, ink="ink2")
            label.setBuddy(widget)
            widget.setAccessibleName(title)
            self._labels[title] = label
            grid.addWidget(label, 2 * at, 0)
            grid.addWidget(widget, 2 * at, 1)
            if note:
                grid.addWidget(note, 2 * at + 1, 1)
        card.body.addWidget(self.name)
        card.body.addLayout(grid)
        card.body.addWidget(self.original)
        card.body.addLayout(self._buttons())
        for signal in (self.words.textChanged, self.basis.textChanged, self.category.currentIndexChanged):
            signal.connect(lambda *_: self._allow())
        return card

    def _measure_words(self) -> None:
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * _LINES + 16)

    def _buttons(self) -> QHBoxLayout:
        self.save = Button("保存这一条", Look.PRIMARY, icon="save", shortcut="Ctrl+S")
        self.save.clicked.connect(self.save_line)
        self.aside = Button("停用")
        self.aside.clicked.connect(self.switch)
        self.back_to_shipped = Button("恢复内置写法", icon="undo")
        self.back_to_shipped.clicked.connect(self.put_back)
        self.undo = Button("撤销刚才的改动", Look.LINK)
        self.undo.clicked.connect(self.take_back)
        self.undo.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.save, self.aside, self.back_to_shipped, self.undo):
            row.addWidget(button)
        row.addWidget(ReasonLabel(self.save))
        row.addStretch(1)
        return row

    def _show_chosen(self, row: int) -> None:
        line = self.model.line(row)
        if line is None:
            return
        self._adding = False
        numbered = f"（{line.code}）" if line.kind is Kind.POINT else ""
        self._fill(f"{LABELS[line.kind]}{numbered}", line.words, line.category, line.basis, "")
        about = []
        if line.changed:
            about.append(f"内置写法：{line.shipped_words}")
        if line.categories:
            about.append(f"用于{category_words(line)}")
        if line.reason:
            about.append(f"改动理由：{line.reason}")
        self.original.setText("；".join(about))
        self.original.setVisible(bool(about))
        self.aside.setText("停用" if line.active else "恢复使用")
        self.aside.setVisible(True)
        self.back_to_shipped.setVisible(line.changed)
        self._allow()

    def _fill(self, name: str, words: str, category: str, basis: str, reason: str) -> None:
        self._clear_notes()
        self.name.setText(name)
        self.words.setPlainText(words)
        self.category.setCurrentIndex(max(self.category.findData(category), 0))
        self.basis.setText(basis)
        self.reason.setText(reason)
        with_basis = self.shown_kind is Kind.POINT
        self._labels["依据"].setVisible(with_basis)
        self.basis.setVisible(with_basis)
        self.original.hide()
        if self._adding:
            self.aside.hide()
            self.back_to_shipped.hide()
        self._allow()

    def _allow(self) -> None:
        line = self.chosen()
        if self._adding or line is None:
            self.save.allow()
            return
        typed = (" ".join(self.words.toPlainText().split()), self.category.currentData(), self.basis.text().strip())
        same = typed == (line.words, line.category, line.basis)
        self.save.refuse("没有改动") if same else self.save.allow()

"""What is asked of every item: points, papers and phrases, changed with a reason and put back in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.registers.review import REVIEW
from paizhu.services.reviews.lists import LABELS, Kind, Line, ListChange, ReviewLists
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.field_grid import FieldGrid
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.segments import Segments
from paizhu.ui.pages.rules.review_lists_model import CELLS, EVERY, category_words
from paizhu.ui.pages.rules.rules_page import UNCHANGED, RulesPage, Words
from paizhu.ui.theme import Text

_NEW = "新增一条"
_LINES = 3


class ReviewListsPage(RulesPage[Line]):
    """One of the three lists at the left, the chosen line or a new one at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        words = Words(
            "审查清单和语句",
            "现在用的",
            "已经审查过的事项保留当时的要点",
            save="保存这一条",
            back="恢复内置写法",
        )
        super().__init__(context, words, CELLS, lambda line: line.code, parent=parent)
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
        self.right.addStretch(1)
        self._fill_card()
        self.refresh()

    # --- going about -------------------------------------------------------------------------------------------

    @property
    def shown_kind(self) -> Kind:
        """Which list is shown."""
        return Kind(self.kind.current())

    def read(self) -> tuple[Sequence[Line], str]:
        """Return one list, and how many of its lines are this office's own or put aside."""
        found = self._lists.lines(self.shown_kind)
        own = sum(line.own or line.changed for line in found)
        aside = sum(not line.active for line in found)
        return found, f"共 {len(found)} 条，本单位增加或改过 {own} 条，停用 {aside} 条"

    def choose(self, code: str) -> None:
        """Stand at a line, whichever list it is in."""
        self.kind.set_current(self._lists.line(code).kind.value)
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
        return super().run(action)

    def edit(self) -> None:
        """Go on to the words."""
        self.words.setFocus()

    # --- changing ----------------------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Open an empty line."""
        self._adding = True
        self._fill(_NEW, "", "", "", "")
        self.edit()

    def save_chosen(self) -> None:
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
        of_words = self.fields.notes["words"]
        self.fields.clear_notes()
        try:
            done = change()
        except InvalidRecordError as error:
            self.fields.show_problems(error.problems, of_words)
            return
        except PaizhuError as error:
            of_words.show_error(messages.sentence(error))
            return
        self._adding = False
        self._done = done if undoable else None
        self.undo.setVisible(undoable)
        self.refresh(done.code)
        self._context.events.said.emit(f"{done.words}。以后新报送的事项照此核对。", done.entry if undoable else 0)

    def _fill_card(self) -> None:
        self.original = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self._measure_words()
        theme.current().follow(self, self._measure_words)
        self.category = DropDown()
        self.category.addItem(EVERY, "")
        for choice in REVIEW.field("category").choices:
            self.category.addItem(choice.label, choice.code)
        self.basis, self.reason = QLineEdit(), QLineEdit()
        self.basis.setPlaceholderText("依据的文件和条文，没有就空着")
        self.reason.setPlaceholderText("为什么增加、改动或停用，记入留痕")
        self.fields = FieldGrid()
        self.fields.add("内容", self.words, "words")
        self.fields.add("适用事项", self.category)
        self._basis_words = self.fields.add("依据", self.basis)
        self.fields.add("理由", self.reason, "reason")
        for signal in (self.words.textChanged, self.basis.textChanged, self.category.currentIndexChanged):
            signal.connect(lambda *_: self.allow())
        self.card.body.addLayout(self.fields)
        self.card.body.addWidget(self.original)
        self.aside = Button("停用")
        self.aside.clicked.connect(self.switch)
        self.undo = Button("撤销刚才的改动", Look.LINK)
        self.undo.clicked.connect(self.take_back)
        self.undo.hide()
        self.add_buttons(self.aside, after=(self.undo,))

    def _measure_words(self) -> None:
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * _LINES + 16)

    def show_line(self, line: Line) -> None:
        """Put a line into the editor, with the words it came with."""
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

    def _fill(self, name: str, words: str, category: str, basis: str, reason: str) -> None:
        self.fields.clear_notes()
        self.name.setText(name)
        self.words.setPlainText(words)
        self.category.setCurrentIndex(max(self.category.findData(category), 0))
        self.basis.setText(basis)
        self.reason.setText(reason)
        with_basis = self.shown_kind is Kind.POINT
        self._basis_words.setVisible(with_basis)
        self.basis.setVisible(with_basis)
        self.original.hide()
        if self._adding:
            self.aside.hide()
            self.back_to_shipped.hide()
        self.allow()

    def allow(self) -> None:
        """Let a new line be saved whatever it says: what is missing is said when it is."""
        if self._adding:
            self.save.allow()
        else:
            super().allow()

    def objection(self, line: Line) -> str:
        """Refuse what holds already."""
        typed = (" ".join(self.words.toPlainText().split()), self.category.currentData(), self.basis.text().strip())
        return UNCHANGED if typed == (line.words, line.category, line.basis) else ""

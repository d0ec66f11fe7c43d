"""What this office may set over what the program came with: a list, the line in hand, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paizhu.base.rows import Change
from paizhu.services import keeping
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells, Line, LinesModel
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text

UNCHANGED = "没有改动"
_SAVING = ("complete", "save", "record.complete", "record.save")


class Words(NamedTuple):
    """What stands over the two halves and on the buttons of one such page."""

    title: str
    listed: str
    about: str
    one: str = "这一条"
    save: str = "保存本单位设定"
    back: str = "恢复内置值"


class RulesPage(PageFrame, Generic[Line]):
    """The list at the left, the rule in hand at the right.

    A page of this kind fills `card` with its fields, says what its rules are and what saving means for them (the six
    functions that are not implemented here), and refreshes once it is built.
    """

    def __init__(
        self,
        context: Context,
        words: Words,
        cells: Sequence[Cells[Line]],
        code: Callable[[Line], str],
        *,
        sentence: Callable[[Line], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words.title, scrolls=False, parent=parent)
        self._context = context
        self._code = code
        self.model = LinesModel(cells, sentence=sentence)
        self.table = RegisterTable(words.title, row=RowHeight.TWO_LINES)
        self.table.show_model(self.model, self.model.columns)
        self.table.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.table.picked.connect(self._show_row)
        self.table.opened.connect(lambda _row: self.edit())
        listing = Card(words.listed, words.about, plain_head=True)
        listing.fill()
        listing.body.addWidget(self.table, 1)
        self.card = Card(words.one, plain_head=True)
        self.name = Label("", Text.SECTION, wraps=True)
        self.card.body.addWidget(self.name)
        self.save = Button(words.save, Look.PRIMARY, icon="save", shortcut="Ctrl+S")
        self.save.clicked.connect(self.save_chosen)
        self._why_not = ReasonLabel(self.save)
        self.back_to_shipped = Button(words.back, icon="undo")
        self.back_to_shipped.clicked.connect(self.put_back)
        self.right = QVBoxLayout()
        self.right.setSpacing(12)
        self.right.addWidget(self.card)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        halves.addWidget(listing, 5)
        halves.addWidget(scrolled(self.right), 4)
        self.body.addLayout(halves, 1)
        self.setFocusProxy(self.table)
        context.events.changed.connect(self._follow)

    # --- what a page of rules says of its own -----------------------------------------------------------------------

    def read(self) -> tuple[Sequence[Line], str]:
        """Return the rules as they hold now, and how many there are in words."""
        raise NotImplementedError

    def show_line(self, line: Line) -> None:
        """Put a rule into the editor."""
        raise NotImplementedError

    def objection(self, line: Line) -> str:
        """Return why what stands in the editor cannot be saved; nothing when it can."""
        raise NotImplementedError

    def edit(self) -> None:
        """Go on to the first field of the editor."""
        raise NotImplementedError

    def save_chosen(self) -> None:
        """Keep what the editor says for this office."""
        raise NotImplementedError

    def put_back(self) -> None:
        """Return to what the program came with."""
        raise NotImplementedError

    def _follow(self, change: Change) -> None:
        """Read again when what this office set was taken back elsewhere, as by Ctrl+Z."""
        if keeping.kinds(change.registers):
            self.refresh()

    # --- going about ------------------------------------------------------------------------------------------------

    def refresh(self, code: str = "") -> None:
        """Read the rules again, standing at one of them, or at the same one as before."""
        line = self.chosen()
        code = code or (self._code(line) if line is not None else "")
        lines, told = self.read()
        self.model.show_lines(lines)
        self.set_note(told)
        self.table.go_to(max(self.row_of(code), 0))

    def row_of(self, code: str) -> int:
        """Return the row of a rule; -1 when it is not shown."""
        return self.model.row_where(lambda line: self._code(line) == code)

    def chosen(self) -> Line | None:
        """Return the rule in hand."""
        return self.model.line(self.table.currentIndex().row())

    def choose(self, code: str) -> None:
        """Stand at a rule."""
        self.table.go_to(self.row_of(code))

    def place(self) -> object:
        """Return the code of the rule in hand."""
        line = self.chosen()
        return self._code(line) if line is not None else None

    def return_to(self, place: object) -> None:
        """Stand at a rule again."""
        if isinstance(place, str):
            self.choose(place)

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action in _SAVING and self.save.isEnabled():
            self.save_chosen()
            return True
        return False

    # --- for the pages of this kind ---------------------------------------------------------------------------------

    def add_buttons(self, *others: QWidget, after: Sequence[QWidget] = ()) -> None:
        """End the card with 保存, what else can be done, 恢复 and what follows it, and why saving is refused."""
        # At a large font they go on in the next line: the pane never scrolls sideways.
        row = FlowLayout(gap=8)
        for part in (self.save, *others, self.back_to_shipped, *after, self._why_not):
            row.addWidget(part)
        self.card.body.addLayout(row)

    def allow(self) -> None:
        """Let the rule in hand be saved, or say why not."""
        line = self.chosen()
        if line is not None:
            objection = self.objection(line)
            self.save.refuse(objection) if objection else self.save.allow()
            if self.save.isHidden():
                self._why_not.hide()

    def _show_row(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self.show_line(line)
            self.allow()

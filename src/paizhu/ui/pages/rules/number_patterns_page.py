"""编号和文号格式 in the window: every series with its next number; another format is previewed before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.own_rules.number_patterns import Line, NumberPatterns, meant, shown
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.field_grid import FieldGrid
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.pages.rules.how_sure import SET_HERE
from paizhu.ui.pages.rules.rules_page import UNCHANGED, RulesPage, Words
from paizhu.ui.theme import Text

_SHIPPED = Mark(Shape.DASH, "内置", Tone.QUIET)
_HOW = "{年} 是年份，{号} 是顺序号，{号3} 写足三位，其余照写。改了从下一个编号起用，已经发出的不变；编号只增不减。"

CELLS: tuple[Cells[Line], ...] = (
    Cells(Column("label", "编号", 190), lambda line: line.label),
    Cells(Column("pattern", "格式", 190, stretches=True), lambda line: shown(line.pattern)),
    Cells(Column("next", "下一个", 160, rank=2), lambda line: line.next),
    Cells(
        Column("state", "设定", 120, CellKind.STATUS, rank=1), mark=lambda line: SET_HERE if line.changed else _SHIPPED
    ),
)


class NumberPatternsPage(RulesPage[Line]):
    """Every series of numbers, and the format of the one in hand with what it would give next."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        words = Words("编号和文号格式", "各本台账的编号和文书的文号", "右边改格式，先看下一个编号再保存", one="这一种")
        super().__init__(context, words, CELLS, lambda line: line.code, parent=parent)
        self._patterns = NumberPatterns(context.office.desk)
        self._fill_card()
        self.right.addStretch(1)
        self.refresh()

    def read(self) -> tuple[Sequence[Line], str]:
        """Return every series, and how many this office set."""
        lines = self._patterns.lines()
        own = sum(line.changed for line in lines)
        return lines, f"共 {len(lines)} 种，本单位设定 {own} 种；内置格式随时可以恢复"

    def show_line(self, line: Line) -> None:
        """Put a series into the editor."""
        self.name.setText(line.label)
        self.pattern.setText(shown(line.pattern))
        self.reason.clear()
        self._trouble.clear()
        self.back_to_shipped.setVisible(line.changed)
        self.back_to_shipped.setToolTip(f"内置格式：{shown(line.shipped)}")
        self._preview()

    def objection(self, line: Line) -> str:
        """Refuse what holds already, and what gives no number."""
        pattern = meant(self.pattern.text())
        if "".join(pattern.split()) == line.pattern:
            return UNCHANGED
        return "格式还不能用" if self._patterns.preview(line.code, pattern)[1] else ""

    def edit(self) -> None:
        """Go on to the format."""
        self.pattern.setFocus()
        self.pattern.selectAll()

    def save_chosen(self) -> None:
        """Keep the format typed for this office."""
        line = self.chosen()
        if line:
            self._change(lambda: self._patterns.set(line.code, meant(self.pattern.text()), self.reason.text()))

    def put_back(self) -> None:
        """Return to the built-in format."""
        line = self.chosen()
        if line:
            self._change(lambda: self._patterns.put_back(line.code))

    # --- the machine -------------------------------------------------------------------------------------------

    def _change(self, change: Callable[[], Change]) -> None:
        self._trouble.clear()
        try:
            made = change()
        except PaizhuError as error:
            self._trouble.show_error(messages.sentence(error))
            return
        self.refresh()
        self._context.events.changed.emit(made)
        self._context.events.said.emit("编号格式已改，从下一个编号起用。", made.entry)

    def _preview(self) -> None:
        line = self.chosen()
        if line is None:
            return
        number, wrong = self._patterns.preview(line.code, meant(self.pattern.text()))
        self.next.setText(number)
        if wrong:
            self._wrong.show_error(wrong)
        else:
            self._wrong.clear()
        self.allow()

    def _fill_card(self) -> None:
        self.pattern, self.reason = QLineEdit(), QLineEdit()
        self.pattern.setAccessibleName("编号格式")
        self.pattern.textEdited.connect(lambda _words: self._preview())
        self.reason.setPlaceholderText("为什么改，如机关的文号管理规定")
        self.next = Label("", bold=True)
        self.next.setAccessibleName("下一个编号")
        self._wrong, self._trouble = FieldNote(self.pattern), FieldNote(self.reason)
        fields = FieldGrid(holder := QWidget())
        fields.setContentsMargins(0, 0, 0, 0)
        fields.add("格式", self.pattern)
        fields.add("下一个", self.next)
        fields.add("改动理由", self.reason)
        how = Label(_HOW, Text.SECONDARY, "ink2", wraps=True)
        for part in (holder, self._wrong, self._trouble, how):
            self.card.body.addWidget(part)
        self.add_buttons()

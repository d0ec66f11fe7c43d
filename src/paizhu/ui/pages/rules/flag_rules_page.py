"""The rules of red flags in the window: words, source, and numbers that this office may set with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Change
from paizhu.rules.flags.finding import Given
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.field_grid import FieldGrid, in_one_column
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.pages.rules.how_sure import SET_HERE, how_sure
from paizhu.ui.pages.rules.rules_page import UNCHANGED, RulesPage, Words
from paizhu.ui.tasks import Progress
from paizhu.ui.theme import Text


def changed(rule: Given) -> bool:
    """Tell whether a number of the rule is not the shipped one."""
    return any(rule.written[each.name] != each.default for each in rule.rule.parameters)


def mark(rule: Given) -> Mark:
    """Return whether this office set the rule, else how sure its source is."""
    return SET_HERE if changed(rule) else how_sure(rule.rule.confidence, "程序设定")


CELLS: tuple[Cells[Given], ...] = (
    Cells(
        Column("name", "提示和规则", 320, stretches=True),
        lambda given: given.rule.name,
        second=lambda given: given.words,
        tip=lambda given: f"{given.words}\n{given.rule.source}",
    ),
    Cells(Column("level", "级别", 96), lambda given: given.rule.level.words),
    Cells(Column("state", "核对", 124, CellKind.STATUS), mark=mark),
    Cells(Column("code", "编号", 76, rank=3), lambda given: given.rule.code, tone=Tone.DONE),
)


class FlagRulesPage(RulesPage[Given]):
    """Every rule with the numbers that hold here; flags are counted anew after a change."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        words = Words(
            "提示规则",
            "由本组台账比对得出",
            "提示供人核实，不是结论，不给人打分",
            save="保存本单位数值",
            back="恢复内置数值",
        )
        super().__init__(context, words, CELLS, lambda given: given.rule.code, parent=parent)
        self._flags = context.office.flags
        self._lines: dict[str, QLineEdit] = {}
        self.right.addStretch(1)
        self._fill_card()
        self.refresh()

    def read(self) -> tuple[Sequence[Given], str]:
        """Return every rule, and how many this office adjusted."""
        rules = list(self._flags.rules().values())
        return rules, f"共 {len(rules)} 条，本单位调整过 {sum(map(changed, rules))} 条；内置数值随时可以恢复"

    def show_line(self, given: Given) -> None:
        """Put a rule into the editor; one without numbers has nothing to be set."""
        rule = given.rule
        self.name.setText(f"{rule.name}（{rule.code}）")
        self.words.setText(given.words)
        self.source.setText(rule.source)
        self._show_numbers(given)
        self.back_to_shipped.setVisible(changed(given))
        for widget in (self.reason, self._reason_words, self.save):
            widget.setVisible(bool(rule.parameters))

    def objection(self, given: Given) -> str:
        """Refuse what holds already."""
        same = all(line.text().strip() == given.written[name] for name, line in self._lines.items())
        return UNCHANGED if same else ""

    def edit(self) -> None:
        """Go on to the first number."""
        if self._lines:
            next(iter(self._lines.values())).setFocus()

    def editor(self, name: str) -> QLineEdit:
        """Return the line that edits a number of the rule in hand."""
        return self._lines[name]

    def save_chosen(self) -> None:
        """Keep the numbers typed, each with the reason; nothing is kept when one of them is refused."""
        given = self.chosen()
        if given:
            written = {name: line.text().strip() for name, line in self._lines.items()}
            self._set({name: value for name, value in written.items() if value != given.written[name]})

    def put_back(self) -> None:
        """Return to the numbers the program came with."""
        given = self.chosen()
        if given:
            names = [each.name for each in given.rule.parameters if given.written[each.name] != each.default]
            self._set(dict.fromkeys(names), reason="恢复内置数值")

    # --- the machine -------------------------------------------------------------------------------------------

    def _set(self, numbers: Mapping[str, str | None], reason: str = "") -> None:
        given, reason = self.chosen(), reason or self.reason.text()
        if given is None:
            return
        try:
            made = self._flags.set_parameters(given.rule.code, numbers, reason)
        except InvalidRecordError as error:
            self.numbers.show_problems(error.problems, self._why.notes["reason"])
            return
        self.reason.clear()
        self.refresh()
        self._context.events.said.emit(f"“{given.rule.name}”已调整，正在重新比对。", made.entry)

        def work(progress: Progress) -> Change:
            return self._flags.recompute(progress=lambda words, done, total: progress.report(done, total, words))

        self._context.tasks.run(work, self._context.events.changed.emit, label="正在重新比对提示")

    def _fill_card(self) -> None:
        self.words = Label("", wraps=True)
        self.source = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.numbers, self._why = FieldGrid(), FieldGrid()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("为什么调整，记入留痕")
        self._reason_words = self._why.add("调整理由", self.reason, "reason")
        theme.current().follow(self, self._line_up)
        body = self.card.body
        body.addWidget(self.words)
        body.addWidget(self.source)
        body.addLayout(self.numbers)
        body.addLayout(self._why)
        self.add_buttons()

    def _line_up(self) -> None:
        in_one_column(self.numbers, self._why)

    def _show_numbers(self, given: Given) -> None:
        self.numbers.clear()
        self._why.clear_notes()
        self._lines = {}
        for each in given.rule.parameters:
            line = QLineEdit(given.written[each.name])
            line.textChanged.connect(lambda _words: self.allow())
            unit = f"{each.unit}　" if each.unit else ""
            shipped = Label(f"{unit}内置 {each.default}", Text.SECONDARY, "ink2")
            self.numbers.add(each.label, line, each.name, after=shipped)
            self._lines[each.name] = line
        self._line_up()

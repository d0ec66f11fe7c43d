"""处分影响期表 in the window: every kind with length, effect and source; what the law leaves open is set here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.own_rules.in_force import CHOICES
from paizhu.services.own_rules.influence_limits import LABELS, InfluenceLimits, Line
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.field_grid import FieldGrid
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.number_edit import NumberEdit
from paizhu.ui.kit.roles import Mark
from paizhu.ui.kit.segments import Segments
from paizhu.ui.pages.rules.how_sure import SET_HERE, how_sure
from paizhu.ui.pages.rules.rules_page import UNCHANGED, RulesPage, Words
from paizhu.ui.tasks import Progress
from paizhu.ui.theme import Text

_LONGEST = 120


def length_words(line: Line) -> str:
    """Return how long a kind weighs, in words."""
    kind = line.kind
    if kind.start == "permanent":
        return "长期"
    if not kind.months:
        return "没有"
    return f"{kind.months} 个月" if kind.months % 12 else f"{kind.months // 12} 年"


def mark(line: Line) -> Mark:
    """Return whether this office set the length, else how sure its source is."""
    return SET_HERE if line.changed else how_sure(line.kind.confidence, "惯例")


CELLS: tuple[Cells[Line], ...] = (
    Cells(
        Column("name", "处分处理和依据", 320, stretches=True),
        lambda line: line.kind.name,
        second=lambda line: line.kind.source,
        tip=lambda line: "\n".join(filter(None, (line.kind.effect, line.kind.source))),
    ),
    Cells(Column("months", "影响期", 110, least=80), length_words),
    Cells(Column("state", "核对", 124, CellKind.STATUS, least=78), mark=mark),
)


class InfluencePage(RulesPage[Line]):
    """Every kind of measure with what it weighs here, and above the one in hand how the open questions are read."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        words = Words(
            "影响期表",
            "处分处理的影响期",
            "法律法规定了长度的不能改，单条记录可以按文件另定期满日",
            one="这一种",
        )
        super().__init__(context, words, CELLS, lambda line: line.kind.code, parent=parent)
        self._limits = InfluenceLimits(context.office.desk)
        self.right.insertWidget(0, self._choices())
        self.right.addStretch(1)
        self._fill_card()
        self.refresh()

    def read(self) -> tuple[Sequence[Line], str]:
        """Return every kind, and how many this office set."""
        self._show_choices()
        lines = self._limits.lines()
        own = sum(each.changed for each in lines)
        return lines, f"共 {len(lines)} 种，本单位设定 {own} 种；内置值随时可以恢复"

    def show_line(self, line: Line) -> None:
        """Put a kind into the editor; what the law fixes shows no fields."""
        kind = line.kind
        self.name.setText(kind.name)
        self.effect.setText(kind.effect)
        self.effect.setVisible(bool(kind.effect))
        shipped = f"；内置 {line.shipped.months} 个月" if line.changed else ""
        self.source.setText(f"{kind.source}{shipped}")
        self.months.setValue(kind.months)
        self.reason.setText(line.reason)
        self.document.setText(line.doc_no)
        self._trouble.clear()
        self._fields.setVisible(kind.setting)
        self.back_to_shipped.setVisible(line.changed)

    def objection(self, line: Line) -> str:
        """Refuse what the law fixes, and what holds already."""
        if not line.kind.setting:
            return "有规定，不能改"
        return UNCHANGED if self.months.value() == line.kind.months else ""

    def edit(self) -> None:
        """Go on to the length."""
        self.months.setFocus()

    def save_chosen(self) -> None:
        """Keep the length typed for this office."""
        line = self.chosen()
        if line:
            months, reason, document = self.months.value(), self.reason.text(), self.document.text()
            self._change(lambda: self._limits.set_months(line.kind.code, months, reason, document))

    def put_back(self) -> None:
        """Return to the built-in length."""
        line = self.chosen()
        if line:
            self._change(lambda: self._limits.put_back(line.kind.code))

    # --- the machine -------------------------------------------------------------------------------------------

    def _change(self, change: Callable[[], Change]) -> None:
        """Change the table off this thread: every measure that stands is counted again."""
        self._trouble.clear()

        def done(made: Change) -> None:
            self.refresh()
            moved = len(made.records)
            self._context.events.changed.emit(made)
            told = (
                f"影响期表已改，{moved} 条处分的期满日跟着变动。" if moved else "影响期表已改，已登记的期满日没有变动。"
            )
            self._context.events.said.emit(told, made.entry)
            self._context.events.settings_changed.emit("influence")

        def failed(error: Exception) -> None:
            if isinstance(error, PaizhuError):
                self._trouble.show_error(messages.sentence(error))
            self._show_choices()

        def work(_progress: Progress) -> Change:
            return change()

        self._context.tasks.run(work, done, failed)

    def _show_choices(self) -> None:
        for name, segments in self.choices.items():
            segments.set_current(self._limits.choice(name))

    def _choices(self) -> Card:
        card = Card("各处说法不一的", "按本单位口径选", plain_head=True)
        self.choices: dict[str, Segments] = {}
        for name, label in LABELS.items():
            segments = Segments(label, list(CHOICES[name].items()))
            segments.chosen.connect(lambda key, name=name: self._change(lambda: self._limits.choose(name, key)))
            self.choices[name] = segments
            card.body.addWidget(Label(label, ink="ink2", wraps=True))
            card.body.addWidget(segments)
        return card

    def _fill_card(self) -> None:
        self.effect = Label("", wraps=True)
        self.source = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.months = NumberEdit(0, _LONGEST, at_once=True)
        self.months.setSuffix(" 个月")
        self.months.valueChanged.connect(lambda _value: self.allow())
        self.reason, self.document = QLineEdit(), QLineEdit()
        self.reason.setPlaceholderText("为什么与内置的不同")
        self.document.setPlaceholderText("依据的文件和文号")
        self._trouble = FieldNote(self.document)
        self._fields = QWidget()
        fields = FieldGrid(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.add("影响期", self.months)
        fields.add("改动理由", self.reason)
        fields.add("文号", self.document)
        for part in (self.effect, self.source, self._fields, self._trouble):
            self.card.body.addWidget(part)
        self.add_buttons()

"""谈话规则: which talks a year asks for and what each kind demands, set for this office with a reason, and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from paizhu.base.errors import InvalidRecordError
from paizhu.rules.talk_table import KindRule, PlanRule, TalkTable, shipped
from paizhu.services.own_rules.in_force import Override
from paizhu.services.talks.rules import Demands, TalkRules
from paizhu.ui.context import Context
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.field_grid import FieldGrid
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.number_edit import NumberEdit
from paizhu.ui.kit.roles import Mark
from paizhu.ui.pages.rules.how_sure import SET_HERE, how_sure
from paizhu.ui.pages.rules.rules_page import UNCHANGED, RulesPage, Words
from paizhu.ui.theme import Text

_PLAN, _KIND = "plan", "kind"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a rule that asks for talks, or what a kind of talk demands, and what this office set over it."""

    part: str
    rule: PlanRule | KindRule
    override: Override | None

    @property
    def title(self) -> str:
        """What the rule is about: when such a talk is planned and what it demands are two rules of one name."""
        return f"{'安排' if self.part == _PLAN else '要求'}：{self.rule.name}"

    @property
    def words(self) -> str:
        """The rule in words with what holds now."""
        if isinstance(self.rule, PlanRule):
            return self.rule.sentence
        said = ["谈话人不少于两人" if self.rule.two_talkers else "一人可以谈", "先报批" if self.rule.approval else ""]
        said.append("归档须有签字页" if self.rule.signed_page else "")
        return "，".join([*(words for words in said if words), f"要点 {len(self.rule.points)} 条"])

    @property
    def mark(self) -> Mark:
        """Whether this office set it, else how sure its source is."""
        return SET_HERE if self.override else how_sure(self.rule.confidence, "程序设定")


def _tip(entry: Entry) -> str:
    return f"{entry.words}\n依据：{entry.rule.source}"


CELLS: tuple[Cells[Entry], ...] = (
    Cells(
        Column("name", "规则", 320, stretches=True),
        lambda entry: entry.title,
        second=lambda entry: entry.words,
        tip=_tip,
    ),
    Cells(Column("state", "核对", 124, CellKind.STATUS), mark=lambda entry: entry.mark, tip=_tip),
)


class TalkRulesPage(RulesPage[Entry]):
    """Every rule, those that ask for talks first; nothing changes without a reason."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        words = Words("谈话规则", "安排哪些谈话，每一类谈话要求什么", "标“待核”的凭记忆写入", save="保存设定")
        super().__init__(context, words, CELLS, lambda entry: f"{entry.part}.{entry.rule.code}", parent=parent)
        self._rules = TalkRules(context.office.desk)
        self.right.addStretch(1)
        self._fill_card()
        self.refresh()

    def read(self) -> tuple[Sequence[Entry], str]:
        """Return every rule, and how many this office set."""
        table: TalkTable = self._rules.table
        entries = [Entry(_PLAN, rule, self._rules.override(_PLAN, code)) for code, rule in table.plans.items()]
        entries += [Entry(_KIND, rule, self._rules.override(_KIND, code)) for code, rule in table.kinds.items()]
        own = sum(entry.override is not None for entry in entries)
        return entries, f"共 {len(entries)} 条，本单位设定 {own} 条；内置值随时可以恢复"

    def show_line(self, entry: Entry) -> None:
        """Put a rule into the editor: how often talks are asked for, or what a kind of talk demands."""
        rule = entry.rule
        plan = isinstance(rule, PlanRule)
        self.name.setText(entry.title)
        told = [rule.source, rule.note if isinstance(rule, PlanRule) else ""]
        if entry.override:
            own = entry.override
            told.append(f"{own.on} 由{own.by}设定：{own.reason} {own.document}".strip())
        self.about.setText("；".join(words for words in told if words))
        of_plan: tuple[QWidget, ...] = (self._count_words, self.count)
        of_kind: tuple[QWidget, ...] = (*self._boxes, self.points, self._points_words)
        for widget in (*of_plan, *of_kind):
            widget.setVisible(plan is (widget in of_plan))
        if isinstance(rule, PlanRule):
            self.count.setRange(rule.least, rule.most)
            self.count.setSuffix(f" {rule.unit}")
            self.count.setValue(rule.count)
            self._count_words.setText(f"数值（内置 {shipped().plans[rule.code].count}）")
        else:
            self.two.setChecked(rule.two_talkers)
            self.approval.setChecked(rule.approval)
            self.page.setChecked(rule.signed_page)
            self.points.setPlainText("\n".join(rule.points))
        self.fields.clear_notes()
        self.reason.clear()
        self.document.clear()
        self.back_to_shipped.setVisible(entry.override is not None)

    def objection(self, entry: Entry) -> str:
        """Refuse what holds already."""
        rule = entry.rule
        if isinstance(rule, PlanRule):
            same = self.count.value() == rule.count
        else:
            now = (*(box.isChecked() for box in self._boxes), tuple(self.points.toPlainText().splitlines()))
            same = now == (rule.two_talkers, rule.approval, rule.signed_page, rule.points)
        return UNCHANGED if same else ""

    def edit(self) -> None:
        """Go on to the number, or to the points of a kind of talk."""
        entry = self.chosen()
        (self.count if entry and isinstance(entry.rule, PlanRule) else self.points).setFocus()

    def save_chosen(self) -> None:
        """Keep what was set with its reason; a refusal stands beneath its field."""
        entry = self.chosen()
        if entry is None:
            return
        reason, paper = self.reason.text(), self.document.text()
        try:
            if isinstance(entry.rule, PlanRule):
                made = self._rules.set_count(entry.rule.code, self.count.value(), reason, paper)
            else:
                demands = Demands(
                    two_talkers=self.two.isChecked(),
                    approval=self.approval.isChecked(),
                    signed_page=self.page.isChecked(),
                )
                points = self.points.toPlainText().splitlines()
                made = self._rules.set_kind(entry.rule.code, reason, demands, points, paper)
        except InvalidRecordError as error:
            self.fields.show_problems(error.problems, self.fields.notes["reason"])
            if any(problem.field == "reason" for problem in error.problems):
                self.reason.setFocus()
            return
        self._done(f"已设定“{entry.title}”。", made)

    def put_back(self) -> None:
        """Go back to what the program came with."""
        entry = self.chosen()
        if entry and entry.override:
            made = self._rules.put_back(entry.part, entry.rule.code)
            self._done(f"“{entry.title}”已恢复内置值。", made)

    # --- the machine -----------------------------------------------------------------------------------------

    def _fill_card(self) -> None:
        self.about = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.count = NumberEdit(0, 0, at_once=True)
        self.two = QCheckBox("谈话人不少于两人")
        self.approval = QCheckBox("先报批，批准后再谈")
        self.page = QCheckBox("归档须有双方签字页扫描件")
        self._boxes = (self.two, self.approval, self.page)
        self.points = QPlainTextEdit()
        self.points.setPlaceholderText("每行一条")
        self.points.setTabChangesFocus(True)
        self.reason, self.document = QLineEdit(), QLineEdit()
        self.reason.setPlaceholderText("为什么这样设定，记入留痕")
        self.document.setPlaceholderText("本组制度或通知的文号，可以不填")
        self.fields = FieldGrid()
        self._count_words = self.fields.add("", self.count, "count", name="数值")
        self.fields.add_bare(self.two)
        self.fields.add_bare(self.approval, "approval")
        self.fields.add_bare(self.page)
        self._points_words = self.fields.add("要点模板", self.points, "points", name="要点模板，每行一条")
        self.fields.add("设定理由", self.reason, "reason")
        self.fields.add("文号", self.document)
        for signal in (self.count.valueChanged, *(box.toggled for box in self._boxes), self.points.textChanged):
            signal.connect(lambda *_: self.allow())
        self.card.body.addWidget(self.about)
        self.card.body.addLayout(self.fields)
        self.add_buttons()

    def _done(self, words: str, entry: int) -> None:
        self.refresh()
        self._context.events.settings_changed.emit("talk_rules")
        self._context.events.said.emit(words, entry)

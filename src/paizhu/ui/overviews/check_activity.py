"""监督检查, one open: when, where, by whom, what came of it; its problems are registered here and put into a letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from paizhu.base import values
from paizhu.base.dates import short_day
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value
from paizhu.registers.activity import ACTIVITY
from paizhu.registers.finding import FINDING
from paizhu.registers.proposal import PROPOSAL
from paizhu.services.supervision.handing_talks import HandingTalks
from paizhu.ui.context import Context
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.overviews.cells_model import CellLine, CellsModel, CellsTable
from paizhu.ui.overviews.check_pane import CheckPane, joined, label_of, linked
from paizhu.ui.overviews.told import Told, ToldLines
from paizhu.ui.register.outline import Cell
from paizhu.ui.register.words import standing_mark, state_mark
from paizhu.ui.turns import Pieces

_PROBLEMS = (
    Column("problem", "问题", 190, least=120, stretches=True),
    Column("unit", "责任单位", 120, rank=3),
    Column("due", "整改期限", 150, CellKind.DEADLINE, rank=2, least=110),
    Column("state", "状态", 110, CellKind.STATUS, rank=1),
)
_LETTERS = (
    Column("name", "文书", 190, least=120, stretches=True),
    Column("unit", "主送单位", 120, rank=3),
    Column("due", "回复期限", 150, CellKind.DEADLINE, rank=2, least=110),
    Column("state", "状态", 110, CellKind.STATUS, rank=1),
)


class ActivityOverview(CheckPane):
    """The first pane of a check; each button of it is one act."""

    label = "检查"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAccessibleName("监督检查")
        self.facts = ToldLines("检查情况")
        self.facts.opened.connect(self.open)
        self.problem_button = self.button("登记问题…", self._ask_problem, "plus")
        self.letter_button = self.button("生成文书…", self._ask_letter)
        self.advice_button = self.button("登记建议…", lambda: self.field_asked.emit("advice"))
        self._talks = HandingTalks(context.office.desk)
        self.talk_button = self.button("", self._hand_talks)
        self.problems, self.letters = CellsModel(_PROBLEMS), CellsModel(_LETTERS)
        self.problem_table = CellsTable("发现问题", self.problems)
        self.letter_table = CellsTable("文书", self.letters)
        for table, model in ((self.problem_table, self.problems), (self.letter_table, self.letters)):
            table.opened.connect(lambda at, model=model: self._open_line(model, at))
        self.body.addWidget(self.facts)
        self.body.addWidget(self.talk_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._found = self.section("发现问题", self.problem_button, self.letter_button)
        self.body.addWidget(self.problem_table)
        self._advised = self.section("建议", self.advice_button)
        self.body.addWidget(self.letter_table)
        self.advice = ToldLines("当场提出的意见建议")
        self.advice.opened.connect(self.open)
        self.body.addWidget(self.advice)

    def showing(self, row: Row) -> Pieces:
        """Show a check as stored, with everything that came of it."""
        self.take(row)
        flow = ACTIVITY.flow
        over = row.voided or (flow is not None and flow.state(row.state or flow.start).shape == "none")
        findings, letters = self.handing.findings_of(row.id), self.handing.letters_of(row.id)
        self.problem_button.setVisible(not over)
        self.letter_button.setVisible(not over and bool(self.handing.unlettered(row.id)))
        self.advice_button.setVisible(not over)
        self.facts.show_lines(list(self._facts(row)))
        ended = flow is not None and flow.state(row.state or flow.start).end
        untold = [] if over or ended else self._talks.untold(row)
        self.talk_button.setVisible(bool(untold))
        self.talk_button.setText(f"登记 {len(untold)} 人的约谈记录")
        self.talk_button.setToolTip(
            f"{'、'.join(ref.label for ref in untold)}：一人一条谈话记录，约谈人数按谈话记录统计"
        )
        left = int(str(row.values.get("open_findings") or 0))
        self._found.setText(f"{len(findings)} 个，还有 {left} 个没有销号" if left else f"{len(findings)} 个")
        counts = [int(str(row.values.get(name) or 0)) for name in ("suggestions", "adopted")]
        self._advised.setText(f"{counts[0]} 条，采纳 {counts[1]} 条" if counts[0] else "还没有提出")
        yield
        self.problems.show_lines([self._line(each) for each in findings])
        self.letters.show_lines([self._letter(each) for each in letters])
        yield
        self.advice.show_lines(list(self._advice(row)))

    # --- the machine -----------------------------------------------------------------------------------------

    def _facts(self, row: Row) -> Iterator[Told]:
        held = row.values
        days = [_show(row, name) for name in ("start_date", "end_date")]
        when = " 至 ".join(dict.fromkeys(day for day in days if day))
        yield Told("时间地点", joined(when, str(held.get("place") or "")))
        yield Told("类型", joined(_show(row, "kind"), _show(row, "theme")))
        yield Told("被检查单位", label_of(held.get("units")))
        second = str(held.get("member_unit") or "")
        yield Told("参加人员", joined(label_of(held.get("members")), f"第二人单位 {second}" if second else ""))
        yield Told("约谈对象", label_of(held.get("talked")), records=linked(held.get("talk_refs")))
        yield Told("监督方式", _show(row, "methods"))
        yield Told("监督情况", str(held.get("content") or ""))
        tasks = self.context.office.today.of_record(ACTIVITY, row)
        if tasks:
            yield Told(tasks[0].what, mark=standing_mark(tasks[0].standing), tip=tasks[0].explanation)
        yield Told("反馈", joined(_show(row, "feedback"), _show(row, "feedback_at")))
        leads = int(str(held.get("leads") or 0))
        yield Told("移交线索", f"{leads} 条" if leads else "")

    def _line(self, finding: Row) -> CellLine:
        held = finding.values
        cells = {
            "problem": Cell(str(held.get("problem") or ""), tip=str(held.get("problem") or "")),
            "unit": Cell(label_of(held.get("duty_unit"))),
            "due": self._due(FINDING, finding, held.get("redo_due") or held.get("due")),
            "state": Cell(mark=state_mark(FINDING, finding.state)),
        }
        return CellLine(cells, Ref(finding.no, FINDING.key, finding.id))

    def _due(self, register: Register, row: Row, day: Value) -> Cell:
        """Return how the nearest clock of a record stands; the day written in it where none runs."""
        tasks = self.context.office.today.of_record(register, row)
        return Cell(mark=standing_mark(tasks[0].standing), tip=tasks[0].explanation) if tasks else Cell(_day(day, self))

    def _letter(self, letter: Row) -> CellLine:
        held = letter.values
        kind = values.show(PROPOSAL.field("kind"), held.get("kind"))
        cells = {
            "name": Cell(f"{kind} {held.get('doc_no') or letter.no}", tip=str(held.get("title") or "")),
            "unit": Cell(label_of(held.get("addressee"))),
            "due": self._due(PROPOSAL, letter, held.get("reply_due")),
            "state": Cell(mark=state_mark(PROPOSAL, letter.state)),
        }
        return CellLine(cells, Ref(letter.no, PROPOSAL.key, letter.id))

    def _advice(self, row: Row) -> Iterator[Told]:
        child = ACTIVITY.child("advice")
        for at, each in enumerate(self.context.office.records.rows(ACTIVITY, row.id)["advice"], 1):
            taken = values.show(child.field("adopted"), each.values.get("adopted")) or "待反馈"
            words = f"{each.values.get('words')}（{taken}）"
            yield Told(f"建议 {at}", words, records=linked(each.values.get("finding_ref")))

    def _open_line(self, model: CellsModel, at: int) -> None:
        record = model.lines[at].record if 0 <= at < len(model.lines) else None
        if record is not None:
            self.open(record.register, int(record.id or 0))

    def _ask_problem(self) -> None:
        row = self.row
        if row is None:
            return
        units = linked(row.values.get("units"))
        unit = QLineEdit(units[0].label if len(units) == 1 else "")
        asked = (
            ("problem", "问题"), ("duty_unit", "责任单位"), ("duty_person", "责任人"), ("basis", "依据"),
            ("requirement", "整改要求"), ("due", "整改期限"),
        )  # fmt: skip
        names = [name for name, _label in asked]
        lines = [(label, unit if name == "duty_unit" else None) for name, label in asked]

        def given(answers: Sequence[Any]) -> None:
            typed = {name: str(words).strip() for name, words in zip(names, answers, strict=True) if str(words).strip()}
            self.store(lambda _progress: self.handing.findings_from_activity(row.id, [typed]), "已登记问题")

        note = "来源、日期和承办人从本次检查带过去；一个问题登记一次，便于逐条整改、逐条销号。"
        self.ask.ask("登记发现的问题", note, "登记问题", lines, given)

    def _hand_talks(self) -> None:
        row = self.row
        if row is not None:
            words = "已登记约谈记录，补写谈话内容后计入约谈人数"
            count = len(self._talks.untold(row))
            self.store(
                lambda progress: self._talks.talks_from_activity(row.id, progress),
                words, opens=True, count=count, label=f"登记 {count} 人的约谈记录",
            )  # fmt: skip

    def _ask_letter(self) -> None:
        row = self.row
        if row is not None:
            self.ask_letter(lambda kind: self.handing.letter_from_activity(row.id, kind))


def _show(row: Row, name: str) -> str:
    return values.show(ACTIVITY.field(name), row.values.get(name))


def _day(value: object, pane: CheckPane) -> str:
    from datetime import date

    return short_day(value, pane.context.office.desk.today).split()[0] if isinstance(value, date) else "—"

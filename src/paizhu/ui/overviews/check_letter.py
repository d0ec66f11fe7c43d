"""建议书, one open: to whom, about what, by when; how each problem is rectified, what became of each suggestion."""

from __future__ import annotations

from collections.abc import Iterator

from paizhu.base import values
from paizhu.base.rows import Ref, Row
from paizhu.registers.finding import FINDING
from paizhu.registers.proposal import PROPOSAL
from paizhu.registers.proposal_flow import MADE
from paizhu.registers.proposal_rows import PROBLEMS, SUGGESTIONS
from paizhu.services.register_keys import register_of
from paizhu.services.supervision.letter_paper import paper_of
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.overviews.cells_model import CellLine, CellsModel, CellsTable
from paizhu.ui.overviews.check_pane import CheckPane, joined, label_of, linked
from paizhu.ui.overviews.told import Told, ToldLines
from paizhu.ui.register.outline import Cell
from paizhu.ui.register.words import standing_mark, state_mark
from paizhu.ui.turns import Pieces

_LINES = (
    Column("kind", "项目", 64, rank=3),
    Column("words", "内容", 220, least=140, stretches=True),
    Column("who", "责任人", 84, rank=2),
    Column("state", "整改或采纳", 130, CellKind.STATUS, rank=1),
)
_TAKEN = {
    "adopted": Mark(Shape.TICK, "采纳", Tone.DONE),
    "partly": Mark(Shape.HALF, "部分采纳", Tone.PLAIN),
    "refused": Mark(Shape.TRIANGLE, "未采纳", Tone.AMBER),
}


class LetterOverview(CheckPane):
    """The first pane of a letter; the paper itself is one press away."""

    label = "文书"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAccessibleName("建议书")
        self.facts, self.answer = ToldLines("文书"), ToldLines("回复")
        self.paper_button = self.button("看文书", self._show_paper, "file")
        self.follow_button = self.button("登记为整改问题", self._follow, "plus")
        self.lines = CellsModel(_LINES)
        self.table = CellsTable("问题和建议", self.lines)
        self.table.opened.connect(self._open_line)
        self.section("文书", self.paper_button)
        self.body.addWidget(self.facts)
        self._counts = self.section("问题和建议", self.follow_button)
        self.body.addWidget(self.table)
        self.section("回复和回访")
        self.body.addWidget(self.answer)
        for part in (self.facts, self.answer):
            part.opened.connect(self.open)

    def showing(self, row: Row) -> Pieces:
        """Show a letter as stored."""
        self.take(row)
        self.facts.show_lines(list(self._facts(row)))
        self.answer.show_lines(list(self._answer(row)))
        yield
        rows = self.context.office.records.rows(PROPOSAL, row.id)
        lines = [self._line(each, "问题", "problem") for each in rows[PROBLEMS.key]]
        lines += [self._line(each, "建议", "words") for each in rows[SUGGESTIONS.key]]
        self.lines.show_lines(lines)
        problems, suggestions = self.handing.unfollowed(row.id)
        left = problems or (suggestions if not rows[PROBLEMS.key] else [])
        self.follow_button.setVisible(bool(left) and not row.voided)
        told = f"{len(rows[PROBLEMS.key])} 个问题，{len(rows[SUGGESTIONS.key])} 条建议"
        self._counts.setText(f"{told}，{len(left)} 个还没有登记跟踪" if left else told)

    # --- the machine -----------------------------------------------------------------------------------------

    def _facts(self, row: Row) -> Iterator[Told]:
        held = row.values
        yield Told("文号", joined(_show(row, "kind"), str(held.get("doc_no") or "签发时编号")))
        cc = label_of(held.get("cc"))
        yield Told("主送", joined(label_of(held.get("addressee")), f"抄送 {cc}" if cc else ""))
        sources = [Ref(self._title(ref), ref.register, ref.id) for ref in linked(held.get("source_refs"))]
        yield Told("起因", str(held.get("origin") or ""), records=sources)
        yield Told("原因分析", str(held.get("causes") or ""))
        signed = joined(*(label_of(held.get(name)) for name in ("checker", "signer")), _show(row, "signed_at"))
        yield Told("审核、签发", signed)
        sent = joined(_show(row, "delivered_at"), label_of(held.get("delivered_by")))
        yield Told("送达", joined(sent, f"签收 {held['received_by']}" if held.get("received_by") else ""))
        tasks = self.context.office.today.of_record(PROPOSAL, row)
        for task in tasks[:2]:
            what = "回复期限" if task.action == "replied" else task.what
            yield Told(what, mark=standing_mark(task.standing), tip=task.explanation)
        if not tasks:
            yield Told("回复期限", _show(row, "reply_due"))

    def _answer(self, row: Row) -> Iterator[Told]:
        held = row.values
        yield Told("异议", joined(_show(row, "objection_at"), str(held.get("objection_text") or "")))
        yield Told("异议处理", str(held.get("objection_result") or ""))
        replied = joined(_show(row, "replied_at"), str(held.get("reply_no") or ""), _show(row, "adopted"))
        waiting = "还没有回复" if row.state in MADE else "还没有发出"
        yield Told("回复", replied or waiting, ink="ink" if replied else "ink2")
        yield Told("回复内容", str(held.get("reply") or ""))
        yield Told("不采纳理由", str(held.get("refuse_reason") or ""))
        yield Told("回访", joined(*(_show(row, name) for name in ("revisit_at", "revisit_rating", "revisit_note"))))
        yield Told("报告派出机关", joined(_show(row, "reported_at"), str(held.get("report_no") or "")))
        yield Told("处理结果", str(held.get("outcome") or ""))

    def _title(self, ref: Ref) -> str:
        register = register_of(ref.register)
        if ref.id is None or not register.has("title"):
            return ref.label
        return str(self.context.office.records.get(register, ref.id).values.get("title") or ref.label)

    def _line(self, row: Row, kind: str, name: str) -> CellLine:
        held = row.values
        refs = linked(held.get("finding_ref"))
        state = _TAKEN.get(str(held.get("adopted") or ""))
        if state is None and refs and refs[0].id is not None:
            state = state_mark(FINDING, self.context.office.records.get(FINDING, refs[0].id).state)
        waiting = Cell("待反馈" if kind == "建议" else "没有登记跟踪", tone=Tone.QUIET)
        words = str(held.get(name) or "")
        cells = {
            "kind": Cell(kind, tone=Tone.QUIET),
            "words": Cell(words, tip=joined(words, str(held.get("requirement") or ""), str(held.get("reason") or ""))),
            "who": Cell(label_of(held.get("duty_person"))),
            "state": Cell(mark=state) if state else waiting,
        }
        return CellLine(cells, refs[0] if refs else None)

    def _open_line(self, at: int) -> None:
        record = self.lines.lines[at].record if 0 <= at < len(self.lines.lines) else None
        if record is not None:
            self.open(record.register, int(record.id or 0))

    def _show_paper(self) -> None:
        row = self.row
        if row is not None:
            self.context.events.paper_asked.emit(PROPOSAL.key, row.id, paper_of(row))

    def _follow(self) -> None:
        row = self.row
        if row is not None:
            problems, suggestions = self.handing.unfollowed(row.id)
            count = len(problems or suggestions)
            self.store(
                lambda progress: self.handing.findings_from_letter(row.id, progress),
                "已登记为整改问题", count=count, label=f"由文书登记问题 {count} 个",
            )  # fmt: skip


def _show(row: Row, name: str) -> str:
    return values.show(PROPOSAL.field(name), row.values.get(name))

"""发现问题 as a tree: 检查 → 发现问题 → 建议 → 整改; what is amber stands in the way of striking a problem off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from paizhu.base import values
from paizhu.base.dates import short_day
from paizhu.base.rows import Ref, Row
from paizhu.base.view import DUE, Condition, Test, View
from paizhu.registers.finding import FINDING
from paizhu.registers.finding_flow import AFTER_REPORT, CLOSED, LASTING_TERM
from paizhu.registers.proposal import PROPOSAL
from paizhu.services.office import Office
from paizhu.services.outline import Branch
from paizhu.services.supervision.check_tree import OPEN_FIRST, CheckTree
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.register.columns import columns_of
from paizhu.ui.register.outline import Cell, Chip, Outline
from paizhu.ui.register.words import explanation, standing_mark, state_mark

EVIDENCE = "evidence"


class CheckOutline(Outline):
    """Findings under what they came from; unfolded, each tells the letter about it and how it is rectified."""

    order = OPEN_FIRST
    sorts: ClassVar[Mapping[str, str]] = {DUE: "due"}
    unit = "个"
    opens = True
    bold_levels = 1

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._tree = CheckTree(office.desk)
        self.columns = _columns()

    def branches(self, view: View) -> list[Branch]:
        """Return the checks and the other sources."""
        return self._tree.branches(view)

    def branch_words(self, branch: Branch) -> str:
        """Name a source with its number of problems."""
        return f"{branch.words}（{branch.total} 个）"

    def branch_cell(self, branch: Branch, key: str) -> Cell | None:
        """Show what a source is, and how many of its problems are struck off."""
        if key == DUE:
            return Cell(branch.note, tone=Tone.QUIET)
        return Cell(f"销号 {branch.done} / {branch.total}", tone=Tone.QUIET) if key == "state" else None

    def done_words(self, branches: Sequence[Branch]) -> str:
        """Add up what was struck off."""
        return f"已销号 {sum(branch.done for branch in branches if not branch.level):,} 个"

    def chips(self) -> Sequence[Chip]:
        """Return the problems nobody was told of yet."""
        return (("unlettered", "还没交办", (Condition("id", Test.ONE_OF, self._tree.unlettered()),)),)

    def facts(self, rows: Sequence[Row], today: date) -> Mapping[int, Mapping[str, Cell]]:
        """Return day and papers of findings."""
        return {row.id: {DUE: self._due(row, today), EVIDENCE: evidence_cell(row)} for row in rows}

    def below(self, row: Row) -> Sequence[Mapping[str, Cell]]:
        """Return the lines below a finding: each letter that speaks of it, and its rectification."""
        today = self.office.desk.today
        letters = [self._letter_line(letter, today) for letter in self._tree.letters(row)]
        return (*(letters or [_without_letter(row)]), _rectifying_line(row, self._tree.progress(row)))

    def _due(self, row: Row, today: date) -> Cell:
        tasks = self.office.today.of_record(FINDING, row)
        if tasks:
            return Cell(mark=standing_mark(tasks[0].standing), tip="\n".join(map(explanation, tasks)))
        closed = row.values.get("closed_at")
        if isinstance(closed, date) and row.state in CLOSED:
            return Cell(f"{short_day(closed, today).split()[0]} 销号", tone=Tone.QUIET)
        due = row.values.get("redo_due") or row.values.get("due")
        if isinstance(due, date):
            return Cell(short_day(due, today).split()[0], tone=Tone.QUIET)
        lasting = row.values.get("term_kind") == LASTING_TERM
        return Cell(values.show(FINDING.field("term_kind"), LASTING_TERM) if lasting else "未定", tone=Tone.QUIET)

    def _letter_line(self, letter: Row, today: date) -> Mapping[str, Cell]:
        held = letter.values
        kind = values.show(PROPOSAL.field("kind"), held.get("kind"))
        number = str(held.get("doc_no") or letter.no)
        tasks = self.office.today.of_record(PROPOSAL, letter)
        due = held.get("reply_due")
        files = held.get("reply_papers")
        return {
            "problem": Cell(f"建议　{kind} {number}", tip=str(held.get("title") or "")),
            "duty_unit": Cell(_label(held.get("addressee"))),
            DUE: Cell(mark=standing_mark(tasks[0].standing), tip=explanation(tasks[0]))
            if tasks
            else Cell(f"{short_day(due, today).split()[0]} 回复" if isinstance(due, date) else "—", tone=Tone.QUIET),
            "state": Cell(mark=state_mark(PROPOSAL, letter.state)),
            EVIDENCE: Cell(str(files), icon="clip") if files else Cell("—", tone=Tone.QUIET),
        }


def _without_letter(row: Row) -> Mapping[str, Cell]:
    number = str(row.values.get("assign_doc") or "")
    return {"problem": Cell(f"建议　{number or '还没有发函'}", tone=Tone.QUIET)}


def _rectifying_line(row: Row, progress: str) -> Mapping[str, Cell]:
    held = row.values
    told = str(held.get("report") or progress or held.get("measures") or "")
    words = " ".join(told.split())
    result = values.show(FINDING.field("accept_result"), held.get("accept_result"))
    return {
        "problem": Cell(
            f"整改　{words}" if words else "整改　还没有措施", tip=told, tone=None if words else Tone.QUIET
        ),
        "duty_unit": Cell(_label(held.get("duty_person"))),
        "state": Cell(f"验收{result}" if result else "", tone=Tone.QUIET),
    }


def evidence_cell(row: Row) -> Cell:
    """Return the papers of a finding; amber where its result was reported without any."""
    files = row.values.get(EVIDENCE)
    if isinstance(files, int) and files:
        return Cell(str(files), tip=f"佐证材料 {files} 份", icon="clip")
    if row.state in AFTER_REPORT:
        return Cell(mark=Mark(Shape.SQUARE, "缺佐证", Tone.AMBER), tip="销号前须附佐证材料")
    return Cell("—", tone=Tone.QUIET)


def _label(value: object) -> str:
    return value.label if isinstance(value, Ref) else ""


def _columns() -> tuple[Column, ...]:
    listed = {column.key: column for column in columns_of(FINDING, deadlines=True)}
    shown = [
        replace(listed.pop("problem"), words="问题", kind=CellKind.TREE, width=240, least=150, rank=0, stretches=True),
        replace(listed.pop("duty_unit"), width=124, rank=4),
        replace(listed.pop(DUE), words="整改期限", width=210, least=152, rank=0),
        replace(listed.pop("state"), width=118, rank=0),
        replace(listed.pop(EVIDENCE), words="佐证", width=84, kind=CellKind.DEADLINE, rank=3),
    ]
    return (*shown, *(replace(column, shown=False, stretches=False) for column in listed.values()))

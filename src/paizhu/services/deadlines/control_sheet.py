"""期限控制表: the deadlines of the day as one sheet, on paper with its anchor and as a workbook.

Words of a deadline are those of the list, so that screen, paper and workbook never differ. Without a purpose, matters
of class P3 stand there by their number alone (`domain.md` 8.5), and nothing ever says that somebody gave his name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paizhu import registers
from paizhu.base import clock
from paizhu.base.dates import WEEKDAYS, short_day
from paizhu.documents.pdf.blocks import (
    ACROSS,
    FORM_TITLE,
    Align,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Space,
    Stamp,
    Style,
)
from paizhu.documents.pdf.fonts import Face
from paizhu.documents.pdf.writing import Written
from paizhu.documents.workbooks import write as workbook_write
from paizhu.documents.workbooks.table import TotalsOut
from paizhu.services.deadlines.task import Task, words_outside
from paizhu.services.out.drafts import PRINTED, Draft

if TYPE_CHECKING:
    from paizhu.services.desk import Desk
    from paizhu.services.out.printing import Printing

NAME = "期限控制表"
_CHECKED = {"verified": "已核", "memory": "待核", "custom": "惯例"}
_SIZE, _PAD = 9.0, 3.0
_LEFT, _MIDDLE = Align.LEFT, Align.CENTER


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its words, how wide it is on paper and in a workbook, and where its words stand."""

    words: str
    paper: float
    book: int
    align: Align = _LEFT


_COLUMNS = (
    _Column("序号", 3.0, 6, _MIDDLE),
    _Column("期限", 6.6, 16, _MIDDLE),
    _Column("状态", 9.0, 18, _MIDDLE),
    _Column("要办的事", 19.0, 44),
    _Column("编号", 8.6, 20),
    _Column("台账", 5.2, 12, _MIDDLE),
    _Column("怎么算的", 22.0, 60),
    _Column("核对", 3.4, 8, _MIDDLE),
    _Column("办结日期", 6.0, 14, _MIDDLE),
    _Column("签字", 5.0, 12, _MIDDLE),
)
_UNDER = Style(Face.BODY, 10.5, 16.0, align=_MIDDLE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One control sheet as words: what stands above it, and a row of cells for each deadline."""

    title: str
    under_title: str
    rows: tuple[tuple[str, ...], ...]
    withheld: int
    """How many rows stand there by their number alone."""

    @property
    def header(self) -> tuple[str, ...]:
        """The words over the columns, the running number first."""
        return tuple(column.words for column in _COLUMNS)


class ControlSheet:
    """Makes the sheet of any list of tasks; what leaves the vault is journalled with its purpose."""

    def __init__(self, desk: Desk, printing: Printing) -> None:
        self._desk = desk
        self._printing = printing

    def sheet(self, tasks: Sequence[Task], narrowed: str = "", purpose: str = "", on: date | None = None) -> Sheet:
        """Return the sheet of these tasks; ``narrowed`` says in words to what the list was narrowed."""
        today = on or self._desk.today
        late = sum(task.overdue for task in tasks)
        soon = sum(task.state in ("today", "soon") for task in tasks)
        rows, withheld = [], 0
        for number, task in enumerate(tasks, start=1):
            open_ = bool(purpose.strip()) or not self._secret(task)
            withheld += not open_
            rows.append((str(number), *self._cells(task, open_)))
        group = str(self._desk.setting("group"))
        counts = f"共 {len(tasks)} 件，超期 {late} 件，近期 {soon} 件"
        left_out = f"{withheld} 件涉密级事项只列编号" if withheld else ""
        parts = (group, f"截至 {today.isoformat()} 周{WEEKDAYS[today.weekday()]}", narrowed, counts, left_out)
        return Sheet(NAME, "    ".join(part for part in parts if part), tuple(rows), withheld)

    def needs_purpose(self, tasks: Sequence[Task]) -> bool:
        """Tell whether any of these tasks is named only with a purpose."""
        return any(self._secret(task) for task in tasks)

    def draft(self, tasks: Sequence[Task], narrowed: str = "", purpose: str = "", on: date | None = None) -> Draft:
        """Make the sheet as a paper to look at, with the head of the journal; nothing leaves the vault yet."""
        made = self.sheet(tasks, narrowed, purpose, on)
        label = f"{NAME} {len(tasks)} 件"
        return self._printing.draft_sheet(label, purpose, "deadlines", lambda stamp: _paper(made, stamp))

    def print(
        self, tasks: Sequence[Task], path: Path, narrowed: str = "", purpose: str = "", on: date | None = None
    ) -> Written:
        """Write the sheet as a PDF that carries the head of the journal."""
        return self._printing.save(self.draft(tasks, narrowed, purpose, on), path, PRINTED)

    def export(
        self, tasks: Sequence[Task], path: Path, narrowed: str = "", purpose: str = "", on: date | None = None
    ) -> Path:
        """Write the sheet as a workbook."""
        made = self.sheet(tasks, narrowed, purpose, on)
        under = f"{made.under_title}    {clock.now():%Y-%m-%d %H:%M} 导出"
        out = TotalsOut(
            NAME, made.title, under, made.header, made.rows, NAME, tuple(column.book for column in _COLUMNS)
        )
        workbook_write.write_book(path, [out])
        about: dict[str, Any] = {"file": path.name, "sheets": {NAME: len(tasks)}}
        if purpose.strip():
            about["reason"] = purpose.strip()
        with self._desk.vault.act("export", f"导出《{path.name}》", always=True, **about):
            pass
        return path

    # --- the machine -----------------------------------------------------------------------------------------

    def _secret(self, task: Task) -> bool:
        return self._printing.needs_purpose(registers.register(task.register))

    def _cells(self, task: Task, open_: bool) -> tuple[str, ...]:
        said = words_outside(task)
        what, _, named = said.partition("：")
        matter = "：".join(part for part in (said, task.title if task.title not in said else "") if part)
        # A reason that was typed may name somebody; what the rule says never does.
        why = task.explanation if open_ or not task.original else f"原期限 {task.original.isoformat()}，已批准延期"
        checked = _CHECKED.get(task.confidence, "")
        return (
            short_day(task.due, self._desk.today),
            task.standing.short,
            matter if open_ else what + ("（名称从略）" if named or task.title else ""),
            task.no,
            registers.register(task.register).label,
            why,
            checked,
            "",
            "",
        )


def _paper(made: Sheet, stamp: Stamp) -> Paper:
    head = GridRow(tuple(Cell(words, face=Face.HEI, align=_MIDDLE, shade=True) for words in made.header))
    rows = tuple(
        GridRow(tuple(Cell(words, align=column.align) for words, column in zip(row, _COLUMNS, strict=True)))
        for row in made.rows
    )
    grid = Grid(tuple(column.paper for column in _COLUMNS), rows, (head,), size=_SIZE, pad=_PAD)
    return Paper(
        made.title, (Para(made.title, FORM_TITLE), Para(made.under_title, _UNDER), Space(4), grid), stamp, ACROSS
    )


def narrowed_words(kind: str, days: int | None, on: date) -> str:
    """Return in words to what a list was narrowed; empty for the whole."""
    parts = [f"只列{kind}" if kind else "", f"{days} 天内到期（{on.isoformat()} 起）" if days is not None else ""]
    return "，".join(part for part in parts if part)

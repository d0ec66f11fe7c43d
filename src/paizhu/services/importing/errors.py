"""The officer's own workbook with the problems of a plan marked in it, to be mended there and imported again.

Who reported never leaves in it (``domain.md`` 8.1, 8.5): columns of class P4 are masked, which an import leaves alone.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from paizhu.base.errors import NotAllowedError
from paizhu.base.field import FieldKind, Sens
from paizhu.base.values import MASK
from paizhu.documents.books.book import Limits, column_number
from paizhu.documents.workbooks.errors import Cover, SheetErrors, Wrong, suffix_for, write_errors
from paizhu.services.importing.batch import Plan
from paizhu.services.importing.facts import DOUBTFUL, REFUSED, PlannedRow
from paizhu.services.importing.plan import SheetPlan

_WAITS = "这一行没有导入"
_COVERED = f"反映人各栏没有带出（{MASK}），请在原来的台账里改，或导入后在记录里补填"


def proposed_name(source: Path) -> str:
    """Return the name under which the marked workbook is offered."""
    return f"{source.stem}（问题行）{suffix_for(source)}"


def covers(sheets: Sequence[SheetPlan]) -> list[Cover]:
    """Return what of these tables must not leave in a marked workbook; nothing in most ledgers."""
    found = [Cover(each.facts.sheet, max(each.facts.header_rows, default=0), _secret(each), MASK) for each in sheets]
    return found if any(each.columns for each in found) else []


def _secret(sheet: SheetPlan) -> frozenset[int]:
    return frozenset(
        at
        for column in sheet.columns
        if column.field and (column.field.sens is Sens.P4 or column.field.kind is FieldKind.SEALED)
        for at in (column.index, *column.parts)
    )


def write(plan: Plan, chosen: Sequence[SheetPlan], out: Path, limits: Limits) -> Path:
    """Write the file of a plan with the problems of the chosen tables marked; no table of it gives a name away.

    Cells the officer mended in the plan are mended in it.
    """
    if plan.path is None:
        raise NotAllowedError("粘贴的内容没有原文件可以标注", "数据没有改动", "请在列表里直接改")
    with plan.path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != plan.sha256:
            raise NotAllowedError(
                f"《{plan.path.name}》在读入以后改过", "原文件没有改动", "请重新选择文件，再导出问题行"
            )
    return write_errors(plan.path, out, [_errors(each) for each in chosen], plan.password, limits, covers(plan.sheets))


def _errors(sheet: SheetPlan) -> SheetErrors:
    wrong = [each for row in sheet.rows(problems_only=True) for each in _wrong(row)]
    if _secret(sheet):
        wrong += [Wrong(row, None, _COVERED) for row in dict.fromkeys(each.row for each in wrong)]
    return SheetErrors(sheet.facts.sheet, sheet.facts.header_rows, wrong, dict(sheet.mended))


def _wrong(row: PlannedRow) -> list[Wrong]:
    waits = row.outcome in (REFUSED, DOUBTFUL)
    found = []
    for problem in row.problems:
        column = column_number(problem.column) if problem.column else None
        words = f"{problem.column} 列：{problem.message}" if problem.column else problem.message
        found.append(Wrong(row.row, column, words, problem.severity == "error"))
    if waits and found:
        found.append(Wrong(row.row, None, _WAITS))
    return found

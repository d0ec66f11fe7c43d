"""The officer's own workbook with the problems of a plan marked in it, to be mended there and imported again."""

import hashlib
from pathlib import Path

from paizhu.base.errors import NotAllowedError
from paizhu.documents.books.book import Limits, column_number
from paizhu.documents.workbooks.errors import SheetErrors, Wrong, suffix_for, write_errors
from paizhu.services.importing.facts import DOUBTFUL, REFUSED, PlannedRow
from paizhu.services.importing.plan import SheetPlan

_WAITS = "这一行没有导入"


def proposed_name(source: Path) -> str:
    """Return the name under which the marked workbook is offered."""
    return f"{source.stem}（问题行）{suffix_for(source)}"


def write(source: Path, sha256: str, sheets: list[SheetPlan], out: Path, password: str | None, limits: Limits) -> Path:
    """Write the marked workbook; cells the officer mended in the plan are mended in it."""
    with source.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
            raise NotAllowedError(f"《{source.name}》在读入以后改过", "原文件没有改动", "请重新选择文件，再导出问题行")
    return write_errors(source, out, [_errors(sheet) for sheet in sheets], password, limits)


def _errors(sheet: SheetPlan) -> SheetErrors:
    wrong = [each for row in sheet.rows(problems_only=True) for each in _wrong(row)]
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

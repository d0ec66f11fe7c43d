"""The half-year table as it leaves: a sheet of its own, an annex of an export, a paper."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from paizhu.base import clock
from paizhu.base.field import Field, FieldKind
from paizhu.documents.papers import register_list as pdf_list
from paizhu.documents.pdf.blocks import Paper, Stamp
from paizhu.documents.pdf.writing import Written
from paizhu.documents.workbooks import write as workbook_write
from paizhu.documents.workbooks.table import TotalsOut
from paizhu.services.desk import Desk
from paizhu.services.out.drafts import PRINTED, Draft, Drafts
from paizhu.services.two_hats.half_year import HalfYear, total

TITLE = "主业与职责外工作对照表"
_BOOK = (12, 40, 8, 12, 36)
"""Widths of the columns of the table as a sheet."""


class HalfYearSheets:
    """Writes half-year tables; they go to the commission only where the officer ticks them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def annex(self, table: HalfYear) -> TotalsOut:
        """Return the table as a sheet: the figures first, then every piece of work outside with who ordered it."""
        rows: list[tuple[str | int | Decimal, ...]] = [
            (side, name, count, Decimal(hours) if hours else "", note)
            for side, name, count, hours, note in _figures(table)
        ]
        rows.append(("", "", "", "", ""))
        rows.append(("职责外明细", "事项", "件数", "用时（小时）", "日期和交办人"))
        rows += [
            ("", work.words, 1, "" if work.hours is None else work.hours, f"{work.day} {work.ordered_by}".strip())
            for work in total(table.outside).works
        ]
        group = str(self._desk.setting("group"))
        under = f"{group}    {table.words}    {clock.now():%Y-%m-%d %H:%M}    {_note(table)}".strip()
        header = ("类别", "项目", "件数", "用时（小时）", "说明")
        return TotalsOut(TITLE, f"{TITLE}（{table.words}）", under, header, tuple(rows), "主业与职责外", _BOOK)

    def export(self, table: HalfYear, path: Path) -> Path:
        """Write the table as a workbook of its own; journalled like every export."""
        workbook_write.write_book(path, [self.annex(table)])
        with self._desk.vault.act("export", f"导出《{path.name}》", always=True, file=path.name):
            pass
        return path

    def draft(self, table: HalfYear) -> Draft:
        """Return the table as a paper to look at, tied to the journal like every paper."""
        label = f"{TITLE} {table.words}"
        return Drafts(self._desk).draft_sheet(label, "", TITLE, lambda stamp: self._paper(table, stamp))

    def print(self, table: HalfYear, path: Path) -> Written:
        """Write the table as PDF."""
        return Drafts(self._desk).save(self.draft(table), path, PRINTED)

    def _paper(self, table: HalfYear, stamp: Stamp) -> Paper:
        fields = (
            Field("side", "类别", FieldKind.CHOICES),
            Field("name", "项目", FieldKind.LINE),
            Field("count", "件数", FieldKind.INTEGER),
            Field("hours", "用时（小时）", FieldKind.NUMBER),
            Field("note", "说明", FieldKind.TEXT),
        )
        cells = [(str(at), *map(str, row)) for at, row in enumerate(_figures(table), 1)]
        cells += [
            ("", "明细", work.words, "1", _hours(work.hours), f"{work.day.isoformat()} {work.ordered_by}".strip())
            for work in total(table.outside).works
        ]
        title = f"{TITLE}（{table.words}）"
        return pdf_list.table_paper(title, _note(table), fields, pdf_list.cells_of(fields, cells), stamp)


def _figures(table: HalfYear) -> Iterator[tuple[str, str, int, str, str]]:
    for lines in (table.main, table.outside):
        for line in (*lines, *((total(lines),) if lines else ())):
            note = f"其中 {line.estimated} 件按定额估算" if line.estimated else ""
            yield line.side, line.name, line.count, _hours(line.hours), note


def _hours(hours: Decimal | None) -> str:
    return "" if hours is None else f"{hours.normalize():f}"


def _note(table: HalfYear) -> str:
    main, outside = total(table.main), total(table.outside)
    words = f"主业 {main.count} 件 {_hours(main.hours)} 小时，职责外 {outside.count} 件 {_hours(outside.hours)} 小时"
    unknown = sum(work.hours is None for work in outside.works)
    return f"{words}，职责外占用时 {table.share}" + (f"；{unknown} 件没有写用时" if unknown else "")

"""A block of cells pasted into a list, read as a ledger is: with its own header row, or in the order of the list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from paizhu.base.register import Register
from paizhu.documents.books.book import Cell
from paizhu.documents.tables import column_match, ditto
from paizhu.documents.tables.frame import Column as Heading
from paizhu.documents.tables.frame import DataRow
from paizhu.services.desk import Desk
from paizhu.services.importing.columns import columns_of, matched
from paizhu.services.importing.facts import TableFacts
from paizhu.services.importing.plan import RawRow, SheetPlan
from paizhu.services.importing.read import Column

PASTED = "粘贴的内容"
_LOOKED_AT = 200
Cells = Sequence[Sequence[str]]


def planned(desk: Desk, kind: Register, cells: Cells, columns: Sequence[str] = ()) -> SheetPlan:
    """Return the plan of a block of cells; without a header of its own they are in the order of these columns."""
    headings = [Heading(place, (words,)) for place, words in enumerate(cells[0] if cells else ())]
    matching = column_match.match_columns(headings, _samples(cells[1:]), kind)
    if cells and len(matching.fields) * 2 > len(headings) and len(matching.fields) > 1:
        return _filled(
            SheetPlan(desk, kind, columns_of(matching), TableFacts(PASTED, (1,), matching=matching, typed_now=True)),
            cells,
        )
    fields = [kind.field(name) for name in columns]
    places = [Heading(place, (each.label,)) for place, each in enumerate(fields)]
    made = [
        Column(place.index, place.letters, place.header, each, confidence=1.0)
        for place, each in zip(places, fields, strict=True)
    ]
    return _filled(SheetPlan(desk, kind, made, TableFacts(PASTED, (), typed_now=True)), cells)


def again(desk: Desk, cells: Cells, facts: TableFacts, kind: Register, mapping: Mapping[str, str] | None) -> SheetPlan:
    """Return the plan of the same cells with another register or other columns."""
    if facts.header_rows:
        headings = [Heading(place, (words,)) for place, words in enumerate(cells[0])]
    else:
        headings = [Heading(place) for place in range(max((len(row) for row in cells), default=0))]
    matching = matched(headings, _samples(cells[len(facts.header_rows) :]), kind, mapping)
    return _filled(SheetPlan(desk, kind, columns_of(matching), replace(facts, matching=matching)), cells)


def _samples(body: Cells) -> list[DataRow]:
    return [DataRow(number, [words or None for words in row]) for number, row in enumerate(body[:_LOOKED_AT], start=1)]


def _filled(sheet: SheetPlan, cells: Cells) -> SheetPlan:
    sheet.fill(_raw(cells, len(sheet.facts.header_rows)), lambda _row: None)
    return sheet


def _raw(cells: Cells, skipped: int) -> Iterator[RawRow]:
    above: list[Cell] = []
    for number, row in enumerate(cells[skipped:], start=1 + skipped):
        above, _count = ditto.told(list(row), above)
        yield number, above, None

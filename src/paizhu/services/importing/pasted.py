"""A block of cells pasted into a list, read as a ledger is: with its own header, or in the order of the list.

A title over the header, totals and signatures are copied along as easily as they stand in a ledger, and are passed
over as they are there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from paizhu.base.register import Register
from paizhu.documents.books.book import Cell, Layout, SheetRow
from paizhu.documents.tables import column_match, ditto
from paizhu.documents.tables.column_match import Matching
from paizhu.documents.tables.frame import Column as Heading
from paizhu.documents.tables.frame import DataRow
from paizhu.documents.tables.header_find import LOOK_UNDER, POSSIBLE, TALLEST, Merges, best_head
from paizhu.documents.tables.header_find import columns_of as headings_of
from paizhu.documents.tables.label_words import Vocabulary
from paizhu.documents.tables.row_kind import FEW, Judge
from paizhu.services.desk import Desk
from paizhu.services.importing.columns import columns_of, matched
from paizhu.services.importing.facts import TableFacts
from paizhu.services.importing.plan import RawRow, SheetPlan
from paizhu.services.importing.read import Column

PASTED = "粘贴的内容"
_LOOKED_AT = 200
Cells = Sequence[Sequence[str]]


_FLAT = Merges(Layout())


class _Head(NamedTuple):
    """The header of a block: its rows from 1, its headings, and the fields they name."""

    rows: tuple[int, ...]
    headings: Sequence[Heading]
    matching: Matching


def planned(desk: Desk, kind: Register, cells: Cells, columns: Sequence[str] = ()) -> SheetPlan:
    """Return the plan of a block of cells; without a header of its own they are in the order of these columns."""
    if (head := _head(cells, kind)) is not None:
        above = tuple(" ".join(filter(None, row)) for row in cells[: head.rows[0] - 1])
        facts = TableFacts(PASTED, head.rows, above=above, matching=head.matching, typed_now=True)
        return _filled(SheetPlan(desk, kind, columns_of(head.matching), facts), cells, head.headings)
    fields = [kind.field(name) for name in columns]
    places = [Heading(place, (each.label,)) for place, each in enumerate(fields)]
    made = [
        Column(place.index, place.letters, place.header, each, confidence=1.0)
        for place, each in zip(places, fields, strict=True)
    ]
    return _filled(SheetPlan(desk, kind, made, TableFacts(PASTED, (), typed_now=True)), cells, places)


def again(desk: Desk, cells: Cells, facts: TableFacts, kind: Register, mapping: Mapping[str, str] | None) -> SheetPlan:
    """Return the plan of the same cells with another register or other columns."""
    if facts.header_rows:
        headings = _headings(cells, facts.header_rows)
    else:
        headings = [Heading(place) for place in range(max((len(row) for row in cells), default=0))]
    matching = matched(headings, _samples(cells[_body(facts) :]), kind, mapping)
    return _filled(SheetPlan(desk, kind, columns_of(matching), replace(facts, matching=matching)), cells, headings)


def fingerprint(cells: Cells) -> str:
    """Return the hash of the content of a block, by which it is known again."""
    return sha256("\n".join("\t".join(row) for row in cells).encode()).hexdigest()


def _head(cells: Cells, kind: Register) -> _Head | None:
    """Return the header that stands at the top of a block or below a title of few words."""
    words = Vocabulary((kind,))
    for first in range(1, len(cells) + 1):
        block = [_row(number, cells) for number in range(first, min(first + TALLEST + LOOK_UNDER, len(cells) + 1))]
        likeliest = best_head(block, words, _FLAT, POSSIBLE)
        for rows in dict.fromkeys(((*likeliest.rows,) if likeliest else (first,), (first,))):
            headings = _headings(cells, rows)
            matching = column_match.match_columns(headings, _samples(cells[rows[-1] :]), kind)
            if len(matching.fields) * 2 > len(headings) and len(matching.fields) > 1:
                return _Head(rows, headings, matching)
        if sum(map(bool, cells[first - 1])) >= FEW:
            # A full row that heads nothing is a record, and nothing below it is a header.
            return None
    return None


def _headings(cells: Cells, rows: Sequence[int]) -> Sequence[Heading]:
    if len(rows) == 1:
        return [Heading(place, (words,)) for place, words in enumerate(cells[rows[0] - 1])]
    return headings_of([_row(number, cells) for number in rows], _FLAT)


def _body(facts: TableFacts) -> int:
    return max(facts.header_rows, default=0)


def _cells(row: Sequence[str]) -> list[Cell]:
    return [words or None for words in row]


def _row(number: int, cells: Cells) -> SheetRow:
    return SheetRow(number, _cells(cells[number - 1]))


def _samples(body: Cells) -> list[DataRow]:
    return [DataRow(number, _cells(row)) for number, row in enumerate(body[:_LOOKED_AT], start=1)]


def _filled(sheet: SheetPlan, cells: Cells, headings: Sequence[Heading]) -> SheetPlan:
    sheet.skipped = [(row, "表头以上的标题") for row in range(1, min(sheet.facts.header_rows, default=1))]
    sheet.fill(_raw(sheet, cells, Judge(_FLAT, tuple(headings))), lambda _row: None)
    return sheet


def _raw(sheet: SheetPlan, cells: Cells, judge: Judge) -> Iterator[RawRow]:
    above: list[Cell] = []
    for number, row in enumerate(cells[_body(sheet.facts) :], start=1 + _body(sheet.facts)):
        if not any(row):
            continue
        if reason := judge.reason(SheetRow(number, _cells(row))):
            sheet.skipped.append((number, reason))
            continue
        above, _count = ditto.told(list(row), above)
        yield number, above, None

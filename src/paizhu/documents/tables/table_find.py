"""Tables in a sheet as officers keep it: what stands above, between and below the records is told apart and said.

One pass over the rows finds each header, hands out its records and notes what was passed over, so that a long
ledger is read once and never held in memory.
"""

from collections import deque
from collections.abc import Iterator
from itertools import islice

from paizhu.base.text import folded
from paizhu.documents.books.book import Cell, Sheet, SheetRow
from paizhu.documents.tables import ditto
from paizhu.documents.tables.frame import Column, DataRow, Given, Table
from paizhu.documents.tables.header_find import (
    LOOK_UNDER,
    POSSIBLE,
    SURE,
    TALLEST,
    Head,
    Merges,
    best_head,
    columns_of,
    wording,
)
from paizhu.documents.tables.label_words import Vocabulary, is_ordinal, own_header
from paizhu.documents.tables.row_kind import BELOW, FEW, NUMBER_ONLY, Judge

_AHEAD = TALLEST + LOOK_UNDER
_SEARCHED = 60
_FEWEST_IN_HEADER = 3
_REMEMBERED = 10_000
_NOTHING: frozenset[int] = frozenset()


class _Rows:
    """The rows of a sheet with a view of the next few."""

    def __init__(self, rows: Iterator[SheetRow]) -> None:
        self._rows = rows
        self.ahead: deque[SheetRow] = deque()

    def fill(self) -> bool:
        """Look as far ahead as a header needs; False at the end of the sheet."""
        ahead = self.ahead
        while len(ahead) < _AHEAD and (row := next(self._rows, None)) is not None:
            ahead.append(row)
        return bool(ahead)

    def view(self, start: int = 0) -> list[SheetRow]:
        """Return the next rows."""
        return list(islice(self.ahead, start, None))


def read_tables(sheet: Sheet, vocabulary: Vocabulary, given: Given | None = None) -> Iterator[Table]:
    """Yield the tables of a sheet one below the other; a table not read to its end is read past."""
    if given is not None:
        yield from _Finder(sheet, vocabulary).within(given)
        return
    found = False
    for table in _Finder(sheet, vocabulary).tables(SURE):
        found = True
        yield table
    if not found:
        yield from islice(_Finder(sheet, vocabulary).tables(POSSIBLE), 1)


class _Finder:
    def __init__(self, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self._rows = _Rows(sheet.rows())
        self._sheet_rows = sheet.rows
        self._vocabulary = vocabulary
        self._layout = sheet.layout
        self._merges = Merges(self._layout)

    def tables(self, least: float) -> Iterator[Table]:
        """Yield tables whose header reaches this score."""
        above: list[str] = []
        searched = 0
        while self._rows.fill():
            head = self._head_here(least)
            if head is None:
                row = self._rows.ahead.popleft()
                above.append(" ".join(wording(cell) for cell in row.cells if cell is not None))
                above = above[-TALLEST * 2 :]
                searched += 1
                if least < SURE and searched > _SEARCHED:
                    return
                continue
            for _ in head.rows:
                self._rows.ahead.popleft()
            table = Table(head.rows, head.columns, tuple(above), certain=head.score >= SURE)
            above = []
            yield from self._through(table, self._records(table, least, above))

    def _through(self, table: Table, records: Iterator[DataRow]) -> Iterator[Table]:
        table.hidden_columns, table.commented = self._layout.hidden_columns, self._layout.commented
        table.unread_comments = self._layout.unread_comments
        # What this program wrote means what it says, even where a record holds the word 同上.
        if not any(column.path and own_header(column.path[-1]) for column in table.columns):
            records = ditto.meant(table, records)
        table.start(records)
        yield table
        for _row in records:
            pass

    def within(self, given: Given) -> Iterator[Table]:
        """Yield the one table the officer framed."""
        heads: list[SheetRow] = []
        rows = self._sheet_rows()
        body: list[SheetRow] = []
        for row in rows:
            if row.number in given.header_rows:
                heads.append(row)
            if row.number >= given.first_row:
                body.append(row)
                break
        columns = columns_of(heads, self._merges) if heads else ()
        table = Table(given.header_rows, columns, (), certain=True)

        def records() -> Iterator[DataRow]:
            carry = _Carry(self._merges, table.columns)
            judge = Judge(self._merges, table.columns)
            for row in _chained(body, rows):
                if given.last_row is not None and row.number > given.last_row:
                    return
                reason = judge.reason(row)
                made = carry.data(row, hidden=row.number in self._layout.hidden_rows)
                if reason:
                    table.skip(row.number, reason)
                else:
                    yield table.took(made)

        yield from self._through(table, records())

    def _head_here(self, least: float) -> Head | None:
        view = self._rows.view()
        here = best_head(view, self._vocabulary, self._merges, least)
        if here is None:
            return None
        # A line such as 单位、日期 over the header can pass for one; the better of neighbours is the header.
        for start in range(1, min(TALLEST, len(view))):
            other = best_head(view[start:], self._vocabulary, self._merges, least)
            if other is not None and other.score > here.score + 0.5:
                return None
        return here

    def _records(self, table: Table, least: float, above: list[str]) -> Iterator[DataRow]:
        carry = _Carry(self._merges, table.columns)
        judge = Judge(self._merges, table.columns)
        headings = _Headings(table.columns, self._vocabulary)
        plain = _Plain(headings, judge)
        ahead, hidden = self._rows.ahead, self._layout.hidden_rows
        tail = False
        while self._rows.fill():
            row = ahead[0]
            number, cells = row
            # The last cell of a row is never empty: with the first two it has three.
            if len(cells) >= FEW and plain[cells[0]] and plain[cells[1]]:
                tail = False
                ahead.popleft()
                if carry.reaches(number):
                    yield table.took(carry.data(row, hidden=number in hidden))
                else:
                    yield table.took(DataRow(number, cells, _NOTHING, number in hidden))
                continue
            if headings.look_like(row):
                head = self._head_here(least)
                if head is not None and not _same_heading(head, table.columns):
                    return
                if head is not None:
                    for number in head.rows:
                        table.skip(number, "重复的表头")
                        self._rows.ahead.popleft()
                    continue
            reason = judge.reason(row)
            alone = len(cells) - cells.count(None) == 1
            if alone and reason in ("", NUMBER_ONLY) and self._heading_follows(headings):
                reason = "另一张表的标题"
            tail = tail or reason == BELOW
            ahead.popleft()
            made = carry.data(row, hidden=row.number in hidden)
            if reason:
                table.skip(row.number, reason)
                above.append(" ".join(wording(cell) for cell in cells if cell is not None))
            elif tail and len(cells) - cells.count(None) < _FEWEST_IN_HEADER:
                table.skip(row.number, BELOW)
            else:
                tail = False
                yield table.took(made)

    def _heading_follows(self, headings: "_Headings") -> bool:
        return len(self._rows.ahead) > 1 and headings.look_like(self._rows.ahead[1])


class _Headings:
    """The headings of a table and all known names of fields, looked for among the records under it."""

    def __init__(self, columns: tuple[Column, ...], vocabulary: Vocabulary) -> None:
        self._own = {folded(part) for column in columns for part in column.path}
        self._vocabulary = vocabulary
        self._known: dict[str, bool] = {}

    def look_like(self, row: SheetRow) -> bool:
        """Tell whether a row reads like a heading; it gives up as soon as two of the first cells are none."""
        hits = misses = 0
        for cell in row.cells:
            if cell is None:
                continue
            if type(cell) is str and self.holds(cell):
                hits += 1
            else:
                misses += 1
                if misses > hits // 2 + 1:
                    return False
        return hits >= _FEWEST_IN_HEADER - 1 and hits >= misses and hits + misses >= _FEWEST_IN_HEADER

    def holds(self, words: str) -> bool:
        """Tell whether words are a heading of this table or a known name of a field."""
        # Asked of every row, and the first columns hold the same few words again and again.
        known = self._known.get(words)
        if known is None:
            known = folded(words) in self._own or self._vocabulary.knows(words)
            if len(self._known) < _REMEMBERED:
                self._known[words] = known
        return known


class _Plain(dict[Cell, bool]):
    """Whether a row that begins with a cell, or has it second, is a record at first sight when both are so.

    Ledgers repeat their days and names: nearly every row is told by looking two of its cells up.
    """

    def __init__(self, headings: _Headings, judge: Judge) -> None:
        super().__init__()
        self._headings = headings
        self._judge = judge

    def __missing__(self, cell: Cell) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        told = not isinstance(cell, str) or not (self._headings.holds(cell) or not self._judge.harmless(cell))
        self[cell] = told = told and cell is not None
        return told


class _Carry:
    """Brings the value of a merged cell down to the rows it reaches over."""

    def __init__(self, merges: Merges, columns: tuple[Column, ...]) -> None:
        self._merges = merges
        self._skip = {column.index for column in columns if column.path and is_ordinal(column.path[-1])}
        self._active: dict[int, tuple[int, Cell]] = {}
        self._tops = merges.tops

    def reaches(self, row: int) -> bool:
        """Tell whether a merged cell begins in a row or gives it a value."""
        return bool(self._active) or row in self._tops

    def data(self, row: SheetRow, *, hidden: bool) -> DataRow:
        """Return the row with what merged cells above give it."""
        carried: set[int] = set()
        cells = row.cells
        for column, (bottom, value) in list(self._active.items()):
            if row.number > bottom:
                del self._active[column]
                continue
            if column >= len(cells) or cells[column] is None:
                cells = [*cells, *[None] * (column + 1 - len(cells))] if column >= len(cells) else list(cells)
                cells[column] = value
                carried.add(column)
        for merge in self._merges.starting(row.number):
            if merge.bottom > merge.top and merge.left < len(cells) and merge.left not in self._skip:
                self._active[merge.left] = (merge.bottom, cells[merge.left])
        return DataRow(row.number, cells, frozenset(carried), hidden)


def _chained(first: list[SheetRow], rest: Iterator[SheetRow]) -> Iterator[SheetRow]:
    yield from first
    yield from rest


def _same_heading(head: Head, columns: tuple[Column, ...]) -> bool:
    ours = {(column.index, folded(column.header)) for column in columns if column.path}
    theirs = {(column.index, folded(column.header)) for column in head.columns}
    return len(ours & theirs) * 5 >= len(ours | theirs) * 4

"""New records by the hundred, as an import brings them: what each one leaves behind is made column by column.

A ledger repeats its persons, units, days and choices. By column, each of these is spelt for the journal and split for
the search once, and a column that is empty in all rows costs nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple, Self

from paizhu import registers
from paizhu.base import text
from paizhu.base.columns import each, gathered
from paizhu.base.field import Field
from paizhu.base.rows import Value
from paizhu.base.stored import POINTER
from paizhu.storage import deltas, lacking
from paizhu.storage.queries import words_in
from paizhu.storage.search_index import word_of
from paizhu.storage.tables import Table

_Column = list[Any]


class Arrival(NamedTuple):
    """A new record: values as their columns keep them, words of columns without a field, where it came from."""

    id: int
    stored: Mapping[str, Any]
    extra: Mapping[str, str]
    source: Mapping[str, Any]


class Arrivals:
    """Some new records of one register, none of which has rows below it; every column is as long as ``ids``."""

    def __init__(
        self,
        found: Table,
        ids: Sequence[int],
        columns: Mapping[str, _Column],
        extra: Sequence[Mapping[str, str]],
        source: Sequence[Mapping[str, Any]],
    ) -> None:
        self._found = found
        self.ids = ids
        self._columns = columns
        self._words = extra
        self._extra = [deltas.facts(words) for words in extra]
        self._source = [deltas.facts(facts) for facts in source]

    @classmethod
    def of(cls, found: Table, given: Sequence[Arrival]) -> Self:
        """Return records that came one by one."""
        ids, stored, extra, source = zip(*given, strict=True)
        return cls(found, ids, gathered(stored), extra, source)

    def rows(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Return the names of the columns that hold anything, and the rows of the table."""
        head = {
            "id": self.ids,
            "version": repeat(1),
            "voided": repeat(0),
            "missing": lacking.counts(self._found.register, self._columns, len(self.ids)),
        }
        columns = {**head, "extra": self._extra, "provenance": self._source, **self._columns}
        return tuple(columns), list(zip(*columns.values(), strict=False))

    def deltas(self) -> list[str]:
        """Return the words of the journal for each record, field by field, as :func:`deltas.created` spells them."""
        told = {**self._columns, "extra": self._extra, "provenance": self._source}
        pieces = [each(column, deltas.speller(name)) for name, column in told.items()]
        return [f"{{{','.join(filter(None, row))}}}" for row in zip(*pieces, strict=True)]

    def documents(self) -> Iterator[tuple[str, str]]:
        """Yield title and body of each record's document, split for the index."""
        title: list[_Column] = []
        body: list[_Column] = []
        for name, field in self._found.searchable:
            if name in self._columns:
                words = each(self._columns[name], _worded(field, self._found.readers[name]))
                (title if name in self._found.register.title else body).append(words)
        if "no" in self._columns:
            title.append(each(self._columns["no"], str))
        if any(self._words):
            body.append([" \n ".join(words.values()) for words in self._words])
        return zip(self._spaced(title), self._spaced(body), strict=True)

    def names(self) -> Iterator[str]:
        """Yield the names that stand in the records, some more than once."""
        if self._found.kind in registers.ROSTERS:
            yield from filter(None, self._columns.get("name", ()))
        for name in self._found.naming:
            for refs in set(self._columns.get(name, ())):
                yield from words_in(refs) if refs else ()

    def pointers(self) -> Iterator[tuple[int, str, Value]]:
        """Yield record, field and value of every reference with a record behind it."""
        for field in self._found.register.references:
            convert = self._found.readers[field.name]
            for record_id, kept in zip(self.ids, self._columns.get(field.name, ()), strict=False):
                if kept and POINTER in kept and convert is not None:
                    yield record_id, field.name, convert(kept)

    def _spaced(self, columns: Sequence[_Column]) -> list[str]:
        """Return the words of some columns together, record by record, split for the index."""
        if not columns:
            return [""] * len(self.ids)
        return text.spaced_all([" \n ".join(filter(None, row)) for row in zip(*columns, strict=True)])


def _worded(field: Field, convert: Callable[[Any], Value] | None) -> Callable[[Any], str]:
    """Return what puts a value of a field, as its column keeps it, into the words it is found by."""
    if convert is None:
        return partial(word_of, field)
    return lambda kept: word_of(field, convert(kept))

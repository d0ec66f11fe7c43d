"""Rows whose values are taken out of their columns only when they are asked for: a list paints six of fifty."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from paizhu.base.rows import Row, Value
from paizhu.storage.tables import Table, quoted


class Selection:
    """Some columns of a table, as a statement selects them and as its rows are read."""

    def __init__(self, found: Table, names: Sequence[str] | None = None) -> None:
        wanted = found.columns if names is None else (*("id", "version"), *names)
        self.found = found
        self.names = tuple(dict.fromkeys(wanted))
        self.place_of: Mapping[str, int] = {name: place for place, name in enumerate(self.names)}
        readers = {**found.readers, "voided": bool}
        self.cells = {name: (place, readers.get(name)) for name, place in self.place_of.items()}
        """Place of each column, and the way out of it; None where nothing is to be done."""
        self._source = self.place_of.get("provenance")

    @cached_property
    def statement(self) -> str:
        """Statement up to the table's name."""
        return f"SELECT {self.columns('')} FROM {quoted(self.found.name)}"

    def columns(self, prefix: str) -> str:
        """Return the selected columns, each with a prefix such as ``t.``."""
        return ", ".join(f"{prefix}{quoted(name)}" for name in self.names)

    def row(self, raw: Sequence[Any]) -> Row:
        """Return one selected row; of what was not selected it knows nothing."""
        source = None if self._source is None else raw[self._source]
        return Row(self.found.kind, raw[0], raw[1], LazyValues(self, raw), source=json.loads(source) if source else {})


@lru_cache(maxsize=256)
def selection(found: Table, names: tuple[str, ...] | None = None) -> Selection:
    """Return some columns of a table (None: all); a list that is scrolled asks for the same ones again and again."""
    return Selection(found, names)


class LazyValues(Mapping[str, Value]):
    """Values of a row as its columns keep them."""

    __slots__ = ("_raw", "_selection")

    def __init__(self, selection: Selection, raw: Sequence[Any]) -> None:
        self._selection = selection
        self._raw = raw

    def __getitem__(self, name: str) -> Value:
        place, convert = self._selection.cells[name]
        raw = self._raw[place]
        return raw if raw is None or convert is None else convert(raw)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value; the default for a column the row does not have."""
        found = self._selection.cells.get(name)
        if found is None or (raw := self._raw[found[0]]) is None:
            return default
        return raw if found[1] is None else found[1](raw)

    def __iter__(self) -> Iterator[str]:
        return iter(self._selection.names)

    def __len__(self) -> int:
        return len(self._selection.names)

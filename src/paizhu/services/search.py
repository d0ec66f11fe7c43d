"""Finding words in every register: Chinese words of any length, names by pinyin, with the place they were found."""

from collections.abc import Sequence
from dataclasses import dataclass

from paizhu import registers
from paizhu.base.text import folded
from paizhu.services.desk import Desk
from paizhu.storage import queries
from paizhu.storage.search_index import Hit, SearchIndex, words_of
from paizhu.storage.tables import Table, table

_AROUND = 18


@dataclass(frozen=True, slots=True)
class Found:
    """One record that was found: which field holds the words, and the words around them."""

    register: str
    id: int
    no: str
    title: str
    field: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Group:
    """What one register holds of the words: how many records in all, and the first of them."""

    register: str
    total: int
    found: tuple[Found, ...]

    @property
    def rest(self) -> int:
        """How many more there are."""
        return self.total - len(self.found)


class Search:
    """Asks the index of the vault; class P4 is not in it."""

    def __init__(self, desk: Desk) -> None:
        self._vault = desk.vault

    def find(self, words: str, limit: int = 50, only: Sequence[str] = ()) -> list[Found]:
        """Return records that hold every word, those named so first, then the newest."""
        with self._vault.searching() as index:
            hits = index.find(words, limit, only)
            sought = _sought(index, words)
        return self._told(hits, sought)

    def by_register(self, words: str, each: int = 8) -> list[Group]:
        """Return what was found grouped by register in the order of the tabs, so many of each at most, all counted."""
        with self._vault.searching() as index:
            found = {key: (total, hits) for key, total, hits in index.grouped(words, each)}
            sought = _sought(index, words)
        return [
            Group(kind.key, found[kind.key][0], tuple(self._told(found[kind.key][1], sought)))
            for kind in registers.REGISTERS
            if kind.key in found
        ]

    def in_register(self, words: str, register: str, limit: int) -> Group:
        """Return what one register holds of the words, the first so many of it."""
        with self._vault.searching() as index:
            total, hits = index.of_register(words, register, limit)
            sought = _sought(index, words)
        return Group(register, total, tuple(self._told(hits, sought)))

    def _told(self, hits: Sequence[Hit], sought: Sequence[str]) -> list[Found]:
        found = []
        with self._vault.read() as connection:
            for hit in hits:
                there = table(hit.register)
                row = queries.one(connection, there, hit.id)
                field, snippet = _place(there, row.values, sought)
                if not field:
                    field, snippet = self._below(connection, there, hit.id, sought, row.extra)
                found.append(Found(hit.register, hit.id, row.no, there.register.title_of(row), field, snippet))
        return found

    def rebuild(self) -> int:
        """Make the index anew from the records; returns how many documents it holds."""
        return self._vault.rebuild_index()

    def _below(
        self, connection: object, there: Table, record_id: int, sought: Sequence[str], extra: object
    ) -> tuple[str, str]:
        for child in there.register.rows:
            for row in queries.children(connection, table(there.register, child.key), record_id):
                field, snippet = _place(table(there.register, child.key), row.values, sought)
                if field:
                    return child.key, snippet
        if isinstance(extra, dict):
            for header, words in extra.items():
                if any(word in folded(words) for word in sought):
                    return "extra", f"{header}：{_around(words, sought)}"
        return "", ""


def _sought(index: SearchIndex, words: str) -> list[str]:
    named = index.names_like(words) if words.isascii() and words.strip() else []
    return [folded(word) for word in (*words.split(), *named)]


def _place(there: Table, values: object, sought: Sequence[str]) -> tuple[str, str]:
    assert isinstance(values, dict)
    for name in ("no",):
        if any(word and word in folded(str(values.get(name) or "")) for word in sought):
            return name, str(values[name])
    for name, words in words_of(there, values):
        if any(word and word in folded(words) for word in sought):
            return name, _around(words, sought)
    return "", ""


def _around(words: str, sought: Sequence[str]) -> str:
    flat = " ".join(words.split())
    for word in sought:
        place = flat.lower().find(word)
        if place >= 0:
            start, end = max(0, place - _AROUND), place + len(word) + _AROUND
            return f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"
    return flat[: 2 * _AROUND]

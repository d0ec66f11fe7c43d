"""The search index inside the vault: derived from the records, rebuilt when missing, never holding class P4."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paizhu import registers
from paizhu.base import text
from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Ref, Row, Values
from paizhu.storage.tables import TABLES, Table, table

_SCHEMA = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5("
    "title, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')",
    "CREATE TABLE IF NOT EXISTS search_register (code INTEGER PRIMARY KEY, register TEXT NOT NULL UNIQUE)",
    "CREATE TABLE IF NOT EXISTS search_name (label TEXT PRIMARY KEY, readings TEXT NOT NULL) WITHOUT ROWID",
)
_DOCUMENTS = "INSERT INTO search_text (rowid, title, body)"
# How many bytes of words are gathered before they are written as one piece: with the database's own one megabyte an
# import spends a third of its indexing on merging small pieces again.
_GATHER = "INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 4194304)"
# A document's number is the record's times this, plus the register's: newest first without another table.
_STRIDE = 64
_FEW = 50
"""Names asked for one by one between two writings of the index."""


_NUMBERS = "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC"


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found, by register key and id; ``in_title`` ranks it first."""

    register: str
    id: int
    in_title: bool


def words_of(found: Table, values: Values) -> Iterable[tuple[str, str]]:
    """Return name and text of every field that search may look into."""
    for name, field in found.searchable:
        value = values.get(name)
        if value is None or value == "":
            continue
        yield name, word_of(field, value)


def word_of(field: Field, value: Any) -> str:
    """Return the text under which a value of a field is found."""
    match field.kind:
        case FieldKind.REF:
            return str(value.label)
        case FieldKind.REFS:
            return "、".join(ref.label for ref in value)
        case FieldKind.CHOICE:
            chosen = field.choice(str(value))
            return chosen.label if chosen else str(value)
        case _:
            return str(value)


class SearchIndex:
    """Writes and asks the index over one connection of the vault."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._codes: dict[str, int] = {}
        self._known_names: set[str] = set()
        self._knows_all = False
        self._asked = 0
        self._pending: list[tuple[int, str, str]] = []
        self._new_names: dict[str, str] = {}

    def ensure(self) -> bool:
        """Make the index's tables when they are missing; True when it stands empty now and is to be filled."""
        missing = "SELECT count(*) = 0 FROM sqlite_master WHERE name = 'search_text'"
        empty = bool(self._connection.execute(missing).fetchone()[0])
        for statement in _SCHEMA:
            self._connection.execute(statement)
        if empty:
            self._connection.execute(_GATHER)
        self.load()
        for key in TABLES:
            if "." not in key and key not in self._codes:
                code = max(self._codes.values(), default=0) + 1
                self._connection.execute("INSERT INTO search_register VALUES (?, ?)", (code, key))
                self._codes[key] = code
        return empty

    def load(self) -> None:
        """Read which register has which code, for asking over a reading connection."""
        self._codes = dict(self._connection.execute("SELECT register, code FROM search_register").fetchall())

    def forget_pending(self) -> None:
        """Drop what was taken but not written: its transaction was rolled back."""
        self._pending.clear()
        self._new_names.clear()
        self._known_names, self._knows_all = set(), False

    def document(
        self, kind: str, values: Values, rows: Mapping[str, Sequence[Values]], extra: Mapping[str, str]
    ) -> tuple[str, str]:
        """Return title and body of a record's document, its child rows and kept columns included."""
        found = table(kind)
        titles = set(found.register.title)
        title: list[str] = []
        body: list[str] = []
        for name, words in words_of(found, values):
            (title if name in titles else body).append(words)
        if values.get("no"):
            title.append(str(values["no"]))
        for key, children in rows.items():
            child = table(kind, key)
            body += [words for row in children for _name, words in words_of(child, row)]
        body += extra.values()
        return " \n ".join(title), " \n ".join(body)

    def put(self, kind: str, record_id: int, document: tuple[str, str]) -> None:
        """Take a new record's document; written with :meth:`flush`."""
        title, body = document
        self.put_spaced(kind, record_id, text.spaced(title), text.spaced(body))

    def put_spaced(self, kind: str, record_id: int, title: str, body: str) -> None:
        """Take a new record's document, its words split already."""
        self._pending.append((self._number(kind, record_id), title, body))
        if len(self._pending) >= 2000:
            self.flush()

    def _number(self, kind: str, record_id: int) -> int:
        """Return the number of a record's document."""
        return record_id * _STRIDE + self._codes[kind]

    def replace(self, kind: str, documents: Mapping[int, tuple[str, str] | None]) -> None:
        """Exchange the documents of some records; None takes one out (a voided record)."""
        numbers = [self._number(kind, record_id) for record_id in documents]
        self._connection.execute(f"DELETE FROM search_text WHERE rowid IN ({', '.join('?' * len(numbers))})", numbers)
        for record_id, document in documents.items():
            if document is not None:
                self.put(kind, record_id, document)

    def name(self, kind: str, values: Values) -> None:
        """Remember how the names in a record are read, for search by pinyin."""
        found = table(kind)
        labels = [str(values["name"])] if kind in registers.ROSTERS and values.get("name") else []
        for name in found.naming:
            value = values.get(name)
            if isinstance(value, Ref):
                labels.append(value.label)
            elif isinstance(value, tuple):
                labels += [ref.label for ref in value if isinstance(ref, Ref)]
        self.names(labels)

    def names(self, labels: Iterable[str]) -> None:
        """Remember how names are read."""
        for label in labels:
            if label in self._known_names or len(label) > 40:
                continue
            self._known_names.add(label)
            if not self._is_known(label):
                self._new_names[label] = _readings(label)

    def _is_known(self, label: str) -> bool:
        """Tell whether the index knows a name that was not met before; of many it reads all there are once."""
        if self._knows_all:
            return False
        self._asked += 1
        if self._asked <= _FEW:
            return bool(self._connection.execute("SELECT 1 FROM search_name WHERE label = ?", (label,)).fetchall())
        every = {row[0] for row in self._connection.execute("SELECT label FROM search_name")}
        self._knows_all = True
        known = label in every
        self._known_names |= every
        return known

    def flush(self) -> None:
        """Write what was taken so far into the index."""
        self._asked = 0
        if self._pending:
            self._connection.store(_DOCUMENTS, self._pending)
            self._pending = []
        if self._new_names:
            self._connection.store("INSERT OR IGNORE INTO search_name", list(self._new_names.items()))
            self._new_names.clear()

    def names_like(self, typed: str) -> list[str]:
        """Return names whose full pinyin or initials begin with the letters typed."""
        letters = "".join(typed.lower().split())
        found = self._connection.execute(
            "SELECT label FROM search_name WHERE readings LIKE ? LIMIT 30", (f"% {letters}%",)
        ).fetchall()
        return [row[0] for row in found]

    def _query(self, typed: str) -> str:
        asked = [text.phrase(typed)]
        if typed.isascii() and any(char.isalpha() for char in typed):
            asked += [text.phrase(label.replace(" ", "")) for label in self.names_like(typed)]
        return " OR ".join(f"({part})" for part in asked if part)

    def grouped(self, typed: str, each: int) -> list[tuple[str, int, list[Hit]]]:
        """Return each register that holds every word typed, with how many of its records do and the first of them.

        Records named so come first, then the newest; a register is counted in full however few of it are returned.
        """
        query = self._query(typed)
        if not query:
            return []
        known = {code: key for key, code in self._codes.items()}
        totals: dict[int, int] = {}
        found: dict[int, dict[int, Hit]] = {}
        # Two passes over the numbers of what matches, newest first; measured a third of what SQL takes to rank them.
        for sought, in_title in ((f"{{title}} : ({query})", True), (query, False)):
            totals.clear()
            for (number,) in self._connection.execute(_NUMBERS, (sought,)):
                code = number % _STRIDE
                totals[code] = totals.get(code, 0) + 1
                hits = found.setdefault(code, {})
                if len(hits) < each and number not in hits and code in known:
                    hits[number] = Hit(known[code], number // _STRIDE, in_title)
        return [
            (known[code], total, list(found[code].values())) for code, total in sorted(totals.items()) if code in known
        ]

    def of_register(self, typed: str, register: str, limit: int) -> tuple[int, list[Hit]]:
        """Return how many records of one register hold every word typed, and the first of them."""
        query, code = self._query(typed), self._codes.get(register)
        if not query or code is None:
            return 0, []
        total = self._connection.execute(
            f"SELECT count(*) FROM search_text WHERE search_text MATCH ? AND rowid % {_STRIDE} = ?", (query, code)
        ).fetchone()[0]
        return int(total), self._first(code, query, limit)

    def _first(self, code: int, query: str, limit: int) -> list[Hit]:
        register = next(key for key, known in self._codes.items() if known == code)
        found: dict[int, Hit] = {}
        for sought, in_title in ((f"{{title}} : ({query})", True), (query, False)):
            rows = self._connection.execute(
                f"SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid % {_STRIDE} = ? "
                "ORDER BY rowid DESC LIMIT ?",
                (sought, code, limit),
            )
            for (number,) in rows:
                if len(found) < limit:
                    found.setdefault(number, Hit(register, number // _STRIDE, in_title))
            if len(found) == limit:
                break
        return list(found.values())

    def find(self, typed: str, limit: int, registers: Sequence[str] = ()) -> list[Hit]:
        """Return the newest records that hold every word typed; those named so come first."""
        query = self._query(typed)
        if not query:
            return []
        codes = {code: key for key, code in self._codes.items() if not registers or key in registers}
        found: dict[int, Hit] = {}
        for column in ("title", "body"):
            sought = f"{{{column}}} : ({query})"
            for (number,) in self._connection.execute(
                "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC LIMIT ?",
                (sought, limit if not registers else limit * 8),
            ):
                code = number % _STRIDE
                if code in codes and number not in found and len(found) < limit:
                    found[number] = Hit(codes[code], number // _STRIDE, column == "title")
        if not found and " " in typed.strip():
            rows = self._connection.execute(
                "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC LIMIT ?", (query, limit)
            )
            found = {n: Hit(codes[n % _STRIDE], n // _STRIDE, False) for (n,) in rows if n % _STRIDE in codes}
        return list(found.values())

    def count(self) -> int:
        """Return how many documents stand in the index."""
        return int(self._connection.execute("SELECT count(*) FROM search_text_docsize").fetchone()[0])

    def clear(self) -> None:
        """Empty the index, to be filled again from the records."""
        self._connection.execute("DROP TABLE IF EXISTS search_text")
        self._connection.execute("DELETE FROM search_name")
        self._known_names, self._knows_all = set(), True
        for statement in (*_SCHEMA, _GATHER):
            self._connection.execute(statement)


def _readings(label: str) -> str:
    readings = {reading for pair in text.name_readings(label) for reading in pair} if len(label) <= 4 else set()
    readings |= set(text.pinyin(label, person=False))
    return "".join(f" {reading}" for reading in sorted(readings) if reading)


def document_of(index: SearchIndex, row: Row, rows: Mapping[str, Sequence[Values]]) -> tuple[str, str] | None:
    """Return a stored record's document, or None when it is voided."""
    return None if row.voided else index.document(row.register, row.values, rows, row.extra)

"""What an undoing leaves alone: records edited since, whomever a record that stays names, and the rows under both.

A person brought in by an import may stand in talks that were written long after it. Taken back with the import, he
would leave them with somebody of the recycle list, so he stays, and it is told where he stands.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from paizhu.base import stored
from paizhu.services.deadlines.task import open_title
from paizhu.services.written_below import written_below
from paizhu.storage import queries
from paizhu.storage.deed import BY_ITSELF
from paizhu.storage.journal import KEPT
from paizhu.storage.tables import ATTACHMENT, ATTACHMENT_COLUMNS, TABLES, Table, quoted
from paizhu.storage.vault import Vault

STAYED = "还有记录写着的一起留下"
LEFT_NAMING = "移回回收区、仍有记录写着的"
Key = tuple[str, int]
"""A register, or a kind of rows, and an id."""
_NO_EDIT = frozenset(("provenance", "extra", "position"))
"""Columns in which no edit of a record shows."""
Written = tuple[str, int, str, dict[str, Any]]
"""Kind, id, action and what changed of one thing an act wrote."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that was edited after the act to be undone; it is kept as it is unless ticked.

    ``fields`` are what it holds otherwise than the act left it, ``rows`` the kinds of rows and files below it that were
    written since.
    """

    kind: str
    record_id: int
    fields: tuple[str, ...]
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A record the act made that stays, since a record that stays names it: ``by`` is one of those."""

    kind: str
    record_id: int
    by: Key


class Standing:
    """Tells of what an act did, newest first, what its undoing leaves alone; asked within the undoing."""

    def __init__(self, connection: Any, entry_id: int, also: Collection[Key]) -> None:
        self._connection = connection
        self.turned = _turned(connection, entry_id)
        """What is to be turned, which whoever turns it takes out of here."""
        edited = _conflicts(connection, self.turned)
        self.kept = tuple(each for each in edited if (each.kind, each.record_id) not in also)
        self._stays: set[Key] = {(each.kind, each.record_id) for each in self.kept}
        self._made = {(kind, record_id) for kind, record_id, action, _delta in self.turned if action == "create"}
        self._restored = [
            (kind, record_id) for kind, record_id, _action, delta in self.turned if _came_back(kind, delta)
        ]
        self.named: list[Named] = []
        # Few of the records of a long import are named anywhere; the others need not be asked about one by one.
        self._pointed_to = {
            (kind, int(record_id))
            for kind in {kind for kind, _id in self._made}
            for (record_id,) in connection.execute(
                "SELECT DISTINCT target_id FROM reference WHERE target = ?", (kind,)
            ).fetchall()
        }

    def stays(self, kind: str, record_id: int, action: str) -> bool:
        """Tell whether a record, a row or a file is left as it is; what names a record was written after it, and is
        come to before it here.
        """
        key = (kind, record_id)
        if key in self._stays:
            return True
        if action != "create" or kind not in TABLES:
            return False
        found = TABLES[kind]
        if found.parent is not None:
            return self._with_its_record(found, found.parent.key, record_id)
        by = self._named_by(key)
        if by is None:
            return False
        self._stays.add(key)
        self.named.append(Named(kind, record_id, by))
        return True

    def left_naming(self) -> tuple[Named, ...]:
        """Return what goes back to the recycle list with the undoing although a record in use names it.

        It lay there before, so nothing holds it; whoever named it since is told.
        """
        gone = [key for key in self._restored if key not in self._stays]
        return tuple(Named(*key, by) for key in gone if (by := self._pointing(key)) is not None and by not in gone)

    def _with_its_record(self, found: Table, above: str, row_id: int) -> bool:
        row = self._connection.execute(f"SELECT parent_id FROM {quoted(found.name)} WHERE id = ?", (row_id,)).fetchone()
        if row is None:
            return False
        owner = (above, int(row[0]))
        return owner in self._made and (owner in self._stays or self._named_by(owner) is not None)

    def _named_by(self, key: Key) -> Key | None:
        """Return a record that stays and points to another: not itself, and none that goes with this undoing."""
        return self._pointing(key) if key in self._pointed_to else None

    def _pointing(self, key: Key) -> Key | None:
        pointing = self._connection.execute(
            "SELECT kind, record_id FROM reference WHERE target = ? AND target_id = ? ORDER BY kind, record_id", key
        ).fetchall()
        for kind, record_id in pointing:
            if self._goes((kind, record_id)):
                continue
            by = self._standing(TABLES[kind], record_id)
            if by is not None and by != key and not self._goes(by):
                return by
        return None

    def _goes(self, key: Key) -> bool:
        """Tell whether a record of the act goes with this undoing; a row under one goes or stays with its record."""
        return key in self._made and key not in self._stays and TABLES[key[0]].parent is None

    def _standing(self, found: Table, record_id: int) -> Key | None:
        """Return the record that something belongs to, itself or the one it stands under; None for what is voided."""
        if found.parent is None:
            owner = found.kind
            statement = f"SELECT id FROM {quoted(found.name)} WHERE id = ? AND voided = 0"
        else:
            owner = found.parent.key
            statement = (
                f"SELECT o.id FROM {quoted(found.name)} c JOIN {quoted(TABLES[owner].name)} o ON o.id = c.parent_id "
                "WHERE c.id = ? AND c.voided = 0 AND o.voided = 0"
            )
        row = self._connection.execute(statement, (record_id,)).fetchone()
        return (owner, int(row[0])) if row else None


def told(vault: Vault, named: Sequence[Named], said: str = STAYED, most: int = 3) -> str:
    """Return who is named by another record, and by which, the first few of many; empty without any."""
    if not named:
        return ""
    words = []
    with vault.read() as connection:
        for each in named[:most]:
            found, by = TABLES[each.kind], TABLES[each.by[0]]
            who = open_title(found.register, queries.one(connection, found, each.record_id))
            row = queries.one(connection, by, each.by[1])
            words.append(f"{who}（{by.register.label} {row.no or open_title(by.register, row)}）")
    rest = f"等 {len(named)} 条" if len(named) > most else ""
    return f"{said}：{'、'.join(words)}{rest}"


def conflicts(connection: Any, entry_id: int) -> list[Conflict]:
    """Return the records of an act that were edited since, with the fields that differ from what it left."""
    return _conflicts(connection, _turned(connection, entry_id))


def _conflicts(connection: Any, turned: Sequence[Written]) -> list[Conflict]:
    found: dict[Key, tuple[str, ...]] = {}
    # What the act itself did to a record afterwards (a filed talk names its archive) is no edit of the officer.
    later: dict[Key, set[str]] = {}
    for kind, record_id, action, delta in turned:
        own = later.setdefault((kind, record_id), set())
        fields = [name for name in _edited(connection, kind, record_id, delta, action) if name not in own]
        own.update(delta)
        if fields:
            found[(kind, record_id)] = (*found.get((kind, record_id), ()), *fields)
    made = {(kind, record_id) for kind, record_id, action, _delta in turned if action == "create"}
    below: dict[Key, list[str]] = {}
    for key in [key for key in found if key[0] in TABLES and TABLES[key[0]].parent is not None]:
        # Of a record that was made an edited row is an edit of the record: neither goes without the other.
        if (above := _above(connection, key)) in made:
            del found[key]
            below.setdefault(above, []).append(key[0])
    records = {key for key in made if key[0] in TABLES and TABLES[key[0]].parent is None}
    for key, kind in written_below(connection, records, later.keys()):
        below.setdefault(key, []).append(kind)
    return [
        Conflict(*key, found.get(key, ()), tuple(dict.fromkeys(below.get(key, ()))))
        for key in dict.fromkeys((*found, *below))
    ]


def _above(connection: Any, row: Key) -> Key:
    """Return the record a row stands under."""
    found = TABLES[row[0]]
    assert found.parent is not None
    statement = f"SELECT parent_id FROM {quoted(found.name)} WHERE id = ?"
    return found.parent.key, int(connection.execute(statement, (row[1],)).fetchone()[0])


def changes(connection: Any, entry_id: int) -> list[Written]:
    """Return all that an act wrote, the last first."""
    rows = connection.execute(
        "SELECT kind, record_id, action, delta FROM journal_change "
        "WHERE entry_id = ? AND action IN ('create', 'change') ORDER BY id DESC",
        (entry_id,),
    )
    # One by one: the rows of a long act, let go together, would keep the window waiting for the interpreter.
    return [(kind, record_id, action, json.loads(delta)) for kind, record_id, action, delta in rows]


def taken_back(connection: Any, deed: str, rows: Table, owner: int) -> list[dict[str, Any]]:
    """Return what was noted about the acts of one kind that wrote rows under a record and stand undone."""
    found = connection.execute(
        "SELECT DISTINCT e.id, e.about FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id "
        "WHERE c.kind = ? AND c.action = 'create' AND e.kind = ? AND e.undone_by IS NOT NULL "
        f"AND c.record_id IN (SELECT id FROM {quoted(rows.name)} WHERE parent_id = ?)",
        (rows.kind, deed, owner),
    ).fetchall()
    return [json.loads(about) if about else {} for _id, about in found]


def _turned(connection: Any, entry_id: int) -> list[Written]:
    """Return all that is taken back with an act, the last first: what it wrote, and what followed from it by itself.

    What the program made of a record since (the next of what recurs) names it, and would hold a record the officer
    takes back although he wrote nothing more.
    """
    wrote = changes(connection, entry_id)
    made = {(kind, record_id) for kind, record_id, action, _delta in wrote if action == "create"}
    if not made:
        return wrote
    marks = ", ".join("?" * len(BY_ITSELF))
    followed = connection.execute(
        "SELECT c.kind, c.record_id, c.action, c.delta, r.target, r.target_id FROM journal_entry e "
        "JOIN journal_change c ON c.entry_id = e.id JOIN reference r ON r.kind = c.kind AND r.record_id = c.record_id "
        f"WHERE e.id > ? AND e.kind IN ({marks}) AND e.undone_by IS NULL AND c.action = 'create' ORDER BY c.id DESC",
        (entry_id, *BY_ITSELF),
    ).fetchall()
    own = {
        (kind, record_id): (kind, record_id, action, json.loads(delta))
        for kind, record_id, action, delta, *target in followed
        if tuple(target) in made and _is_in_use(connection, kind, record_id)
    }
    return [*own.values(), *wrote]


def _is_in_use(connection: Any, kind: str, record_id: int) -> bool:
    found = TABLES[kind]
    row = connection.execute(f"SELECT voided FROM {quoted(found.name)} WHERE id = ?", (record_id,)).fetchone()
    return found.parent is None and row is not None and not row[0]


def _edited(connection: Any, kind: str, record_id: int, delta: dict[str, Any], action: str) -> tuple[str, ...]:
    """Return the fields whose stored value is no longer what the act left; a record it made left the rest empty.

    What the program works out itself (风险提示 of a new item, some seconds later) is no edit of a record that was made:
    nobody wrote it, and it goes with the record.
    """
    if kind.startswith(KEPT):
        return tuple(name for name, (_, after) in delta.items() if _kept(connection, kind, name) != after)
    if kind == ATTACHMENT:
        names = [name for name in delta if name in ATTACHMENT_COLUMNS]
        place = "attachment"
    else:
        left, aside = delta, _NO_EDIT
        if action == "create":
            left = dict.fromkeys(TABLES[kind].fields, (None, None)) | delta
            # A step taken since is one, whoever wrote nothing else.
            worked_out = {field.name for field in TABLES[kind].register.fields if field.computed} - {"state"}
            aside = _NO_EDIT | worked_out
        names = [name for name in left if name in TABLES[kind].columns and name not in aside]
        delta = left
        place = TABLES[kind].name
    if not names:
        return ()
    row = connection.execute(
        f"SELECT {', '.join(map(quoted, names))} FROM {quoted(place)} WHERE id = ?", (record_id,)
    ).fetchone()
    if row is None:
        return tuple(names)
    return tuple(name for name, now in zip(names, row, strict=True) if _plain(now) != _plain(delta[name][1]))


def _came_back(kind: str, delta: dict[str, Any]) -> bool:
    """Tell whether a record came back from the recycle list with the act."""
    return kind in TABLES and TABLES[kind].parent is None and delta.get("voided") == [1, 0]


def _kept(connection: Any, kind: str, name: str) -> str | None:
    row = connection.execute(
        "SELECT body FROM kept WHERE kind = ? AND name = ?", (kind.removeprefix(KEPT), name)
    ).fetchone()
    return row[0] if row else None


def _plain(value: Any) -> Any:
    # A renamed person changes the words of a reference without an edit: only what it points to counts.
    return value.partition(stored.POINTER)[2] or value if isinstance(value, str) and stored.POINTER in value else value

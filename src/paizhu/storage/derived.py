"""What is worked out of the records and kept beside them: how much of each is 待补, and under which words it is found.

A later program may ask for more, or look into more. By what a register was worked out stands with the vault as a mark;
where that is not this program's, the register is worked out anew, some records at a time and without an act: nothing of
it was entered by anybody. What is written meanwhile is worked out as it is written.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any

from paizhu.base import clock
from paizhu.base.progress import Progress
from paizhu.base.register import Register
from paizhu.storage import lacking, reindex
from paizhu.storage.search_index import SearchIndex
from paizhu.storage.tables import TABLES, Table, quoted

_KIND = "derived"
MISSING, SEARCH = "missing", "search"
# Raised with every change of how counts or documents are made that the declarations of the registers do not show.
_WAYS = {MISSING: 1, SEARCH: 1}
_WORDS = {MISSING: "正在重新计算待补全", SEARCH: "正在更新搜索"}
_TOGETHER = 1_000


@dataclass(frozen=True, slots=True)
class Due:
    """A register that was worked out by another mark, and after which record it goes on."""

    what: str
    found: Table
    mark: str
    after: int = 0

    @property
    def name(self) -> str:
        """Name under which its mark is kept."""
        return f"{self.what}.{self.found.kind}"


def due(connection: Any) -> tuple[Due, ...]:
    """Return what was worked out otherwise than this program does it, or only in part."""
    kept = dict(connection.execute("SELECT name, body FROM kept WHERE kind = ?", (_KIND,)).fetchall())
    found = []
    for each in _all():
        mark, _, after = str(kept.get(each.name, "")).partition(" ")
        if mark != each.mark:
            found.append(each)
        elif after:
            found.append(replace(each, after=int(after)))
    return tuple(found)


def catch_up(connection: Any, index: SearchIndex, waiting: Sequence[Due], told: "Told") -> tuple[Due, ...]:
    """Work some of it out and mark how far it came, within the caller's transaction; return what is left."""
    room, left = _TOGETHER, list(waiting)
    while left and room > 0:
        each = left.pop(0)
        told(each)
        after, some = _MAKE[each.what](connection, index, each.found, each.after, room)
        told.done += some
        if some == room:
            left.insert(0, replace(each, after=after))
            _keep(connection, each, f"{each.mark} {after}")
        else:
            _keep(connection, each, each.mark)
        room -= some
    index.flush()
    return tuple(left)


class Told:
    """Tells how many records were gone through, of how many."""

    def __init__(self, connection: Any, waiting: Sequence[Due], progress: Progress) -> None:
        self.done = 0
        self._progress = progress
        self._total = sum(
            connection.execute(
                f"SELECT count(*) FROM {quoted(each.found.name)} WHERE id > ?", (each.after,)
            ).fetchone()[0]
            for each in waiting
        )

    def __call__(self, at: Due) -> None:
        """Say what is worked out now; raises CancelledError to stop."""
        self._progress(_WORDS[at.what], self.done, self._total)


def settle(connection: Any, what: str) -> None:
    """Mark everything of one kind as worked out by this program, within the caller's transaction."""
    for each in _all():
        if each.what == what:
            _keep(connection, each, each.mark)


def asked(register: Register) -> str:
    """Return in text what may be 待补 of a register's records, and of which."""
    lines = []
    for state in [each.code for each in register.flow.states] if register.flow else [""]:
        some = (f"{each.name} if {each.when.spelled}" for each in register.asked_in(state))
        lines.append("\n".join((f"[{state}]", *register.wanted_in(state), *some)))
    return "\n".join(lines)


def searched(found: Table) -> str:
    """Return in text what a record is found by: its searchable fields and those of the rows below it."""
    below = (TABLES[f"{found.kind}.{child.key}"] for child in found.register.rows)
    return "\n".join(
        (found.kind, *_searched(found), *(line for child in below for line in (child.kind, *_searched(child))))
    )


def _searched(found: Table) -> Iterator[str]:
    for name, field in found.searchable:
        options = ",".join(f"{each.code}={each.label}" for each in field.choices)
        yield f"{name} {field.kind} {name in found.register.title} {options}"
    yield from found.naming


@cache
def _all() -> tuple[Due, ...]:
    registers = [found for found in TABLES.values() if not found.parent]
    counted = (Due(MISSING, found, _mark(MISSING, asked(found.register))) for found in registers)
    return (*counted, *(Due(SEARCH, found, _mark(SEARCH, searched(found))) for found in registers))


def _mark(what: str, words: str) -> str:
    return sha256(f"{_WAYS[what]}\n{words}".encode()).hexdigest()[:16]


def _keep(connection: Any, each: Due, body: str) -> None:
    at = clock.now().isoformat(timespec="seconds")
    connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (_KIND, each.name, body, at))


def _recount(connection: Any, _index: SearchIndex, found: Table, after: int, most: int) -> tuple[int, int]:
    names = lacking.concerned(found.register)
    selected = ", ".join(map(quoted, ("id", "missing", *names)))
    statement = f"SELECT {selected} FROM {quoted(found.name)} WHERE id > ? ORDER BY id LIMIT ?"
    rows = connection.execute(statement, (after, most)).fetchall()
    if not rows:
        return after, 0
    ids, before, *columns = zip(*rows, strict=True)
    now = lacking.counts(found.register, dict(zip(names, columns, strict=True)), len(rows))
    other = [(new, id_) for id_, old, new in zip(ids, before, now, strict=True) if old != new]
    connection.executemany(f"UPDATE {quoted(found.name)} SET missing = ? WHERE id = ?", other)
    return int(ids[-1]), len(rows)


_MAKE: dict[str, Callable[[Any, SearchIndex, Table, int, int], tuple[int, int]]] = {
    MISSING: _recount,
    SEARCH: reindex.put_some,
}

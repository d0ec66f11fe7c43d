"""In which order the records of a view stand: what SQL says for it, made from what the fields mean.

Words and names stand by their sound, choices and states as they are declared, numbers by size. A record without the
value stands last, whichever way the list runs.
"""

from collections.abc import Callable, Iterator
from typing import Any

from paizhu.base import word_order
from paizhu.base.field import Field, FieldKind
from paizhu.base.stored import BETWEEN
from paizhu.base.view import DUE, ENDED, View, Which
from paizhu.storage.tables import Table, quoted, table

_NAME, _WORDS, _NAMES_CELL, _CELL = "name_key", "words_key", "names_cell_key", "cell_key"
_MOST_KNOWN = 200_000
_PERSON, _OWN_NAME = "person", "name"
_WORDY = (FieldKind.LINE, FieldKind.TEXT)


class _Keys(dict[str | None, str | None]):
    """Keys by what they are made of: while a list is scrolled the same words are asked for again and again."""

    def __init__(self, key: Callable[[str], str]) -> None:
        super().__init__()
        self._key = key

    def __missing__(self, words: str | None) -> str | None:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        made = None if words is None else self._key(str(words))
        self[words] = made
        return made


def teach(connection: Any) -> None:
    """Let a connection sort words and names by their sound; what it learned of them goes with it."""
    known: dict[str, Callable[[str], str]] = {
        _NAME: word_order.name_key,
        _WORDS: word_order.words_key,
        _NAMES_CELL: lambda cell: word_order.cell_key(cell, names=True),
        _CELL: lambda cell: word_order.cell_key(cell, names=False),
    }
    for name, key in known.items():
        connection.create_function(name, 1, _Keys(key).__getitem__, deterministic=True)


def order_by(view: View, *, reverse: bool) -> str:
    """Return the words that order a view, from its end backwards when ``reverse``."""
    parts = []
    down = False
    for name, descending in view.order:
        down = descending != reverse
        first = _undated_first(view, name, descending=descending) != reverse
        empties = name == DUE or table(view.register).register.has(name)
        nulls = f" NULLS {'FIRST' if first else 'LAST'}" if empties else ""
        parts.append(f"{_expression(view, name)} {'DESC' if down else 'ASC'}{nulls}")
    parts.append(f"id {'DESC' if down or (reverse and not view.order) else 'ASC'}")
    return f" ORDER BY {', '.join(parts)}"


def is_stepwise(view: View) -> bool:
    """Tell whether a view is a whole register in the order of an indexed choice."""
    if view.conditions or view.missing or view.which is Which.ALL or len(view.order) != 1:
        return False
    return view.order[0][0] in table(view.register).listed_choices


def stepwise(
    connection: Any, view: View, selected: str, offset: int, limit: int, *, reverse: bool
) -> list[tuple[Any, ...]] | None:
    """Return what is selected of a window of a whole register in the order of an indexed choice; None otherwise.

    The database knows no order of choices, but an index brings together the records of each: these are walked one
    choice after the other, which costs the same however long the list is.
    """
    if not is_stepwise(view):
        return None
    found, (name, descending) = table(view.register), view.order[0]
    voided, column = int(view.which is Which.VOIDED), quoted(name)
    down = descending != reverse
    rows: list[tuple[Any, ...]] = []
    alike = f"WHERE voided = ? AND {column} IS ?"
    for code in _course(connection, found, name, voided, down=down, empty_first=reverse):
        if offset:
            count = connection.execute(f"SELECT count(*) FROM {quoted(found.name)} {alike}", (voided, code)).fetchone()[
                0
            ]
            if offset >= count:
                offset -= count
                continue
        rows += connection.execute(
            f"{selected} {alike} ORDER BY id {'DESC' if down else 'ASC'} LIMIT ? OFFSET ?",
            (voided, code, limit - len(rows), offset),
        ).fetchall()
        offset = 0
        if len(rows) >= limit:
            break
    return rows


def _present(connection: Any, found: Table, name: str, voided: int) -> list[str | None]:
    """Return which values a column holds, each found by one step in its index."""
    column, place = quoted(name), quoted(found.name)
    step = f"SELECT min({column}) FROM {place} WHERE voided = ?"
    rows = connection.execute(
        f"WITH RECURSIVE present(code) AS ({step} UNION ALL SELECT ({step} AND {column} > code) "
        "FROM present WHERE code IS NOT NULL) SELECT code FROM present",
        (voided, voided),
    ).fetchall()
    # The last step finds nothing, which stands for the records without a value as well.
    return [row[0] for row in rows]


def _course(
    connection: Any, found: Table, name: str, voided: int, *, down: bool, empty_first: bool
) -> Iterator[str | None]:
    """Yield the values in the order their records stand in; what nobody declared is looked for only when it is due."""
    if empty_first:
        yield None
    declared = [choice.code for choice in found.fields[name].choices]
    if not down:
        yield from declared
    unknown = {code for code in _present(connection, found, name, voided) if code is not None} - set(declared)
    yield from sorted(unknown, reverse=down)
    if down:
        yield from reversed(declared)
    if not empty_first:
        yield None


def _expression(view: View, name: str) -> str:
    found = table(view.register)
    if name == ENDED:
        return _ended(found)
    if name == DUE:
        # Few of many records have a running clock: only those are looked for in the list of them.
        ids, listed = ", ".join(map(str, view.ranked)), "|".join(map(str, ("", *view.ranked, "")))
        return f"CASE WHEN id IN ({ids}) THEN instr('{listed}', '|' || id || '|') END"
    field = found.fields.get(name)
    column = quoted(name)
    if field is None:
        return column
    match field.kind:
        case FieldKind.CHOICE:
            return _ranked(field, column)
        case FieldKind.CHOICES:
            return _ranked(field, f"substr({column}, 1, instr({column} || '{BETWEEN}', '{BETWEEN}') - 1)")
        case FieldKind.NUMBER:
            return f"CAST({column} AS REAL)"
        case FieldKind.REF | FieldKind.REFS:
            return f"{_NAMES_CELL if _PERSON in field.targets else _CELL}({column})"
        case kind if kind in _WORDY:
            is_name = found.kind == _PERSON and name == _OWN_NAME
            return f"{_NAME if is_name else _WORDS}(substr({column}, 1, {word_order.LONGEST}))"
    return column


def _ranked(field: Field, column: str) -> str:
    """Return where a choice stands among those declared; codes unknown by now are text, which is behind all numbers."""
    places = " ".join(f"WHEN '{choice.code}' THEN {place}" for place, choice in enumerate(field.choices))
    return f"CASE {column} {places} ELSE {column} END" if places else column


def _undated_first(view: View, name: str, *, descending: bool) -> bool:
    """Tell whether records without a day stand first: only where the day comes late in the course, and newest lead.

    A letter still being drafted has no day of delivery; it is what is worked on now. A day that is merely missing
    stands last, whichever way a list runs.
    """
    register = table(view.register).register
    if not descending or name != register.main_date:
        return False
    field = register.field(name)
    return not field.required and not field.wanted


def _ended(found: Table) -> str:
    flow = found.register.flow
    # The codes come from the register's own declaration, so they need no parameters.
    codes = ", ".join(f"'{state.code}'" for state in flow.states if state.end) if flow else ""
    return f"state IN ({codes})" if codes else "0"

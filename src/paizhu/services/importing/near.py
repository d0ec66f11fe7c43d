"""Rows that may be another entry of the same matter, sought within the ledger and in the register.

Rows are gathered by what must agree word for word and by spans of days, so each is compared with the few beside it and
the work grows with the ledger, not with its square.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import NamedTuple

from paizhu.base import values as value_words
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value, Values
from paizhu.base.text import folded
from paizhu.registers.likeness import LIKENESS, Likeness
from paizhu.rules.alike import same_matter
from paizhu.services.importing.identity import alike

NEAR = "near_duplicate"
"""Code of the problem a row has that may be another entry of the same matter."""
_COMPARED = 60
"""At most so many entries of one block are looked at, the last ones first: a ledger of one block stays linear."""
_SHOWN = 8
_REMEMBERED = 5_000
"""So many entries have their words at hand; those of others are read again, so a long ledger takes little memory."""
_UNDATED = -1
_HABIT, _HABIT_ROWS = 0.2, 6
"""Where every fifth row is like another row of its own ledger, that is how the ledger is kept and tells nothing."""


class _Entry(NamedTuple):
    who: int
    edition: int
    day: int
    held: tuple[object, ...]
    before: "_Entry | None"


class _Said(NamedTuple):
    """What an entry says for one likeness: all that is compared, and by what it is gathered."""

    like: Likeness
    day: int
    words: str
    held: tuple[object, ...]
    parts: Sequence[tuple[object, ...]]

    def keys(self, *, around: bool) -> list[int]:
        """Return the blocks an entry stands in, or with ``around`` those in which others like it may stand."""
        if self.like.day and self.day != _UNDATED:
            span = self.day // (self.like.days + 1)
            spans: tuple[int, ...] = (span, span - 1, span + 1) if around and self.like.days else (span,)
        else:
            spans = (_UNDATED,)
        return [hash((part, span)) for part in self.parts for span in spans]


@dataclass(frozen=True, slots=True)
class Beside:
    """One field of a row and of the entry it may be meant for, in words; ``differs`` where they say otherwise."""

    name: str
    label: str
    here: str
    there: str
    differs: bool


class NearRows:
    """What is known of one register's records and of the rows planned so far, by what may make two of them one.

    ``words_of`` gives the words of a field of a record, or of a planned row as its number below zero.
    """

    def __init__(self, register: Register, words_of: Callable[[int, str], str]) -> None:
        self._likes = LIKENESS.get(register.key, ())
        self._words_of = words_of
        self._words: dict[tuple[int, str], str] = {}
        self._blocks: dict[int, _Entry] = {}
        self._editions: dict[int, int] = {}
        self._held: dict[tuple[object, ...], tuple[object, ...]] = {}
        self._last = self._within_file = self._sought = 0

    @property
    def is_habit(self) -> bool:
        """Tell whether rows of this ledger are so often like each other that it tells nothing."""
        return self._within_file >= _HABIT_ROWS and self._within_file > self._sought * _HABIT

    def know(self, record_id: int, values: Values) -> None:
        """Take note of a record of the register."""
        self._note(record_id, self._said(values))

    def judge(self, row: int, values: Values | None, *, ask: bool) -> int | None:
        """Return what a new row may be another entry of: a record, or another row as its number below zero.

        None for a row that is like nothing, which is taken note of. ``values`` are None where the row makes no new
        record; without ``ask`` nothing is sought, because the officer decided. A row judged again is what it says now.
        """
        if not self._likes:
            return None
        if row <= self._last:
            self._editions[-row] = self._editions.get(-row, 0) + 1
        else:
            self._last = row
            self._sought += 1
        if values is None:
            return None
        said = self._said(values)
        found = self._find(row, values, said) if ask else None
        if found is not None and found < 0:
            self._within_file += 1
            found = None if self.is_habit else found
        if found is None:
            self._note(-row, said)
        return found

    def _said(self, values: Values) -> list[_Said]:
        """Return what an entry says for each likeness it can have with another."""
        made = []
        for at, like in enumerate(self._likes):
            when = values.get(like.day) if like.day else None
            day = when.toordinal() if isinstance(when, date) else _UNDATED
            words = str(values.get(like.like) or "") if like.like else ""
            if (like.like and not words and not like.silent) or (not like.same and day == _UNDATED):
                continue
            pointed = [values.get(name) for name in like.same]
            held: list[object] = [value.id if isinstance(value, Ref) else None for value in pointed]
            held += [_plain(values.get(name)) for name in like.agree]
            parts = list(product([at], *map(_each, pointed)))
            made.append(_Said(like, day, words, tuple(held), parts))
        return made

    def _find(self, row: int, values: Values, said: Sequence[_Said]) -> int | None:
        for each in said:
            if each.like.unless and values.get(each.like.unless) is True:
                continue
            for key in each.keys(around=True):
                entry = self._blocks.get(key)
                found = self._within(entry, -row, each) if entry is not None else None
                if found is not None:
                    return found
        return None

    def _within(self, entry: _Entry | None, itself: int, said: _Said) -> int | None:
        like, day, words, held, _parts = said
        for _turn in range(_COMPARED):
            if entry is None:
                return None
            if (
                entry.who != itself
                and entry.edition == self._editions.get(entry.who, 0)
                and abs(entry.day - day) <= like.days
                and _agree(entry.held, held)
                and self._says_the_same(like, words, entry.who)
            ):
                return entry.who
            entry = entry.before
        return None

    def _note(self, who: int, said: Sequence[_Said]) -> None:
        for each in said:
            held = self._held.setdefault(each.held, each.held)
            for key in each.keys(around=False):
                entry = _Entry(who, self._editions.get(who, 0), each.day, held, self._blocks.get(key))
                self._blocks[key] = entry
            if each.like.like:
                self._remember(who, each.like.like, each.words)

    def _remember(self, who: int, name: str, words: str) -> None:
        while len(self._words) >= _REMEMBERED:
            del self._words[next(iter(self._words))]
        self._words[who, name] = words

    def _says_the_same(self, like: Likeness, words: str, who: int) -> bool:
        if not like.like:
            return True
        other = self._words.get((who, like.like))
        if other is None:
            other = self._words_of(who, like.like)
            self._remember(who, like.like, other)
        return (like.silent and not (words and other)) or same_matter(words, other, like.least)


def _each(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return [words for each in value if (words := _plain(each))]
    words = _plain(value)
    return [words] if words else []


def _plain(value: Value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    return folded(value.label if isinstance(value, Ref) else str(value))


def _agree(one: Iterable[object], other: Iterable[object]) -> bool:
    return all(not here or not there or here == there for here, there in zip(one, other, strict=True))


def beside(register: Register, fed: Sequence[str], here: Values, there: Mapping[str, Value]) -> tuple[Beside, ...]:
    """Return what a row and another entry say, field by field: what tells them apart first, at most eight."""
    found = []
    for name in fed:
        field = register.field(name)
        if field.sens is Sens.P4 or field.computed:
            continue
        one, other = here.get(name), there.get(name)
        if one in (None, "", ()) and other in (None, "", ()):
            continue
        words, others = (" ".join(value_words.show(field, value).split()) for value in (one, other))
        found.append(Beside(name, field.label, words, others, differs=not alike(one, other)))
    first = (*register.identity, *register.title)
    found.sort(key=lambda each: (not each.differs, each.name not in first))
    return tuple(found[:_SHOWN])

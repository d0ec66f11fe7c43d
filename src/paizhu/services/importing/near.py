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
from paizhu.base.columns import each
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value, Values
from paizhu.base.text import folded
from paizhu.registers.likeness import LIKENESS, Likeness
from paizhu.rules.alike import organisation_core, same_matter, same_organisation
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


class Said(NamedTuple):
    """What an entry says for one likeness: all that is compared, and by what it is gathered.

    One that ``repeats`` another says so itself and is not asked about.
    """

    like: Likeness
    day: int
    words: str
    held: tuple[object, ...]
    parts: Sequence[tuple[object, ...]]
    repeats: bool

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

    def know(self, ids: Sequence[int], columns: Mapping[str, Sequence[Value]]) -> None:
        """Take note of some records of the register."""
        for record_id, said in zip(ids, self.said_by(columns, len(ids)), strict=True):
            self._note(record_id, said)

    def judge(self, row: int, values: Values | None, *, ask: bool) -> int | None:
        """Return what a new row may be another entry of: a record, or another row as its number below zero.

        None for a row that is like nothing, which is taken note of. ``values`` are None where the row makes no new
        record; without ``ask`` nothing is sought, because the officer decided. A row judged again is what it says now.
        """
        return self.judge_said(row, None if values is None else self._said(values), ask=ask)

    def judge_said(self, row: int, said: Sequence[Said] | None, *, ask: bool) -> int | None:
        """Return the same for a row of which is known what it says, as :meth:`said_by` tells of many at once."""
        if not self._likes:
            return None
        if row <= self._last:
            self._editions[-row] = self._editions.get(-row, 0) + 1
        else:
            self._last = row
            self._sought += 1
        if said is None:
            return None
        found = self._find(row, said) if ask else None
        if found is not None and found < 0:
            self._within_file += 1
            found = None if self.is_habit else found
        if found is None:
            self._note(-row, said)
        return found

    def said_by(self, columns: Mapping[str, Sequence[Value]], count: int) -> list[list[Said]]:
        """Return what each of so many entries says for each likeness it can have with another."""
        made: list[list[Said]] = [[] for _ in range(count)]
        nothing: Sequence[Value] = [None] * count
        for at, like in enumerate(self._likes):
            days = each(columns.get(like.day, nothing), _day_number)
            words = columns.get(like.like, nothing)
            pointed = [columns.get(name, nothing) for name in like.same]
            held: list[Sequence[object]] = [each(column, _record) for column in pointed]
            held += [each(columns.get(name, nothing), _plain) for name in like.agree]
            parts = [each(column, _each) for column in pointed]
            repeats = columns.get(like.unless, nothing)
            for place in range(count):
                day, said = days[place] or _UNDATED, str(words[place] or "")
                nothing_said = not like.same and not like.named and day == _UNDATED
                if (like.like and not said and not like.silent) or nothing_said:
                    continue
                named = [[organisation_core(said)]] if like.named else []
                gathered = list(product([at], *named, *(part[place] or () for part in parts)))
                holds = tuple([column[place] for column in held])
                made[place].append(Said(like, day, said, holds, gathered, repeats[place] is True))
        return made

    def _said(self, values: Values) -> list[Said]:
        return self.said_by({name: [value] for name, value in values.items()}, 1)[0]

    def _find(self, row: int, said: Sequence[Said]) -> int | None:
        for entry in said:
            if entry.repeats:
                continue
            for key in entry.keys(around=True):
                other = self._blocks.get(key)
                found = self._within(other, -row, entry) if other is not None else None
                if found is not None:
                    return found
        return None

    def _within(self, entry: _Entry | None, itself: int, said: Said) -> int | None:
        like, day, words, held, _parts, _repeats = said
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

    def _note(self, who: int, said: Sequence[Said]) -> None:
        for entry in said:
            held = self._held.setdefault(entry.held, entry.held)
            for key in entry.keys(around=False):
                self._blocks[key] = _Entry(who, self._editions.get(who, 0), entry.day, held, self._blocks.get(key))
            if entry.like.like:
                self._remember(who, entry.like.like, entry.words)

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
        if like.named:
            return same_organisation(words, other)
        return (like.silent and not (words and other)) or same_matter(words, other, like.least)


def _day_number(value: Value) -> int | None:
    return value.toordinal() if isinstance(value, date) else None


def _record(value: Value) -> int | None:
    return value.id if isinstance(value, Ref) else None


def _each(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return [words for one in value if (words := _plain(one))]
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

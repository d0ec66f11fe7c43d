"""What is counted and how: the rows at hand, figures with the records behind them, shares, distinct persons.

件 counts records, 人次 and 件次 events, 人 distinct persons (``domain.md`` 6.1). A figure is always the sum of the
weights of its entries; where each weighs one, it is the length of its list (数出有据).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, TypeVar

from paizhu.base.rows import Ref, Row, Value
from paizhu.base.text import folded
from paizhu.rules.periods import Span

Number = int | Decimal
Record = tuple[str, int]
"""Key of a register and id of a record in it."""
Key = str | Ref
"""What a figure is broken down by: a code, or the record (unit, person) that is pointed to; empty: 未注明."""
Nature = Literal["flow", "persons", "level", "share"]
"""How the figures of two spans make that of both: added up, added up less persons met twice, the later one, not."""
PersonKey = tuple[str, ...]

EMPTY = "—"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list behind a figure; ``also`` are further records of the same person or result.

    ``part`` is the row under the record that was counted, where rows are what is counted.
    """

    record: Record
    weight: Number = 1
    keys: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    also: tuple[Record, ...] = ()
    part: Record | None = None


@dataclass(frozen=True)
class Figure:
    """One figure with everything behind it; a ratio has the figure it is a share of in ``over``.

    ``undated`` are records that would count but lack the date that says when. ``exclusive`` are the breakdowns whose
    parts add up to the value.
    """

    code: str
    name: str
    unit: str
    span: Span
    entries: tuple[Entry, ...] = ()
    over: "Figure | None" = None
    breakdowns: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()
    undated: tuple[Record, ...] = ()
    nature: Nature = "flow"

    @property
    def value(self) -> Number | None:
        """The figure itself; None for a share of nothing."""
        own = sum((entry.weight for entry in self.entries), 0)
        return own if self.over is None else share(own, self.over.value or 0)

    @property
    def records(self) -> tuple[Record, ...]:
        """The list behind the figure, a line each."""
        return tuple(entry.record for entry in self.entries)

    @property
    def by(self) -> Mapping[str, Mapping[Key, Number | None]]:
        """Value of each part in each breakdown, in the order met; of a share the share of that part."""
        if self.over is not None:
            return {name: {key: self.part(name, key).value for key in parts} for name, parts in self.over.by.items()}
        found: dict[str, dict[Key, Number | None]] = {}
        for name in self.breakdowns:
            parts = found.setdefault(name, {})
            for entry in self.entries:
                for key in entry.keys.get(name, ()):
                    parts[key] = (parts.get(key) or 0) + entry.weight
        return found

    @property
    def words(self) -> str:
        """The figure as it is printed; a share of nothing is a dash, not nought per cent."""
        return shown(self.value, self.unit)

    def part(self, breakdown: str, key: Key) -> "Figure":
        """Return the same figure for one key of a breakdown, with its own list; a share of the same key's whole."""
        wanted = key_of(key)
        kept = tuple(
            entry for entry in self.entries if any(key_of(each) == wanted for each in entry.keys.get(breakdown, ()))
        )
        over = self.over.part(breakdown, key) if self.over is not None else None
        return replace(self, entries=kept, over=over, undated=())


def key_of(key: Key) -> tuple[str, ...]:
    """Return what makes two keys the same: the record pointed to, else the folded words."""
    if isinstance(key, Ref) and key.id is not None:
        return (key.register, str(key.id))
    return (folded(key.label if isinstance(key, Ref) else key),)


def share(part: Number, whole: Number, digits: int = 1) -> Decimal | None:
    """Return a share in per cent, halves rounded up as bulletins do; None where there is nothing to share."""
    if not whole:
        return None
    return rounded(Decimal(part) * 100 / Decimal(whole), digits)


def change(now: Number | None, before: Number | None) -> Decimal | None:
    """Return by how many per cent a figure grew (增减%); None where the earlier one is nothing."""
    if now is None or not before:
        return None
    return rounded((Decimal(now) - Decimal(before)) * 100 / Decimal(before), 1)


def rounded(number: Number, digits: int) -> Decimal:
    """Return a number with so many decimals, halves away from zero."""
    return Decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def shown(number: Number | None, unit: str = "") -> str:
    """Return a number as printed: ``—`` for none, 万元 with at most two decimals, no idle noughts behind the point."""
    if number is None:
        return EMPTY
    plain = f"{rounded(number, 2) if isinstance(number, Decimal) else number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"{plain}%" if unit == "%" else plain


def day_of(value: Value) -> date | None:
    """Return the day of a day or moment."""
    return date(value.year, value.month, value.day) if isinstance(value, date) else None


class Ledger:
    """The rows a count may look at; voided ones are left out. Made once for a report, never changed.

    ``children`` are rows under records by the register of those records. ``due`` tells when a rule of the time-limit
    table falls due; without it the figures about limits are empty.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        children: Mapping[str, Iterable[Row]] | None = None,
        *,
        today: date,
        due: Callable[[str, date], date | None] = lambda _rule, _start: None,
    ) -> None:
        self.today = today
        self.due = due
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            if not row.voided:
                self._rows.setdefault(row.register, []).append(row)
        self._children: dict[tuple[str, int, str], list[Row]] = {}
        for parent, under in (children or {}).items():
            for row in under:
                above = row.values.get("parent_id")
                if isinstance(above, int) and not row.voided:
                    self._children.setdefault((parent, above, row.register), []).append(row)
        self._by_id = {(row.register, row.id): row for kept in self._rows.values() for row in kept}
        self._by_no = {(row.register, folded(row.no)): row for kept in self._rows.values() for row in kept if row.no}
        self._made: dict[object, Any] = {}
        self._pointing: dict[tuple[str, str], dict[Record, list[Row]]] = {}
        self._roster: dict[tuple[str, str], set[int]] = {}
        for person in self._rows.get("person", ()):
            unit = person.values.get("unit_now")
            words = (str(person.values.get("name") or ""), unit.label if isinstance(unit, Ref) else "")
            self._roster.setdefault((folded(words[0]), folded(words[1])), set()).add(person.id)

    def rows(self, register: str) -> Sequence[Row]:
        """Return the live rows of a register."""
        return self._rows.get(register, ())

    def children(self, row: Row, key: str) -> Sequence[Row]:
        """Return the rows of one kind under a record."""
        return self._children.get((row.register, row.id, key), ())

    def find(self, ref: Value, register: str) -> Row | None:
        """Return the record a reference means, by id, else by the number written in an old ledger."""
        if not isinstance(ref, Ref):
            return None
        if ref.id is not None:
            return self._by_id.get((register, ref.id)) if ref.register in ("", register) else None
        return self._by_no.get((register, folded(ref.label))) if folded(ref.label) else None

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """Return what was made of these rows under this key, making it the first time only."""
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made

    def pointing(self, register: str, name: str, target: Row) -> Sequence[Row]:
        """Return the rows of a register whose field points to this record."""
        index = self._pointing.get((register, name))
        if index is None:
            index = self._pointing[register, name] = {}
            for row in self.rows(register):
                found = self.find(row.values.get(name), target.register)
                if found is not None:
                    index.setdefault((found.register, found.id), []).append(row)
        return index.get((target.register, target.id), ())

    def person(self, ref: Value, unit: Value) -> PersonKey | None:
        """Return what makes a person distinct: the record in the roster, else folded name and unit.

        A name beside its unit that fits exactly one person of the roster is that person.
        """
        if not isinstance(ref, Ref) or (not folded(ref.label) and ref.id is None):
            return None
        if ref.id is not None:
            return ("person", str(ref.id))
        name = folded(ref.label)
        where = folded(unit.label if isinstance(unit, Ref) else str(unit or ""))
        known = self._roster.get((name, where), set())
        if where and len(known) == 1:
            return ("person", str(next(iter(known))))
        return ("name", name, where)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may ask beside its row: the other rows, and the span counted in."""

    ledger: Ledger
    span: Span

    @property
    def until(self) -> date:
        """The last day known: the end of the span, or today while the span still runs."""
        return min(self.span.end, self.ledger.today)

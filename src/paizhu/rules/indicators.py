"""The figures reported to the commission (I-101 …), each with the records behind it.

What is counted is data; here is how: by span, event, person or result. 本期, 累计 and 上年同期 are the same figure over
other spans.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from paizhu.base.rows import Ref, Row, Value
from paizhu.rules import forms_of_four, periods
from paizhu.rules.counting import Entry, Figure, Key, Ledger, Number, Record, Scope, change, day_of, key_of
from paizhu.rules.indicator_facts import Event, severity
from paizhu.rules.indicator_names import CONDITIONS, DATES, EVENTS, KEYS
from paizhu.rules.indicator_table import Catalogue, Indicator, IndicatorDataError, Source, load_indicators, shipped
from paizhu.rules.periods import Span

__all__ = [
    "Catalogue", "Comparison", "Indicator", "IndicatorDataError", "Only", "compare", "figure", "load_indicators",
    "shipped",
]  # fmt: skip

Only = Callable[[Row], bool]
"""Which records to look at, for instance those of one unit."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The columns of a report; ``grown`` in per cent, empty where the year before had none."""

    current: Figure
    cumulative: Figure
    last_year: Figure
    grown: Decimal | None


@dataclass(frozen=True, slots=True)
class _Met:
    """One event that counts, with the record it belongs to."""

    row: Row
    source: Source
    event: Event


def figure(catalogue: Catalogue, code: str | Indicator, ledger: Ledger, span: Span, only: Only | None = None) -> Figure:
    """Return one figure of a span; an unknown code, or one whose register does not exist yet, is refused in words."""
    indicator = catalogue[code] if isinstance(code, str) else code
    scope = Scope(ledger, span)
    undated: list[Record] = []
    over: Figure | None = None
    if indicator.part is not None and indicator.over is not None:
        over = figure(catalogue, indicator.over, ledger, span, only)
        part = figure(catalogue, indicator.part, ledger, span, only)
        entries: Sequence[Entry] = part.entries
        undated.extend(part.undated)
    elif indicator.forms:
        entries = list(_results(indicator, catalogue, scope, only, undated))
    else:
        met = list(_met(indicator, scope, only, undated))
        entries = _persons(indicator, met, scope) if indicator.person else list(_events(indicator, met, scope))
    many = (over and (indicator.part or indicator).many) or indicator.many
    return Figure(
        indicator.code,
        indicator.name,
        indicator.unit,
        span,
        _same_keys(entries),
        over,
        indicator.breakdowns,
        tuple(name for name in indicator.breakdowns if name not in many) if over is None else (),
        tuple(dict.fromkeys(undated)),
        indicator.nature,
    )


def compare(
    catalogue: Catalogue, code: str, ledger: Ledger, word: str, cutoff_day: int = 0, only: Only | None = None
) -> Comparison:
    """Return 本期, 本年累计, 上年同期 and 增减% of a figure for a span in the words of :mod:`paizhu.rules.periods`."""
    current = figure(catalogue, code, ledger, periods.period(word, cutoff_day), only)
    cumulative = figure(catalogue, code, ledger, periods.year_to_date(word, cutoff_day), only)
    earlier = figure(catalogue, code, ledger, periods.period(periods.a_year_before(word), cutoff_day), only)
    return Comparison(current, cumulative, earlier, change(current.value, earlier.value))


# --- which events count --------------------------------------------------------------------------------------------


def _met(indicator: Indicator, scope: Scope, only: Only | None, undated: list[Record]) -> Iterator[_Met]:
    for source in indicator.sources:
        conditions = [CONDITIONS[name] for name in source.when]
        for row in scope.ledger.rows(source.register):
            if only is not None and not only(row):
                continue
            if not _agrees(row, source) or not all(ask(row, scope) for ask in conditions):
                continue
            for event in _of_row(row, source, scope):
                if event.day is None:
                    if source.expected and _weight(indicator, row):
                        undated.append((row.register, row.id))
                elif _counts(row, source, event.day, scope):
                    yield _Met(row, source, event)


def _agrees(row: Row, source: Source) -> bool:
    for name, wanted in (source.where or {}).items():
        value = row.values.get(name)
        # Not answered is 否: a petition not marked as a repeat is a first one.
        if (bool(value) if isinstance(wanted[0], bool) else value) not in wanted:
            return False
    return True


def _of_row(row: Row, source: Source, scope: Scope) -> Iterable[Event]:
    if source.events:
        return EVENTS[source.events](row, scope)
    if not source.date:
        return (Event(scope.span.end),)
    if source.date.startswith("@"):
        return (Event(DATES[source.date[1:]](row, scope)),)
    return (Event(day_of(row.values.get(source.date))),)


def _counts(row: Row, source: Source, day: date, scope: Scope) -> bool:
    if not source.until:
        return day in scope.span
    gone = DATES[source.until[1:]](row, scope) if source.until[0] == "@" else day_of(row.values.get(source.until))
    return day <= scope.span.end and (gone is None or gone > scope.span.end)


# --- lines ---------------------------------------------------------------------------------------------------------


def _events(indicator: Indicator, met: Iterable[_Met], scope: Scope) -> Iterator[Entry]:
    for each in met:
        weight = _weight(indicator, each.row)
        if not weight:
            continue
        part = (each.event.row.register, each.event.row.id) if each.event.row is not None else None
        keys = {name: _keys(each.source.by[name], each.row, scope, each.event) for name in indicator.breakdowns}
        yield Entry((each.row.register, each.row.id), weight, keys, part=part)


def _weight(indicator: Indicator, row: Row) -> Number:
    if not indicator.sum:
        return 1
    found: Number = 0
    for name in indicator.sum:
        value = row.values.get(name)
        found += value if isinstance(value, int | Decimal) else indicator.each
    return Decimal(found) / indicator.divide if indicator.divide != 1 else found


def _persons(indicator: Indicator, met: Iterable[_Met], scope: Scope) -> list[Entry]:
    """Return one line a person; the heaviest measure, else the earliest record, stands for all of them."""
    found: dict[object, list[_Met]] = {}
    for each in met:
        values = each.row.values
        unit = values.get(indicator.person_unit) or values.get("unit_id")
        # Whoever is not named is nobody else.
        person = scope.ledger.person(values.get(indicator.person), unit) or (each.row.register, each.row.id)
        found.setdefault(person, []).append(each)
    entries = []
    for group in found.values():
        group.sort(key=lambda each: (-_severity(each.row), each.event.day or date.max, each.row.id))
        main, *rest = group
        keys = {}
        for name in indicator.breakdowns:
            own = _keys(main.source.by[name], main.row, scope, main.event)
            if name in indicator.many:
                every = [key for each in group for key in _keys(each.source.by[name], each.row, scope, each.event)]
                own = tuple({key_of(key): key for key in every}.values())
            keys[name] = own
        also = dict.fromkeys((each.row.register, each.row.id) for each in rest)
        entries.append(Entry((main.row.register, main.row.id), 1, keys, tuple(also)))
    return entries


def _severity(row: Row) -> int:
    return severity(row) if row.register == "measure" else -1


def _results(
    indicator: Indicator, catalogue: Catalogue, scope: Scope, only: Only | None, undated: list[Record]
) -> Iterator[Entry]:
    by = {source.register: source.by for source in indicator.sources}
    for result in forms_of_four.results(scope.ledger, catalogue.form_of):
        if result.form not in indicator.forms or (only is not None and not only(result.row)):
            continue
        record = (result.row.register, result.row.id)
        if result.day is None:
            undated.append(record)
        elif result.day in scope.span:
            keys: dict[str, tuple[Key, ...]] = {
                name: _keys(by[result.row.register][name], result.row, scope)
                for name in indicator.breakdowns
                if name not in ("form", "measure")
            }
            keys |= {"form": (result.form,), "measure": (result.kind,)}
            yield Entry(record, 1, keys, result.also)


# --- breakdowns ----------------------------------------------------------------------------------------------------


def _keys(spec: str, row: Row, scope: Scope, event: Event | None = None) -> tuple[Key, ...]:
    """Return what a row is broken down by; never empty, since 未注明 is a part too."""
    if spec.startswith("@"):
        return KEYS[spec[1:]](row, scope)
    if spec.startswith("part."):
        under = event.row if event is not None and event.row is not None else row
        return (_key(under.values.get(spec.removeprefix("part."))),)
    if spec.endswith("]"):
        several = row.values.get(spec[: spec.index("[")])
        keys = tuple(_key(each) for each in several) if isinstance(several, tuple) else ()
        return (keys if spec.endswith("[]") else keys[:1]) or ("",)
    return (_key(row.values.get(spec)),)


def _key(value: Value) -> Key:
    if isinstance(value, Ref):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _same_keys(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give one unit one key, however its name was written in each record."""
    known: dict[tuple[str, ...], Key] = {}
    made = []
    for entry in entries:
        keys = {
            name: tuple(dict.fromkeys(known.setdefault(key_of(key), key) for key in found))
            for name, found in entry.keys.items()
        }
        made.append(Entry(entry.record, entry.weight, keys, entry.also, entry.part))
    return tuple(made)

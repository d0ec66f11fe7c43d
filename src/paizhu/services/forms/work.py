"""A form worked out for a period: every value with the records behind it, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from paizhu.base import values
from paizhu.base.field import FieldKind
from paizhu.base.money import unit_of_header
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row
from paizhu.base.text import folded
from paizhu.documents.forms.areas import ListArea
from paizhu.documents.forms.fill import CellValue, ListFill
from paizhu.documents.forms.read import Form, FormSheet
from paizhu.rules import consistency, periods
from paizhu.rules.counting import EMPTY, Entry, Figure, Key, Number, change, shown
from paizhu.services.desk import Desk
from paizhu.services.forms.figures import Figures
from paizhu.services.forms.matching import titles_of
from paizhu.services.forms.memory import FormMemory
from paizhu.services.forms.wishes import LEAST, CellWish, ListWish, Place, Wishes
from paizhu.services.forms.words import Words
from paizhu.services.out import classes
from paizhu.services.out.classes import DEFAULT, Release
from paizhu.services.out.exporting import Exporting
from paizhu.services.register_keys import register_of
from paizhu.storage import queries

Record = tuple[str, int]
_TEN_THOUSAND = Decimal(10_000)
_FROM_MONTH = {"period.from_month", "period.first_month"}
"""Where a form has a place for the month a span begins with: one that is printed (1至3月) is the year so far."""
_QUARTERS = "一二三四"
_WITHIN = "department"
_NOT_COUNTED = (_WITHIN, "commission")
"""Kinds of units that a form by unit has no row for."""


@dataclass(frozen=True)
class FormLook:
    """A form as understood: what goes where, the form it was known as, what changed since, the period it asks for."""

    form: Form
    name: str
    wishes: Wishes
    known: bool
    changed: str
    changes: tuple[str, ...]
    period: str
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """One value of a filled form with what stands behind it; a figure of sums has fewer records than its value."""

    sheet: str
    place: str
    value: CellValue
    words: str
    name: str
    wish: CellWish
    records: tuple[Record, ...]
    figure: Figure | None = None


@dataclass(frozen=True)
class Worked:
    """A form worked out for a period, before anything is written: from what was pointed at, with what may leave."""

    period: str
    wishes: Wishes
    release: Release
    cells: Mapping[Place, Behind]
    lists: tuple[ListFill, ...]
    listed: Mapping[tuple[str, int], tuple[Record, ...]]
    titles: Mapping[str, Mapping[str, str]]
    empty: tuple[Place, ...]
    withheld: tuple[str, ...]
    checks: tuple[str, ...]
    totals: Mapping[Place, str] = field(default_factory=dict)
    """What the formulas of the form come to, in words; only where the form is looked at."""

    @property
    def bare(self) -> bool:
        """Tell whether nothing was found in the form that anything could go into."""
        return not (self.cells or self.lists or self.empty or self.withheld or any(self.titles.values()))


class Worker:
    """Counts figures and gathers lists for the cells of a form."""

    def __init__(self, desk: Desk, figures: Figures, words: Words, memory: FormMemory) -> None:
        self._desk = desk
        self._memory = memory
        self.figures = figures
        self.words = words

    def work(self, look: FormLook, period: str, wishes: Wishes, release: Release = DEFAULT) -> Worked:
        """Work out every value of a form; contradictions between its figures are left to the checks."""
        cells: dict[Place, Behind] = {}
        empty: list[Place] = []
        for place, wish in wishes.cells.items():
            if not wish.code or wish.confidence < LEAST:
                empty.append(place)
            elif not _to_come(wish, period):
                cells[place] = self.behind(place, wish, period)
        titles = self._titles(look.form, period)
        made = Worked(period, wishes, release, cells, (), {}, titles, tuple(empty), (), ())
        for sheet in look.form.sheets:
            for area in sheet.lists:
                wish_of = wishes.lists.get((sheet.name, area.first_row), ListWish())
                if wish_of.over:
                    made = self._over_units(made, sheet.name, area, wish_of)
                else:
                    made = self._records(made, sheet, area, wish_of)
        return made

    def count(self, wish: CellWish, period: str) -> tuple[Figure, Number | None]:
        """Return the figure a wish means in a period, with its list, and its value (增减% has the list of 本期)."""
        if wish.span == "adjusted":
            return self._adjusted(wish, period)
        cutoff = self.figures.cutoff_day
        current = periods.period(period, cutoff)
        spans = {
            "cumulative": periods.year_to_date(period, cutoff),
            "last_year": periods.period(periods.a_year_before(period), cutoff),
            "previous": periods.period(periods.previous(period), cutoff),
        }
        if month := _month(wish, period):
            spans[wish.span] = periods.period(month, cutoff)
        code = self._code(wish)
        figure = _narrowed(self.figures.within(code, spans.get(wish.span, current)), wish)
        if wish.span != "grown":
            return figure, figure.value
        before = _narrowed(self.figures.within(code, spans["last_year"]), wish)
        return figure, change(figure.value, before.value)

    def _adjusted(self, wish: CellWish, period: str) -> tuple[Figure, Number | None]:
        """Return by how much the earlier periods of the year came otherwise since they were sent.

        Behind it stand the records that came (counted once) and those that went (taken off).
        """
        now = replace(wish, span="current")
        empty = replace(self.count(now, period)[0], entries=(), undated=(), breakdowns=(), exclusive=())
        if empty.nature in ("level", "share"):
            return empty, None
        entries: list[Entry] = []
        total: Number = 0
        earlier = periods.previous(period)
        while earlier[:4] == period[:4]:
            told = self._memory.told_last(wish.code, wish.by, earlier)
            if told is not None:
                figure, value = self.count(now, earlier)
                entries += [Entry(record) for record in figure.records if record not in told.records]
                entries += [Entry(record, -1) for record in told.records if record not in figure.records]
                total += (value or 0) - Decimal(told.value or 0)
            earlier = periods.previous(earlier)
        whole = int(total) if total == int(total) else total
        return replace(empty, entries=tuple(entries)), whole

    def _code(self, wish: CellWish) -> str:
        """Return the figure to count: one that is only shown by mode does not know units, the whole behind it does."""
        indicator = self.words.catalogue[wish.code]
        known = all(name in indicator.breakdowns for name, _key in wish.by)
        return wish.code if known else indicator.whole or wish.code

    def name(self, wish: CellWish) -> str:
        """Return what a wish means in words: the figure, its parts, its span."""
        parts = "，".join(self.words.part_words(wish.code, part, key) for part, key in wish.by)
        name = self.words.catalogue[wish.code].name
        return f"{name}（{parts}）" if parts else name

    def behind(self, place: Place, wish: CellWish, period: str) -> Behind:
        """Return what goes into a cell, with the records behind it."""
        figure, value = self.count(wish, period)
        records = tuple(dict.fromkeys(figure.records))
        return Behind(*place, _exact(value, figure.unit), shown(value), self.name(wish), wish, records, figure)

    def _over_units(self, made: Worked, sheet: str, area: ListArea, wish: ListWish) -> Worked:
        standing = [row for row in self.figures.ledger.rows("unit") if row.values.get("active") is not False]
        units = [str(row.values.get("name") or "") for row in standing if row.values.get("kind") not in _NOT_COUNTED]
        # A department has no line of its own unless its matters count under its name: the sum would miss them.
        within = [str(row.values.get("name") or "") for row in standing if row.values.get("kind") == _WITHIN]
        counts = [each for each in wish.figures.values() if self.count(each, made.period)[0].over is None]
        for department in within:
            own = [replace(each, by=(*each.by, ("unit", department))) for each in counts]
            if any(self.count(each, made.period)[1] for each in own):
                units.append(department)
        cells = dict(made.cells)
        checks = list(made.checks)
        rows: list[list[CellValue]] = [[unit for _letters in wish.columns] for unit in units]
        for letters, each in wish.figures.items():
            parts: dict[str, Number | None] = {}
            for at, unit in enumerate(units):
                place = (sheet, f"{letters}{area.first_row + at}")
                wanted = CellWish(each.code, (*each.by, ("unit", unit)), each.span, each.confidence)
                cells[place] = self.behind(place, wanted, made.period)
                rows[at].append(cells[place].value)
                parts[unit] = _number(cells[place].value)
            figure, total = self.count(each, made.period)
            if figure.over is None:
                # Whoever belongs to no unit of the roster would be missing without a word.
                checks += consistency.parts_and_total(f"{self.name(each)}按单位", total, parts)
        columns = {letters: letters for letters in (*wish.columns, *wish.figures)}
        filled = ListFill(sheet, area.first_row, area.last_row, columns, rows, _ordinal(area))
        return replace(made, cells=cells, lists=(*made.lists, filled), checks=tuple(checks))

    # --- lists -----------------------------------------------------------------------------------------------

    def _records(self, made: Worked, sheet: FormSheet, area: ListArea, wish: ListWish) -> Worked:
        if not wish.register or wish.confidence < LEAST or not wish.columns:
            return _withheld(made, f"“{sheet.name}”第 {area.first_row} 行起的清单没有填：还没有指定台账")
        register = register_of(wish.register)
        if classes.totals_only(register, made.release):
            words = f"“{sheet.name}”第 {area.first_row} 行起的{register.label}清单没有填：逐条报送须写明事由"
            return _withheld(made, words)
        chosen: dict[str, str] = {}
        for letters, name in wish.columns.items():
            if classes.allowed(register.field(name), made.release):
                chosen[letters] = name
            else:
                made = _withheld(made, f"“{sheet.name}”的“{register.field(name).label}”列没有填：不在可以报送的内容里")
        if not chosen:
            # Rows with nothing in them would be counted as filled, and stand empty in the form.
            return _withheld(made, f"“{sheet.name}”第 {area.first_row} 行起的清单没有填：各列都不在可以报送的内容里")
        rows = self._rows(register, wish, made.period)
        in_general = _money_unit(sheet, area)
        units = {
            column.letters: (unit_of_header(column.path[-1]) if column.path else "") or in_general
            for column in area.columns
        }
        to_the_day = {each.letters for each in area.columns if each.path and "日期" in folded(each.path[-1])}
        masked = classes.masking(made.release)

        def value(row: Row, letters: str, name: str) -> CellValue:
            kind = register.field(name)
            hidden = masked(kind, row)
            if hidden is not None:
                return hidden
            found: CellValue = values.cell(kind, row.values.get(name))
            if isinstance(found, datetime) and letters in to_the_day:
                return found.date()
            if kind.kind is FieldKind.MONEY and isinstance(found, Decimal) and units[letters] == "万元":
                return found / _TEN_THOUSAND
            return found

        data = [[value(row, letters, name) for letters, name in chosen.items()] for row in rows]
        columns = {letters: letters for letters in chosen}
        filled = ListFill(sheet.name, area.first_row, area.last_row, columns, data, _ordinal(area))
        records = tuple((row.register, row.id) for row in rows)
        listed = {**made.listed, (sheet.name, area.first_row): records}
        return replace(made, lists=(*made.lists, filled), listed=listed)

    def _rows(self, register: Register, wish: ListWish, period: str) -> list[Row]:
        span = periods.period(period, self.figures.cutoff_day)
        since, until = (None, None) if wish.whole else (span.start, span.end)
        view = Exporting(self._desk).period(register, since, until, by=_day_of(register, wish))
        with self._desk.vault.read() as connection:
            return list(queries.every(connection, view))

    # --- titles ----------------------------------------------------------------------------------------------

    def _titles(self, form: Form, period: str) -> dict[str, dict[str, str]]:
        span, today = periods.period(period), self._desk.today
        quarter = (span.start.month - 1) // 3
        words = {
            "period.year": f"{span.start.year}",
            "period.from_month": "1",
            "period.first_month": f"{span.start.month}",
            "period.month": f"{span.end.month}",
            "period.quarter": _QUARTERS[quarter],
            "period": periods.label(period),
            "unit": str(self._desk.setting("group") or self._desk.setting("unit")),
            "person": str(self._desk.setting("officer")),
            "date.year": f"{today.year}",
            "date.month": f"{today.month}",
            "date.day": f"{today.day}",
            "date": f"{today:%Y-%m-%d}",
        }
        told = {kind: each for kind, each in words.items() if each}
        found: dict[str, dict[str, str]] = {}
        for sheet in form.sheets:
            for place in sheet.places:
                here = told
                if span.start.month != span.end.month and not _FROM_MONTH & {*place.kinds}:
                    # A monthly form filled for a quarter or a year says so in its title.
                    here = {**told, "period.month": f"{span.start.month}—{span.end.month}"}
                if (filled := place.filled(here)) != place.text:
                    found.setdefault(sheet.name, {})[place.place] = filled
        return found


def _day_of(register: Register, wish: ListWish) -> str:
    """Return the day a list goes by: the only one it shows, such as when talks were held and not when planned."""
    shown = [name for name in wish.columns.values() if register.field(name).is_day]
    facts = [name for name in shown if register.field(name).dated.planned is not True]
    return facts[0] if len(facts) == 1 and register.main_date not in shown else ""


def _month(wish: CellWish, period: str) -> str:
    """Return the month of the period's year that a cell is about; empty for the other spans."""
    number = wish.span.removeprefix("m")
    return f"{period[:4]}-{int(number):02d}" if number != wish.span and number.isdigit() else ""


def _to_come(wish: CellWish, period: str) -> bool:
    """Tell whether a cell is about a month after the period: it stays empty, for nobody knows yet."""
    month = _month(wish, period)
    return bool(month) and periods.period(month).start > periods.period(period).end


def _withheld(made: Worked, words: str) -> Worked:
    return replace(made, withheld=(*made.withheld, words))


def _money_unit(sheet: FormSheet, area: ListArea) -> str:
    top = min(area.header_rows, default=area.first_row)
    above = [cell.words for (row, _column), cell in sheet.grid.cells.items() if row < top and cell.words]
    if any("单位:万元" in folded(words) for words in above):
        return "万元"
    return next((unit for title in titles_of(sheet) if (unit := unit_of_header(title))), "")


def _number(value: CellValue) -> Number | None:
    return value if isinstance(value, int | Decimal) else None


def _ordinal(area: ListArea) -> str:
    return next((column.letters for column in area.columns if column.index == area.ordinal), "")


def _exact(value: Number | None, unit: str) -> CellValue:
    if value is None:
        return EMPTY
    return round(value, 2) if isinstance(value, Decimal) and unit == "万元" else value


def _narrowed(figure: Figure, wish: CellWish) -> Figure:
    for name, wanted in wish.by:
        figure = figure.part(name, _key(figure, name, wanted))
    return figure


def _key(figure: Figure, name: str, wanted: str) -> Key:
    """Return the key of a part as the figure has it: a unit is a record there and a word here."""
    known: list[Key] = [*figure.by.get(name, ()), *(figure.over.by.get(name, ()) if figure.over else ())]
    for key in known:
        if folded(key.label if isinstance(key, Ref) else key) == folded(wanted):
            return key
    return wanted

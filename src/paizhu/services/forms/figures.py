"""The figures of the open vault: its rows as a ledger to count in, each figure with the records behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from paizhu import registers
from paizhu.base.rows import Ref, Row
from paizhu.base.text import folded
from paizhu.base.view import View
from paizhu.rules import indicators, limits, periods
from paizhu.rules.counting import Figure, Ledger, Number, change
from paizhu.rules.indicator_table import Catalogue
from paizhu.rules.indicators import Comparison, Only
from paizhu.rules.periods import Span
from paizhu.services.desk import Desk
from paizhu.storage import queries
from paizhu.storage.tables import quoted, table

_BLOCK = 2_000
Told = Number | None


@dataclass(frozen=True, slots=True)
class Reported:
    """One figure of the report: 本期 with its list, 上期, 本年累计, 上年同期 and 增减%."""

    current: Figure
    previous: Told
    year_to_date: Told
    last_year: Told
    grown: Told


class Figures:
    """Counts on the vault's rows; they are read again only after the journal went on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._read: tuple[tuple[object, ...], Ledger] | None = None
        self._made: dict[tuple[str, Span, str | None], Figure] = {}

    @property
    def catalogue(self) -> Catalogue:
        """What can be counted."""
        return indicators.shipped()

    @property
    def cutoff_day(self) -> int:
        """The day of the month on which a month of statistics ends; 0 for the calendar's."""
        return int(self._desk.setting("cutoff_day"))

    @property
    def ledger(self) -> Ledger:
        """The rows as they stand now."""
        key = (*self._desk.vault.last_entry(), self._desk.today)
        if self._read is None or self._read[0] != key:
            self._made = {}
            self._read = (key, self._ledger())
        return self._read[1]

    def figure(self, code: str, period: str, unit: str | None = None) -> Figure:
        """Return one figure of a period (``2026-10``, ``2026-Q3``, ``2026-H1``, ``2026``), of one unit if named."""
        return self.within(code, periods.period(period, self.cutoff_day), unit)

    def within(self, code: str, span: Span, unit: str | None = None) -> Figure:
        """Return one figure over any days."""
        ledger, key = self.ledger, (code, span, unit)
        if key not in self._made:
            self._made[key] = indicators.figure(self.catalogue, code, ledger, span, _of_unit(unit))
        return self._made[key]

    def compare(self, code: str, period: str, unit: str | None = None) -> Comparison:
        """Return 本期, 本年累计, 上年同期 and 增减% of a figure."""
        return indicators.compare(self.catalogue, code, self.ledger, period, self.cutoff_day, _of_unit(unit))

    def all(self, period: str) -> dict[str, Reported]:
        """Return every figure of a period by its code."""
        ledger, cutoff, found = self.ledger, self.cutoff_day, {}
        spans = {
            "current": periods.period(period, cutoff),
            "previous": periods.period(periods.previous(period), cutoff),
            "year": periods.year_to_date(period, cutoff),
            "earlier": periods.period(periods.a_year_before(period), cutoff),
        }
        for code, indicator in self.catalogue.indicators.items():
            made = {name: indicators.figure(self.catalogue, indicator, ledger, span) for name, span in spans.items()}
            current, earlier = made["current"], made["earlier"].value
            found[code] = Reported(
                current, made["previous"].value, made["year"].value, earlier, change(current.value, earlier)
            )
        return found

    # --- the machine -----------------------------------------------------------------------------------------

    def _ledger(self) -> Ledger:
        return Ledger(self._rows(), self._children(), today=self._desk.today, due=self._due)

    def _rows(self) -> Iterator[Row]:
        with self._desk.vault.read() as connection:
            for register in registers.REGISTERS:
                yield from queries.every(connection, View(register.key), _BLOCK)

    def _children(self) -> Mapping[str, Iterator[Row]]:
        return {register.key: self._under(register.key) for register in registers.REGISTERS if register.rows}

    def _under(self, key: str) -> Iterator[Row]:
        register = registers.register(key)
        with self._desk.vault.read() as connection:
            for child in register.rows:
                found = table(register, child.key)
                name = quoted(found.name)
                if connection.execute(f"SELECT 1 FROM {name} WHERE voided = 0 LIMIT 1").fetchone() is None:
                    continue
                cursor = connection.execute(f"{found.select} WHERE voided = 0 ORDER BY parent_id, position, id")
                while rows := cursor.fetchmany(_BLOCK):
                    for row in rows:
                        yield found.row(row)

    def _due(self, rule: str, start: date) -> date | None:
        found = self._desk.limits.get(rule)
        return limits.due(found, start, self._desk.calendar).day if found else None


def _of_unit(unit: str | None) -> Only | None:
    if not unit:
        return None
    wanted = folded(unit)

    def only(row: Row) -> bool:
        found = row.values.get("unit_now" if row.register == "person" else "unit_id")
        return isinstance(found, Ref) and folded(found.label) == wanted

    return only

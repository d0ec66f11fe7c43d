"""One row of a ledger: its cells read, completed and checked; problems by cell, and nothing of the row lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from paizhu.base import clock, dates, happened, numbers, values
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.reading import ReadingError, quoted
from paizhu.base.register import Register
from paizhu.base.rows import Sealed, Value
from paizhu.base.values import Reading
from paizhu.documents.books.book import Rounded, words_of
from paizhu.documents.workbooks.write import CUT
from paizhu.services import preparing
from paizhu.services.importing.block import Block
from paizhu.services.importing.completing import Completing
from paizhu.services.importing.meanings import CODED, FIGURES, UNSURE, Known, is_spoilt, unspoilt, unusable
from paizhu.services.importing.names import NameNotes
from paizhu.services.importing.read import CellProblem, Column, RowRead
from paizhu.services.importing.years import Years

_YEAR_DIGITS = 4
STATE = "state"
_STATE_KEPT = "；先按其余各栏推定，原文留在记录的“原表其他内容”里"


class _ColumnPlan(NamedTuple):
    """How a column is read: its words are remembered where they feed a field."""

    column: Column
    reading: Reading
    known: Known | None


class RowReader:
    """Reads the rows of one sheet under one matching of columns."""

    def __init__(
        self, columns: Sequence[Column], reading: Reading, seal: Callable[[str, str], str], completing: Completing
    ) -> None:
        self._register = register = completing.register
        self._completing = completing
        self._seal = seal
        self._identity = {name for name in register.identity if register.field(name).required}
        self._identity |= {each.name for each in register.fields if each.required}
        # Every record has a state, but where the ledger's words for it are none of ours it is told by the other cells.
        self._identity -= {STATE} if register.flow else set()
        self._columns = columns
        self._plans = [
            _ColumnPlan(
                column,
                made := replace(reading, money_unit=column.unit),
                Known(column.field, made) if column.field else None,
            )
            for column in columns
        ]
        self._years = Years()
        self._by_name = {column.field.name: column for column in columns if column.field and not column.child}
        self._names = NameNotes(completing.roster, list(self._by_name.values()))

    def read_all(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> Block:
        """Return what some rows say, one below the other: by column as far as their cells can be taken as they are."""
        block = Block.of(rows)
        given: dict[str, Sequence[Value]] = {}
        apart: set[int] = set()
        for column, _reading, known in self._plans:
            if known is None or column.field is None:
                continue
            if column.plain:
                given[column.field.name], unsure = known.all(block.column(column.index))
                if unsure and known.dated:
                    # The year of a date without one is told by the rows above it: they are read in order.
                    block.apart = {at: self._read_on(*row) for at, row in enumerate(rows)}
                    return block
                apart.update(unsure)
            else:
                for place in (column.index, *column.parts):
                    apart.update(at for at, cell in enumerate(block.column(place)) if cell is not None and cell != "")
                given.update(dict.fromkeys(column.names, block.nothing))
        if len(apart) < len(rows):
            apart |= self._finish_all(block, given)
        block.apart = {at: self.read(*rows[at]) for at in sorted(apart)}
        self._note_years(block.numbers, given, block.apart.values())
        return block

    def _read_on(self, number: int, cells: Sequence[Any]) -> RowRead:
        """Read a row whose years tell those of the rows below it."""
        row = self.read(number, cells)
        told = {name: [value] for name, value in row.values.items() if name not in row.assumed}
        self._note_years([number], told, [row])
        return row

    def _finish_all(self, block: Block, given: Mapping[str, Sequence[Value]]) -> set[int]:
        """Complete and check the rows of a block; returns the places of those something stands against."""
        block.fed = tuple(given)
        block.columns, block.rows = self._completing.all(given, len(block.numbers))
        for column, _reading, known in self._plans:
            if known is None:
                for extra, raw in zip(block.extra, block.column(column.index), strict=True):
                    _keep_cell(extra, column, raw)
        self._names.note_all(block, given)
        return preparing.objected(self._register, block.columns, block.rows)

    def _note_years(
        self, numbers: Sequence[int], given: Mapping[str, Sequence[Value]], apart: Iterable[RowRead]
    ) -> None:
        """Take note of the years that rows name; columns that are never read as they stand are told by ``apart``."""
        rows = list(apart)
        for column, _reading, known in self._plans:
            if known is None or not known.dated or column.field is None:
                continue
            if column.plain:
                self._years.note(column.index, numbers, given.get(column.field.name, ()))
            else:
                told = [_said(row, column) for row in rows]
                self._years.note(column.index, [row.number for row in rows], told)
        self._years.reach(numbers[-1])

    def read(self, number: int, cells: Sequence[Any], base: Mapping[str, Value] | None = None) -> RowRead:
        """Return what a row says; an unreadable cell that does not identify the record is kept as words.

        ``base`` are the values of the record the row is known to mean: they stand where the sheet says nothing.
        """
        row = RowRead(number)
        count = len(cells)
        made = row.values
        for column, reading, known in self._plans:
            raw = _standing(cells, column) if column.parts else cells[column.index] if column.index < count else None
            if raw is None or raw == "":
                made.update(dict.fromkeys(column.names))
                continue
            if column.plain and known is not None and (value := known.before(raw)) is not UNSURE:
                made[column.path] = value
                continue
            if column.field is None:
                _keep_cell(row.extra, column, raw)
                continue
            if _left_alone(raw):
                row.untouched.add(column.path)
                continue
            self._cell(row, column, reading, raw)
        self._finish(row, base or {}, cells)
        return row

    def _cell(self, row: RowRead, column: Column, reading: Reading, raw: Any) -> None:
        there = column.field
        assert there is not None
        if refused := unusable(there, raw):
            self._problem(row, column, raw, refused, keep=False)
            return
        if isinstance(raw, Rounded) and there.kind in FIGURES:
            words = f"原表显示为 {raw.shown}，存的是 {words_of(float(raw))}，按存的数导入"
            row.problems.append(
                CellProblem(column.letter, column.path, words_of(float(raw)), "rounded", words, "warning")
            )
        if column.also is not None and isinstance(raw, str):
            raw, post = numbers.split_post(raw)
            row.values[column.also.name] = values.parse(column.also, post, reading)
        try:
            # 前 of 每月25日前 is no part of the day, but it is of the words that are told and kept.
            meant = _meant(there, raw)
            yearless = there.is_day and not dates.names_year(meant)
            if yearless and reading.reference is None:
                reading = _dated(reading, self._years.above(column.index, row.number))
                row.assumed |= {column.path} if reading.typed_now else set()
            value = values.parse(there, meant, reading)
        except ReadingError as error:
            self._problem(row, column, raw, error)
            return
        if isinstance(value, date) and yearless:
            words = f"没有写年份，按 {value.year} 年理解，请核对"
            if isinstance(raw, date):
                # Of a day of 1900 in the cell nobody would know that a year is asked for.
                words = f"日期格里写的月日被存成了 {raw.year} 年，按 {dates.show_day(value)} 理解，请核对"
            row.problems.append(CellProblem(column.letter, column.path, words_of(raw), "year", words, "warning"))
        if there.kind is FieldKind.SEALED and isinstance(value, str):
            value = Sealed(self._seal(value, there.name))
        if column.child:
            if value is not None:
                row.rows.setdefault(column.child, [{}])[0][there.name] = value
        else:
            row.values[there.name] = value

    def _problem(self, row: RowRead, column: Column, raw: Any, error: ReadingError, *, keep: bool = True) -> None:
        there = column.field
        assert there is not None
        severity = "error" if there.name in self._identity and not column.child else "warning"
        # What could not be read says nothing, so it must not empty what a record holds.
        row.untouched |= {column.path, *((column.also.name,) if column.also else ())}
        if there.sens is Sens.P4:
            # Nothing of the cell is repeated: a plan is shown, printed and written into scripts.
            message = f"“{there.label}”没有看懂，内容不在这里显示；请核对原表"
            row.problems.append(CellProblem(column.letter, column.path, values.MASK, error.code, message, severity))
            row.refused = row.refused or severity == "error"
            return
        words = words_of(raw).strip()
        near = values.proposals(there, words) if there.kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
        kept = _STATE_KEPT if there.name == STATE and self._register.flow and severity == "warning" else ""
        message = error.message + kept + (f"；是不是“{near[0].label}”？" if near else "")
        proposal = near[0].label if near else _first_day(there, raw) if error.code == "is_range" else ""
        row.problems.append(CellProblem(column.letter, column.path, words, error.code, message, severity, proposal))
        if severity == "error":
            row.refused = True
        elif keep:
            _keep(row.extra, column.header or there.label, raw)

    def _finish(self, row: RowRead, base: Mapping[str, Value], cells: Sequence[Any]) -> None:
        if row.refused:
            return
        register = self._register
        given: dict[str, Value] = {name: value for name, value in row.values.items() if value is not None}
        silent = (name for name in base if register.has(name) and (name not in self._by_name or name in row.untouched))
        given = {**{name: base[name] for name in silent}, **given} if base else given
        made = self._completing.one(given)
        if ahead := [field for field in register.days if happened.is_ahead(field, made, self._completing.today)]:
            made = self._without(row, made, ahead, cells, base)
        row.values.update(made)
        for problem in preparing.objections(register, made):
            row.refused = True
            if problem.code == "required" and self._blame(row, problem.field):
                continue
            column = self._by_name.get(problem.field)
            stands = words_of(_standing(cells, column)).strip() if column else ""
            letter = column.letter if column else ""
            row.problems.append(CellProblem(letter, problem.field, stands, problem.code, problem.message))
        self._bare(row, made)
        for key, rows in row.rows.items():
            child, linked = register.child(key), self._completing.roster.linked
            row.rows[key] = [self._below(row, child, linked(child, each), cells) for each in rows]
        self._names.note(row, given, made)

    def _without(
        self,
        row: RowRead,
        made: Mapping[str, Value],
        ahead: Sequence[Field],
        cells: Sequence[Any],
        base: Mapping[str, Value],
        child: str = "",
    ) -> dict[str, Value]:
        """Return the values without facts that have not happened: each is told at its cell, and its words are kept.

        What identifies the record is not done without: such a row waits. What only followed from such a day goes
        with it.
        """
        today, columns = self._completing.today, {column.path: column for column in self._columns}
        named = False
        for field in ahead:
            column = columns.get(f"{child}.{field.name}" if child else field.name)
            if column is None:
                continue
            named = True
            words, raw = happened.ahead_words(field, made[field.name], today), _standing(cells, column)
            meant = happened.last_that_was(made[field.name], today)
            proposal = values.show(field, meant) if meant else ""
            words += f"；是不是“{proposal}”？" if proposal else ""
            needed = field.required if child else field.name in self._identity
            severity = "error" if needed else "warning"
            stands = values.MASK if field.sens is Sens.P4 else words_of(raw).strip()
            row.problems.append(
                CellProblem(column.letter, column.path, stands, happened.AHEAD, words, severity, proposal)
            )
            row.refused = row.refused or needed
            row.untouched.add(column.path)
            if not needed and field.sens is not Sens.P4:
                _keep(row.extra, column.header or field.label, raw)
        gone = {each.name for each in ahead} if named else set()
        kept = {name: value for name, value in made.items() if name not in gone}
        if child or row.refused:
            return kept
        for name in gone:
            row.values.pop(name, None)
        kept.update((name, base[name]) for name in gone if name in base)
        return self._completing.one(kept)

    def _below(self, row: RowRead, child: Register, made: dict[str, Value], cells: Sequence[Any]) -> dict[str, Value]:
        ahead = [field for field in child.days if happened.is_ahead(field, made, self._completing.today)]
        return self._without(row, made, ahead, cells, {}, child.key) if ahead else made

    def _bare(self, row: RowRead, made: Mapping[str, Value]) -> None:
        """Refuse rows below a record that may have none, and keep nothing of its columns without a field."""
        words = preparing.bare_words(self._register, made)
        if not words:
            return
        if row.rows:
            row.refused = True
            kinds = "、".join(self._register.child(key).label for key in row.rows)
            row.problems.append(CellProblem("", "", "", "check", f"{words}。这一行还有：{kinds}"))
        if row.extra:
            named = "、".join(row.extra)
            row.extra.clear()
            row.problems.append(CellProblem("", "", "", "not_kept", f"{words}。没有保留的列：{named}", "warning"))

    def _blame(self, row: RowRead, missing: str) -> bool:
        """Name the unreadable date as the reason when the day that identifies the record follows from it."""
        if not self._register.field(missing).is_day:
            return False
        found = False
        for place, problem in enumerate(row.problems):
            name = problem.field
            if "." not in name and self._register.has(name) and self._register.field(name).is_day:
                row.problems[place] = replace(problem, severity="error")
                found = True
        return found


def _dated(reading: Reading, above: date | None) -> Reading:
    """Return how a day without a year is read: in the year of the rows above, or as one that was just typed."""
    now = reading.typed_now and above is None
    return replace(reading, reference=clock.today() if now else above, typed_now=now)


def _said(row: RowRead, column: Column) -> Value:
    assert column.field is not None
    if column.path in row.assumed:
        return None
    held = row.rows.get(column.child, [{}])[0] if column.child else row.values
    return held.get(column.field.name)


def _standing(cells: Sequence[Any], column: Column) -> Any:
    if column.parts:
        return _whole_date([cells[at] if at < len(cells) else None for at in (column.index, *column.parts)])
    return cells[column.index] if column.index < len(cells) else None


def _whole_date(parts: Sequence[Any]) -> Any:
    """Return year, month and day of three columns as one date in words; a date in the first of them is one."""
    words = [words_of(part).strip().rstrip("年月日") if part is not None else "" for part in parts]
    year, month, day = words
    if len(year) > _YEAR_DIGITS:
        return parts[0]
    if not (year or month or day):
        return None
    return (f"{year}年" if year else "") + (f"{month}月" if month else "") + (f"{day}日" if day else "")


def _meant(field: Field, raw: Any) -> Any:
    """Return what a cell means where its words need a look first; ReadingError where nobody could know it."""
    if not isinstance(raw, str):
        return raw
    if field.kind in CODED and is_spoilt(raw):
        return unspoilt(raw)
    if not field.is_day:
        return raw
    meant = values.limit_words(field, raw)
    if dates.is_relative(meant):
        told = f"{quoted(raw)}要看是哪天写的，台账里看不出来，请改成日期，例如 2026-03-05"
        raise ReadingError("relative_date", told)
    return meant


def _first_day(field: Field, raw: Any) -> str:
    """Return the day on which a span of days begins, where its year is written."""
    if not isinstance(raw, str) or not dates.names_year(raw):
        return ""
    try:
        return values.show(field, dates.read_range(raw)[0])
    except ReadingError:
        return ""


def _keep_cell(extra: dict[str, str], column: Column, raw: Any) -> None:
    if raw is not None and raw != "" and not _left_alone(raw):
        _keep(extra, column.header or f"{column.letter} 列", raw)


def _keep(extra: dict[str, str], header: str, raw: Any) -> None:
    name, count = header, 2
    while name in extra:
        name, count = f"{header}（{count}）", count + 1
    extra[name] = words_of(raw).strip()


def _left_alone(raw: Any) -> bool:
    """Tell whether our own export left the cell out or cut it short: it says nothing of the record."""
    return isinstance(raw, str) and (raw == values.MASK or raw.endswith(CUT))

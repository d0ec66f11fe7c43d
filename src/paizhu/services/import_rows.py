"""One row of a ledger: its cells read, completed and checked; problems by cell, and nothing of the row lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from paizhu.base import dates, numbers, values
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.reading import ReadingError, quoted
from paizhu.base.register import Aids, Register
from paizhu.base.rows import Ref, Sealed, Value
from paizhu.base.values import Reading
from paizhu.documents.book import BROKEN, NO_RESULT, Rounded
from paizhu.documents.workbook_write import CUT
from paizhu.services import preparing
from paizhu.services.linking import Roster

_REMEMBERED = 5_000
_LONG = 40
_UNKNOWN = object()
# A number with a fraction, and yes or no, equal a whole number without being one.
_ALIKE = frozenset({str, int})
ASKED = frozenset({"person", "unit", "supplier"})
"""Registers whose unknown names are gathered into one list of questions."""
_YEAR_DIGITS = 4
_DATED = (FieldKind.DAY, FieldKind.MOMENT)
_FIGURES = (FieldKind.MONEY, FieldKind.NUMBER, FieldKind.INTEGER)
_NO_VALUE = BROKEN | {NO_RESULT.words}
_MOST_DIGITS = 10**15
"""A spreadsheet keeps fifteen digits of a number: a longer one is a code whose end was lost."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet: where it stands, its header, the field it feeds (of a row kind under the register,
    when ``child`` is named) and how sure the match is.

    ``also`` is the field of the post where name and post share the column; ``parts`` are the columns of month and
    day where a date is spread over three.
    """

    index: int
    letter: str
    header: str
    field: Field | None
    child: str = ""
    unit: str = "元"
    confidence: float = 0.0
    also: Field | None = None
    parts: tuple[int, ...] = ()

    @property
    def path(self) -> str:
        """Code name of the field, ``child.field`` for a field of a row kind."""
        if self.field is None:
            return ""
        return f"{self.child}.{self.field.name}" if self.child else self.field.name


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell: where, the value as it stood, what is expected; a warning stops nothing.

    ``proposal`` are words that may be meant instead; they are offered, never applied by themselves.
    """

    column: str
    field: str
    value: str
    code: str
    message: str
    severity: str = "error"
    proposal: str = ""


@dataclass(slots=True)
class RowRead:
    """A row as understood."""

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    untouched: set[str] = field(default_factory=set)
    refused: bool = False


class RowReader:
    """Reads the rows of one sheet under one matching of columns."""

    def __init__(
        self,
        register: Register,
        columns: Sequence[Column],
        reading: Reading,
        roster: Roster,
        seal: Callable[[str, str], str],
        aids: Aids,
        cutoff_day: int = 0,
    ) -> None:
        self._register = register
        self._roster = roster
        self._seal = seal
        self._aids = aids
        self._cutoff_day = cutoff_day
        self._identity = {name for name in register.identity if register.field(name).required}
        self._identity |= {each.name for each in register.fields if each.required}
        self._plans: list[tuple[Column, str, Reading, dict[Any, Any]]] = [
            (
                column,
                column.field.name if column.field and not column.child else "",
                Reading(reading.reference, column.unit, reading.add_working_days),
                {},
            )
            for column in columns
        ]
        self._years: dict[int, date] = {}
        self._edition = -1
        self._noted: dict[tuple[str, str], tuple[Value, list[tuple[str, str]], list[CellProblem]]] = {}
        self._by_name = {column.field.name: column for column in columns if column.field and not column.child}
        self._referring = [
            (name, column, column.field.targets[0])
            for name, column in self._by_name.items()
            if column.field and column.field.targets and column.field.sens is not Sens.P4
        ]

    def read(self, number: int, cells: Sequence[Any], base: Mapping[str, Value] | None = None) -> RowRead:
        """Return what a row says; an unreadable cell that does not identify the record is kept as words.

        ``base`` are the values of the record the row is known to mean: they stand where the sheet says nothing.
        """
        row = RowRead(number)
        count = len(cells)
        made = row.values
        for column, name, reading, known in self._plans:
            raw = cells[column.index] if column.index < count else None
            if column.parts:
                raw = _whole_date([cells[at] if at < count else None for at in (column.index, *column.parts)])
            if raw is None or raw == "":
                if name:
                    made[name] = None
                    if column.also is not None:
                        made[column.also.name] = None
                continue
            # Words met before mean what they meant then; only plain good values are remembered so.
            if type(raw) in _ALIKE and (value := known.get(raw, _UNKNOWN)) is not _UNKNOWN:
                made[name] = value
                continue
            if isinstance(raw, str) and (raw == values.MASK or raw.endswith(CUT)):
                row.untouched.add(column.path)
                continue
            if column.field is None:
                self._keep(row, column.header or f"{column.letter} 列", raw)
                continue
            self._cell(row, column, reading, known, raw)
        self._finish(row, base or {})
        return row

    def _cell(self, row: RowRead, column: Column, reading: Reading, known: dict[Any, Any], raw: Any) -> None:
        there = column.field
        assert there is not None
        if refused := _unusable(there, raw):
            self._problem(row, column, raw, refused, keep=False)
            return
        if isinstance(raw, Rounded) and there.kind in _FIGURES:
            words = f"原表显示为 {raw.shown}，存的是 {_words(float(raw))}，按存的数导入"
            row.problems.append(
                CellProblem(column.letter, column.path, _words(float(raw)), "rounded", words, "warning")
            )
        if column.also is not None and isinstance(raw, str):
            raw, post = numbers.split_post(raw)
            row.values[column.also.name] = values.parse(column.also, post, reading)
        if there.kind in _DATED and isinstance(raw, str):
            raw = values.limit_words(there, raw)
            if dates.is_relative(raw):
                told = f"{quoted(raw)}要看是哪天写的，台账里看不出来，请改成日期，例如 2026-03-05"
                self._problem(row, column, raw, ReadingError("relative_date", told))
                return
        yearless = there.kind in _DATED and isinstance(raw, str) and not dates.names_year(raw)
        if yearless and reading.reference is None:
            reading = replace(reading, reference=self._years.get(column.index))
        try:
            value = values.parse(there, raw, reading)
        except ReadingError as error:
            self._problem(row, column, raw, error)
            return
        if isinstance(value, date):
            if yearless:
                words = f"没有写年份，按 {value.year} 年理解，请核对"
                row.problems.append(CellProblem(column.letter, column.path, _words(raw), "year", words, "warning"))
            else:
                self._years[column.index] = date(value.year, 12, 31)
        if (
            not yearless
            and column.also is None
            and (type(raw) is int or (type(raw) is str and len(raw) <= _LONG and there.kind is not FieldKind.TEXT))
            and len(known) < _REMEMBERED
            and not column.child
        ):
            known[raw] = value
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
        words = _words(raw)
        near = values.proposals(there, words) if there.kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
        message = error.message + (f"；是不是“{near[0].label}”？" if near else "")
        proposal = near[0].label if near else ""
        row.problems.append(CellProblem(column.letter, column.path, words, error.code, message, severity, proposal))
        if severity == "error":
            row.refused = True
        elif keep:
            self._keep(row, column.header or there.label, raw)

    def _keep(self, row: RowRead, header: str, raw: Any) -> None:
        name, count = header, 2
        while name in row.extra:
            name, count = f"{header}（{count}）", count + 1
        row.extra[name] = _words(raw)

    def _finish(self, row: RowRead, base: Mapping[str, Value]) -> None:
        if row.refused:
            return
        register = self._register
        given: dict[str, Value] = {name: value for name, value in row.values.items() if value is not None}
        silent = (name for name in base if register.has(name) and (name not in self._by_name or name in row.untouched))
        given = {**{name: base[name] for name in silent}, **given} if base else given
        made = preparing.complete(register, given, self._roster, self._aids, self._cutoff_day)
        row.values.update(made)
        for problem in preparing.objections(register, made):
            row.refused = True
            if problem.code == "required" and self._blame(row, problem.field):
                continue
            column = self._by_name.get(problem.field)
            row.problems.append(
                CellProblem(column.letter if column else "", problem.field, "", problem.code, problem.message)
            )
        self._bare(row, made)
        for key, rows in row.rows.items():
            child = register.child(key)
            row.rows[key] = [self._roster.linked(child, each) for each in rows]
        self._note_names(row, given, made)

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
        if self._register.field(missing).kind not in _DATED:
            return False
        found = False
        for place, problem in enumerate(row.problems):
            name = problem.field
            if "." not in name and self._register.has(name) and self._register.field(name).kind in _DATED:
                row.problems[place] = replace(problem, severity="error")
                found = True
        return found

    def _note_names(self, row: RowRead, given: Mapping[str, Value], made: Mapping[str, Value]) -> None:
        if self._edition != self._roster.edition:
            self._edition = self._roster.edition
            self._noted.clear()
        for name, column, target in self._referring:
            after = made.get(name)
            if after is None:
                continue
            before = given.get(name)
            # The same name becomes the same reference as long as the roster stands as it does.
            words = before.label if type(before) is Ref else ""
            noted = self._noted.get((name, words)) if words else None
            if noted is None or noted[0] is not after:
                noted = (after, *self._notice(name, column, target, before, after))
                if words and len(self._noted) < _REMEMBERED:
                    self._noted[(name, words)] = noted
            row.names += noted[1]
            row.problems += noted[2]

    def _notice(
        self, name: str, column: Column, target: str, before: Value, after: Value
    ) -> tuple[list[tuple[str, str]], list[CellProblem]]:
        """Return the names of one cell that are to be asked about, and what is to be said of it."""
        names: list[tuple[str, str]] = []
        if target in ASKED:
            names = [
                (target, one.label)
                for one, other in zip(_refs(before), _refs(after), strict=False)
                if (not other.linked or self._roster.answered(target, one.label)) and _is_one(one.label)
            ]
        if not isinstance(after, Ref) or after.linked or self._roster.answered(target, after.label):
            return names, []
        if target == "person" and (many := len(numbers.split_list(after.label))) > 1:
            words = f"这里只关联一个人，这一格有 {many} 个名字，先按原文保存"
            return names, [CellProblem(column.letter, name, after.label, "several_names", words, "warning")]
        same = self._roster.matches(target, after.label)
        if len(same) > 1:
            words = f"名册里有 {len(same)} 个“{after.label}”，先按原文保存，之后再关联"
            return names, [CellProblem(column.letter, name, after.label, "ambiguous_name", words, "warning")]
        if target == "person" and self._roster.any("person"):
            near = self._roster.near(target, after.label)
            words = "名册里没有" + (f"，相近：{near}" if near else "，先按原文保存，之后可以关联")
            return names, [CellProblem(column.letter, name, after.label, "unknown_name", words, "warning", near or "")]
        return names, []


def _whole_date(parts: Sequence[Any]) -> Any:
    """Return year, month and day of three columns as one date in words; a date in the first of them is one."""
    words = [_words(part).rstrip("年月日") if part is not None else "" for part in parts]
    year, month, day = words
    if len(year) > _YEAR_DIGITS:
        return parts[0]
    if not (year or month or day):
        return None
    return (f"{year}年" if year else "") + (f"{month}月" if month else "") + (f"{day}日" if day else "")


def _unusable(there: Field, raw: Any) -> ReadingError | None:
    """Return why a cell has no value at all: a broken formula, or a long code that was kept as a number."""
    words = getattr(raw, "words", raw if isinstance(raw, str) and raw in _NO_VALUE else "")
    if words:
        return ReadingError("error_cell", f"这一格是 {words}，没有可用的值")
    code = there.kind not in _FIGURES and isinstance(raw, int | float) and not isinstance(raw, bool)
    if code and abs(raw) >= _MOST_DIGITS:
        told = "这一格按数字存放，第 15 位以后的数字已经丢失，请在原表里把这一列设为文本，再重新填写"
        return ReadingError("lost_digits", told)
    return None


def _is_one(words: str) -> bool:
    return len(numbers.split_list(words)) == 1


def _refs(value: Value) -> tuple[Ref, ...]:
    if isinstance(value, Ref):
        return (value,)
    return tuple(each for each in value if isinstance(each, Ref)) if isinstance(value, tuple) else ()


def _words(raw: Any) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(getattr(raw, "words", raw)).strip()

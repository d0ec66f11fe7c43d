"""谈话覆盖表: people by period, whoever was not talked to first; on screen, in Excel and on paper the same cells.

Only talks of routine supervision stand here, as in every count of coverage; a collective talk counts for the person
it names.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from paizhu.base import clock, values
from paizhu.base.errors import NotAllowedError
from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Change, Ref, Row
from paizhu.base.view import Condition, Test, View
from paizhu.documents.papers import register_list as pdf_list
from paizhu.documents.pdf.blocks import Paper, Stamp
from paizhu.documents.pdf.writing import Written
from paizhu.documents.workbooks import write as workbook_write
from paizhu.documents.workbooks.table import TotalsOut
from paizhu.registers.people import PERSON
from paizhu.services.desk import Desk
from paizhu.services.out.drafts import PRINTED, Draft, Drafts
from paizhu.services.talks.book import Talked, book_of
from paizhu.services.talks.plan import YEARLY, Proposal, TalkPlan
from paizhu.storage import queries

LABEL = "谈话覆盖表"
_YEARS, _WIDE = 5, 6
_FIELDS = ("name", "unit_now", "post_now", "rank_now", "political_status", "status", "team_now", "top_now")


class Span(StrEnum):
    """How the columns part the time."""

    QUARTERS = "quarters"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Column:
    """One period: its words, and its first and last day."""

    words: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One person with the talks of each period, and the last talk whenever it was."""

    person: Row
    cells: tuple[tuple[Talked, ...], ...]
    last: date | None

    @property
    def name(self) -> str:
        """The person's name."""
        return str(self.person.values.get("name") or "")

    @property
    def post(self) -> str:
        """Unit and post."""
        told = [values.show(PERSON.field(name), self.person.values.get(name)) for name in ("unit_now", "post_now")]
        return " ".join(word for word in told if word)

    @property
    def held(self) -> int:
        """How many talks were held in all the periods shown."""
        return sum(talk.held is not None for cell in self.cells for talk in cell)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    doubtful: int = 0
    """How many talks of these periods stand under a bare name several have: they count for nobody."""

    @property
    def words(self) -> str:
        """How many persons there are, how many of them have no talk, and what is in doubt."""
        doubt = f"；{self.doubtful} 次只写了姓名，名册里有同名的，没有计入" if self.doubtful else ""
        return f"{len(self.rows)} 人，没有谈过 {self.uncovered} 人{doubt}"

    @property
    def uncovered(self) -> int:
        """How many persons have no talk at all in these periods."""
        return sum(not row.held for row in self.rows)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a cell is told: the day of one talk and the number of several, held and only planned, and what parts them."""

    held: tuple[str, str]
    planned: tuple[str, str]
    between: str


PLAIN = Wording(("{:%m-%d}", "{} 次"), ("已排 {:%m-%d}", "已排 {} 次"), "，")
TIGHT = Wording(("{0.day}日", "{}次"), ("排{0.day}", "排{}次"), " ")
"""In the fewest words, where the column is a month and its head names it: 6日, 排29, 2次."""


def cell_words(cell: Sequence[Talked], wording: Wording = PLAIN) -> str:
    """Return what stands in a cell: the day of the one talk, the number of several, what is only planned."""
    held = [talk.day for talk in cell if talk.held]
    planned = [talk.day for talk in cell if not talk.held]
    parts = []
    for days, (one, several) in ((held, wording.held), (planned, wording.planned)):
        if days:
            parts.append(one.format(days[0]) if len(days) == 1 else several.format(len(days)))
    return wording.between.join(parts) or "—"


def columns_of(span: Span, year: int) -> tuple[Column, ...]:
    """Return the periods of a year, or the years up to it."""
    match span:
        case Span.YEARS:
            years = range(year - _YEARS + 1, year + 1)
            return tuple(Column(f"{each} 年", date(each, 1, 1), date(each, 12, 31)) for each in years)
        case Span.QUARTERS:
            names = ("一季度", "二季度", "三季度", "四季度")
            return tuple(_months(words, year, 3 * at + 1, 3 * at + 3) for at, words in enumerate(names))
        case Span.MONTHS:
            return tuple(_months(f"{month} 月", year, month, month) for month in range(1, 13))


def _months(words: str, year: int, first: int, last: int) -> Column:
    return Column(words, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


class TalkMatrix:
    """Makes the table of one vault, plans out of it, and writes it out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def matrix(self, span: Span, year: int, *, team: bool) -> Matrix:
        """Return the table of the leading team, or of everybody in office; who was not talked to stands first."""
        columns = columns_of(span, year)
        first = min(columns[0].first, date(self._desk.today.year - _YEARS, 1, 1))
        people = self._people(team=team)
        # Of a team only its own talks are read; of everybody in office reading all at once is less.
        since, until = date(first.year - 1, 1, 1), date(columns[-1].last.year + 1, 12, 31)
        book = book_of(self._desk, since, until, people if team else None)
        rows, doubtful = [], set[int]()
        for person in people:
            doubtful |= {each.id for each in book.doubtful(person) if columns[0].first <= each.day <= columns[-1].last}
            talks = book.of(person)
            cells = tuple(
                tuple(sorted((talk for talk in talks if column.first <= talk.day <= column.last), key=_day))
                for column in columns
            )
            last = max((talk.held for talk in talks if talk.held), default=None)
            rows.append(MatrixRow(person, cells, last))
        rows.sort(key=lambda row: (row.held > 0, row.last or date.min, row.person.id))
        who = "班子成员" if team else "在职人员"
        period = f"{columns[0].words}至{columns[-1].words}" if span is Span.YEARS else f"{year} 年"
        return Matrix(f"{who}{LABEL}（{period}）", columns, tuple(rows), len(doubtful))

    def plan(self, row: MatrixRow, column: Column) -> Change:
        """Plan one talk with a person inside a period, on a working day about its middle; a past period is refused."""
        calendar, today = self._desk.calendar, self._desk.today
        first = max(column.first, calendar.add_working_days(today, 1))
        middle = calendar.on_or_after(first + (column.last - first) // 2) if first <= column.last else first
        if middle > column.last:
            middle = calendar.on_or_before(column.last)
        if middle <= today or first > column.last:
            raise NotAllowedError(f"{column.words}已经过去", "没有安排谈话", "选一个还没有过完的时间再按 P")
        rule = self._desk.talks.plan(YEARLY)
        proposal = Proposal(YEARLY, rule.name, row.person, rule.kind, rule.reason, middle, rule.sentence)
        return TalkPlan(self._desk).create([proposal])

    # --- out -------------------------------------------------------------------------------------------------

    def export(self, matrix: Matrix, path: Path) -> Path:
        """Write the table as a workbook; journalled like every export."""
        header = ("姓名", "单位职务", *(column.words for column in matrix.columns), "合计", "最近一次")
        rows: tuple[tuple[str | int, ...], ...] = tuple(
            (row.name, row.post, *map(cell_words, row.cells), row.held, _last(row)) for row in matrix.rows
        )
        group = str(self._desk.setting("group"))
        under = f"{group}    {clock.now():%Y-%m-%d %H:%M} 导出    共 {matrix.words}"
        widths = (10, 30, *(9 if len(matrix.columns) > _WIDE else 14 for _ in matrix.columns), 8, 12)
        workbook_write.write_book(path, [TotalsOut(LABEL, matrix.title, under.strip(), header, rows, widths=widths)])
        with self._desk.vault.act("export", f"导出《{path.name}》", always=True, file=path.name, rows=len(rows)):
            pass
        return path

    def draft(self, matrix: Matrix) -> Draft:
        """Return the table as a paper to look at, tied to the journal like every paper."""
        return Drafts(self._desk).draft_sheet(matrix.title, "", LABEL, lambda stamp: _paper(matrix, stamp))

    def print(self, matrix: Matrix, path: Path) -> Written:
        """Write the table as PDF."""
        return Drafts(self._desk).save(self.draft(matrix), path, PRINTED)

    # --- the machine -----------------------------------------------------------------------------------------

    def _people(self, *, team: bool) -> list[Row]:
        view = View(PERSON.key, (Condition("team_now", Test.IS, True),) if team else ())
        with self._desk.vault.read() as connection:
            rows = list(queries.some(connection, view, _FIELDS))
        officer, group = str(self._desk.setting("officer")), str(self._desk.setting("group"))
        active = (row for row in rows if row.values.get("status") in (None, "active"))
        # The group does not talk with itself.
        return [row for row in active if row.values.get("name") != officer and _unit(row) != group]


def _unit(person: Row) -> str:
    unit = person.values.get("unit_now")
    return unit.label if isinstance(unit, Ref) else ""


def _last(row: MatrixRow) -> str:
    return row.last.isoformat() if row.last else "—"


def _day(talk: Talked) -> date:
    return talk.day


def _paper(matrix: Matrix, stamp: Stamp) -> Paper:
    fields = [
        Field("name", "姓名", FieldKind.REF),
        Field("post", "单位职务", FieldKind.LINE),
        *(Field(f"c{at}", column.words, FieldKind.MONTH) for at, column in enumerate(matrix.columns)),
        Field("held", "合计", FieldKind.INTEGER),
        Field("last", "最近一次", FieldKind.DAY),
    ]
    cells = (
        (str(at), row.name, row.post, *map(cell_words, row.cells), str(row.held), _last(row))
        for at, row in enumerate(matrix.rows, 1)
    )
    under = f"共 {matrix.words}"
    return pdf_list.table_paper(matrix.title, under, fields, pdf_list.cells_of(fields, cells), stamp)

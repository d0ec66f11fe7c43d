"""两顶帽子: the officer's two roles kept apart.

Where he had a hand in a matter he is told before he reviews it; what the host unit asked of him beside supervision
stands in a half-year table against his own work, each figure with its list.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from paizhu import registers
from paizhu.base import clock, paths, values
from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Change, Ref, Row, Value
from paizhu.base.text import folded, same_name
from paizhu.base.view import Condition, Test, View
from paizhu.documents.papers import register_list as pdf_list
from paizhu.documents.pdf.blocks import Paper, Stamp
from paizhu.documents.pdf.writing import Written
from paizhu.documents.workbooks import write as workbook_write
from paizhu.documents.workbooks.table import TotalsOut
from paizhu.registers.outside import OUTSIDE
from paizhu.registers.people import PERSON
from paizhu.registers.review import REVIEW
from paizhu.rules.flags.matching import likeness
from paizhu.services.deadlines.task import open_title
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.out.classes import totals_only
from paizhu.services.out.drafts import PRINTED, Draft, Drafts
from paizhu.services.preparing import day_of
from paizhu.services.records import Records
from paizhu.storage import queries
from paizhu.storage.tables import table

TITLE = "主业与职责外工作对照表"
_FIRST_HALF = 6
_NAMED = ("reporter", "leader_in_charge", "handler", "co_handler")
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class MainKind:
    """One kind of the officer's own work: where it stands, when it counts, and the usual hours of one."""

    name: str
    register: str
    date: str
    needs: str
    hours: Decimal
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: the record, its day, what it was and how long; estimated hours are usual ones."""

    register: str
    id: int
    day: date
    words: str
    hours: Decimal | None
    estimated: bool = False
    ordered_by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table with the work behind it."""

    side: str
    name: str
    works: tuple[Work, ...]
    is_sum: bool = False

    @property
    def count(self) -> int:
        """How many pieces of work."""
        return len(self.works)

    @property
    def hours(self) -> Decimal:
        """How many hours, those unknown left out."""
        return sum((work.hours for work in self.works if work.hours is not None), Decimal(0))

    @property
    def estimated(self) -> int:
        """For how many the hours are usual ones."""
        return sum(work.estimated for work in self.works)


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The table of one half year."""

    year: int
    half: int
    main: tuple[Line, ...]
    outside: tuple[Line, ...]

    @property
    def words(self) -> str:
        """The half year in words."""
        return f"{self.year} 年{'上' if self.half == 1 else '下'}半年"

    @property
    def share(self) -> str:
        """Which part of all hours the work outside takes; — where there are none."""
        outside, main = total(self.outside).hours, total(self.main).hours
        return f"{outside * 100 / (outside + main):.0f}%" if outside + main else "—"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One reason why the officer may have to step back from an item, and the record that says so."""

    words: str
    register: str = ""
    id: int = 0


def total(lines: Sequence[Line]) -> Line:
    """Return the sum of lines as one."""
    return Line(lines[0].side if lines else "", "合计", tuple(work for line in lines for work in line.works), True)


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((paths.resources() / "rules" / "two_hats.toml").read_text(encoding="utf-8"))


@cache
def main_kinds() -> tuple[MainKind, ...]:
    """Return what counts as the officer's own work, out of ``resources/rules/two_hats.toml``."""
    data = _data()
    known = {register.key for register in registers.REGISTERS}
    made = (MainKind(**{**entry, "hours": Decimal(entry["hours"])}) for entry in data["main"])
    return tuple(kind for kind in made if kind.register in known)


class TwoHats:
    """Answers about the officer's two roles in one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._officer = str(desk.setting("officer")).strip()

    # --- the half-year table ---------------------------------------------------------------------------------

    def half_year(self, year: int = 0, half: int = 0) -> HalfYear:
        """Return the table of a half year, the present one by default."""
        today = self._desk.today
        year, half = year or today.year, half or (1 if today.month <= _FIRST_HALF else 2)
        first, last = date(year, 1 if half == 1 else 7, 1), date(year, 6 if half == 1 else 12, 30 if half == 1 else 31)
        main = tuple(Line("主业", kind.name, tuple(self._main(kind, first, last))) for kind in main_kinds())
        works = list(self._outside(first, last))
        kinds = dict.fromkeys(kind for kind, _work in works)
        outside = tuple(
            Line("职责外", kind or "没有写类型", tuple(work for each, work in works if each == kind)) for kind in kinds
        )
        return HalfYear(year, half, tuple(line for line in main if line.works), outside)

    def annex(self, table: HalfYear) -> TotalsOut:
        """Return the table as a sheet: the figures first, then every piece of work outside with who ordered it."""
        rows: list[tuple[str | int, ...]] = list(self._figures(table))
        rows.append(("", "", "", "", ""))
        rows.append(("职责外明细", "日期", "事项", "交办人", "用时(小时)"))
        rows += [
            ("", work.day.isoformat(), work.words, work.ordered_by, _hours(work.hours))
            for work in total(table.outside).works
        ]
        group = str(self._desk.setting("group"))
        under = f"{group}    {table.words}    {clock.now():%Y-%m-%d %H:%M}    {_note(table)}".strip()
        header = ("类别", "项目", "件数", "用时(小时)", "说明")
        return TotalsOut(TITLE, f"{TITLE}（{table.words}）", under, header, tuple(rows), name="主业与职责外")

    def export(self, table: HalfYear, path: Path) -> Path:
        """Write the table as a workbook of its own; journalled like every export."""
        workbook_write.write_book(path, [self.annex(table)])
        with self._desk.vault.act("export", f"导出《{path.name}》", always=True, file=path.name):
            pass
        return path

    def draft(self, table: HalfYear) -> Draft:
        """Return the table as a paper to look at, tied to the journal like every paper."""
        label = f"{TITLE} {table.words}"
        return Drafts(self._desk).draft_sheet(label, "", TITLE, lambda stamp: self._paper(table, stamp))

    def print(self, table: HalfYear, path: Path) -> Written:
        """Write the table as PDF."""
        return Drafts(self._desk).save(self.draft(table), path, PRINTED)

    # --- recusal ---------------------------------------------------------------------------------------------

    def prompts(self, item: Row) -> list[Prompt]:
        """Return why the officer may have to step back from a review item; nothing without his name in the settings.

        He handled it, had it in his charge, or somebody close to him stands in it, by the group's own registers.
        """
        if not self._officer:
            return []
        own = self._own()
        found = [*self._by_hand(item), *self._by_charge(item, own), *self._by_order(item), *self._by_kin(item, own)]
        return list(dict.fromkeys(found))

    def recuse(self, item: Row) -> Change:
        """Put the officer on the item's list of those who have to step back, in one act."""
        listed = item.values.get("recusal_list")
        names = [ref.label for ref in listed if isinstance(ref, Ref)] if isinstance(listed, tuple) else []
        if not any(same_name(name, self._officer) for name in names):
            names.append(self._officer)
        return Records(self._desk).save(REVIEW, {"recusal_list": "、".join(names)}, item.id, item.version)

    # --- the machine -----------------------------------------------------------------------------------------

    def _paper(self, table: HalfYear, stamp: Stamp) -> Paper:
        fields = (
            Field("side", "类别", FieldKind.CHOICES),
            Field("name", "项目", FieldKind.LINE),
            Field("count", "件数", FieldKind.INTEGER),
            Field("hours", "用时(小时)", FieldKind.NUMBER),
            Field("note", "说明", FieldKind.TEXT),
        )
        cells = [(str(at), *map(str, row)) for at, row in enumerate(self._figures(table), 1)]
        cells += [
            ("", "明细", work.words, "1", _hours(work.hours), f"{work.day.isoformat()} {work.ordered_by}".strip())
            for work in total(table.outside).works
        ]
        title = f"{TITLE}（{table.words}）"
        return pdf_list.table_paper(title, _note(table), fields, pdf_list.cells_of(fields, cells), stamp)

    def _figures(self, table: HalfYear) -> Iterator[tuple[str | int, ...]]:
        for lines in (table.main, table.outside):
            for line in (*lines, *((total(lines),) if lines else ())):
                note = f"其中 {line.estimated} 件按定额估算" if line.estimated else ""
                yield line.side, line.name, line.count, _hours(line.hours), note

    def _main(self, kind: MainKind, first: date, last: date) -> Iterator[Work]:
        register = registers.register(kind.register)
        since, until = Condition(kind.date, Test.SINCE, first), Condition(kind.date, Test.UNTIL, last)
        view = View(register.key, (since, until, Condition(kind.needs, Test.FILLED))).ordered(kind.date)
        with self._desk.vault.read() as connection:
            rows = list(queries.every(connection, view))
        for row in rows:
            day = day_of(row.values.get(kind.date))
            real = _between(row.values.get(kind.start), row.values.get(kind.end)) if kind.end else None
            words = row.no if totals_only(register) else open_title(register, row)
            yield Work(register.key, row.id, day or first, words, real or kind.hours, real is None)

    def _outside(self, first: date, last: date) -> Iterator[tuple[str, Work]]:
        view = View(OUTSIDE.key, (Condition("done_on", Test.SINCE, first), Condition("done_on", Test.UNTIL, last)))
        with self._desk.vault.read() as connection:
            rows = list(queries.every(connection, view.ordered("done_on")))
        for row in rows:
            hours, who = row.values.get("hours"), row.values.get("ordered_by")
            day = day_of(row.values.get("done_on")) or first
            work = Work(
                OUTSIDE.key,
                row.id,
                day,
                str(row.values.get("what") or ""),
                hours if isinstance(hours, Decimal) else None,
                False,
                who.label if isinstance(who, Ref) else "",
            )
            yield values.show(OUTSIDE.field("kind"), row.values.get("kind")), work

    def _own(self) -> Row | None:
        """Return the officer's record in the roster; None when there is none, or more than one of his name."""
        found = Roster(self._desk.vault).matches(PERSON.key, self._officer)
        if len(found) != 1:
            return None
        with self._desk.vault.read() as connection:
            return queries.one(connection, table(PERSON), found[0][0])

    def _by_hand(self, item: Row) -> Iterator[Prompt]:
        for name in ("reporter", "leader_in_charge"):
            ref = item.values.get(name)
            if isinstance(ref, Ref) and same_name(ref.label, self._officer):
                yield Prompt(f"您是本议题的{REVIEW.field(name).label}", REVIEW.key, item.id)

    def _by_charge(self, item: Row, own: Row | None) -> Iterator[Prompt]:
        """Yield where the department that submits the item was in the officer's charge, or was his own."""
        dept = item.values.get("submit_dept")
        if own is None or not isinstance(dept, Ref):
            return
        with self._desk.vault.read() as connection:
            posts = queries.children(connection, table(PERSON, "post_history"), own.id)
        for post in posts:
            unit, duties = post.values.get("unit"), folded(str(post.values.get("duties") or ""))
            since, until = post.values.get("held_from"), post.values.get("held_to")
            when = f"{str(since or '')[:7]} 至 {str(until or '今')[:7]}"
            if isinstance(unit, Ref) and same_name(unit.label, dept.label):
                yield Prompt(f"您 {when} 在{dept.label}任{post.values.get('post')}", PERSON.key, own.id)
            elif folded(dept.label) and folded(dept.label) in duties:
                yield Prompt(f"您 {when} 分管过{dept.label}", PERSON.key, own.id)

    def _by_order(self, item: Row) -> Iterator[Prompt]:
        """Yield work the host unit had the officer do on the very matter: named there, or called nearly the same."""
        with self._desk.vault.read() as connection:
            rows = list(queries.every(connection, View(OUTSIDE.key)))
        title, alike = str(item.values.get("title") or ""), float(_data()["alike_percent"])
        for row in rows:
            if row.values.get("answer") == "declined":
                continue
            ref, what = row.values.get("review_ref"), str(row.values.get("what") or "")
            named = isinstance(ref, Ref) and ref.register == REVIEW.key and ref.id == item.id
            if named or (what and title and likeness(what, title) >= alike):
                day = day_of(row.values.get("done_on"))
                who = row.values.get("ordered_by")
                by = f"{who.label}交办，" if isinstance(who, Ref) else ""
                yield Prompt(f"您经手过：{day} {what}（{by}职责外事项 {row.no}）", OUTSIDE.key, row.id)

    def _by_kin(self, item: Row, own: Row | None) -> Iterator[Prompt]:
        """Yield persons and companies of the item that are close to the officer, by his own relations and ties."""
        if own is None:
            return
        with self._desk.vault.read() as connection:
            relations = queries.children(connection, table(PERSON, "relation"), own.id)
            ties = queries.children(connection, table(PERSON, "business_link"), own.id)
            candidates = queries.children(connection, table(REVIEW, "candidate"), item.id)
        involved = [item.values.get(name) for name in _NAMED] + [row.values.get("person") for row in candidates]
        for row in relations:
            relative = row.values.get("relative")
            for other in involved:
                if isinstance(relative, Ref) and isinstance(other, Ref) and same_name(relative.label, other.label):
                    kind = values.show(PERSON.child("relation").field("relation"), row.values.get("relation"))
                    yield Prompt(f"议题涉及的{other.label}与您有登记的关系：{kind or '未写明'}", PERSON.key, own.id)
        supplier = item.values.get("supplier")
        for row in ties:
            company = row.values.get("company")
            if isinstance(company, Ref) and isinstance(supplier, Ref) and same_name(company.label, supplier.label):
                yield Prompt(f"供应商{supplier.label}与您或亲属有登记的往来", PERSON.key, own.id)


def _between(start: Value, end: Value) -> Decimal | None:
    """Return the hours between two moments, in tenths; None where one of them knows no time."""
    if not isinstance(start, datetime) or not isinstance(end, datetime) or end <= start:
        return None
    minutes = Decimal((end - start).seconds) / _MINUTES
    return (minutes / _MINUTES).quantize(Decimal("0.1"))


def _hours(hours: Decimal | None) -> str:
    return "" if hours is None else f"{hours.normalize():f}"


def _note(table: HalfYear) -> str:
    main, outside = total(table.main), total(table.outside)
    words = f"主业 {main.count} 件 {_hours(main.hours)} 小时，职责外 {outside.count} 件 {_hours(outside.hours)} 小时"
    unknown = sum(work.hours is None for work in outside.works)
    return f"{words}，职责外占用时 {table.share}" + (f"；{unknown} 件没有写用时" if unknown else "")

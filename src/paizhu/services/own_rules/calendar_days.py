"""The officer's own calendar: the notice of a year the program does not know yet, corrections, the unit's days off."""

import json
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paizhu.base.errors import PaizhuError
from paizhu.rules.calendar import UNPUBLISHED, Calendar
from paizhu.rules.notice import Kind, NoticeRead, NoticeUnreadError, read_notice
from paizhu.services.own_rules import in_force, moving
from paizhu.services.own_rules.in_force import CALENDAR
from paizhu.services.own_rules.moving import Recount

if TYPE_CHECKING:
    from paizhu.services.deadlines.today import Today
    from paizhu.services.desk import Desk

KINDS: Mapping[Kind, str] = {"off": "放假", "work": "上班", "unit": "本单位休息"}
_FIRST, _LAST = 2004, 2100
_ROWS = 400


class DayRefusedError(PaizhuError):
    """A day cannot be marked so."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the page shows it: worked or not, why, and what the officer marked himself."""

    day: date
    working: bool
    why: str
    special: bool
    own: Kind | None = None


def read_table(path: Path, year: int) -> NoticeRead:
    """Return the days of a table with a date and a word for it (放假, 上班, 本单位休息), and perhaps a name."""
    from paizhu.documents.books.opening import open_book

    days: dict[date, tuple[Kind, str]] = {}
    doubts: list[str] = []
    with open_book(path) as book:
        for row in book.sheets[0].rows():
            cells = [_words(cell) for cell in row.cells if cell not in (None, "")]
            if len(cells) < len(("date", "kind")) or not any(char.isdigit() for char in cells[0]):
                continue
            try:
                read = read_notice(f"{cells[0]}{cells[1]}", year)
            except NoticeUnreadError:
                doubts.append(f"第 {row.number} 行“{cells[0]} {cells[1]}”没有读懂")
                continue
            name = cells[2] if len(cells) > len(("date", "kind")) else ""
            days |= {day: (kind, name or told) for day, (kind, told) in read.days.items()}
            doubts += read.doubts
            if len(days) > _ROWS:
                break
    if not days:
        raise NoticeUnreadError(
            f"《{path.name}》里没有读到放假或上班的日期", "日历没有改动", "第一列写日期，第二列写放假、上班或本单位休息"
        )
    return NoticeRead(year, dict(sorted(days.items())), tuple(dict.fromkeys(doubts)))


def _words(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return str(cell).strip()


class CalendarDays:
    """Shows and changes what the vault's calendar holds; every change tells which deadlines it moved."""

    def __init__(self, desk: "Desk", today: "Today") -> None:
        self._desk = desk
        self._today = today

    def month(self, year: int, month: int) -> list[Day]:
        """Return every day of a month."""
        calendar, own = self._desk.calendar, self.own(year)
        days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
        return [
            Day(day, calendar.is_working(day), calendar.why(day), calendar.special(day) is not None,
                own[day][0] if day in own else None)
            for day in days
        ]  # fmt: skip

    def own(self, year: int) -> dict[date, tuple[Kind, str]]:
        """Return what the officer entered for a year: kind and name of each day."""
        days = self._body(year).get("days", {})
        return {date.fromisoformat(day): (kind, name) for day, (kind, name) in sorted(days.items())}

    def years(self) -> tuple[int, ...]:
        """Return the years worth showing: the one before, this one, the next, and every one with own days."""
        this = self._desk.today.year
        return tuple(sorted({this - 1, this, this + 1, *in_force.years(self._desk.vault)}))

    def standing(self, year: int) -> str:
        """Return in one line what the days of a year rest on."""
        own = self.own(year)
        units = sum(kind == "unit" for kind, _ in own.values())
        marked = len(own) - units
        parts = []
        if Calendar().covers(year):
            parts.append(f"{year} 年国务院通知已随程序载入")
            if marked:
                parts.append(f"您另改了 {marked} 天")
        elif self._body(year).get("whole"):
            off = sum(kind == "off" for kind, _ in own.values())
            source = self._body(year).get("source")
            parts.append(f"{year} 年通知由您录入：放假 {off} 天、调休上班 {marked - off} 天")
            if source:
                parts.append(f"依据{source}")
        else:
            parts.append(f"{year} 年{UNPUBLISHED}")
            if marked:
                parts.append(f"您已标 {marked} 天")
        if units:
            parts.append(f"本单位休息 {units} 天")
        return "，".join(parts)

    # --- changing ----------------------------------------------------------------------------------------------

    def mark(self, days: Sequence[date], kind: Kind | None, name: str = "") -> Recount:
        """Mark days as off, worked or the unit's own day off; None takes the officer's own marks away again."""
        if not days:
            raise DayRefusedError("还没有选日子", "日历没有改动", "先在月历上选一天或几天")
        self._check(days, kind)
        bodies = {}
        for year in sorted({day.year for day in days}):
            body = self._body(year)
            own = dict(body.get("days", {}))
            for day in days:
                if day.year == year and kind:
                    own[day.isoformat()] = [kind, name.strip()]
                elif day.year == year:
                    own.pop(day.isoformat(), None)
            bodies[str(year)] = _kept({**body, "days": own})
        shown = _spoken(days)
        label = f"（{name.strip()}）" if name.strip() else ""
        words = f"工作日历：{shown}改为{KINDS[kind]}{label}" if kind else f"工作日历：{shown}恢复原样"
        return self._recount(bodies, words)

    def take_notice(self, read: NoticeRead, source: str = "") -> Recount:
        """Keep the days of a notice; a whole year's takes the place of what was entered of it before.

        The unit's days off stay in any case.
        """
        bodies: dict[str, dict[str, Any] | None] = {}
        for year in sorted({read.year, *(day.year for day in read.days)}):
            body = self._body(year)
            replaces = read.whole and year == read.year
            stays = {day: mark for day, mark in body.get("days", {}).items() if not replaces or mark[0] == "unit"}
            fresh = {day.isoformat(): list(mark) for day, mark in read.days.items() if day.year == year}
            made = {**body, "days": {**stays, **fresh}}
            if replaces:
                made |= {"whole": True, "source": source.strip()}
            bodies[str(year)] = _kept(made)
        paper = f"（{source.strip()}）" if source.strip() else ""
        words = f"录入 {read.year} 年放假通知{paper}：放假 {read.off} 天、调休上班 {read.worked} 天"
        return self._recount(bodies, words)

    def statutory(self, year: int) -> dict[date, str]:
        """Return the statutory holidays of a year without notice that nothing is marked on yet, with their names."""
        if self._desk.calendar.covers(year):
            return {}
        own = self.own(year)
        return {day: name for day, name in in_force.statutory().of_year(year).items() if day not in own}

    def take_statutory(self, year: int) -> Recount:
        """Mark the statutory holidays of a year as days off until its notice comes; what is marked already stays.

        The year still counts as without notice: which weekends are worked in exchange is not known.
        """
        fresh = self.statutory(year)
        if not fresh:
            raise DayRefusedError(
                f"{year} 年没有还要载入的法定节日", "日历没有改动", "需要改某一天的，在月历上选中再标"
            )
        body = self._body(year)
        marked = {day.isoformat(): ["off", name] for day, name in fresh.items()}
        body["days"] = {**body.get("days", {}), **marked}
        words = f"工作日历：{year} 年先载入法定节日 {len(fresh)} 天（{in_force.statutory().source}）"
        return self._recount({str(year): body}, words)

    def forget(self, year: int) -> Recount:
        """Take everything the officer entered for a year away: back to the published days, or to weekends."""
        return self._recount({str(year): None}, f"工作日历：清除 {year} 年自己录入的日子")

    def take_back(self, done: Recount) -> Recount:
        """Undo a change of the calendar."""
        return moving.take_back(self._desk, self._today, done)

    # --- the machine -------------------------------------------------------------------------------------------

    def _recount(self, bodies: Mapping[str, dict[str, Any] | None], words: str) -> Recount:
        return moving.recount(self._desk, self._today, CALENDAR, bodies, words, self._fresh)

    def _fresh(self, texts: Mapping[str, str | None]) -> Mapping[str, Any]:
        return {"calendar": in_force.calendar(self._desk.vault, texts)}

    def _body(self, year: int) -> dict[str, Any]:
        return dict(json.loads(self._desk.vault.kept(CALENDAR, str(year)) or "{}"))

    def _check(self, days: Sequence[date], kind: Kind | None) -> None:
        if any(not _FIRST <= day.year <= _LAST for day in days):
            raise DayRefusedError(f"日历只到 {_FIRST} 至 {_LAST} 年", "日历没有改动", "请核对年份")
        if kind != "unit":
            return
        own = {day: mark for year in {day.year for day in days} for day, mark in self.own(year).items()}
        for day in days:
            if not self._desk.calendar.is_working(day) and own.get(day, ("",))[0] != "unit":
                why = self._desk.calendar.why(day)
                raise DayRefusedError(
                    f"{day.month} 月 {day.day} 日本来就不上班（{why}）", "日历没有改动", "本单位休息只用来标工作日"
                )


def _kept(body: dict[str, Any]) -> dict[str, Any] | None:
    """Return what is worth keeping of a year; a year without days and notice is forgotten."""
    return body if body.get("days") or body.get("whole") else None


def _spoken(days: Sequence[date]) -> str:
    ordered = sorted(days)
    first, last = ordered[0], ordered[-1]
    if first == last:
        return f"{first.isoformat()} "
    whole = (last - first).days + 1 == len(set(ordered))
    if whole:
        return f"{first.isoformat()} 至 {last.isoformat()} "
    return f"{first.isoformat()} 等 {len(ordered)} 天"

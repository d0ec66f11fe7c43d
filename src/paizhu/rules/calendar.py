"""Chinese working days: the published notices, the officer's own notice, and the unit's days off.

The yearly notice of the State Council comes in November. Years up to the newest one known to the library are
built in; a later year counts Monday to Friday until its notice is given, and says so.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

DayType = Literal["off", "work"]
Notice = Mapping[date, tuple[DayType, str]]
"""Days of a notice: ``off`` for a holiday, ``work`` for a weekend day worked in exchange, with the holiday's name."""

UNPUBLISHED = "国务院未公布，按周末暂算"

_SATURDAY = 5
# A whole year's notice has at least eleven days off; fewer are single corrections, not a published year.
_DAYS_OFF_OF_A_NOTICE = 7


class SpecialDay(NamedTuple):
    """A day that is not simply a weekday or a weekend: its type, the holiday's name, and whether the unit set it."""

    type: DayType
    name: str
    by_unit: bool = False


@cache
def _published() -> tuple[dict[date, SpecialDay], range]:
    """Return the days of all notices the library knows, and the years they cover."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    chinese = {holiday.value: holiday.chinese for holiday in Holiday}
    # The library says 清明, 端午 and 中秋, and spells the one anniversary out in twenty characters.
    chinese |= {"Tomb-sweeping Day": "清明节", "Dragon Boat Festival": "端午节", "Mid-autumn Festival": "中秋节"}
    chinese["Anti-Fascist 70th Day"] = "抗战胜利纪念日"
    days = {day: SpecialDay("off", chinese[name]) for day, name in holidays.items()}
    days |= {day: SpecialDay("work", chinese[name]) for day, name in workdays.items()}
    # The one day on which the two public collections differ: the notice for 2006 (国办发明电〔2005〕35 号) has this
    # Saturday worked, the library leaves it off.
    days[date(2005, 12, 31)] = SpecialDay("work", "元旦")
    return days, range(min(days).year, max(days).year + 1)


def short_name(holiday: str) -> str:
    """Return a holiday's name as said in a sentence: 清明, 国庆; 春节 and 劳动节 stay."""
    return holiday.removesuffix("节") if holiday in ("清明节", "端午节", "中秋节", "国庆节") else holiday


class Calendar:
    """Which days are worked; made anew when a notice or a unit's day off changes, never changed itself.

    ``notice`` goes before the built-in notices, ``unit_days`` (day off → reason) before both. ``years`` are the years
    whose notice is given whole; by default those with enough days off in ``notice``. ``lawful`` tells the statutory
    holidays of a year: a year without notice counts by weekends all the same, and says that they are not taken out.
    """

    def __init__(
        self,
        notice: Notice | None = None,
        unit_days: Mapping[date, str] | None = None,
        years: Collection[int] | None = None,
        lawful: Callable[[int], Mapping[date, str]] = lambda _year: {},
    ) -> None:
        published, self._built_in = _published()
        own = notice or {}
        self._special = published | {day: SpecialDay(kind, name) for day, (kind, name) in own.items()}
        for day, reason in (unit_days or {}).items():
            if self.is_working(day):
                self._special[day] = SpecialDay("off", reason, by_unit=True)
        if years is None:
            off = [day.year for day, (kind, _) in own.items() if kind == "off"]
            years = {year for year in off if off.count(year) >= _DAYS_OFF_OF_A_NOTICE}
        self._given = frozenset(years)
        self._lawful = lawful
        self._years: dict[int, tuple[int, ...]] = {}

    def covers(self, year: int) -> bool:
        """Tell whether this year's notice is known; otherwise its days are only estimated."""
        return year in self._built_in or year in self._given

    def unpublished(self, start: date, end: date) -> tuple[int, ...]:
        """Return the years between two days that are only estimated."""
        first, last = min(start, end).year, max(start, end).year
        return tuple(year for year in range(first, last + 1) if not self.covers(year))

    def provisional_words(self, year: int) -> str:
        """Return what the window says about a year without notice; empty for a year that is known."""
        return "" if self.covers(year) else f"{year} 年工作日历未载入，按周一至周五估算"

    def special(self, day: date) -> SpecialDay | None:
        """Return what a notice or the unit says about this day, or None for an ordinary one."""
        return self._special.get(day)

    def is_working(self, day: date) -> bool:
        """Tell whether this day is worked, make-up days and the unit's days off included."""
        special = self._special.get(day)
        return special.type == "work" if special else day.weekday() < _SATURDAY

    def why(self, day: date) -> str:
        """Return why the day is what it is: 国庆节放假, 国庆节补班, 周末, 本单位休息 or 工作日."""
        special = self._special.get(day)
        weekend = day.weekday() >= _SATURDAY
        if special is None or (special.type == "work" and not weekend):
            return "周末" if weekend else "工作日"
        if special.by_unit:
            return f"本单位休息（{special.name}）" if special.name else "本单位休息"
        return f"{special.name}{'放假' if special.type == 'off' else '补班'}"

    def _worked(self, year: int) -> tuple[int, ...]:
        days = self._years.get(year)
        if days is None:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = tuple(n for n in range(first, last + 1) if self.is_working(date.fromordinal(n)))
            self._years[year] = days
        return days

    def add_working_days(self, start: date, count: int) -> date:
        """Return the working day that many after the start, which itself never counts; before it when negative.

        Zero gives the start back, worked or not.
        """
        if not count:
            return start
        year = start.year
        days = self._worked(year)
        if count > 0:
            place = bisect_right(days, start.toordinal()) + count - 1
            while place >= len(days):
                place -= len(days)
                year += 1
                days = self._worked(year)
        else:
            place = bisect_left(days, start.toordinal()) + count
            while place < 0:
                year -= 1
                days = self._worked(year)
                place += len(days)
        return date.fromordinal(days[place])

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many days are worked after the start up to and with the end; negative when the end is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        count = bisect_right(self._worked(end.year), end.toordinal())
        if start.year != end.year:
            count += sum(len(self._worked(year)) for year in range(start.year, end.year))
        return count - bisect_right(self._worked(start.year), start.toordinal())

    def on_or_before(self, day: date) -> date:
        """Return this day when it is worked, else the last working day before it."""
        return day if self.is_working(day) else self.add_working_days(day, -1)

    def on_or_after(self, day: date) -> date:
        """Return this day when it is worked, else the next working day."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def days_off(self, start: date, end: date) -> list[tuple[date, str]]:
        """Return the days from start to end, both included, that are not worked, with the reason."""
        days = (start + timedelta(days=n) for n in range((end - start).days + 1))
        return [(day, self.why(day)) for day in days if not self.is_working(day)]

    def counted_holidays(self, start: date, end: date) -> list[tuple[date, str]]:
        """Return the statutory holidays from start to end, both included, that count as worked for want of a notice."""
        return [
            (day, name)
            for year in self.unpublished(start, end)
            for day, name in self._lawful(year).items()
            if start <= day <= end and self.is_working(day)
        ]

    def make_up_days(self, start: date, end: date) -> list[date]:
        """Return the weekend days from start to end, both included, that are worked."""
        days = (start + timedelta(days=n) for n in range((end - start).days + 1))
        return [day for day in days if day.weekday() >= _SATURDAY and self.is_working(day)]

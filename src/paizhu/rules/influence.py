"""How long measures weigh on a person (处分影响期、处分期), and the sentence that explains it.

Party punishments inside an earlier period add its rest without limit; administrative ones decided together are
executed as the heaviest; 留党察看 counts from the day rights are restored. Each measure keeps its own period, and the
latest end governs the person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from paizhu.base.dates import add_months
from paizhu.base.rows import Values
from paizhu.registers.measure_kinds import GONE
from paizhu.rules.influence_table import Confidence, Kind, MonthEnd, Rule, Settings
from paizhu.rules.influence_words import beginning, between, month_end_words, rest_words, sources, span, spoken

State = Literal["not_begun", "in_period", "expired"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measure:
    """What the engine needs to know of one measure; ``end_set`` replaces the computed end, with its reason.

    ``restored_at`` is the day rights were restored after 留党察看. ``merged_months`` is the length decided for several
    equal administrative punishments together.
    """

    kind: str
    decided_at: date
    special: str = ""
    restored_at: date | None = None
    end_set: date | None = None
    reason: str = ""
    doc_no: str = ""
    merged_months: int | None = None
    revoked: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """One period; ``start`` and ``end`` are empty while 留党察看 runs, ``end`` alone where none will come.

    ``provisional`` says that the end can still move by something not recorded yet. ``id`` is that of the measure.
    """

    kind: str
    name: str
    group: str
    decided_at: date
    start: date | None
    end: date | None
    sentence: str
    effect: str
    source: str
    confidence: Confidence
    provisional: bool = False
    permanent: bool = False
    id: int = 0

    def contains(self, day: date) -> bool:
        """Tell whether the measure weighs on this day; 留党察看 weighs before its period begins."""
        return self.decided_at <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a period stands on a day; ``note`` says what follows from its end."""

    state: State
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Reach:
    """A period under way: the first day after it, or none while 留党察看 runs."""

    decided_at: date
    after: date | None

    def covers(self, day: date) -> bool:
        return self.decided_at < day and (self.after is None or day < self.after)


def measure(values: Values, record_id: int = 0) -> Measure | None:
    """Return the measure that a record describes, or None while kind or day of decision are missing."""
    kind, decided = values.get("kind"), values.get("decided_at")
    if not isinstance(kind, str) or not isinstance(decided, date):
        return None
    restored, end_set = values.get("rights_restored_at"), values.get("period_to_set")
    return Measure(
        kind,
        decided,
        str(values.get("special") or ""),
        restored if isinstance(restored, date) else None,
        end_set if isinstance(end_set, date) else None,
        str(values.get("period_reason") or ""),
        str(values.get("doc_no") or ""),
        revoked=values.get("changed") in GONE,
        id=record_id,
    )


def after_months(start: date, months: int, month_end: MonthEnd) -> date:
    """Return the first day after a period of so many months, in the chosen reading of months without that day."""
    day = add_months(start, months)
    missing = day.day != start.day
    return day + _DAY if missing and month_end == "last_day" else day


def combined_range(kind: Kind, count: int, rule: Rule) -> tuple[int, int]:
    """Return least and most months for several equal punishments decided together (政务处分法 第十五条)."""
    if count < 2 or kind.code not in rule.equal:
        return kind.months, kind.months
    return kind.months, max(kind.months, min(kind.months * count, rule.cap))


def combination_objection(kind: str, count: int, months: int, settings: Settings) -> str | None:
    """Return in words why this number cannot be the common length of so many equal punishments."""
    rule, found = settings.table.combining, settings.kind(kind)
    if found is None or found.group not in rule.classes:
        return "只有多个政务处分合并执行时才确定共同的处分期"
    low, high = combined_range(found, count, rule)
    if low <= months <= high:
        return None
    limits = f"在 {low} 至 {high} 个月之间确定" if low < high else f"为 {low} 个月"
    return f"{count} 个{found.name}合并，处分期{limits}，不能是 {months} 个月（{rule.source}）"


def objections(measures: Iterable[Measure], settings: Settings) -> list[str]:
    """Return in words what is wrong with typed ends and lengths: no reason or document, outside what the law allows."""
    found = []
    given = list(measures)
    for each in given:
        kind = settings.kind(each.kind, each.special)
        if kind is None or each.revoked:
            continue
        if each.end_set and not (each.reason.strip() and each.doc_no.strip()):
            found.append(f"{kind.name}的影响期止是填写的，请写明理由和文号")
        if each.restored_at and each.restored_at < each.decided_at:
            found.append(f"{kind.name}的恢复权利日期早于决定日期")
    for _, group in _groups(given, settings):
        top, count = _heaviest([given[place] for place in group], settings)
        months = next((given[n].merged_months for n in group if given[n].merged_months is not None), None)
        if top is None:
            continue
        if months is not None and (words := combination_objection(top.code, count, months, settings)):
            found.append(words)
        ends = [given[n].end_set for n in group if given[n].end_set]
        if count > 1 and ends:
            start = given[group[0]].decided_at
            low, high = combined_range(top, count, settings.table.combining)
            first, last = (after_months(start, n, settings.month_end) - _DAY for n in (low, high))
            if not all(first <= end <= last for end in ends if end):
                found.append(
                    f"{count} 个{top.name}合并，处分期应在 {spoken(first)}至 {spoken(last)}之间期满"
                    f"（{settings.table.combining.source}）"
                )
    return found


def periods(measures: Sequence[Measure], on: date, settings: Settings) -> tuple[Period | None, ...]:
    """Return the period of each measure as it is known on this day; None for measures that bring none.

    Measures executed together share one period. A restoration of rights after this day is not known yet.
    """
    made: list[Period | None] = [None] * len(measures)
    order = sorted(range(len(measures)), key=lambda n: measures[n].decided_at)
    chain: _Reach | None = None
    for place in order:
        each = measures[place]
        kind = settings.kind(each.kind, each.special)
        if kind is None or not kind.weighs or each.revoked or kind.group in settings.table.combining.classes:
            continue
        stacks = kind.group in settings.table.stacking.classes and not kind.bar
        made[place], reach = _alone(_Ruled(each, kind, settings), chain if stacks else None, on)
        if stacks:
            chain = _later(chain, reach)
    running: dict[str, _Reach] = {}
    for group_name, group in _groups(measures, settings):
        shared, shared_reach = _together([measures[n] for n in group], running.get(group_name), on, settings)
        if settings.admin_again == "sum" and shared_reach is not None:
            running[group_name] = _later(running.get(group_name), shared_reach)
        for place in group:
            made[place] = shared
    return tuple(made)


def period(measures: Sequence[Measure], on: date, settings: Settings) -> Period | None:
    """Return the period that governs a person on a day: of all decided by then the one that ends last.

    None where nothing weighs. When all decisions still lie ahead, the one that ends last is given as not begun.
    """
    each = [found for found in periods(measures, on, settings) if found is not None]
    known = [found for found in each if found.decided_at <= on] or each
    return max(known, key=lambda found: (found.permanent, found.end is None, found.end or date.min), default=None)


def standing(found: Period, on: date, settings: Settings) -> Standing:
    """Return whether a period has begun, runs, or was over on which day; after the end a note stays, no silence."""
    if on < found.decided_at:
        return Standing("not_begun", f"尚未开始，自 {spoken(found.decided_at)}起")
    if found.permanent:
        return Standing("in_period", f"{found.name}，没有期满日", found.effect)
    if found.start is None or on < found.start:
        return Standing("in_period", f"{found.name}期内，恢复党员权利后起算影响期", found.effect)
    if found.end is None or on < found.end:
        until = f"，至 {spoken(found.end)}" if found.end else ""
        return Standing("in_period", f"影响期内{until}{'（暂算）' if found.provisional else ''}", found.effect)
    if on == found.end:
        return Standing("in_period", "影响期内，今天期满", found.effect)
    notes = (settings.table.on_expiry.get(found.group, ""), settings.table.after_expiry)
    return Standing("expired", f"已于 {spoken(found.end)}期满", "；".join(note for note in notes if note))


# --- one measure ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A measure, what the law says of its kind, and the readings of the law that are in force."""

    measure: Measure
    kind: Kind
    settings: Settings

    def after(self, start: date, months: int) -> date:
        return after_months(start, months, self.settings.month_end)

    def rests_on(self, *, stacked: bool = False) -> str:
        return sources(self.kind, self.settings, stacked=stacked)

    def begun(self, start: date) -> str:
        return beginning(self.kind, self.measure.decided_at, start)

    def reach(self, after: date | None) -> _Reach:
        return _Reach(self.measure.decided_at, after)

    def period(
        self, start: date | None, after: date | None, words: str, *, stacked: bool = False, provisional: bool = False
    ) -> Period:
        """Return the period from a day to the one before ``after``, told in these words."""
        kind = self.kind
        confidence: Confidence = kind.confidence
        if start is not None and month_end_words(start, kind.months, self.settings):
            confidence = "memory"
        return Period(
            kind.code, kind.name, kind.group, self.measure.decided_at, start, after - _DAY if after else None, words,
            kind.effect, self.rests_on(stacked=stacked).replace("（待核）", ""), confidence,
            provisional or kind.unsure or kind.maximum, id=self.measure.id,
        )  # fmt: skip


def _alone(each: _Ruled, before: _Reach | None, on: date) -> tuple[Period, _Reach]:
    """Return the period of a measure that is not executed together with others, and how far it reaches."""
    measure, kind = each.measure, each.kind
    if measure.end_set is not None:
        return _set_by_hand(measure, kind, measure.end_set), each.reach(measure.end_set + _DAY)
    if kind.start == "permanent":
        return _permanent(measure, kind), each.reach(None)
    begins: date | None = measure.decided_at
    if kind.start == "restored":
        begins = measure.restored_at if measure.restored_at and measure.restored_at <= on else None
    stacked = before is not None and before.covers(measure.decided_at)
    if begins is None:
        words = f"{kind.name}：{spoken(measure.decided_at)}决定，恢复党员权利之日起算 {span(kind.months)}影响期"
        if stacked:
            words += "，另加原影响期尚未执行的部分"
        words += f"，恢复日期尚未登记，依据{each.rests_on(stacked=stacked)}"
        return each.period(None, None, words, stacked=stacked, provisional=True), each.reach(None)
    if stacked and before is not None:
        return _stacked(each, begins, before)
    after = each.after(begins, kind.months)
    words = f"{kind.name}：{each.begun(begins)}起 {span(kind.months)}，至 {spoken(after - _DAY)}止"
    if kind.inner_months:
        inner = each.after(begins, kind.inner_months) - _DAY
        words += f"，其中至 {spoken(inner)}{kind.inner_effect}"
    words += month_end_words(begins, kind.months, each.settings)
    words += f"，依据{each.rests_on()}"
    return each.period(begins, after, words), each.reach(after)


def _stacked(each: _Ruled, begins: date, before: _Reach) -> tuple[Period, _Reach]:
    """Return the period of a party punishment inside an earlier one: rest and new period, without limit."""
    kind, rests_on = each.kind, each.rests_on(stacked=True)
    if before.after is None:
        words = (
            f"{kind.name}（影响期内再受处分）：原处分恢复党员权利后起算，原影响期加新影响期 {span(kind.months)}，"
            f"恢复日期尚未登记，依据{rests_on}"
        )
        return each.period(None, None, words, stacked=True, provisional=True), each.reach(None)
    months, days = between(each.measure.decided_at, before.after)
    if kind.start == "restored":
        after = each.after(each.after(begins, kind.months), months) + timedelta(days=days)
    else:
        after = each.after(before.after, kind.months)
    words = (
        f"{kind.name}（影响期内再受处分）：{each.begun(begins)}起，"
        f"原影响期尚余 {rest_words(months, days)}加新影响期 {span(kind.months)}，"
        f"至 {spoken(after - _DAY)}止，依据{rests_on}"
    )
    return each.period(begins, after, words, stacked=True), each.reach(after)


def _set_by_hand(each: Measure, kind: Kind, end: date) -> Period:
    reason = "，".join(word for word in (each.reason.strip(), each.doc_no.strip()) if word) or "未写理由和文号，待补"
    words = f"{kind.name}：影响期止按填写的 {spoken(end)}，理由：{reason}"
    start = each.restored_at if kind.start == "restored" else each.decided_at
    return Period(kind.code, kind.name, kind.group, each.decided_at, start, end, words, kind.effect,
                  reason, "custom", provisional=not each.reason.strip(), id=each.id)  # fmt: skip


def _permanent(each: Measure, kind: Kind) -> Period:
    mark = "（待核）" if kind.confidence == "memory" else ""
    words = f"{kind.name}：{spoken(each.decided_at)}决定，{kind.effect}，没有处分期，依据{kind.source}{mark}"
    return Period(kind.code, kind.name, kind.group, each.decided_at, each.decided_at, None, words, kind.effect,
                  kind.source, kind.confidence, permanent=True, id=each.id)  # fmt: skip


# --- several executed together -------------------------------------------------------------------------------------


def _groups(measures: Sequence[Measure], settings: Settings) -> list[tuple[str, list[int]]]:
    """Return the places of measures of combining classes decided on one day, by day."""
    found: dict[tuple[date, str], list[int]] = {}
    for place, each in enumerate(measures):
        kind = settings.kind(each.kind, each.special)
        if kind is not None and kind.weighs and not each.revoked and kind.group in settings.table.combining.classes:
            found.setdefault((each.decided_at, kind.group), []).append(place)
    return [(group, places) for (_, group), places in sorted(found.items())]


def _heaviest(group: Sequence[Measure], settings: Settings) -> tuple[Kind | None, int]:
    """Return the heaviest kind of a group and how many measures are of it."""
    kinds = [kind for each in group if (kind := settings.kind(each.kind, each.special)) is not None]
    top = max(kinds, key=lambda kind: kind.weight, default=None)
    return top, sum(kind == top for kind in kinds)


def _together(
    group: Sequence[Measure], before: _Reach | None, on: date, settings: Settings
) -> tuple[Period | None, _Reach | None]:
    """Return the one period of administrative punishments decided together (政务处分法 第十五条)."""
    top, count = _heaviest(group, settings)
    if top is None:
        return None, None
    first = next(each for each in group if each.kind == top.code)
    set_by_hand = next((each for each in group if each.end_set is not None), None)
    if set_by_hand is not None:
        typed = replace(first, end_set=set_by_hand.end_set, reason=set_by_hand.reason, doc_no=set_by_hand.doc_no)
        return _alone(_Ruled(typed, top, settings), None, on)
    rule = settings.table.combining
    low, high = combined_range(top, count, rule)
    given = next((each.merged_months for each in group if each.merged_months is not None), None)
    settled = low == high or (given is not None and low <= given <= high)
    # While the length is not decided the longest one stands: a warning too long is mended, one too short is not seen.
    months = given if given is not None and settled and low < high else high
    kind = replace(top, months=months)
    found, reach = _alone(_Ruled(first, kind, settings), None, on)
    words = found.sentence
    if len(group) > 1:
        words = f"{_group_words(group, settings)}合并，{words.removesuffix(f'，依据{kind.source}')}"
        if low < high:
            words += f"，处分期可在 {low} 至 {high} 个月之间确定" + ("" if settled else "，尚未确定，暂按最长推算")
        words += f"，依据{kind.source}、{rule.source}"
    if before is not None and before.after is not None and before.covers(first.decided_at) and kind.months:
        after = after_months(before.after, kind.months, settings.month_end)
        words += f"；加原处分期尚余部分，至 {spoken(after - _DAY)}止（{settings.table.admin_again_source}，待核）"
        found = replace(found, end=after - _DAY, confidence="memory")
        reach = _Reach(first.decided_at, after)
    return replace(found, sentence=words, provisional=found.provisional or not settled), reach


def _group_words(group: Sequence[Measure], settings: Settings) -> str:
    names = [kind.name for each in group if (kind := settings.kind(each.kind, each.special)) is not None]
    counts = {name: names.count(name) for name in names}
    return "、".join(f"{name} {count} 个" if count > 1 else name for name, count in counts.items())


def _later(one: _Reach | None, other: _Reach) -> _Reach:
    if one is None or other.after is None:
        return other
    return one if one.after is None or one.after > other.after else other

"""The days of a matter, from every record of it and the rows under them; class P4 is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from paizhu.base import values
from paizhu.base.asked import empty
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Values
from paizhu.registers.course import STATIONS, stretch
from paizhu.services.matters.course_part import Part

# What was done on a day says more with what it was.
_WITH = {
    "received_at": ("channel", "source"),
    "proposed_at": ("proposed_mode",),
    "approved_at": ("mode",),
    "report_at": ("report_opinion",),
    "check_report_at": ("check_opinion",),
    "decided_at": ("outcome", "kind"),
    "closed_at": ("result", "close_reason", "outcome"),
    "notice_at": (),
    "transfer_at": ("transfer_to",),
    "trial_report_at": ("proposed_measure",),
    "appeal_decided_at": ("appeal_result",),
    "planned_at": (),
}
_SAID = {"petition_date": "落款或来访", "period_to": "影响期满", "period_to_set": "影响期满"}
"""Words for days whose label says too little, or says how they were found."""
_LEFT_OUT = ("period_from", "expired_at")


@dataclass(frozen=True, slots=True)
class Moment:
    """One day: the station it belongs to, what it was, whether it is a node of the course, or still ahead."""

    day: date
    stage: str
    words: str
    key: bool
    ahead: bool
    part: tuple[str, int]
    field: str
    order: tuple[int, ...] = ()
    """Where it stands within its day: by station, then by the act that wrote it, then as declared."""


def moments_of(parts: Sequence[Part], today: date) -> tuple[Moment, ...]:
    """Return the days of all parts, the newest first; a day two records tell alike stands once."""
    found: dict[tuple[date, str], Moment] = {}
    for part in parts:
        for moment in _of_part(part, today):
            known = found.get((moment.day, moment.words))
            if known is None or (moment.key and not known.key):
                found[moment.day, moment.words] = moment
    return tuple(sorted(found.values(), key=lambda each: (each.day, each.order), reverse=True))


def _of_part(part: Part, today: date) -> Iterable[Moment]:
    here = stretch(part.register.key)
    sections = {name: section.label for section in part.register.sections for name in section.names}
    nodes = {part.register.main_date, *here.nodes}
    if part.register.flow:
        nodes |= {name for step in part.register.flow.steps for name in step.needs}
    met = _met(part)
    for at, name in enumerate(part.register.dated_names):
        if name in _LEFT_OUT:
            continue
        words = _words(part.register, part.row.values, name)
        if words and not (words[0] > today and name in met):
            stage = here.station_of(name, sections.get(name, ""))
            day, said = words
            order = (STATIONS.index(stage), part.written.get(name, 0), at)
            yield Moment(day, stage, said, name in nodes, day > today, part.key, name, order)
    for child in part.register.rows:
        if any(child.field(name).sens is Sens.P4 for name in child.title):
            continue
        stage = here.station_of("", "")
        for row in part.rows.get(child.key, ()):
            named = any(not empty(row.values.get(name)) for name in child.title)
            title = child.title_of(row) if named else ""
            for at, name in enumerate(child.dated_names):
                words = _words(child, row.values, name)
                if words:
                    day, said = words
                    told = f"{said}：{title}" if title and not title.startswith(str(day)) else said
                    order = (STATIONS.index(stage), part.written.get(f"{child.key}.{row.id}", 0), at)
                    yield Moment(day, stage, told, False, day > today, part.key, child.key, order)


def _met(part: Part) -> set[str]:
    """Return the days written down until which something had to be done that is done, or is to be done no more.

    Nothing lies ahead there: a lead that was closed after all is not looked at again on the day it was held until.
    """
    held = part.row.values
    return {
        limit.start for limit in part.register.limits
        if not limit.rule
        and (
            any(not empty(held.get(name)) for name in limit.until)
            or (limit.states and part.row.state not in limit.states)
        )
    }  # fmt: skip


def _words(register: Register, held: Values, name: str) -> tuple[date, str] | None:
    field, value = register.field(name), held.get(name)
    if field.sens is Sens.P4 or not isinstance(value, date):
        return None
    day = value.date() if isinstance(value, datetime) else value
    more = [
        values.show(register.field(each), held.get(each))
        for each in _WITH.get(name, ())
        if register.has(each) and register.field(each).sens is not Sens.P4
    ]
    said = next((words for words in more if words), "")
    label = _SAID.get(name) or field.label.removesuffix("日期") or field.label
    return day, f"{label}：{said}" if said else label

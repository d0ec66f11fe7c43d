"""定期事项: the recurring work a stationed group usually owes, offered as rule data and taken one by one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from paizhu.base import paths
from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.base.rows import Change, Value
from paizhu.base.view import Condition, Test, View
from paizhu.registers.duty import DUTY
from paizhu.registers.recurrence import BASE, DAY_OF_MONTH, OFF_DAY, RECURRENCES, REPEATS
from paizhu.services import deriving, preparing
from paizhu.services.duties.recurring import next_base, on_working_day
from paizhu.services.linking import Roster
from paizhu.services.preparing import day_of
from paizhu.storage import queries

if TYPE_CHECKING:
    from paizhu.services.desk import Desk
    from paizhu.services.records import Records

_RULES = RECURRENCES[DUTY.key]


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of recurring work as data: what, how often, on which day, on what it rests and how sure that is."""

    code: str
    content: str
    frequency: str
    anchor: str
    off_day: str
    category: str
    source: str
    confidence: str
    note: str = ""

    @property
    def months(self) -> int:
        """How many months lie between two occurrences."""
        return _RULES.months[self.frequency]

    @property
    def day_of_month(self) -> int:
        """The number of the day in its month; 31 for the last."""
        return int(self.anchor.partition("-")[2])

    def first(self, today: date) -> date:
        """Return the day of the next occurrence from today on, before it is moved off a day off."""
        month = int(self.anchor.partition("-")[0])
        base = next_base(date(today.year - 1, month, 1), 0, self.day_of_month)
        while base < today:
            base = next_base(base, self.months, self.day_of_month)
        return base


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the page: an offer, or a series the officer began himself; ``record`` is its open occurrence."""

    content: str
    frequency: str
    due: date | None
    basis: str
    confidence: str
    offer: Offer | None = None
    record: int = 0

    @property
    def taken(self) -> bool:
        """Tell whether it stands in the list of responsibilities."""
        return bool(self.record)


class DutyOffers:
    """Shows what is offered beside what runs already, and takes an offer into the list."""

    def __init__(self, desk: Desk, records: Records) -> None:
        self._desk = desk
        self._records = records

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """Every offer by its code."""
        data = tomllib.loads((paths.resources() / "rules" / "recurring.toml").read_text(encoding="utf-8"))
        return {code: Offer(code, **entry) for code, entry in data.items()}

    def standings(self) -> list[Standing]:
        """Return the offers in their order, then the officer's own series."""
        running = self._running()
        made = []
        for offer in self.offers.values():
            taken = running.pop(offer.content, None)
            due = taken.due if taken else self._due(offer)
            record = taken.record if taken else 0
            words = "；".join(part for part in (offer.source, offer.note) if part)
            made.append(Standing(offer.content, offer.frequency, due, words, offer.confidence, offer, record))
        return [*made, *sorted(running.values(), key=lambda each: (each.due or date.max, each.content))]

    def take(self, code: str) -> Change:
        """Put an offer into the list of responsibilities; one that runs already is refused."""
        offer = self.offers.get(code)
        if offer is None:
            raise NotFoundError(f"没有“{code}”这一项定期事项", "没有改动")
        if offer.content in self._running():
            raise NotAllowedError(f"“{offer.content}”已经在责任清单里", "没有重复登记", "打开那一条修改")
        base = offer.first(self._desk.today)
        officer = str(self._desk.setting("officer"))
        typed = {
            "subject_type": "stationed",
            "subject": str(self._desk.setting("group")) or "派驻纪检监察组",
            "duty_kind": "supervisory",
            "list_kind": "yearly",
            "category": offer.category,
            "content": offer.content,
            "basis": offer.source,
            "frequency": offer.frequency,
            "due_date": on_working_day(base, offer.off_day, self._desk.calendar).isoformat(),
            OFF_DAY: offer.off_day,
            **({"owner": officer} if officer else {}),
        }
        read = preparing.read_typed(DUTY, typed, self._desk.reading)
        given: dict[str, Value] = {**read.values, REPEATS: True, BASE: base, DAY_OF_MONTH: offer.day_of_month}
        roster, aids = Roster(self._desk.vault), deriving.aids(self._desk)
        made = preparing.complete(DUTY, given, roster, aids, self._desk.setting("cutoff_day"))
        with self._desk.vault.act("save", f"采用定期事项：{offer.content}") as act:
            self._records.numbers.give(act, DUTY, made)
            act.create(DUTY, made)
        return act.result()

    # --- the machine -----------------------------------------------------------------------------------------

    def _due(self, offer: Offer) -> date:
        return on_working_day(offer.first(self._desk.today), offer.off_day, self._desk.calendar)

    def _running(self) -> dict[str, Standing]:
        """Return the series that go on, by what they are, each with its newest occurrence."""
        view = View(DUTY.key, (Condition(REPEATS, Test.IS, True), Condition(BASE, Test.FILLED))).ordered(BASE)
        found = {}
        with self._desk.vault.read() as connection:
            for row in queries.every(connection, view):
                content = str(row.values["content"])
                found[content] = Standing(
                    content,
                    str(row.values.get("frequency") or ""),
                    day_of(row.values.get("due_date")),
                    str(row.values.get("basis") or ""),
                    "",
                    record=row.id,
                )
        return found

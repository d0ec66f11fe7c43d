"""Plays the invented year on a vault as an officer would: saves, steps and hand-overs, each on its own day."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from paizhu import registers
from paizhu.base import clock
from paizhu.base.register import Register
from paizhu.base.view import View
from paizhu.services.deadlines.extensions import Approval, Extensions, RunningClock
from paizhu.services.matters.handing_on import HandingOn
from paizhu.services.office import Office
from tests.journeys.year_script import Event

Key = tuple[str, str]


class Player:
    """Knows which record stands for which matter in each register."""

    def __init__(self) -> None:
        self.ids: dict[Key, int] = {}
        self.measures: dict[str, list[int]] = {}

    def play(self, office: Office, event: Event) -> None:
        """Do one act at ten o'clock of its day."""
        with clock.clock_at(datetime.combine(event.day, time(10, 0))):
            self._play(office, event, registers.register(event.register))

    def _play(self, office: Office, event: Event, register: Register) -> None:
        key, handing = (event.matter, event.register), HandingOn(office.desk)
        values, rows = dict(event.values), event.rows or None
        match event.verb:
            case "new":
                second = values.pop("second", None)
                if second:
                    values["reported_names"] = [*values["reported_names"], second]
                self.ids[key] = office.records.save(register, values, rows=rows).records[0][1]
            case "save" if event.register == "measure":
                for each in self._standing(office, event.matter):
                    office.records.save(register, values, each)
            case "save":
                office.records.save(register, values, self.ids[key], rows=rows)
            case "to_lead":
                handing.lead_from_petition(self.ids[key])
                self._remember(office, event.matter, "lead", 2 if self._two(office, key) else 1)
            case "join":
                handing.join_petitions(self.ids[values["join"], "lead"], [self.ids[key]])
            case "accuse":
                handing.accuser_lead(self.ids[key], values["who"], values["summary"])
            case "to_case":
                handing.case_from_lead(self.ids[key], values["filed_at"])
                self._remember(office, event.matter, "case", 1)
            case "to_measure" | "replace":
                before = set(office.records.ids(View("measure")))
                self._measures(handing, self.ids[key], values)
                self.measures[event.matter] = sorted(set(office.records.ids(View("measure"))) - before)
            case "period":
                handing.period_from_measures(self.ids[key])
            case "extend":
                self._extend(office, register, self.ids[key], values)
            case after:
                if "first_ref" in values:
                    first = self.ids[values["first_ref"], "petition"]
                    values["first_ref"] = office.records.get(register, first).no
                office.records.advance(register, self.ids[key], after, values, rows=rows)

    def _measures(self, handing: HandingOn, case: int, values: Mapping[str, Any]) -> None:
        if "doc_no" in values:
            handing.replaced_measures(case, values["kinds"], values["doc_no"], values["decided_at"])
        else:
            handing.measures_from_case(case, values["kinds"])

    def _standing(self, office: Office, matter: str) -> list[int]:
        return self.measures[matter]

    def _two(self, office: Office, key: Key) -> bool:
        names = office.records.get(registers.register("petition"), self.ids[key]).values["reported_names"]
        return isinstance(names, tuple) and len(names) > 1

    def _remember(self, office: Office, matter: str, register: str, count: int) -> None:
        self.ids[matter, register] = sorted(office.records.ids(View(register)))[-count]

    def _extend(self, office: Office, register: Register, record_id: int, values: Mapping[str, Any]) -> None:
        row = office.records.get(register, record_id)
        (old,) = [task.due for task in office.today.of_record(register, row) if task.what == values["matter"]]
        new: date = old + timedelta(days=values["by"])
        approval = Approval(values["approver"], values["document"])
        clock = RunningClock(register, record_id, values["matter"], old)
        Extensions(office.desk, office.today).grant(clock, values["reason"], new, approval)

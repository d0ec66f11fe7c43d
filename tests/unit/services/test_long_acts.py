"""Acts the officer begins over many records say how many they are: the window is told so and does not wait for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from paizhu import registers
from paizhu.base.rows import Ref, Value
from paizhu.base.view import View
from paizhu.services.duties.year import DutyYear
from paizhu.services.mass_change import MassChange
from paizhu.services.office import Office
from paizhu.services.reviews.agenda_reading import AgendaReading
from paizhu.services.supervision.handing_letters import HandingLetters
from paizhu.services.supervision.handing_talks import HandingTalks
from paizhu.services.talks.plan import TalkPlan
from paizhu.storage.write_turn import LONG
from tests.typed import WHOLE

DUTY = registers.register("duty_item")
PERSON = registers.register("person")


@pytest.fixture
def duties(office: Office) -> list[int]:
    """As many duties of one year as make an act long."""
    with office.vault.act("import", "示例") as act:
        for at in range(LONG):
            values: dict[str, Value] = {
                "subject": Ref("示例局"),
                "content": f"事项{at}",
                "due_date": date(2026, 12, 20),
            }
            act.create(DUTY, {**values, "year": 2026, "state": "issued"})
    return list(office.records.ids(View(DUTY.key)))


def void(office: Office, duties: list[int]) -> object:
    return office.records.void(DUTY, duties, "重复登记")


def void_and_bring_back(office: Office, duties: list[int]) -> object:
    void(office, duties)
    return office.records.unvoid(DUTY, duties)


def void_and_undo(office: Office, duties: list[int]) -> object:
    return office.history.undo(office.records.void(DUTY, duties, "重复登记").entry)


def change(office: Office, duties: list[int]) -> object:
    mass = MassChange(office.desk)
    return mass.change(DUTY, mass.reach(DUTY, duties), {"remarks": "示例"})


def build_a_year(office: Office, duties: list[int]) -> object:
    return DutyYear(office.desk).build(2026, 2027, duties)


def plan_talks(office: Office, _duties: list[int]) -> object:
    person = office.records.save(PERSON, {"name": "示例甲"}).records[0][1]
    plan = TalkPlan(office.desk)
    return plan.create([plan.for_person(person)] * LONG)


def store_an_agenda(office: Office, _duties: list[int]) -> object:
    reading = AgendaReading(office.desk)
    items = reading.plan("\n".join(f"{at}. 示例事项{at}的汇报" for at in range(1, LONG + 1)))
    return reading.apply({"name": "示例会", "held_at": "2026-03-20 9:00"}, items)


def take_talks_from_a_check(office: Office, _duties: list[int]) -> object:
    typed = {"title": "示例约谈", "kind": "约谈", "start_date": "2026-03-02", "end_date": "2026-03-02"}
    people = "、".join(f"示例{chr(0x4E00 + at)}" for at in range(LONG))
    check = office.records.save(registers.register("supervision_activity"), {**typed, "talked": people}).records[0][1]
    return HandingTalks(office.desk).talks_from_activity(check)


def follow_a_letter(office: Office, _duties: list[int]) -> object:
    rows = {"problems": [{"problem": f"示例问题{at}"} for at in range(LONG)]}
    typed = {"title": "示例建议", "addressee": "示例处", "kind": "纪律检查建议"}
    letter = office.records.save(registers.register("proposal"), typed, rows=rows).records[0][1]
    return HandingLetters(office.desk).findings_from_letter(letter)


def save_with_rows(office: Office, _duties: list[int]) -> object:
    rows = {"requirement": [{"words": f"示例要求{at}"} for at in range(LONG)]}
    typed = {**WHOLE["integrity_talk"], "subject": "示例甲", "planned_date": "2026-03-02"}
    return office.records.save(registers.register("integrity_talk"), typed, rows=rows)


@pytest.mark.parametrize(
    "write",
    [
        void,
        void_and_bring_back,
        void_and_undo,
        change,
        build_a_year,
        plan_talks,
        store_an_agenda,
        take_talks_from_a_check,
        follow_a_letter,
        save_with_rows,
    ],
)
def test_an_act_of_many_records_says_so_while_it_is_written(
    office: Office, duties: list[int], write: Callable[[Office, list[int]], object]
) -> None:
    told: list[str] = []
    office.vault.followers["test"] = lambda _act: told.append(office.vault.long_act)
    write(office, duties)
    assert told[-1], "whoever writes meanwhile is refused in words"
    assert office.vault.long_act == ""


@pytest.mark.parametrize("write", [void, change, build_a_year])
def test_an_act_of_few_records_is_waited_for(
    office: Office, duties: list[int], write: Callable[[Office, list[int]], object]
) -> None:
    told: list[str] = []
    office.vault.followers["test"] = lambda _act: told.append(office.vault.long_act)
    write(office, duties[: LONG - 1])
    assert told == [""]


@pytest.mark.parametrize("stopped_at", [1, 2])
def test_an_act_that_is_stopped_half_way_leaves_the_vault_as_it_was(
    office: Office, duties: list[int], stopped_at: int
) -> None:
    reports: list[int] = []

    def progress(_words: str, done: int, _total: int) -> None:
        reports.append(done)
        if len(reports) == stopped_at:
            raise KeyboardInterrupt

    before = office.vault.last_entry()
    build = partial(DutyYear(office.desk).build, 2026, 2027, [*duties, duties[0]], progress)
    with pytest.raises(KeyboardInterrupt):
        build()
    assert office.vault.last_entry() == before
    assert office.records.count(View(DUTY.key)) == LONG

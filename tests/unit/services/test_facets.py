"""Chips made from a declaration, counted in a real vault."""

import pytest

from paizhu import registers
from paizhu.base.register import Register
from paizhu.services.facets import Facets, stages
from paizhu.services.office import Office

TALK = registers.register("integrity_talk")
UNIT = registers.register("unit")


def save(office: Office, day: str, **more: str) -> int:
    return office.records.save(TALK, {"subject": "孙立新", "planned_date": day, **more}).records[0][1]


def test_every_chip_counts_what_its_view_shows(office: Office) -> None:
    first = save(office, "2026-03-02")
    save(office, "2025-11-03")
    gone = save(office, "2026-03-04")
    office.records.advance(TALK, first, "cancelled", {"cancel_reason": "调离"})
    office.records.void(TALK, [gone], "重复登记")
    facets = Facets(office.desk)
    chips = facets.of(TALK)
    counts = facets.counts(TALK, chips)
    assert counts == {chip.key: len(office.records.ids(chip.view)) for chip in chips}
    assert counts == {chip.key: office.records.count(chip.view) for chip in chips}
    assert (counts["all"], counts["year"], counts["stage:计划"], counts["closed"]) == (2, 1, 1, 1)


def test_a_stage_of_one_open_state_is_called_like_the_state() -> None:
    words = {key: words for key, words, _codes in stages(TALK)}
    assert words["stage:计划"] == "已计划"
    assert words["stage:审批"] == "审批"
    assert words["closed"] == "已办结"


def test_a_register_without_course_and_date_has_only_all_and_lacking(office: Office) -> None:
    assert [chip.key for chip in Facets(office.desk).of(UNIT)] == ["all", "missing"]


def test_overdue_records_get_an_alarming_chip(office: Office) -> None:
    late = save(office, "2026-03-02")
    save(office, "2026-09-02")
    chips = Facets(office.desk).of(TALK, [late])
    # Where room is scarce the last chips give way first, and this one must not be overlooked.
    at = next(at for at, chip in enumerate(chips) if chip.key == "overdue")
    assert at < min(at for at, chip in enumerate(chips) if chip.key.startswith("stage:"))
    chip = chips[at]
    assert (chip.words, chip.alarming) == ("已超期", True)
    assert office.records.ids(chip.view) == [late]


@pytest.mark.parametrize("register", registers.REGISTERS, ids=lambda register: register.key)
def test_no_state_of_any_register_is_without_a_chip(register: Register) -> None:
    coded = [code for _key, _words, codes in stages(register) for code in codes]
    states = [state.code for state in register.flow.states] if register.flow else []
    assert sorted(coded) == sorted(states)

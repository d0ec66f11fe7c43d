"""The invented vault: full enough for every screen, plainly invented, sound, and as true in January as in July."""

from datetime import datetime

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.view import Condition, Test, View
from paizhu.services import sample
from paizhu.services.office import Office
from paizhu.services.register_keys import register_of
from paizhu.services.safety.checking import Checking


def test_the_sample_fills_every_register(office: Office) -> None:
    made = sample.build(office)
    assert set(made) == {register.key for register in registers.REGISTERS}
    assert (made["duty_item"], made["review_item"], made["integrity_talk"]) == (46, 45, 46)
    assert made["unit"] >= 12
    assert made["person"] >= 30
    assert made["petition"] + made["lead"] + made["case"] >= 10


def test_the_sample_is_marked_and_names_an_invented_unit(invented: Office) -> None:
    assert invented.desk.setting("sample") == invented.history.entries(1)[0].id
    assert "示例" in invented.desk.setting("unit")


def test_the_sample_is_written_by_acts_and_is_sound(invented: Office) -> None:
    report = Checking(invented.desk).run()
    assert report.ok, report
    # One act for each register, one for the hints of the items, and one for the talks a year the invented group set.
    assert report.entries == len(registers.REGISTERS) + 2


def test_the_keys_of_undo_pass_over_what_made_the_sample(invented: Office) -> None:
    history = invented.history
    newest = history.entries(1)[0]
    assert newest.undoable
    assert (history.last_undoable(), history.last_redoable()) == (None, None)
    saved = invented.records.save(registers.register("supplier"), {"name": "示例供应商"}).entry
    last = history.last_undoable()
    assert last is not None
    assert last.id == saved
    history.undo(saved)
    assert history.last_undoable() is None
    assert history.undo(newest.id).change.entry, "in the list it can be taken back all the same"
    assert history.last_undoable() is None


def test_the_list_of_items_says_of_hints_what_each_item_says(invented: Office) -> None:
    assert invented.records.count(View("review_item", (Condition("flags", Test.FILLED),)))
    assert not invented.flags.recompute().records


@pytest.mark.parametrize("day", ["2026-01-01", "2026-01-04", "2026-02-28", "2026-10-03", "2026-12-31"])
def test_something_is_late_soon_and_later_whatever_the_day(office: Office, day: str) -> None:
    with clock.clock_at(datetime.fromisoformat(f"{day}T09:00")):
        sample.build(office)
        states = {task.state for task in office.today.due()}
    assert states >= {"overdue", "soon", "later"}


def test_people_units_meetings_and_leads_are_linked(invented: Office) -> None:
    linked = (("integrity_talk", "subject"), ("review_item", "meeting"), ("case", "lead_ref"), ("unit", "parent"))
    for key, name in linked:
        view = View(key, (Condition(name, Test.FILLED),))
        for row in invented.records.window(view, 0, 100):
            ref = row.values[name]
            assert getattr(ref, "linked", False), (key, row.id, ref)


def test_every_ledger_of_the_sample_is_recognised(office: Office) -> None:
    expected = {
        "谈话": "integrity_talk",
        "责任": "duty_item",
        "会前": "review_item",
        "信访": "petition",
        "名册": "person",
    }
    files = sample.ledgers()
    assert len(files) == len(expected)
    for path in files:
        plan = office.importing.plan(path)
        (sheet,) = plan.sheets
        word = next(word for word in expected if word in path.name)
        assert sheet.register is register_of(expected[word])
        assert sheet.counts()["new"] >= 3
        plan.drop()


def test_words_about_an_informant_are_sealed_in_the_sample_too(invented: Office) -> None:
    assert invented.search.find("示例反映人甲") == []


def test_what_the_roster_knows_of_somebody_stands_in_the_sample_too(invented: Office) -> None:
    lead = register_of("lead")
    found = [row for row in invented.records.window(View(lead.key), 0, 50) if row.values["subject_gender"]]
    assert len(found) >= 5

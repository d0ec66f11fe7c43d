"""Recurring duties over a real vault: the next one by itself, on a working day and once; how far a change reaches."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.rows import Ref, Row, Value
from paizhu.base.view import View, Which
from paizhu.rules.calendar import Calendar
from paizhu.services.duties.recurring import next_base, on_working_day
from paizhu.services.office import Office
from paizhu.storage import header, queries
from paizhu.storage.vault import Vault
from tests.typed import WHOLE

DUTY = registers.register("duty_item")
D = date
MONTHLY = {"content": "报送月报", "subject": "驻局纪检监察组", "frequency": "每月", "due_date": "2026-03-25"}


@pytest.fixture
def monthly(office: Office) -> int:
    """A monthly report due on 25 March 2026, typed by the officer."""
    return office.records.save(DUTY, MONTHLY).records[0][1]


def every(office: Office, which: Which = Which.LIVE) -> list[Row]:
    """Return all duties by their day."""
    with office.vault.read() as connection:
        return list(queries.every(connection, View(DUTY.key, which=which).ordered("due_date")))


def days(office: Office, which: Which = Which.LIVE) -> list[object]:
    return [row.values["due_date"] for row in every(office, which)]


def finish(office: Office, record_id: int) -> None:
    """Bring an item to the step before its end and end it, as the officer does."""
    with office.vault.act("step", "示例") as act:
        act.change(DUTY, record_id, None, {"state": "checked", "check_result": "done"})
    rest = {name: words for name, words in WHOLE["duty_item"].items() if name != "frequency"}
    typed = {**rest, "owner": "示例甲", "done_at": office.desk.today.isoformat()}
    office.records.advance(DUTY, record_id, "done", typed)


@pytest.mark.parametrize(
    ("base", "months", "number", "expected"),
    [
        (D(2026, 1, 31), 1, 31, D(2026, 2, 28)),
        (D(2026, 2, 28), 1, 31, D(2026, 3, 31)),
        (D(2027, 12, 31), 2, 31, D(2028, 2, 29)),
        (D(2026, 12, 15), 1, 15, D(2027, 1, 15)),
        (D(2026, 6, 30), 6, 31, D(2026, 12, 31)),
        (D(2026, 4, 30), 12, 30, D(2027, 4, 30)),
    ],
)
def test_a_day_keeps_its_number_through_short_months(base: date, months: int, number: int, expected: date) -> None:
    assert next_base(base, months, number) == expected


def test_a_day_off_moves_before_or_after_as_the_item_says() -> None:
    calendar = Calendar()
    assert on_working_day(D(2026, 4, 25), None, calendar) == D(2026, 4, 24)
    assert on_working_day(D(2026, 4, 25), "next", calendar) == D(2026, 4, 27)
    # A Saturday worked in exchange is a working day.
    assert on_working_day(D(2026, 5, 9), None, calendar) == D(2026, 5, 9)


def test_finishing_one_makes_the_next_in_the_same_act(office: Office, monthly: int) -> None:
    finish(office, monthly)
    first, second = every(office)
    # 25 April 2026 is a Saturday.
    assert (second.values["due_date"], second.values["base_due"]) == (D(2026, 4, 24), D(2026, 4, 25))
    assert (second.values["content"], second.values["frequency"], second.state) == ("报送月报", "monthly", "drafted")
    assert second.no != first.no
    series = second.values["series"]
    assert isinstance(series, Ref)
    assert (series.register, series.id) == ("duty_item", first.id)
    newest = office.history.last_undoable()
    assert newest is not None
    office.history.undo(newest.id)
    assert [(row.id, row.state) for row in every(office)] == [(monthly, "checked")]


def test_a_passed_day_makes_the_next_one_once_whatever_the_clock_does(
    office: Office, monthly: int, vault_folder: Path, vault_template: tuple[Path, bytes]
) -> None:
    assert office.records.recurring.roll() is None, "its day is still to come"
    with clock.clock_at(datetime(2026, 3, 26, 8, 0)):
        change = office.records.recurring.roll()
        assert change is not None
        assert office.records.recurring.roll() is None
    assert days(office) == [D(2026, 3, 25), D(2026, 4, 24)]
    office.vault.close()
    again = Office(Vault.open_with(vault_folder, header.Header.load(vault_folder), vault_template[1]))
    with clock.clock_at(datetime(2026, 3, 27, 8, 0)):
        assert again.records.recurring.roll() is None
    with clock.clock_at(datetime(2028, 3, 26, 8, 0)):
        again.records.recurring.roll()
        assert again.records.recurring.roll() is None
    with clock.clock_at(datetime(2027, 6, 1, 8, 0)):
        assert again.records.recurring.roll() is None, "a clock set back makes nothing twice"
    found = [row.values["base_due"] for row in every(again)]
    assert found == [next_base(D(2026, 3, 25), months, 25) for months in range(26)]
    assert len({row.no for row in every(again)}) == len(found)
    calendar = again.desk.calendar
    assert all(calendar.is_working(day) for day in days(again) if isinstance(day, date))
    again.vault.close()


def test_finishing_late_makes_no_second_one(office: Office, monthly: int) -> None:
    with clock.clock_at(datetime(2026, 3, 26, 8, 0)):
        office.records.recurring.roll()
        finish(office, monthly)
    assert days(office) == [D(2026, 3, 25), D(2026, 4, 24)]


def test_taking_a_roll_back_leaves_it_back(office: Office, monthly: int) -> None:
    with clock.clock_at(datetime(2026, 3, 26, 8, 0)):
        change = office.records.recurring.roll()
        assert change is not None
        office.history.undo(change.entry)
        assert office.records.recurring.roll() is None
    assert days(office) == [D(2026, 3, 25)]
    with clock.clock_at(datetime(2026, 4, 27, 8, 0)):
        office.records.recurring.roll()
    assert days(office) == [D(2026, 3, 25), D(2026, 5, 25)]
    assert monthly


def test_only_this_one_is_changed(office: Office, monthly: int) -> None:
    typed = {"content": "报送月报（含专项附表）", "due_date": "2026-03-20"}
    office.records.save(DUTY, typed, monthly, scope="this")
    finish(office, monthly)
    first, second = every(office)
    assert first.values["content"] == "报送月报（含专项附表）"
    assert (second.values["content"], second.values["due_date"]) == ("报送月报", D(2026, 4, 24))


def test_a_change_for_all_later_ones_reaches_those_that_stand_and_those_to_come(office: Office, monthly: int) -> None:
    finish(office, monthly)
    second = every(office)[1]
    office.records.save(DUTY, {"content": "只这一次"}, second.id, scope="this")
    finish(office, second.id)
    third = every(office)[2]
    assert third.values["content"] == "报送月报"
    office.records.save(DUTY, {"content": "报送新月报", "due_date": "2026-05-15"}, third.id, scope="later")
    finish(office, third.id)
    fourth = every(office)[3]
    assert (fourth.values["content"], fourth.values["due_date"]) == ("报送新月报", D(2026, 6, 15))
    office.records.save(DUTY, {"content": "报送旬报", "due_date": "2026-04-10"}, second.id, scope="later")
    again = {row.id: row for row in every(office)}
    # What is finished stays as it was; what still stands follows.
    assert again[third.id].values["content"] == "报送新月报"
    assert (again[fourth.id].values["content"], again[fourth.id].values["base_due"]) == ("报送旬报", D(2026, 5, 10))


def test_a_change_is_one_act_and_undone_as_one(office: Office, monthly: int) -> None:
    finish(office, monthly)
    second = every(office)[1]
    change = office.records.save(DUTY, {"content": "只这一次"}, second.id, scope="this")
    office.history.undo(change.entry)
    finish(office, second.id)
    assert [row.values["content"] for row in every(office)] == ["报送月报"] * 3


def test_voiding_one_lets_the_series_go_on_voiding_all_ends_it(office: Office, monthly: int) -> None:
    finish(office, monthly)
    second = every(office)[1]
    office.records.void(DUTY, [second.id], "本月不报")
    with clock.clock_at(datetime(2026, 4, 27, 8, 0)):
        office.records.recurring.roll()
    assert days(office) == [D(2026, 3, 25), D(2026, 5, 25)]
    third = every(office)[1]
    change = office.records.void(DUTY, [third.id], "不再报送", later=True)
    with clock.clock_at(datetime(2027, 1, 4, 8, 0)):
        assert office.records.recurring.roll() is None
    office.history.undo(change.entry)
    with clock.clock_at(datetime(2026, 5, 26, 8, 0)):
        assert office.records.recurring.roll() is not None


def test_ending_a_series_voids_the_later_ones_that_stand(office: Office, monthly: int) -> None:
    with clock.clock_at(datetime(2026, 4, 27, 8, 0)):
        office.records.recurring.roll()
    assert len(every(office)) == 3
    office.records.void(DUTY, [every(office)[1].id], "不再报送", later=True)
    assert [row.id for row in every(office)] == [monthly]
    assert len(every(office, Which.ALL)) == 3


@pytest.mark.parametrize(
    ("typed", "repeats"),
    [
        ({"frequency": "每季", "due_date": "2026-03-31"}, True),
        ({"frequency": "每年", "due_date": "2026-12-31"}, True),
        # The item of a whole year has its periods within itself.
        ({"frequency": "每季", "due_date": "2026-12-26"}, None),
        ({"frequency": "每季", "due_date": "2026-12-26", "repeats": "是"}, True),
        ({"frequency": "每季", "due_date": "2026-03-31", "repeats": "否"}, False),
        ({"frequency": "一次", "due_date": "2026-03-31"}, None),
        ({"frequency": "适时"}, None),
    ],
)
def test_which_new_items_recur(office: Office, typed: dict[str, str], repeats: bool | None) -> None:
    made = office.records.save(DUTY, {"content": "示例", "subject": "局党组", **typed}).records[0][1]
    assert office.records.get(DUTY, made).values["repeats"] is repeats


def test_periods_under_an_item_take_the_place_of_further_items(office: Office) -> None:
    rows = {"period": [{"period": "一季度", "due": "2026-03-31"}]}
    typed = {"content": "示例", "subject": "局党组", "frequency": "每季", "due_date": "2026-06-30"}
    made = office.records.save(DUTY, typed, rows=rows).records[0][1]
    assert office.records.get(DUTY, made).values["repeats"] is None


def test_an_old_ledger_brings_no_flood(office: Office) -> None:
    with office.vault.act("import", "示例") as act:
        values: dict[str, Value] = {
            "content": "旧清单",
            "subject": Ref("局党组"),
            "frequency": "monthly",
            "due_date": D(2019, 1, 31),
        }
        act.create(DUTY, {**values, "state": "issued"}, source={"file": "旧.xlsx", "row": 3})
    assert office.records.recurring.roll() is None


def test_what_stands_in_the_copied_list_of_the_next_year_is_not_made_again(office: Office, monthly: int) -> None:
    office.records.save(DUTY, {**MONTHLY, "due_date": "2026-04-24", "repeats": "否"})
    finish(office, monthly)
    assert days(office) == [D(2026, 3, 25), D(2026, 4, 24)]


def test_an_item_issued_once_is_issued_for_all(office: Office) -> None:
    typed = {
        **WHOLE["duty_item"],
        **MONTHLY,
        "owner": "陈守正",
        "issue_doc": "示组〔2026〕1号",
        "issued_at": "2026-03-02",
        "signed_for": "周示例",
    }
    made = office.records.save(DUTY, typed).records[0][1]
    office.records.advance(DUTY, made, "issued")
    finish(office, made)
    assert (every(office)[1].state, every(office)[1].values["issue_doc"]) == ("issued", "示组〔2026〕1号")

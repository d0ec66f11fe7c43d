"""A record that leaves the list by what is done with it stays in hand, and a line says so and leads on."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.register import Register
from paizhu.services.facets import ALL, OVERDUE
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import SETTLE_MS
from paizhu.ui.register import list_standing, table_model
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage
from .used import stand_on

MEETING: Register = registers.register("meeting")
HELD = {"chair": "示例甲", "recorder": "示例乙", "expected": "6", "present": "6", "group_attendee": "示例丙"}
PLANNED = "stage:筹备"


def meetings(office: Office) -> list[int]:
    """Return three meetings that only wait to be held, oldest first."""
    typed = {"name": "示例党组会", "kind": "党组(党委)会", **HELD}
    return [
        office.records.save(MEETING, {**typed, "held_at": f"2026-03-1{day} 09:30"}).records[0][1] for day in range(3)
    ]


def narrowed(make_page: MakePage, office: Office) -> tuple[RegisterPage, list[int]]:
    """Return the page with only the planned meetings listed, standing on the middle one."""
    made = meetings(office)
    page = make_page(MEETING)
    page.side.narrowing.choose(PLANNED)
    assert page.side.list.model.total == 3
    stand_on(page, made[1])
    return page, made


def take_first_step(page: RegisterPage) -> None:
    """Press the step that lacks nothing, which takes the meeting out of the list."""
    way = next(way for way in page.side.detail.ways_on.all if not way.against)
    assert page.side.acts.take_step(way.step)
    # The list is read again in a turn of its own.
    assert page.side.list.isVisible()


def offers(page: RegisterPage) -> dict[str, QPushButton]:
    """Return the ways on that the line offers, by their words."""
    return {each.text(): each for each in page.side.left_view.strip.findChildren(QPushButton) if each.isVisible()}


def test_the_record_a_step_took_out_of_the_list_stays_in_hand(
    make_page: MakePage, office: Office, qtbot: QtBot
) -> None:
    page, made = narrowed(make_page, office)
    take_first_step(page)
    assert page.side.list.model.total == 2
    # Longer than the list waits before it shows what it stands on.
    qtbot.wait(3 * SETTLE_MS)
    assert page.side.detail.work.record_id == made[1]
    assert page.side.detail.work.row is not None
    assert page.side.detail.work.row.state == "held"
    strip = page.side.left_view.strip
    assert strip.isVisible()
    assert "拟召开" in strip.accessibleName()
    assert page.side.list.table.chosen_count() == 0
    # What is done next is done with the record in hand, not with the one that took its place.
    assert page.side.list.selected_ids() == [made[1]]


def test_the_line_leads_to_the_next_of_the_list(make_page: MakePage, office: Office) -> None:
    page, made = narrowed(make_page, office)
    take_first_step(page)
    offers(page)["看下一条"].click()
    assert page.side.detail.work.record_id == made[0]
    assert page.side.list.selected_ids() == [made[0]]
    assert page.side.left_view.strip.isHidden()


def test_the_line_leads_to_the_record_among_all(make_page: MakePage, office: Office) -> None:
    page, made = narrowed(make_page, office)
    take_first_step(page)
    offers(page)["在全部里看"].click()
    assert page.side.list.model.total == 3
    assert page.side.list.current_id() == made[1] == page.side.detail.work.record_id
    assert page.side.left_view.strip.isHidden()


def test_the_arrow_leads_onto_what_took_its_place(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    page, made = narrowed(make_page, office)
    take_first_step(page)
    table = page.side.list.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == made[0])
    assert page.side.list.selected_ids() == [made[0]]
    assert page.side.left_view.strip.isHidden()


def test_a_click_on_what_took_its_place_opens_it(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    page, made = narrowed(make_page, office)
    take_first_step(page)
    table = page.side.list.table
    place = page.side.list.model.place_of(made[0])
    middle = table.visualRect(page.side.list.model.index(place, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(middle))
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == made[0])


def test_undoing_brings_the_record_back_into_the_list(make_page: MakePage, office: Office) -> None:
    page, made = narrowed(make_page, office)
    take_first_step(page)
    page.run("record.undo")
    QApplication.processEvents()
    assert page.side.list.model.total == 3
    assert page.side.list.selected_ids() == [made[1]]
    assert page.side.detail.work.record_id == made[1]
    assert page.side.left_view.strip.isHidden()


def test_the_last_record_of_a_list_stays_too(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    page, made = narrowed(make_page, office)
    office.records.void(MEETING, [made[0], made[2]], "示例")
    page.side.narrowing.choose(PLANNED)
    stand_on(page, made[1])
    take_first_step(page)
    qtbot.wait(3 * SETTLE_MS)
    assert page.side.list.model.total == 0
    assert page.side.detail.work.record_id == made[1]
    assert list(offers(page)) == ["在全部里看"]


def test_a_voided_record_gives_way_to_its_neighbour(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    page, made = narrowed(make_page, office)
    page.run("record.void")
    page.side.list.ask.given.emit(["示例"])
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == made[0])
    assert page.side.left_view.strip.isHidden()


def test_the_way_back_leads_to_the_record_beside_its_list(make_page: MakePage, office: Office) -> None:
    page, made = narrowed(make_page, office)
    take_first_step(page)
    place = page.place()
    page.open_record(MEETING.key, made[2])
    page.return_to(place)
    page.rest.finish()
    assert page.side.narrowing.facet_key == PLANNED
    assert page.side.detail.work.record_id == made[1]
    assert page.side.left_view.strip.isVisible()


def late_meeting(office: Office) -> int:
    """Return a meeting whose minutes are long overdue."""
    typed = {"name": "示例局务会", "kind": "局长办公会", **HELD, "held_at": "2026-01-05 09:30"}
    late = office.records.save(MEETING, typed).records[0][1]
    office.records.advance(MEETING, late, "held", {})
    return late


def test_a_chip_made_of_single_records_follows_what_is_done(
    make_page: MakePage, office: Office, context: Context, qtbot: QtBot
) -> None:
    """已超期 knows its records by number: done with the last one, the list is empty and the record stays in hand."""
    late = late_meeting(office)
    page = make_page(MEETING)
    qtbot.waitUntil(lambda: any(facet.key == OVERDUE for facet in page.side.narrowing.facets))
    page.side.narrowing.choose(OVERDUE)
    stand_on(page, late)
    change = office.records.save(MEETING, {"minutes_received": "2026-03-05"}, late, page.side.detail.work.version)
    context.events.changed.emit(change)
    qtbot.waitUntil(lambda: page.side.list.model.total == 0)
    assert page.side.narrowing.facet_key == OVERDUE
    assert page.side.detail.work.record_id == late
    assert page.side.left_view.strip.isVisible()
    assert "已超期" in page.side.left_view.strip.accessibleName()


def leave_at_overdue(make_page: MakePage, qtbot: QtBot) -> None:
    """Leave the list of meetings where only the overdue ones show."""
    page = make_page(MEETING)
    qtbot.waitUntil(lambda: any(facet.key == OVERDUE for facet in page.side.narrowing.facets))
    page.side.narrowing.choose(OVERDUE)
    page.save_draft()


def test_a_list_left_at_such_a_chip_stands_so_the_next_time(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    late = late_meeting(office)
    meetings(office)
    leave_at_overdue(make_page, qtbot)
    again = make_page(MEETING)
    qtbot.waitUntil(lambda: again.side.list.model.total == 1)
    assert again.side.narrowing.facet_key == OVERDUE
    assert again.toolbar.chips.current() == OVERDUE
    qtbot.waitUntil(lambda: again.side.detail.work.record_id == late)
    assert again.side.left_view.strip.isHidden()


def test_a_chip_that_is_gone_the_next_time_leaves_all(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    late = late_meeting(office)
    meetings(office)
    leave_at_overdue(make_page, qtbot)
    office.records.save(MEETING, {"minutes_received": "2026-03-05"}, late, office.records.get(MEETING, late).version)
    again = make_page(MEETING)
    qtbot.waitUntil(lambda: again.side.narrowing.facet_key == ALL)
    assert again.side.list.model.total == 4
    assert again.toolbar.chips.current() == ALL


def test_a_record_that_moves_far_in_a_very_long_list_is_followed(
    make_page: MakePage, office: Office, context: Context, talks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There only what was read already is looked at; not being among it does not mean that the record left."""
    monkeypatch.setattr(list_standing, "FELT", 2)
    monkeypatch.setattr(table_model, "WINDOW", 2)
    page = make_page()
    stand_on(page, talks[4])
    version = page.side.detail.work.version
    change = office.records.save(
        registers.register("integrity_talk"), {"planned_date": "2026-01-05"}, talks[4], version
    )
    context.events.changed.emit(change)
    assert page.side.list.table.currentIndex().row() == 4
    assert page.side.list.selected_ids() == [talks[4]]
    assert page.side.left_view.strip.isHidden()

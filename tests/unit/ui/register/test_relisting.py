"""What is done with a record is seen at once in the record; the list beside it is read again in the next turn."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.context import Context
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.undoing import take_back

from .conftest import PEOPLE, TALK, MakePage
from .used import field, stand_on, type_into

UNIT = registers.register("unit")


@pytest.fixture
def page(make_page: MakePage, talks: list[int], qtbot: QtBot) -> RegisterPage:
    """The page of five talks, standing on the middle one with nothing left to come."""
    made = make_page(TALK)
    stand_on(made, talks[2])
    qtbot.waitUntil(lambda: not turns.waiting())
    return made


def listed(page: RegisterPage) -> list[str]:
    """Return the days the list shows now, from top to bottom; what is still to be read of it is not waited for."""
    model = page.side.list_now.model
    at = next(at for at, column in enumerate(model.columns) if column.key == "planned_date")
    return [model.full_words(line, at) for line in range(model.total)]


def plan(page: RegisterPage, day: str) -> None:
    """Type another day over the talk in hand and save it."""
    type_into(page, "planned_date", day)
    assert page.side.acts.save()


def arrived(qtbot: QtBot) -> None:
    """Wait until nothing is to come in a later turn."""
    qtbot.waitUntil(lambda: not turns.waiting())


def test_the_record_is_shown_with_the_act_and_the_list_in_the_next_turn(page: RegisterPage, qtbot: QtBot) -> None:
    before = listed(page)
    plan(page, "2026-03-28")
    assert not page.side.detail.form.is_changed()
    assert field(page, "planned_date").words() == "2026-03-28"
    assert listed(page) == before
    arrived(qtbot)
    assert listed(page)[0] == "2026-03-28"


def test_an_undo_is_shown_before_the_list_is_read_and_told_below_it(
    page: RegisterPage, context: Context, office: Office, qtbot: QtBot
) -> None:
    plan(page, "2026-03-28")
    arrived(qtbot)
    newest = office.history.last_undoable()
    assert newest is not None
    take_back(context, newest.id)
    assert field(page, "planned_date").words() == "2026-03-03"
    # The bar takes its room from the list, which would be painted for it and once more when it is read.
    bar = page.side.list_now.undo_bar
    assert not bar.isVisible()
    assert page.side.list_now.table.updatesEnabled()
    assert listed(page)[0] == "2026-03-28"
    arrived(qtbot)
    assert "2026-03-28" not in listed(page)
    assert bar.isVisible()


def test_a_key_in_between_finds_the_list_read(page: RegisterPage) -> None:
    plan(page, "2026-03-28")
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Tab)
    assert listed(page)[0] == "2026-03-28"


def test_whoever_asks_for_the_list_finds_it_read(page: RegisterPage, talks: list[int]) -> None:
    plan(page, "2026-03-28")
    assert page.side.list.current_id() == talks[2]
    assert listed(page)[0] == "2026-03-28"


def test_a_command_in_between_is_done_with_the_record_in_hand(page: RegisterPage, talks: list[int]) -> None:
    # The talk goes to the top of the list: in the line it stood in another one stands by then.
    plan(page, "2026-03-28")
    page.run("void")
    assert page.side.list_now.ask.isVisible()
    assert page.side.list_now.selected_ids() == [talks[2]]


def test_the_list_stands_on_a_new_record_as_soon_as_it_holds_it(page: RegisterPage, qtbot: QtBot) -> None:
    page.new_record()
    type_into(page, "subject", PEOPLE[0][0])
    type_into(page, "planned_date", "2026-03-20")
    type_into(page, "kind", "提醒")
    assert page.side.acts.save()
    made = page.side.detail.work.record_id
    assert len(listed(page)) == 5
    arrived(qtbot)
    assert len(listed(page)) == 6
    assert page.side.list_now.current_id() == made


def test_three_undos_in_a_row_take_back_three_acts_from_the_newest_on(
    page: RegisterPage, context: Context, office: Office, qtbot: QtBot
) -> None:
    for day in ("2026-03-26", "2026-03-27", "2026-03-28"):
        plan(page, day)
    told = []
    for _time in range(3):
        newest = office.history.last_undoable()
        assert newest is not None
        # No turn comes in between, as when the key is pressed faster than the window follows.
        take_back(context, newest.id)
        told.append(field(page, "planned_date").words())
    assert told == ["2026-03-27", "2026-03-26", "2026-03-03"]
    arrived(qtbot)
    assert "2026-03-03" in listed(page)
    assert len(listed(page)) == 5


def test_the_list_stays_where_it_was_scrolled_to(make_page: MakePage, office: Office, qtbot: QtBot) -> None:
    ids = [
        office.records.save(
            TALK, {"subject": "示例甲", "planned_date": f"2026-{month:02d}-{day:02d}", "kind": "提醒"}
        ).records[0][1]
        for month in range(1, 4)
        for day in range(1, 21)
    ]
    page = make_page(TALK)
    stand_on(page, ids[30])
    scroll = page.side.list.scroll_place()
    assert scroll > 0
    type_into(page, "place", "三楼")
    assert page.side.acts.save()
    arrived(qtbot)
    assert page.side.list_now.scroll_place() == scroll
    assert page.side.list_now.current_id() == ids[30]


def test_a_lock_in_between_reads_nothing_and_leaves_no_fault(page: RegisterPage, office: Office, qtbot: QtBot) -> None:
    before = listed(page)
    plan(page, "2026-03-28")
    office.vault.close()
    arrived(qtbot)
    assert listed(page) == before


def test_a_page_that_is_gone_by_then_is_not_looked_for(context: Context, office: Office, qtbot: QtBot) -> None:
    unit = office.records.save(UNIT, {"name": "示例一处"}).records[0][1]
    page = RegisterPage(context, (UNIT,))
    page.show()
    qtbot.waitExposed(page)
    stand_on(page, unit)
    type_into(page, "name", "示例二处")
    assert page.side.acts.save()
    # As a desk is left.
    context.tasks.close()
    delete(page)
    arrived(qtbot)
    assert office.records.get(UNIT, unit).values["name"] == "示例二处"


def test_what_was_written_while_the_page_lay_behind_is_in_its_list_when_it_comes(
    context: Context, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    page, other = RegisterPage(context, (TALK,)), QWidget()
    pages.addWidget(page)
    pages.addWidget(other)
    pages.show()
    qtbot.waitExposed(pages)
    assert len(listed(page)) == 5
    pages.setCurrentWidget(other)
    context.events.changed.emit(office.records.void(TALK, [talks[0]], "重复登记"))
    arrived(qtbot)
    assert len(listed(page)) == 5
    # Before a lock every page is asked where it stands: none reads for that what was written, or locking is felt.
    assert page.place().register == TALK.key
    assert len(listed(page)) == 5
    pages.setCurrentWidget(page)
    arrived(qtbot)
    assert len(listed(page)) == 4
    # What was begun beside the window ends before the pages go.
    qtbot.waitUntil(lambda: not (context.tasks.busy or turns.waiting()))

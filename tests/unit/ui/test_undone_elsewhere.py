"""An act is taken back from another page: whoever comes back finds before him what the list shows, not what is gone."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.matters.handing_on import HandingOn
from paizhu.ui.main_window import MainWindow
from paizhu.ui.overviews.course import CourseOverview
from paizhu.ui.register.matters_page import MattersPage
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS, Tab, tab_of
from tests.unit.ui.windows import act, desk_of, office_of, page_at, settle

TYPED = {
    "integrity_talk": {"subject": "示例{}", "planned_date": "2026-03-0{}"},
    "petition": {"received_at": "2026-03-0{}", "summary": "示例事由{}"},
    "lead": {"received_at": "2026-03-0{}", "subject": "示例{}", "summary": "示例事由"},
}
LEAD = registers.register("lead")


@pytest.fixture
def tabs() -> tuple[Tab, ...]:
    """The tabs as they are."""
    return TABS


def saved(window: MainWindow, key: str, at: int) -> int:
    typed = {name: words.format(at) for name, words in TYPED[key].items()}
    change = office_of(window).records.save(registers.register(key), typed)
    desk_of(window).context.events.changed.emit(change)
    return change.records[0][1]


def standing_on(qtbot: QtBot, window: MainWindow, key: str, record_id: int) -> RegisterPage:
    tab = tab_of(key)
    assert tab is not None
    page = page_at(window, tab.key, RegisterPage)
    settle(qtbot, window)
    page.open_record(key, record_id)
    settle(qtbot, window)
    assert page.side.detail.work.record_id == record_id
    return page


def taken_back_on_today(qtbot: QtBot, window: MainWindow, action: str = "act.undo") -> None:
    before = desk_of(window).pages.current_key
    desk_of(window).show_tab("today")
    settle(qtbot, window)
    act(window, action)
    settle(qtbot, window)
    desk_of(window).show_tab(before)
    settle(qtbot, window)


@pytest.mark.parametrize("key", TYPED)
def test_its_neighbour_stands_there_and_then_nothing(window: MainWindow, qtbot: QtBot, key: str) -> None:
    first, second = (saved(window, key, at) for at in (1, 2))
    page = standing_on(qtbot, window, key, second)
    taken_back_on_today(qtbot, window)
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == first)
    taken_back_on_today(qtbot, window)
    qtbot.waitUntil(lambda: not page.side.detail.has_record)


@pytest.mark.parametrize("key", ["integrity_talk", "petition"])
def test_what_was_taken_back_is_not_offered_to_be_taken_back_again(window: MainWindow, qtbot: QtBot, key: str) -> None:
    made = saved(window, key, 1)
    page = standing_on(qtbot, window, key, made)
    entry = office_of(window).history.last_undoable()
    assert entry is not None
    desk_of(window).context.events.said.emit("已登记", entry.id)
    bar = page.across.undo_bar if isinstance(page, MattersPage) else page.side.list_now.undo_bar
    assert bar.isVisible()
    taken_back_on_today(qtbot, window)
    assert bar.isHidden()


def test_of_a_matter_what_is_left_of_it_stands_there(window: MainWindow, qtbot: QtBot) -> None:
    saved(window, "lead", 1)
    lead = saved(window, "lead", 2)
    office = office_of(window)
    with office.vault.act("save", "补录") as written:
        written.change(LEAD, lead, None, {"state": "filing"})
    change = HandingOn(office.desk).case_from_lead(lead, "2026-03-10")
    desk_of(window).context.events.changed.emit(change)
    page = standing_on(qtbot, window, "case", change.records[0][1])
    taken_back_on_today(qtbot, window)
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == lead)
    assert page.side.register is LEAD


def test_the_lead_a_case_was_made_of_stands_there_and_the_case_when_it_is_done_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    lead = saved(window, "lead", 1)
    with office_of(window).vault.act("save", "补录") as written:
        written.change(LEAD, lead, None, {"state": "filing"})
    page = standing_on(qtbot, window, "lead", lead)
    assert isinstance(page, MattersPage)
    page.toolbar.switcher._choose("lead")
    settle(qtbot, window)
    page.side.detail.ways_on.press_primary()
    overview = page.side.detail.overview
    assert isinstance(overview, CourseOverview)
    overview.ask.findChildren(QLineEdit)[0].returnPressed.emit()
    settle(qtbot, window)
    (case,) = office_of(window).records.ids(View("case"))
    assert (page.side.register.key, page.side.detail.work.record_id) == ("case", case)
    taken_back_on_today(qtbot, window)
    qtbot.waitUntil(lambda: (page.side.register.key, page.side.detail.work.record_id) == ("lead", lead))
    taken_back_on_today(qtbot, window, "act.redo")
    qtbot.waitUntil(lambda: (page.side.register.key, page.side.detail.work.record_id) == ("case", case))


def test_the_way_back_does_not_lead_to_what_was_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    first, second = (saved(window, "petition", at) for at in (1, 2))
    page = standing_on(qtbot, window, "petition", second)
    place = page.place()
    taken_back_on_today(qtbot, window)
    page.return_to(place)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == first)

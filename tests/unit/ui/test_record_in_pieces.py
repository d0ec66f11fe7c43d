"""A record that comes with its page comes in pieces: what happens between them never leaves it half shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu.registers import register
from paizhu.services.office import Office
from paizhu.ui.main_window import MainWindow
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.detail_stack import FORM, OVERVIEW
from paizhu.ui.register.page import RegisterPage
from tests.conftest import PASSWORD
from tests.unit.ui.windows import desk_of, office_of, settle

pytestmark = [pytest.mark.real_pages, pytest.mark.usefixtures("a_turn_each")]

PERSON = register("person")


@pytest.fixture
def people(window: MainWindow) -> list[int]:
    """Two persons, the first of whom stood in the form before another page came to the front."""
    records = office_of(window).records
    return [records.save(PERSON, {"name": name}).records[0][1] for name in ("示例甲", "示例乙")]


@pytest.fixture
def pane(window: MainWindow, people: list[int], qtbot: QtBot) -> DetailPane:
    """Where they stand: the form of the first, while the page of talks is in front."""
    desk = desk_of(window)
    desk.open_record("person", people[0])
    settle(qtbot, window)
    page = desk.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    page.side.detail.header.tabs.setCurrentIndex(FORM)
    desk.show_tab("talks")
    settle(qtbot, window)
    return page.side.detail


def half_shown(window: MainWindow, pane: DetailPane, record_id: int) -> None:
    """Open a record and stop between two of its pieces: it is read, and the head still tells of the other."""
    desk = desk_of(window)
    desk.open_record("person", record_id)
    pieces = desk.pages._arriving._pieces
    assert pieces is not None
    while pane.work.record_id != record_id:
        next(pieces)
    assert title(pane) == "示例甲"


def title(pane: DetailPane) -> str:
    return pane.header._title.words()


def test_it_is_seen_whole(window: MainWindow, pane: DetailPane, people: list[int], qtbot: QtBot) -> None:
    half_shown(window, pane, people[1])
    assert not window.updatesEnabled()
    qtbot.waitUntil(window.updatesEnabled)
    assert title(pane) == "示例乙"
    assert pane.stack.currentIndex() == OVERVIEW
    assert pane.ways_on.all == []


def test_a_key_finds_it_whole(window: MainWindow, pane: DetailPane, people: list[int]) -> None:
    half_shown(window, pane, people[1])
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F2)
    assert title(pane) == "示例乙"
    assert pane.form.is_open
    assert pane.form.row is not None
    assert pane.form.row.id == people[1]


def test_what_is_written_to_it_meanwhile_is_shown(
    window: MainWindow, pane: DetailPane, people: list[int], qtbot: QtBot
) -> None:
    half_shown(window, pane, people[1])
    office: Office = office_of(window)
    change = office.records.save(PERSON, {"name": "示例丙"}, people[1])
    desk_of(window).context.events.changed.emit(change)
    settle(qtbot, window)
    assert title(pane) == "示例丙"
    assert pane.form.row is not None
    assert pane.form.row.values["name"] == "示例丙"


def test_after_a_lock_it_stands_there_whole(
    window: MainWindow, pane: DetailPane, people: list[int], qtbot: QtBot
) -> None:
    half_shown(window, pane, people[1])
    window.lock()
    settle(qtbot, window)
    window.lock_page.password.field.setText(PASSWORD)
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        window.lock_page.try_password()
    settle(qtbot, window)
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, RegisterPage)
    assert page.side.detail.work.record_id == people[1]
    assert title(page.side.detail) == "示例乙"

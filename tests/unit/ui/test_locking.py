"""Locking at once, whatever is at work or on its way: nothing waits, and nothing goes on against a closed vault."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from paizhu.base.progress import Progress
from paizhu.registers import register
from paizhu.services.session import Session
from paizhu.ui.held import paint_whole
from paizhu.ui.main_window import MainWindow
from paizhu.ui.tabs import TABS
from paizhu.ui.theme import Theme
from tests.conftest import PASSWORD
from tests.unit.ui.windows import desk_of, office_of, settle

pytestmark = pytest.mark.real_pages

LONG_MS = 3_600_000


class Unstoppable:
    """Work that hears of nothing before somebody lets it go, as the reading of a large workbook."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self.begun = threading.Event()
        self.ended = False

    def __call__(self, _progress: object) -> None:
        self.begun.set()
        assert self._free.wait(20)
        self.ended = True

    def let_go(self) -> None:
        self._free.set()

    def let_go_soon(self) -> None:
        threading.Timer(0.2, self._free.set).start()


@pytest.fixture
def work(window: MainWindow) -> Iterator[Unstoppable]:
    """Work that runs in the desk."""
    made = Unstoppable()
    desk_of(window).context.tasks.run(made, lambda _nothing: None)
    assert made.begun.wait(5)
    yield made
    made.let_go()


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() is QEvent.Type.Paint
        return False


def type_password(window: MainWindow) -> None:
    window.lock_page.password.field.setText(PASSWORD)
    window.lock_page.unlock.click()


def test_no_timer_of_any_page_goes_on_once_the_desk_is_locked(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    for key in desk.pages.known():
        desk.show_tab(key)
        settle(qtbot, window)
    timers = desk.findChildren(QTimer)
    assert len(timers) > 20
    for timer in timers:
        timer.start(LONG_MS)
    window.lock()
    # The desk is still there, and is taken apart in turns to come.
    assert isValid(desk)
    assert [type(timer.parent()).__name__ for timer in timers if isValid(timer) and timer.isActive()] == []


def test_the_locked_page_is_painted_at_once_though_a_page_was_just_coming(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitExposed(window)
    paint_whole(desk_of(window))
    assert not window.updatesEnabled()
    seen = Painted()
    window.lock_page.installEventFilter(seen)
    window.lock()
    assert window.lock_page.isVisible()
    assert seen.times


def test_the_locked_page_is_laid_out_before_it_is_painted(qtbot: QtBot, window: MainWindow, look: Theme) -> None:
    window.lock()
    settle(qtbot, window)
    window.session.unlock(PASSWORD)
    window.open_desk()
    settle(qtbot, window)
    look.set_points(16.0)
    window.lock()
    at_once = [each.geometry() for each in window.lock_page.findChildren(QWidget) if each.isVisible()]
    settle(qtbot, window)
    qtbot.wait(1)
    assert at_once == [each.geometry() for each in window.lock_page.findChildren(QWidget) if each.isVisible()]


def test_the_lock_does_not_wait_for_work_that_cannot_be_stopped(
    qtbot: QtBot, window: MainWindow, work: Unstoppable
) -> None:
    vault, desk = office_of(window).vault, desk_of(window)
    window.lock()
    assert not work.ended
    assert window.lock_page.isVisible()
    assert not desk.isVisible()
    # What reads is not robbed of the vault under its hands; what was put off for the desk finds it there.
    assert not vault.closed
    work.let_go()
    qtbot.waitUntil(lambda: vault.closed)
    assert window.session.office is None
    qtbot.waitUntil(lambda: not isValid(desk))


def test_whoever_unlocks_before_the_work_has_ended_finds_the_desk_all_the_same(
    qtbot: QtBot, window: MainWindow, work: Unstoppable
) -> None:
    vault = office_of(window).vault
    window.lock()
    work.let_go_soon()
    with qtbot.waitSignal(window.unlocked):
        type_password(window)
        assert vault.closed
    settle(qtbot, window)
    assert office_of(window).vault is not vault
    desk_of(window).show_tab("talks")


def test_whoever_has_lost_the_password_finds_the_vault_shut(
    qtbot: QtBot, window: MainWindow, work: Unstoppable
) -> None:
    vault = office_of(window).vault
    window.lock()
    work.let_go_soon()
    window.lock_page.forgot.click()
    assert vault.closed
    settle(qtbot, window)


@pytest.mark.parametrize("way", ["close", "another vault"])
def test_whoever_goes_on_before_the_work_has_ended_finds_the_vault_shut(
    qtbot: QtBot, window: MainWindow, session: Session, work: Unstoppable, way: str
) -> None:
    vault = office_of(window).vault
    window.lock()
    work.let_go_soon()
    if way == "close":
        window.close()
    else:
        window.lock_page.other.click()
    assert vault.closed
    assert session.office is None
    settle(qtbot, window)


def test_locked_again_before_the_last_desk_was_taken_apart(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    desks = []
    for _ in range(3):
        desk = desk_of(window)
        desks.append(desk)
        for tab in TABS:
            desk.show_tab(tab.key)
        window.lock()
        window._last_work.finish()
        session.unlock(PASSWORD)
        window.open_desk()
    desk_of(window).show_tab("talks")
    qtbot.waitUntil(lambda: not any(map(isValid, desks)))
    assert isValid(desk_of(window))
    settle(qtbot, window)


def test_closing_covers_the_window_before_it_waits_for_work(
    qtbot: QtBot, window: MainWindow, work: Unstoppable
) -> None:
    vault, desk = office_of(window).vault, desk_of(window)
    window.close()
    assert not work.ended
    assert window.lock_page.isVisible()
    assert not desk.isVisible()
    assert not vault.closed
    with qtbot.waitSignal(window.closing, timeout=20_000):
        work.let_go()
    assert vault.closed
    assert not isValid(desk)


def test_closing_begins_with_the_vault_when_nothing_of_the_desk_is_left(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, session, left = desk_of(window), window.session, list[bool]()
    close = session.close

    def noted(progress: Progress) -> None:
        left.append(isValid(desk))
        close(progress)

    monkeypatch.setattr(session, "close", noted)
    with qtbot.waitSignal(window.closing, timeout=20_000):
        window.close()
    assert left == [False]


@pytest.mark.parametrize("way", ["close", "restore", "remove_sample"])
def test_the_window_is_painted_covered_before_anything_of_the_desk_goes(
    qtbot: QtBot, window: MainWindow, work: Unstoppable, way: str
) -> None:
    qtbot.waitExposed(window)
    desk, seen = desk_of(window), Painted()
    backup = office_of(window).backups.make().first
    window.lock_page.installEventFilter(seen)
    ways = {"close": window.close, "restore": lambda: window.restore(backup), "remove_sample": window.remove_sample}
    ways[way]()
    assert seen.times
    assert isValid(desk)
    assert not window.lock_page.other.isEnabled()
    assert not window.lock_page.unlock.isEnabled()
    work.let_go()
    qtbot.waitUntil(lambda: not window.leaving.under_way, timeout=20_000)
    assert window.lock_page.other.isEnabled()
    settle(qtbot, window)


def test_closed_while_a_backup_is_put_back_it_closes_when_that_is_done(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    office = office_of(window)
    backup = office.backups.make().first
    office.records.save(register("unit"), {"name": "示例单位"})
    with qtbot.waitSignal(window.closing, timeout=20_000):
        window.restore(backup)
        window.close()
        assert window.isVisible()
    assert not window.isVisible()
    again = session.unlock(PASSWORD)
    assert again.records.count(again.records.default_view(register("unit"))) == 0
    session.lock()


def test_closed_while_a_backup_cannot_be_put_back_it_stays_and_says_so(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    office = office_of(window)
    backup = office.backups.make().first
    (backup.folder / "vault.db").write_bytes(b"")
    window.restore(backup)
    window.close()
    # Not merely at rest: between the work and the turn in which the desk comes, nothing waits for a moment.
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    settle(qtbot, window)
    assert window.isVisible()
    assert desk_of(window).strips.isVisible()


def test_pressed_twice_it_closes_once_and_with_its_backup(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    office.records.save(register("unit"), {"name": "示例单位"})
    with qtbot.waitSignal(window.closing, timeout=20_000):
        window.close()
        window.close()
    assert len(list(office.backups.own_place.glob("*.paizhu-backup"))) == 1

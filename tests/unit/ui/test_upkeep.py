"""What the open desk does by itself: red flags are computed anew when the officer pauses."""

import errno
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.storage import backup_place
from paizhu.storage.backup_place import Reason
from paizhu.ui import theme, upkeep
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.tasks import Task, Tasks
from paizhu.ui.upkeep import Upkeep

REVIEW = registers.register("review_item")
FINDING = registers.register("finding")


def test_flags_of_the_list_follow_what_was_written(
    office: Office, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_QUIET_MS", 1)
    events, parent = Events(), QObject()
    keeper = Upkeep(Context(office, events, Tasks(), theme.install(qapp)), parent)
    typed = {"title": "示例采购", "submitted_at": "3.16 9:00", "planned_meeting_at": "3.17 9:00"}
    item = office.records.save(REVIEW, typed).records[0][1]
    assert office.records.get(REVIEW, item).values["flags"] is None
    with qtbot.waitSignal(events.changed, timeout=10_000):
        keeper.look_at_flags()
    assert "RF-P1" in str(office.records.get(REVIEW, item).values["flags"])


def test_the_badge_counts_what_is_overdue_and_follows_what_is_written(
    office: Office, qapp: QApplication, qtbot: QtBot
) -> None:
    events, parent = Events(), QObject()
    context = Context(office, events, Tasks(), theme.install(qapp))
    keeper = Upkeep(context, parent, [FINDING.key])
    late = {"problem": "示例问题", "assigned_at": "2026-02-01", "due": "2026-03-02", "found_at": "2026-01-30"}
    for day in ("2026-03-02", "2026-03-03", "2026-04-30"):
        office.records.save(FINDING, {**late, "problem": f"问题{day}", "due": day})
    with office.vault.act("save", "已交办") as act:
        for record_id in (1, 2, 3):
            act.change(FINDING, record_id, None, {"state": "rectifying"})
    with qtbot.waitSignal(keeper.overdue_known, timeout=10_000) as counted:
        keeper.count_overdue()
    assert counted.args == [FINDING.key, 2]
    change = office.records.save(FINDING, {"reported_at": "2026-03-01"}, 1)
    with qtbot.waitSignal(keeper.overdue_known, timeout=10_000) as counted:
        events.changed.emit(change)
    assert counted.args == [FINDING.key, 1]


def test_the_newest_backup_is_told_when_a_change_made_one_first(
    office: Office, qapp: QApplication, qtbot: QtBot
) -> None:
    events, parent = Events(), QObject()
    keeper = Upkeep(Context(office, events, Tasks(), theme.install(qapp)), parent)
    with qtbot.waitSignal(keeper.newest_known, timeout=10_000) as told:
        keeper.look_at_backups()
    assert told.args == [None]
    made = office.backups.before_mass_change(reason=Reason.IMPORT)
    with qtbot.waitSignal(keeper.newest_known, timeout=10_000) as told:
        events.changed.emit(office.records.save(FINDING, {"problem": "示例问题"}))
    assert told.args == [made.first.made]
    with qtbot.assertNotEmitted(keeper.newest_known, wait=200):
        events.changed.emit(office.records.save(FINDING, {"problem": "另一个问题"}))


def test_a_second_place_that_takes_nothing_is_told_of_once_and_one_that_is_away_never(
    office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, told = QObject(), list[object]()
    keeper = Upkeep(Context(office, Events(), Tasks(), theme.install(qapp)), parent)
    keeper.backup_refused.connect(told.append)
    stick = tmp_path / "盘"
    office.desk.set_setting("second_backup", str(stick))

    def wait_for_a_backup() -> None:
        made, later = office.backups.made, clock.now() + timedelta(minutes=31)
        with office.vault.act("security", "写一笔", always=True):
            pass
        monkeypatch.setattr(clock, "now", lambda: later)
        keeper.back_up_when_due()
        qtbot.waitUntil(lambda: office.backups.made > made and not keeper._context.tasks.busy)

    wait_for_a_backup()
    assert told == []
    stick.mkdir()
    # There, but write-protected.
    monkeypatch.setattr(backup_place, "clear_leftovers", refuse_second(stick))
    wait_for_a_backup()
    wait_for_a_backup()
    assert len(told) == 1
    assert "没有写进备份盘" in str(told[0])


def refuse_second(stick: Path) -> Callable[[Path], None]:
    def refuse(place: Path) -> None:
        if place == stick:
            raise OSError(errno.EROFS, "read-only")

    return refuse


def test_a_place_that_is_slow_to_answer_never_holds_the_window_up(
    office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network drive that went to sleep takes seconds to say what lies on it; the window must not wait for it."""
    parent, asked = QObject(), set[int]()
    keeper = Upkeep(Context(office, Events(), Tasks(), theme.install(qapp)), parent)
    office.desk.set_setting("second_backup", str(tmp_path / "慢盘"))
    assert office.backups.made == 0
    with office.vault.act("security", "写一笔", always=True):
        pass
    folders = backup_place._folders

    def slow(place: Path) -> Iterator[Path]:
        asked.add(threading.get_ident())
        return folders(place)

    monkeypatch.setattr(backup_place, "_folders", slow)
    with clock.clock_at(clock.now() + timedelta(minutes=31)):
        keeper.back_up_when_due()
        qtbot.waitUntil(lambda: office.backups.made == 1 and not keeper._context.tasks.busy)
    assert asked
    assert threading.get_ident() not in asked


def test_a_backup_stopped_by_hand_says_that_nothing_half_made_was_left(
    office: Office, qapp: QApplication, qtbot: QtBot
) -> None:
    parent = QObject()
    keeper = Upkeep(Context(office, Events(), Tasks(), theme.install(qapp)), parent)
    started: list[Task] = []
    keeper._context.tasks.started.connect(started.append)
    with qtbot.waitSignal(keeper.said, timeout=10_000) as said, qtbot.assertNotEmitted(keeper.backup_refused):
        keeper.back_up()
        started[0].cancel()
    assert "没有留下半份" in said.args[0]
    assert office.backups.list() == []
    assert not list(office.backups.own_place.glob(".*"))

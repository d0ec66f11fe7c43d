"""Backups that are damaged, as the officer meets them: told of, made up for, and another one in one click."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from paizhu.base import clock
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.storage.backup_place import Backup
from paizhu.ui import another_backup, backup_strips
from paizhu.ui.kit.roles import MarkRole
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.backup import BackupPage
from paizhu.ui.tasks import Tasks
from paizhu.ui.wizards.first_run import FirstRun
from tests.conftest import PASSWORD
from tests.unit.ui.windows import desk_of, settle


def spoil(made: Backup) -> None:
    path = made.folder / "vault.db"
    raw = bytearray(path.read_bytes())
    raw[4096 * 3 + 77] ^= 1
    path.write_bytes(raw)


def two_backups(office: Office) -> tuple[Backup, Backup]:
    """An older and a newer one, with something written before each."""
    made = []
    for hours in (-30, -1):
        with clock.clock_at(clock.now() + timedelta(hours=hours)):
            with office.vault.act("security", "写一笔", always=True):
                pass
            made.append(office.backups.make().first)
    return made[0], made[1]


def office_of(session: Session) -> Office:
    assert session.office is not None
    return session.office


def page_of(qtbot: QtBot, window: MainWindow) -> BackupPage:
    desk_of(window).status.backup_asked.emit()
    settle(qtbot, window)
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, BackupPage)
    return page


def states(page: BackupPage) -> list[str]:
    model = page.model
    column = [each.key for each in model.columns].index("state")
    return [model.index(row, column).data(MarkRole).words for row in range(model.rowCount())]


def button(window: MainWindow, words: str) -> QAbstractButton:
    found = [each for each in desk_of(window).strips.findChildren(QAbstractButton) if each.text() == words]
    assert found, words
    return found[0]


def test_the_page_finds_a_backup_that_was_damaged_since_and_the_status_bar_follows(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    office = office_of(session)
    older, newer = two_backups(office)
    desk_of(window).upkeep.look_at_backups()
    settle(qtbot, window)
    assert desk_of(window).status.words("backup").endswith(f"{newer.made:%H:%M}")
    spoil(newer)
    page = page_of(qtbot, window)
    qtbot.waitUntil(lambda: states(page) == ["已损坏", "已核验"])
    assert "发现损坏，不再算数" in page.model.index(0, 3).data(Qt.ItemDataRole.DisplayRole)
    assert desk_of(window).status.words("backup").endswith(f"{older.made:%H:%M}")
    assert "的备份已损坏，不再算数" in desk_of(window).strips.words(backup_strips.UNSOUND)
    # What was written since the older one is made up for with one press.
    button(window, "现在备份").click()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: states(page) == ["已核验", "已损坏", "已核验"])
    assert backup_strips.UNSOUND not in desk_of(window).strips.names()


def test_the_newest_is_looked_at_by_itself_some_time_after_the_start(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    _older, newer = two_backups(office_of(session))
    spoil(newer)
    with qtbot.waitSignal(desk_of(window).upkeep.unsound_known):
        desk_of(window).upkeep.care.look_at_newest()
    assert backup_strips.UNSOUND in desk_of(window).strips.names()


def test_old_proofs_are_renewed_while_nothing_else_goes_on(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    office = office_of(session)
    with clock.clock_at(clock.now() - timedelta(days=40)):
        office.backups.make()
    with qtbot.assertNotEmitted(desk_of(window).upkeep.care.damaged):
        desk_of(window).upkeep.care.prove_oldest()
        qtbot.waitUntil(lambda: office.backups.list()[0].proven == clock.now())


def test_a_restore_that_meets_damage_names_another_and_leads_there(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    office = office_of(session)
    older, newer = two_backups(office)
    page = page_of(qtbot, window)
    qtbot.waitUntil(lambda: not page._looking)
    settle(qtbot, window)
    page.table.go_to(0)
    spoil(newer)
    page.restore.click()
    settle(qtbot, window)
    page.question.acted.emit("restore")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: desk_of(window).another.found is not None)
    words = desk_of(window).strips.words(another_backup.NAME)
    assert "没有通过核验：数据文件第 4 页校验不符" in words
    assert words.startswith("没有恢复，这份备份已损坏")
    assert "（本机），刚重新核对过" in words
    button(window, f"改用 昨天 {older.made:%H:%M} 的一份").click()
    settle(qtbot, window)
    page = page_of(qtbot, window)
    qtbot.waitUntil(lambda: not page.question.isHidden())
    chosen = page.chosen()
    assert chosen is not None
    assert chosen.folder == older.folder
    page.question.acted.emit("restore")
    settle(qtbot, window)
    assert older.folder.name in office_of(session).history.entries(1)[0].label


def test_the_page_offers_another_in_place_of_one_known_to_be_damaged(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    older, newer = two_backups(office_of(session))
    spoil(newer)
    page = page_of(qtbot, window)
    qtbot.waitUntil(lambda: states(page) == ["已损坏", "已核验"])
    settle(qtbot, window)
    page.table.go_to(0)
    page.restore.click()
    settle(qtbot, window)
    assert "这一份已损坏，不能恢复" in page.question.accessibleName()
    page.question.acted.emit("another")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "恢复到" in page.question.accessibleName())
    chosen = page.chosen()
    assert chosen is not None
    assert chosen.folder == older.folder


@pytest.fixture
def tasks() -> Tasks:
    return Tasks()


def test_on_a_bare_machine_the_next_backup_is_chosen_in_place_of_a_damaged_one(
    qtbot: QtBot, office: Office, tasks: Tasks, tmp_path: Path
) -> None:
    older, newer = two_backups(office)
    folder = office.vault.folder
    office.vault.close()
    spoil(newer)
    wizard = FirstRun(Session(Machine()), tasks)
    qtbot.addWidget(wizard)
    step = wizard.restoring
    (tmp_path / "回来").mkdir()
    step.set_target(tmp_path / "回来")
    step.look_into(folder)
    qtbot.waitUntil(lambda: step.which.count() == 2)
    step.password.field.setText(PASSWORD)
    step.go.click()
    qtbot.waitUntil(lambda: step.which.currentIndex() == 1)
    assert "没有通过核验" in step.words.text()
    assert f"已改选 {older.made:%Y-%m-%d %H:%M} 的一份，再按“恢复”即可" in step.words.text()
    assert "已损坏" in step.which.itemText(0)
    with qtbot.waitSignal(step.restored):
        step.go.click()
    tasks.close()

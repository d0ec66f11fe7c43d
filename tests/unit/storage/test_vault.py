"""The vault: opened and closed, kept things, one writer, and going back without issuing a number twice."""

import os
import shutil
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import PaizhuError, VaultBusyError, VaultDamagedError, WrongPasswordError
from paizhu.services.office import Office
from paizhu.storage import backup, restore
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.vault import DATABASE, Vault
from tests.conftest import PASSWORD

TALK = registers.register("integrity_talk")
TYPED = {"subject": "示例甲", "planned_date": "2026-03-05"}


def saved(vault: Vault) -> str:
    office = Office(vault)
    record_id = office.records.save(TALK, TYPED).records[0][1]
    return office.records.get(TALK, record_id).no


def test_a_new_vault_opens_with_its_password_and_its_recovery_code(tmp_path: Path) -> None:
    folder = tmp_path / "新库.paizhu"
    vault, code = Vault.create(folder, PASSWORD, {"officer": "陈守正"})
    assert vault.actor == "陈守正"
    saved(vault)
    vault.close()
    opened = Vault.open(folder, PASSWORD)
    assert (opened.actor, opened.last_entry()[0]) == ("陈守正", 1)
    assert opened.header.unlock_recovery(code) == opened.data_key
    opened.close()


def test_a_vault_that_could_not_be_made_leaves_no_half_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "新库.paizhu"
    monkeypatch.setattr("paizhu.base.paths.migrations", lambda: tmp_path / "没有这个文件夹")
    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever it is, nothing may be left
        Vault.create(folder, PASSWORD, {})
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a path may be long")
def test_a_vault_whose_backups_would_lie_too_deep_is_refused_before_it_is_made(tmp_path: Path) -> None:
    folder = tmp_path
    while len(os.fsencode(folder)) < 390:
        folder /= "很长的文件夹名" * 3
    vault, _code = Vault.create(folder / "库.paizhu", PASSWORD, {})
    made = backup.make(vault.folder, vault.data_key)
    assert made.proven is not None
    vault.close()
    deeper = folder / ("再深一层" * 5)
    with pytest.raises(NotWrittenError, match="路径太长"):
        Vault.create(deeper / "库.paizhu", PASSWORD, {})
    assert not deeper.exists()
    # One that came there by itself opens; why it takes no backup is said.
    deeper.mkdir()
    moved = Vault.open((folder / "库.paizhu").rename(deeper / "库.paizhu"), PASSWORD)
    with pytest.raises(NotWrittenError, match="路径太长"):
        backup.make(moved.folder, moved.data_key)
    moved.close()


def test_a_wrong_password_is_refused_and_changes_nothing(vault_folder: Path) -> None:
    before = (vault_folder / DATABASE).read_bytes()
    with pytest.raises(WrongPasswordError):
        Vault.open(vault_folder, "不对的口令")
    assert (vault_folder / DATABASE).read_bytes() == before
    Vault.open(vault_folder, PASSWORD).close()


def test_the_database_is_unreadable_without_the_key(vault: Vault) -> None:
    vault.close()
    connection = sqlite3.connect(vault.folder / DATABASE)
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()


def test_a_second_window_is_told_who_holds_the_vault(vault: Vault) -> None:
    with pytest.raises(VaultBusyError, match="正由本机的另一个窗口使用"):
        Vault.open_with(vault.folder, vault.header, vault.data_key)
    saved(vault)


def test_a_closed_vault_lets_go_and_answers_nothing_more(vault: Vault) -> None:
    vault.close()
    vault.close()
    with pytest.raises(PaizhuError, match="已锁定"), vault.read():
        pass
    with pytest.raises(PaizhuError, match="已锁定"), vault.act("save"):
        pass
    with pytest.raises(PaizhuError, match="已锁定"):
        vault.keep("setting", "officer", "别人")
    Vault.open_with(vault.folder, vault.header, vault.data_key).close()


def test_closing_leaves_no_log_beside_the_database(vault: Vault) -> None:
    saved(vault)
    assert (vault.folder / "vault.db-wal").exists()
    vault.close()
    assert not (vault.folder / "vault.db-wal").exists()


def test_an_act_of_many_leaves_no_log_that_a_lock_would_have_to_wait_for(vault: Vault) -> None:
    """A hundred MB of log and memory were given back while the officer waited for the locked page."""
    log, unit = vault.folder / f"{DATABASE}-wal", registers.register("unit")

    def make(size: int) -> int:
        with vault.act("save", size=size) as act:
            for number in range(300):
                act.create(unit, {"name": f"示例{size}局{number}"})
        return log.stat().st_size

    assert make(1) > 0
    with vault.read() as reading:
        # One that still reads is not waited for.
        cursor = reading.execute("SELECT id FROM unit")
        cursor.fetchone()
        make(301)
        cursor.close()
    assert make(300) == 0
    with vault.read() as reading:
        assert reading.execute("SELECT count(*) FROM unit").fetchone() == (900,)


def test_reading_sees_the_last_finished_act_while_another_is_under_way(vault: Vault) -> None:
    saved(vault)
    office = Office(vault)
    with vault.act("save", "进行中") as act:
        act.change(TALK, 1, None, {"place": "三楼"})
        assert office.records.get(TALK, 1).values["place"] is None
    assert office.records.get(TALK, 1).values["place"] == "三楼"


def test_what_was_read_last_is_in_the_memory_of_the_connection_lent_next(vault: Vault) -> None:
    with vault.read() as first, vault.read():
        pass
    with vault.read() as again:
        assert again is first


def test_acts_of_several_threads_follow_one_another(vault: Vault) -> None:
    threads = [threading.Thread(target=lambda: [saved(vault) for _ in range(5)]) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    office = Office(vault)
    numbers = [row.no for row in office.records.window(office.records.default_view(TALK), 0, 100)]
    assert len(set(numbers)) == 20
    assert office.history.verify() == []


def test_a_setting_is_told_as_it_was_kept_last_whoever_kept_it(vault: Vault) -> None:
    assert vault.kept("setting", "soon_days") is None
    vault.keep("setting", "soon_days", "5")
    assert vault.kept("setting", "soon_days") == "5"
    with vault.act("settings") as act:
        act.keep("setting", "soon_days", "7")
        assert vault.kept("setting", "soon_days") == "5", "an act is seen when it has ended"
    assert vault.kept("setting", "soon_days") == "7"
    with suppress(ZeroDivisionError), vault.act("settings") as act:
        act.keep("setting", "soon_days", "9")
        raise ZeroDivisionError
    assert vault.kept("setting", "soon_days") == "7"
    vault.keep("setting", "soon_days", None)
    assert vault.kept("setting", "soon_days") is None


def test_a_closed_vault_tells_no_setting(vault: Vault) -> None:
    vault.keep("setting", "unit", "某市示例住房局")
    assert vault.kept("setting", "unit") == "某市示例住房局"
    vault.close()
    with pytest.raises(PaizhuError):
        vault.kept("setting", "unit")


def test_small_things_are_kept_and_forgotten_by_name(vault: Vault) -> None:
    vault.keep("view", "我的", "{}")
    assert (vault.kept("view", "我的"), vault.kept_names("view")) == ("{}", ["我的"])
    vault.keep("view", "我的", None)
    assert vault.kept("view", "我的") is None
    vault.drafts.put("lead", 0, "写了一半")
    assert [(register, record_id, body) for register, record_id, _at, body in vault.drafts.every()] == [
        ("lead", 0, "写了一半")
    ]
    vault.drafts.put("lead", 0, None)
    assert vault.drafts.every() == []


def test_a_vault_without_its_database_is_refused_and_held_by_nobody(vault_folder: Path) -> None:
    (vault_folder / DATABASE).rename(vault_folder / "搬走.db")
    with pytest.raises(VaultDamagedError, match="数据文件不在"):
        Vault.open(vault_folder, PASSWORD)
    (vault_folder / "搬走.db").rename(vault_folder / DATABASE)
    Vault.open(vault_folder, PASSWORD).close()


def test_a_restore_that_was_cut_short_is_finished_when_the_vault_is_opened(vault: Vault) -> None:
    saved(vault)
    made = backup.make(vault.folder, vault.data_key)
    saved(vault)
    vault.close()
    shutil.copyfile(made.folder / DATABASE, vault.folder / restore.READY)
    opened = Vault.open_with(vault.folder, vault.header, vault.data_key)
    assert opened.last_entry()[0] == 1
    assert not (vault.folder / restore.READY).exists()
    opened.close()


def test_numbers_issued_since_a_backup_are_not_issued_again_after_going_back_to_it(vault: Vault) -> None:
    assert saved(vault) == "谈〔2026〕001"
    made = backup.make(vault.folder, vault.data_key)
    assert [saved(vault) for _ in range(3)][-1] == "谈〔2026〕004"
    vault.close()
    restore.restore(made, vault.folder, vault.data_key)
    opened = Vault.open_with(vault.folder, vault.header, vault.data_key)
    assert Office(opened).records.count(Office(opened).records.default_view(TALK)) == 1
    assert saved(opened) == "谈〔2026〕005"
    opened.close()

"""A sitting: the password, locking, coming back, the invented vault."""

import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from paizhu.base import clock
from paizhu.base.errors import NotAllowedError, NotFoundError, VaultBusyError, WrongPasswordError
from paizhu.base.rows import Ref
from paizhu.registers import register
from paizhu.services.machine import Machine
from paizhu.services.session import Session
from paizhu.storage.backup_place import Reason
from paizhu.storage.header import Header
from paizhu.storage.hold import Hold
from tests.conftest import PASSWORD

NAMES = {"group": "驻某市示例局纪检监察组", "unit": "某市示例局"}
TALK = register("integrity_talk")
TYPED = {"subject": "孙立新", "planned_date": "2026-03-20"}


@pytest.fixture
def session(vault_folder: Path) -> Session:
    made = Session(Machine())
    made.choose(vault_folder)
    return made


def test_the_vault_used_last_is_known_at_the_next_start(session: Session, vault_folder: Path) -> None:
    again = Session(Machine())
    assert again.folder == vault_folder
    assert again.known
    assert again.name == "示例"


def test_a_vault_that_is_gone_is_not_known(session: Session, vault_folder: Path) -> None:
    vault_folder.rename(vault_folder.with_name("moved"))
    assert not Session(Machine()).known


def test_a_folder_without_keys_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="不是工作台的数据文件夹"):
        session.choose(tmp_path)


def test_the_right_password_opens(session: Session) -> None:
    office = session.unlock(PASSWORD)
    assert office is session.office
    assert office.desk.setting("unit") == "某市示例局"
    session.lock()


def test_locking_forgets_the_office_and_lets_the_vault_go(session: Session, vault_folder: Path) -> None:
    office = session.unlock(PASSWORD)
    session.lock()
    assert session.office is None
    assert office.vault.closed
    Hold.acquire(vault_folder).release()


def test_each_wrong_password_takes_a_try_and_the_fifth_a_wait(session: Session) -> None:
    assert session.tries() == ("还可试 5 次，连错 5 次须等 10 分钟", 0)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPasswordError):
            session.unlock("不是口令")
        assert session.tries()[0].startswith(f"还可试 {left} 次")
    with pytest.raises(WrongPasswordError):
        session.unlock("不是口令")
    assert session.tries() == ("连错 5 次，请等 10 分钟再试", 600)
    with pytest.raises(WrongPasswordError, match="请等 10 分钟"):
        session.unlock(PASSWORD)


def test_after_the_wait_the_right_password_opens(session: Session) -> None:
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            session.unlock("不是口令")
    with clock.clock_at(clock.now() + timedelta(minutes=10)):
        session.unlock(PASSWORD)
    assert session.tries()[1] == 0
    session.lock()


def test_the_recovery_code_sets_a_new_password_even_during_the_wait(tmp_path: Path) -> None:
    session = Session(Machine())
    _office, code = session.create(tmp_path / "新.paizhu", NAMES, PASSWORD)
    session.lock()
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            session.unlock("不是口令")
    session.recover(code.lower().replace("-", " "), "另一个口令-98765")
    assert any("口令已另设，下次解锁用新口令" in words for words in session.notices)
    session.lock()
    with pytest.raises(WrongPasswordError):
        session.unlock(PASSWORD)
    session.unlock("另一个口令-98765")
    session.lock()


def test_a_wrong_recovery_code_changes_nothing(session: Session) -> None:
    with pytest.raises(WrongPasswordError):
        session.recover("AAAAA", "另一个口令-98765")
    session.unlock(PASSWORD)
    session.lock()


def test_changing_the_password_changes_it_in_backups_too(session: Session, vault_folder: Path) -> None:
    office = session.unlock(PASSWORD)
    made = office.backups.make().first
    session.change_password(PASSWORD, "另一个口令-98765")
    assert (made.folder / "header.json").read_bytes() == (vault_folder / "header.json").read_bytes()
    assert [entry.label for entry in office.history.entries()] == ["更换口令"]
    session.lock()
    session.unlock("另一个口令-98765")
    session.lock()


def test_a_wrong_old_password_changes_nothing(session: Session) -> None:
    session.unlock(PASSWORD)
    with pytest.raises(WrongPasswordError):
        session.change_password("不是口令", "另一个口令-98765")
    session.lock()
    session.unlock(PASSWORD)
    session.lock()


def test_the_recovery_code_changes_nothing_while_another_window_has_the_vault(tmp_path: Path) -> None:
    session = Session(Machine())
    office, code = session.create(tmp_path / "库.paizhu", NAMES, "旧口令旧口令2026")
    folder = office.vault.folder
    before = (folder / "header.json").read_bytes()
    other = Session(Machine())
    with pytest.raises(VaultBusyError, match="两边的数据都没有动"):
        other.recover(code, "新口令新口令2026")
    assert (folder / "header.json").read_bytes() == before
    session.lock()


def test_a_password_from_before_a_cut_is_taken_out_of_the_second_copy(session: Session, vault_folder: Path) -> None:
    old = (vault_folder / "header.json.bak").read_bytes()
    session.unlock(PASSWORD)
    session.change_password(PASSWORD, "新口令新口令2026")
    session.lock()
    # As if the power had gone after the first of the two was put in place.
    (vault_folder / "header.json.bak").write_bytes(old)
    session.unlock("新口令新口令2026")
    session.lock()
    assert (vault_folder / "header.json.bak").read_bytes() == (vault_folder / "header.json").read_bytes()


def test_a_password_asked_for_at_the_open_desk_is_counted_too(session: Session) -> None:
    office = session.unlock(PASSWORD)
    for _ in range(2):
        with pytest.raises(WrongPasswordError, match="还可试"):
            session.change_password("不是这个", "新口令新口令2026")
    for words in ("还可试 2 次", "还可试 1 次", "请等 10 分钟"):
        with pytest.raises(WrongPasswordError, match=words):
            office.vault.open_sealed("不是这个", [])
    with pytest.raises(WrongPasswordError, match="请等 10 分钟"):
        session.renew_recovery(PASSWORD)
    session.lock()


def test_backups_that_cannot_be_reached_are_told_of_and_follow_later(session: Session, tmp_path: Path) -> None:
    office = session.unlock(PASSWORD)
    stick = tmp_path / "盘"
    stick.mkdir()
    office.desk.set_setting("second_backup", str(stick))
    kept = office.backups.make().second
    assert kept is not None
    stick.rename(tmp_path / "拔出")
    renewal = session.change_password(PASSWORD, "新口令新口令2026")
    assert renewal.renewed == 1
    assert "第二个备份位置现在没有连上" in renewal.words
    (tmp_path / "拔出").rename(stick)
    assert Header.load(kept.folder).unlock(PASSWORD)
    office.backups.make()
    with pytest.raises(WrongPasswordError):
        Header.load(kept.folder).unlock(PASSWORD)
    assert Header.load(kept.folder).unlock("新口令新口令2026")
    session.lock()


def test_only_the_owner_of_the_machine_account_can_look_into_a_vault(tmp_path: Path) -> None:
    session = Session(Machine())
    office, _code = session.create(tmp_path / "库.paizhu", NAMES, PASSWORD)
    assert stat.S_IMODE(office.vault.folder.stat().st_mode) == 0o700
    session.lock()


def test_a_new_recovery_code_takes_the_old_one_out_of_use(tmp_path: Path) -> None:
    session = Session(Machine())
    _office, old = session.create(tmp_path / "新.paizhu", NAMES, PASSWORD)
    new = session.renew_recovery(PASSWORD)
    session.lock()
    with pytest.raises(WrongPasswordError):
        session.recover(old, "另一个口令-98765")
    session.recover(new, "另一个口令-98765")
    session.lock()


def test_a_vault_is_never_made_over_an_existing_one(session: Session, vault_folder: Path) -> None:
    before = sorted(path.name for path in vault_folder.iterdir())
    with pytest.raises(NotAllowedError, match="已经有了"):
        session.create(vault_folder, NAMES, PASSWORD)
    assert sorted(path.name for path in vault_folder.iterdir()) == before


def test_a_vault_held_by_another_window_is_refused_with_the_time(session: Session, vault_folder: Path) -> None:
    hold = Hold.acquire(vault_folder)
    try:
        with pytest.raises(VaultBusyError, match="从 03-16 10:26 开始"):
            session.unlock(PASSWORD)
    finally:
        hold.release()
    assert session.office is None


def test_a_hold_left_by_a_killed_program_is_told_of_and_taken(session: Session, vault_folder: Path) -> None:
    killed = f"""
import os
from pathlib import Path
from paizhu.storage.header import Header
from paizhu.storage.hold import Hold
held = Hold.acquire(Path({str(vault_folder)!r}))
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", killed], check=False)
    session.unlock(PASSWORD)
    assert "上次没有正常关闭" in session.notices[0]
    session.lock()


def test_a_log_that_was_damaged_in_a_crash_is_told_of(session: Session, vault_folder: Path, tmp_path: Path) -> None:
    office = session.unlock(PASSWORD)
    office.records.save(TALK, TYPED)
    left = {name: (vault_folder / name).read_bytes() for name in ("vault.db", "vault.db-wal", "hold")}
    session.lock()
    for name, content in left.items():
        (vault_folder / name).write_bytes(content)
    log = vault_folder / "vault.db-wal"
    log.write_bytes(log.read_bytes()[:200] + b"?" + log.read_bytes()[201:])
    (vault_folder / "vault.db-shm").unlink(missing_ok=True)
    session.unlock(PASSWORD)
    (told,) = session.notices
    assert "没有接上" in told
    assert "请重新登记" in told
    assert "保存过的内容都在" not in told
    assert (vault_folder / "vault.db-wal.damaged").exists()
    session.lock()


def test_a_damaged_header_is_mended_from_its_copy_and_told_of(session: Session, vault_folder: Path) -> None:
    (vault_folder / "header.json").write_text("damaged")
    session.unlock(PASSWORD)
    assert any("副本" in words for words in session.notices)
    session.lock()
    session.unlock(PASSWORD)
    assert session.notices == []
    session.lock()


def test_closing_makes_a_backup_only_when_something_was_written(session: Session) -> None:
    session.unlock(PASSWORD)
    session.close()
    office = session.unlock(PASSWORD)
    assert [made.reason for made in office.backups.list()] == [Reason.CLOSING]
    session.close()
    office = session.unlock(PASSWORD)
    assert len(office.backups.list()) == 1
    session.lock()


def test_a_desk_that_is_locked_every_few_minutes_is_backed_up_all_the_same(session: Session) -> None:
    """Counted from each unlocking, the half hour never came for whoever locks the desk at every errand."""
    start = clock.now()
    office = session.unlock(PASSWORD)
    office.backups.make()
    with clock.clock_at(start + timedelta(minutes=5)):
        office.records.save(TALK, TYPED)
    for minutes in (12, 20, 28):
        with clock.clock_at(start + timedelta(minutes=minutes)):
            session.lock()
            office = session.unlock(PASSWORD)
            assert not office.backups.due()
    with clock.clock_at(start + timedelta(minutes=36)):
        assert office.backups.make_when_due() is not None
        assert not office.backups.changed
        session.lock()


def test_what_was_written_before_a_lock_is_backed_up_in_the_next_sitting(session: Session) -> None:
    office = session.unlock(PASSWORD)
    office.backups.make()
    with clock.clock_at(clock.now() + timedelta(minutes=5)):
        office.records.save(TALK, TYPED)
        # Locked, and ended from the locked page: nothing could be backed up there.
        session.lock()
        later = session.unlock(PASSWORD)
        assert later.backups.changed
        assert later.backups.due(clock.now() + timedelta(minutes=31))
        made = later.backups.at_closing()
        assert made is not None
        assert made.first.tables["integrity_talk"] == 1
        assert not later.backups.changed
        session.lock()
        assert not session.unlock(PASSWORD).backups.changed
        session.lock()


def test_going_back_to_a_backup_keeps_the_present_state(session: Session) -> None:
    office = session.unlock(PASSWORD)
    made = office.backups.make().first
    change = office.records.save(TALK, TYPED)
    office, restored = session.restore(made)
    assert restored.kept is not None
    assert office.records.count(office.records.default_view(TALK)) == 0
    kept = next(each for each in office.backups.list() if each.reason is Reason.RESTORE)
    office, _ = session.restore(kept)
    assert office.records.get(TALK, change.records[0][1]).id == change.records[0][1]
    session.lock()


def test_the_next_step_of_the_first_run_is_kept_in_the_vault(session: Session) -> None:
    session.unlock(PASSWORD)
    session.remember_step("backup")
    session.lock()
    session.unlock(PASSWORD)
    assert session.next_step() == "backup"
    session.remember_step("")
    assert session.next_step() == ""
    session.lock()


def test_the_session_is_made_without_the_database() -> None:
    code = "import sys, paizhu.services.session; sys.exit('sqlalchemy' in sys.modules or 'sqlcipher3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_new_vault_knows_its_host_unit(tmp_path: Path) -> None:
    session = Session(Machine())
    office, _code = session.create(tmp_path / "新.paizhu", NAMES, PASSWORD)
    unit = register("unit")
    (host,) = office.records.window(office.records.default_view(unit), 0, 9)
    assert (host.values["name"], host.values["kind"]) == (NAMES["unit"], "host")
    talk = register("integrity_talk")
    made = office.records.save(talk, {"subject": "孙立新", "planned_date": "2026-03-20"}).records[0][1]
    assert office.records.get(talk, made).values["unit_id"] == Ref(NAMES["unit"], "unit", host.id)
    session.lock()


def test_a_vault_without_a_unit_has_an_empty_roster(tmp_path: Path) -> None:
    session = Session(Machine())
    office, _code = session.create(tmp_path / "新.paizhu", {"officer": "陈守正"}, PASSWORD)
    assert office.records.count(office.records.default_view(register("unit"))) == 0
    session.lock()

"""Restoring: the present state is kept, the switch is a renaming, nothing is half done."""

import shutil
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from paizhu.base.errors import CancelledError, NotAllowedError, WrongPasswordError
from paizhu.storage import backup, backup_place, restore
from paizhu.storage.backup_place import Backup, Reason
from paizhu.storage.header import COPY, FILE, Header
from tests.unit.storage.made_vault import CHEAP, NOON, PASSWORD, MadeVault, contents, flip, make_vault


@pytest.fixture
def vault(tmp_path: Path) -> MadeVault:
    return make_vault(tmp_path)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def make(vault: MadeVault, place: Path | None = None) -> Backup:
    return backup.make(vault.folder, vault.data_key, place, now=lambda: NOON)


def bring_back(source: Backup, vault: MadeVault) -> restore.Restored:
    return restore.restore(source, vault.folder, vault.data_key, now=lambda: NOON + timedelta(hours=1))


def test_a_restore_brings_back_records_and_attachments(vault: MadeVault, stick: Path) -> None:
    name = vault.attachments.store(b"1")
    made = make(vault, stick)
    vault.add("后来的")
    vault.attachments.path(name).unlink()
    done = bring_back(made, vault)
    assert vault.notes() == ["第一条"]
    assert vault.attachments.read_bytes(name) == b"1"
    assert (done.tables, done.lacking) == ({"note": 1}, 0)


def test_the_state_before_a_restore_is_kept_as_a_proven_backup_and_can_come_back(vault: MadeVault) -> None:
    made = make(vault)
    vault.add("后来的")
    done = bring_back(made, vault)
    listed = backup_place.list_backups([vault.folder / "backups"], data_key=vault.data_key)
    assert [each.folder for each in listed] == [done.kept, made.folder]
    assert (listed[0].reason, listed[0].tables) == (Reason.RESTORE, {"note": 2})
    bring_back(listed[0], vault)
    assert vault.notes() == ["第一条", "后来的"]
    assert not list((vault.folder / "backups").glob("*.paizhu-kept"))


def test_what_stood_only_in_the_log_of_the_state_before_is_kept_and_not_mixed_in(
    vault: MadeVault, tmp_path: Path
) -> None:
    made = make(vault)
    writer = vault.connect()
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("INSERT INTO note (words) VALUES ('只在日志里')")
    # As after a power cut: database and log as they stand on the disk.
    cut = tmp_path / "断电.paizhu"
    shutil.copytree(vault.folder, cut, ignore=shutil.ignore_patterns("*-shm"))
    writer.close()
    after = MadeVault(cut, vault.header, vault.data_key, vault.code)
    assert (cut / "vault.db-wal").stat().st_size > 0
    done = bring_back(made, after)
    assert after.notes() == ["第一条"]
    assert done.kept is not None
    assert backup.examine(done.kept, vault.data_key).tables == {"note": 2}


def test_a_database_that_cannot_be_opened_is_kept_as_it_is(vault: MadeVault) -> None:
    made = make(vault)
    flip(vault.database, 20)
    damaged = vault.database.read_bytes()
    done = bring_back(made, vault)
    assert vault.notes() == ["第一条"]
    assert done.kept is not None
    assert (done.kept / "vault.db").read_bytes() == damaged


def test_a_lost_database_is_restored_too(vault: MadeVault) -> None:
    made = make(vault)
    vault.database.unlink()
    assert bring_back(made, vault).kept is None
    assert vault.notes() == ["第一条"]


def test_the_present_password_stays_valid(vault: MadeVault) -> None:
    made = make(vault)
    vault.header.change_password(PASSWORD, "新的口令", CHEAP)
    vault.header.save(vault.folder)
    bring_back(made, vault)
    assert Header.load(vault.folder).unlock("新的口令") == vault.data_key
    with pytest.raises(WrongPasswordError):
        Header.load(vault.folder).unlock(PASSWORD)


def test_a_damaged_header_comes_back_from_the_backup(vault: MadeVault) -> None:
    made = make(vault)
    for name in (FILE, COPY):
        (vault.folder / name).write_bytes(b"")
    bring_back(made, vault)
    assert Header.load(vault.folder).unlock(PASSWORD) == vault.data_key


def test_a_vault_is_made_anew_from_a_stick(vault: MadeVault, stick: Path, tmp_path: Path) -> None:
    name = vault.attachments.store(b"1")
    made = make(vault, stick)
    shutil.rmtree(vault.folder)
    key = Header.load(made.folder).unlock(PASSWORD)
    done = restore.restore(made, tmp_path / "新电脑.paizhu", key)
    anew = MadeVault(tmp_path / "新电脑.paizhu", Header.load(tmp_path / "新电脑.paizhu"), key, "")
    assert (anew.notes(), anew.attachments.read_bytes(name), done.kept) == (["第一条"], b"1", None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stick", "新电脑.paizhu"]


def test_a_backup_of_another_vault_is_refused(vault: MadeVault, stick: Path, tmp_path: Path) -> None:
    other = make_vault(tmp_path, "另一个组")
    made = make(other, stick)
    before = contents(vault.folder)
    with pytest.raises(NotAllowedError, match="属于另一个库"):
        restore.restore(made, vault.folder, other.data_key)
    assert contents(vault.folder) == before


def test_a_folder_with_other_things_in_it_is_not_taken(vault: MadeVault, stick: Path, tmp_path: Path) -> None:
    made = make(vault, stick)
    (tmp_path / "文稿").mkdir()
    (tmp_path / "文稿" / "总结.docx").write_bytes(b"x")
    with pytest.raises(NotAllowedError, match="有别的文件"):
        restore.restore(made, tmp_path / "文稿", vault.data_key)
    assert contents(tmp_path / "文稿") == {"总结.docx": b"x"}


def test_a_damaged_backup_is_refused_before_anything_changes(vault: MadeVault) -> None:
    vault.add(*["很长的一条" * 100] * 50)
    made = make(vault)
    flip(made.folder / "vault.db", 4096 * 6 + 5)
    before = contents(vault.folder)
    with pytest.raises(backup.NotProvenError, match="第 7 页") as refused:
        bring_back(made, vault)
    assert refused.value.todo == "没有恢复，请另选一份备份"
    after = contents(vault.folder)
    mark = f"backups/{made.folder.name}/{backup_place.MARK}"
    assert {name for name in before if before[name] != after[name]} == {mark}
    # It passes for proven no longer.
    assert [each.failed for each in backup_place.list_backups([made.folder.parent])] == [NOON + timedelta(hours=1)]


def test_a_backup_of_a_newer_program_is_refused_before_anything_changes(vault: MadeVault, tmp_path: Path) -> None:
    """Put in place, it would leave a vault that this program cannot open, instead of one that it can."""
    with closing(vault.connect()) as connection:
        connection.execute("CREATE TABLE alembic_version AS SELECT '9999' AS version_num")
    made = make(vault)
    with closing(vault.connect()) as connection:
        connection.execute("DROP TABLE alembic_version")
    before = contents(vault.folder)
    with pytest.raises(NotAllowedError, match="更新版本的程序做的，没有恢复"):
        bring_back(made, vault)
    with pytest.raises(NotAllowedError, match="更新版本的程序做的，没有恢复"):
        restore.restore(made, tmp_path / "新.paizhu", vault.data_key)
    assert contents(vault.folder) == before
    assert not (tmp_path / "新.paizhu").exists()


def test_an_attachment_lacking_in_the_backup_is_counted_and_the_rest_restored(vault: MadeVault, stick: Path) -> None:
    name = vault.attachments.store(b"1")
    made = make(vault, stick)
    flip(stick / backup_place.POOL / name[:2] / name, 25)
    assert bring_back(made, vault).lacking == 0
    vault.attachments.path(name).unlink()
    made = backup_place.list_backups([stick])[0]
    assert restore.restore(made, vault.folder, vault.data_key).lacking == 1
    assert vault.notes() == ["第一条"]


@pytest.mark.parametrize("stop_at", range(8))
def test_a_cancelled_restore_leaves_the_present_state(vault: MadeVault, stick: Path, stop_at: int) -> None:
    vault.attachments.store(b"1")
    made = make(vault, stick)
    vault.add("后来的")
    before, steps = contents(vault.folder), 0

    def cancel(_what: str, _done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if steps > stop_at:
            raise CancelledError

    with pytest.raises(CancelledError):
        restore.restore(made, vault.folder, vault.data_key, progress=cancel)
    after = contents(vault.folder)
    assert {name: raw for name, raw in after.items() if not name.endswith(("-wal", "-shm"))} == before
    assert vault.notes() == ["第一条", "后来的"]


@pytest.mark.parametrize("killed_after", range(3))
def test_a_restore_killed_at_the_switch_is_carried_to_its_end(vault: MadeVault, killed_after: int) -> None:
    made = make(vault)
    vault.add("后来的")
    shutil.copyfile(made.folder / "vault.db", vault.folder / restore.READY)
    (vault.folder / "vault.db-wal").write_bytes(b"log")
    (vault.folder / "vault.db-shm").write_bytes(b"shm")
    renamed = 0

    def rename(path: Path, target: Path) -> Path:
        nonlocal renamed
        if renamed == killed_after:
            raise KeyboardInterrupt
        renamed += 1
        path.replace(target)
        return target

    with pytest.MonkeyPatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(Path, "rename", rename)
        restore.finish(vault.folder)
    aside = restore.finish(vault.folder)
    assert vault.notes() == ["第一条"]
    kept = list((vault.folder / "backups").glob("*.paizhu-kept"))
    assert len(kept) == 1
    assert aside in {None, kept[0]}
    assert {path.name for path in kept[0].iterdir()} == {"vault.db", "vault.db-wal"}
    assert restore.finish(vault.folder) is None


@pytest.mark.parametrize("written", ["{", '{"../../own/file": 3}', "[]"])
def test_a_list_of_attachments_that_was_written_over_is_damage(
    vault: MadeVault, stick: Path, tmp_path: Path, written: str
) -> None:
    """Whoever holds the stick may write into it what he likes: no name in it leads out of its folder."""
    made = make(vault, stick)
    (made.folder / backup_place.MANIFEST).write_text(written, encoding="utf-8")
    with pytest.raises(backup.NotProvenError, match="附件清单读不出来"):
        restore.restore(made, tmp_path / "新.paizhu", vault.data_key)
    assert not (tmp_path / "新.paizhu").exists()

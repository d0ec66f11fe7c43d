"""Backups made, proven, listed and removed, on real vault folders."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from paizhu.base.errors import CancelledError, NotFoundError, VaultDamagedError, WrongPasswordError
from paizhu.storage import backup, backup_place, cipher
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.backup_place import MANIFEST, MARK, POOL, Reason
from paizhu.storage.header import FILE, Header
from tests.unit.storage.made_vault import CHEAP, NOON, PASSWORD, MadeVault, contents, flip, make_vault

PLAIN = "反映人甲住址虚构路一号"


@pytest.fixture
def vault(tmp_path: Path) -> MadeVault:
    return make_vault(tmp_path)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A second place, as a stick would be."""
    place = tmp_path / "stick"
    place.mkdir()
    return place


def make(vault: MadeVault, place: Path | None = None, minutes: int = 0) -> backup_place.Backup:
    return backup.make(vault.folder, vault.data_key, place, now=lambda: NOON + timedelta(minutes=minutes))


def test_a_backup_is_opened_counted_and_marked(vault: MadeVault) -> None:
    vault.attachments.store(PLAIN.encode())
    vault.add("第二条")
    made = backup.make(vault.folder, vault.data_key, reason=Reason.IMPORT, now=lambda: NOON)
    assert made.folder == vault.folder / "backups" / "某某局组-20260925-120000.paizhu-backup"
    assert made.proven == made.made == NOON
    assert (made.reason, made.reason.words) == (Reason.IMPORT, "导入前")
    assert made.tables == {"note": 2}
    assert (made.attachments, made.lacking, made.name) == (1, 0, "某某局组")
    assert made.vault_id == vault.header.vault_id


def test_the_vault_may_be_written_while_it_is_backed_up(vault: MadeVault) -> None:
    open_one = vault.connect()
    open_one.execute("BEGIN IMMEDIATE")
    open_one.execute("INSERT INTO note (words) VALUES ('还没存完')")
    made = make(vault)
    open_one.execute("COMMIT")
    open_one.close()
    assert made.tables == {"note": 1}
    assert len(vault.notes()) == 2


def test_a_second_place_needs_nothing_of_the_first(vault: MadeVault, stick: Path) -> None:
    name = vault.attachments.store(PLAIN.encode())
    made = make(vault, stick)
    moved = stick.with_name("elsewhere")
    stick.rename(moved)
    for path in sorted(vault.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder = moved / made.folder.name
    key = Header.load(folder).unlock(PASSWORD)
    assert backup.examine(folder, key, deep=True).faults == []
    assert (moved / POOL / name[:2] / name).is_file()


def test_attachments_are_brought_over_once(vault: MadeVault, stick: Path) -> None:
    first = vault.attachments.store(b"1")
    make(vault, stick)
    before = (stick / POOL / first[:2] / first).stat().st_mtime_ns
    vault.attachments.store(b"2")
    assert make(vault, stick, minutes=30).attachments == 2
    assert (stick / POOL / first[:2] / first).stat().st_mtime_ns == before


def test_a_damaged_attachment_does_not_stop_the_backup_but_is_counted(vault: MadeVault, stick: Path) -> None:
    vault.attachments.store(b"1")
    flip(vault.attachments.path(vault.attachments.store(b"2")), 25)
    made = make(vault, stick)
    assert (made.attachments, made.lacking) == (1, 1)
    assert made.proven


def test_an_attachment_that_is_gone_from_the_vault_is_counted_or_taken_from_an_earlier_backup(
    vault: MadeVault, stick: Path
) -> None:
    early, late = vault.attachments.store(b"1"), vault.attachments.store(b"2")
    with closing(vault.connect()) as connection:
        connection.execute("CREATE TABLE attachment (digest TEXT)")
        connection.executemany("INSERT INTO attachment VALUES (?)", [(early,), (late,)])
    vault.attachments.path(late).rename(vault.folder / "spare")
    assert make(vault, stick).lacking == 1
    (vault.folder / "spare").rename(vault.attachments.path(late))
    vault.attachments.path(early).unlink()
    made = make(vault, stick, minutes=30)
    assert (made.attachments, made.lacking) == (2, 0)
    assert backup.examine(made.folder, vault.data_key, deep=True).faults == []


def test_a_good_attachment_in_the_place_is_not_replaced_by_one_damaged_since(vault: MadeVault, stick: Path) -> None:
    flipped, cut = vault.attachments.store(b"1"), vault.attachments.store(b"2")
    make(vault, stick)
    flip(vault.attachments.path(flipped), 25)
    vault.attachments.path(cut).write_bytes(b"")
    again = make(vault, stick, minutes=30)
    assert again.attachments == 2
    assert backup.examine(again.folder, vault.data_key, deep=True).faults == []


def test_two_backups_in_one_second_both_stand(vault: MadeVault) -> None:
    assert make(vault).folder != make(vault).folder
    assert len(backup_place.list_backups([vault.folder / "backups"])) == 2


def test_a_vault_with_the_longest_name_there_can_be_is_backed_up_all_the_same(tmp_path: Path, stick: Path) -> None:
    long = make_vault(tmp_path, "长" * 82)
    made = [backup.make(long.folder, long.data_key, stick, now=lambda: NOON) for _ in range(2)]
    assert all(each.proven for each in made)
    assert made[0].name == "长" * 60
    backup_place.remove(made)
    assert backup_place.list_backups([stick]) == []


def test_the_list_is_newest_first_and_knows_its_vault(vault: MadeVault, stick: Path, tmp_path: Path) -> None:
    other = make_vault(tmp_path, "另一个组")
    foreign, early, late = make(other, stick), make(vault, minutes=1), make(vault, stick, minutes=2)
    places = [vault.folder / "backups", stick, tmp_path / "not-plugged-in"]
    listed = backup_place.list_backups(places, vault.header.vault_id, vault.data_key)
    assert [each.folder for each in listed] == [late.folder, early.folder]
    assert listed[0].tables == {"note": 1}
    assert {each.folder for each in backup_place.list_backups(places)} == {foreign.folder, early.folder, late.folder}
    assert backup_place.newest_proven(listed) == late
    assert backup_place.newest_proven([]) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / MARK).unlink(),
        lambda folder: (folder / MARK).write_bytes(b"{}"),
        lambda folder: (folder / MARK).write_text((folder / MARK).read_text().replace('"lacking": 0', '"lacking": 1')),
        lambda folder: (folder / "vault.db").write_bytes((folder / "vault.db").read_bytes()[:-4096]),
    ],
    ids=["mark gone", "mark empty", "mark altered", "database cut"],
)
def test_without_a_true_mark_a_backup_does_not_count_as_proven(
    vault: MadeVault, spoil: Callable[[Path], object]
) -> None:
    good, made = make(vault), make(vault, minutes=5)
    spoil(made.folder)
    listed = backup_place.list_backups([made.folder.parent], vault.header.vault_id, vault.data_key)
    assert [bool(each.proven) for each in listed] == [False, True]
    assert backup_place.newest_proven(listed) == good


def test_proving_again_names_what_is_wrong_and_takes_the_mark(vault: MadeVault) -> None:
    vault.add(*["很长的一条" * 100] * 50)
    made = make(vault)
    assert backup.prove(made, vault.data_key, now=lambda: NOON + timedelta(days=1)).proven == NOON + timedelta(days=1)
    flip(made.folder / "vault.db", 4096 * 6 + 5)
    with pytest.raises(backup.NotProvenError, match="没有通过核验：数据文件第 7 页校验不符"):
        backup.prove(made, vault.data_key, now=lambda: NOON + timedelta(days=2))
    listed = backup_place.list_backups([made.folder.parent], data_key=vault.data_key)
    assert [(each.proven, each.failed) for each in listed] == [(None, NOON + timedelta(days=2))]


def test_proving_again_notices_lost_rows_and_attachments(vault: MadeVault, stick: Path) -> None:
    name = vault.attachments.store(b"1")
    made = make(vault, stick)
    connection = cipher.connect(made.folder / "vault.db", cipher.database_key(vault.data_key))
    connection.execute("DELETE FROM note")
    connection.close()
    with pytest.raises(backup.NotProvenError, match="表 note 有 0 行，应有 1 行"):
        backup.prove(made, vault.data_key)
    other = make(vault, stick, minutes=1)
    flip(stick / POOL / name[:2] / name, 25)
    with pytest.raises(backup.NotProvenError, match="缺少或损坏附件 1 个"):
        backup.prove(other, vault.data_key)
    # The next backup brings the attachment anew, and with it the one before is whole again.
    make(vault, stick, minutes=2)
    assert backup.prove(other, vault.data_key).proven


def test_a_backup_with_the_wrong_counts_never_stands(
    vault: MadeVault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = cipher.copy_encrypted

    def lossy(connection: object, dest: Path, key: bytes, progress: object) -> None:
        copy(connection, dest, key)
        spoiled = cipher.connect(dest, key)
        spoiled.execute("INSERT INTO note (words) VALUES ('多出来的')")
        spoiled.execute("PRAGMA journal_mode = DELETE")
        spoiled.close()

    monkeypatch.setattr(cipher, "copy_encrypted", lossy)
    with pytest.raises(backup.NotProvenError, match="表 note 有 2 行，应有 1 行"):
        make(vault, stick)
    assert contents(stick) == {}


@pytest.mark.parametrize("stop_at", range(6))
def test_a_cancelled_backup_leaves_nothing_half_made(vault: MadeVault, stick: Path, stop_at: int) -> None:
    vault.attachments.store(b"1")
    make(vault, stick)
    vault.attachments.store(b"2")
    before, steps = contents(stick), 0

    def cancel(_what: str, _done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if steps > stop_at:
            raise CancelledError

    with pytest.raises(CancelledError):
        backup.make(vault.folder, vault.data_key, stick, now=lambda: NOON + timedelta(hours=1), progress=cancel)
    assert contents(stick) == before


DIE_MAKING = """
import os, sys
from pathlib import Path
from paizhu.storage import backup
left = int(sys.argv[4])
def die(what, done, total):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
backup.make(Path(sys.argv[1]), bytes.fromhex(sys.argv[3]), Path(sys.argv[2]), progress=die)
"""


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_program_killed_while_backing_up_leaves_no_backup_that_is_not_whole(
    vault: MadeVault, stick: Path, steps: int
) -> None:
    vault.attachments.store(b"1")
    earlier = make(vault, stick)
    source = str(Path(backup.__file__).parents[2])
    arguments = [str(vault.folder), str(stick), vault.data_key.hex(), str(steps)]
    killed = subprocess.run(
        [sys.executable, "-c", DIE_MAKING, *arguments], check=False, env={**os.environ, "PYTHONPATH": source}
    )
    assert killed.returncode == 9
    assert backup_place.list_backups([stick], data_key=vault.data_key) == [earlier]
    again = make(vault, stick, minutes=1)
    assert backup_place.list_backups([stick], data_key=vault.data_key) == [again, earlier]
    assert not list(stick.glob(".*"))


def test_what_a_killed_program_left_is_cleared_and_nothing_else(vault: MadeVault, stick: Path) -> None:
    left = stick / ".某某局组-20260901-080000.paizhu-backup.partial"
    left.mkdir()
    (left / "vault.db").write_bytes(b"half")
    (stick / ".other.partial").mkdir()
    make(vault, stick)
    assert not left.exists()
    assert (stick / ".other.partial").exists()


def test_a_stick_that_is_not_there_is_said_and_not_made(vault: MadeVault, tmp_path: Path) -> None:
    make(vault)
    with pytest.raises(NotWrittenError) as refused:
        make(vault, tmp_path / "没插上", minutes=1)
    assert refused.value.happened == "没有写进备份盘：找不到这个备份位置，盘可能没有插上"
    assert refused.value.kept == "数据都在本机，09-25 12:00 的备份完好"
    assert "插好备份盘" in refused.value.todo
    assert not (tmp_path / "没插上").exists()


def test_a_file_in_the_way_is_said_in_words(vault: MadeVault) -> None:
    (vault.folder / "backups").write_bytes(b"")
    with pytest.raises(NotWrittenError, match=r"没有做成备份.*数据都在本机"):
        make(vault)


def test_a_disk_that_fills_up_half_way_leaves_the_earlier_backup(vault: MadeVault, stick: Path) -> None:
    resource = pytest.importorskip("resource")
    make(vault, stick)
    vault.add(*["很长的一条" * 100] * 500)
    before = contents(stick)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with pytest.raises(NotWrittenError, match=r"没有写进备份盘：.*空间不足.*09-25 12:00 的备份完好"):
            make(vault, stick, minutes=30)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert contents(stick) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)]
    try:
        mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a small disk is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_too_small_is_told_with_what_is_missing(vault: MadeVault, small_disk: Path) -> None:
    vault.attachments.store(os.urandom(3 << 20))
    with pytest.raises(NotWrittenError, match=r"没有写进备份盘：盘上空间不足，还差 \d+ MB"):
        make(vault, small_disk)
    assert contents(small_disk) == {}


def test_a_disk_that_is_full_after_all_is_told_and_left_clean(
    vault: MadeVault, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.attachments.store(os.urandom(3 << 20))
    monkeypatch.setattr(backup, "_ask_for_room", lambda _partial, _needed: None)
    with pytest.raises(NotWrittenError, match="没有写进备份盘：盘上空间不足"):
        make(vault, small_disk)
    assert contents(small_disk) == {}


def test_a_damaged_vault_makes_no_backup_and_says_so(vault: MadeVault) -> None:
    flip(vault.database, 30)
    with pytest.raises(VaultDamagedError, match="从备份恢复"):
        make(vault)
    assert contents(vault.folder / "backups") == {}


def test_a_backup_carries_a_whole_header_even_from_a_damaged_one(vault: MadeVault) -> None:
    flip(vault.folder / FILE, 40)
    made = make(vault)
    loaded = Header.load(made.folder)
    assert loaded.notice == ""
    assert loaded.unlock(PASSWORD) == vault.data_key


def test_removing_a_backup_takes_only_attachments_nobody_needs(vault: MadeVault, stick: Path) -> None:
    old, both = vault.attachments.store(b"1"), vault.attachments.store(b"2")
    first = make(vault, stick)
    vault.attachments.path(old).unlink()
    second = make(vault, stick, minutes=30)
    backup_place.remove([first])
    assert not first.folder.exists()
    assert not (stick / POOL / old[:2] / old).exists()
    assert (stick / POOL / both[:2] / both).exists()
    assert backup.examine(second.folder, vault.data_key, deep=True).faults == []


@pytest.mark.skipif(os.name != "posix", reason="links need rights of their own elsewhere")
def test_of_a_link_among_the_backups_the_link_alone_goes(vault: MadeVault, stick: Path, tmp_path: Path) -> None:
    made = make(vault, stick)
    other = tmp_path / "elsewhere"
    made.folder.rename(other)
    made.folder.symlink_to(other)
    (stick / f".x{backup_place.ENDING}.partial").symlink_to(other)
    (listed,) = backup_place.list_backups([stick])
    backup_place.remove([listed])
    backup_place.clear_leftovers(stick)
    assert [path.name for path in stick.iterdir() if path.is_symlink()] == []
    assert (other / "vault.db").is_file()


def test_attachments_stay_when_one_backup_cannot_say_what_it_needs(vault: MadeVault, stick: Path) -> None:
    name = vault.attachments.store(b"1")
    first, second = make(vault, stick), make(vault, stick, minutes=1)
    (second.folder / MANIFEST).write_bytes(b"?")
    backup_place.remove([first])
    assert (stick / POOL / name[:2] / name).exists()


def test_after_a_change_of_password_old_backups_open_with_the_new_one_only(vault: MadeVault, stick: Path) -> None:
    made = make(vault, stick)
    vault.header.change_password(PASSWORD, "新的口令", CHEAP)
    assert backup_place.renew_headers([stick], vault.header).renewed == 1
    with pytest.raises(WrongPasswordError):
        Header.load(made.folder).unlock(PASSWORD)
    assert backup.prove(made, Header.load(made.folder).unlock("新的口令")).proven


def test_a_backup_that_cannot_take_the_new_password_keeps_none_of_the_others_from_it(
    vault: MadeVault, stick: Path
) -> None:
    first, second = make(vault, stick), make(vault, stick, minutes=1)
    (second.folder / FILE).unlink()
    (second.folder / FILE).mkdir()
    vault.header.change_password(PASSWORD, "新的口令", CHEAP)
    renewal = backup_place.renew_headers([stick], vault.header)
    assert [each.folder for each in renewal.left] == [second.folder]
    assert Header.load(first.folder).unlock("新的口令") == vault.data_key


def test_only_the_owner_can_look_into_a_backup(vault: MadeVault, stick: Path) -> None:
    assert stat.S_IMODE(make(vault, stick).folder.stat().st_mode) == 0o700


def test_a_folder_that_is_no_backup_is_refused(vault: MadeVault, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="不是备份"):
        backup.examine(tmp_path, vault.data_key)


def test_nothing_readable_stands_on_the_disk(vault: MadeVault, stick: Path) -> None:
    writer = vault.connect()
    writer.execute("CREATE VIRTUAL TABLE search_note USING fts5(words)")
    writer.execute("INSERT INTO note (words) VALUES (?)", (PLAIN,))
    writer.execute("INSERT INTO search_note (words) VALUES (?)", (PLAIN,))
    vault.attachments.store(PLAIN.encode() * 1000)
    make(vault)
    make(vault, stick)
    # With the log still beside the database.
    files = contents(vault.folder) | contents(stick)
    writer.close()
    assert any(name.endswith("-wal") for name in files)
    assert len(files) > 10
    words = [PLAIN, PASSWORD, vault.code, "note", "CREATE"]
    codes = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    secrets = [vault.data_key, vault.data_key.hex().encode(), cipher.database_key(vault.data_key)]
    for name, raw in files.items():
        assert not [needle for needle in codes + secrets if needle in raw], name

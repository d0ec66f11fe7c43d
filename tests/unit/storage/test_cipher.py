"""Real SQLCipher files: opening, damage, copies, refusals."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paizhu.base.errors import CancelledError, VaultDamagedError
from paizhu.storage import cipher
from paizhu.storage.atomic import NotWrittenError
from tests.unit.storage.made_vault import flip

KEY = bytes(range(32))
WORDS = "谈话记录正文" * 50


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A closed database of some hundred pages."""
    path = tmp_path / "vault.db"
    connection = cipher.connect(path, KEY)
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
    connection.execute("CREATE VIRTUAL TABLE search_note USING fts5(words, content='')")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO note (words) VALUES (?)", [(WORDS,)] * 500)
    connection.execute("INSERT INTO search_note (rowid, words) VALUES (1, '谈 话')")
    connection.execute("COMMIT")
    connection.close()
    return path


def test_a_writing_connection_is_set_up_for_safety(database: Path) -> None:
    connection = cipher.connect(database, KEY)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2, "secure_delete": 1}
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    assert connection.execute("PRAGMA busy_timeout").fetchone()[0] > 0
    assert connection.execute("PRAGMA cache_size").fetchone()[0] <= -16 * 1024
    assert connection.isolation_level is None
    connection.close()


def test_a_reading_connection_cannot_write(database: Path) -> None:
    connection = cipher.connect(database, KEY, readonly=True)
    with pytest.raises(cipher.DatabaseError, match="readonly"):
        connection.execute("DELETE FROM note")
    connection.close()


def test_a_path_too_long_for_the_database_is_called_so(tmp_path: Path) -> None:
    folder = tmp_path
    while len(os.fsencode(folder)) < 560:
        folder /= "很长的文件夹名" * 6
    folder.mkdir(parents=True)
    with pytest.raises(NotWrittenError, match="名字或所在的路径太长"):
        cipher.connect(folder / "vault.db", KEY)


def test_a_reading_connection_sees_what_was_written_meanwhile(database: Path) -> None:
    writer, reader = cipher.connect(database, KEY), cipher.connect(database, KEY, readonly=True)
    writer.execute("INSERT INTO note (words) VALUES ('新的')")
    assert reader.execute("SELECT count(*) FROM note").fetchone()[0] == 501
    reader.close()
    writer.close()


def test_another_key_is_refused_in_words_and_quietly(database: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = database.read_bytes()
    for readonly in (True, False):
        with pytest.raises(VaultDamagedError, match=r"不是本库的数据文件.*从备份恢复"):
            cipher.connect(database, bytes(32), readonly=readonly)
    assert database.read_bytes() == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("left", [0, 100, 4096, 4096 * 20, 4096 * 20 + 7])
def test_a_truncated_database_is_refused_or_named(database: Path, left: int) -> None:
    database.write_bytes(database.read_bytes()[:left])
    with pytest.raises(VaultDamagedError, match="从备份恢复"):
        cipher.connect(database, KEY)
    assert database.stat().st_size == left


def test_a_missing_database_is_not_silently_made_anew_for_reading(tmp_path: Path) -> None:
    with pytest.raises(VaultDamagedError, match="不见了"):
        cipher.connect(tmp_path / "vault.db", KEY, readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_whole_database_has_nothing_wrong(database: Path) -> None:
    connection = cipher.connect(database, KEY, readonly=True)
    assert cipher.integrity(connection) == []
    connection.close()


@pytest.mark.parametrize("page", [3, 40])
def test_a_flipped_byte_is_named_by_its_page(database: Path, page: int) -> None:
    flip(database, (page - 1) * cipher.PAGE_BYTES + 99)
    connection = cipher.connect(database, KEY, readonly=True)
    assert f"数据文件第 {page} 页校验不符" in cipher.integrity(connection)
    connection.close()


def test_a_row_pointing_nowhere_is_named(tmp_path: Path) -> None:
    connection = cipher.connect(tmp_path / "vault.db", KEY)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TABLE b (a INTEGER REFERENCES a (id))")
    connection.execute("INSERT INTO b VALUES (7)")
    assert cipher.integrity(connection) == ["表 b 第 1 行指向的 a 不在了"]
    connection.close()


def test_rows_of_every_plain_table_are_counted(database: Path) -> None:
    connection = cipher.connect(database, KEY, readonly=True)
    counted = cipher.counts(connection)
    assert counted["note"] == 500
    assert "search_note" not in counted
    assert "search_note_data" in counted
    connection.close()


def test_a_copy_is_encrypted_whole_and_one_file(database: Path, tmp_path: Path) -> None:
    source = cipher.connect(database, KEY)
    seen: list[tuple[int, int]] = []
    cipher.copy_encrypted(source, tmp_path / "copy.db", KEY, lambda _what, done, total: seen.append((done, total)))
    source.close()
    assert seen[-1][0] == seen[-1][1] > 0
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]
    assert WORDS[:6].encode() not in (tmp_path / "copy.db").read_bytes()
    copy = cipher.connect(tmp_path / "copy.db", KEY, readonly=True)
    assert cipher.integrity(copy) == []
    assert copy.execute("SELECT count(*) FROM note").fetchone()[0] == 500
    copy.close()


def test_a_copy_is_of_the_moment_it_began_while_others_write(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "_COPY_PAGES", 10)
    source, writer = cipher.connect(database, KEY, readonly=True), cipher.connect(database, KEY)
    steps = 0

    def write_meanwhile(_what: str, _done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        writer.execute("INSERT INTO note (words) VALUES ('后来')")

    cipher.copy_encrypted(source, tmp_path / "copy.db", KEY, write_meanwhile)
    assert writer.execute("SELECT count(*) FROM note").fetchone()[0] == 500 + steps
    assert steps > 3
    copy = cipher.connect(tmp_path / "copy.db", KEY, readonly=True)
    assert copy.execute("SELECT count(*) FROM note").fetchone()[0] == 500
    for connection in (copy, source, writer):
        connection.close()


def test_a_cancelled_copy_leaves_nothing(database: Path, tmp_path: Path) -> None:
    def cancel(_what: str, _done: int, _total: int) -> None:
        raise CancelledError

    source = cipher.connect(database, KEY)
    with pytest.raises(CancelledError):
        cipher.copy_encrypted(source, tmp_path / "copy.db", KEY, cancel)
    assert not list(tmp_path.glob("copy*"))
    source.execute("INSERT INTO note (words) VALUES ('照常')")
    source.close()


def test_a_copy_never_overwrites(database: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_bytes(b"kept")
    source = cipher.connect(database, KEY)
    with pytest.raises(NotWrittenError, match="没有覆盖"):
        cipher.copy_encrypted(source, tmp_path / "copy.db", KEY)
    source.close()
    assert (tmp_path / "copy.db").read_bytes() == b"kept"


def test_a_database_on_a_write_protected_disk_can_be_read(database: Path) -> None:
    with ordinary_user(database.parent, 0o555):
        connection = cipher.connect(database, KEY, readonly=True)
        assert connection.execute("SELECT count(*) FROM note").fetchone()[0] == 500
        connection.close()
        with pytest.raises(NotWrittenError, match="不让写入"):
            cipher.connect(database.parent / "new.db", KEY)


@contextmanager
def ordinary_user(folder: Path, mode: int) -> Iterator[None]:
    """Let the folder have this mode and be seen as whoever is not root sees it."""
    root = os.geteuid() == 0
    above = [folder, *folder.parents[: len(folder.parents) - 2]] if root else [folder]
    modes = {path: path.stat().st_mode & 0o7777 for path in above}
    for path in above:
        path.chmod(modes[path] | 0o555)
    folder.chmod(mode)
    try:
        if root:
            os.seteuid(65534)
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, before in modes.items():
            path.chmod(before)

"""The log a crash leaves behind: whole, torn at its end, or damaged in the middle."""

import shutil
from pathlib import Path

import pytest

from paizhu.storage import cipher, log_check
from paizhu.storage.cipher import DATABASE
from tests.unit.storage.made_vault import flip

KEY = b"k" * 32
FRAME = 24 + 4096


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A database with a log of three saved rows, as a killed program leaves both."""
    working = cipher.connect(tmp_path / DATABASE, KEY)
    working.execute("CREATE TABLE note (words TEXT)")
    working.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for words in ("甲", "乙", "丙"):
        working.execute("INSERT INTO note VALUES (?)", (words * 3000,))
    folder = tmp_path / "killed"
    folder.mkdir()
    for ending in ("", log_check.ENDING):
        shutil.copy2(tmp_path / (DATABASE + ending), folder / (DATABASE + ending))
    working.close()
    return folder / DATABASE


def log_of(database: Path) -> Path:
    return database.with_name(DATABASE + log_check.ENDING)


def saved(database: Path) -> list[str]:
    connection = cipher.connect(database, KEY)
    try:
        return [row[0][0] for row in connection.execute("SELECT words FROM note ORDER BY rowid")]
    finally:
        connection.close()


def test_a_whole_log_is_carried_over_and_nothing_is_kept(crashed: Path) -> None:
    assert log_check.kept_if_damaged(crashed, KEY) is None
    assert saved(crashed) == ["甲", "乙", "丙"]


def test_without_a_log_there_is_nothing_to_look_at(crashed: Path) -> None:
    log_of(crashed).unlink()
    assert log_check.kept_if_damaged(crashed, KEY) is None
    log_of(crashed).touch()
    assert log_check.kept_if_damaged(crashed, KEY) is None


@pytest.mark.parametrize("at", [0, 5, 20, 32 + 30, 32 + FRAME + 8, 32 + 2 * FRAME + 900])
def test_a_damaged_log_is_noticed_and_kept_before_it_is_gone(crashed: Path, at: int) -> None:
    flip(log_of(crashed), at)
    damaged = log_of(crashed).read_bytes()
    kept = log_check.kept_if_damaged(crashed, KEY)
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert not log_of(crashed).exists()
    # What was saved before the damage stands.
    assert saved(crashed) == ["甲", "乙", "丙"][: len(saved(crashed))]
    assert len(saved(crashed)) < 3


def test_a_row_that_was_never_finished_is_no_damage(crashed: Path) -> None:
    # Cut in the middle of a frame: its transaction had not come to its end.
    log = log_of(crashed)
    whole = log.read_bytes()
    log.write_bytes(whole + whole[32 : 32 + FRAME // 2])
    assert log_check.kept_if_damaged(crashed, KEY) is None
    assert saved(crashed) == ["甲", "乙", "丙"]


def test_frames_of_an_earlier_round_are_no_damage(tmp_path: Path) -> None:
    working = cipher.connect(tmp_path / DATABASE, KEY)
    working.execute("CREATE TABLE note (words TEXT)")
    for words in ("甲", "乙", "丙"):
        working.execute("INSERT INTO note VALUES (?)", (words * 3000,))
    # Carried over: the log begins anew from its front, and the old frames stay behind the new ones.
    working.execute("PRAGMA wal_checkpoint(RESTART)")
    working.execute("INSERT INTO note VALUES ('丁')")
    folder = tmp_path / "killed"
    folder.mkdir()
    for ending in ("", log_check.ENDING):
        shutil.copy2(tmp_path / (DATABASE + ending), folder / (DATABASE + ending))
    working.close()
    assert log_check.kept_if_damaged(folder / DATABASE, KEY) is None
    assert saved(folder / DATABASE) == ["甲", "乙", "丙", "丁"]

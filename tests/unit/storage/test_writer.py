"""Rows stored by a thread of their own: before anything else is asked, within the one transaction or not at all."""

import threading
from pathlib import Path

import pytest

from paizhu.storage import cipher
from paizhu.storage.writer import Writer

ROWS = [(number, f"第{number}行") for number in range(1, 3001)]
INSERT = "INSERT INTO line (id, words)"


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    made = Writer(cipher.connect(tmp_path / "a.db", bytes(32)))
    made.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
    return made


def test_whoever_asks_sees_all_that_was_handed_over(writer: Writer) -> None:
    writer.execute("BEGIN IMMEDIATE")
    for at in range(0, len(ROWS), 500):
        writer.store(INSERT, ROWS[at : at + 500])
    assert writer.execute("SELECT id, words FROM line ORDER BY id").fetchall() == ROWS
    writer.execute("COMMIT")
    writer.close()


def test_a_run_of_more_values_than_one_statement_takes_is_stored_whole(writer: Writer) -> None:
    names = [f"c{place}" for place in range(90)]
    writer.execute(f"CREATE TABLE wide ({', '.join(names)})")
    rows = [[row * 100 + place for place in range(90)] for row in range(1000)]
    writer.store(f"INSERT INTO wide ({', '.join(names)})", rows)
    found = writer.execute("SELECT * FROM wide ORDER BY c0").fetchall()
    assert [list(row) for row in found] == rows
    writer.close()


def test_few_rows_need_no_thread(writer: Writer) -> None:
    before = threading.active_count()
    writer.store(INSERT, ROWS[:3])
    assert threading.active_count() == before
    assert writer.execute("SELECT count(*) FROM line").fetchone() == (3,)
    writer.close()


def test_after_a_fault_nothing_is_stored_until_the_transaction_is_over(writer: Writer) -> None:
    writer.execute("BEGIN IMMEDIATE")
    writer.store(INSERT, ROWS[:1000])
    writer.store(INSERT, [(0, None)] * 300)
    with pytest.raises(cipher.DatabaseError, match="NOT NULL"):
        writer.execute("SELECT 1")
    with pytest.raises(cipher.DatabaseError, match="NOT NULL"):
        writer.store(INSERT, ROWS[1000:2000])
    writer.rest()
    assert writer.in_transaction
    writer.execute("ROLLBACK")
    assert writer.execute("SELECT count(*) FROM line").fetchone() == (0,)
    writer.close()


def test_the_thread_ends_with_the_transaction(writer: Writer) -> None:
    before = threading.active_count()
    writer.store(INSERT, ROWS)
    assert threading.active_count() == before + 1
    writer.rest()
    assert threading.active_count() == before
    writer.close()


def test_a_second_long_transaction_is_stored_as_the_first(writer: Writer) -> None:
    stored = 0
    for start in (0, 1000, 2000):
        writer.execute("BEGIN IMMEDIATE")
        writer.store(INSERT, ROWS[start : start + 1000])
        # Asked off this thread, so that waiting for ever fails instead of hanging.
        seen: list[tuple[int]] = []
        asking = threading.Thread(
            target=lambda seen=seen: seen.append(writer.execute("SELECT count(*) FROM line").fetchone()), daemon=True
        )
        asking.start()
        asking.join(10)
        stored += 1000
        assert seen == [(stored,)]
        writer.execute("COMMIT")
        writer.rest()
    writer.close()

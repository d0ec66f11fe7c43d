"""Killed at any moment, the vault has every act that was finished, whole, and nothing of one that was not."""

import contextlib
import multiprocessing
import os
import random
from typing import Any

from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.storage import cipher, keys
from paizhu.storage.vault import DATABASE, Vault
from tests.journeys.killed import BATCH, TALK, work

KILLS = int(os.environ.get("PAIZHU_KILLS", "15"))
"""How often; the promise is made on 500."""


def killed_once(folder: str, key: bytes, known: int, after: int, moment: float) -> list[tuple[str, int, str]]:
    """Let a process work, kill it a moment after so many acts, and return what it said was finished."""
    # A server that has everything imported gives birth to the workers; where there is none they start from nothing.
    ways = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        context.set_forkserver_preload(["tests.journeys.killed"])
    hearing, saying = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(folder, key, known, saying), daemon=True)
    process.start()
    saying.close()
    said: list[tuple[str, int, str]] = [hearing.recv()]
    while len(said) < after:
        said.append(hearing.recv())
    # Waits for the moment only: the process never ends by itself.
    process.join(timeout=moment)
    assert process.exitcode is None
    process.kill()
    process.join()
    with contextlib.suppress(EOFError):
        while True:
            said.append(hearing.recv())
    hearing.close()
    process.close()
    return said


def spelled(vault: Vault) -> list[Any]:
    writer = vault._writer
    writer.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.spelled USING fts5vocab('main', 'search_text', 'instance')")
    return sorted(writer.execute("SELECT term, doc, col, offset FROM temp.spelled").fetchall())


def prove(office: Office, said: list[tuple[str, int, str]]) -> None:
    """Hold the vault against everything a killed process said it had finished."""
    places: dict[int, str] = {}
    for what, number, words in said:
        match what:
            case "saved":
                row = office.records.get(TALK, number)
                assert row.no == words
                assert len(office.records.rows(TALK, number)["requirement"]) == 1
            case "changed":
                places[number] = words
            case "voided":
                assert office.records.get(TALK, number).voided
            case "imported":
                assert office.history.entry(number).changes == BATCH
            case "drafted":
                assert int(office.vault.drafts.every()[0][3].removeprefix("草稿")) >= number
    for number, words in places.items():
        assert office.records.get(TALK, number).values["place"] == words


def test_a_killed_program_loses_nothing_that_was_finished(vault: Vault) -> None:
    chance = random.Random(20260316)
    vault.close()
    folder, header, key = vault.folder, vault.header, vault.data_key
    turns = 0
    for _ in range(KILLS):
        said = killed_once(str(folder), key, turns, chance.randint(1, 14), chance.random() * 0.03)
        turns = max([turns, *(number + 1 for what, number, _words in said if what == "drafted")])
        # One act may have been finished without a word of it.
        turns += 1
        opened = Vault.open_with(folder, header, key)
        office = Office(opened)
        prove(office, said)
        assert office.history.verify() == []
        imports = [entry for entry in office.history.entries(limit=10_000) if entry.kind == "import"]
        assert office.records.count(View("unit")) == BATCH * len(imports)
        opened.close()
    opened = Vault.open_with(folder, header, key)
    connection = cipher.connect(folder / DATABASE, opened.key_for(keys.Purpose.DATABASE), readonly=True)
    assert cipher.integrity(connection) == []
    numbers = [row[0] for row in connection.execute("SELECT no FROM integrity_talk WHERE no IS NOT NULL")]
    connection.close()
    assert len(set(numbers)) == len(numbers) > KILLS
    kept_up = spelled(opened)
    opened.rebuild_index()
    assert spelled(opened) == kept_up
    opened.close()

"""A chain that was tampered with: found, kept in mind over closing and opening, and nothing is changed on it."""

from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import ChainBrokenError
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.storage import chain_check
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD

TALK = registers.register("integrity_talk")


def filled(office: Office, count: int = 3) -> None:
    for day in range(1, count + 1):
        office.records.save(TALK, {"subject": "示例甲", "planned_date": f"2026-03-{day:02d}", "place": "三楼"})


def tamper(vault: Vault, statement: str) -> None:
    with vault._transaction():
        vault._writer.execute(statement)


STATEMENTS = (
    "UPDATE journal_entry SET label = '别的' WHERE id = 2",
    "UPDATE journal_change SET delta = replace(delta, '三楼', '九楼') WHERE entry_id = 2",
    "DELETE FROM journal_entry WHERE id = 2",
    "DELETE FROM journal_change WHERE entry_id = 2",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_change_is_taken_once_the_chain_does_not_fit(office: Office, statement: str) -> None:
    filled(office)
    tamper(office.vault, statement)
    assert office.history.verify()
    before = office.records.window(View(TALK.key), 0, 10)
    with pytest.raises(ChainBrokenError, match="已转为只读"):
        office.records.save(TALK, {"outline": "别的"}, 1)
    with pytest.raises(ChainBrokenError):
        office.records.void(TALK, [1], "示例")
    with pytest.raises(ChainBrokenError):
        office.history.undo(3)
    assert office.records.window(View(TALK.key), 0, 10) == before


def test_a_vault_just_opened_is_proved_before_its_first_change(office: Office, vault_folder: Path) -> None:
    filled(office)
    tamper(office.vault, STATEMENTS[0])
    office.vault.close()
    again = Vault.open(vault_folder, PASSWORD)
    try:
        with pytest.raises(ChainBrokenError, match="第 2 条"):
            Office(again).records.save(TALK, {"subject": "示例乙", "planned_date": "2026-03-09"})
    finally:
        again.close()


def test_what_did_not_fit_is_known_at_the_next_opening(office: Office, vault_folder: Path) -> None:
    filled(office)
    tamper(office.vault, STATEMENTS[1])
    office.history.verify()
    office.vault.close()
    again = Vault.open(vault_folder, PASSWORD)
    assert again.broken == (2,)
    again.close()


def test_looking_and_leaving_stay_possible_and_on_record(office: Office, tmp_path: Path) -> None:
    filled(office)
    tamper(office.vault, STATEMENTS[0])
    office.history.verify()
    out = office.exporting.export(tmp_path / "导出.xlsx", [TALK.key])
    assert out.path.is_file()
    assert office.history.entries(limit=1)[0].kind == "export"


def test_a_whole_chain_takes_changes_again(office: Office) -> None:
    filled(office)
    tamper(office.vault, "UPDATE journal_entry SET label = label || '！' WHERE id = 2")
    assert office.history.verify() == [2]
    tamper(office.vault, "UPDATE journal_entry SET label = replace(label, '！', '') WHERE id = 2")
    assert office.history.verify() == []
    filled(office, 1)


def test_the_end_of_a_long_journal_is_proved_by_itself(office: Office) -> None:
    filled(office, 6)
    with office.vault.read() as connection:
        assert chain_check.wrong(connection, 4) == []
        assert not chain_check.small_enough(connection, 2)
    tamper(office.vault, "UPDATE journal_entry SET label = '别的' WHERE id = 5")
    with office.vault.read() as connection:
        assert chain_check.wrong(connection, 4) == [5]
        assert chain_check.wrong(connection, 6) == []

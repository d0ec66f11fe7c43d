"""Checking a vault: what was tampered with is named, in the part where it was."""

import os
import shutil
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.safety.checking import Checking, Report, check_vault
from paizhu.storage import cipher
from paizhu.storage.atomic import NotWrittenError
from tests.conftest import PASSWORD

TALK = registers.register("integrity_talk")


@pytest.fixture
def talk(office: Office) -> int:
    """A saved talk with a file."""
    record_id = office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-20"}).records[0][1]
    office.records.attach(TALK, record_id, Path(__file__))
    return record_id


def failed(report: Report) -> list[str]:
    return [check.name for check in report.checks if not check.ok]


def tamper(office: Office, statement: str) -> None:
    """Change the database behind the program's back, with its own key."""
    connection = cipher.connect(office.vault.folder / cipher.DATABASE, cipher.database_key(office.vault.data_key))
    connection.execute(statement)
    connection.close()


@pytest.mark.usefixtures("talk")
def test_a_sound_vault_passes(office: Office) -> None:
    report = Checking(office.desk).run()
    assert failed(report) == []
    assert report.entries == 2


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE journal_change SET delta = replace(delta, '孙立新', '罗卫东') WHERE entry_id = 1", "journal"),
        ("UPDATE journal_entry SET label = '别的' WHERE id = 1", "journal"),
        ("DELETE FROM journal_entry WHERE id = 1", "journal"),
        ("DELETE FROM search_text WHERE rowid IN (SELECT rowid FROM search_text_docsize LIMIT 1)", "search"),
        ("UPDATE integrity_talk SET subject = '甲乙丙丁'", "search"),
    ],
)
@pytest.mark.usefixtures("talk")
def test_what_was_changed_behind_the_program_is_named(office: Office, statement: str, part: str) -> None:
    if "docsize" in statement:
        # The index refuses a deletion by a query on itself.
        with office.vault.read() as connection:
            rowid = connection.execute("SELECT id FROM search_text_docsize LIMIT 1").fetchone()[0]
        statement = f"DELETE FROM search_text WHERE rowid = {rowid}"
    tamper(office, statement)
    assert failed(Checking(office.desk).run()) == [part]


@pytest.mark.usefixtures("talk")
def test_a_missing_and_a_damaged_attachment_are_named(office: Office) -> None:
    (name,) = office.vault.attachments.names()
    path = office.vault.attachments.path(name)
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    assert failed(Checking(office.desk).run()) == ["attachments"]
    path.unlink()
    assert failed(Checking(office.desk).run()) == ["attachments"]


def test_a_row_under_no_record_is_found(office: Office, talk: int, tmp_path: Path) -> None:
    given = {"requirement": [{"words": "报送整改情况"}]}
    office.records.save(TALK, {}, talk, None, given)
    tamper(office, "UPDATE talk_requirement SET parent_id = 99")
    folder = office.vault.folder
    office.vault.close()
    shutil.copytree(folder, tmp_path / "copy.paizhu")
    report = check_vault(tmp_path / "copy.paizhu", lambda header: header.unlock(PASSWORD))
    assert failed(report) == ["foreign_keys"]


def test_a_damaged_copy_of_the_keys_is_told(office: Office) -> None:
    folder = office.vault.folder
    office.vault.close()
    (folder / "header.json").write_bytes(b"{}")
    report = check_vault(folder, lambda header: header.unlock(PASSWORD))
    assert failed(report) == ["header"]


def test_keys_that_cannot_be_read_at_all_are_a_failed_check(office: Office) -> None:
    folder = office.vault.folder
    office.vault.close()
    for name in ("header.json", "header.json.bak"):
        (folder / name).write_bytes(b"{}")
    report = check_vault(folder, lambda header: header.unlock(PASSWORD))
    assert failed(report) == ["header"]


def test_checking_an_older_vault_does_not_bring_it_up_to_date(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = office.vault.folder
    office.vault.close()
    before = (folder / "vault.db").read_bytes()
    monkeypatch.setattr("paizhu.storage.migrate.HEAD", "9999")
    report = check_vault(folder, lambda header: header.unlock(PASSWORD))
    assert report.ok
    assert "9999" in next(check.detail for check in report.checks if check.name == "schema")
    assert (folder / "vault.db").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a path may be long")
def test_what_keeps_the_file_from_being_opened_is_not_called_damage(vault_folder: Path) -> None:
    deep = vault_folder.parent
    while len(os.fsencode(deep)) < 560:
        deep /= "很长的文件夹名" * 6
    deep.mkdir(parents=True)
    moved = vault_folder.rename(deep / vault_folder.name)
    with pytest.raises(NotWrittenError, match="路径太长"):
        check_vault(moved, lambda header: header.unlock(PASSWORD))

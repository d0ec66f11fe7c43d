"""Vaults made by every release open in this one, brought up to date, with everything still in them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.view import View, Which
from paizhu.services.office import Office
from paizhu.storage import cipher, keys, migrate
from paizhu.storage.vault import DATABASE, Vault
from tests.migrations.small_vault import DATA, PASSWORD, RECORDS

RELEASES = sorted(path.name for path in DATA.iterdir() if path.is_dir())
TALK = registers.register("integrity_talk")


@pytest.fixture(params=RELEASES)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The small vault of one release, opened by this program."""
    folder = tmp_path / "旧库.paizhu"
    shutil.copytree(DATA / request.param, folder)
    vault = Vault.open(folder, PASSWORD)
    yield Office(vault)
    vault.close()


def test_the_newest_schema_has_a_vault_here() -> None:
    assert RELEASES[-1] == migrate.HEAD


def test_every_record_is_still_there(released: Office) -> None:
    found = {key: released.records.count(View(key, which=Which.ALL)) for key in RECORDS}
    assert found == RECORDS


def test_values_rows_files_and_pointers_are_still_there(released: Office) -> None:
    row = released.records.get(TALK, 1)
    assert (row.no, row.state, row.values["record"]) == ("谈〔2026〕001", "held", "按提纲谈了三个问题")
    subject = row.values["subject"]
    assert getattr(subject, "linked", False)
    assert [each.values["words"] for each in released.records.rows(TALK, 1)["requirement"]] == ["报送"]
    (paper,) = released.records.attachments(TALK, 1)
    assert released.vault.attachments.verify(paper["digest"])
    assert released.records.get(registers.register("lead"), 1).values["source"] == "petition"
    petition = registers.register("petition")
    assert released.records.reveal(petition, 1, "informant", PASSWORD, "示例") == [{"name": "举报人甲某"}]


def test_the_journal_holds_and_undo_still_works(released: Office) -> None:
    assert released.history.verify() == []
    newest = released.history.last_undoable()
    assert newest is not None
    assert not released.history.undo(newest.id).kept
    assert released.history.verify() == []


def test_words_are_found_and_numbers_go_on(released: Office) -> None:
    assert {hit.id for hit in released.search.find("sunlixin", only=("integrity_talk",))} == {1, 3}
    saved = released.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-10"})
    assert released.records.get(TALK, saved.records[0][1]).no == "谈〔2026〕004"


def test_the_file_is_whole(released: Office) -> None:
    folder, key = released.vault.folder, released.vault.key_for(keys.Purpose.DATABASE)
    connection = cipher.connect(folder / DATABASE, key, readonly=True)
    assert cipher.integrity(connection) == []
    connection.close()

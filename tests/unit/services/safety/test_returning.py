"""Coming back to a backup: whatever way it was done, the journal of the vault that came back says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from paizhu.base import clock
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.safety import returning
from paizhu.services.session import Session
from paizhu.storage import restore
from paizhu.storage.backup_place import Backup
from tests.conftest import PASSWORD


def on_a_bare_machine(made: Backup, folder: Path) -> Path:
    fresh = folder.with_name("回来.paizhu")
    returning.restore_into(made, fresh, lambda header: header.unlock(PASSWORD))
    return fresh


def over_what_stands_there(made: Backup, folder: Path) -> Path:
    returning.restore_into(made, folder, lambda header: header.unlock(PASSWORD))
    return folder


def over_a_ruin(made: Backup, folder: Path) -> Path:
    (folder / "vault.db").write_bytes(b"?" * 5000)
    returning.mend(made, folder, lambda header: header.unlock(PASSWORD))
    return folder


def cut_short_at_the_switch(made: Backup, folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restore, "finish", lambda _vault: None)
        returning.restore_into(made, folder, lambda header: header.unlock(PASSWORD))
    return folder


WAYS = [on_a_bare_machine, over_what_stands_there, over_a_ruin, cut_short_at_the_switch]


def opened(folder: Path) -> Session:
    session = Session(Machine())
    session.choose(folder)
    session.unlock(PASSWORD)
    return session


@pytest.mark.parametrize("way", WAYS)
def test_a_restored_vault_says_in_its_journal_from_which_backup(
    office: Office, vault_folder: Path, way: Callable[[Backup, Path], Path]
) -> None:
    made = office.backups.make().first
    office.vault.close()
    folder = way(made, vault_folder)
    words = f"恢复到 {clock.now():%Y-%m-%d %H:%M} 的备份 {made.folder.name}"
    # Once, and not with every opening that follows.
    for _ in range(2):
        session = opened(folder)
        assert session.office is not None
        assert [(entry.kind, entry.label) for entry in session.office.history.entries()] == [("security", words)]
        assert session.office.history.verify() == []
        session.lock()


def test_a_restore_within_a_sitting_is_journalled_once(vault_folder: Path) -> None:
    session = opened(vault_folder)
    assert session.office is not None
    made = session.office.backups.make().first
    office, _restored = session.restore(made)
    assert [made.folder.name in entry.label for entry in office.history.entries()] == [True]
    session.lock()


def test_a_key_file_taken_from_a_backup_is_journalled(office: Office, vault_folder: Path) -> None:
    made = office.backups.make().first
    office.vault.close()
    for name in ("header.json", "header.json.bak"):
        (vault_folder / name).write_bytes(b"?")
    returning.mend(made, vault_folder, lambda header: header.unlock(PASSWORD))
    session = opened(vault_folder)
    assert session.office is not None
    assert session.office.history.entries()[0].label.startswith("钥匙文件用 ")
    session.lock()

"""An older key file laid in place of the present one: it opens the vault, and whoever opens it is told."""

from pathlib import Path

import pytest

from paizhu.services.machine import Machine
from paizhu.services.safety import key_watch, returning
from paizhu.services.session import Session
from paizhu.storage.header import COPY, FILE
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD

NEW = "另一个口令-98765"
OLD_KEYS = "钥匙文件不是上次用的那一份"


@pytest.fixture
def session(vault_folder: Path) -> Session:
    made = Session(Machine())
    made.choose(vault_folder)
    return made


def keys(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (FILE, COPY)}


def told(session: Session, password: str) -> bool:
    office = session.unlock(password)
    found = any(OLD_KEYS in words for words in session.notices)
    assert found == (office.history.entries(1) != [] and OLD_KEYS[:4] in office.history.entries(1)[0].label)
    session.lock()
    return found


def test_an_older_key_file_is_told_of_once_and_journalled(session: Session, vault_folder: Path) -> None:
    assert not told(session, PASSWORD)
    before = keys(vault_folder)
    session.unlock(PASSWORD)
    session.change_password(PASSWORD, NEW)
    session.lock()
    session.unlock(NEW)
    assert session.notices == []
    session.lock()
    for name, raw in before.items():
        (vault_folder / name).write_bytes(raw)
    # The password that was given up opens it: the data key is the same. It does not go unseen.
    assert told(session, PASSWORD)
    session.unlock(PASSWORD)
    assert session.notices == []
    session.lock()


def test_keys_changed_from_within_are_no_news(session: Session) -> None:
    session.unlock(PASSWORD)
    code = session.renew_recovery(PASSWORD)
    session.lock()
    assert not any(OLD_KEYS in words for words in notices(session, PASSWORD))
    session.recover(code, NEW)
    session.lock()
    assert not any(OLD_KEYS in words for words in notices(session, NEW))


def notices(session: Session, password: str) -> list[str]:
    session.unlock(password)
    session.lock()
    return session.notices


def test_coming_back_to_a_backup_from_before_a_change_of_password_is_no_news(session: Session) -> None:
    office = session.unlock(PASSWORD)
    made = office.backups.make().first
    session.change_password(PASSWORD, NEW)
    before = keys(office.vault.folder)
    session.restore(made)
    assert not any(OLD_KEYS in words for words in session.notices)
    session.lock()
    assert not any(OLD_KEYS in words for words in notices(session, NEW))
    # And it is watched from there on.
    assert before == keys(office.vault.folder)
    session.unlock(NEW)
    session.change_password(NEW, PASSWORD)
    session.lock()
    for name, raw in before.items():
        (office.vault.folder / name).write_bytes(raw)
    assert told(session, NEW)


def test_a_key_file_put_right_from_a_backup_is_no_news(session: Session, vault_folder: Path) -> None:
    office = session.unlock(PASSWORD)
    made = office.backups.make().first
    session.lock()
    for name in (FILE, COPY):
        (vault_folder / name).write_bytes(b"?")
    returning.mend(made, vault_folder, lambda header: header.unlock(PASSWORD))
    assert not any(OLD_KEYS in words for words in notices(session, PASSWORD))


def test_a_vault_whose_keys_were_never_changed_is_opened_without_a_write(vault: Vault) -> None:
    before = vault.kept_bodies("header")
    assert key_watch.look(vault) == ""
    assert vault.kept_bodies("header") == before == {}

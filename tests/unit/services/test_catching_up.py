"""A vault that another version of the program wrote: after opening, lists and chips say what the forms say."""

import shutil
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import CancelledError
from paizhu.base.progress import silent
from paizhu.base.view import View, Which
from paizhu.services import catching_up
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.storage import derived
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.hold import Hold
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD
from tests.migrations import small_vault

RELEASES = sorted(path.name for path in small_vault.DATA.iterdir() if path.is_dir())
TALK = registers.register("integrity_talk")


def wrong_counts(office: Office) -> list[str]:
    """Return the registers in which a stored count is not that of the form, or whose chip says otherwise."""
    found = []
    for register in registers.REGISTERS:
        rows = office.records.window(View(register.key, which=Which.ALL), 0, 1_000)
        live = [row for row in rows if not row.voided and register.wanted_now(row.values)]
        counted = office.records.count(View(register.key, missing=True))
        if counted != len(live) or any(row.missing != len(register.wanted_now(row.values)) for row in rows):
            found.append(register.key)
    return found


@pytest.mark.parametrize("release", RELEASES)
def test_the_counts_of_every_release_are_right_once_it_is_opened(release: str, tmp_path: Path) -> None:
    folder = tmp_path / "旧库.paizhu"
    shutil.copytree(small_vault.DATA / release, folder)
    session = Session(Machine())
    session.choose(folder)
    office = session.unlock(small_vault.PASSWORD)
    try:
        assert wrong_counts(office) == []
        assert office.history.verify() == []
        assert derived.due(office.vault._writer) == ()
    finally:
        session.lock()


@pytest.fixture
def older(vault: Vault) -> Vault:
    """A vault whose counts are another version's."""
    Office(vault).records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-20"})
    vault._writer.execute("UPDATE integrity_talk SET missing = 0")
    vault._writer.execute("DELETE FROM kept WHERE kind = 'derived'")
    return vault


def test_unlocking_says_what_it_does_and_the_chip_is_right(older: Vault) -> None:
    folder = older.folder
    older.close()
    session = Session(Machine())
    session.choose(folder)
    said: list[str] = []
    office = session.unlock(PASSWORD, lambda words, _done, _total: said.append(words))
    try:
        assert wrong_counts(office) == []
        assert any("待补全" in words for words in said)
        assert session.notices == []
    finally:
        session.lock()


def test_a_disk_that_takes_nothing_keeps_nobody_out(older: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise NotWrittenError("没有保存成：盘上空间不足", "已经保存的内容没有动", "删去盘上不用的文件后再试")

    monkeypatch.setattr(derived, "catch_up", refuse)
    (told,) = catching_up.after_opening(older, silent)
    assert "盘上空间不足" in told
    assert "下次打开" in told
    assert Office(older).records.get(TALK, 1).values["subject"]


def test_whoever_stops_it_leaves_a_closed_vault_that_opens_again(older: Vault) -> None:
    def stop(_words: str, _done: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        catching_up.after_opening(older, stop)
    assert older.closed
    Hold.acquire(older.folder).release()
    session = Session(Machine())
    session.choose(older.folder)
    assert wrong_counts(session.unlock(PASSWORD)) == []
    session.lock()

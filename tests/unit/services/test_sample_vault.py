"""The invented vault: made once, opened again, put aside, and nothing half done left behind."""

from pathlib import Path

import pytest

from paizhu.base.errors import NotAllowedError
from paizhu.services.machine import Machine
from paizhu.services.sample_vault import PASSWORD, SampleVault
from paizhu.services.session import Session


def test_the_sample_vault_opens_again_and_can_be_put_aside() -> None:
    session = Session(Machine())
    built: list[object] = []
    sample = SampleVault(session)
    sample.open(built.append)
    assert len(built) == 1
    assert sample.chosen
    session.lock()
    session.unlock(PASSWORD)
    sample.open(built.append)
    assert len(built) == 1
    aside = sample.put_aside()
    assert (aside / "header.json").is_file()
    assert not Session(Machine()).known


def test_a_sample_that_could_not_be_made_leaves_nothing_behind() -> None:
    session = Session(Machine())

    def build(_office: object) -> None:
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        SampleVault(session).open(build)
    assert not SampleVault(session).folder.exists()
    assert not session.known


def test_only_the_sample_can_be_removed(vault_folder: Path) -> None:
    session = Session(Machine())
    session.choose(vault_folder)
    with pytest.raises(NotAllowedError):
        SampleVault(session).put_aside()
    assert vault_folder.is_dir()

"""What is looked at outside the vault is gone when it locks, and after a kill when it is opened again."""

import shutil
import tempfile
from pathlib import Path

import pytest

from paizhu.services.machine import Machine
from paizhu.services.readable import OpenedFiles
from paizhu.services.session import Session
from tests.conftest import PASSWORD


@pytest.fixture(autouse=True)
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def left_by_a_kill(vault_id: str) -> Path:
    """A readable copy whose program never came to delete it."""
    opened = OpenedFiles(vault_id)
    path = opened.place("示例.txt")
    path.write_text("示例内容", encoding="utf-8")
    folder = path.parent.parent
    left = shutil.copytree(folder, folder.with_name(f"{folder.name}left"))
    opened.clear()
    return left / path.relative_to(folder)


def test_clearing_leaves_nothing(own_temp: Path) -> None:
    opened = OpenedFiles("示例")
    for name in ("一.txt", "一.txt"):
        opened.place(name).write_text("示例", encoding="utf-8")
    opened.clear()
    assert list(own_temp.iterdir()) == []


def test_opening_the_vault_again_deletes_what_a_kill_left_of_it_and_of_no_other(
    vault_folder: Path, own_temp: Path
) -> None:
    session = Session(Machine())
    session.choose(vault_folder)
    office = session.unlock(PASSWORD)
    ours, other = left_by_a_kill(office.vault.header.vault_id), left_by_a_kill("0f0f0f0f0f0f0f0f")
    session.lock()
    session.unlock(PASSWORD)
    assert (ours.exists(), other.exists()) == (False, True)
    session.lock()

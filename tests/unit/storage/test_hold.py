"""One writer for one vault."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paizhu.storage.hold import FILE, Hold, VaultHeldError
from tests.unit.storage.made_vault import NOON

DIE_HOLDING = """
import os, sys
from datetime import datetime
from pathlib import Path
from paizhu.storage.hold import Hold
kept = Hold.acquire(Path(sys.argv[1]), lambda: datetime(2026, 9, 25, 8, 31))
os._exit(1)
"""


def test_a_second_start_is_told_who_holds_the_vault_since_when(tmp_path: Path) -> None:
    first = Hold.acquire(tmp_path, lambda: NOON)
    with pytest.raises(VaultHeldError, match=r"本机的另一个窗口使用，从 09-25 12:00 开始.*回到那个窗口") as refused:
        Hold.acquire(tmp_path)
    assert (refused.value.pid, refused.value.since) == (os.getpid(), NOON)
    first.release()


def test_a_released_vault_can_be_taken_again(tmp_path: Path) -> None:
    first = Hold.acquire(tmp_path)
    first.release()
    first.release()
    second = Hold.acquire(tmp_path)
    assert second.stale is None
    second.release()


def test_a_lock_of_a_program_that_died_is_known_as_stale_and_cleared(tmp_path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", DIE_HOLDING, str(tmp_path)], check=False, env=_environment())
    assert died.returncode == 1
    assert (tmp_path / FILE).stat().st_size > 0
    taken = Hold.acquire(tmp_path)
    assert taken.stale is not None
    assert f"{taken.stale.since:%H:%M}" == "08:31"
    assert taken.stale.here
    taken.release()


@pytest.mark.parametrize("left", [b"", b"{", b"\xff", b'{"pid": 1}'])
def test_an_unreadable_note_does_not_stand_in_the_way(tmp_path: Path, left: bytes) -> None:
    (tmp_path / FILE).write_bytes(left)
    taken = Hold.acquire(tmp_path)
    assert taken.stale is None
    taken.release()


def test_a_holder_without_a_note_is_still_a_holder(tmp_path: Path) -> None:
    first = Hold.acquire(tmp_path)
    (tmp_path / FILE).write_bytes(b"")
    with pytest.raises(VaultHeldError, match="本机的另一个窗口使用。") as refused:
        Hold.acquire(tmp_path)
    assert refused.value.since is None
    first.release()


def _environment() -> dict[str, str]:
    source = Path(__file__).parents[3] / "src"
    return {**os.environ, "PYTHONPATH": str(source)}

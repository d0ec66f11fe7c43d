"""Slowing down after wrong passwords."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from paizhu.base import paths
from paizhu.base.errors import WrongPasswordError
from paizhu.storage.attempts import FILE, Attempts
from paizhu.storage.keys import MistypedCodeError
from tests.unit.storage.made_vault import NOON

ID = "0b1c9a52-0000-4000-8000-000000000000"


class Wall:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wall:
    monkeypatch.setenv("PAIZHU_HOME", str(tmp_path / "home"))
    (tmp_path / "vault").mkdir()
    return Wall()


@pytest.fixture
def attempts(tmp_path: Path, wall: Wall) -> Callable[[], Attempts]:
    return lambda: Attempts(ID, tmp_path / "vault", wall)


def wrong() -> bytes:
    raise WrongPasswordError("口令不对", "库没有改动")


def fail(attempts: Attempts, times: int = 1) -> str:
    words = ""
    for _ in range(times):
        with pytest.raises(WrongPasswordError) as refused:
            attempts.run(wrong)
        words = str(refused.value)
    return words


def test_the_words_count_down(attempts: Callable[[], Attempts]) -> None:
    assert fail(attempts()) == "口令不对。库没有改动。还可试 4 次，连错 5 次须等 10 分钟。"
    assert "还可试 1 次" in fail(attempts(), 3)
    assert "连错 5 次，请等 10 分钟再试" in fail(attempts())


def test_after_five_failures_even_the_right_password_waits(attempts: Callable[[], Attempts], wall: Wall) -> None:
    fail(attempts(), 5)
    wall.at += timedelta(minutes=9, seconds=30)
    with pytest.raises(WrongPasswordError, match="请等 1 分钟"):
        attempts().run(lambda: b"key")
    wall.at += timedelta(seconds=30)
    assert attempts().wait_seconds == 0
    assert "还可试 5 次" in attempts().words
    assert attempts().run(lambda: b"key") == b"key"


def test_after_the_wait_five_tries_are_given_again(attempts: Callable[[], Attempts], wall: Wall) -> None:
    fail(attempts(), 5)
    wall.at += timedelta(minutes=10)
    assert "还可试 4 次" in fail(attempts())


def test_success_forgets_the_failures(attempts: Callable[[], Attempts], tmp_path: Path) -> None:
    fail(attempts(), 4)
    assert attempts().run(lambda: 7) == 7
    assert attempts().left == 5
    assert not (tmp_path / "vault" / FILE).exists()


@pytest.mark.parametrize("lost", ["vault", "home"])
def test_losing_one_of_the_two_notes_gives_no_fresh_tries(
    attempts: Callable[[], Attempts], tmp_path: Path, lost: str
) -> None:
    fail(attempts(), 5)
    place = {"vault": tmp_path / "vault" / FILE, "home": paths.home() / FILE / f"{ID}.json"}[lost]
    place.unlink()
    assert attempts().wait_seconds == 600


def test_a_damaged_note_is_no_note(attempts: Callable[[], Attempts], tmp_path: Path) -> None:
    (tmp_path / "vault" / FILE).write_bytes(b"\xff{")
    assert attempts().left == 5


def test_a_clock_set_back_waits_no_longer_than_ten_minutes(attempts: Callable[[], Attempts], wall: Wall) -> None:
    fail(attempts(), 5)
    wall.at -= timedelta(days=400)
    assert attempts().wait_seconds == 600
    wall.at += timedelta(minutes=10)
    assert attempts().run(lambda: b"key") == b"key"


def test_failures_before_a_clock_was_set_back_still_count(attempts: Callable[[], Attempts], wall: Wall) -> None:
    fail(attempts(), 4)
    wall.at -= timedelta(days=400)
    assert "请等 10 分钟" in fail(attempts())


def test_a_mistyped_recovery_code_is_not_counted(attempts: Callable[[], Attempts]) -> None:
    def mistyped() -> None:
        raise MistypedCodeError("第 3 组与恢复单不符", "对照恢复单改正", (3,))

    with pytest.raises(MistypedCodeError):
        attempts().run(mistyped)
    assert attempts().left == 5

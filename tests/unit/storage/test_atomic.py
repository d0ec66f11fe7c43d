"""Files written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from paizhu.storage import atomic


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomic.write(path, b"first")
    atomic.write(path, b"second")
    assert path.read_bytes() == b"second"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_when_writing_stops_half_way_the_old_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def stopped() -> None:
        with atomic.replacing(path) as temp:
            temp.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "空间不足"),
        (errno.EROFS, "不让写入（只读"),
        (errno.EACCES, "不让写入（只读"),
        (errno.ENODEV, "盘已经拔出"),
        (errno.EMFILE, "系统不让写入"),
    ],
)
def test_every_refusal_of_the_disk_has_its_three_parts(code: int, words: str) -> None:
    refused = atomic.refusal(OSError(code, "x"), "没有写进备份盘")
    assert refused.happened.startswith("没有写进备份盘：")
    assert words in refused.happened
    assert refused.kept
    assert refused.todo


@pytest.mark.skipif(os.name != "posix", reason="links need rights of their own elsewhere")
def test_a_link_laid_in_the_way_is_not_written_through(tmp_path: Path) -> None:
    """In a shared folder another account can guess the name under which a file is written first."""
    own = tmp_path / "own"
    own.write_bytes(b"mine")
    for name in ("file", "other"):
        (tmp_path / f".{name}.{os.getpid()}{atomic.PARTIAL}").symlink_to(own)
    atomic.write(tmp_path / "file", b"new")
    atomic.write_together({tmp_path / "other": b"new"})
    assert own.read_bytes() == b"mine"
    assert [(tmp_path / name).is_symlink() for name in ("file", "other")] == [False, False]

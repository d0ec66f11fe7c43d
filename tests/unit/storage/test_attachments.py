"""Encrypted attachments in real files."""

import os
from pathlib import Path

import pytest

from paizhu.base.errors import CancelledError, NotFoundError, VaultDamagedError
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.attachments import PIECE, Attachments
from tests.unit.storage.made_vault import contents, flip

KEY = bytes(range(32))
WORDS = "签字页扫描件，内容虚构。".encode()
LONG = WORDS * (2 * PIECE // len(WORDS) + 9)
TAG = 16


@pytest.fixture
def kept(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "attachments", KEY)


@pytest.mark.parametrize(
    "content", [b"", b"a", WORDS, bytes(PIECE - 1), bytes(PIECE), bytes(PIECE + 1), bytes(2 * PIECE), LONG]
)
def test_contents_come_out_as_they_went_in(kept: Attachments, content: bytes) -> None:
    name = kept.store(content)
    assert kept.read_bytes(name) == content
    assert kept.size(name) == len(content)
    assert kept.verify(name)


def test_a_file_and_its_bytes_have_the_same_hash(kept: Attachments, tmp_path: Path) -> None:
    (tmp_path / "扫描.pdf").write_bytes(LONG)
    assert kept.store(tmp_path / "扫描.pdf") == kept.store(LONG)
    assert len(kept.names()) == 1


def test_neither_name_nor_file_tells_anything(kept: Attachments, tmp_path: Path) -> None:
    name = kept.store(LONG)
    assert WORDS not in kept.path(name).read_bytes()
    assert Attachments(tmp_path / "other", bytes(32)).store(LONG) != name


def test_the_same_contents_are_kept_once(kept: Attachments) -> None:
    name = kept.store(WORDS)
    before = contents(kept.folder)
    assert kept.store(WORDS) == name
    assert contents(kept.folder) == before


def test_storing_again_mends_a_damaged_file(kept: Attachments) -> None:
    name = kept.store(WORDS)
    flip(kept.path(name), 30)
    assert not kept.verify(name)
    kept.store(WORDS)
    assert kept.read_bytes(name) == WORDS


def test_every_flipped_byte_is_noticed(kept: Attachments) -> None:
    name = kept.store(WORDS)
    for at in range(kept.path(name).stat().st_size):
        flip(kept.path(name), at)
        with pytest.raises(VaultDamagedError, match="已损坏"):
            kept.read_bytes(name)
        flip(kept.path(name), at)
    assert kept.verify(name)


@pytest.mark.parametrize(
    "lost", [1, TAG, len(LONG) - 2 * PIECE + TAG, PIECE, PIECE + TAG + len(LONG) - 2 * PIECE + TAG]
)
def test_a_cut_off_file_is_noticed_even_between_pieces(kept: Attachments, lost: int) -> None:
    name = kept.store(LONG)
    whole = kept.path(name).read_bytes()
    kept.path(name).write_bytes(whole[:-lost])
    assert not kept.verify(name)


def test_swapped_pieces_and_swapped_files_are_noticed(kept: Attachments) -> None:
    name, other = kept.store(LONG), kept.store(WORDS)
    whole = kept.path(name).read_bytes()
    head, piece = len(whole) - len(LONG) - 3 * TAG, PIECE + TAG
    first, second = whole[head : head + piece], whole[head + piece : head + 2 * piece]
    kept.path(name).write_bytes(whole[:head] + second + first + whole[head + 2 * piece :])
    assert not kept.verify(name)
    kept.path(name).write_bytes(kept.path(other).read_bytes())
    assert not kept.verify(name)
    assert kept.verify(other)


def test_a_check_lists_what_is_missing_damaged_and_unused(kept: Attachments) -> None:
    whole, damaged, unused, gone = (kept.store(word) for word in (b"1", b"2", b"3", b"4"))
    flip(kept.path(damaged), 25)
    kept.path(gone).unlink()
    found = kept.check([whole, damaged, gone])
    assert (found.missing, found.damaged, found.unused) == ((gone,), (damaged,), (unused,))
    assert not found.clean


def test_an_attachment_is_exported_readable(kept: Attachments, tmp_path: Path) -> None:
    kept.export(kept.store(LONG), tmp_path / "导出.pdf")
    assert (tmp_path / "导出.pdf").read_bytes() == LONG


def test_a_damaged_attachment_leaves_no_half_export(kept: Attachments, tmp_path: Path) -> None:
    name = kept.store(LONG)
    flip(kept.path(name), kept.path(name).stat().st_size - 1)
    with pytest.raises(VaultDamagedError):
        kept.export(name, tmp_path / "导出.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["attachments"]


def test_a_cancelled_store_leaves_nothing(kept: Attachments) -> None:
    def cancel(_what: str, _done: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        kept.store(LONG, cancel)
    assert contents(kept.folder) == {}


def test_what_cannot_be_read_or_found_is_refused_in_words(kept: Attachments, tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError, match=r"读不到文件“没有\.pdf”"):
        kept.store(tmp_path / "没有.pdf")
    with pytest.raises(NotFoundError, match="不见了"):
        kept.read_bytes("ab" * 32)
    for crooked in ("../vault.db", "AB" * 32, ""):
        with pytest.raises(NotFoundError, match="编号不对"):
            kept.path(crooked)


def test_a_full_disk_leaves_the_attachments_as_they_were(kept: Attachments) -> None:
    resource = pytest.importorskip("resource")
    kept.store(WORDS)
    before = contents(kept.folder)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PIECE, hard))
    try:
        with pytest.raises(NotWrittenError, match="附件没有存进库里：盘上空间不足"):
            kept.store(os.urandom(2 * PIECE))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert contents(kept.folder) == before

"""Attachments: encrypted files named by a keyed hash of their contents, so that neither name nor file tells anything.

A file is a mark and a random salt, then pieces of one MiB, each encrypted with its number and whether it is the last:
a piece changed, moved, left out or cut off is noticed.
"""

import hashlib
import hmac
import os
import re
import secrets
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from paizhu.base.errors import NotFoundError, VaultDamagedError
from paizhu.base.progress import Progress, silent
from paizhu.storage import atomic
from paizhu.storage.keys import KEY_BYTES, SALT_BYTES, Purpose, subkey

FOLDER = "attachments"
PIECE = 1 << 20
_MARK = b"PZHA1"
_HEAD = len(_MARK) + SALT_BYTES
_TAG = 16
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check of attachments found: content hashes that are missing, damaged, or that no record names."""

    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    unused: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Tell whether everything that should be there is there and whole."""
        return not self.missing and not self.damaged


class Attachments:
    """The encrypted files in one folder, under keys made from the vault's data key."""

    def __init__(self, folder: Path, data_key: bytes) -> None:
        self.folder = folder
        self._key = subkey(data_key, Purpose.ATTACHMENTS)
        self._hash_key = subkey(data_key, Purpose.HASHING)

    def store(self, source: Path | bytes, progress: Progress = silent) -> str:
        """Encrypt the contents and return their hash; contents that are here already are not kept twice."""
        if isinstance(source, bytes):
            return self._store((source[at : at + PIECE] for at in range(0, len(source), PIECE)), len(source), progress)
        try:
            with source.open("rb") as file:
                return self._store(iter(lambda: file.read(PIECE), b""), source.stat().st_size, progress)
        except OSError as error:
            raise atomic.refusal(error, f"读不到文件“{source.name}”", "库没有改动") from error

    def read(self, content_hash: str) -> Iterator[bytes]:
        """Give the contents piece by piece; refused at the first piece that does not hold.

        Only when the last piece was given is it certain that the contents are those of this hash.
        """
        path = self._existing(content_hash)
        seen = self._hasher()
        with path.open("rb") as file:
            for piece in self._pieces(file, content_hash):
                seen.update(piece)
                yield piece
        if not hmac.compare_digest(seen.hexdigest(), content_hash):
            raise _damaged(content_hash)

    def read_bytes(self, content_hash: str) -> bytes:
        """Return the whole contents, checked."""
        return b"".join(self.read(content_hash))

    def export(self, content_hash: str, dest: Path, progress: Progress = silent) -> None:
        """Write the contents, readable, to a path; nothing stands there when it fails or is cancelled."""
        total, done = self.size(content_hash), 0
        try:
            with atomic.replacing(dest) as temp, temp.open("wb") as file:
                for piece in self.read(content_hash):
                    file.write(piece)
                    done += len(piece)
                    progress("正在导出附件", done, total)
        except OSError as error:
            raise atomic.refusal(error, f"没有导出附件到“{dest.name}”", "附件仍在库里") from error

    def size(self, content_hash: str) -> int:
        """Return the size of the contents in bytes."""
        return _plain_size(self._existing(content_hash).stat().st_size)

    def has(self, content_hash: str) -> bool:
        """Tell whether a file of this hash stands here, whole or not."""
        return self.path(content_hash).is_file()

    def verify(self, content_hash: str) -> bool:
        """Read the file to its end and tell whether it is whole and unchanged; False when it is missing."""
        try:
            for _piece in self.read(content_hash):
                pass
        except (VaultDamagedError, NotFoundError, OSError):
            return False
        return True

    def check(self, named: Iterable[str], progress: Progress = silent) -> Findings:
        """Read every file and hold the folder against the hashes that records name."""
        wanted, present = set(named), set(self.names())
        damaged = []
        for place, name in enumerate(sorted(present), start=1):
            if not self.verify(name):
                damaged.append(name)
            progress("正在核对附件", place, len(present))
        return Findings(tuple(sorted(wanted - present)), tuple(damaged), tuple(sorted(present - wanted)))

    def names(self) -> list[str]:
        """Return the hashes of all files here, in order."""
        return sorted(path.name for path in self.folder.glob("??/*") if _NAME.fullmatch(path.name))

    def path(self, content_hash: str) -> Path:
        """Return where the encrypted file of a hash stands or would stand."""
        if not _NAME.fullmatch(content_hash):
            raise NotFoundError("附件编号不对", "库没有改动", "从记录里打开附件")
        return self.folder / content_hash[:2] / content_hash

    def _store(self, pieces: Iterator[bytes], size: int, progress: Progress) -> str:
        temp = self.folder / f".{secrets.token_hex(8)}{atomic.PARTIAL}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            content_hash = self._encrypted(pieces, temp, size, progress)
            path = self.path(content_hash)
            # A damaged one is replaced: storing the same file again mends it.
            if not self.verify(content_hash):
                path.parent.mkdir(exist_ok=True)
                temp.replace(path)
                atomic.sync_folder(path.parent)
        except OSError as error:
            raise atomic.refusal(error, "附件没有存进库里", "原来的文件和库都没有动") from error
        finally:
            temp.unlink(missing_ok=True)
        return content_hash

    def _encrypted(self, pieces: Iterator[bytes], temp: Path, size: int, progress: Progress) -> str:
        salt = secrets.token_bytes(SALT_BYTES)
        box, seen, done = AESGCM(self._file_key(salt)), self._hasher(), 0
        with temp.open("xb") as out:
            out.write(_MARK + salt)
            number, piece = 0, next(pieces, b"")
            while True:
                following = next(pieces, b"")
                seen.update(piece)
                out.write(box.encrypt(_nonce(number, last=not following), piece, _MARK + salt))
                done += len(piece)
                progress("正在存入附件", done, size)
                if not following:
                    break
                number, piece = number + 1, following
            out.flush()
            os.fsync(out.fileno())
        return seen.hexdigest()

    def _pieces(self, file: BinaryIO, content_hash: str) -> Iterator[bytes]:
        head = file.read(_HEAD)
        if len(head) != _HEAD or not head.startswith(_MARK):
            raise _damaged(content_hash)
        box = AESGCM(self._file_key(head[len(_MARK) :]))
        number, raw = 0, file.read(PIECE + _TAG)
        while True:
            following = file.read(PIECE + _TAG)
            try:
                yield box.decrypt(_nonce(number, last=not following), raw, head)
            except (InvalidTag, ValueError) as error:
                raise _damaged(content_hash) from error
            if not following:
                return
            number, raw = number + 1, following

    def _existing(self, content_hash: str) -> Path:
        path = self.path(content_hash)
        if not path.is_file():
            raise NotFoundError("这个附件的文件不见了", "记录和其他附件没有动", "从备份恢复，或重新放入原文件")
        return path

    def _file_key(self, salt: bytes) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=salt, info=b"paizhu/attachment/1").derive(self._key)

    def _hasher(self) -> hmac.HMAC:
        return hmac.new(self._hash_key, digestmod=hashlib.sha256)


def _nonce(number: int, *, last: bool) -> bytes:
    # The key belongs to this file alone, so counting gives each piece a nonce of its own.
    return struct.pack(">4xI3xB", number, last)


def _plain_size(file_size: int) -> int:
    body = max(file_size - _HEAD, 0)
    return body - -(-body // (PIECE + _TAG)) * _TAG


def _damaged(content_hash: str) -> VaultDamagedError:
    return VaultDamagedError(
        f"附件 {content_hash[:8]} 已损坏，内容对不上", "记录和其他附件没有动", "从备份恢复，或重新放入原文件"
    )

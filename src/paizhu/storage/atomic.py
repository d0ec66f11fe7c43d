"""Writing files whole or not at all, and the words when the disk refuses."""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from paizhu.base.errors import PaizhuError

PARTIAL = ".partial"
TOO_LONG, SHORTEN = "名字或所在的路径太长", "把名字、上级文件夹的名字改短，或换到上面几层的文件夹，再试"
OWNER_ONLY = 0o700
"""Who else has an account on the machine shall not even carry encrypted files away to try passwords on them."""

_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
_TOO_LONG = {errno.ENAMETOOLONG}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.ENOTCONN}


class NotWrittenError(PaizhuError):
    """The disk did not take what was to be written; what stood there before still stands."""


def refusal(error: OSError, happened: str, kept: str = "原来的内容没有动") -> NotWrittenError:
    """Return the refusal for an error of the operating system: why, what was kept, what to do."""
    why, todo = _reason(error.errno)
    return NotWrittenError(f"{happened}：{why}", kept, todo)


def _reason(code: int | None) -> tuple[str, str]:
    if code in _FULL:
        return "盘上空间不足", "删去盘上不用的文件，或换一个位置再试"
    if code in _FORBIDDEN:
        return "这个文件夹不让写入（只读，或没有权限）", "换一个能写入的位置，或请管理员放开写入后再试"
    if code in _GONE:
        return "找不到这个位置，或盘已经拔出", "插好盘、核对位置后再试，或换一个位置"
    if code in _TOO_LONG:
        return TOO_LONG, SHORTEN
    return "系统不让写入", "稍等再试，或换一个位置"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file beside the path; it takes the path's place, safely on disk, when the block ends well."""
    temp = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
    # Whatever stands there, a link laid by somebody to a file of ours among it, is not written into.
    temp.unlink(missing_ok=True)
    try:
        yield temp
        sync(temp)
        temp.replace(path)
        sync_folder(path.parent)
    finally:
        temp.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Put the bytes at the path, whole or not at all."""
    with replacing(path) as temp:
        temp.write_bytes(data)


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Put several files in place, each whole or not at all.

    All of them are on the disk under other names before the first takes its place, so that a lack of room or a folder
    that may not be written changes none.
    """
    temps = {path: path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}") for path in contents}
    try:
        for path, data in contents.items():
            temps[path].unlink(missing_ok=True)
            temps[path].write_bytes(data)
            sync(temps[path])
        for path, temp in temps.items():
            temp.replace(path)
        for folder in {path.parent for path in contents}:
            sync_folder(folder)
    finally:
        for temp in temps.values():
            temp.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until the file's contents are on the disk and not only in memory."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until names made or changed in the folder are on the disk, where the system offers that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network and USB file systems cannot sync a folder; the file itself is already safe.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(handle)

"""Putting a file in its place whole or not at all, and the words when the place does not take it."""

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paizhu.documents.refusals import NotWrittenError

_ROOM = ".paizhu-"
_LONG = 3600
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})


@contextmanager
def saved(path: Path) -> Iterator[Path]:
    """Give a place beside the path to write to; it takes the path's place when the block ends well."""
    refuse_taken(path)
    with workroom(path) as beside:
        target = beside / "written"
        yield target
        put(target, path)


def refuse_taken(path: Path) -> None:
    """Refuse a place that cannot be written, before anything is made for it.

    A file somebody works in could be replaced on Linux: what he saves later would then take the place of ours.
    """
    if not path.parent.is_dir():
        raise NotWrittenError(path.name, "要存的文件夹不存在", "请另选一个文件夹")
    if path.is_dir():
        raise NotWrittenError(path.name, "这个名字已经是一个文件夹", "请换一个文件名")
    if path.exists():
        if mark := _mark_of_open(path):
            # A program that crashed leaves its mark behind.
            todo = f"请先在那里关闭它，或换一个文件名；其实没有打开的，删去旁边的“{mark}”再存"
            raise NotWrittenError(path.name, "同名文件正在别的程序里打开", todo)
        # Whoever may do everything, such as root, is not hindered by the mark; it was set on purpose all the same.
        if not path.stat().st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
            raise NotWrittenError(path.name, "同名文件是只读的，不许改动", "请换一个文件名，或先取消它的只读")


def put(made: Path, path: Path) -> None:
    """Put what was made into its place; one that was opened meanwhile is left alone."""
    refuse_taken(path)
    with made.open("rb+") as written:
        os.fsync(written.fileno())
    made.replace(path)


@contextmanager
def workroom(path: Path) -> Iterator[Path]:
    """Give a folder beside a path for what its making needs: never elsewhere, where nobody expects to find it.

    What a killed program left readable in such a folder goes first.
    """
    _sweep(path.parent)
    try:
        with tempfile.TemporaryDirectory(prefix=_ROOM, dir=path.parent, ignore_cleanup_errors=True) as beside:
            yield Path(beside)
    except OSError as error:
        raise refusal(path, error) from error


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_ROOM}*"):
        try:
            # Nothing takes so long to be made: whoever began it is gone.
            old = left.is_dir() and not left.is_symlink() and time.time() - left.stat().st_mtime > _LONG
        except OSError:
            continue
        if old:
            shutil.rmtree(left, ignore_errors=True)


def _mark_of_open(path: Path) -> str:
    """Return the name of what stands beside a file that is open, empty for none.

    Excel and WPS leave ~$name (two letters shorter for long names), LibreOffice a lock file.
    """
    marks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#", f".~{path.name}")
    return next((mark for mark in marks if path.with_name(mark).exists()), "")


def refusal(path: Path, error: Exception) -> NotWrittenError:
    """Return the words for what the system said; a writer of workbooks wraps it in an error of its own."""
    cause = error if isinstance(error, OSError) else error.__cause__ or error.__context__
    number = cause.errno if isinstance(cause, OSError) else None
    if number in _FULL:
        return NotWrittenError(path.name, "磁盘空间不够", "请清出空间，或存到别的磁盘")
    if number == errno.EROFS:
        return NotWrittenError(path.name, "这个位置只能读", "请另选一个文件夹")
    if isinstance(cause, PermissionError) and path.exists():
        return NotWrittenError(path.name, "同名文件正在别的程序里打开，或不许改动", "请先关闭它，或换一个文件名")
    if isinstance(cause, PermissionError):
        return NotWrittenError(path.name, "没有写入这个文件夹的权限", "请另选一个文件夹")
    return NotWrittenError(path.name, "写入时出错", "请换一个位置再试")

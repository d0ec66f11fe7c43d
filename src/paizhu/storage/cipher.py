"""Connections to the encrypted database: opening, checking, copying, and what its errors mean in words."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

from paizhu.base.errors import PaizhuError, VaultDamagedError
from paizhu.base.progress import Progress, silent
from paizhu.storage import atomic
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.keys import Purpose, subkey

DatabaseError = dbapi2.DatabaseError

DATABASE = "vault.db"
PAGE_BYTES = 4096
_COPY_PAGES = 1024
_SMALLEST_CACHE_KIB = 16 * 1024
_LARGEST_CACHE_KIB = 256 * 1024
BUSY_MILLISECONDS = 5000
# SQLite takes paths of 512 bytes on Linux, with the names of the files beside the database; a Chinese sign takes three.
_LONGEST_PATH = 500
_READ_DAMAGED = "从备份恢复；已做的备份没有受影响"


def connect(path: Path, key: bytes, *, readonly: bool = False) -> Any:
    """Open the database with a raw 256-bit key; without ``readonly`` a missing one is made.

    Transactions are begun and ended by the caller (``BEGIN IMMEDIATE``). A connection may be used from any thread,
    by one at a time.
    """
    exists = path.exists()
    if (readonly and not exists) or (exists and path.stat().st_size == 0):
        raise VaultDamagedError(f"数据文件 {path.name} 不见了，或者是空的", "其他文件没有动", _READ_DAMAGED)
    try:
        return _opened(path, key, "ro") if readonly else _opened(path, key, "rwc", journal="WAL")
    except DatabaseError as error:
        if not readonly or not _cannot_write_beside(error) or _unfinished(path):
            raise _not_opened(error, path) from error
    # On a write-protected disk the files beside the database cannot be made; nobody else can write there either.
    try:
        return _opened(path, key, "ro&immutable=1")
    except DatabaseError as error:
        raise _not_opened(error, path) from error


def _cannot_write_beside(error: Exception) -> bool:
    return any(words in str(error) for words in ("readonly database", "unable to open"))


def _not_opened(error: Exception, path: Path) -> PaizhuError:
    return _refused_at(error, path, f"打不开数据文件 {path.name}")


def _refused_at(error: Exception, path: Path, happened: str) -> PaizhuError:
    if "unable to open" in str(error) and too_long(path):
        return NotWrittenError(f"{happened}：{atomic.TOO_LONG}", "已经保存的内容没有动", atomic.SHORTEN)
    return refusal(error, happened)


def too_long(path: Path) -> bool:
    """Tell whether a database at this path could not be opened, wherever else its folder takes files."""
    return os.name == "posix" and len(os.fsencode(path.absolute())) > _LONGEST_PATH


def database_key(data_key: bytes) -> bytes:
    """Return the key of the database, made from the vault's data key."""
    return subkey(data_key, Purpose.DATABASE)


def _opened(path: Path, key: bytes, mode: str, journal: str = "") -> Any:
    connection = dbapi2.connect(
        f"file:{quote(path.absolute().as_posix())}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        # Before the key: otherwise a wrong key writes lines to the terminal.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_cache_kib(path)}")
        if journal:
            connection.execute(f"PRAGMA journal_mode = {journal}")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
        else:
            connection.execute("PRAGMA query_only = ON")
        # The key is only tried when the first page is read.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _cache_kib(path: Path) -> int:
    # Each page costs decryption when it is read again: a scan beyond the cache is five times slower.
    size = path.stat().st_size // 1024 if path.exists() else 0
    return min(max(size + size // 4, _SMALLEST_CACHE_KIB), _LARGEST_CACHE_KIB)


def _unfinished(path: Path) -> bool:
    """Tell whether changes stand beside the database that were not carried into it yet."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def refusal(error: Exception, happened: str, kept: str = "已经保存的内容没有动") -> PaizhuError:
    """Return the refusal for an error of the database: why, what was kept, what to do."""
    words = str(error)
    if "not a database" in words:
        # The key comes out of an authenticated slot, so it is right; only the file can be at fault.
        return VaultDamagedError(
            f"{happened}：文件开头已损坏，或者它不是本库的数据文件", "文件没有动，口令仍然有效", _READ_DAMAGED
        )
    if "malformed" in words:
        return VaultDamagedError(f"{happened}：文件有缺损（可能被截短或改动）", "文件没有动", _READ_DAMAGED)
    if "is full" in words:
        return NotWrittenError(f"{happened}：盘上空间不足", kept, "删去盘上不用的文件后再试")
    if "I/O error" in words:
        return NotWrittenError(f"{happened}：盘没有写进去，可能空间不足或已拔出", kept, "查看盘的剩余空间后再试")
    if "readonly" in words or "unable to open" in words:
        return NotWrittenError(
            f"{happened}：这个文件夹不让写入，或者已经不在原处", kept, "核对位置和写入权限后再试，或换一个位置"
        )
    if "locked" in words or "busy" in words:
        return NotWrittenError(f"{happened}：另一件工作正在写入", kept, "稍等再试")
    return NotWrittenError(happened, kept, "稍等再试；仍不行就从备份恢复")


def integrity(connection: Any) -> list[str]:
    """Return what is wrong with the file, as sentences; an empty list means every page and index holds."""
    faults = [_page_words(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    try:
        rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except DatabaseError:
        return faults or ["数据文件有缺损，可能被截短"]
    faults += [f"结构检查不通过：{row}" for row in rows if row != "ok"]
    faults += [f"表 {row[0]} 第 {row[1]} 行指向的 {row[2]} 不在了" for row in broken]
    return faults


def _page_words(line: str) -> str:
    page = re.search(r"page (\d+)", line)
    return f"数据文件第 {page[1]} 页校验不符" if page else f"数据文件校验不符：{line}"


def counts(connection: Any) -> dict[str, int]:
    """Return the number of rows of every table; full-text tables count by the tables behind them."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for (name,) in names}


def copy_encrypted(connection: Any, dest: Path, key: bytes, progress: Progress = silent) -> None:
    """Copy the database, as it stands at the start, to a new file under the key; nothing is left when it fails.

    The copy is one finished file without a log beside it, so that it can be read from a write-protected disk.
    The connection must not be in the middle of writing: the copying would wait for ever.
    """
    if dest.exists():
        raise NotWrittenError(f"{dest.name} 已经存在，没有覆盖", "原来的文件没有动", "换一个名字再试")
    opened_here = not connection.in_transaction
    target = None
    try:
        if opened_here:
            # Reading once pins the state; what is written meanwhile does not make the copy start again.
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        target = _opened(dest, key, "rwc", journal="DELETE")
        connection.backup(target, pages=_COPY_PAGES, progress=_in_bytes(progress))
        # The pages carry the source's journal mode with them.
        target.execute("PRAGMA journal_mode = DELETE")
        target.close()
        target = None
        atomic.sync(dest)
        atomic.sync_folder(dest.parent)
    except BaseException as error:
        if target is not None:
            target.close()
        _remove(dest)
        if isinstance(error, DatabaseError):
            raise _refused_at(error, dest, f"没有复制成 {dest.name}") from error
        if isinstance(error, OSError):
            raise atomic.refusal(error, f"没有复制成 {dest.name}") from error
        raise
    finally:
        if opened_here and connection.in_transaction:
            connection.execute("ROLLBACK")


def _in_bytes(progress: Progress) -> Callable[[int, int, int], None]:
    def step(_status: int, remaining: int, total: int) -> None:
        progress("正在复制数据文件", (total - remaining) * PAGE_BYTES, total * PAGE_BYTES)

    return step


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)

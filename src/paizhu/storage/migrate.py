"""Bringing the schema up to date: on a copy, verified, then switched in; a newer vault is refused."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paizhu.base import paths
from paizhu.base.errors import PaizhuError, VaultDamagedError
from paizhu.storage import atomic, cipher

HEAD = "0011"
"""Newest migration this program knows; a test holds it against the folder of migrations."""


def version(connection: Any) -> str:
    """Return the schema's version, or the empty string for a file without tables."""
    exists = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    if not exists:
        return ""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def build(database: Path, key: bytes) -> None:
    """Make the tables of a new vault."""
    _upgrade(database, key)


def bring_up_to_date(database: Path, key: bytes, before: Callable[[], object] | None = None) -> bool:
    """Migrate an older vault; False when there was nothing to do. ``before`` makes the backup.

    The copy is migrated and counted against the original before it takes its place; the original stays
    beside it as ``vault.db.before-VERSION``.
    """
    connection = cipher.connect(database, key)
    try:
        standing = version(connection)
        if standing == HEAD:
            return False
        if standing > HEAD or not standing:
            raise PaizhuError(
                "这个工作台是用更新版本的程序做的" if standing else "文件里没有工作台的数据",
                "数据没有改动",
                "请用新版本程序打开" if standing else "从备份恢复，或另选一个文件夹",
            )
        counted = cipher.counts(connection)
    finally:
        connection.close()
    if before:
        before()
    copy = database.with_name(f"{database.name}.migrating")
    try:
        _remove(copy)
        _made_copy(database, copy, key)
        _upgrade(copy, key)
        _verify(copy, key, counted)
        _switch(database, copy)
    except atomic.NotWrittenError as error:
        # Refused while copying, in words about a file that nobody knows.
        why = error.happened.partition("：")[2] or error.happened
        raise atomic.NotWrittenError(f"没有升级成：{why}", "原来的数据没有动", error.todo) from error
    except OSError as error:
        raise atomic.refusal(error, "没有升级成", "原来的数据没有动") from error
    except cipher.DatabaseError as error:
        raise cipher.refusal(error, "没有升级成", "原来的数据没有动") from error
    finally:
        _remove(copy)
    return True


def _made_copy(database: Path, copy: Path, key: bytes) -> None:
    source = cipher.connect(database, key)
    try:
        cipher.copy_encrypted(source, copy, key)
    finally:
        source.close()


def _switch(database: Path, copy: Path) -> None:
    """Keep the original under another name and put the migrated copy in its place."""
    kept = database.with_name(f"{database.name}.before-{HEAD}")
    log = database.with_name(f"{database.name}-wal")
    atomic.sync(copy)
    _keep(database, kept)
    if log.exists() and log.stat().st_size:
        _keep(log, kept.with_name(f"{kept.name}-wal"))
    # A log left beside the migrated file would be carried into it.
    log.unlink(missing_ok=True)
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    copy.replace(database)
    atomic.sync_folder(database.parent)
    # One state to go back to is kept, not one for every version there ever was.
    for older in database.parent.glob(f"{database.name}.before-*"):
        if not older.name.startswith(kept.name):
            older.unlink(missing_ok=True)


def _keep(path: Path, kept: Path) -> None:
    """Give a file a second name, which needs no room; where the disk has no such thing, copy it whole."""
    kept.unlink(missing_ok=True)
    try:
        os.link(path, kept)
    except OSError:
        with atomic.replacing(kept) as temp:
            shutil.copy2(path, temp)


def _remove(copy: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)


def differences(database: Path, key: bytes, metadata: Any) -> list[Any]:
    """Return what Alembic would still change to make the file match the models; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with _engine_connection(database, key) as connection:
        options = {
            "include_object": lambda _t, name, kind, _r, _o: (
                not (kind == "table" and (name or "").startswith("search_"))
            )
        }
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _verify(copy: Path, key: bytes, counted: dict[str, int]) -> None:
    connection = cipher.connect(copy, key)
    try:
        faults = cipher.integrity(connection)
        fresh = cipher.counts(connection)
    finally:
        connection.close()
    lost = [name for name, number in counted.items() if fresh.get(name) != number and name != "alembic_version"]
    if faults or lost:
        raise VaultDamagedError("升级后的数据没有通过核对", "原来的数据没有动", "请保留本文件夹，联系维护人员")


def _upgrade(database: Path, key: bytes) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    try:
        with _engine_connection(database, key) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise error.orig or error from error


@contextmanager
def _engine_connection(database: Path, key: bytes) -> Iterator[Any]:
    import sqlcipher3.dbapi2
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    engine = create_engine(
        "sqlite://", module=sqlcipher3.dbapi2, creator=lambda: cipher.connect(database, key), poolclass=NullPool
    )
    # Without this a migration that fails half-way would leave its first steps behind.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()

"""Bringing a vault up to date: on a copy, verified, switched; refused or failed, no byte of it changes."""

import errno
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from paizhu.base import clock, paths
from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Ref
from paizhu.registers import METADATA
from paizhu.storage import backup, cipher, keys, migrate
from paizhu.storage.backup_place import Reason
from paizhu.storage.vault import DATABASE, Vault
from tests.make import DAY
from tests.unit.storage.made_vault import contents

NEXT = "9999"
WORKS = '''
"""A step of a later release."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None

def upgrade():
    with op.batch_alter_table("unit") as batch:
        batch.add_column(sa.Column("later", sa.Text()))
    {more}
'''


@pytest.fixture
def used(vault: Vault) -> Iterator[Vault]:
    """A closed vault with something in it."""
    with vault.act("save", "准备") as act:
        act.create("unit", {"name": "某示例单位"})
        act.create(
            "integrity_talk", {"subject": Ref("示例甲"), "planned_date": DAY, "state": "planned", "place": "三楼"}
        )
    vault.close()
    yield vault
    vault.close()


def database_key(vault: Vault) -> bytes:
    return vault.key_for(keys.Purpose.DATABASE)


def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "pass") -> None:
    """Let the program know one migration more."""
    folder = tmp_path / "migrations"
    shutil.copytree(paths.migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_later.py").write_text(WORKS.format(head=migrate.HEAD, more=more), encoding="utf-8")
    monkeypatch.setattr(paths, "migrations", lambda: folder)
    monkeypatch.setattr(migrate, "HEAD", NEXT)


def asked(vault: Vault, statement: str, name: str = DATABASE) -> list[Any]:
    connection = cipher.connect(vault.folder / name, database_key(vault))
    try:
        return [tuple(row) for row in connection.execute(statement)]
    finally:
        connection.close()


def test_a_new_vault_is_what_the_models_say(vault: Vault) -> None:
    vault.close()
    assert migrate.differences(vault.folder / DATABASE, database_key(vault), METADATA) == []


def test_a_difference_would_be_seen(vault: Vault) -> None:
    vault.close()
    asked(vault, "ALTER TABLE unit ADD COLUMN stray TEXT")
    assert migrate.differences(vault.folder / DATABASE, database_key(vault), METADATA)


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    newest = sorted((paths.migrations() / "versions").glob("*.py"))[-1]
    assert newest.name.startswith(f"{migrate.HEAD}_")


def test_a_vault_that_is_up_to_date_is_left_alone(used: Vault) -> None:
    before = contents(used.folder)
    assert migrate.bring_up_to_date(used.folder / DATABASE, database_key(used)) is False
    assert contents(used.folder) == before


@pytest.mark.parametrize(
    ("standing", "words"), [("9998", "更新版本的程序"), ("", "没有工作台的数据")], ids=["newer", "without a version"]
)
def test_a_vault_of_another_program_is_refused_in_a_sentence_and_untouched(
    used: Vault, standing: str, words: str
) -> None:
    asked(used, f"UPDATE alembic_version SET version_num = '{standing}'" if standing else "DELETE FROM alembic_version")
    before = contents(used.folder)
    with pytest.raises(PaizhuError, match=words) as told:
        Vault.open_with(used.folder, used.header, used.data_key)
    assert told.value.kept == "数据没有改动"
    assert told.value.todo
    after = contents(used.folder)
    assert {name: raw for name, raw in after.items() if name != "hold"} == {
        name: raw for name, raw in before.items() if name != "hold"
    }


def test_an_older_vault_is_migrated_on_a_copy_and_its_original_kept(
    used: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = migrate.HEAD
    before = (used.folder / DATABASE).read_bytes()
    backed_up: list[str] = []
    later(tmp_path, monkeypatch)
    (used.folder / f"{DATABASE}.before-0003").write_bytes(b"from an upgrade long ago")
    done = migrate.bring_up_to_date(
        used.folder / DATABASE, database_key(used), before=lambda: backed_up.append(asked(used, _VERSION)[0][0])
    )
    assert done
    assert backed_up == [older]
    assert asked(used, _VERSION) == [(NEXT,)]
    assert asked(used, "SELECT name, later FROM unit") == [("某示例单位", None)]
    assert asked(used, "SELECT place FROM integrity_talk") == [("三楼",)]
    kept = f"{DATABASE}.before-{NEXT}"
    assert (used.folder / kept).read_bytes() == before
    assert [path.name for path in used.folder.glob("*.before-*")] == [kept]
    assert not list(used.folder.glob("*migrating*"))
    assert not list(used.folder.glob("*-wal"))


_VERSION = "SELECT version_num FROM alembic_version"


def test_a_migrated_vault_works_on(used: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(tmp_path, monkeypatch)
    opened = Vault.open_with(used.folder, used.header, used.data_key)
    with opened.searching() as index:
        assert [hit.register for hit in index.find("示例单位", 5)] == ["unit"]
    with opened.act("save", "新增") as act:
        assert act.create("unit", {"name": "另一单位"}) == 2
    opened.close()


@pytest.mark.parametrize(
    "more",
    [
        'op.execute("INSERT INTO no_such_table VALUES (1)")',
        'op.execute("DELETE FROM unit")',
        'raise RuntimeError("示例")',
    ],
    ids=["breaks half-way", "loses a record", "a fault of its own"],
)
def test_a_migration_that_fails_leaves_the_vault_as_it_was(
    used: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    before = contents(used.folder)
    with monkeypatch.context() as patched:
        later(tmp_path, patched, more)
        with pytest.raises(PaizhuError if "op." in more else RuntimeError):
            migrate.bring_up_to_date(used.folder / DATABASE, database_key(used))
    assert contents(used.folder) == before
    Vault.open_with(used.folder, used.header, used.data_key).close()


@pytest.mark.parametrize("links", [True, False], ids=["second name", "copied"])
def test_an_upgrade_that_finds_no_room_leaves_no_half_file_and_says_so_in_plain_words(
    used: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    def half(_source: Path, dest: Path) -> None:
        dest.write_bytes(b"half")
        full()

    before = contents(used.folder)
    later(tmp_path, monkeypatch)
    with monkeypatch.context() as patched:
        if links:
            patched.setattr(Path, "replace", full)
        else:
            patched.setattr(os, "link", full)
            patched.setattr(shutil, "copy2", half)
        with pytest.raises(PaizhuError, match="没有升级成：盘上空间不足。原来的数据没有动") as told:
            migrate.bring_up_to_date(used.folder / DATABASE, database_key(used))
    assert ".migrating" not in str(told.value)
    after = contents(used.folder)
    kept = after.pop(f"{DATABASE}.before-{NEXT}", None)
    assert after == before
    # A second name of the whole file takes no room; half a copy of it would.
    assert kept in (None, before[DATABASE])
    assert migrate.bring_up_to_date(used.folder / DATABASE, database_key(used))


def test_an_upgrade_refused_and_tried_again_makes_one_backup_and_not_another_each_time(used: Vault) -> None:
    def written(at: datetime) -> None:
        os.utime(used.folder / DATABASE, (at.timestamp(),) * 2)

    start = clock.now()
    written(start - timedelta(minutes=1))
    first = backup.make_before_upgrade(used.folder, used.data_key)
    assert first.reason is Reason.MIGRATION
    with clock.clock_at(start + timedelta(minutes=5)):
        assert backup.make_before_upgrade(used.folder, used.data_key).folder == first.folder
    written(start + timedelta(minutes=5))
    with clock.clock_at(start + timedelta(minutes=6)):
        assert backup.make_before_upgrade(used.folder, used.data_key).folder != first.folder


def test_an_upgrade_without_room_for_its_backup_is_told_as_what_it_is(
    used: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(PaizhuError, match="没有打开：数据要先升级，升级前的备份没有做成：盘上空间不足"):
        backup.make_before_upgrade(used.folder, used.data_key)


def test_what_a_killed_migration_left_is_not_in_the_way(
    used: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("vault.db.migrating", "vault.db.migrating-wal"):
        (used.folder / name).write_bytes(b"half of something")
    later(tmp_path, monkeypatch)
    assert migrate.bring_up_to_date(used.folder / DATABASE, database_key(used))
    assert not list(used.folder.glob("*migrating*"))

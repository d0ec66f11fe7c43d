"""Backups that were proven and are no longer what was proven: seen, told, and what was written is saved anew."""

import errno
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.services.safety import backups, soundness
from paizhu.storage import backup, backup_place, fingerprint
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.backup import NotProvenError
from paizhu.storage.backup_place import Backup
from paizhu.storage.header import Header
from tests.conftest import PASSWORD


def spoil(made: Backup, at: int = 4096 * 3 + 77) -> None:
    """Flip one bit in the middle of a page, as a disk does: size and time of the file stay."""
    path = made.folder / "vault.db"
    times = path.stat()
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def made_at(office: Office, minutes: int) -> Backup:
    with clock.clock_at(clock.now() + timedelta(minutes=minutes)):
        with office.vault.act("security", "写一笔", always=True):
            pass
        return office.backups.make().first


def test_a_backup_that_lost_a_bit_is_found_damaged_and_is_not_the_newest_proven_one(office: Office) -> None:
    older, newest = made_at(office, 0), made_at(office, 90)
    spoil(newest)
    with clock.clock_at(clock.now() + timedelta(hours=2)):
        again = backups.Backups(office.desk)
        damaged = again.look_at_newest()
        assert damaged is not None
        assert (damaged.folder, damaged.failed) == (newest.folder, clock.now())
        found = again.newest_proven()
        assert found is not None
        assert found.folder == older.folder
        assert again.look_at_newest() is None
        # What was written since the one before stands in no backup now: it is made up for.
        assert again.changed
        assert again.due(clock.now() + timedelta(minutes=30))


def test_every_backup_is_looked_at_once_in_a_sitting_the_newest_first(office: Office) -> None:
    made = [made_at(office, minutes) for minutes in (0, 70, 140)]
    assert [each.folder for each in office.backups.unseen()] == [each.folder for each in reversed(made)]
    spoil(made[0])
    for each in office.backups.unseen():
        office.backups.look(each)
    assert list(office.backups.unseen()) == []
    assert [bool(each.failed) for each in office.backups.list()] == [False, False, True]
    # What lies there now is another file than the one that was looked at.
    shutil.copyfile(made[1].folder / "vault.db", made[1].folder / "copy")
    (made[1].folder / "copy").replace(made[1].folder / "vault.db")
    assert [each.folder for each in office.backups.unseen()] == [made[1].folder]


def test_a_damaged_list_of_attachments_is_found(office: Office) -> None:
    made = made_at(office, 0)
    (made.folder / "attachments.json").write_bytes(b"?")
    assert office.backups.look(made).failed


@pytest.mark.parametrize("names", [("header.json",), ("header.json", "header.json.bak")])
def test_damaged_keys_of_a_backup_are_put_right_from_the_vault(office: Office, names: tuple[str, ...]) -> None:
    """On a bare machine nothing else would open it."""
    made = made_at(office, 0)
    for name in names:
        (made.folder / name).write_bytes(b"?")
    assert office.backups.look(made).proven
    header = Header.load(made.folder)
    assert not header.lame
    assert header.unlock(PASSWORD) == office.vault.data_key


def test_an_attachment_gone_from_a_place_is_told_and_comes_back_with_the_next_backup(
    office: Office, tmp_path: Path
) -> None:
    from paizhu.registers import register

    lead = register("lead")
    record = office.records.save(lead, {"subject": "示例甲", "received_at": "2026-03-05"}).records[0][1]
    (tmp_path / "示例.txt").write_text("一页", encoding="utf-8")
    office.records.attach(lead, record, tmp_path / "示例.txt")
    made = made_at(office, 0)
    (digest,) = office.vault.attachments.names()
    (lying,) = office.backups.own_place.glob(f"*/??/{digest}")
    lying.unlink()
    seen = office.backups.look(made)
    assert (bool(seen.failed), seen.spoilt) == (True, 1)
    made_at(office, 70)
    with clock.clock_at(clock.now() + timedelta(days=1)):
        (again,) = [each for each in office.backups.unseen() if each.folder == made.folder]
        assert office.backups.look(again).proven


def test_a_stick_that_is_pulled_out_is_no_damage(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "盘"
    stick.mkdir()
    office.desk.set_setting("second_backup", str(stick))
    made = office.backups.make().second
    assert made is not None
    stick.rename(tmp_path / "拔出")
    with pytest.raises(NotWrittenError, match="没有核对成"):
        office.backups.look(made)
    (tmp_path / "拔出").rename(stick)
    assert [each.proven for each in office.backups.list()] == [clock.now()] * 2


@pytest.mark.parametrize("gone", [False, True])
def test_a_place_that_cannot_be_read_is_damage_only_while_the_rest_of_it_reads(
    office: Office, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    made = made_at(office, 0)

    def fail(*_: object) -> str:
        if gone:
            shutil.move(made.folder, office.vault.folder)
        raise OSError(errno.EIO, "示例")

    monkeypatch.setattr(fingerprint, "of", fail)
    if gone:
        with pytest.raises(NotWrittenError):
            office.backups.look(made)
    else:
        assert office.backups.look(made).failed


def test_a_place_that_takes_no_mark_is_remembered_for_the_sitting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = made_at(office, 0)
    spoil(made)

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "示例")

    monkeypatch.setattr(backup_place, "withdraw_mark", refuse)
    assert office.backups.look(made).failed
    assert [bool(each.failed) for each in office.backups.list()] == [True]
    assert office.backups.newest_proven() is None


def test_a_mark_of_an_older_program_is_proven_whole_and_gets_what_it_lacked(office: Office) -> None:
    made = made_at(office, 0)
    old = backup_place.Backup(
        made.folder, made.vault_id, made.made, made.proven, made.reason, made.database_bytes, tables=made.tables
    )
    backup_place.write_mark(old, office.vault.data_key)
    assert not office.backups.list()[0].fingerprint
    assert office.backups.look_at_newest() is None
    assert office.backups.look(office.backups.list()[0]).fingerprint == made.fingerprint


def test_a_mark_that_was_given_by_somebody_else_is_none(office: Office) -> None:
    """Whoever swaps the file and writes its fingerprint into the mark has no key to seal the mark with."""
    made = made_at(office, 0)
    path = made.folder / backup_place.MARK
    path.write_text(json.dumps(json.loads(path.read_text()) | {"fingerprint": "0" * 64}), encoding="utf-8")
    assert office.backups.list()[0].proven is None


def test_the_oldest_proof_is_renewed_after_a_month_and_a_damaged_one_is_found_by_it(office: Office) -> None:
    older, newer = made_at(office, 0), made_at(office, 60 * 24 * 3)
    assert office.backups.prove_oldest() is None
    spoil(newer)
    with clock.clock_at(clock.now() + soundness.PROVE_AGAIN):
        first = office.backups.prove_oldest()
        assert first is not None
        assert (first.folder, first.proven) == (older.folder, clock.now())
        assert office.backups.prove_oldest() is None
    with clock.clock_at(clock.now() + soundness.PROVE_AGAIN + timedelta(days=4)):
        second = office.backups.prove_oldest()
        assert second is not None
        assert (second.folder, bool(second.failed)) == (newer.folder, True)


def test_instead_of_a_damaged_one_its_twin_is_named_then_the_nearest_that_holds(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "盘"
    stick.mkdir()
    early = made_at(office, 0)
    office.desk.set_setting("second_backup", str(stick))
    with clock.clock_at(clock.now() + timedelta(hours=5)):
        twins = office.backups.make()
    late = made_at(office, 60 * 8)
    assert twins.second is not None
    spoil(twins.first)
    with pytest.raises(NotProvenError):
        backup.prove(twins.first, office.vault.data_key)
    found = office.backups.another(twins.first)
    assert found is not None
    assert found.folder == twins.second.folder
    spoil(twins.second)
    found = office.backups.another(twins.first)
    assert found is not None
    assert found.made == late.made
    for each in office.backups.list():
        if each.folder not in {twins.first.folder, twins.second.folder, early.folder}:
            spoil(each)
    found = office.backups.another(twins.first)
    assert found is not None
    assert found.folder == early.folder
    spoil(early)
    assert office.backups.another(twins.first) is None

"""Backups of the open vault."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import CancelledError, NotFoundError, WrongPasswordError
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.safety import backups, returning
from paizhu.services.session import Session
from paizhu.storage import backup
from paizhu.storage.backup_place import Reason
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD


def write(office: Office) -> None:
    with office.vault.act("security", "写一笔", always=True):
        pass


def test_a_backup_is_proven_and_counted(office: Office) -> None:
    made = office.backups.make()
    assert made.first.proven == clock.now()
    assert made.first.tables["journal_entry"] == 0
    assert made.second is None
    assert "已做好并核验，存在本机" in made.words
    assert office.backups.newest_proven() is not None


def test_a_second_place_gets_the_same_backup(office: Office, tmp_path: Path) -> None:
    second = tmp_path / "盘"
    second.mkdir()
    office.desk.set_setting("second_backup", str(second))
    made = office.backups.make()
    assert made.second is not None
    assert made.second.folder.parent == second
    assert len(office.backups.list()) == 2


def test_a_second_place_that_is_not_there_is_told_of_and_the_first_stands(office: Office, tmp_path: Path) -> None:
    office.desk.set_setting("second_backup", str(tmp_path / "没插上"))
    made = office.backups.make()
    assert made.first.proven
    assert made.refused is not None
    assert "第二个位置没有写进去：找不到这个备份位置" in made.words


def test_it_is_due_half_an_hour_after_something_changed(office: Office) -> None:
    office.backups.make()
    later = clock.now() + timedelta(minutes=30)
    assert not office.backups.due(later)
    write(office)
    assert not office.backups.due(clock.now() + timedelta(minutes=29))
    assert office.backups.due(later)


def test_one_that_was_refused_is_tried_again_after_the_same_time(office: Office) -> None:
    office.backups.make()
    write(office)
    later = clock.now() + timedelta(minutes=30)
    assert not office.backups.due(later + timedelta(minutes=29), tried=later)
    assert office.backups.due(later + timedelta(minutes=30), tried=later)


def test_a_second_place_without_a_backup_for_a_week_is_known_though_it_is_away(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "盘"
    stick.mkdir()
    assert office.backups.second_behind() == 0
    office.desk.set_setting("second_backup", str(stick))
    office.backups.make()
    stick.rename(tmp_path / "拔出")
    office.backups.make()
    assert office.backups.make().away
    assert office.backups.second_behind(clock.now() + timedelta(days=6)) == 0
    assert office.backups.second_behind(clock.now() + timedelta(days=9)) == 9
    office.desk.set_setting("second_backup", "")
    assert office.backups.second_behind(clock.now() + timedelta(days=9)) == 0


def test_a_second_place_that_was_never_there_is_known_after_a_week_too(office: Office, tmp_path: Path) -> None:
    office.desk.set_setting("second_backup", str(tmp_path / "没插上"))
    office.backups.make()
    assert office.backups.second_behind(clock.now() + timedelta(days=6)) == 0
    assert office.backups.second_behind(clock.now() + timedelta(days=7)) == 7


def test_a_clock_set_back_holds_no_backup_up(office: Office) -> None:
    """A day of next year on the machine for one backup: without heed, no more would be made until that day comes."""
    right = clock.now()
    with clock.clock_at(right + timedelta(days=300)):
        write(office)
        ahead = office.backups.make()
    write(office)
    assert office.backups.due(right)
    newest = office.backups.make_when_due()
    assert newest is not None
    assert newest.first.made == right
    assert office.backups.newest_proven() == replace(newest.first, tables={})
    assert {each.made for each in office.backups.list()} == {ahead.first.made, right}
    write(office)
    assert not office.backups.due(right + timedelta(minutes=29))
    assert office.backups.due(right + timedelta(minutes=30))


def test_a_sitting_after_the_clock_was_set_back_closes_with_a_backup(office: Office) -> None:
    with clock.clock_at(clock.now() + timedelta(days=300)):
        office.backups.make()
    write(office)
    assert backups.Backups(office.desk).at_closing() is not None


def test_a_machine_that_slept_over_the_moment_backs_up_when_it_wakes(office: Office) -> None:
    office.backups.make()
    write(office)
    with clock.clock_at(clock.now() + timedelta(hours=9)):
        assert office.backups.make_when_due() is not None
        assert office.backups.make_when_due() is None


def test_a_vault_that_was_never_backed_up_is_due_without_another_change(office: Office) -> None:
    write(office)
    # The backups of this sitting are asked for only now, as after a start.
    assert office.backups.due(clock.now() + timedelta(minutes=30))


def test_a_change_before_the_first_backup_of_a_sitting_counts_too(office: Office) -> None:
    assert not office.backups.due(clock.now() + timedelta(hours=9))
    write(office)
    assert office.backups.due(clock.now() + timedelta(minutes=30))


def test_before_a_mass_change_a_backup_says_why(office: Office) -> None:
    assert office.backups.before_mass_change().first.reason is Reason.MASS_CHANGE
    assert office.backups.before_mass_change(reason=Reason.IMPORT).first.reason is Reason.IMPORT


def test_closing_without_changes_makes_no_second_backup(office: Office) -> None:
    assert office.backups.at_closing() is not None
    assert office.backups.at_closing() is None


def test_many_backups_of_one_hour_are_thinned_once_they_are_old(office: Office) -> None:
    for minutes in (0, 10, 20):
        with clock.clock_at(clock.now() + timedelta(minutes=minutes)):
            office.backups.make()
    with clock.clock_at(clock.now() + timedelta(hours=30)):
        office.backups.make()
    assert len(office.backups.list()) == 2


def test_a_cancelled_backup_leaves_nothing(office: Office) -> None:
    def stop(_words: str, _done: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        office.backups.make(stop)
    assert office.backups.list() == []


def test_two_backups_asked_for_at_once_are_both_made(office: Office) -> None:
    write(office)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: office.backups.make(), range(4)))
    assert all(each.first.proven for each in made)
    assert len({each.first.folder for each in made}) == 4


def test_a_vault_comes_back_from_a_backup_on_a_bare_machine(office: Office, tmp_path: Path) -> None:
    office.backups.make()
    office.vault.close()
    found = returning.find(office.backups.own_place)
    folder = tmp_path / "回来.paizhu"
    returning.restore_into(found[0], folder, lambda header: header.unlock(PASSWORD))
    session = Session(Machine())
    session.choose(folder)
    assert session.unlock(PASSWORD).desk.setting("unit") == "某市示例局"
    session.lock()


@pytest.mark.parametrize("newest", ["whole", "damaged"])
def test_numbers_issued_after_an_older_backup_are_known_from_the_newer_ones_beside_it(
    office: Office, tmp_path: Path, newest: str
) -> None:
    """What was issued stands on paper, and on a bare machine only the other backups know of it."""
    lead = registers.register("lead")
    made = []
    for hours in range(3):
        with clock.clock_at(clock.now() + timedelta(hours=hours)):
            office.records.save(lead, {"subject": "示例甲", "received_at": "2026-03-05"})
            made.append(office.backups.make().first)
    if newest == "damaged":
        raw = (made[2].folder / "vault.db").read_bytes()
        (made[2].folder / "vault.db").write_bytes(b"x" * 4096 + raw[4096:])
    folder = tmp_path / "回来.paizhu"
    returning.restore_into(made[0], folder, lambda header: header.unlock(PASSWORD))
    again = Office(Vault.open(folder, PASSWORD))
    change = again.records.save(lead, {"subject": "示例乙", "received_at": "2026-03-06"})
    assert again.records.get(lead, change.records[0][1]).no == f"线〔2026〕000{4 if newest == 'whole' else 3}"
    again.vault.close()


def test_a_backup_opens_with_its_password_only(office: Office, tmp_path: Path) -> None:
    office.backups.make()
    found = returning.find(office.vault.folder)
    with pytest.raises(WrongPasswordError):
        returning.restore_into(found[0], tmp_path / "回来.paizhu", lambda header: header.unlock("不是口令"))
    assert not (tmp_path / "回来.paizhu").exists()


def test_a_folder_without_backups_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="没有找到备份"):
        returning.find(tmp_path)


def test_a_vault_whose_key_files_are_damaged_gets_them_from_a_backup_and_loses_nothing(
    office: Office, vault_folder: Path
) -> None:
    made = office.backups.make().first
    write(office)
    entries = office.vault.last_entry()[0]
    office.vault.close()
    for name in ("header.json", "header.json.bak"):
        (vault_folder / name).write_bytes(b"?")
    told = returning.mend(made, vault_folder, lambda header: header.unlock(PASSWORD))
    assert "数据一条没有动" in told
    vault = Vault.open(vault_folder, PASSWORD)
    assert vault.last_entry()[0] == entries
    vault.close()


@pytest.mark.parametrize("headers_too", [False, True])
def test_a_vault_whose_database_is_damaged_comes_back_in_its_place_and_the_ruin_is_kept(
    office: Office, vault_folder: Path, headers_too: bool
) -> None:
    write(office)
    made = office.backups.make().first
    entries = office.vault.last_entry()[0]
    office.vault.close()
    ruin = b"?" * 5000
    (vault_folder / "vault.db").write_bytes(ruin)
    if headers_too:
        for name in ("header.json", "header.json.bak"):
            (vault_folder / name).write_bytes(b"?")
    told = returning.mend(made, vault_folder, lambda header: header.unlock(PASSWORD))
    assert "原来打不开的文件没有删" in told
    assert any(path.read_bytes() == ruin for path in vault_folder.glob("backups/*.paizhu-kept/vault.db"))
    vault = Vault.open(vault_folder, PASSWORD)
    assert vault.last_entry()[0] == entries
    vault.close()


def test_attachments_that_the_vault_itself_has_lost_are_told_of_at_once(office: Office, tmp_path: Path) -> None:
    lead = registers.register("lead")
    made = office.records.save(lead, {"subject": "示例甲", "received_at": "2026-03-05"}).records[0][1]
    (tmp_path / "示例.txt").write_text("一页", encoding="utf-8")
    office.records.attach(lead, made, tmp_path / "示例.txt")
    assert "附件" not in office.backups.make().words
    (digest,) = office.vault.attachments.names()
    office.vault.attachments.path(digest).unlink()
    for path in office.backups.own_place.glob(f"*/??/{digest}"):
        path.unlink()
    assert "有 1 个附件在库里就缺失或损坏，备份里也没有。" in office.backups.make().words


def test_going_back_tells_what_is_more_and_what_is_less_in_the_backup(office: Office) -> None:
    lead = registers.register("lead")
    empty = office.backups.make().first
    assert office.backups.difference(empty).words == "这一份和现在的内容一样多。"
    office.records.save(lead, {"subject": "示例甲", "received_at": "2026-03-05"})
    assert office.backups.difference(empty).words == "备份以后的 1 次操作不在里面：问题线索少 1 条。"
    # As from another copy of the same vault, in which more was written.
    fuller = replace(empty, tables={**empty.tables, "journal_entry": 9, "lead": 3})
    assert office.backups.difference(fuller).words == "这一份比现在多 8 次操作：问题线索多 2 条。"
    same = replace(fuller, tables={**fuller.tables, "journal_entry": 1})
    assert office.backups.difference(same).words == "操作次数和现在一样，内容不同：问题线索多 2 条。"
    assert "没有清点过" in office.backups.difference(replace(empty, tables={})).words


def test_the_backups_of_another_copy_of_the_vault_are_not_taken_for_its_own(office: Office, tmp_path: Path) -> None:
    """The vault was carried home, and both copies back up to the one stick: neither is safe by the other's backup."""
    stick = tmp_path / "盘"
    stick.mkdir()
    office.desk.set_setting("second_backup", str(stick))
    first = office.backups.make().first
    with clock.clock_at(clock.now() + timedelta(minutes=1)):
        write(office)
    with clock.clock_at(clock.now() + timedelta(minutes=5)):
        backup.make(office.vault.folder, office.vault.data_key, stick)
    with clock.clock_at(clock.now() + timedelta(minutes=40)):
        later = backups.Backups(office.desk)
        newest = later.newest_proven()
        assert newest is not None
        assert newest.folder == first.folder
        assert later.changed
        made = later.at_closing()
    assert made is not None
    assert made.second is not None
    # Where the vault's own folder has none, as on a bare machine, the second place is what there is.
    shutil.rmtree(office.backups.own_place)
    newest = office.backups.newest_proven()
    assert newest is not None
    assert newest.folder.parent == stick

"""The whole folder of a vault laid in place of itself as it was before: it fits itself, and is told of all the same."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from paizhu.base import clock, paths
from paizhu.registers import register
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.safety import checking, last_seen, returning
from paizhu.services.safety.older import Older
from paizhu.services.session import Session
from tests.conftest import PASSWORD

TALK = register("integrity_talk")


@pytest.fixture
def session(vault_folder: Path) -> Session:
    made = Session(Machine())
    made.choose(vault_folder)
    return made


def write(office: Office, *names: str) -> None:
    for name in names:
        office.records.save(TALK, {"subject": name, "planned_date": "2026-03-20"})


def sitting(session: Session, *names: str) -> Older | None:
    """One sitting in which talks with these people are written; returns what its opening found."""
    office = session.unlock(PASSWORD)
    found = office.older
    write(office, *names)
    session.lock()
    return found


def copied(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, folder.with_name(name)))


def put_in_place(copy: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)


def check(folder: Path) -> checking.Report:
    return checking.check_vault(folder, lambda header: header.unlock(PASSWORD))


def test_a_vault_that_only_goes_on_is_no_news(session: Session) -> None:
    assert sitting(session, "孙立新") is None
    assert sitting(session) is None
    assert sitting(session, "李一", "李二") is None
    assert sitting(session) is None


def test_an_older_copy_of_the_whole_folder_says_since_when_and_how_much_is_missing(
    session: Session, vault_folder: Path
) -> None:
    sitting(session, "孙立新")
    old = copied(vault_folder, "旧")
    with clock.clock_at(clock.now() + timedelta(days=1)):
        sitting(session, "李一", "李二", "李三")
    put_in_place(old, vault_folder)
    found = sitting(session)
    assert found is not None
    assert found.headline == "打开的库比本机上次见到的旧"
    assert "2026-03-17 10:26" in found.happened
    assert "少 3 次" in found.happened
    assert "最后一次在 2026-03-16 10:26" in found.happened
    # It is told until it is answered; the check without a window tells it too.
    assert sitting(session) == found
    seen = {each.name: each for each in check(vault_folder).checks}["last_seen"]
    assert (seen.ok, seen.detail) == (False, found.happened)


def test_a_copy_that_went_its_own_way_is_told_even_when_it_has_more(session: Session, vault_folder: Path) -> None:
    sitting(session, "孙立新")
    other = copied(vault_folder, "别处")
    sitting(session, "李一")
    here = copied(vault_folder, "这里")
    put_in_place(other, vault_folder)
    # Worked on by another machine, which remembers for itself.
    memory = paths.home() / last_seen.FOLDER
    memory.rename(memory.with_name("kept"))
    sitting(session, "王一", "王二", "王三")
    shutil.rmtree(memory)
    memory.with_name("kept").rename(memory)
    found = sitting(session)
    assert found is not None
    assert found.fewer == 0
    assert found.headline == "打开的库不是本机上次见到的那一份"
    put_in_place(here, vault_folder)
    assert sitting(session) is None


def test_accepted_it_is_journalled_and_known_from_then_on(session: Session, vault_folder: Path) -> None:
    sitting(session, "孙立新")
    old = copied(vault_folder, "旧")
    sitting(session, "李一", "李二")
    put_in_place(old, vault_folder)
    office = session.unlock(PASSWORD)
    last_seen.accept(office, paths.home())
    assert office.older is None
    assert office.history.entries(1)[0].label == "沿用现在这一份库：与本机 2026-03-16 10:26 见到的相比少 2 次操作"
    session.lock()
    assert sitting(session, "李三") is None
    assert check(vault_folder).ok


def restore_in_window(session: Session, folder: Path, chosen: Path) -> None:
    office = session.unlock(PASSWORD)
    session.restore(next(each for each in office.backups.list() if each.folder == chosen))
    assert session.office is not None
    assert session.office.older is None
    session.lock()


def restore_closed(_session: Session, folder: Path, chosen: Path) -> None:
    returning.restore_into(returning.find(chosen)[0], folder, lambda header: header.unlock(PASSWORD))


def restore_ruined(_session: Session, folder: Path, chosen: Path) -> None:
    (folder / "vault.db").write_bytes(b"nothing")
    returning.mend(returning.find(chosen)[0], folder, lambda header: header.unlock(PASSWORD))


@pytest.mark.parametrize("restore", [restore_in_window, restore_closed, restore_ruined])
def test_going_back_to_a_backup_within_the_program_is_no_news(
    session: Session, vault_folder: Path, restore: Callable[[Session, Path, Path], None]
) -> None:
    office = session.unlock(PASSWORD)
    write(office, "孙立新")
    made = office.backups.make().first
    session.lock()
    sitting(session, "李一", "李二")
    restore(session, vault_folder, made.folder)
    assert sitting(session, "李三") is None
    # And it is watched from there on.
    assert sitting(session) is None


def test_a_restore_on_another_machine_is_no_news_on_this_one(session: Session, vault_folder: Path) -> None:
    office = session.unlock(PASSWORD)
    made = office.backups.make().first
    session.lock()
    sitting(session, "李一", "李二")
    memory = paths.home() / last_seen.FOLDER
    memory.rename(memory.with_name("kept"))
    sitting(session, "李三")
    restore_in_window(session, vault_folder, made.folder)
    sitting(session, "李四")
    shutil.rmtree(memory)
    memory.with_name("kept").rename(memory)
    assert sitting(session) is None


def test_a_key_file_taken_from_a_backup_hides_no_older_folder(session: Session, vault_folder: Path) -> None:
    office = session.unlock(PASSWORD)
    made = office.backups.make().first
    session.lock()
    old = copied(vault_folder, "旧")
    sitting(session, "李一")
    put_in_place(old, vault_folder)
    for name in ("header.json", "header.json.bak"):
        (vault_folder / name).write_bytes(b"?")
    found = returning.find(vault_folder / "backups" / made.folder.name)[0]
    returning.mend(found, vault_folder, lambda header: header.unlock(PASSWORD))
    assert sitting(session) is not None


def test_a_backup_restored_beside_it_to_look_at_changes_nothing_for_the_vault(
    session: Session, vault_folder: Path
) -> None:
    office = session.unlock(PASSWORD)
    made = office.backups.make().first
    session.lock()
    sitting(session, "李一")
    beside = vault_folder.with_name("看看.paizhu")
    returning.restore_into(made, beside, lambda header: header.unlock(PASSWORD))
    other = Session(Machine())
    other.choose(beside)
    assert sitting(other, "李二") is None
    assert sitting(session) is None
    # Moved away, the vault is still the one that stood at its old place, not the one beside it.
    moved = vault_folder.rename(vault_folder.with_name("搬家.paizhu"))
    session.choose(moved)
    assert sitting(session, "李三") is None


def test_an_old_copy_opened_elsewhere_is_told(session: Session, vault_folder: Path) -> None:
    sitting(session, "孙立新")
    old = copied(vault_folder, "旧.paizhu")
    sitting(session, "李一")
    session.choose(old)
    found = sitting(session)
    assert found is not None
    assert found.fewer == 1


def test_what_is_remembered_tells_nobody_anything(session: Session, vault_folder: Path) -> None:
    office = session.unlock(PASSWORD)
    write(office, "孙立新")
    vault_id = office.vault.header.vault_id
    link = office.vault.last_entry()[1]
    session.lock()
    (file,) = (paths.home() / last_seen.FOLDER).iterdir()
    raw = file.read_bytes()
    for word in (vault_id, link, str(vault_folder), "孙立新", "2026-03", "entry"):
        assert word.encode() not in raw
        assert word not in file.name


def test_a_damaged_memory_keeps_nobody_out(session: Session) -> None:
    sitting(session, "孙立新")
    (file,) = (paths.home() / last_seen.FOLDER).iterdir()
    file.write_bytes(b"?" + file.read_bytes()[1:])
    assert sitting(session) is None
    assert sitting(session) is None

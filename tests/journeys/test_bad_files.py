"""Bad files, full and write-protected disks: told in words, and nothing is lost afterwards."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from paizhu import registers
from paizhu.base.errors import PaizhuError, VaultDamagedError, WrongPasswordError
from paizhu.base.view import View
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.safety import returning
from paizhu.services.safety.checking import check_file
from paizhu.services.session import Session
from paizhu.storage import backup, cipher, header
from paizhu.storage.vault import DATABASE, Vault
from tests.conftest import PASSWORD
from tests.unit.storage.made_vault import contents

ROOT = Path(__file__).parents[2]
TALK = registers.register("integrity_talk")
TYPED = {"subject": "示例甲", "planned_date": "2026-03-05", "record": "谈话内容" * 50}


def told_in_words(refused: PaizhuError) -> None:
    """Hold a refusal against the form: what happened, what was kept, what to do, in Chinese."""
    for part in (refused.happened, refused.kept, refused.todo):
        assert any("\u4e00" <= char <= "\u9fff" for char in part), str(refused)
    for raw in ("Error", "error", "SQLITE", "Errno", "malformed"):
        assert raw not in str(refused)


def refusal_of(work: Callable[[], object]) -> PaizhuError:
    with pytest.raises(PaizhuError) as told:
        work()
    told_in_words(told.value)
    return told.value


def opened(vault: Vault) -> Vault:
    return Vault.open_with(vault.folder, header.Header.load(vault.folder), vault.data_key)


def whole(vault: Vault, talks: int) -> None:
    """See that a vault opens and holds what was saved."""
    again = opened(vault)
    office = Office(again)
    assert office.records.count(View("integrity_talk")) == talks
    assert office.history.verify() == []
    again.close()


@pytest.fixture
def used(vault: Vault) -> Vault:
    """A closed vault with three talks and a backup."""
    office = Office(vault)
    for _ in range(3):
        office.records.save(TALK, TYPED)
    backup.make(vault.folder, vault.data_key)
    vault.close()
    return vault


# --- the vault's own files -----------------------------------------------------------------------------------


def test_a_wrong_password_is_told_at_once_and_damages_nothing(used: Vault) -> None:
    before = contents(used.folder)
    refused = refusal_of(lambda: Vault.open(used.folder, "不对的口令"))
    assert isinstance(refused, WrongPasswordError)
    assert contents(used.folder) == before
    Vault.open(used.folder, PASSWORD).close()


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff" * 500, b'{"slots": []}'])
def test_a_damaged_header_is_replaced_by_its_copy(used: Vault, damage: bytes) -> None:
    (used.folder / header.FILE).write_bytes(damage)
    again = Vault.open(used.folder, PASSWORD)
    assert Office(again).records.count(View("integrity_talk")) == 3
    again.close()


def test_with_both_headers_damaged_the_way_back_is_told(used: Vault) -> None:
    for name in (header.FILE, header.COPY):
        (used.folder / name).write_bytes(b"damaged")
    refused = refusal_of(lambda: Vault.open(used.folder, PASSWORD))
    assert isinstance(refused, VaultDamagedError)
    assert "备份" in refused.todo
    (made,) = (used.folder / "backups").glob("*.paizhu-backup")
    for name in (header.FILE, header.COPY):
        shutil.copyfile(made / header.FILE, used.folder / name)
    whole(used, 3)


@pytest.mark.parametrize("keep", [0, 100, 4096, 0.5, 0.9])
def test_a_truncated_database_is_told_and_left_alone(used: Vault, keep: float) -> None:
    path = used.folder / DATABASE
    good = path.read_bytes()
    path.write_bytes(good[: int(keep if keep > 1 else len(good) * keep)])
    cut = path.read_bytes()

    def use() -> None:
        again = Vault.open(used.folder, PASSWORD)
        try:
            office = Office(again)
            office.records.window(View("integrity_talk"), 0, 10)
            office.records.save(TALK, TYPED)
            office.search.find("示例")
            again.rebuild_index()
            backup.make(again.folder, again.data_key)
        finally:
            again.close()

    refusal_of(use)
    if keep in (0, 100):
        # Nothing of it could be opened; a longer rest may have been read, but is not written into.
        assert path.read_bytes() == cut
    path.write_bytes(good)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    whole(used, 3)


@pytest.mark.parametrize(
    "garbage", [os.urandom(40_960), b"SQLite format 3\x00" + bytes(40_944), "别的文件".encode() * 999]
)
def test_a_database_that_is_something_else_is_told_and_left_alone(used: Vault, garbage: bytes) -> None:
    path = used.folder / DATABASE
    good = path.read_bytes()
    path.write_bytes(garbage)
    refused = refusal_of(lambda: Vault.open(used.folder, PASSWORD))
    assert isinstance(refused, VaultDamagedError)
    assert path.read_bytes() == garbage
    path.write_bytes(good)
    whole(used, 3)


def test_a_folder_that_is_no_vault_is_told(tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    refusal_of(lambda: Vault.open(tmp_path / "照片", PASSWORD))
    refusal_of(lambda: Vault.open(tmp_path / "没有这个文件夹", PASSWORD))


# --- workbooks -----------------------------------------------------------------------------------------------


def test_files_that_are_no_workbook_are_told_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "好的.xlsx")
    good = (tmp_path / "好的.xlsx").read_bytes()
    bad = {
        "照片.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(500),
        "空.xlsx": b"",
        "一半.xlsx": good[: len(good) // 2],
        "文本.xlsx": "不是表格".encode(),
        "旧式.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "没有台账.xlsx": good,
        "文档.docx": b"PK\x03\x04" + bytes(100),
    }
    for name, raw in bad.items():
        (tmp_path / name).write_bytes(raw)
        refusal_of(lambda name=name: office.importing.plan(tmp_path / name))  # type: ignore[misc]  # bound at once
        assert (tmp_path / name).read_bytes() == raw
    refusal_of(lambda: office.importing.plan(tmp_path / "不存在.xlsx"))
    refusal_of(lambda: office.importing.plan(tmp_path))
    assert office.history.entries() == []
    assert not list(office.vault.folder.glob("work/*"))


def test_a_workbook_with_a_password_asks_for_it_and_opens_with_it(office: Office, tmp_path: Path) -> None:
    office.records.save(TALK, TYPED)
    path = office.exporting.export(tmp_path / "加密.xlsx", ["integrity_talk"], password="表格口令").path
    assert "密码" in str(refusal_of(lambda: office.importing.plan(path)))
    assert "密码" in str(refusal_of(lambda: office.importing.plan(path, password="不对")))
    plan = office.importing.plan(path, password="表格口令")
    assert plan.counts()["same"] == 1
    plan.drop()


# --- the disk ------------------------------------------------------------------------------------------------

_IN_A_PROCESS = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from tests.journeys import test_bad_files as here
from paizhu.services.office import Office
from paizhu.storage import backup, header
from paizhu.storage.vault import Vault
folder, key, ledger = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3])
vault = Vault.open_with(folder, header.Header.load(folder), key)
office = Office(vault)
here.limit_to_what_stands(folder)
here.{work}(office, ledger)
vault.close()
"""


def limit_to_what_stands(folder: Path) -> None:
    """Let no file of this process become larger than the database is: to the program, the disk is full."""
    size = (folder / DATABASE).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY))


def save_until_full(office: Office, _ledger: Path) -> None:
    """Save records until the disk is full, and see that what was saved still stands."""
    saved = 3

    def work() -> None:
        nonlocal saved
        for _ in range(2000):
            office.records.save(TALK, {**TYPED, "record": "谈话内容" * 5000})
            saved += 1

    refusal_of(work)
    assert office.records.count(View("integrity_talk")) == saved
    assert office.history.verify() == []
    sys.stdout.write(f"{saved}\n")


def import_until_full(office: Office, ledger: Path) -> None:
    """Import a ledger that does not fit, and see that not one row of it went in."""

    def work() -> None:
        office.importing.apply(office.importing.plan(ledger))

    refusal_of(work)
    assert office.records.count(View("integrity_talk")) == 3
    assert office.history.verify() == []
    sys.stdout.write("3\n")


def back_up_until_full(office: Office, _ledger: Path) -> None:
    """Make a backup that does not fit, and see that none is left half."""
    place = office.vault.folder / "backups"
    before = sorted(path.name for path in place.iterdir())
    refusal_of(lambda: backup.make(office.vault.folder, office.vault.data_key))
    assert sorted(path.name for path in place.iterdir()) == before
    sys.stdout.write("3\n")


def export_until_full(office: Office, ledger: Path) -> None:
    """Export what does not fit over a workbook that stands there, which must stay."""
    path = ledger.with_name("导出.xlsx")
    path.write_bytes(b"before")
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
    refusal_of(lambda: office.exporting.export(path))
    assert path.read_bytes() == b"before"
    assert not [each for each in path.parent.iterdir() if each.name.startswith(".")]
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    sys.stdout.write("3\n")


@pytest.fixture
def long_ledger(tmp_path: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("谈话")
    sheet.append(["谈话时间", "姓名", "谈话内容"])
    for row in range(3000):
        sheet.append(["2026.3.5", f"示例{row}", f"第{row}行" * 80])
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of a file's size is one of POSIX")
@pytest.mark.parametrize("work", ["save_until_full", "import_until_full", "back_up_until_full", "export_until_full"])
def test_a_full_disk_is_told_and_nothing_is_lost(used: Vault, long_ledger: Path, work: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            _IN_A_PROCESS.format(work=work),
            str(used.folder),
            used.data_key.hex(),
            str(long_ledger),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    whole(used, int(done.stdout))


@pytest.fixture
def protected(used: Vault) -> Iterator[Path]:
    """The vault's folder, write-protected; as root by a mount, since root may write anywhere."""
    if os.geteuid() == 0:
        bind = ["mount", "--bind", str(used.folder), str(used.folder)]
        if subprocess.run(bind, capture_output=True, check=False).returncode:
            pytest.skip("root may write anywhere here, and may not mount")
        subprocess.run(["mount", "-o", "remount,ro,bind", str(used.folder)], check=True)
        yield used.folder
        subprocess.run(["umount", str(used.folder)], check=True)
        return
    paths = [used.folder, *used.folder.rglob("*")]
    modes = [path.stat().st_mode for path in paths]
    for path, mode in zip(paths, modes, strict=True):
        path.chmod(mode & 0o555)
    yield used.folder
    for path, mode in zip(paths, modes, strict=True):
        path.chmod(mode)


@pytest.mark.skipif(sys.platform == "win32", reason="write protection by mode is one of POSIX")
def test_a_write_protected_folder_is_told(protected: Path) -> None:
    before = contents(protected)
    refused = refusal_of(lambda: Vault.open(protected, PASSWORD))
    assert "不让写入" in str(refused)
    refusal_of(lambda: Vault.create(protected / "新库.paizhu", PASSWORD, {}))
    assert contents(protected) == before


@pytest.mark.skipif(sys.platform == "win32", reason="accounts are told apart by mode on POSIX only")
def test_the_vault_of_another_account_is_neither_damaged_nor_something_else(used: Vault) -> None:
    """Vaults are made for their owner's eyes alone; whoever shares the machine is told that, and not of damage."""
    session = Session(Machine())
    refusals = []
    root = os.geteuid() == 0
    used.folder.chmod(0 if not root else 0o700)
    if root:
        for folder in used.folder.parents:
            if folder.is_relative_to(Path(tempfile.gettempdir())) and folder != Path(tempfile.gettempdir()):
                folder.chmod(0o755)
        os.seteuid(65534)
    try:
        refusals = [
            refusal_of(lambda: session.choose(used.folder)),
            refusal_of(lambda: returning.find(used.folder)),
            refusal_of(lambda: header.Header.load(used.folder)),
        ]
        session.folder = used.folder
        assert session.known
    finally:
        if root:
            os.seteuid(0)
        used.folder.chmod(0o700)
    assert all("没有权限打开" in str(refused) for refused in refusals)


@pytest.mark.skipif(sys.platform == "win32", reason="write protection by mode is one of POSIX")
def test_a_write_protected_vault_is_not_taken_for_a_damaged_one(protected: Path) -> None:
    checks = check_file(protected / "vault.db", cipher.database_key(header.Header.load(protected).unlock(PASSWORD)))
    assert all(check.ok for check in checks), checks

"""Nothing an officer typed can be read on the disk: not while the vault is open, not closed, not after a crash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from paizhu.storage.vault import Vault
from tests.journeys.sitting import CRASHES, WORDS

ROOT = Path(__file__).parents[2]
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode_escape")


def spellings(word: str) -> list[bytes]:
    """Return the bytes a word can stand as in a file; a part of it is enough to give it away."""
    return [word[start : start + 4].encode(encoding) for start in (0, len(word) - 4) for encoding in ENCODINGS]


def readable(*places: Path) -> list[str]:
    """Return which words stand readable in which file, or in the name of one."""
    sought = [(where, spelling) for where, word in WORDS.items() for spelling in spellings(word)]
    found = []
    for place in places:
        for path in place.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            found += [
                f"{path.name}: {where}"
                for where, spelling in sought
                if spelling in content or spelling in os.fsencode(path)
            ]
    return found


class Desk:
    """The process that works, and the folders it could have written into."""

    def __init__(self, vault: Vault, tmp_path: Path) -> None:
        self.outside = tmp_path / "officers_own"
        self.home = Path(os.environ["PAIZHU_HOME"])
        self.temp = tmp_path / "temp"
        self.folder = vault.folder
        for folder in (self.outside, self.temp):
            folder.mkdir()
        self.ledger = self.outside / "台账.xlsx"
        write_ledger(self.ledger)
        self.key = vault.data_key.hex()

    def start(self, moment: str) -> "subprocess.Popen[str]":
        """Begin the sitting."""
        environment = {
            **os.environ,
            "TMPDIR": str(self.temp),
            "HOME": str(self.temp),
            "PAIZHU_HOME": str(self.home),
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.sitting", str(self.folder), self.key, str(self.ledger), moment],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=environment,
        )

    def readable(self) -> list[str]:
        """Return what stands readable in the folders."""
        return readable(self.folder, self.home, self.temp)


def write_ledger(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("谈话")
    sheet.write_row(0, 0, ["谈话时间", "姓名", "谈话内容", "没有这一列"])
    for row in range(1, 901):
        sheet.write_row(row, 0, ["2026.3.5", f"示例{row}", f"{WORDS['ledger']}{row}", f"{WORDS['extra']}{row}"])
    book.close()


@pytest.fixture
def desk(vault: Vault, tmp_path: Path) -> Desk:
    vault.close()
    return Desk(vault, tmp_path)


def test_the_search_for_words_would_find_them(tmp_path: Path) -> None:
    for number, encoding in enumerate(ENCODINGS):
        (tmp_path / f"{number}.bin").write_bytes(b"\x00\x01" + WORDS["record"].encode(encoding) + b"\xff")
    (tmp_path / f"{WORDS['informant']}.db").write_bytes(b"")
    assert len({line.partition(":")[0] for line in readable(tmp_path)}) == len(ENCODINGS) + 1


def test_nothing_is_readable_while_the_vault_is_open_nor_after_it_is_closed(desk: Desk) -> None:
    process = desk.start("whole")
    assert process.stdout is not None
    assert process.stdin is not None
    for moment in ("planned", "imported", "closed"):
        assert process.stdout.readline().strip() == moment, process.communicate()[1]
        assert desk.readable() == [], moment
        if moment != "closed":
            assert (desk.folder / "vault.db-wal").stat().st_size > 0
        process.stdin.write("\n")
        process.stdin.flush()
    process.communicate()
    assert process.returncode == 0
    assert any((desk.folder / "backups").iterdir())
    assert desk.readable() == []


@pytest.mark.parametrize("moment", CRASHES)
def test_nothing_is_readable_after_a_crash(desk: Desk, moment: str) -> None:
    process = desk.start(moment)
    _out, told = process.communicate()
    assert process.returncode == 9, told
    assert told == ""
    assert desk.readable() == []


def test_nothing_is_readable_after_a_kill(desk: Desk) -> None:
    process = desk.start("open")
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "open", process.communicate()[1]
    process.kill()
    process.communicate()
    assert desk.readable() == []


def test_what_a_crash_left_of_a_plan_is_swept_away(desk: Desk, vault: Vault) -> None:
    desk.start("in a plan").communicate()
    assert list((desk.folder / "work").iterdir())
    opened = Vault.open_with(vault.folder, vault.header, bytes.fromhex(desk.key))
    from paizhu.services.office import Office

    assert Office(opened).importing.batches() == []
    assert list((desk.folder / "work").iterdir()) == []
    assert opened.drafts.every()[0][3] == WORDS["draft"]
    opened.close()

"""A small vault folder made of real parts, without registers: what these tests work on."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from paizhu.storage import cipher
from paizhu.storage.attachments import FOLDER, Attachments
from paizhu.storage.header import Header
from paizhu.storage.keys import Cost

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
PASSWORD = "合成口令-Test-1"
NOON = datetime(2026, 9, 25, 12, 0, 0)  # local time, as the program's clock gives it


@dataclass
class MadeVault:
    """The folder of a vault with what opens it."""

    folder: Path
    header: Header
    data_key: bytes
    code: str

    @property
    def database(self) -> Path:
        return self.folder / cipher.DATABASE

    @property
    def attachments(self) -> Attachments:
        return Attachments(self.folder / FOLDER, self.data_key)

    def connect(self) -> Any:
        return cipher.connect(self.database, cipher.database_key(self.data_key))

    def add(self, *words: str) -> None:
        connection = self.connect()
        connection.executemany("INSERT INTO note (words) VALUES (?)", [(word,) for word in words])
        connection.close()

    def notes(self) -> list[str]:
        connection = self.connect()
        words = [row[0] for row in connection.execute("SELECT words FROM note ORDER BY id")]
        connection.close()
        return words


def make_vault(parent: Path, name: str = "某某局组") -> MadeVault:
    """Make a vault with one table and one note in it."""
    folder = parent / f"{name}.paizhu"
    folder.mkdir()
    header, data_key, code = Header.create(PASSWORD, CHEAP)
    header.save(folder)
    made = MadeVault(folder, header, data_key, code)
    connection = made.connect()
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
    connection.close()
    made.add("第一条")
    return made


def flip(path: Path, at: int) -> None:
    """Change one byte of a file."""
    raw = bytearray(path.read_bytes())
    raw[at] ^= 0x20
    path.write_bytes(raw)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder by its path, for comparing before and after."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

"""An import put aside half-done: which files, what the officer chose, mended and answered; kept encrypted in the vault.

The files themselves are not kept, only their path and the hash of their content; cells that were pasted have no other
place and are kept whole. Nothing of any record is touched.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from paizhu.base import clock
from paizhu.storage.vault import Vault

_KIND = "import_progress"


@dataclass(frozen=True)
class SavedFile:
    """One file: where it lay, and the hash of its content when it was read."""

    path: str
    sha256: str

    @property
    def name(self) -> str:
        """The name the officer knows it by."""
        return Path(self.path).name


@dataclass(frozen=True)
class SavedTable:
    """One table of a file: which register, header and columns were chosen, and what was done to its rows.

    ``nth`` counts the tables of one sheet; ``edits`` are (kind, row, column or record, words) in the order they were
    made. Words about an informant are never among them.
    """

    file: int
    sheet: str
    nth: int
    register: str = ""
    wanted: bool = True
    header_rows: tuple[int, ...] = ()
    first_row: int = 0
    last_row: int | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    edits: tuple[tuple[str, int, int | None, str], ...] = ()
    keep_filled: bool = False


@dataclass(frozen=True)
class Saved:
    """One import put aside; ``said`` are answers about names as (register, words, kind, record).

    ``cells`` and ``columns`` are a pasted block and the order of the list it was pasted into; it is its only file.
    """

    files: tuple[SavedFile, ...]
    tables: tuple[SavedTable, ...]
    said: tuple[tuple[str, str, str, int | None], ...] = ()
    step: int = 0
    register: str = ""
    at: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the import is kept by: the content of its files."""
        return sha256("\n".join(sorted(each.sha256 for each in self.files)).encode()).hexdigest()[:32]

    @property
    def mended(self) -> int:
        """How many rows were mended or decided."""
        return len({(at, edit[1]) for at, table in enumerate(self.tables) for edit in table.edits})


class ImportProgress:
    """The imports put aside in one vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, saved: Saved) -> None:
        """Put an import aside; the same files again replace what was kept of them."""
        body = asdict(saved) | {"at": clock.now().isoformat(timespec="minutes")}
        self._vault.keep(_KIND, saved.key, json.dumps(body, ensure_ascii=False))

    def all(self) -> list[Saved]:
        """Return what was put aside, newest first; what a newer program kept in a form unknown here is left alone."""
        found = [self._vault.kept(_KIND, name) for name in self._vault.kept_names(_KIND)]
        return [saved for body in found if body and (saved := _read(body)) is not None]

    def forget(self, key: str) -> None:
        """Forget one, because it was imported or is not wanted."""
        if self._vault.kept(_KIND, key) is not None:
            self._vault.keep(_KIND, key, None)


def changed_files(saved: Saved) -> tuple[list[str], list[str]]:
    """Return the names of files that are not there any more, and of those whose content changed."""
    gone, changed = [], []
    for each in saved.files:
        try:
            with Path(each.path).open("rb") as stream:
                if file_digest(stream, "sha256").hexdigest() != each.sha256:
                    changed.append(each.name)
        except OSError:
            gone.append(each.name)
    return gone, changed


def _read(body: str) -> Saved | None:
    try:
        facts: dict[str, Any] = json.loads(body)
        return Saved(
            tuple(SavedFile(**each) for each in facts["files"]),
            tuple(_table(each) for each in facts["tables"]),
            tuple((register, words, kind, record) for register, words, kind, record in facts["said"]),
            int(facts["step"]),
            str(facts["register"]),
            str(facts["at"]),
            tuple(tuple(map(str, row)) for row in facts.get("cells", ())),
            tuple(map(str, facts.get("columns", ()))),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _table(facts: dict[str, Any]) -> SavedTable:
    edits: Sequence[Sequence[Any]] = facts.pop("edits")
    rows = tuple(facts.pop("header_rows"))
    made = tuple((str(kind), int(row), at, str(words)) for kind, row, at, words in edits)
    return SavedTable(**facts, header_rows=rows, edits=made)

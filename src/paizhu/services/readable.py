"""Readable copies outside the vault while something is looked at: each gone when the desk locks, and after a crash.

A program that was killed cannot clear what it left. Whoever opens the same vault next can: it is held by one program
alone, so that no copy of its files is looked at then.
"""

import shutil
import tempfile
from pathlib import Path

_PREFIX = "paizhu-opened-"
_LETTERS = 12


class OpenedFiles:
    """Readable copies of attachments and papers while they are looked at; `clear` leaves nothing on the disk."""

    def __init__(self, vault_id: str) -> None:
        self._prefix = _prefix(vault_id)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def place(self, name: str) -> Path:
        """Return where a readable copy of this name may stand."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix=self._prefix, ignore_cleanup_errors=True)
        self._count += 1
        folder = Path(self._folder.name) / str(self._count)
        folder.mkdir()
        return folder / Path(name).name

    def drop(self, copy: Path) -> None:
        """Delete one readable copy: nothing looks at it."""
        shutil.rmtree(copy.parent, ignore_errors=True)

    def clear(self) -> None:
        """Delete every readable copy; called when the desk is locked or closed."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def sweep(vault_id: str) -> None:
    """Delete what a program that was killed left readable of this vault."""
    for left in Path(tempfile.gettempdir()).glob(f"{_prefix(vault_id)}*"):
        shutil.rmtree(left, ignore_errors=True)


def _prefix(vault_id: str) -> str:
    return f"{_PREFIX}{vault_id.replace('-', '')[:_LETTERS]}-"

"""What this machine remembers between starts, in a small readable file: never records, names of people or keys."""

import json
import os
from pathlib import Path
from typing import Any

from paizhu.base import paths
from paizhu.base.settings import Place, setting

FILE = "settings.json"


class Machine:
    """The settings kept with the machine, and a few marks of the window such as its size."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or paths.home() / FILE
        self._kept = _read(self._file)

    @property
    def folder(self) -> Path:
        """Where it is kept, and beside it whatever else this machine remembers."""
        return self._file.parent

    def setting(self, name: str) -> Any:
        """Return a setting of the machine, its default when it was never set."""
        kept = self._kept.get(name)
        return setting(name).read(None if kept is None else str(kept))

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting of the machine; KeyError for one that belongs into the vault."""
        if setting(name).place is not Place.MACHINE:
            raise KeyError(name)
        self.remember(name, str(value))

    def mark(self, name: str) -> str:
        """Return a mark of the window, such as its geometry; empty when there is none."""
        return str(self._kept.get(name, ""))

    def remember(self, name: str, value: str) -> None:
        """Keep a mark; a folder that may not be written costs nothing but the memory."""
        if self._kept.get(name) == value:
            return
        self._kept[name] = value
        part = self._file.with_name(f".{self._file.name}.part")
        try:
            with part.open("w", encoding="utf-8") as file:
                json.dump(self._kept, file, ensure_ascii=False, indent=1)
                file.flush()
                # Else a power cut leaves an empty file, and the program would not know where the vault is.
                os.fsync(file.fileno())
            part.replace(self._file)
        except OSError:
            part.unlink(missing_ok=True)


def _read(file: Path) -> dict[str, Any]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # Damaged or missing: the program starts as on its first day and asks for the vault.
        return {}
    return kept if isinstance(kept, dict) else {}

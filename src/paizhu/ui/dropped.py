"""What was dragged in from outside: files as they lie on the disk, and which of them are workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv")


def files_of(data: QMimeData) -> list[Path]:
    """Return the paths of a drop, folders and vanished files too: whoever takes them says what is wrong with them."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def files_there(data: QMimeData) -> list[Path]:
    """Return the files of a drop that can be read now; folders and what has vanished since are left alone."""
    return [path for path in files_of(data) if path.is_file()]


def workbooks(paths: Sequence[Path]) -> list[Path]:
    """Return those that a ledger may be read from."""
    return [path for path in paths if path.suffix.lower() in WORKBOOKS]

"""What may be dropped onto the window: workbooks, and blank forms, which are workbooks too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

_ENDINGS = (".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv")


def workbooks(data: QMimeData) -> list[Path]:
    """Return the workbooks among the files that are dragged."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [file for file in files if file.suffix.lower() in _ENDINGS]

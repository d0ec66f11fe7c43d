"""Telling and asking: the system's own dialogs for files, and a refusal shown by the window a widget stands in.

Only this module opens dialogs; tests put other answers in place of these functions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from paizhu.base import paths
from paizhu.base.errors import PaizhuError
from paizhu.ui.kit.trouble import Trouble

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

WORKBOOKS = "Excel 工作簿 (*.xlsx *.xlsm *.xls *.et *.ods *.csv);;所有文件 (*)"
NEW_WORKBOOK = "Excel 工作簿 (*.xlsx)"
PDF = "PDF 文件 (*.pdf)"
TEXT = "文本文件 (*.txt)"
_RUNS = (".exe", ".com", ".bat", ".cmd", ".msi", ".scr", ".pif", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta",
         ".jar", ".lnk", ".reg", ".cpl", ".sh", ".run", ".desktop", ".appimage", ".deb")  # fmt: skip
_ENDINGS = re.compile(r"\*(\.\w+)")
_HEADLINE = 20


@runtime_checkable
class Teller(Protocol):
    """A window that shows refusals and faults in a strip."""

    def show_trouble(self, trouble: Trouble, by: QWidget | None = None) -> None:
        """Show it until it is closed or something else is said; of one widget only as long as its page stands there."""


def ask_open(parent: QWidget | None, title: str, kinds: str = WORKBOOKS) -> Path | None:
    """Ask for one file to read; None when nothing was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, _start(), kinds)
    return _chosen(name)


def ask_open_many(parent: QWidget | None, title: str, kinds: str = WORKBOOKS) -> list[Path]:
    """Ask for files to read; empty when nothing was chosen."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, _start(), kinds)
    return [path for path in map(_chosen, names) if path]


def ask_save(parent: QWidget | None, title: str, proposed: str, kinds: str = NEW_WORKBOOK) -> Path | None:
    """Ask where to write a file; the system asks before an existing one is replaced.

    A name typed without the ending of its kind gets it, so that the file opens where it lies.
    """
    start = Path(_start()) / proposed
    while True:
        name, _ = QFileDialog.getSaveFileName(parent, title, str(start), kinds)
        if not name or (whole := _with_ending(Path(name), proposed, kinds)) == Path(name):
            return _chosen(name)
        if not whole.exists():
            return _chosen(str(whole))
        # Only the system may replace a file, and it was not asked about this one.
        start = whole


def _with_ending(path: Path, proposed: str, kinds: str) -> Path:
    endings = _ENDINGS.findall(kinds.lower())
    if path.suffix.lower() in (endings or [path.suffix.lower() if path.suffix else Path(proposed).suffix.lower()]):
        return path
    return path.with_name(path.name + (endings[0] if endings else Path(proposed).suffix))


def ask_folder(parent: QWidget | None, title: str, start: Path | None = None) -> Path | None:
    """Ask for a folder; None when nothing was chosen."""
    return _chosen(QFileDialog.getExistingDirectory(parent, title, str(start or _start())))


def ask_printer(parent: QWidget | None, printer: QPrinter) -> bool:
    """Let the system ask which printer, pages and copies; False when nothing is to be printed."""
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    return bool(dialog.exec())


def open_file(path: Path) -> bool:
    """Let the system open a file or folder with its own program; False when it has none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def would_run(path: Path) -> bool:
    """Tell whether the system would run a file rather than show it; such a file is never opened from here."""
    return path.suffix.lower() in _RUNS


def copy(words: str) -> None:
    """Put words on the clipboard; a lock clears it again."""
    QGuiApplication.clipboard().setText(words)


def tell(widget: QWidget, error: PaizhuError) -> None:
    """Show a refusal in the window of a widget."""
    window = widget.window()
    if isinstance(window, Teller):
        window.show_trouble(trouble_of(error), widget)


def trouble_of(error: PaizhuError, headline: str = "") -> Trouble:
    """Return a refusal in the three parts every one of them has; what stands after a colon is what happened."""
    title, _, happened = error.happened.partition("：")
    if headline:
        title, happened = headline, error.happened
    elif len(title) > _HEADLINE:
        title, happened = error.happened, ""
    return Trouble(title, ended(happened), ended(error.kept), ended(error.todo), _technical(error))


def ended(words: str) -> str:
    """Return words with the stop a sentence has."""
    return words if not words or words.endswith(("。", "”", "！", "？")) else f"{words}。"


def _technical(error: PaizhuError) -> str:
    """Return what the system or the database said, for whoever looks after the machine; never contents of a record."""
    cause = error.__cause__
    return f"{type(cause).__name__}：{cause}" if isinstance(cause, OSError) else ""


def sentence(error: PaizhuError) -> str:
    """Return a refusal as one line."""
    return str(error)


_places: list[Path] = []


def _start() -> str:
    """Return the folder chosen last in this sitting, at first the officer's documents."""
    return str(_places[0] if _places else paths.documents())


def _chosen(name: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    _places[:] = [path if path.is_dir() else path.parent]
    return path


def joined(words: Sequence[str]) -> str:
    """Return sentences one after the other, without doubled full stops."""
    return "".join(word.rstrip("。") + "。" for word in words if word)

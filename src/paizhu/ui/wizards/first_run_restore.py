"""Coming back from a backup on a bare machine: the backup, its password, and a place for the data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from paizhu.base import clock, paths
from paizhu.base.errors import PaizhuError, WrongPasswordError
from paizhu.services.session import ENDING, Session
from paizhu.ui import messages
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.kit.scrolled import bring_into_view
from paizhu.ui.tasks import Progress, Tasks
from paizhu.ui.wizards.first_run_step import StepPage, add_field, tall_line

if TYPE_CHECKING:
    from paizhu.storage.backup_place import Backup
    from paizhu.storage.header import Header

_NO_OTHER = "这里没有别的完好的备份，请选另一个放备份的文件夹，例如移动硬盘上的。"


class RestoreStep(StepPage):
    """`restored` says that a vault was made from the backup and chosen."""

    restored = Signal()

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__("从备份恢复", "选放备份的文件夹（例如移动硬盘），填备份时的口令；恢复密钥也可以。")
        self._session = session
        self._tasks = tasks
        self._found: list[Backup] = []
        self.source = tall_line("备份在哪里", "还没有选")
        self.source.setReadOnly(True)
        self.choose = Button("选择文件夹…", icon="folder", size=Size.TALL)
        self.choose.clicked.connect(self.ask_source)
        self.which = DropDown()
        self.which.setProperty("fit", "tall")
        self.which.setAccessibleName("恢复哪一份")
        self.password = PasswordEdit("口令或恢复密钥")
        self.password.entered.connect(self.restore)
        self.note = FieldNote(self.password.field)
        self.password.edited.connect(self.note.clear)
        self.target = paths.documents()
        self.place = tall_line("恢复到哪里")
        self.place.setReadOnly(True)
        self.elsewhere = Button("换个位置…", icon="folder", size=Size.TALL)
        self.elsewhere.clicked.connect(self.ask_target)
        self.which.currentIndexChanged.connect(self._show_place)
        self._broken: Path | None = None
        self.go = Button("恢复", Look.PRIMARY, icon="history", size=Size.TALL)
        self.go.clicked.connect(self.restore)
        self.words = Label("", wraps=True)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        add_field(grid, 0, "备份在哪里", _side_by_side(self.source, self.choose))
        add_field(grid, 1, "恢复哪一份", self.which)
        add_field(grid, 2, "口令或恢复密钥", self.password)
        add_field(grid, 3, "恢复到哪里", _side_by_side(self.place, self.elsewhere), "新建一个文件夹，不改动已有的")
        grid.addWidget(self.note, grid.rowCount(), 0)
        self.body.addLayout(grid)
        self._show_place()
        self.body.addWidget(_side_by_side(self.go, self.words))
        self.setFocusProxy(self.choose)

    def ask_source(self) -> None:
        """Ask for the folder with backups."""
        folder = messages.ask_folder(self, "备份在哪里")
        if folder:
            self.look_into(folder)

    def ask_target(self) -> None:
        """Ask for the folder in which the vault is to stand: the usual one may have no room, or take no files."""
        folder = messages.ask_folder(self, "恢复到哪里", self.target)
        if folder:
            self.set_target(folder)

    def set_target(self, folder: Path) -> None:
        """Make the vault in this folder."""
        self.target = folder
        self._show_place()

    def mend(self, vault: Path) -> None:
        """Stand ready to make a vault that cannot be opened whole again where it lies, from its own backups first."""
        self._broken = vault
        self.elsewhere.hide()
        self._show_place()
        self.go.setText("恢复到原处")
        self.go.setAccessibleName("恢复到原处")
        self.look_into(vault)

    def look_into(self, folder: Path) -> None:
        """Find the backups in a folder, away from the window: a stick may be slow."""
        from paizhu.services.safety import returning

        self.source.setText(str(folder))
        self._tasks.run(lambda _progress: returning.find(folder), self._show, self._refuse)

    def restore(self) -> None:
        """Make the vault from the chosen backup."""
        from paizhu.services.safety import recovery_code, returning

        at = self.which.currentIndex()
        if not 0 <= at < len(self._found):
            self._say("请先选备份在哪里。", "accent")
            return
        if not self.go.isEnabled():
            return
        if not self.password.text().strip():
            self.note.show_error("请填口令或恢复密钥")
            self.password.setFocus()
            return
        chosen, words, folder, mends = self._found[at], self.password.text(), self._folder(), bool(self._broken)

        def work(progress: Progress) -> tuple[Path, str]:
            def key(header: Header) -> bytes:
                return recovery_code.key_from(header, words, chosen.folder)

            if mends:
                return folder, returning.mend(chosen, folder, key, progress)
            restored = returning.restore_into(chosen, folder, key, progress)
            lacking = f"有 {restored.lacking} 个附件备份里也没有，其他都已恢复。" if restored.lacking else ""
            return folder, f"已恢复到 {chosen.made:%Y-%m-%d %H:%M} 的备份，存在 {folder}。{lacking}"

        self.go.refuse("正在恢复")
        self._say("正在恢复，清点完才算数。", "ink2")
        self._tasks.run(work, self._restored, self._refuse, label="正在恢复备份")

    def waits_for(self) -> str:
        """Return that this page has its own way on."""
        return "恢复好以后会自动打开"

    def _show(self, found: list[Backup]) -> None:
        self._found = found
        self.which.clear()
        for each in found:
            self.which.addItem(_words(each))
        proven = (at for at, each in enumerate(found) if each.proven)
        self.which.setCurrentIndex(next(proven, 0))
        self._say(f"找到 {len(found)} 份备份，最新的在最上面。", "ink2")
        self.password.setFocus()

    def _folder(self) -> Path:
        """Return where the vault will stand."""
        if self._broken:
            return self._broken
        at = self.which.currentIndex()
        return _free(self.target / f"{self._found[at].name}{ENDING}") if 0 <= at < len(self._found) else self.target

    def _show_place(self) -> None:
        self.place.setText(str(self._folder()))

    def _restored(self, done: tuple[Path, str]) -> None:
        self.go.allow()
        self.password.clear()
        folder, told = done
        self._session.choose(folder)
        self._session.tell_after_opening(told)
        self.restored.emit()

    def _refuse(self, error: Exception) -> None:
        self.go.allow()
        if isinstance(error, WrongPasswordError):
            self._say("没有恢复，备份没有动。", "ink2")
            self.note.show_error(str(error))
            self.password.field.selectAll()
            self.password.setFocus()
            return
        if self._turns_to_another(error):
            return
        self._say(str(error) if isinstance(error, PaizhuError) else "程序出了差错，没有恢复成。备份没有动。", "accent")

    def _turns_to_another(self, error: Exception) -> bool:
        """Choose the backup nearest to one that turned out to be damaged, so that one more press restores it."""
        from paizhu.services.safety import returning
        from paizhu.storage.backup import NotProvenError

        if not isinstance(error, NotProvenError):
            return False
        folders = [each.folder for each in self._found]
        if error.folder in folders:
            at = folders.index(error.folder)
            damaged = self._found[at] = replace(self._found[at], proven=None, failed=clock.now())
            self.which.setItemText(at, _words(damaged))
            others = returning.nearest(self._found, damaged)
            todo = (
                f"已改选 {others[0].made:%Y-%m-%d %H:%M} 的一份，再按“{self.go.text()}”即可。" if others else _NO_OTHER
            )
            if others:
                self.which.setCurrentIndex(folders.index(others[0].folder))
            self._say(f"没有恢复：{error.happened}。{todo}", "accent")
            return True
        return False

    def _say(self, words: str, ink: str) -> None:
        self.words.setText(words)
        bring_into_view(self.words)
        self.words.set_ink(ink)


def _words(found: Backup) -> str:
    state = "已损坏" if found.failed else "已核验" if found.proven else "没有核验"
    return f"{found.made:%Y-%m-%d %H:%M}　{found.name}　{found.reason.words}　{state}"


def _free(folder: Path) -> Path:
    """Return a folder's name that is not taken yet."""
    if not folder.exists():
        return folder
    stem = folder.name.removesuffix(ENDING)
    numbers = (folder.with_name(f"{stem}（恢复 {number}）{ENDING}") for number in range(1, 1000))
    return next(each for each in numbers if not each.exists())


def _side_by_side(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0 if isinstance(widget, Button) else 1)
    return holder

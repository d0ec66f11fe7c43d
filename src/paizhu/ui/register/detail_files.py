"""Files at a record and the opening of sealed words: work that takes a moment, done off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from paizhu.base.errors import PaizhuError, WrongPasswordError
from paizhu.base.rows import Change
from paizhu.services.attaching import Attached
from paizhu.services.readable import OpenedFiles
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.strip import Level
from paizhu.ui.register.attachments_pane import AttachmentsPane
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.file_drops import FileDrops
from paizhu.ui.register.reveal_box import SHOWN_SECONDS, RevealBox
from paizhu.ui.tasks import Progress


class DetailFiles(QObject):
    """Adds, opens, writes out and takes off files, and opens sealed words with password and reason."""

    def __init__(self, context: Context, pane: DetailPane, opened: OpenedFiles) -> None:
        super().__init__(pane)
        self._context, self._pane, self._opened = context, pane, opened
        self.box = RevealBox()
        self.box.covered.connect(pane.form.cover)
        pane.form.covered.connect(self.box.cover)
        pane.add_below_strip(self.box)
        self.drops = FileDrops(pane, self.add)
        pane.form.add_asked.connect(self.add)
        pane.form.open_file_asked.connect(self.open)
        if pane.overview:
            pane.overview.add_asked.connect(self.add)
            pane.overview.open_file_asked.connect(self.open)
        pane.stack.files_made.connect(self._hear)
        pane.form.reveal_asked.connect(self.ask_reveal)

    def _hear(self, files: AttachmentsPane) -> None:
        files.add_asked.connect(self.add)
        files.open_asked.connect(self.open)
        files.save_asked.connect(self.save_as)
        files.remove_asked.connect(self.remove)

    def add(self, paths: Sequence[Path], slot: str) -> None:
        """Store files encrypted at the record, all in one act; of those that cannot be taken it is said why."""
        row = self._pane.work.row
        if row is None:
            return
        self._context.tasks.run(
            partial(self._attach, row.id, tuple(paths), slot), self._added, self._failed, label="添加附件"
        )

    def remove(self, file: Mapping[str, Any]) -> None:
        """Take a file off the record; 撤销 puts it back."""
        row = self._pane.work.row
        if row is None:
            return
        try:
            change = self._context.office.records.detach(
                self._pane.register, row.id, int(file["id"]), str(file["slot"])
            )
        except PaizhuError as error:
            self._failed(error)
            return
        self._written(f"已移除附件 {file['name']}", change)

    def open(self, file: Mapping[str, Any]) -> None:
        """Open a readable copy with the system's program; the copy goes when the desk is locked or closed.

        A program is never started from here: to open it would be to run it.
        """
        if messages.would_run(Path(str(file["name"]))):
            words = f"“{file['name']}”是可以运行的程序，没有打开"
            self._pane.strip.show_words(words, "附件还在。确有需要的先另存，查过病毒再用。", Level.AMBER)
            self._pane.strip.show()
            return
        target = self._opened.place(str(file["name"]))
        self._export(file, target, lambda _: self._show(target))

    def _show(self, copy: Path) -> None:
        if not messages.open_file(copy):
            self._opened.drop(copy)
            words = f"这台电脑没有打开“{copy.name}”的程序"
            self._pane.strip.show_words(words, "附件还在。按“另存”，拷到能打开的电脑上看。", Level.AMBER)
            self._pane.strip.show()

    def save_as(self, file: Mapping[str, Any]) -> None:
        """Write a readable copy where the officer says."""
        target = messages.ask_save(self._pane, "另存附件", str(file["name"]), "所有文件 (*)")
        if target:
            written = self._context.events.written
            self._export(file, target, lambda _: written.emit(f"已另存附件 {file['name']}", target))

    def ask_reveal(self, child: str) -> None:
        """Ask for password and reason before words of class P4 are shown: rows of a kind, or the record's own."""
        label = self._pane.register.child(child).label if child else f"{self._pane.register.label}里遮盖的内容"
        self._pane.ask.ask(
            f"查看{label}",
            f"写明事由后显示 {SHOWN_SECONDS} 秒。谁、何时、为何查看，记入留痕链，不能删除。",
            "记入留痕并显示",
            [("事由", None)],
            partial(self._reveal, child),
            secret="口令",
        )

    def _reveal(self, child: str, lines: Sequence[Any]) -> None:
        row = self._pane.work.row
        if row is None:
            return
        password, reason = str(lines[0]), str(lines[1])
        if not password or not reason.strip():
            lacks = 1 if password else 0
            self._pane.ask.say(("请输入口令", "请写明事由")[lacks], lacks)
            return
        held = self._pane.ask.hold("正在核对口令")
        records, register = self._context.office.records, self._pane.register
        self._context.tasks.run(
            lambda _progress: records.reveal(register, row.id, child, password, reason),
            partial(self._opened_words, held, row.id, child),
            partial(self._not_opened, held),
        )

    def _opened_words(
        self, held: Callable[[], bool], record_id: int, child: str, rows: Sequence[Mapping[str, str]]
    ) -> None:
        now = self._pane.work.row
        # Somebody may have gone on to another question or record while the password was tried.
        if not held():
            return
        self._pane.ask.done()
        if now is None or now.id != record_id:
            return
        if not child:
            # The fields of the record are read where they stand, beside what they belong to.
            self.box.show_words([])
            self._pane.form.uncover()
            return
        register = self._pane.register.child(child)
        lines = [(register.field(name).label, words) for row in rows for name, words in row.items()]
        self.box.show_words(lines)

    def _not_opened(self, held: Callable[[], bool], error: Exception) -> None:
        if not held():
            return
        if isinstance(error, WrongPasswordError):
            self._pane.ask.say(str(error), 0)
        else:
            self._pane.ask.say(str(error) if isinstance(error, PaizhuError) else "没有打开，内容没有动。请再试一次。")

    def _attach(self, record_id: int, paths: Sequence[Path], slot: str, progress: Progress) -> Attached:
        return self._context.office.records.attaching.attach(self._pane.register, record_id, paths, slot, progress)

    def _added(self, done: Attached) -> None:
        if done.change:
            count = len(done.names)
            self._written(f"已添加附件 {done.names[0]}{f' 等 {count} 个' if count > 1 else ''}", done.change)
        if done.refused:
            count, only = len(done.refused), done.refused[0]
            words = only.happened if count == 1 else f"有 {count} 个没有添加为附件"
            rest = (only.kept, only.todo) if count == 1 else (done.why(),)
            self._pane.strip.show_words(words, messages.joined([*rest]), Level.AMBER)
            self._pane.strip.show()

    def _export(self, file: Mapping[str, Any], target: Path, done: Any) -> None:
        attachments, digest = self._context.office.vault.attachments, str(file["digest"])
        self._context.tasks.run(lambda progress: attachments.export(digest, target, progress), done, self._failed)

    def _written(self, words: str, change: Change) -> None:
        self._context.events.changed.emit(change)
        self._context.events.said.emit(words, change.entry)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PaizhuError):
            self._pane.strip.show_words(error.happened, messages.joined([error.kept, error.todo]), Level.ERROR)
            self._pane.strip.show()

"""Backups: what there is, proven and counted, a second place, and the way back in three clicks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.services import keeping
from paizhu.services.safety.backups import Made
from paizhu.storage.backup_place import Backup
from paizhu.ui import messages
from paizhu.ui.another_backup import which
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Offer
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import LinesModel
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.moments import spoken
from paizhu.ui.pages.backup_model import CELLS, listed
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.tasks import was_cancelled
from paizhu.ui.theme import Text

_STATE_KEPT = "现在的内容会先另存为一份备份，随时可以再恢复回来；口令不变。"
_RUIN_KEPT = "现在的数据文件会先另存，不会删掉；口令不变。"
_UNCOUNTED = "现在的数据有缺损，数不出差多少；这份备份以后的改动不在里面。"


class BackupPage(PageFrame):
    """Lists the backups of this vault; `restore_asked` carries the one to go back to."""

    restore_asked = Signal(object)
    came_up = Signal()
    """It came to the front: what it says of the backups is to be looked at again."""
    changed = Signal()
    refused = Signal(object)
    """A backup was not made (PaizhuError, or a fault)."""
    compare_asked = Signal(object)
    """A backup is to be compared with the records as they are now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("备份与恢复", "每一份都重新打开、清点过才算数", scrolls=False, parent=parent)
        self._context = context
        self._backups = context.office.backups
        self._proposed: Path | None = None
        self._asked: Path | None = None
        self._other: Backup | None = None
        self._count = 0
        self._looking = ""
        self.make = Button("现在备份", Look.PRIMARY, icon="backup", shortcut="Ctrl+B")
        self.make.clicked.connect(self.make_now)
        self.head.addWidget(self.make)
        self.model = LinesModel(CELLS)
        self.table = RegisterTable("备份")
        self.table.show_model(self.model, self.model.columns)
        self.table.picked.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.ask_restore())
        self.prove = Button("重新核验", icon="shield")
        self.prove.clicked.connect(self.prove_chosen)
        self.compare = Button("与现在比对", icon="search")
        self.compare.clicked.connect(lambda: self.compare_asked.emit(self.chosen()))
        self.restore = Button("恢复到这一份…", icon="history")
        self.restore.clicked.connect(self.ask_restore)
        self.question = Strip("", "", Level.AMBER, closable=True)
        self.question.acted.connect(self._answer)
        self.question.hide()
        self._empty = EmptyState("还没有备份", "做第一份备份大约要一分钟。", [Offer("make", "现在备份")])
        self._empty.acted.connect(lambda _: self.make_now())
        parts = QVBoxLayout()
        parts.setSpacing(12)
        parts.addWidget(self._list(), 1)
        parts.addWidget(self._second())
        self.body.addWidget(scrolled(parts), 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew; the counts are opened with the key, which takes a moment for many."""
        self._show_second()
        self._context.tasks.run(
            lambda _progress: [(each, self._backups.counts(each)) for each in self._backups.list()], self._show
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Let the backups be looked at again."""
        super().showEvent(event)
        self.came_up.emit()

    def show_looking(self, seen: int, to_see: int) -> None:
        """Say how many of the backups were looked at again; when it is over the list is read anew."""
        self._looking = f"正在重新核对：{seen} / {to_see}" if seen < to_see else ""
        self._show_note()
        if not self._looking:
            self.refresh()

    def make_now(self) -> None:
        """Make a backup; the list follows."""

        def done(made: Made) -> None:
            self._context.events.said.emit(made.words, 0)
            self._after()

        self._context.tasks.run(self._backups.make, done, self.refused.emit, label="正在备份")

    def prove_chosen(self) -> None:
        """Open the chosen backup again and read all of it."""
        chosen = self.chosen()
        if chosen is None:
            return

        def failed(error: Exception) -> None:
            if isinstance(error, PaizhuError) and not was_cancelled(error):
                messages.tell(self, error)
            self._after()

        def done(backup: Backup) -> None:
            self._context.events.said.emit(f"{spoken(backup.made)} 的备份核验通过。", 0)
            self._after()

        self._context.tasks.run(
            lambda progress: self._backups.prove(chosen, progress), done, failed, label="正在核验备份"
        )

    def chosen(self) -> Backup | None:
        """Return the backup in the current row."""
        line = self.model.line(self.table.currentIndex().row())
        return line.backup if line else None

    def ask_restore(self) -> None:
        """Say what going back means, with the button that does it."""
        chosen = self.chosen()
        if chosen is None:
            return
        if chosen.failed and not chosen.spoilt:
            self._look_for_another(chosen)
            return

        def failed(_error: Exception) -> None:
            # The very case a backup is for: what stands there now cannot even be counted.
            self._ask(chosen, _UNCOUNTED, _RUIN_KEPT)

        self._context.tasks.run(
            lambda _progress: self._backups.difference(chosen),
            lambda difference: self._ask(chosen, difference.words),
            failed,
        )

    def propose(self, other: Backup) -> None:
        """Go to a backup and ask whether to restore it."""
        self._proposed = other.folder
        self.refresh()

    def _look_for_another(self, damaged: Backup) -> None:
        """Say that a damaged one cannot be restored, and offer the nearest that holds."""

        def done(other: Backup | None) -> None:
            if not self._asks_about(damaged):
                return
            self._other = other
            detail = f"可以改用 {which(other)}，刚重新核对过。" if other else "没有找到别的完好的备份。"
            offers = [Offer("another", "改用这一份")] if other else []
            self.question.show_words(
                f"{spoken(damaged.made)} 的这一份已损坏，不能恢复",
                detail,
                Level.AMBER,
                [*offers, Offer("keep", "知道了", Look.LINK)],
            )
            self.question.show()

        self._context.tasks.run(
            lambda progress: self._backups.another(damaged, progress), done, label="正在找另一份完好的备份"
        )

    def _ask(self, chosen: Backup, difference: str, kept: str = _STATE_KEPT) -> None:
        if not self._asks_about(chosen):
            return
        self.question.show_words(
            f"恢复到 {spoken(chosen.made)}",
            f"{difference}{kept}",
            Level.AMBER,
            [Offer("restore", "恢复"), Offer("keep", "保持现状", Look.LINK)],
        )
        self.question.show()

    def _asks_about(self, chosen: Backup) -> bool:
        """Tell whether a question about a backup is still to the point, and remember which one it is about."""
        now = self.chosen()
        self._asked = chosen.folder
        return now is not None and now.folder == chosen.folder

    def choose_second(self) -> None:
        """Ask for the folder of the second backup."""
        folder = messages.ask_folder(self, "第二个备份位置", self._backups.second_place)
        if folder:
            self._set_second(str(folder))

    # --- the machine -----------------------------------------------------------------------------------------

    def _answer(self, key: str) -> None:
        self.question.hide()
        chosen = self.chosen()
        if key == "another" and self._other:
            self.propose(self._other)
        if key == "restore" and chosen:
            self.restore_asked.emit(chosen)

    def _after(self) -> None:
        self.refresh()
        self.changed.emit()

    def _show(self, found: list[tuple[Backup, dict[str, int]]]) -> None:
        chosen = self.chosen()
        self.model.show_lines(listed(found, self._backups.own_place))
        self._empty.setVisible(not found)
        self.table.setVisible(bool(found))
        folders = [each.folder for each, _counts in found]
        wanted = self._proposed or (chosen.folder if chosen else None)
        at = folders.index(wanted) if wanted in folders else 0
        proposed, self._proposed = self._proposed, None
        if found:
            self.table.go_to(at)
        self._count = len(found)
        self._show_note()
        self._show_chosen(at if found else -1)
        if proposed and proposed in folders:
            self.ask_restore()

    def _show_note(self) -> None:
        damaged = sum(bool(line.backup.failed) for line in self.model.lines)
        how = f"其中 {damaged} 份已损坏，不算数" if damaged else "每一份都重新打开、清点过才算数"
        self.set_note(f"共 {self._count} 份，{self._looking or how}" if self._count else "")

    def _show_chosen(self, row: int) -> None:
        line = self.model.line(row)
        # The list may be read anew while the officer reads the question.
        if line is None or line.backup.folder != self._asked:
            self.question.hide()
        for button in (self.prove, self.compare, self.restore):
            button.setEnabled(row >= 0)

    def _list(self) -> Card:
        card = Card("已有的备份", plain_head=True)
        card.fill()
        for button in (self.prove, self.compare, self.restore):
            card.set_corner(button)
        card.body.addWidget(self.question)
        card.body.addWidget(self._empty, 1)
        card.body.addWidget(self.table, 1)
        self._empty.hide()
        return card

    def _second(self) -> Card:
        card = Card("第二个备份位置", "例如移动硬盘上的文件夹；盘不在时先备份到本机", plain_head=True)
        self.second = Label("", wraps=True)
        self.second_state = Label("", Text.SECONDARY, "ink2")
        self.choose = Button("选择文件夹…", icon="folder")
        self.choose.clicked.connect(self.choose_second)
        self.forget = Button("不再使用", Look.FLAT)
        self.forget.clicked.connect(lambda: self._set_second(""))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.second, 1)
        row.addWidget(self.second_state)
        row.addWidget(self.forget)
        row.addWidget(self.choose)
        card.body.addLayout(row)
        own = QLabel(f"本机的备份在：{self._backups.own_place}")
        own.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        own.setProperty("kind", "secondary")
        own.setProperty("ink", "ink2")
        own.setWordWrap(True)
        card.body.addWidget(own)
        return card

    def _set_second(self, folder: str) -> None:
        self._context.events.changed.emit(keeping.change_setting(self._context.office.desk, "second_backup", folder))
        self._context.events.settings_changed.emit("second_backup")
        self._after()

    def _show_second(self) -> None:
        place = self._backups.second_place
        self.second.setText(str(place) if place else "还没有设置。只有一块盘时，盘坏了备份也就没有了。")
        self.second_state.setText(_state_of(place))
        self.forget.setVisible(place is not None)


def _state_of(place: Path | None) -> str:
    if place is None:
        return ""
    return "现在连着" if place.is_dir() else "现在没有连上"

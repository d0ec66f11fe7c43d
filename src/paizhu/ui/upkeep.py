"""What goes on by itself while the desk is open: backups when due, the chain verified, flags and badges kept fresh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from paizhu import registers
from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.safety.backups import Made
from paizhu.storage.backup_place import Backup
from paizhu.ui import messages
from paizhu.ui.backup_care import BackupCare
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.tasks import Progress, was_cancelled

if TYPE_CHECKING:
    from paizhu.services.safety.comparing import Comparison

_LOOK_EVERY_MS = 60_000
# Long enough that nobody is typing into what the flags rest on.
_QUIET_MS = 4_000


class Upkeep(QObject):
    """Keeps the status bar true and the backups coming; all of it off the UI thread."""

    said = Signal(str)
    newest_known = Signal(object)
    """When the newest proven backup was made (datetime), or None."""
    second_known = Signal(int)
    """For how many days the second place has had no backup; 0 while that is nothing to speak of."""
    unsound_known = Signal(list)
    """The backups that were found damaged in this sitting, though they passed for proven."""
    backup_refused = Signal(object)
    """Why a backup was not made (PaizhuError)."""
    chain_known = Signal(int, list)
    """How many entries the journal has, and those that do not fit the chain."""
    overdue_known = Signal(str, int)
    """How many tasks of a register that its tab counts in red are overdue."""

    def __init__(self, context: Context, parent: QObject, counted: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self._context = context
        self._counted = tuple(counted)
        self.care = BackupCare(context, self)
        self.care.damaged.connect(self._take_damaged)
        self._unsound: dict[Path, Backup] = {}
        self._wrong: list[int] = []
        self._backups_seen = 0
        self._second_told = False
        self._behind = 0
        self._timer = DeskTimer(self, _LOOK_EVERY_MS)
        self._timer.timeout.connect(self.back_up_when_due)
        self._quiet = DeskTimer(self, _QUIET_MS, single=True)
        self._quiet.timeout.connect(self.look_at_flags)
        context.events.changed.connect(self._take_change)

    def start(self) -> None:
        """Look at once, and every minute from now on."""
        self._timer.start()
        self.care.start()
        self.look_at_backups()
        self.verify_chain()
        self.count_overdue()
        self.roll()
        self._quiet.start()

    def count_overdue(self) -> None:
        """Count anew what is overdue in the registers that carry a badge."""
        office = self._context.office
        if not self._counted:
            return

        def work(_progress: Progress) -> dict[str, int]:
            found = office.today.every(of=[registers.register(key) for key in self._counted])
            late = [task.register for task in found if task.overdue]
            return {key: late.count(key) for key in self._counted}

        self._context.tasks.run(work, self._tell_overdue, aside=True)

    def roll(self) -> None:
        """Make the next occurrence of recurring matters whose day has passed; it is said, and can be undone."""
        recurring = self._context.office.records.recurring

        def done(change: Change | None) -> None:
            if change:
                self._context.events.changed.emit(replace(change, behind=True))
                made = len(set(change.records))
                self._context.events.said.emit(f"到期的定期事项已生成下一期：{made} 项", change.entry)

        self._context.tasks.run(lambda _progress: recurring.roll(), done, aside=True)

    def look_at_flags(self) -> None:
        """Compute the red flags of the list anew when something they rest on was written; never while work runs."""
        office = self._context.office
        if self._context.tasks.busy:
            self._quiet.start()
            return

        def work(progress: Progress) -> Change | None:
            if office.vault.broken:
                return None
            return office.flags.recompute(progress=progress) if office.flags.stale else None

        self._context.tasks.run(work, self._tell_flags, aside=True)

    def back_up(self) -> None:
        """Make a backup now, because the officer asked for it."""
        backups = self._context.office.backups

        def done(made: Made) -> None:
            self.said.emit(made.words)
            self.look_at_backups()

        self._context.tasks.run(backups.make, done, self.refuse_backup, label="正在备份")

    def back_up_elsewhere(self, widget: QWidget) -> None:
        """Make a backup in a folder the officer chooses now, because the usual one did not take it."""
        place = messages.ask_folder(widget, "备份到")
        if place is None:
            return
        backups = self._context.office.backups

        def done(made: Backup) -> None:
            self.said.emit(f"{made.made:%H:%M} 的备份已做好并核验，存在 {made.folder}。")
            self.look_at_backups()

        self._context.tasks.run(
            lambda progress: backups.make_at(place, progress), done, self.refuse_backup, label="正在备份"
        )

    def refuse_backup(self, error: Exception) -> None:
        """Tell why a backup was not made, or that one was stopped by hand."""
        if was_cancelled(error):
            self.said.emit("备份已停下，没有留下半份；以前的备份都在。")
        elif isinstance(error, PaizhuError):
            self.backup_refused.emit(error)

    def back_up_when_due(self) -> None:
        """Make the backup of every half hour, when something changed; it goes on behind the officer's back."""
        if not self._context.tasks.busy:
            due = self._context.office.backups.make_when_due
            self._context.tasks.run(due, self._made_by_timer, self.refuse_backup, aside=True)

    def _made_by_timer(self, made: Made | None) -> None:
        if made is None:
            return
        self.look_at_backups()
        # A stick that is not plugged in is no news; one that is there and takes nothing is, once in a sitting.
        if made.refused and not made.away and not self._second_told:
            self._second_told = True
            self.backup_refused.emit(made.refused)

    def look_at_backups(self) -> None:
        """Read anew when the newest proven backup was made, and how long the second place has had none."""
        backups = self._context.office.backups
        self._backups_seen = backups.made

        def work(_progress: Progress) -> tuple[datetime | None, int]:
            newest = backups.newest_proven()
            return newest.made if newest else None, backups.second_behind()

        self._context.tasks.run(work, self._tell_backups, aside=True)

    def _take_damaged(self, found: Backup) -> None:
        self._unsound[found.folder] = found
        self.look_at_backups()
        self.unsound_known.emit(list(self._unsound.values()))

    def _tell_backups(self, seen: tuple[datetime | None, int]) -> None:
        newest, behind = seen
        self.newest_known.emit(newest)
        # Said again only when it is another number: the strip can be closed.
        if behind != self._behind:
            self._behind = behind
            self.second_known.emit(behind)

    def verify_chain(self) -> None:
        """Verify the journal's chain and tell how it stands."""
        office = self._context.office

        def work(_progress: Progress) -> tuple[int, list[int]]:
            count = office.vault.last_entry()[0]
            # What is written while it runs is verified the next time.
            return count, [entry for entry in office.history.verify() if entry <= count]

        self._context.tasks.run(work, self._tell_chain, aside=True)

    def save_report(self, widget: QWidget, compared: Comparison | None = None) -> None:
        """Ask where to put the report about entries that do not fit, and what a comparison found, and write it."""
        from paizhu.services.safety.chain_report import write_report

        path = messages.ask_save(widget, "导出校验报告", "留痕链校验报告.txt", messages.TEXT)
        if path is None:
            return
        try:
            write_report(path, self._context.office, self._wrong, compared)
        except PaizhuError as error:
            messages.tell(widget, error)
        else:
            self._context.events.written.emit(f"校验报告已存为《{path.name}》。", path)

    def _take_change(self, change: Change) -> None:
        self._quiet.start()
        if self._context.office.backups.made != self._backups_seen:
            # An import or a change of many records made one first.
            self.look_at_backups()
        if change.registers.intersection(self._counted):
            self.count_overdue()

    def _tell_overdue(self, counts: dict[str, int]) -> None:
        for key, count in counts.items():
            self.overdue_known.emit(key, count)

    def _tell_flags(self, change: Change | None) -> None:
        if change and change.records:
            self._context.events.changed.emit(replace(change, behind=True))

    def _tell_chain(self, verified: tuple[int, list[int]]) -> None:
        self._wrong = verified[1]
        self.chain_known.emit(*verified)

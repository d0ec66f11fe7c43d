"""Looking at backups again while the desk is open: behind all other work, a file at a time, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from paizhu.storage.backup_place import Backup
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.tasks import Progress, was_cancelled

# The first page comes first.
_AFTER_START_MS = 10_000
_PROVE_EVERY_MS = 15 * 60_000


class BackupCare(QObject):
    """Looks at the newest backup after the start, at all of them when somebody asks, and proves old ones again."""

    damaged = Signal(object)
    """A backup was found damaged that passed for proven (Backup)."""
    looking = Signal(int, int)
    """So many of the backups to be looked at were seen; both are the same when it is over."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._backups = context.office.backups
        self._waiting: list[Backup] = []
        self._all = 0
        self._every = DeskTimer(self, _PROVE_EVERY_MS)
        self._every.timeout.connect(self.prove_oldest)

    def start(self) -> None:
        """Look at the newest in a while, and prove old ones from time to time."""
        QTimer.singleShot(_AFTER_START_MS, self, self.look_at_newest)
        self._every.start()

    def look_at_newest(self) -> None:
        """See whether the newest proven backup still is what was proven."""
        self._run(self._backups.look_at_newest)

    def prove_oldest(self) -> None:
        """Prove the backup again whose proof is the oldest, when it is a month old and nothing else goes on."""
        if not self._context.tasks.busy and not self._waiting:
            self._run(self._backups.prove_oldest)

    def look_through(self) -> None:
        """Look at every backup that was not looked at in this sitting."""
        if self._waiting:
            return

        def begin(found: list[Backup]) -> None:
            if found and not self._waiting:
                self._waiting, self._all = list(found), len(found)
                self._next()

        self._context.tasks.run(lambda _progress: list(self._backups.unseen()), begin, _nobody, behind=True)

    def _next(self) -> None:
        self.looking.emit(self._all - len(self._waiting), self._all)
        if not self._waiting:
            return
        chosen = self._waiting[0]

        def done(seen: Backup) -> None:
            self._tell(seen if chosen.proven else None)
            self._go_on()

        def failed(error: Exception) -> None:
            if was_cancelled(error):
                self._waiting = []
            else:
                # Its place is away; what lies there is neither better nor worse for it.
                self._go_on()

        self._context.tasks.run(lambda progress: self._backups.look(chosen, progress), done, failed, behind=True)

    def _go_on(self) -> None:
        self._waiting = self._waiting[1:]
        self._next()

    def _run(self, work: Callable[[Progress], Backup | None]) -> None:
        self._context.tasks.run(work, self._tell, _nobody, behind=True)

    def _tell(self, seen: Backup | None) -> None:
        if seen and seen.failed:
            self.damaged.emit(seen)


def _nobody(_error: Exception) -> None:
    """Tell nobody: a place that is away, or was pulled out meanwhile, is no news."""

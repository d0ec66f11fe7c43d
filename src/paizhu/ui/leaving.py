"""What the window does with the vault while no desk stands: closes it, puts a backup back, puts the sample aside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from paizhu.base.errors import PaizhuError
from paizhu.services.sample_vault import SampleVault
from paizhu.services.session import Session
from paizhu.ui.turns import next_turn

if TYPE_CHECKING:
    from paizhu.storage.backup_place import Backup
    from paizhu.storage.restore import Restored
    from paizhu.ui.desk import Desk
    from paizhu.ui.desks import Desks
    from paizhu.ui.last_work import LastWork
    from paizhu.ui.pages.lock import LockPage
    from paizhu.ui.tasks import Tasks


class Leaving(QObject):
    """Covers the window first, as a lock does, and goes to the vault once nothing of the desk is there any more.

    What is still there of it could ask the vault something while that is closed or put back on another thread.
    """

    put_back = Signal(str)
    """A backup stands in the vault's place, and the vault is open: what there is to say about it."""
    not_put_back = Signal(object)
    """The vault is as it was, open unless even that failed; the `PaizhuError` says why, None when a fault was told."""
    sample_gone = Signal()
    ready_to_close = Signal()

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        page: LockPage,
        last_work: LastWork,
        desks: Desks,
        cover: Callable[[str], Desk | None],
    ) -> None:
        """``cover`` lets the locked page stand with these words and returns the desk that stood before."""
        super().__init__(page)
        self._session, self._tasks, self._page = session, tasks, page
        self._last_work, self._desks, self._cover = last_work, desks, cover
        self.under_way = False
        """From the moment the window was covered until the vault is open again, another one is chosen, or closed."""
        self.closed = False
        """The vault was closed for good: nothing is left but to let the window go."""
        self._closes_after = False

    def close(self) -> None:
        """Make the day's backup and close the vault, then the window; asked for meanwhile, right after a restore."""
        if not self.under_way:
            self._leave("正在关闭", "正在做关闭前的备份", self._close_vault)
        elif not self._closes_after:
            self._closes_after = True
            self._page.wait_for("这一步做完就关闭")

    def restore(self, backup: Backup) -> None:
        """Go back to a backup: the desk is left, the vault is put back, the desk opens again."""
        self._leave("正在恢复备份", "正在恢复备份，好了会自动打开", partial(self._restore, backup))

    def remove_sample(self) -> None:
        """Put the invented vault aside and begin properly."""
        self._leave("正在收起示例数据", "正在收起示例数据", self._put_sample_aside)

    # --- the way there ---------------------------------------------------------------------------------------

    def _leave(self, words: str, waits: str, then: Callable[[], object]) -> None:
        self.under_way, self._closes_after = True, False
        self._last_work.finish()
        desk = self._cover(words)
        self._page.wait_for(waits)
        self._last_work.after(desk.context.tasks if desk else None, partial(self._throw_away, desk, then))

    def _throw_away(self, desk: Desk | None, then: Callable[[], object]) -> None:
        if desk is None:
            then()
            return
        desk.destroyed.connect(lambda *_: next_turn(self, then))
        self._desks.throw_away(desk, in_turns=True)

    def _arrive(self) -> None:
        self.under_way = False
        self._page.wait_for("")

    # --- closing ---------------------------------------------------------------------------------------------

    def _close_vault(self) -> None:
        self._tasks.run(self._session.close, lambda _: self._let_go(), self._close_all_the_same)

    def _let_go(self) -> None:
        self._arrive()
        self.closed = True
        self.ready_to_close.emit()

    def _close_all_the_same(self, error: Exception) -> None:
        # The vault is closed by now. Closing again would lose the words, so the officer closes once more.
        self._arrive()
        self.closed = True
        words = str(error) if isinstance(error, PaizhuError) else "关闭前的备份没有做成，数据都在。"
        self._page.show_locked("已关好")
        self._page.say(f"{words}再按一次关闭即可退出。")

    # --- putting a backup back -------------------------------------------------------------------------------

    def _restore(self, backup: Backup) -> None:
        session = self._session
        self._tasks.run(lambda progress: session.restore(backup, progress), self._restored, self._not_restored)

    def _restored(self, made: tuple[object, Restored]) -> None:
        self._arrive()
        if self._closes_after:
            self.ready_to_close.emit()
        else:
            self.put_back.emit(made[1].words)

    def _not_restored(self, error: Exception) -> None:
        # Not closed, though it was asked for: who believes the backup is back must hear that it is not.
        self._arrive()
        self.not_put_back.emit(error if isinstance(error, PaizhuError) else None)

    # --- the sample ------------------------------------------------------------------------------------------

    def _put_sample_aside(self) -> None:
        try:
            SampleVault(self._session).put_aside()
        except PaizhuError as error:
            self._arrive()
            self._page.show_locked()
            self._page.say(str(error))
            return
        self._arrive()
        if self._closes_after:
            self.ready_to_close.emit()
        else:
            self.sample_gone.emit()

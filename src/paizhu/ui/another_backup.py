"""When a backup turns out to be damaged: which other one holds, and the way to it in one click."""

from __future__ import annotations

from paizhu.base.errors import PaizhuError
from paizhu.storage.backup import NotProvenError
from paizhu.storage.backup_place import OWN_PLACE, Backup
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.trouble import Trouble
from paizhu.ui.moments import spoken
from paizhu.ui.strips import Strips
from paizhu.ui.tasks import Progress

NAME = "not-restored"
USE = "another-backup"
_CLOSE = Offer(f"close:{NAME}", "知道了", Look.FLAT)
_LOOKING = "正在找另一份完好的备份"
_NONE = "本机和第二个位置都没有别的完好的备份。插上放备份的盘再找，或从别的文件夹恢复"


class AnotherBackup:
    """Tells over the pages why a backup was not restored, looks for one that holds, and offers it."""

    def __init__(self, context: Context, strips: Strips) -> None:
        self._context = context
        self._strips = strips
        self.found: Backup | None = None

    def offer(self, error: PaizhuError) -> None:
        """Say what happened, and what can be used instead once that is known."""
        if not isinstance(error, NotProvenError):
            self._strips.show_trouble(messages.trouble_of(error))
            return
        trouble = messages.trouble_of(error, "没有恢复，这份备份已损坏")
        self._show(trouble, _LOOKING, [_CLOSE])
        folder, backups = error.folder, self._context.office.backups

        def look(progress: Progress) -> Backup | None:
            damaged = next((each for each in backups.list() if each.folder == folder), None)
            return backups.another(damaged, progress) if damaged else None

        self._context.tasks.run(
            look,
            lambda found: self._tell(trouble, found),
            lambda _error: self._tell(trouble, None),
            label=_LOOKING,
        )

    def _tell(self, trouble: Trouble, found: Backup | None) -> None:
        self.found = found
        if found is None:
            self._show(trouble, _NONE, [_CLOSE])
        else:
            self._show(
                trouble, f"改用 {which(found)}，刚重新核对过", [Offer(USE, f"改用 {spoken(found.made)} 的一份"), _CLOSE]
            )

    def _show(self, trouble: Trouble, todo: str, offers: list[Offer]) -> None:
        said = Trouble(trouble.headline, trouble.happened, trouble.kept, f"{todo}。", trouble.details)
        self._strips.put_trouble(NAME, said, offers)


def which(found: Backup) -> str:
    """Return a backup in words: when it was made, and where it lies."""
    place = "本机" if found.folder.parent.name == OWN_PLACE else f"“{found.folder.parent.name}”里"
    return f"{spoken(found.made)} 的一份（{place}）"

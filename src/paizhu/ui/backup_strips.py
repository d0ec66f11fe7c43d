"""The strips about backups and a damaged vault: not made, too old, unsound, in one place only; with what to press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from paizhu.base import clock
from paizhu.base.errors import PaizhuError
from paizhu.services.safety.backups import STALE
from paizhu.storage.backup_place import Backup
from paizhu.ui import messages
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.strip import Level
from paizhu.ui.moments import spoken
from paizhu.ui.strips import Strips

REFUSED, OLD, SECOND, UNSOUND = "backup-refused", "backup-old", "backup-second", "backup-unsound"
NOW, ELSEWHERE, PAGE = "backup-now", "backup-elsewhere", "backup-page"
DAMAGED = "vault-damaged"


def show_refused(strips: Strips, error: PaizhuError) -> None:
    """Say why a backup was not made, what is good all the same, and how to go on."""
    offers = [Offer(ELSEWHERE, "换个位置备份"), Offer(NOW, "再试一次"), Offer(f"close:{REFUSED}", "知道了", Look.FLAT)]
    strips.put_trouble(REFUSED, messages.trouble_of(error), offers)


def show_newest(strips: Strips, newest: datetime | None) -> None:
    """Remind of a backup when the newest proven one is days old; a fresh one takes both strips away."""
    if newest is None:
        return
    days = (clock.now() - newest).days
    if days < STALE.days:
        strips.take(REFUSED)
        strips.take(OLD)
        return
    offers = [Offer(NOW, "现在备份")]
    strips.put(OLD, f"已 {days} 天没有备份", "插上备份盘后按一下即可，约 1 分钟。", Level.AMBER, offers, closable=True)


def show_second(strips: Strips, days: int) -> None:
    """Remind of the second place when it has had no backup for so many days; 0 takes the strip away."""
    if not days:
        strips.take(SECOND)
        return
    offers = [Offer(NOW, "现在备份")]
    detail = "本机的备份照常。插上备份盘后按一下，就补上。"
    strips.put(SECOND, f"第二个备份位置已 {days} 天没有备份", detail, Level.AMBER, offers, closable=True)


def show_unsound(strips: Strips, found: Sequence[Backup]) -> None:
    """Say which backups were found damaged that passed for proven, with the way to make up for them."""
    first = found[0]
    which = f"{spoken(first.made)} 的备份" if len(found) == 1 else f"有 {len(found)} 份备份"
    what = f"坏了 {first.spoilt} 个附件" if len(found) == 1 and first.spoilt else "已损坏，不再算数"
    detail = "本机的数据没有动。现在备份一次，就补上了；盘上坏得多的，换一块盘。"
    offers = [Offer(NOW, "现在备份"), Offer(PAGE, "打开备份与恢复")]
    strips.put(UNSOUND, f"{which}{what}", detail, Level.AMBER, offers, closable=True)


def show_damaged(strips: Strips, error: PaizhuError) -> None:
    """Say that the vault could not be read, with the way to its backups."""
    offers = [Offer(PAGE, "打开备份与恢复"), Offer(f"close:{DAMAGED}", "知道了", Look.FLAT)]
    strips.put_trouble(DAMAGED, messages.trouble_of(error), offers)

"""Writing many records at once: behind a backup and beside the window; few are written at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from paizhu.base.errors import PaizhuError
from paizhu.base.progress import Progress as Told
from paizhu.base.progress import silent
from paizhu.services.safety.backups import MANY
from paizhu.ui.context import Context
from paizhu.ui.tasks import Progress

T = TypeVar("T")


def write_many(
    context: Context,
    write: Callable[[Told], T],
    done: Callable[[T], object],
    failed: Callable[[Exception], object],
    *,
    count: int,
    words: str,
) -> None:
    """Write what concerns about so many records; ``done`` or ``failed`` is called on the window's thread.

    Of many a proven backup is made first; where none can be made, nothing is written. Few are written before this
    returns. ``words`` say of many what goes on meanwhile, and name the act for undoing.
    """

    def behind_a_backup(progress: Progress) -> T:
        context.office.backups.before_many(count, progress)
        return write(progress)

    if count >= MANY:
        context.tasks.run(behind_a_backup, done, failed, label=words, acts=words)
        return
    try:
        made = write(silent)
    except Exception as error:
        failed(error)
        if not isinstance(error, PaizhuError):
            raise
        return
    done(made)

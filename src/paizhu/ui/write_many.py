"""Writing many records at once: beside the window where it would be felt, at once where it would not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from paizhu.base.errors import PaizhuError
from paizhu.services.safety.backups import MANY
from paizhu.ui.context import Context
from paizhu.ui.tasks import Progress

T = TypeVar("T")


def write_many(
    context: Context,
    write: Callable[[Progress], T],
    done: Callable[[T], object],
    failed: Callable[[Exception], object],
    *,
    count: int,
    words: str,
) -> None:
    """Write what concerns about so many records; ``done`` or ``failed`` is called on the window's thread.

    Few are written before this returns. ``words`` say of many what goes on meanwhile, and name the act for undoing.
    """
    if count >= MANY:
        context.tasks.run(write, done, failed, label=words, acts=words)
        return
    try:
        made = write(Progress(lambda _done, _total, _words: None))
    except Exception as error:
        failed(error)
        if not isinstance(error, PaizhuError):
            raise
        return
    done(made)

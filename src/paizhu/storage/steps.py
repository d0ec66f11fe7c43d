"""Reading that is broken off when it takes too many steps: whoever asks then has it done elsewhere."""

from collections.abc import Callable
from typing import Any

from paizhu.storage import cipher

_AT_A_TIME = 1_000


def within(connection: Any, most: int, read: Callable[[], bool]) -> bool:
    """Return what reading tells, or False when the database took more than so many steps for it (about a dozen for
    each record it looks at); steps are the same on a slow and on a busy computer.
    """
    left = iter(range(most // _AT_A_TIME))
    connection.set_progress_handler(lambda: next(left, None) is None, _AT_A_TIME)
    try:
        return read()
    except cipher.DatabaseError as error:
        if "interrupted" not in str(error):
            raise
        return False
    finally:
        connection.set_progress_handler(None, 0)

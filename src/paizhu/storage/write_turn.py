"""Whose turn it is to write: one thread at a time, and the window is told of long work rather than kept waiting."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from paizhu.base.errors import StillWritingError

LONG = 200
"""Records from which whoever waits for an act feels it."""

Store = Callable[[], object]


class WriteTurn:
    """Taken by ``with``, and again by the thread that has it.

    Every thread waits until the turn is free. Only that of the window, the main one, does not while an act of many
    records has it: it is refused with StillWritingError, and what is small it leaves to be stored right after.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._owner = 0
        self._depth = 0
        self._long = ""
        self._left: dict[tuple[str, tuple[Any, ...]], tuple[Any, Store]] = {}

    @property
    def long_act(self) -> str:
        """The label of the act of many records that is being written now; empty when there is none."""
        return self._long

    def tell(self, label: str, size: int) -> None:
        """Say what is being written in this turn, and how many records it is about."""
        if size >= LONG:
            with self._changed:
                self._long = label
                self._changed.notify_all()

    def __enter__(self) -> None:
        with self._changed:
            if not self._take():
                raise StillWritingError(self._long)

    @contextmanager
    def at_last(self) -> Iterator[None]:
        """Take the turn however long it has to be waited for, for what cannot be put off."""
        with self._changed:
            self._take(patient=True)
        try:
            yield
        finally:
            self.__exit__()

    def __exit__(self, *_raised: object) -> None:
        # Only the thread that has the turn comes here, so the depth is its own.
        if self._depth > 1:
            self._depth -= 1
            return
        try:
            self._store_left()
        finally:
            with self._changed:
                self._owner = self._depth = 0
                self._long = ""
                self._changed.notify_all()

    def store(self, table: str, key: tuple[Any, ...], value: Any, store: Store, left: Store) -> None:
        """Store something small now; where that has to wait for long work, ``left`` is done instead as that ends.

        Until then `waiting` tells its value. The last one of each key counts. ``left`` is done by whoever has the turn,
        and must not raise.
        """
        with self._changed:
            if not self._take():
                self._left[table, key] = value, left
                return
            self._left.pop((table, key), None)
        try:
            store()
        finally:
            self.__exit__()

    def waiting(self, table: str) -> dict[tuple[Any, ...], Any]:
        """Return what was left and is not stored yet, by its key; asked for before the table itself is read."""
        with self._changed:
            return {key: value for (of, key), (value, _store) in self._left.items() if of == table}

    def _take(self, *, patient: bool = False) -> bool:
        me = threading.get_ident()
        if self._owner != me:
            hurried = not patient and threading.current_thread() is threading.main_thread()
            while self._owner:
                if hurried and self._long:
                    return False
                self._changed.wait()
            self._owner = me
        self._depth += 1
        return True

    def _store_left(self) -> None:
        while True:
            with self._changed:
                if not self._left:
                    # Whoever comes from here on waits for the moment until the turn is free.
                    self._long = ""
                    return
                left = dict(self._left)
            for key, found in left.items():
                found[1]()
                with self._changed:
                    # Another value may have been left under the same key meanwhile.
                    if self._left.get(key) is found:
                        del self._left[key]

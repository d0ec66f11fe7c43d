"""An act of many records that another thread is writing, for as long as a test wants it to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from paizhu.registers.organisations import UNIT
from paizhu.storage.vault import Vault
from paizhu.storage.write_turn import LONG

WORDS = f"作废 廉政谈话 {LONG} 条"
"""The label of the act."""


@contextmanager
def writing(vault: Vault, size: int = LONG) -> Iterator[Callable[[], None]]:
    """Let another thread write an act until the block ends, or what is given is called."""
    begun, goes_on = threading.Event(), threading.Event()

    def write() -> None:
        with vault.act("void", WORDS, size=size) as act:
            act.create(UNIT, {"name": "示例一局"})
            begun.set()
            goes_on.wait()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(5)

    def end() -> None:
        goes_on.set()
        thread.join()

    try:
        yield end
    finally:
        end()

"""An act of many records that another thread is writing, for as long as a test wants it to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from paizhu.base.errors import PaizhuError
from paizhu.registers.organisations import UNIT
from paizhu.storage.vault import Vault
from paizhu.storage.write_turn import LONG

WORDS = f"作废 廉政谈话 {LONG} 条"
"""The label of the act."""


@contextmanager
def writing(vault: Vault, size: int = LONG, *, fails: bool = False) -> Iterator[Callable[[], None]]:
    """Let another thread write an act, which ``fails`` at its end, until the block ends or what is given is called."""
    begun, goes_on = threading.Event(), threading.Event()

    def write() -> None:
        with suppress(PaizhuError), vault.act("void", WORDS, size=size) as act:
            act.create(UNIT, {"name": "示例一局"})
            begun.set()
            goes_on.wait()
            if fails:
                raise PaizhuError("停下")

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

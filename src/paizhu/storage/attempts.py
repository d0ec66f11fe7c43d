"""Slowing down whoever tries passwords: after five failures in a row, ten minutes' wait."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from paizhu.base import clock, paths
from paizhu.base.errors import WrongPasswordError
from paizhu.storage import atomic
from paizhu.storage.keys import MistypedCodeError

FILE = "attempts"
TRIES = 5
WAIT_SECONDS = 600

_T = TypeVar("_T")


class Attempts:
    """Failures in a row for one vault, remembered in the vault's folder and on this machine.

    Two places, so that neither a restart nor a copied folder gives fresh tries on the same machine.
    """

    def __init__(self, vault_id: str, folder: Path, now: Callable[[], datetime] = clock.now) -> None:
        self._places = (folder / FILE, paths.home() / FILE / f"{vault_id}.json")
        self._now = now

    @property
    def left(self) -> int:
        """Tries that remain before the wait."""
        return max(TRIES - self._state()[0], 0)

    @property
    def wait_seconds(self) -> int:
        """Seconds until the next try is taken; zero when one may try now."""
        failures, last = self._state()
        if failures < TRIES:
            return 0
        return max(WAIT_SECONDS - int(self._now().timestamp() - last), 0)

    @property
    def words(self) -> str:
        """What stands beside the unlock button."""
        if wait := self.wait_seconds:
            return f"连错 {TRIES} 次，请等 {-(-wait // 60)} 分钟再试"
        return f"还可试 {self.left or TRIES} 次，连错 {TRIES} 次须等 {WAIT_SECONDS // 60} 分钟"

    def run(self, unlock: Callable[[], _T]) -> _T:
        """Try once: refused while waiting; a wrong password is counted and the words say what is left."""
        if self.wait_seconds:
            raise WrongPasswordError(self.words, "库没有改动", "到时再试，或用恢复密钥另设口令")
        if self._state()[0] >= TRIES:
            self._write(0)
        try:
            result = unlock()
        except MistypedCodeError:
            raise
        except WrongPasswordError as wrong:
            self._write(self._state()[0] + 1)
            raise WrongPasswordError(wrong.happened, wrong.kept, self.words) from wrong
        self.forget()
        return result

    def _state(self) -> tuple[int, float]:
        failures, last = max(_read(place) for place in self._places)
        now = self._now().timestamp()
        if last > now:
            # The clock was set back: the wait begins now, or it would last until the old time is reached again.
            self._write(failures)
            last = now
        return failures, last

    def _write(self, failures: int) -> None:
        content = json.dumps({"failures": failures, "last": self._now().timestamp()}).encode()
        for place in self._places:
            # On a read-only disk the count is lost, which is no way in: each try still costs its half second.
            with suppress(OSError):
                place.parent.mkdir(parents=True, exist_ok=True)
                atomic.write(place, content)

    def forget(self) -> None:
        """Begin to count anew: somebody proved to know the password or the recovery code."""
        for place in self._places:
            with suppress(OSError):
                place.unlink(missing_ok=True)


def _read(place: Path) -> tuple[int, float]:
    try:
        content = json.loads(place.read_bytes())
        return int(content["failures"]), float(content["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0.0

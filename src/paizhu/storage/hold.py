"""One writer for one vault: a lock of the operating system, with a note of who holds it since when."""

import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from paizhu.base import clock
from paizhu.base.errors import VaultBusyError
from paizhu.storage import atomic

FILE = "hold"

if sys.platform == "win32":
    import msvcrt

    # Windows forbids others to read locked bytes, so the lock lies far behind the note.
    _FAR = 1 << 30

    def _lock(file: BinaryIO) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds or held a vault: process number, machine, and since when."""

    pid: int
    host: str
    since: datetime

    @property
    def here(self) -> bool:
        """Tell whether the holder runs on this machine."""
        return self.host == socket.gethostname()


class VaultHeldError(VaultBusyError):
    """Another window holds the vault; ``pid``, ``host`` and ``since`` say which, as far as it left word."""

    def __init__(self, holder: Holder | None) -> None:
        self.pid = holder.pid if holder else 0
        self.host = holder.host if holder else ""
        self.since = holder.since if holder else None
        where = f"另一台电脑（{self.host}）" if holder and not holder.here else "本机的另一个窗口"
        since = f"，从 {holder.since:%m-%d %H:%M} 开始" if holder else ""
        super().__init__(
            f"这个库正由{where}使用{since}",
            "两边的数据都没有动",
            "请回到那个窗口；那边关闭后，这里就能打开",
        )


class Hold:
    """The right to write to one vault; it ends with `release`, and by itself when the program dies."""

    def __init__(self, file: BinaryIO, stale: Holder | None) -> None:
        self._file = file
        self.stale = stale
        """Who held the vault last without letting go: the program was killed or the power went."""

    @classmethod
    def acquire(cls, folder: Path, now: Callable[[], datetime] = clock.now) -> "Hold":
        """Take the vault; refused while another window holds it. What a dead program left behind is cleared."""
        path = folder / FILE
        try:
            # Never replaced or removed: a lock on a file that lost its name would guard nothing.
            file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
        except OSError as error:
            raise atomic.refusal(error, f"不能占用“{folder.name}”来写入", "库没有改动") from error
        try:
            if not _lock(file):
                raise VaultHeldError(_noted(path))
            stale = _noted(path)
            note = {"pid": os.getpid(), "host": socket.gethostname(), "since": now().isoformat(timespec="seconds")}
            file.seek(0)
            file.truncate()
            file.write(json.dumps(note).encode())
        except OSError as error:
            file.close()
            raise atomic.refusal(error, f"不能占用“{folder.name}”来写入", "库没有改动") from error
        except BaseException:
            file.close()
            raise
        return cls(file, stale)

    def release(self) -> None:
        """Let the vault go; doing it twice is no harm."""
        if self._file.closed:
            return
        try:
            self._file.seek(0)
            self._file.truncate()
            _unlock(self._file)
        finally:
            self._file.close()


def _noted(path: Path) -> Holder | None:
    try:
        note = json.loads(path.read_bytes())
        return Holder(int(note["pid"]), str(note["host"]), datetime.fromisoformat(note["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None

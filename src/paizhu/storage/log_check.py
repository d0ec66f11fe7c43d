"""The log beside the database after a crash: whether all that was saved could be carried over from it.

The database silently drops whatever follows a damaged place in its log. What it found is therefore held against what
the log says of itself: the last place in it that ends a transaction.
"""

import shutil
import struct
from pathlib import Path

from paizhu.storage import cipher

ENDING = "-wal"
KEPT_ENDING = ".damaged"
_HEAD = struct.Struct(">8I")
_FRAME = struct.Struct(">4I")
_FRAME_HEAD = 24
_MAGIC = 0x377F0682
_LITTLE, _BIG = _MAGIC, _MAGIC | 1


def kept_if_damaged(database: Path, key: bytes) -> Path | None:
    """Look at a log left by a crash before anything is written; a damaged one is copied, and the copy returned.

    None when there is no log, or all of it stands. To be called while nobody else has the database.
    """
    log = database.with_name(database.name + ENDING)
    if not log.exists() or not log.stat().st_size:
        return None
    promised = _last_commit(log)
    connection = cipher.connect(database, key)
    try:
        found = int(connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])
        if promised is not None and found >= promised:
            return None
        # Closing removes the log; whoever looks after the machine may still read something out of it.
        kept = log.with_name(log.name + KEPT_ENDING)
        shutil.copy2(log, kept)
        return kept
    finally:
        connection.close()


def _last_commit(log: Path) -> int | None:
    """Return the number of the last frame that ends a transaction, 0 for none; None when the log's head is damaged."""
    with log.open("rb") as file:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            # Cut off while it was begun: nothing was saved in it yet.
            return 0
        magic, _version, page, _sequence, *salts_and_sums = _HEAD.unpack(head)
        salts, sums = salts_and_sums[:2], salts_and_sums[2:]
        if magic not in (_LITTLE, _BIG) or _sums(head[:_FRAME_HEAD], big=magic == _BIG) != tuple(sums):
            return None
        last = number = 0
        while len(raw := file.read(_FRAME.size)) == _FRAME.size:
            number += 1
            _page_number, size_after, *frame_salts = _FRAME.unpack(raw)
            # Frames of an earlier round are left behind the present ones, with other salts.
            if frame_salts == salts and size_after:
                last = number
            file.seek(_FRAME_HEAD - _FRAME.size + page, 1)
        return last


def _sums(words: bytes, *, big: bool) -> tuple[int, int]:
    """Return the two sums the log keeps over its own head."""
    first = second = 0
    for one, other in struct.iter_unpack(">2I" if big else "<2I", words):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second

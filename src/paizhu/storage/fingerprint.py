"""Whether a backup is still, byte for byte, what was proven: a reading of its files, without opening the database.

A disk loses bits without telling anyone, and a mark alone would call such a backup proven for ever.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from paizhu.base.errors import PaizhuError
from paizhu.base.progress import Progress, silent
from paizhu.storage import backup_place
from paizhu.storage.backup_place import MANIFEST, POOL, Backup
from paizhu.storage.cipher import DATABASE
from paizhu.storage.header import Header

_PIECE = 1 << 20


def of(folder: Path, progress: Progress = silent) -> str:
    """Return what stands for the database of a backup and its list of attachments."""
    made = hashlib.sha256()
    size, done = (folder / DATABASE).stat().st_size, 0
    with (folder / DATABASE).open("rb", buffering=0) as file:
        _from_the_disk(file)
        while piece := file.read(_PIECE):
            made.update(piece)
            done += len(piece)
            progress("正在核对备份", done, size)
    made.update((folder / MANIFEST).read_bytes())
    return made.hexdigest()


def holds(backup: Backup, progress: Progress = silent, verify: Callable[[str], bool] | None = None) -> bool:
    """Tell whether a proven backup is what it was: keys, database, and every attachment there in its size.

    OSError when it cannot be read. With ``verify``, which tells whether an attachment of the place is whole, it is
    looked at as thoroughly as when it was proven: the same bytes open and count as they did.
    """
    if of(backup.folder, progress) != backup.fingerprint:
        return False
    try:
        if Header.load(backup.folder).vault_id != backup.vault_id:
            return False
        manifest = backup_place.read_manifest(backup.folder)
    except PaizhuError:
        return False
    pool = backup.folder.parent / POOL
    for place, (name, size) in enumerate(manifest.items(), start=1):
        path = pool / name[:2] / name
        if not path.is_file() or path.stat().st_size != size or (verify and not verify(name)):
            return False
        progress("正在核对附件", place, len(manifest))
    return True


def _from_the_disk(file: BinaryIO) -> None:
    """Let the system forget what it holds of a file in memory: what the disk would give now is what counts."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

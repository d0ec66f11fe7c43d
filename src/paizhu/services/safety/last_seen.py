"""Whether a vault is the one this machine worked with last: an older copy of the whole folder is told from it.

Such a copy is whole in itself: chain, key file and its own backups fit each other. Only what is kept outside the
folder can tell. The machine remembers the newest link of the chain, sealed with a key of the vault: whoever reads the
file learns neither which vault it belongs to nor anything about it.
"""

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from cryptography.exceptions import InvalidTag

from paizhu.base import clock
from paizhu.base.errors import PaizhuError, VaultDamagedError
from paizhu.services.office import Office
from paizhu.services.safety.older import Older, Seen
from paizhu.storage import atomic, cipher, restore
from paizhu.storage.keys import Purpose, decrypt, encrypt, keyed_hash
from paizhu.storage.vault import Vault

FOLDER = "seen"
_FORMAT = b"paizhu/seen/1"
_PLACES = 8
"""How many folders of one vault are remembered: itself, and backups restored beside it to look at."""


def look(vault: Vault, home: Path) -> Older | None:
    """Return what is to be said when the vault is not the one seen last; None when it is, or was never seen here.

    ``home`` is the folder of what the machine remembers. One that was brought back to a backup within the program is
    known by what the restore left in it.
    """
    seen = _of(_read(vault, home), vault.folder)
    if seen is None or _holds(vault, seen) or vault.kept(*restore.WORD) is not None:
        return None
    if seen.link[: restore.LINK_SIGNS] in restore.left_behind(vault.kept(*restore.LEFT)):
        return None
    with vault.read() as connection:
        row = connection.execute("SELECT id, at FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
    return Older(seen, int(row[0]) if row else 0, str(row[1]) if row else "")


def keep(vault: Vault, home: Path) -> None:
    """Remember the vault as it stands now; a settings folder that may not be written costs nothing but the memory."""
    entry, link = vault.last_entry()
    own = Seen(_place(vault.folder), entry, link, clock.now().isoformat(timespec="seconds"))
    others = [each for each in _read(vault, home) if each.place != own.place]
    raw = json.dumps([asdict(each) for each in [own, *others][:_PLACES]]).encode()
    file = _file(vault, home)
    with suppress(OSError):
        file.parent.mkdir(mode=atomic.OWNER_ONLY, exist_ok=True)
        atomic.write(file, encrypt(vault.key_for(Purpose.SEEN), raw, _FORMAT))


def begin(office: Office, home: Path) -> None:
    """Look at a vault just opened; the one seen last, or one brought back within the program, is remembered at once."""
    try:
        office.older = look(office.vault, home)
        if office.older is None:
            keep(office.vault, home)
    except (VaultDamagedError, cipher.DatabaseError):
        # The desk tells of the damage and of the way back; which vault it is must not keep the officer out.
        return


def end(office: Office, home: Path) -> None:
    """Remember the vault that is about to be closed, unless it still is to be said whether it is the right one.

    Whatever the disk says: closing must not fail for it.
    """
    if office.older is None:
        with suppress(PaizhuError, cipher.DatabaseError):
            keep(office.vault, home)


def accept(office: Office, home: Path) -> None:
    """Go on with the vault as it is: journalled, and from now on the one this machine knows."""
    if found := office.older:
        with office.vault.act("security", found.accepted, always=True):
            pass
        office.older = None
        keep(office.vault, home)


def _holds(vault: Vault, seen: Seen) -> bool:
    if not seen.entry:
        return True
    with vault.read() as connection:
        row = connection.execute("SELECT hash FROM journal_entry WHERE id = ?", (seen.entry,)).fetchone()
    return row is not None and row[0] == seen.link


def _of(known: list[Seen], folder: Path) -> Seen | None:
    """Return what was seen at this place; at a new place what was seen where the vault is no longer, or last of all."""
    place = _place(folder)
    for each in known:
        if each.place == place:
            return each
    gone = (each for each in known if not (Path(each.place) / cipher.DATABASE).is_file())
    return next(gone, known[0] if known else None)


def _place(folder: Path) -> str:
    return str(folder.resolve())


def _file(vault: Vault, home: Path) -> Path:
    return home / FOLDER / keyed_hash(vault.key_for(Purpose.SEEN), vault.header.vault_id.encode())[:32]


def _read(vault: Vault, home: Path) -> list[Seen]:
    """Return what is remembered of a vault, newest first; nothing where it was damaged or never written."""
    try:
        raw = decrypt(vault.key_for(Purpose.SEEN), _file(vault, home).read_bytes(), _FORMAT)
        return [Seen(str(each["place"]), int(each["entry"]), str(each["link"]), str(each["at"]))
                for each in json.loads(raw)]  # fmt: skip
    except (OSError, InvalidTag, ValueError, KeyError, TypeError):
        return []

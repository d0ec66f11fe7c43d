"""Whether the recovery code of the open vault stands on a sheet somewhere, and whether a sheet still opens it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from paizhu.base.errors import PaizhuError, WrongPasswordError

if TYPE_CHECKING:
    from pathlib import Path

    from paizhu.services.office import Office
    from paizhu.storage.header import Header

_LOOSE = ("recovery", "loose")


def note_issued(office: Office) -> None:
    """Take note of a code issued anew: until it is printed or saved, no sheet opens the vault."""
    # The code stands already; that the disk takes no note of it is no reason to call it off.
    with suppress(PaizhuError):
        office.vault.keep(*_LOOSE, "1")


def note_kept(office: Office) -> None:
    """Take note that the present code stands on paper, or in a file elsewhere."""
    if is_loose(office):
        office.vault.keep(*_LOOSE, None)


def is_loose(office: Office) -> bool:
    """Tell whether a code was issued anew and neither printed, saved nor copied: only the password opens the vault."""
    return office.vault.kept(*_LOOSE) is not None


def key_from(header: Header, words: str, folder: Path) -> bytes:
    """Open the key slots of a backup with the password, or with what looks like a recovery code; tries are counted."""
    from paizhu.storage.attempts import Attempts
    from paizhu.storage.keys import MistypedCodeError

    def opened() -> bytes:
        try:
            return header.unlock(words)
        except WrongPasswordError as wrong:
            try:
                return header.unlock_recovery(words)
            except MistypedCodeError as mistyped:
                # As long as a code, it is meant for one: which groups to look at again is worth more than the rest.
                raise (mistyped if mistyped.groups else wrong) from None
            except WrongPasswordError:
                raise wrong from None

    return Attempts(header.vault_id, folder).run(opened)


def try_sheet(office: Office, code: str) -> None:
    """Pass when this is the present recovery code, else refuse in words; nothing is changed by asking."""
    office.vault.header.unlock_recovery(code)
    note_kept(office)

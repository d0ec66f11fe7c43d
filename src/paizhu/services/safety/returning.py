"""Coming back to a backup: the line in the journal of the vault that came back."""

from paizhu.base.errors import PaizhuError
from paizhu.storage.restore import WORD
from paizhu.storage.vault import Vault


def note(vault: Vault) -> None:
    """Write into the journal from which backup this vault was brought back, when that was done while it was closed.

    However it was done: from the window, on a bare machine, by the command line, or by the opening after a power cut.
    """
    words = vault.kept(*WORD)
    if words is None:
        return
    try:
        with vault.act("security", words, always=True):
            pass
        vault.keep(*WORD, None)
    except PaizhuError:
        # A full disk, or a chain that does not fit: the vault opens all the same, and it is tried again next time.
        return

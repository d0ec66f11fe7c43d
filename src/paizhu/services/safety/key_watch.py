"""Whether the key file is the one used last: an older copy in its place would let a password in that was given up.

The data key stays the same when the password is changed, so whoever kept a copy of the key file from before, and knows
the old password, could put it back. The vault remembers inside the encryption which key file it was opened with.
"""

from contextlib import suppress

from paizhu.base.errors import PaizhuError
from paizhu.storage.restore import KEYS
from paizhu.storage.vault import Vault

_OTHER = (
    "钥匙文件不是上次用的那一份，可能是从旧备份里复制来的，旧口令和旧恢复单也就又能打开本库。"
    "不是您自己换的，请现在换一次口令，并在设置里换发恢复密钥。"
)


def look(vault: Vault) -> str:
    """Return what to say of a key file that is not the one used last, journalled; empty when it is.

    Before its keys were changed for the first time there is no other, and nothing is written.
    """
    known = vault.kept(*KEYS)
    if known in (None, vault.header.digest):
        return ""
    with suppress(PaizhuError), vault.act("security", "打开时的钥匙文件不是上次用的那一份", always=True):
        pass
    keep(vault)
    return _OTHER


def keep(vault: Vault) -> None:
    """Remember the key file as it is now: its keys were changed from within, or it was told of."""
    # On a full disk it is told of once more the next time.
    with suppress(PaizhuError):
        vault.keep(*KEYS, vault.header.digest)

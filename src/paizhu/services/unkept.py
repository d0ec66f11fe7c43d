"""A recovery code that was issued and not printed, saved or copied yet: kept through a lock, in memory and sealed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paizhu.storage.vault import Vault

_CONTEXT = b"paizhu/unkept/1"


class UnkeptCode:
    """Shows a code again after the password was given, for as long as the program runs; nothing of it is on the disk.

    Without it a lock at the wrong moment would leave the officer with a vault that no recovery sheet opens.
    """

    def __init__(self) -> None:
        self._boxes: dict[str, bytes] = {}

    def hold(self, vault: "Vault", code: str) -> None:
        """Keep the code just issued for this vault; one issued before is worth nothing any more."""
        from paizhu.storage.keys import Purpose, encrypt

        self._boxes[vault.header.vault_id] = encrypt(vault.key_for(Purpose.DRAFTS), code.encode(), _CONTEXT)

    def of(self, vault: "Vault") -> str:
        """Return the code of an open vault that has yet to be kept; empty when there is none."""
        from cryptography.exceptions import InvalidTag

        from paizhu.storage.keys import Purpose, decrypt

        box = self._boxes.get(vault.header.vault_id)
        if box is None:
            return ""
        try:
            return decrypt(vault.key_for(Purpose.DRAFTS), box, _CONTEXT).decode()
        except InvalidTag:
            return ""

    def forget(self, vault: "Vault") -> None:
        """Let it go: it was printed, saved or copied."""
        self._boxes.pop(vault.header.vault_id, None)

"""Whether the clock of this machine stands before what was written last: without a network nothing sets it right.

The battery of an old machine runs down and its clock begins in some year long past; every limit is counted by it.
"""

from datetime import datetime, timedelta

from paizhu.base import clock
from paizhu.base.errors import VaultDamagedError
from paizhu.storage.vault import Vault

_TOLERATED = timedelta(hours=1)
_NEWEST = "SELECT max(at) FROM (SELECT at FROM journal_entry ORDER BY id DESC LIMIT 200)"
"""Opening a vault may write an entry itself, so not only the very last one is looked at."""


def written_ahead(vault: Vault) -> datetime | None:
    """Return when the journal was last written if that is still to come by this machine's clock, else None.

    What a damaged page does not tell is None too.
    """
    try:
        with vault.read() as connection:
            (newest,) = connection.execute(_NEWEST).fetchone()
    except VaultDamagedError:
        # The desk opens beside a damaged page, and a strip of its own leads to the backups.
        return None
    last = datetime.fromisoformat(str(newest)) if newest else None
    return last if last and last - clock.now() > _TOLERATED else None

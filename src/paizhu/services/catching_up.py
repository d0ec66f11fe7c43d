"""Right after a vault is opened: what another version of the program worked out otherwise is worked out anew."""

from typing import TYPE_CHECKING

from paizhu.base.errors import CancelledError, PaizhuError
from paizhu.base.progress import Progress

if TYPE_CHECKING:
    from paizhu.storage.vault import Vault


def after_opening(vault: "Vault", progress: "Progress") -> list[str]:
    """Catch up, and return in sentences what came of it; nothing where all went well or there was nothing to do.

    A disk that takes nothing keeps nobody out of the vault: the next opening goes on. Whoever stops it, or a fault,
    leaves the vault closed.
    """
    try:
        vault.catch_up(progress)
    except CancelledError:
        vault.close()
        raise
    except PaizhuError as error:
        return [f"待补全的计数和搜索还没有全部按这个版本更新（{error.happened}），下次打开时接着做；记录没有改动。"]
    except BaseException:
        vault.close()
        raise
    return []

"""What an open vault knows of its chain: whether it was proved since it was opened, and what did not fit."""

from typing import Any

from paizhu.base import clock
from paizhu.base.errors import ChainBrokenError
from paizhu.storage import chain_check

_PROVED_AT_ONCE, _TAIL = 20_000, 200


class Proof:
    """While an entry of the journal does not fit, the vault takes no change."""

    def __init__(self, connection: Any) -> None:
        self.broken = chain_check.kept(connection)
        """Entries of the journal that do not fit the chain, as far as it was proved."""
        self._proved = False

    def must_be_whole(self, connection: Any) -> None:
        """Refuse a change while an entry does not fit; a vault just opened is proved before its first change.

        A long journal is proved at its end here, and in full by whoever opened it, off the officer's way.
        """
        if not self._proved and not self.broken:
            small = chain_check.small_enough(connection, _PROVED_AT_ONCE)
            last = connection.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()[0]
            self.broken = tuple(chain_check.wrong(connection, 1 if small else max(last - _TAIL, 1)))
            self._proved = True
        if self.broken:
            raise ChainBrokenError(
                f"留痕链第 {self.broken[0]:,} 条校验不符，台账已转为只读",
                "这次的改动没有保存，其他数据没有动",
                "与备份比对，或从校验相符的备份恢复后再改",
            )

    def is_news(self, found: list[int]) -> bool:
        """Tell whether a full proof found something else than is known."""
        return tuple(found) != self.broken

    def keep(self, connection: Any, found: list[int]) -> None:
        """Store what a full proof found, within the caller's transaction."""
        chain_check.keep(connection, found, clock.now().isoformat(timespec="seconds"))

    def settle(self, found: list[int]) -> None:
        """Hold to what a full proof found, once that is stored."""
        self.broken, self._proved = tuple(found), True

"""纸上锚定: a paper carries the head of the journal at its printing, and so proves later what stood then.

Whoever can write the file can recompute the whole chain; what was signed and put into the cabinet cannot be
recomputed. A code therefore answers: genuine, changed since, or history rewritten. What is newer than the last
print is not anchored yet.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from paizhu.base.errors import NotFoundError
from paizhu.services.desk import Desk
from paizhu.services.history import Entry, History

_CODE = re.compile(r"(\d+)-?([0-9A-F]{10})")
_SHOWN = 10


class Verdict(StrEnum):
    """What a code on paper says about the vault."""

    GENUINE = "genuine"
    CHANGED = "changed"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict in words, and the acts on the record since the paper was printed."""

    verdict: Verdict
    words: str
    since: tuple[Entry, ...] = ()


def code_of(entry: int, digest: str) -> str:
    """Return the short code of a journal entry: its number and the first signs of its hash."""
    return f"{entry}-{digest[:_SHOWN].upper()}"


def head_code(desk: Desk) -> str:
    """Return the code of the journal's head now."""
    return code_of(*desk.vault.last_entry())


def verify(desk: Desk, typed: str, register: str = "", record_id: int = 0) -> Verified:
    """Hold a code from paper against the journal; with a record named, tell what changed on it since.

    The chain is recomputed up to that entry, so that a rewritten and re-chained journal does not agree.
    """
    found = _CODE.fullmatch("".join(typed.upper().split()))
    if not found:
        raise NotFoundError(f"“{typed}”不是纸面上的校验码", "数据没有改动", "请照纸面页脚录入，例如 103-D5DB4EBB46")
    number, shown = int(found[1]), found[2]
    with desk.vault.read() as connection:
        row = connection.execute("SELECT hash FROM journal_entry WHERE id = ?", (number,)).fetchone()
    history = History(desk)
    broken = [entry for entry in history.verify() if entry <= number]
    if row is None or not row[0].upper().startswith(shown) or broken:
        return Verified(
            Verdict.REWRITTEN, f"留痕与纸面不符：第 {number} 条及以前的历史被改写过，请与备份和纸质档案核对"
        )
    if not register:
        return Verified(Verdict.GENUINE, f"留痕与纸面一致：截至第 {number} 条的历史没有被改写")
    since = {
        change.entry.id: change.entry
        for change in history.of_record(register, record_id)
        if change.entry.id > number and change.action in ("create", "change")
    }
    if not since:
        return Verified(Verdict.GENUINE, "与纸面一致：打印以后这条记录没有改动")
    acts = tuple(sorted(since.values(), key=lambda entry: entry.id))
    return Verified(Verdict.CHANGED, f"打印以后这条记录改动过 {len(acts)} 次，历史没有被改写", acts)

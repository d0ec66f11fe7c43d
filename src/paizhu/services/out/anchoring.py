"""纸上锚定: a paper carries the head of the journal at its printing, and so proves later what stood then.

Whoever can write the file can recompute the whole chain; what was signed and put into the cabinet cannot be
recomputed. A code therefore answers: genuine, changed since, or history rewritten. What is newer than the last
print is not anchored yet.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from paizhu import registers
from paizhu.base.errors import NotFoundError
from paizhu.services.desk import Desk
from paizhu.services.history import Entry, History

_CODE = re.compile(r"(?:PAIZHU:)?(\d+)-?([0-9A-F]{10})(?::([^:]+)(?::(\d+))?)?")
"""Number of the entry and the first signs of its hash; the QR code adds the register and, of one record, its id."""
_SHOWN = 10
_NAMED = 6


class Verdict(StrEnum):
    """What a code on paper says about the vault."""

    GENUINE = "genuine"
    CHANGED = "changed"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Printed:
    """The paper a code stands on: what was printed and when, and the record or the register it shows."""

    label: str
    at: datetime
    record: tuple[str, int] | None = None
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """One act after the printing that changed what the paper shows; ``fields`` are the words of what it changed."""

    entry: Entry
    fields: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """When, what was done, and which fields it changed; never their values."""
        named = "、".join(self.fields[:_NAMED]) + (f"等 {len(self.fields)} 项" if len(self.fields) > _NAMED else "")
        return f"{self.entry.at[:16].replace('T', ' ')} {self.entry.label}" + (f"（{named}）" if named else "")


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict in words, the paper it is about when that is known, and the acts on its record since."""

    verdict: Verdict
    words: str
    since: tuple[Since, ...] = ()
    printed: Printed | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the answer as the command line prints it."""
        paper = self.printed
        return {
            "verdict": self.verdict.value,
            "words": self.words,
            "paper": paper.label if paper else None,
            "printed_at": paper.at.isoformat(timespec="minutes") if paper else None,
            "record": {"register": paper.record[0], "id": paper.record[1]} if paper and paper.record else None,
            "since": [
                {
                    "entry": each.entry.id,
                    "at": each.entry.at[:16],
                    "label": each.entry.label,
                    "fields": list(each.fields),
                }
                for each in self.since
            ],
        }


def code_of(entry: int, digest: str) -> str:
    """Return the short code of a journal entry: its number and the first signs of its hash."""
    return f"{entry}-{digest[:_SHOWN].upper()}"


def head_code(desk: Desk) -> str:
    """Return the code of the journal's head now."""
    return code_of(*desk.vault.last_entry())


def verify(desk: Desk, typed: str, register: str = "", record_id: int = 0) -> Verified:
    """Hold a code from paper, or all the words of its QR code, against the journal.

    The printing is journalled with its code, so a code finds its own record; the record named here counts only
    where it does not. The chain is recomputed up to the entry, so that a rewritten and re-chained journal does not
    agree.
    """
    found = _CODE.fullmatch("".join(typed.upper().split()))
    if not found:
        raise NotFoundError(f"“{typed}”不是纸面上的校验码", "数据没有改动", "请照纸面页脚录入，例如 103-D5DB4EBB46")
    number, shown = int(found[1]), found[2]
    with desk.vault.read() as connection:
        row = connection.execute("SELECT hash FROM journal_entry WHERE id = ?", (number,)).fetchone()
        printed = _printed(connection, number, f"{number}-{shown}")
    history = History(desk)
    broken = [entry for entry in history.verify() if entry <= number]
    if row is None:
        last = desk.vault.last_entry()[0]
        words = f"留痕里没有第 {number} 条，现在只到第 {last} 条：请先核对录入的校验码；没有录错的，"
        words += "数据退回过旧备份，或历史被改写过"
        return Verified(Verdict.REWRITTEN, words)
    if not row[0].upper().startswith(shown) or broken:
        words = f"留痕与纸面不符：第 {number} 条及以前的历史被改写过，请核对录入的校验码，再与备份和纸质档案核对"
        return Verified(Verdict.REWRITTEN, words)
    if printed and printed.record:
        register, record_id = printed.record
    elif found[3] and found[4]:
        register, record_id = found[3].lower(), int(found[4])
    which = f"《{printed.label.partition(' ')[2]}》" if printed else ""
    named = (found[3] or "").lower() if not found[4] else ""
    if listed := (printed.listed if printed else "") or (named if _is_register(named) else ""):
        return _of_list(desk, history, number, listed, which, printed)
    if not register or not record_id:
        return Verified(Verdict.GENUINE, f"{which}留痕与纸面一致：截至第 {number} 条的历史没有被改写", printed=printed)
    return _of_record(history, number, (register, record_id), which, printed)


def _of_record(history: History, number: int, record: tuple[str, int], which: str, printed: Printed | None) -> Verified:
    """Return what the paper of one record proves: whether the record was changed since."""
    changes = [
        change
        for change in history.of_record(*record)
        if change.entry.id > number and change.action in ("create", "change")
    ]
    since = {change.entry.id: change.entry for change in changes}
    if not since:
        return Verified(Verdict.GENUINE, f"{which}与纸面一致：打印以后这条记录没有改动", printed=printed)
    acts = tuple(
        Since(since[at], tuple(dict.fromkeys(each.label for each in changes if each.entry.id == at and each.field)))
        for at in sorted(since)
    )
    words = f"{which}打印以后这条记录改动过 {len(acts)} 次，历史没有被改写"
    return Verified(Verdict.CHANGED, words, acts, printed)


def _is_register(key: str) -> bool:
    return any(register.key == key for register in registers.REGISTERS)


def _of_list(desk: Desk, history: History, number: int, register: str, which: str, printed: Printed | None) -> Verified:
    """Return what a list proves: whether any record of its register was entered or changed since."""
    with desk.vault.read() as connection:
        rows = connection.execute(
            "SELECT DISTINCT entry_id FROM journal_change WHERE entry_id > ? AND (kind = ? OR kind LIKE ?) "
            "AND action IN ('create', 'change') ORDER BY entry_id",
            (number, register, f"{register}.%"),
        ).fetchall()
    if not rows:
        words = f"{which}留痕与纸面一致：截至第 {number} 条的历史没有被改写，打印以后这本台账没有改动"
        return Verified(Verdict.GENUINE, words, printed=printed)
    words = f"{which}打印以后这本台账改动过 {len(rows)} 次，历史没有被改写"
    return Verified(Verdict.CHANGED, words, tuple(Since(history.entry(row[0])) for row in rows), printed)


def _printed(connection: Any, head: int, code: str) -> Printed | None:
    """Return the printing that took this head of the journal onto its paper."""
    entry = connection.execute(
        "SELECT id, label, at, json_extract(about, '$.list') FROM journal_entry WHERE id > ? AND kind = 'print' "
        "AND json_extract(about, '$.code') = ? ORDER BY id LIMIT 1",
        (head, code),
    ).fetchone()
    if entry is None:
        return None
    shown = connection.execute(
        "SELECT DISTINCT kind, record_id FROM journal_change WHERE entry_id = ? AND action = 'print'", (entry[0],)
    ).fetchall()
    record = (str(shown[0][0]), int(shown[0][1])) if len(shown) == 1 else None
    return Printed(str(entry[1]), datetime.fromisoformat(entry[2]), record, str(entry[3] or ""))

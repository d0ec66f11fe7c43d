"""每月、每季、每年 in a sentence: how often a thing is to be done, and the next day it falls on."""

import re
from dataclasses import dataclass
from datetime import date

from paizhu.registers.recurrence import MONTH_END
from paizhu.services.duties.recurring import next_base

_WORDS = re.compile(r"每个?(月|季度?|半年|年)(?:(\d{1,2})[日号])?")
_CODES = {
    "月": ("monthly", 1),
    "季": ("quarterly", 3),
    "季度": ("quarterly", 3),
    "半年": ("half_yearly", 6),
    "年": ("yearly", 12),
}


@dataclass(frozen=True, slots=True)
class Often:
    """Where it stands in the sentence, the code of the frequency, and the next day it asks for."""

    start: int
    end: int
    words: str
    code: str
    next: date


def often(text: str, today: date) -> Often | None:
    """Return how often a sentence says something is to be done; without a day in it, the end of the period is meant."""
    found = _WORDS.search(text)
    if found is None:
        return None
    code, months = _CODES[found[1]]
    number = int(found[2]) if found[2] else MONTH_END
    if not 1 <= number <= MONTH_END:
        return None
    # A number belongs to the month itself; without one the last month of the running period counts.
    month = today.month if found[2] else (today.month - 1) // months * months + months
    base = next_base(date(today.year, month, 1), 0, number)
    if base < today:
        base = next_base(base, 1 if found[2] else months, number)
    return Often(found.start(), found.end(), f"每{found[1]}", code, base)

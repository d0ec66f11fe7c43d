"""Running numbers: how a pattern is filled and how a number from an old ledger is read back."""

import re
from datetime import date
from functools import lru_cache

from paizhu.base.text import folded

_PLACE = re.compile(r"\{(year|n)(?::0?(\d+))?\}")


def number(pattern: str, year: int, n: int) -> str:
    """Return a running number such as ``线〔2026〕0012``; ``{year}`` and ``{n:04}`` are the only places."""
    return _writer(pattern) % {"year": year, "n": n}


def is_pattern(pattern: str) -> bool:
    """Tell whether a pattern has a place for the running number, and no brace left over."""
    places = [place[1] for place in _PLACE.finditer(pattern)]
    return places.count("n") == 1 and not set("{}") & set(_PLACE.sub("", pattern))


def read(pattern: str, written: str) -> tuple[int, int] | None:
    """Return year and running number of a number written by this pattern; year 0 where it names none.

    Width, brackets and leading zeros may differ, as old ledgers write them.
    """
    found = _reader(pattern).fullmatch(folded(written))
    if not found:
        return None
    groups = found.groupdict()
    return int(groups.get("year") or 0), int(groups["n"])


def quoted_in(pattern: str, words: str) -> bool:
    """Tell whether words quote a number written by this pattern; one without words of its own is looked for nowhere.

    Such a pattern (2026-003) reads like a date, and would be found in every other line.
    """
    has_words = any(
        part.strip().isalpha() for part in _PLACE.sub(" ", pattern).replace("〔", " ").replace("〕", " ").split()
    )
    return has_words and _reader(pattern).search(folded(words)) is not None


@lru_cache(maxsize=64)
def _writer(pattern: str) -> str:
    return _PLACE.sub(lambda place: f"%({place[1]})0{place[2] or 0}d", pattern.replace("%", "%%"))


@lru_cache(maxsize=64)
def _reader(pattern: str) -> re.Pattern[str]:
    parts = _PLACE.split(pattern)
    words = []
    for place, text in enumerate(parts):
        match place % 3:
            case 0:
                words.append(re.escape(folded(text)))
            case 1:
                words.append(rf"(?P<{text}>\d{{1,{4 if text == 'year' else 9}}})")
    return re.compile("".join(words) + r"号?")


def statistical_month(day: date, cutoff_day: int = 0) -> str:
    """Return the month a day counts in, ``YYYY-MM``; days after the cut-off day count in the next month.

    Zero means that months end as in the calendar. A working system maps late days to the next 业务月
    (domain reference 6.2).
    """
    if cutoff_day and day.day > cutoff_day:
        return f"{day.year + day.month // 12:04d}-{day.month % 12 + 1:02d}"
    return f"{day.year:04d}-{day.month:02d}"

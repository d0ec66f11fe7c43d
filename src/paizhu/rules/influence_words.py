"""The words of influence periods: spans, rests and days as a decision would write them."""

from datetime import date

from paizhu.base.dates import add_months
from paizhu.rules.influence_table import Kind, Settings


def between(start: date, after: date) -> tuple[int, int]:
    """Return whole months and days from one day to another."""
    months = (after.year - start.year) * 12 + after.month - start.month
    if add_months(start, months) > after:
        months -= 1
    return months, (after - add_months(start, months)).days


def span(months: int) -> str:
    """Return a length of months as 1 年 6 个月."""
    years, rest = divmod(months, 12)
    return " ".join(
        word for word in (f"{years} 年" if years else "", f"{rest} 个月" if rest or not years else "") if word
    )


def rest_words(months: int, days: int) -> str:
    """Return what is left of a period, days too."""
    words = span(months) if months else ""
    return " ".join(word for word in (words, f"{days} 天" if days or not words else "") if word)


def spoken(day: date) -> str:
    """Return a day as it stands in a sentence, always with its year."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def beginning(kind: Kind, decided_at: date, begins: date) -> str:
    """Return from which day a period counts; for 留党察看 the day rights were restored."""
    if kind.start == "restored":
        return f"{spoken(decided_at)}决定，自 {spoken(begins)}恢复党员权利之日"
    return f"自 {spoken(begins)}决定之日"


def month_end_words(start: date, months: int, settings: Settings) -> str:
    """Return how a missing corresponding day was read; empty where the month has it."""
    if add_months(start, months).day == start.day:
        return ""
    reading = "到月末日为止" if settings.month_end == "last_day" else "到月末日的前一日为止"
    return f"（当月没有 {start.day} 日，按设定{reading}，待核）"


def sources(kind: Kind, settings: Settings, *, stacked: bool) -> str:
    """Return the articles a period rests on, marked where they are from memory."""
    words = kind.source + ("（待核）" if kind.confidence == "memory" else "")
    return f"{words}、{settings.table.stacking.source}" if stacked else words

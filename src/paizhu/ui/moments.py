"""A moment as said in the window: today and yesterday by name, this year without the year."""

from __future__ import annotations

from datetime import datetime, timedelta

from paizhu.base import clock


def spoken_text(moment: str) -> str:
    """Return the same for a moment as the journal keeps it."""
    return spoken(datetime.fromisoformat(moment))


def spoken(moment: datetime | None) -> str:
    """Return `今天 08:31`, `昨天 17:42`, `03-02 09:10` or `2025-12-30 09:10`; empty for none."""
    if moment is None:
        return ""
    today = clock.today()
    if moment.date() == today:
        return f"今天 {moment:%H:%M}"
    if moment.date() == today - timedelta(days=1):
        return f"昨天 {moment:%H:%M}"
    return f"{moment:%m-%d %H:%M}" if moment.year == today.year else f"{moment:%Y-%m-%d %H:%M}"

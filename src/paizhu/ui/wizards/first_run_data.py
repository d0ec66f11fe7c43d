"""The steps of the first run as data, and what is gathered on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

STEPS: tuple[tuple[str, str], ...] = (
    ("welcome", "欢迎"),
    ("group", "本组与监督单位"),
    ("password", "设置口令"),
    ("recovery", "恢复密钥"),
    ("backup", "备份位置"),
    ("calendar", "工作日历与时限规则"),
    ("import", "导入旧台账"),
)
# Before the password there is no vault: nothing can be put off yet.
AFTER_VAULT = ("recovery", "backup", "calendar", "import")


@dataclass
class Gathered:
    """What the officer said so far; kept in memory only until the vault is made."""

    names: dict[str, str] = field(default_factory=dict)
    folder: Path | None = None
    lock_minutes: int = 15
    code: str = ""


def words_of(key: str) -> str:
    """Return the words of a step; the key itself for one that is no longer known."""
    return dict(STEPS).get(key, key)


def place_of(key: str) -> int:
    """Return where a step stands; the first for one that is not known."""
    keys = [known for known, _ in STEPS]
    return keys.index(key) if key in keys else 0

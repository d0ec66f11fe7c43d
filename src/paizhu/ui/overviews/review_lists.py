"""A list of an item under its head: title, how many, how they stand, and the way to fill what nobody looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.theme import Text

_COUNTED = (("yes", "符合"), ("no", "存疑"), ("na", "不适用"))


def rest_link(words: str, does: Callable[[], None]) -> Button:
    """Return the link that fills the rest of a list."""
    made = Button(words, Look.LINK, size=Size.SMALL)
    made.clicked.connect(does)
    return made


def list_notes() -> tuple[ElidedLabel, ElidedLabel]:
    """Return the two notes in the head of a list: what it is of, and how it stands."""
    return ElidedLabel("", Text.SECONDARY, "ink2"), ElidedLabel("", Text.SECONDARY, "ink2")


def list_block(title: str, told: tuple[QWidget, QWidget, QWidget], table: QWidget) -> QWidget:
    """Return a list under its head: title, note, counts and what fills the rest."""
    row = QHBoxLayout()
    row.setContentsMargins(16, 9, 16, 9)
    row.setSpacing(8)
    row.addWidget(Label(title, Text.SECTION))
    row.addWidget(told[0])
    row.addStretch(1)
    row.addWidget(told[1])
    row.addWidget(told[2])
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(line())
    column.addLayout(row)
    column.addWidget(line())
    column.addWidget(table)
    return made


def looked_at(counts: Mapping[str, int], total: int) -> str:
    """Return how far a checklist is looked at and with what result; empty for one without points."""
    parts = [f"{words} {counts[code]}" for code, words in _COUNTED if counts[code]]
    if parts:
        return f"已查 {total - counts['']} 项：{'，'.join(parts)}"
    return f"{total} 项都还没有查" if total else ""


def received(counts: Mapping[str, int], total: int) -> str:
    """Return how many papers came and how many are lacking; empty where none is listed."""
    lacking = total - counts["yes"]
    return f"已收 {counts['yes']} 份，缺 {lacking} 份" if lacking else "已收齐" if total else ""

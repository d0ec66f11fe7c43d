"""What a record brought along from an old ledger: columns without a field, and which file and row it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from paizhu.base.rows import Row
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Text


class Brought(QWidget):
    """The last part of a form; hidden for a record that was typed here."""

    def __init__(self) -> None:
        super().__init__()
        self._others = QWidget()
        self._grid = QGridLayout(self._others)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._source = Label("", Text.SECONDARY, "ink3", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._others)
        column.addWidget(self._source)

    def show_record(self, row: Row | None) -> None:
        """Show what this record brought along; None for a new one."""
        empty(self._grid)
        extra = row.extra if row else {}
        if extra:
            self._grid.addWidget(Label("原表其他内容", Text.SECTION), 0, 0, 1, 2)
        for at, (head, words) in enumerate(extra.items(), start=1):
            self._grid.addWidget(Label(head, ink="ink3", wraps=True), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Label(words, wraps=True), at, 1)
        words = source_words(row.source) if row else ""
        self._source.setText(words)
        self._others.setVisible(bool(extra))
        self._source.setVisible(bool(words))
        self.setVisible(bool(extra or words))


def source_words(source: Mapping[str, Any]) -> str:
    """Return where a record came from: the workbook, its sheet and the row in it."""
    if not source:
        return ""
    parts = [f"来自《{source['file']}》" if source.get("file") else "来自导入的表"]
    if source.get("sheet"):
        parts.append(f"“{source['sheet']}”表")
    if source.get("row"):
        parts.append(f"第 {source['row']} 行")
    return "".join(parts)

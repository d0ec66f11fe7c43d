"""How far one period has come: three degrees and a few words, kept as an encrypted draft while they are typed."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from paizhu.base.rows import Row
from paizhu.registers.duty_rows import COMPLETION
from paizhu.rules.duty_progress import Progress
from paizhu.storage.vault import Vault
from paizhu.ui import theme
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.segments import Segments
from paizhu.ui.theme import Text

_DRAFT = "duty_report"
_DRAFT_AFTER_MS = 1000
_LINES = 3


class ReportBox(QWidget):
    """The period at ``at`` is shown; what is typed stays until `settle`, or until another period is shown."""

    def __init__(self, vault: Vault) -> None:
        super().__init__()
        self._vault = vault
        self._timer = DeskTimer(self, _DRAFT_AFTER_MS, single=True)
        self._timer.timeout.connect(self.keep)
        self._record = 0
        self.at = 0
        self._period = ""
        self._stored = ("", "")
        self._head = Label("", Text.SECTION)
        self.degree = Segments("完成度", [(choice.code, choice.label) for choice in COMPLETION])
        self.degree.chosen.connect(lambda _: self._timer.start())
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("说明")
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText("做了什么、还差什么")
        self.note.textChanged.connect(self._typed)
        self._reading = Label("", ink="ink2", wraps=True)
        self._drafted = Label("", Text.SECONDARY, "ink2")
        self._showing = False
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for line, (label, field) in enumerate((("完成度", self.degree), ("说明", self.note))):
            name = Label(label, ink="ink3")
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            name.setContentsMargins(0, 6, 0, 0)
            grid.addWidget(name, line, 0)
            grid.addWidget(field, line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._head, self._fields, self._reading, self._drafted):
            column.addWidget(part)
        theme.current().follow(self, self._measure)
        self._measure()

    def show_period(self, row: Row, standing: Progress, at: int, *, keep: bool, can_edit: bool) -> None:
        """Show a period as stored; with ``keep`` what is typed over it stays."""
        if not keep:
            self.keep()
        self._record, self.at = row.id, min(at, len(standing.periods) - 1)
        period = standing.periods[self.at]
        typed = (self.degree.current(), self.note.toPlainText()) if keep and self.is_changed() else None
        self._period = period.name
        self._stored = (period.completion, period.note)
        self._head.setText(f"{period.name}进展" if standing.total > 1 else "进展")
        drafted = typed or self._draft()
        self._drafted.setText("放回了没有保存的内容" if drafted and not typed else "")
        self._drafted.setVisible(bool(self._drafted.text()))
        self._showing = True
        degree, note = drafted or self._stored
        self.degree.set_current(degree)
        if self.note.toPlainText() != note:
            self.note.setPlainText(note)
        self._showing = False
        self._fields.setVisible(can_edit)
        self._reading.setVisible(not can_edit)
        own = str(row.values.get("progress") or "")
        self._reading.setText(period.note or own or "没有写说明")

    def typed(self) -> tuple[str, str, str]:
        """Return the period, the degree and the words."""
        return self._period, self.degree.current(), self.note.toPlainText().strip()

    def is_changed(self) -> bool:
        """Tell whether something stands here that is not stored."""
        return (self.degree.current(), self.note.toPlainText()) != self._stored

    def settle(self) -> None:
        """Take what is typed for stored."""
        self._timer.stop()
        self._stored = (self.degree.current(), self.note.toPlainText())
        self._vault.drafts.put(_DRAFT, self._record, None)
        self._drafted.hide()

    def keep(self) -> None:
        """Keep what is typed, encrypted."""
        running = self._timer.isActive()
        self._timer.stop()
        if running and self._record and not self._vault.closed and self.is_changed():
            body = json.dumps([self._period, self.degree.current(), self.note.toPlainText()], ensure_ascii=False)
            self._vault.drafts.put(_DRAFT, self._record, body)
            self._drafted.setText("已存草稿，按 Ctrl+S 保存进展")
            self._drafted.show()

    def _draft(self) -> tuple[str, str] | None:
        for kind, record, _at, body in self._vault.drafts.every():
            if (kind, record) == (_DRAFT, self._record):
                period, degree, note = json.loads(body)
                return (degree, note) if period == self._period and (degree, note) != self._stored else None
        return None

    def _typed(self) -> None:
        if not self._showing:
            self._timer.start()

    def _measure(self) -> None:
        line = QFontMetrics(theme.current().font()).lineSpacing()
        self.note.setFixedHeight(line * _LINES + theme.current().px(18))

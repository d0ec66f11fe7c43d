"""督促 of an item: when, by which way, whom, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from paizhu.base import values
from paizhu.base.rows import Row
from paizhu.registers.duty_rows import URGING
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text


class UrgingsPart(QWidget):
    """Away while an item was never urged; `answer_asked` names the row that was answered."""

    answer_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(Label("督促记录", Text.SECTION))
        self._lines = QWidget()
        self._column.addWidget(self._lines)

    def show_urgings(self, rows: Sequence[Row]) -> None:
        """Show them, the newest first."""
        self.setVisible(bool(rows))
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, row in enumerate(reversed(rows)):
            words = {name: values.show(URGING.field(name), row.values.get(name)) for name in URGING.columns}
            grid.addWidget(Label(words["urged_at"], Text.SECONDARY, "ink2"), 2 * at, 0)
            grid.addWidget(Label(f"{words['way']}　{words['whom']}".strip(), wraps=True), 2 * at, 1)
            if words["reply"]:
                grid.addWidget(
                    Label(f"答复：{words['reply']}", Text.SECONDARY, "ink2", wraps=True), 2 * at + 1, 1, 1, 2
                )
                continue
            until = f"，限 {words['reply_due']}" if words["reply_due"] else ""
            grid.addWidget(MarkLabel(Mark(Shape.SQUARE, f"未答复{until}", Tone.AMBER), bold=False), 2 * at + 1, 1)
            answer = Button("登记答复", Look.LINK, size=Size.SMALL)
            answer.setAccessibleName(f"登记答复，{words['urged_at']}")
            answer.clicked.connect(lambda _=False, row_id=row.id: self.answer_asked.emit(row_id))
            grid.addWidget(answer, 2 * at, 2)
        self._column.addWidget(self._lines)

"""On the page of an item: why the officer may have to step back; his words as a member of the 党组 kept apart."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Ref, Row
from paizhu.base.text import same_name
from paizhu.services.two_hats.recusal import Prompt, Recusal
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text


class TwoHatsStrip(QWidget):
    """One line for each reason, one for what was said as a member; nothing of it goes into the opinion."""

    field_asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row: Row | None = None
        self.prompts: list[Prompt] = []
        self.head = MarkLabel(Mark(Shape.TRIANGLE, "", Tone.AMBER), Text.SECONDARY)
        self.recuse = Button("写入应回避人员", Look.LINK, size=Size.SMALL)
        self.recuse.clicked.connect(self.step_back)
        self.member = ElidedLabel("", Text.SECONDARY, "ink2")
        self.write = Button("分开记党组成员意见", Look.LINK, size=Size.SMALL)
        self.write.setToolTip("作为党组成员的意见与监督意见分开记，不进入意见书")
        self.write.clicked.connect(lambda: self.field_asked.emit("member_opinion"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        top, below = QHBoxLayout(), QHBoxLayout()
        for row in (top, below):
            row.setSpacing(8)
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self.recuse)
        below.addWidget(self.member, 1)
        below.addWidget(self.write)
        self.member.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 6)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(self._lines)
        column.addLayout(below)

    def show_item(self, row: Row) -> None:
        """Show what is on record about the officer and this item."""
        self._row = row
        recusal = Recusal(self._context.office.desk)
        self.prompts = recusal.prompts(row)
        officer = str(self._context.office.desk.setting("officer"))
        listed = row.values.get("recusal_list")
        names = [ref.label for ref in listed if isinstance(ref, Ref)] if isinstance(listed, tuple) else []
        done = any(same_name(name, officer) for name in names)
        self.head.setVisible(bool(self.prompts))
        words = "您已列入应回避人员" if done else f"应考虑回避：{len(self.prompts)} 条"
        self.head.set_mark(Mark(Shape.TICK, words, Tone.DONE) if done else Mark(Shape.TRIANGLE, words, Tone.AMBER))
        self.recuse.setVisible(bool(self.prompts) and not done and not row.voided)
        empty(self._lines)
        for prompt in self.prompts:
            self._lines.addWidget(self._line(prompt))
        said = str(row.values.get("member_opinion") or "")
        self.member.set_words(f"作为党组成员的意见：{said}" if said else "作为党组成员的意见：没有记")

    def step_back(self) -> None:
        """Put the officer on the list of those who have to step back."""
        if self._row is None:
            return
        try:
            change = Recusal(self._context.office.desk).recuse(self._row)
        except PaizhuError as error:
            messages.tell(self, error)
            return
        self._context.events.changed.emit(change)
        self._context.events.said.emit("已把您列入本议题的应回避人员。", change.entry)

    def _line(self, prompt: Prompt) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(18, 0, 0, 0)
        row.setSpacing(8)
        words = ElidedLabel(prompt.words, Text.SECONDARY)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(words, 1)
        go = Button("打开", Look.LINK, size=Size.SMALL)
        go.setAccessibleName(f"打开依据：{prompt.words}")
        go.clicked.connect(lambda: self._context.events.asked_for.emit(prompt.register, prompt.id))
        go.setVisible(bool(prompt.register))
        row.addWidget(go)
        return holder

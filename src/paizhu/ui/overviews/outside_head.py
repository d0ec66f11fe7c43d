"""Above the list of outside work: what this half year took, a line to log one more, and the way to the whole table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.registers.outside import OUTSIDE
from paizhu.services.two_hats.half_year import HalfYear, HalfYears, total
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.overviews.list_head import ListHead
from paizhu.ui.rereading import Rereading
from paizhu.ui.theme import Text
from paizhu.ui.when_seen import WhenSeen

_PAGE = "two_hats"


class OutsideHead(ListHead):
    """事项, 交办人 and 用时 in one line; Enter or one click logs it for today."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setProperty("ground", "surface2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("职责外事项")
        self.figures = ElidedLabel("", Text.SECONDARY, "ink2")
        self.whole = Button("半年对照表", Look.LINK, size=Size.SMALL)
        self.whole.clicked.connect(lambda: self.page_asked.emit(_PAGE))
        self.what = self._edit("事项", "做了什么，如 检测设备开标现场监督")
        self.who = self._edit("交办人", "谁交办", 110)
        self.hours = self._edit("用时（小时）", "几小时", 80)
        self.log = Button("登记", size=Size.SMALL)
        self.log.setToolTip("回车也可以；日期记为今天，其余以后再补")
        self.log.clicked.connect(self.store)
        head = QHBoxLayout()
        head.setContentsMargins(10, 4, 10, 0)
        head.setSpacing(10)
        head.addWidget(Label("本半年", Text.SECTION))
        head.addWidget(self.figures, 1)
        head.addStretch(0)
        head.addWidget(self.whole)
        below = QHBoxLayout()
        below.setContentsMargins(10, 0, 10, 6)
        below.setSpacing(6)
        below.addWidget(self.what, 1)
        for part in (self.who, self.hours, self.log):
            below.addWidget(part)
        self._problem = Label("", Text.SECONDARY, "accent", wraps=True)
        self._problem.setContentsMargins(10, 0, 10, 4)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(self._problem)
        column.addWidget(line())
        self._reading = Rereading(context.tasks, HalfYears(context.office.desk).of, self._show)
        self._seen = WhenSeen(self, self.read, apart=True)
        context.events.changed.connect(self._changed)
        self.read()

    def read(self) -> None:
        """Count this half year again, away from the window."""
        if not self.context.office.vault.closed:
            self._reading.ask()

    def _show(self, table: HalfYear) -> None:
        main, outside = total(table.main), total(table.outside)
        words = f"职责外 {outside.count} 件 {outside.hours.normalize():f} 小时，主业 {main.count} 件"
        self.figures.set_words(f"{words}，职责外占用时 {table.share}")

    def store(self) -> None:
        """Log what stands in the line; what is wrong with it is said beneath, and nothing typed goes."""
        typed = {"what": self.what.text(), "ordered_by": self.who.text(), "hours": self.hours.text()}
        officer = str(self.context.office.desk.setting("officer"))
        try:
            change = self.context.office.records.save(OUTSIDE, {**typed, "handler": officer, "answer": "done"})
        except PaizhuError as error:
            self._problem.setText(messages.sentence(error))
            self._problem.show()
            return
        self._problem.hide()
        for edit in (self.what, self.who, self.hours):
            edit.clear()
        self.context.events.changed.emit(change)
        self.context.events.said.emit("已登记职责外事项，默认记为已承担，可在记录里改。", change.entry)
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, name: str, hint: str, width: int = 0) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        edit.setPlaceholderText(hint)
        edit.returnPressed.connect(self.store)
        if width:
            edit.setMaximumWidth(theme.current().px(width))
        return edit

    def _changed(self, change: Change) -> None:
        if OUTSIDE.key in change.registers:
            self._seen.ask()

"""Where a blank form is put: dropped, chosen, one that comes with the program, or one used before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from paizhu.rules import periods
from paizhu.services.form_memory import Sent
from paizhu.ui import messages, theme
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.label import Label
from paizhu.ui.theme import Text

KINDS = "空白表样 (*.xlsx *.xlsm)"
_ROWS = 6


class StartPane(QWidget):
    """`chosen` gives the form to be filled, `sent_chosen` the snapshot to be held against today."""

    chosen = Signal(object)
    sent_chosen = Signal(object)

    def __init__(self, ready: Sequence[Path]) -> None:
        super().__init__()
        self.choose = Button("选择空白表…", Look.PRIMARY, icon="folder")
        self.choose.clicked.connect(self._choose)
        drop = QFrame()
        drop.setProperty("frame", "box")
        inside = QVBoxLayout(drop)
        inside.setContentsMargins(16, 20, 16, 20)
        inside.setSpacing(10)
        for label in (
            Label("把派出机关发来的空白表拖到这里", Text.SECTION),
            Label("支持 xlsx、xlsm。只写入数值，样式、公式、保护和原文件都不动。", ink="ink2", wraps=True),
        ):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        inside.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        self.ready = _list("现成的表样")
        for path in ready:
            item = QListWidgetItem(path.stem)
            item.setData(Qt.ItemDataRole.UserRole, path)
            self.ready.addItem(item)
        self.ready.itemActivated.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.sent = _list("报送过的表")
        self.sent.itemActivated.connect(lambda item: self.sent_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(drop)
        column.addWidget(Label("现成的表样（回车打开）", Text.SECTION))
        column.addWidget(self.ready)
        self._sent_title = Label("", Text.SECTION)
        column.addWidget(self._sent_title)
        column.addWidget(self.sent)
        column.addStretch(1)
        theme.current().changed.connect(self._measure)
        self.setFocusProxy(self.choose)
        self.show_sent(())

    def show_sent(self, sent: Sequence[Sent]) -> None:
        """List what was sent, the newest first."""
        self.sent.clear()
        seen: set[str] = set()
        for each in sent:
            words = f"《{each.name}》 {periods.label(each.period)} · {each.at[:16].replace('T', ' ')} 报出"
            if each.form not in seen:
                words += f" · 下一期 {periods.label(periods.following(each.period))}"
            seen.add(each.form)
            item = QListWidgetItem(f"{words} · {len(each.figures)} 个数")
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.sent.addItem(item)
        self._sent_title.setText("报送过的表（回车核对报出后的变化）" if sent else "还没有报送过")
        self.sent.setVisible(bool(sent))
        self._measure()

    def _measure(self) -> None:
        for each in (self.ready, self.sent):
            each.setFixedHeight(min(max(each.count(), 1), _ROWS) * theme.current().heights.dense_row + 6)

    def _choose(self) -> None:
        path = messages.ask_open(self, "选择空白表", KINDS)
        if path is not None:
            self.chosen.emit(path)


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setProperty("frame", "box")
    return made

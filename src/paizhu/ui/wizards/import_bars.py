"""The bars of the import page: the way back on top, the five steps, the buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.card import line
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.stepper import Step, When
from paizhu.ui.theme import Text

EXPORTED_COVERED = "反映人各栏没有带出，请在原来的台账里改，或导入后在记录里补填。"
EXPORTED = "问题单元格已标红，末尾一列写明原因；改好后再导入，已导入的行不会重复。"
NOT_KEPT = "粘贴的内容没有留下"
NOT_KEPT_WHY = "里面有举报人信息，只有再输入口令才能看，锁定、关闭时不保存。要导入的，请回到原来的表重新复制、粘贴。"
KEPT = "进度已保存，台账没有改动；下次打开“导入旧台账”可以接着导入。"
STOPPED = "没有导入任何内容，数据和原来一样。"
STEPS = ("选择文件", "识别表头", "对应字段", "核对问题", "导入")


def steps_at(current: int, notes: Sequence[str], *, finished: bool = False) -> list[Step]:
    """Return the five steps with a note each, standing at one of them."""
    found = []
    for at, (words, note) in enumerate(zip(STEPS, notes, strict=True)):
        when = When.PAST if at < current or finished else When.CURRENT if at == current else When.LATER
        found.append(Step(words, note if when is not When.LATER else "", when))
    return found


class ImportHead(QFrame):
    """Where the page leads back to, what it is, and the way to the batches so far."""

    back_asked = Signal()
    log_asked = Signal()

    def __init__(self, register: str) -> None:
        super().__init__()
        self.setProperty("frame", "toolbar")
        self.back = Button(f"返回{register}", Look.FLAT, icon="back")
        self.back.clicked.connect(self.back_asked)
        self.log = Button("导入记录", Look.FLAT, icon="history")
        self.log.clicked.connect(self.log_asked)
        bar = line(upright=True)
        bar.setFixedHeight(theme.current().px(24))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(bar)
        row.addSpacing(4)
        row.addWidget(Label("导入旧台账", Text.PANE))
        row.addWidget(ElidedLabel("写入前先核对，导入后可整批撤销", Text.SECONDARY, "ink2"))
        row.addStretch(1)
        row.addWidget(self.log)
        for button in (self.back, self.log):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().follow(self, self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(theme.current().heights.toolbar)


class ImportActions(QFrame):
    """上一步 and 先不导入 at the left; what goes on, red, at the right with a word about what stays out."""

    back_asked = Signal()
    quit_asked = Signal()
    next_asked = Signal()
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "action-bar")
        self.back = Button("上一步")
        self.back.clicked.connect(self.back_asked)
        self.quit = Button("先不导入")
        self.quit.clicked.connect(self.quit_asked)
        self.next = Button("下一步", Look.PRIMARY)
        self.next.clicked.connect(self.next_asked)
        self.export = Button("导出问题行")
        self.export.setToolTip("把原表另存一份，问题单元格标红，末尾加一列说明；改好后可再导入")
        self.export.clicked.connect(self.export_asked)
        self.export.hide()
        self._note = ElidedLabel("", Text.SECONDARY, "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        for widget in (self.back, self.quit):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._note)
        row.addWidget(self.export)
        row.addWidget(self.next)
        theme.current().follow(self, self._measure)
        self._measure()

    def show_quit(self, *, shown: bool, keeps: bool) -> None:
        """Show what leaving does: with something read, the progress is kept."""
        words = "先不导入，保存进度" if keeps else "先不导入"
        self.quit.setText(words)
        self.quit.setAccessibleName(words)
        self.quit.setVisible(shown)

    def show_next(self, words: str, note: str = "", reason: str = "") -> None:
        """Show what the red button does, a word beside it, and why it cannot be pressed now."""
        self.next.setText(words)
        self.next.setAccessibleName(words)
        if reason:
            self.next.refuse(reason)
        else:
            self.next.allow()
        self._note.set_words(reason or note)
        self.next.setToolTip(reason or f"{words}（Ctrl+Enter）")

    def note(self) -> str:
        """Return the word beside the red button."""
        return self._note.words()

    def _measure(self) -> None:
        self.setMinimumHeight(theme.current().heights.action_bar)

"""What may be read of a locked vault: its name, what became of unfinished words, the last unlock, the last backup."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from paizhu import __version__
from paizhu.base import paths
from paizhu.ui import theme
from paizhu.ui.first_light import PROGRAM
from paizhu.ui.icons import Shape
from paizhu.ui.kit.card import line
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text

_WIDTH = 468


class Kept(Enum):
    """What became of what was being written when the desk was locked; after a start only the shut vault knows."""

    UNKNOWN = Mark(Shape.DASH, "有草稿的，解锁后都在", Tone.DONE)
    NOTHING = Mark(Shape.DASH, "没有", Tone.DONE)
    INFORMANT_LEFT_OUT = Mark(Shape.TRIANGLE, "粘贴的有举报人信息，没有保存，其余都在", Tone.AMBER)
    STORED = Mark(Shape.TICK, "已保存，解锁后原样打开", Tone.DONE)
    IN_MEMORY = Mark(Shape.TRIANGLE, "盘写不进去，先留在内存里，请不要关机", Tone.AMBER)


class LockGround(QWidget):
    """The locked page around the way in: the vault's name above it, what may be told of the vault below."""

    def __init__(self, way_in: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "win")
        self._seal = QLabel()
        self._seal.setAccessibleName(PROGRAM)
        self._name = Label("", Text.TAB, "ink2")
        self.kept = MarkLabel(Kept.UNKNOWN.value, Text.SECONDARY, bold=False)
        self._last = Label("", Text.SECONDARY, "ink2")
        self._backup = Label("", Text.SECONDARY, "ink2")
        self._middle = QWidget()
        self._lay_out(way_in)
        theme.current().follow(self, self._measure)
        self._measure()

    def show_vault(self, name: str, last_unlock: str) -> None:
        """Show the name of the vault, and when it was last unlocked; empty when it never was."""
        self._name.setText(name)
        self._last.setText(f"{last_unlock}，本机" if last_unlock else "还没有")

    def show_kept(self, kept: Kept) -> None:
        """Show what became of what was being written."""
        self.kept.set_mark(kept.value)

    def show_backup(self, made: str) -> None:
        """Show when the last backup was made; empty when there is none."""
        self._backup.setText(f"上次备份 {made}" if made else "还没有备份")

    def _lay_out(self, way_in: QWidget) -> None:
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(14)
        middle.addLayout(self._head())
        middle.addSpacing(12)
        middle.addWidget(way_in)
        middle.addWidget(self._facts())
        ground = QWidget()
        ground.setProperty("ground", "win")
        around = QGridLayout(ground)
        around.setContentsMargins(16, 16, 16, 16)
        around.addWidget(self._middle, 1, 1)
        for side in (0, 2):
            around.setRowStretch(side, 1)
            around.setColumnStretch(side, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(self._foot())

    def _measure(self) -> None:
        look = theme.current()
        self._middle.setFixedWidth(look.px(_WIDTH))
        side = look.px(48)
        self._seal.setPixmap(QIcon(str(paths.resources() / "icons" / "app.png")).pixmap(side, side))

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(PROGRAM, Text.TITLE))
        words.addWidget(self._name)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addStretch(1)
        row.addWidget(self._seal)
        row.addLayout(words)
        row.addStretch(1)
        return row

    def _facts(self) -> QFrame:
        card = QFrame()
        card.setProperty("frame", "card-plain")
        grid = QGridLayout(card)
        grid.setContentsMargins(30, 14, 30, 14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        right = Qt.AlignmentFlag.AlignRight
        for row, (words, value) in enumerate(
            (
                ("未写完的内容", self.kept),
                ("上次解锁", self._last),
                ("数据位置", Label("本机加密数据库，不联网", Text.SECONDARY, "ink2")),
            )
        ):
            grid.addWidget(Label(words, Text.SECONDARY, "ink2"), row, 0)
            grid.addWidget(value, row, 1, right)
        return card

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("frame", "action-bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(Label("锁定时不显示任何台账内容和提醒详情", Text.SECONDARY, "ink2"))
        row.addStretch(1)
        row.addWidget(self._backup)
        row.addWidget(line(upright=True))
        row.addWidget(Label(f"版本 {__version__}", Text.SECONDARY, "ink2"))
        return foot

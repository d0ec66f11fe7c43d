"""The steps of the first run before there is a vault: welcome, the group, the password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.base import paths
from paizhu.services.safety.passwords import names_in
from paizhu.services.session import ENDING
from paizhu.ui import messages, theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.hint_card import Hint, HintCard
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.roles import Tone
from paizhu.ui.kit.segments import Segments
from paizhu.ui.new_password import NewPassword
from paizhu.ui.pages.about import SECRECY, SECRECY_WORDS
from paizhu.ui.theme import Text
from paizhu.ui.wizards.first_run_data import Gathered
from paizhu.ui.wizards.first_run_step import StepPage, add_field, tall_line

_WAYS = (
    ("new", "新建工作台", "第一次使用。建一个加密的数据文件夹，再一步步设置好。"),
    ("open", "打开已有的", "数据从别的电脑拷来，或存在移动硬盘上。"),
    ("restore", "从备份恢复", "原来的数据坏了或丢了，手里有一份备份和口令。"),
    ("sample", "先试示例数据", "看看它能做什么。人名、单位、金额都是编的，随时可以移走。"),
)
_WAY = 170
_NOT_IN_NAMES = '\\/:*?"<>|'


class WelcomeStep(StepPage):
    """Four ways in, and what must never be put into the program."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("欢迎使用派驻监督工作台", "一个人、一台电脑、不联网。数据只在您选的文件夹里，用您的口令加密。")
        self.body.addWidget(HintCard(Hint(SECRECY, "", SECRECY_WORDS, Tone.ACCENT)))
        self.body.addSpacing(6)
        self.buttons: dict[str, Button] = {}
        for key, words, about in _WAYS:
            self.body.addWidget(self._way(key, words, about))
        self.setFocusProxy(self.buttons["new"])
        theme.current().follow(self, self._measure)
        self._measure()

    def _measure(self) -> None:
        """Make the ways equally wide, so that what is said of them stands in one column."""
        for button in self.buttons.values():
            button.ensurePolished()
            button.setMinimumWidth(0)
        widest = max(button.sizeHint().width() for button in self.buttons.values())
        for button in self.buttons.values():
            button.setMinimumWidth(max(widest, _WAY))

    def expect_existing(self) -> None:
        """Let the way to an existing vault stand out: there is one, only not where it was."""
        self.buttons["new"].set_look(Look.SECONDARY)
        self.buttons["open"].set_look(Look.PRIMARY)
        self.setFocusProxy(self.buttons["open"])

    def _way(self, key: str, words: str, about: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("frame", "card")
        button = Button(words, Look.PRIMARY if key == "new" else Look.SECONDARY, size=Size.TALL)
        button.setAccessibleDescription(about)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self.buttons[key] = button
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(16)
        row.addWidget(button)
        row.addWidget(Label(about, ink="ink2", wraps=True), 1)
        return frame

    def waits_for(self) -> str:
        """Return that one of the ways is to be chosen."""
        return "请选一种开始的办法"


class GroupStep(StepPage):
    """Names that stand on papers, and where the data lies."""

    def __init__(self, gathered: Gathered) -> None:
        super().__init__("本组与监督单位", "这些名称写在导出的表和打印的纸面上，以后可以在设置里改。")
        self._gathered = gathered
        self.group = tall_line("派驻机构名称", "例如：驻某市示例局纪检监察组")
        self.unit = tall_line("驻在单位名称", "例如：某市示例局")
        self.officer = tall_line("您的姓名", "写进修改记录")
        self.place = tall_line("数据放在哪里")
        self.place.setReadOnly(True)
        self.choose = Button("换个位置…", icon="folder", size=Size.TALL)
        self.choose.clicked.connect(self.ask_place)
        self._parent_folder = paths.documents()
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        add_field(grid, 0, "派驻机构名称", self.group)
        add_field(grid, 1, "驻在单位名称", self.unit)
        add_field(grid, 2, "您的姓名", self.officer, "可以不填")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(self.choose)
        add_field(grid, 3, "数据放在哪里", holder, "一个文件夹就是全部数据；拷走它就是搬家")
        self.body.addLayout(grid)
        for edit in (self.group, self.unit, self.officer):
            edit.textChanged.connect(self._take)
        self.setFocusProxy(self.group)
        self._take()

    def ask_place(self) -> None:
        """Ask for the folder in which the vault's folder is made."""
        folder = messages.ask_folder(self, "数据放在哪里", self._parent_folder)
        if folder:
            self.set_place(folder)

    def set_place(self, folder: Path) -> None:
        """Make the vault's folder in this one."""
        self._parent_folder = folder
        self._take()

    def waits_for(self) -> str:
        """Return what is still to be filled in."""
        if not self.group.text().strip():
            return "请先填写派驻机构名称"
        if not self.unit.text().strip():
            return "请先填写驻在单位名称"
        folder = self._gathered.folder
        if folder and folder.exists():
            return "这个位置已经有同名的数据，请换个位置，或回到上一步打开它"
        return ""

    def _take(self) -> None:
        fields = {"group": self.group, "unit": self.unit, "officer": self.officer}
        self._gathered.names = {name: edit.text().strip() for name, edit in fields.items() if edit.text().strip()}
        name = "".join(sign for sign in self.group.text().strip() if sign not in _NOT_IN_NAMES).strip(". ")
        self._gathered.folder = self._parent_folder / f"{name or '工作台'}{ENDING}"
        self.place.setText(str(self._gathered.folder))
        self.changed.emit()


class PasswordStep(StepPage):
    """The password with its rules ticking off, and after how long the desk locks."""

    entered = Signal()

    def __init__(self, gathered: Gathered) -> None:
        super().__init__(
            "给数据设一个口令", "打开程序、解锁屏幕、恢复备份都用它。数据库和附件用它加密，程序里不保存口令本身。"
        )
        self._gathered = gathered
        self.form = NewPassword()
        self.form.changed.connect(self.changed)
        self.form.entered.connect(self.entered)
        choices = [("5", "5 分钟"), ("15", "15 分钟"), ("30", "30 分钟")]
        self.minutes = Segments("离开多久自动锁定", choices)
        self.minutes.set_current("15")
        self.minutes.chosen.connect(self._take_minutes)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.form)
        left.addSpacing(14)
        left.addWidget(Label("离开多久自动锁定"))
        left.addWidget(self.minutes, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(Label("口令要求", Text.SECTION))
        right.addWidget(self.form.rules)
        right.addSpacing(12)
        right.addWidget(Label("好记的办法", Text.SECTION))
        right.addWidget(Label("用一句只有您知道的话，取每个字的拼音首字母，中间加两个数字。", ink="ink2", wraps=True))
        right.addSpacing(6)
        forgotten = "下一步会生成恢复密钥，打印后锁进保密柜。没有口令也没有恢复密钥，数据无法找回。"
        right.addWidget(HintCard(Hint("忘记了怎么办", "", forgotten, Tone.PLAIN)))
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addLayout(left, 3)
        row.addWidget(line(upright=True))
        row.addLayout(right, 2)
        self.body.addLayout(row)
        self.setFocusProxy(self.form)

    def enter(self) -> None:
        """Take over the names that must not stand in the password."""
        self.form.set_names(names_in(*self._gathered.names.values()))

    def waits_for(self) -> str:
        """Return which rules are not met yet."""
        return self.form.waits_for()

    def _take_minutes(self, key: str) -> None:
        self._gathered.lock_minutes = int(key)

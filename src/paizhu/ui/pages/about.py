"""Help: the keys of this window, guides, what each register holds, what changed; found by any words in them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QTextCursor, QTextDocument
from PySide6.QtWidgets import QListWidgetItem, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from paizhu import __version__
from paizhu.base import paths
from paizhu.base.register import Register
from paizhu.registers import REGISTERS
from paizhu.ui import theme
from paizhu.ui.actions import PAGE_KEYS, Action
from paizhu.ui.kit.search_box import SearchBox
from paizhu.ui.kit.word_list import WordList
from paizhu.ui.pages.frame import CardSplit, PageFrame
from paizhu.ui.pages.help_pages import CHANGES, GUIDES, changes_html, holds, written

SECRECY = "严禁处理国家秘密"
SECRECY_WORDS = (
    "本程序装在普通办公电脑上，不是涉密信息系统。严禁在本程序中录入、存储、处理国家秘密；"
    "涉密事项请到经批准的涉密设备上办理。"
)
_KEYS, _ABOUT = "keys", "about"
_BESIDE_NAME = 44
_NOTHING = "<p>帮助里没有这些词。换一个说法再找，例如“打印”“期限”“撤销”。</p>"
# As the keys are printed on the keyboard.
_PRINTED = {
    "Return": "Enter",
    "回车": "Enter",
    "Left": "←",
    "Right": "→",
    "左方向": "←",
    "右方向": "→",
    "上方向": "↑",
    "下方向": "↓",
}


class HelpPage(PageFrame):
    """A line to find words, the subjects that hold them at the left, the chosen one at the right."""

    def __init__(self, commands: Sequence[Action], vault: Path | None, parent: QWidget | None = None) -> None:
        super().__init__("帮助", scrolls=False, parent=parent)
        self._commands = list(commands)
        self._vault = vault
        self._words: dict[str, str] = {}
        self.subjects = WordList("帮助内容")
        self.subjects.setProperty("frame", "box")
        self.sought = SearchBox("在帮助里查找")
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(self._narrow)
        self.sought.returnPressed.connect(self.subjects.setFocus)
        # Whoever opens the help begins to type what is sought.
        self.setFocusProxy(self.sought)
        self.text = QTextBrowser()
        self.text.setAccessibleName("说明")
        self.text.setOpenExternalLinks(False)
        self._add("快捷键", _KEYS)
        for key, words in GUIDES.items():
            self._add(words, key)
        for register in REGISTERS:
            self._add(register.label, register.key)
        self._add("更新说明", CHANGES)
        self._add("关于本程序", _ABOUT)
        split = CardSplit(Qt.Orientation.Horizontal)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sought)
        column.addWidget(self.subjects, 1)
        for widget in (left, self.text):
            split.addWidget(widget)
        split.setStretchFactor(1, 1)
        self._left = left
        self.body.addWidget(split, 1)
        self.subjects.currentItemChanged.connect(lambda item, _: self._show(item.data(_ROLE)) if item else None)
        self.subjects.setCurrentRow(0)
        # A method and not a lambda: the look outlives the page.
        theme.current().follow(self, self._show_again)
        theme.current().follow(self, self._measure)
        self._measure()

    def _measure(self) -> None:
        """Leave no name of a subject cut: they are what is chosen by."""
        metrics = QFontMetrics(theme.current().font())
        widest = max(metrics.horizontalAdvance(self.subjects.item(at).text()) for at in range(self.subjects.count()))
        self._left.setMinimumWidth(widest + theme.current().px(_BESIDE_NAME))

    def _show_again(self) -> None:
        if item := self.subjects.currentItem():
            self._show(str(item.data(_ROLE)))

    def _narrow(self, words: str) -> None:
        """Leave the subjects that hold these words, and show the first of them."""
        first = None
        for at in range(self.subjects.count()):
            item = self.subjects.item(at)
            kept = holds(f"{item.text()} {self._plain(str(item.data(_ROLE)))}", words)
            item.setHidden(not kept)
            # A subject named so comes before those that only speak of it.
            if kept and (first is None or (words and holds(item.text(), words) and not holds(first.text(), words))):
                first = item
        if first is None:
            self.text.setHtml(_NOTHING)
            self.subjects.setCurrentRow(-1)
        elif first is self.subjects.currentItem():
            self._show_again()
        else:
            self.subjects.setCurrentItem(first)

    def _plain(self, key: str) -> str:
        if key not in self._words:
            document = QTextDocument()
            document.setHtml(self._html(key))
            self._words[key] = document.toPlainText()
        return self._words[key]

    def _mark(self) -> None:
        """Mark every place where a sought word stands, and bring the first into sight."""
        marks: list[QTextEdit.ExtraSelection] = []
        for word in self.sought.text().split():
            found = self.text.document().find(word)
            while not found.isNull():
                mark: Any = QTextEdit.ExtraSelection()
                mark.cursor = found
                mark.format.setBackground(theme.current().colour("amber_soft"))
                marks.append(mark)
                found = self.text.document().find(word, found)
        self.text.setExtraSelections(marks)
        if marks:
            first = min((cast(Any, mark).cursor for mark in marks), key=QTextCursor.position)
            self.text.setTextCursor(QTextCursor(first.document().findBlock(first.position())))
            self.text.ensureCursorVisible()

    def _add(self, words: str, key: str) -> None:
        item = QListWidgetItem(words)
        item.setData(_ROLE, key)
        self.subjects.addItem(item)

    def _html(self, key: str) -> str:
        if key == _KEYS:
            return keys_html(self._commands)
        if key == _ABOUT:
            return about_html(self._vault)
        if key == CHANGES:
            return changes_html()
        if key in GUIDES:
            return f"<h3>{escape(GUIDES[key])}</h3>{written(key)}"
        return next(register_html(each) for each in REGISTERS if each.key == key)

    def _show(self, key: str) -> None:
        html = self._html(key)
        colours = theme.current()
        self.text.document().setDefaultStyleSheet(
            f"td {{ padding: 4px 16px 4px 0 }} .quiet {{ color: {colours.tokens.ink2} }}"
        )
        self.text.setHtml(html)
        self._mark()


_ROLE = Qt.ItemDataRole.UserRole


def keys_html(commands: Sequence[Action]) -> str:
    """Return the table of keys, group by group."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for action in commands:
        if action.key:
            words = QKeySequence(action.key).toString(QKeySequence.SequenceFormat.NativeText)
            for qt, printed in _PRINTED.items():
                words = words.replace(qt, printed)
            rows.setdefault(action.group, []).append((words, action.label))
    for keys, label, group in PAGE_KEYS:
        rows.setdefault(group, []).append((keys, label))
    parts = ["<h3>快捷键</h3><p class='quiet'>每一个操作都可以只用键盘完成。</p>"]
    for group, lines in rows.items():
        cells = "".join(f"<tr><td><b>{escape(keys)}</b></td><td>{escape(label)}</td></tr>" for keys, label in lines)
        parts.append(f"<h4>{escape(group)}</h4><table>{cells}</table>")
    return "".join(parts)


def register_html(register: Register) -> str:
    """Return the help of a register: the written page when there is one, and every field with its words."""
    parts = [f"<h3>{escape(register.label)}</h3>", written(register.key)]
    for section in register.sections:
        cells = "".join(
            f"<tr><td><b>{escape(field.label)}</b></td><td class='quiet'>{escape(_about(field.help, field.required))}"
            "</td></tr>"
            for field in (register.field(name) for name in section.names)
        )
        parts.append(f"<h4>{escape(section.label)}</h4><table>{cells}</table>")
    return "".join(parts)


def about_html(vault: Path | None) -> str:
    """Return what the program is, what must never be put into it, and where everything lies."""
    lines = [("版本", __version__), ("数据文件夹", str(vault or "还没有")), ("本机设置和日志", str(paths.home()))]
    cells = "".join(f"<tr><td>{name}</td><td class='quiet'>{escape(value)}</td></tr>" for name, value in lines)
    return (
        f"<h3>派驻监督工作台</h3><h4>{SECRECY}</h4><p>{SECRECY_WORDS}</p><table>{cells}</table>"
        "<p>程序不联网。数据用您的口令加密，存在上面的文件夹里；把整个文件夹拷走就是全部数据。</p>"
        "<p class='quiet'>字体：思源黑体、思源宋体，依 SIL 开放字体许可证随程序提供。界面：Qt（LGPL）。"
        "数据库：SQLCipher。</p>"
    )


def _about(words: str, required: bool) -> str:
    return f"必填。{words}" if required else words

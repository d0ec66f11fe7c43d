"""What stands in the window for its first tenth of a second: a password line and nothing that takes time to load.

Nothing here touches Qt's namespace of flags or the widgets of the kit: loading those costs as much as Qt's window.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from paizhu.ui.tokens import DARK, LIGHT, Tokens

PROGRAM = "派驻监督工作台"
_FAMILIES = '"Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"'
_WIDTH = 408
_HALF = 128


class FirstLight(QFrame):
    """Takes the password at once; the locked page takes over what was typed, and Enter if it was pressed."""

    def __init__(self, vault: str, scheme: str, points: float) -> None:
        super().__init__()
        self.wanted = False
        """Whether Enter was pressed already."""
        tokens = _tokens(scheme)
        self.setStyleSheet(_style(tokens, points))
        title, name, label = QLabel(PROGRAM), QLabel(vault), QLabel("口令")
        title.setObjectName("title")
        self.field = QLineEdit()
        self.field.setAcceptDrops(False)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("口令")
        self.field.returnPressed.connect(self._want)
        label.setBuddy(self.field)
        self.unlock = QPushButton("解锁 Enter")
        self.unlock.clicked.connect(self._want)
        column = QVBoxLayout()
        for widget in (title, name, label, self.field):
            column.addWidget(widget)
        left = QHBoxLayout()
        left.addWidget(self.unlock)
        left.addStretch(1)
        column.addLayout(left)
        # Widgets of this width stand where the locked page will put its own.
        width = round(_WIDTH * points / 10.5)
        self.field.setFixedWidth(width)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addLayout(row)
        around.addStretch(1)
        self.field.setFocus()

    def _want(self) -> None:
        self.wanted = True
        self.unlock.setEnabled(False)


def _tokens(scheme: str) -> Tokens:
    if scheme == "system":
        return DARK if QApplication.palette().window().color().lightness() < _HALF else LIGHT
    return DARK if scheme == "dark" else LIGHT


def _style(tokens: Tokens, points: float) -> str:
    return (
        f"* {{ font-family: {_FAMILIES}; font-size: {points:g}pt; color: {tokens.ink}; }}"
        f"FirstLight {{ background: {tokens.win}; }}"
        f"#title {{ font-size: {points * 16.5 / 10.5:g}pt; font-weight: bold; }}"
        f"QLineEdit {{ background: {tokens.surface}; border: 1px solid {tokens.field}; border-radius: 4px;"
        " padding: 9px; }"
        f"QPushButton {{ background: {tokens.accent_button}; color: {tokens.accent_button_text}; border: 0;"
        " border-radius: 4px; padding: 10px 18px; font-weight: bold; }"
    )

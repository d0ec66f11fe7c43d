"""What changed in an item since its opinion went out, and its versions, each in one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paizhu.services.reviews.versions import Difference, EarlierOpinion, Version, label_of
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.theme import Text

_SHOW, _HIDE = "看各版内容", "收起各版"


class ReviewChanges(QWidget):
    """Hidden while an item has one version; the versions are folded until they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("议题版本")
        self._strip = Strip()
        self._lines = QWidget()
        self.unfold = Button(_SHOW, Look.LINK, size=Size.SMALL)
        self.unfold.clicked.connect(lambda: self._set_open(self._lines.isHidden()))
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._strip)
        column.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lines)
        self.hide()

    def show_changes(
        self, found: Sequence[Difference], versions: Sequence[Version], opinions: Sequence[EarlierOpinion] = ()
    ) -> None:
        """Show what differs from the last opinion, and let the versions and the earlier opinions be unfolded."""
        self.setVisible(len(versions) > 1 or bool(opinions))
        told = "；".join(f"{each.what}：{each.before or '无'} → {each.after or '无'}" for each in found)
        self._strip.show_words("与上次出具意见时相比有变化，须重新审查", told, Level.AMBER)
        self._strip.setVisible(bool(found))
        empty(self._column)
        before: Version | None = None
        for version in versions:
            self._column.addWidget(Label(_line(version, before), Text.SECONDARY, "ink2", wraps=True))
            before = version
        for opinion in opinions:
            told = f"原审查意见　{opinion.words}" + (f"：{opinion.text}" if opinion.text else "")
            self._column.addWidget(Label(told, Text.SECONDARY, "ink2", wraps=True))
        self._set_open(False)

    def _set_open(self, is_open: bool) -> None:
        self._lines.setVisible(is_open)
        self.unfold.setText(_HIDE if is_open else _SHOW)


def _line(version: Version, before: Version | None) -> str:
    """Return a version in words: the first one whole, a later one by what is new in it."""
    names = [name for name, words in version.words.items() if (words != before.words[name] if before else words)]
    told = "；".join(f"{label_of(name)} {version.words[name] or '（空）'}" for name in names)
    mark = "，据此出具意见" if version.signed else ""
    return f"第 {version.number} 版　{version.at:%m-%d %H:%M} {version.by}{mark}：{told}"

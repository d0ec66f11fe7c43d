"""The narrow column of a dossier: basic facts with covered fields, posts, ties, and what to look at now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.services.dossier.gathering import Fact, File
from paizhu.services.dossier.hints import DossierHint
from paizhu.services.dossier.words import Line
from paizhu.ui import theme
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.button import Button, Look, Offer, Size
from paizhu.ui.kit.hint_card import Hint, HintCard
from paizhu.ui.kit.label import Label, restyle
from paizhu.ui.kit.roles import Tone
from paizhu.ui.theme import Text

_FACTS = (
    "gender", "birth", "education", "work_date", "political_status", "party_date", "post_since", "cadre_authority",
    "status", "id_no", "phone", "address",
)  # fmt: skip
_SHOWN_MS = 60_000
_VISITS = 3
_TOP = Qt.AlignmentFlag.AlignTop


class _Cover(NamedTuple):
    """Words that stand covered, the button that shows them, and what in them is covered by what."""

    label: Label
    button: Button
    words: str
    mask: str


class DossierSide(QFrame):
    """Sections of label and words; `reveal_asked` names a covered field, `opened` a record behind a hint."""

    edit_asked = Signal()
    reveal_asked = Signal(str)
    opened = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("基本情况和提示")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._covered: dict[str, _Cover] = {}
        self._parts: list[QWidget] = []
        self._timer = DeskTimer(self, _SHOWN_MS, single=True)
        self._timer.timeout.connect(self.cover)

    def show_file(self, file: File, found: Sequence[DossierHint]) -> None:
        """Show a file; covered fields are covered again."""
        self._timer.stop()
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._covered = [], {}
        if found:
            self._head("当前提示")
            for hint in found:
                self._hint(hint)
        edit = Button("修改", Look.LINK, shortcut="F2", size=Size.SMALL)
        edit.clicked.connect(self.edit_asked)
        self._head("基本情况", edit if file.as_of is None else None)
        facts = {fact.name: fact for fact in file.facts}
        self._facts([facts[name] for name in _FACTS if facts[name].words], shows=file.as_of is None)
        self._lines("任职经历", file.part("A"), "还没有登记")
        self._lines("家庭和利害关系", file.part("B"), "无相关记录", shows=file.as_of is None)
        visits = file.part("M")
        self._lines(f"调阅记录 {len(visits)} 次", visits[:_VISITS], "")
        # What is higher than its words keeps them at the top.
        self._column.addWidget(end := QWidget(), 1)
        self._parts.append(end)

    def stand_beside(self, beside: bool) -> None:
        """Be a column of its own ground beside the records, or go on below them."""
        self.setProperty("frame", "side" if beside else "")
        self._column.setContentsMargins(*((15, 8, 16, 16) if beside else (0, 0, 0, 0)))
        restyle(self)

    def show_words(self, name: str, words: str) -> None:
        """Show a covered field for a minute."""
        if name in self._covered:
            cover = self._covered[name]
            cover.label.setText(cover.words.replace(cover.mask, words))
            cover.button.hide()
            self._timer.start()

    def cover(self) -> None:
        """Cover every field that was shown."""
        for cover in self._covered.values():
            cover.label.setText(cover.words)
            cover.button.show()

    def covered(self) -> dict[str, str]:
        """Return the words that stand at covered fields now."""
        return {name: cover.label.text() for name, cover in self._covered.items()}

    def reveal_button(self, name: str) -> Button:
        """Return the button that shows a covered field; KeyError where the field is empty."""
        return self._covered[name].button

    def _add(self, part: QWidget) -> None:
        self._column.addWidget(part)
        self._parts.append(part)

    def _head(self, words: str, corner: QWidget | None = None) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 6, 0, 0)
        line.addWidget(Label(words, Text.SECTION))
        line.addStretch(1)
        if corner:
            line.addWidget(corner)
        self._add(row)

    def _facts(self, facts: Sequence[Fact], *, shows: bool) -> None:
        grid = self._grid()
        for at, fact in enumerate(facts):
            grid.addWidget(_quiet(fact.label), at, 0, _TOP)
            words = Label(fact.words, wraps=True)
            grid.addWidget(words, at, 1)
            if fact.private and shows:
                self._cover(grid, at, fact.name, fact.label, words, fact.words)

    def _cover(self, grid: QGridLayout, at: int, key: str, what: str, words: Label, mask: str) -> None:
        """Put the button beside covered words that shows them for a minute."""
        button = Button("显示", Look.LINK, size=Size.SMALL)
        button.setAccessibleName(f"显示{what}，记入留痕")
        button.setToolTip("显示一分钟，记入留痕")
        button.clicked.connect(lambda _=False: self.reveal_asked.emit(key))
        grid.addWidget(button, at, 2, _TOP)
        self._covered[key] = _Cover(words, button, words.text(), mask)

    def _lines(self, head: str, lines: Sequence[Line], empty: str, *, shows: bool = False) -> None:
        if not lines and not empty:
            return
        self._head(head)
        grid = self._grid()
        for at, line in enumerate(lines):
            grid.addWidget(_quiet(line.day.isoformat() if line.day else ""), at, 0, _TOP)
            ended = f"（{line.state_words}）" if line.part == "A" and line.state_words else ""
            words = Label(f"{line.words}{ended}", wraps=True)
            grid.addWidget(words, at, 1)
            if line.covered and shows:
                self._cover(grid, at, line.covered.key, line.covered.label, words, line.covered.mask)
        if not lines:
            grid.addWidget(Label(empty, Text.SECONDARY, "ink3"), 0, 0)

    def _grid(self) -> QGridLayout:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._add(part)
        return grid

    def _hint(self, hint: DossierHint) -> None:
        offers = [Offer("open", "打开原记录", Look.LINK)] if hint.register else []
        tone = Tone.AMBER if hint.level == "重点核实" else Tone.PLAIN
        card = HintCard(Hint(hint.level, hint.finding, hint.figures, tone, offers))
        card.acted.connect(lambda _key: self.opened.emit(hint.register, hint.id))
        self._add(card)


def _quiet(words: str) -> Label:
    """Return the smaller words at the left, on one baseline with what they name."""
    look = theme.current()
    label = Label(words, Text.SECONDARY, "ink3")
    lower = QFontMetrics(look.font()).ascent() - QFontMetrics(look.font(Text.SECONDARY)).ascent()
    label.setContentsMargins(0, max(lower, 0), 0, 0)
    return label

"""The opinion on an item: the three usual choices in view, the others below, the words with phrases to take."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from paizhu.base import values
from paizhu.base.numbered import numbered
from paizhu.base.rows import Row
from paizhu.registers.review import REVIEW
from paizhu.services.reviews.lists import Line
from paizhu.services.reviews.versions import EarlierOpinion
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.one_stop import let_tab_stop
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text

USUAL = ("ok", "ok_with_note", "postpone")
_OTHERS = "其他意见…"
_PAPER = "review_opinion"
_LEAST_LINES = 3
_LEAST = 200
"""While it is written; a settled opinion leaves its room to the hints above it."""
_HOW = "意见针对廉洁、纪律和程序，不代替集体决策。逐条写“一、二、三”，每条单独统计采纳情况。"


class EarlierLine(QWidget):
    """What the opinion was before the item changed; nothing of it is chosen anew, its words are one press away."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("上次意见")
        self._text = ""
        self.words = ElidedLabel("", Text.SECONDARY, "ink2")
        self.take = Button("放入上次的话", Look.LINK, size=Size.SMALL)
        self.take.clicked.connect(lambda: self.taken.emit(self._text))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.take)
        self.hide()

    def show_opinion(self, earlier: EarlierOpinion | None, *, editable: bool) -> None:
        """Show an earlier opinion, or nothing while there is none."""
        self.setVisible(earlier is not None)
        self._text = earlier.text if earlier else ""
        if earlier:
            self.words.set_words(f"上次意见：{earlier.words}")
        self.take.setToolTip(self._text)
        self.take.setVisible(editable and bool(self._text))


class OpinionBox(QWidget):
    """Choice and words; `chosen` follows the officer's choice, `typed` every change of the words by him.

    `paper_asked` names the 意见书 of the item shown.
    """

    chosen = Signal(str)
    typed = Signal()
    paper_asked = Signal(str, int, str)

    def __init__(self, phrases: Callable[[], Sequence[Line]]) -> None:
        super().__init__()
        self.setAccessibleName("审查意见")
        self._phrases = phrases
        self._category, self._opinion, self._showing = "", "", False
        self.phrases = Button("选用常用语句", Look.LINK, size=Size.SMALL)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.phrases.clicked.connect(self._show_menu)
        self._item = 0
        self.print = Button("打印意见书", Look.LINK, size=Size.SMALL)
        self.print.clicked.connect(lambda: self.paper_asked.emit(REVIEW.key, self._item, _PAPER))
        self._saved = ElidedLabel("", Text.SECONDARY, "ink2")
        self.earlier = EarlierLine()
        self.earlier.taken.connect(self.add_words)
        field = REVIEW.field("opinion")
        self._radios: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._choices = QWidget()
        flow = FlowLayout(self._choices, gap=8)
        for choice in (choice for code in USUAL for choice in field.choices if choice.code == code):
            radio = QRadioButton(choice.label)
            radio.setAccessibleName(f"审查意见：{choice.label}")
            radio.clicked.connect(lambda _=False, code=choice.code: self._choose(code))
            self._radios[choice.code] = radio
            self._group.addButton(radio)
            flow.addWidget(radio)
        self.others = DropDown()
        self.others.setAccessibleName("其他审查意见")
        self.others.addItem(_OTHERS, "")
        for choice in field.choices:
            if choice.code not in USUAL and not choice.retired:
                self.others.addItem(choice.label, choice.code)
        self.others.activated.connect(lambda at: self._choose(str(self.others.itemData(at))))
        flow.addWidget(self.others)
        self._fixed = Label("", bold=True, wraps=True)
        self.text = _words_editor()
        self.text.textChanged.connect(self._text_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 14, 10)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addWidget(self.earlier)
        column.addWidget(self._choices)
        column.addWidget(self._fixed)
        column.addWidget(self.text, 1)
        theme.current().follow(self, self._measure)
        self._measure()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label("审查意见", Text.SECTION))
        head.addWidget(self._saved)
        head.addStretch(1)
        head.addWidget(self.print)
        head.addWidget(self.phrases)
        return head

    @property
    def words(self) -> str:
        """What stands in the box."""
        return self.text.toPlainText()

    def show_item(self, row: Row, *, editable: bool, keep_words: bool) -> None:
        """Show the opinion of an item; ``keep_words`` leaves words that are being typed."""
        self._item, self._category = row.id, str(row.values.get("category") or "")
        self.set_opinion(str(row.values.get("opinion") or ""))
        self._choices.setVisible(editable)
        shown = values.show(REVIEW.field("opinion"), row.values.get("opinion"))
        self._fixed.setText(shown or "还没有出具意见")
        self._fixed.setVisible(not editable)
        self.phrases.setVisible(editable)
        self.text.setReadOnly(not editable)
        # How to write is of no use where nothing may be written.
        self.text.setPlaceholderText(_HOW if editable else "没有写意见内容")
        stored = str(row.values.get("opinion_text") or "")
        if not keep_words and stored != self.words:
            self._showing = True
            self.text.setPlainText(stored)
            self._showing = False
        if not keep_words:
            self.say("")
        self._measure()

    def set_opinion(self, code: str) -> None:
        """Show a choice without a signal."""
        self._opinion = code
        self._group.setExclusive(False)
        for own, radio in self._radios.items():
            radio.setChecked(own == code)
        self._group.setExclusive(True)
        let_tab_stop(self._group.buttons())
        self.others.setCurrentIndex(max(self.others.findData(code), 0))

    def add_words(self, words: str) -> None:
        """Add a sentence in a line of its own, at the end, as if it were typed."""
        cursor = self.text.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        before = self.words
        cursor.insertText(f"\n{words}" if before.strip() and not before.endswith("\n") else words)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()
        self.text.setFocus()

    def say(self, words: str) -> None:
        """Say beside the title how the words stand; without words, how many suggestions are in them."""
        count = len(numbered(self.words))
        self._saved.set_words("　".join(filter(None, (words, f"建议 {count} 条" if count else ""))))

    def _choose(self, code: str) -> None:
        if code and code != self._opinion:
            self.set_opinion(code)
            self.chosen.emit(code)
        else:
            self.set_opinion(self._opinion)

    def _text_changed(self) -> None:
        if not self._showing:
            self.say("")
            self.typed.emit()

    def _show_menu(self) -> None:
        self._menu.popup(self.phrases.mapToGlobal(self.phrases.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        """Offer the phrases that fit the choice and the category, then the others of the category."""
        self._menu.clear()
        every = self._phrases()
        fitting = [each for each in every if each.fits(self._opinion, self._category)]
        rest = [each for each in every if each not in fitting and each.fits("", self._category)]
        for group in (fitting, rest):
            for each in group:
                action = self._menu.addAction(each.words)
                action.triggered.connect(lambda _=False, words=each.words: self._take(words))
            if group is fitting and fitting and rest:
                self._menu.addSeparator()

    def _take(self, words: str) -> None:
        cursor = self.text.textCursor()
        cursor.insertText(words)
        self.text.setFocus()

    def _measure(self) -> None:
        settled = self.text.isReadOnly()
        lines = 1 if settled and not self.words else _LEAST_LINES
        self.text.setMinimumHeight(self.fontMetrics().lineSpacing() * lines + 16)
        self.setMinimumHeight(0 if settled else theme.current().px(_LEAST))


def _words_editor() -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setAccessibleName("意见内容")
    made.setPlaceholderText(_HOW)
    made.setTabChangesFocus(True)
    return made

"""One person of a letter: what each source holds, with the way to every record, and the answer the officer chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from paizhu.base.rows import Ref
from paizhu.registers.opinion_rows import REPLIES, REPLY_REASONS
from paizhu.services.opinions.answering import Standing
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.one_stop import let_tab_stop
from paizhu.ui.overviews.opinion_people import post_of
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text

_WITH_REASON, _WITH_FACTS = ("hold", "unfit"), "facts"
_TOP = Qt.AlignmentFlag.AlignTop
_NO_REASON = "选择理由（只在内部使用）"


class FoundBox(QWidget):
    """What was found about the person in hand; `opened` names a record to look at."""

    opened = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("查询结果")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget()
        self._column.addWidget(self._inside)
        self.links: list[Button] = []

    def show_person(self, person: Standing | None) -> None:
        """Show what every source holds about a person; nothing for nobody."""
        old, self._inside = self._inside, QWidget()
        self.links = []
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, hit in enumerate(person.hits if person else ()):
            loud = hit.count and hit.source != "opinion"
            grid.addWidget(Label(hit.label, Text.SECONDARY, "ink3"), at, 0, _TOP)
            grid.addWidget(Label(hit.words, ink="ink" if loud else "ink2", wraps=True), at, 1)
            if hit.records:
                grid.addWidget(self._links(hit.records), at, 2, _TOP)
        if person and person.missing:
            words = f"没有查：{'、'.join(person.missing)}。查全以前不能写“暂未发现”。"
            grid.addWidget(Label(words, ink="accent", wraps=True), len(person.hits), 0, 1, 3)
        self._column.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()
        self.setVisible(person is not None)
        if person is not None and self.width():
            # Persons of one letter are looked through row by row: what stands below must not jump about.
            height = self._inside.heightForWidth(self.width()) if grid.hasHeightForWidth() else 0
            self.setMinimumHeight(max(self.minimumHeight(), height))

    def _links(self, records: Sequence[Ref]) -> QWidget:
        row = QWidget()
        flow = QHBoxLayout(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(6)
        for ref in records:
            button = Button("打开" if len(records) == 1 else ref.label, Look.LINK, size=Size.SMALL)
            button.setAccessibleName(f"打开{ref.label}")
            button.setToolTip(ref.label)
            button.clicked.connect(lambda _=False, ref=ref: self.opened.emit(ref.register, int(ref.id or 0)))
            flow.addWidget(button)
            self.links.append(button)
        flow.addStretch(1)
        return row


class AnswerBox(QWidget):
    """The four answers, none chosen beforehand; `answered` gives answer, reason and facts as the officer set them."""

    answered = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("回复意见")
        self._head = Label("回复意见", Text.SECTION)
        self._whom = Label("", Text.SECONDARY, "ink2", wraps=True)
        self._fixed = Label("", wraps=True)
        self._choices = QWidget()
        flow = FlowLayout(self._choices, gap=10)
        self._group = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        for place, choice in enumerate(REPLIES, 1):
            radio = QRadioButton(choice.label)
            radio.setToolTip(f"在人员列表里按 {place}")
            radio.setAccessibleName(f"回复意见：{choice.label}")
            radio.clicked.connect(lambda _=False, code=choice.code: self._choose(code))
            self._group.addButton(radio)
            self.radios[choice.code] = radio
            flow.addWidget(radio)
        self.reason = DropDown()
        self.reason.setAccessibleName("不宜或暂缓的理由，只在内部使用")
        self.reason.addItem(_NO_REASON, "")
        for choice in REPLY_REASONS:
            self.reason.addItem(choice.label, choice.code)
        self.reason.activated.connect(lambda _at: self._give())
        self.facts = QLineEdit()
        self.facts.setAccessibleName("写进复函的情况")
        self.facts.setPlaceholderText("写进复函的情况；不写线索内容和反映人")
        self.facts.returnPressed.connect(self._give)
        self.keep_facts = Button("写入情况", shortcut="Enter", size=Size.SMALL)
        self.keep_facts.clicked.connect(self._give)
        self._facts_row = QWidget()
        row = QHBoxLayout(self._facts_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.facts, 1)
        row.addWidget(self.keep_facts)
        self._problem = Label("", Text.SECONDARY, "accent", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._head, self._whom, self._fixed, self._choices, self.reason, self._facts_row, self._problem):
            column.addWidget(part)
        self._code = ""

    def show_people(self, people: Sequence[Standing], *, editable: bool) -> None:
        """Show the answer to these persons; several are answered alike, and only what all share is shown chosen."""
        replies = {str(each.row.values.get("reply") or "") for each in people}
        reasons = {str(each.row.values.get("reply_reason") or "") for each in people}
        facts = {str(each.row.values.get("facts") or "") for each in people}
        self._show_code(replies.pop() if len(replies) == 1 else "", editable=editable)
        self.reason.setCurrentIndex(max(self.reason.findData(reasons.pop() if len(reasons) == 1 else ""), 0))
        if not self.facts.hasFocus():
            self.facts.setText(facts.pop() if len(facts) == 1 else "")
        names = "、".join(each.who.label for each in people)
        told = f"给选中的 {len(people)} 人：{names}" if len(people) > 1 else names and f"{names}　{post_of(people[0])}"
        self._whom.setText(told)
        self._choices.setVisible(editable)
        said = people[0].reply if len(people) == 1 and people[0].reply else "没有选定"
        self._fixed.setText(said)
        self._fixed.setVisible(not editable)
        self.say("")
        self.setVisible(bool(people))

    @property
    def can_choose(self) -> bool:
        """Whether an answer may be given now."""
        return not self._choices.isHidden() and not self.isHidden()

    def choose(self, at: int) -> None:
        """Choose the answer at a place as if it was pressed; what it still needs is asked for next."""
        list(self.radios.values())[at].click()
        if not self.reason.isHidden():
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            QTimer.singleShot(0, self, self._come_into_sight)

    def _come_into_sight(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(self, 0, 0)

    def say(self, words: str) -> None:
        """Say why an answer was not taken."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _show_code(self, code: str, *, editable: bool) -> None:
        self._code = code
        self._group.setExclusive(False)
        for own, radio in self.radios.items():
            radio.setChecked(own == code)
        self._group.setExclusive(True)
        let_tab_stop(self._group.buttons())
        self.reason.setVisible(editable and code in _WITH_REASON)
        self._facts_row.setVisible(editable and code == _WITH_FACTS)

    def _choose(self, code: str) -> None:
        if code != self._code:
            self.reason.setCurrentIndex(0)
        self._show_code(code, editable=True)
        if code == _WITH_FACTS and not self.facts.text().strip():
            self.facts.setFocus(Qt.FocusReason.OtherFocusReason)
        self._give()

    def _give(self) -> None:
        if not self._code:
            return
        reason = str(self.reason.currentData() or "") if self._code in _WITH_REASON else ""
        facts = self.facts.text().strip() if self._code == _WITH_FACTS else ""
        self.answered.emit(self._code, reason, facts)

"""Names the roster does not know, each asked once: make new, is this one, or keep the words for now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.services.importing.questions import IS, MAKE, WORDS, Answer, Key, Question
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.theme import Text
from paizhu.ui.turns import PutOff

_MOST = 100
_SHOWN = 4
_AT_ONCE = 10
"""Lines made in one turn: the first of them fill what is seen of the list."""


class AnswerCombo(DropDown):
    """What one name means; the wheel over it scrolls the list and never changes an answer."""

    def __init__(self, question: Question, said: Answer) -> None:
        super().__init__()
        self.question = question
        label = registers.register(question.register).label
        self.setAccessibleName(f"“{question.words}”是")
        self.addItem("先按原文保存", (WORDS, None))
        for record_id, words in question.candidates:
            self.addItem(f"就是 {words}", (IS, record_id))
        self.addItem(f"新建到“{label}”", (MAKE, None))
        self.show_answer(said)
        self.installEventFilter(self)

    def show_answer(self, said: Answer) -> None:
        """Show an answer; one that cannot be given here is to keep the words."""
        places = [self.itemData(at) for at in range(self.count())]
        here = (said.kind, said.id)
        self.setCurrentIndex(places.index(here) if here in places else 0)

    def answer(self) -> Answer:
        """Return what is chosen."""
        kind, record_id = self.currentData()
        return Answer(kind, record_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel pass on to the list around."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class QuestionPane(QWidget):
    """The questions of everything that is to be imported; `answered` brings the answers that changed."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._combos: list[AnswerCombo] = []
        self._said: Mapping[Key, Answer] = {}
        self._rest = PutOff(self)
        self._last: AnswerCombo | None = None
        self._keys: tuple[Key, ...] = ()
        self._questions: tuple[Question, ...] = ()
        self._title = Label("", Text.SECTION)
        self._note = ElidedLabel("", Text.SECONDARY, "ink2")
        self.all_new = Button("全部新建", Look.LINK, size=Size.SMALL)
        self.all_words = Button("全部按原文保存", Look.LINK, size=Size.SMALL)
        self.all_new.clicked.connect(lambda: self._all(MAKE))
        self.all_words.clicked.connect(lambda: self._all(WORDS))
        for button in (self.all_new, self.all_words):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        top = QHBoxLayout()
        top.setContentsMargins(16, 6, 16, 2)
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(self._note)
        top.addStretch(1)
        top.addWidget(self.all_new)
        top.addWidget(self.all_words)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setLayout(self._list)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        self.hide()

    def show_questions(self, questions: Sequence[Question], said: Mapping[Key, Answer]) -> None:
        """Show the questions with what was answered; the same ones again keep place and focus."""
        self._questions, self._said = tuple(questions), said
        keys = tuple(each.key for each in questions)
        self._title.setText(f"名册里没有的名称 {len(keys):,} 个")
        waiting = len(keys) - sum(said[key].kind != WORDS for key in keys if key in said)
        more = f"，这里列出前 {_MOST} 个" if len(keys) > _MOST else ""
        self._note.set_words(f"答一次，所有行都按此处理；{waiting:,} 个先按原文保存{more}")
        if keys == self._keys:
            if self._last is not None:
                self._last.setFocus()
            return
        self._last = None
        self._keys = keys
        empty(self._list)
        self._combos = []
        self._rest.give_up()
        self._list.addStretch(1)
        self._make_some()
        row = theme.current().heights.button + 2
        self.setMinimumHeight(row * 2 + 12)
        self.setMaximumHeight(row * (min(len(questions), _SHOWN) + 1) + 24)

    def _make_some(self) -> None:
        """Make the next lines; the rest have a turn of their own."""
        listed = self._questions[:_MOST]
        done = len(self._combos)
        for question in listed[done : done + _AT_ONCE]:
            combo = AnswerCombo(question, self._said.get(question.key, Answer()))
            combo.activated.connect(partial(self._choose, combo))
            self._list.insertWidget(len(self._combos), _line(combo))
            self._combos.append(combo)
        if len(self._combos) < len(listed):
            self._rest.put_off(self._make_some)

    def combo(self, words: str) -> AnswerCombo:
        """Return the answer to one name; KeyError for a name that is not asked about."""
        while len(self._combos) < len(self._questions[:_MOST]):
            self._rest.finish()
        for combo in self._combos:
            if combo.question.words == words:
                return combo
        raise KeyError(words)

    def asks(self) -> bool:
        """Tell whether there is any question."""
        return bool(self._keys)

    def _choose(self, combo: AnswerCombo, _at: int) -> None:
        self._last = combo
        self.answered.emit({combo.question.key: combo.answer()})

    def _all(self, kind: str) -> None:
        """Answer all alike; a name that stands in the roster already, or nearly so, is never made unasked."""
        self._last = None
        fresh = (each for each in self._questions if kind == WORDS or not (each.same_name or each.alike))
        chosen = {each.key: Answer(kind) for each in fresh}
        for combo in self._combos:
            if combo.question.key in chosen:
                combo.show_answer(Answer(kind))
        self.answered.emit(chosen)


def _line(combo: AnswerCombo) -> QFrame:
    question, look = combo.question, theme.current()
    kind = registers.register(question.register).label
    why = f"名册里有 {len(question.candidates)} 个同名" if question.same_name else f"{kind}里没有"
    if question.alike:
        why = "名册里有写法相近的，是不是同一家"
    name = ElidedLabel(f"“{question.words}”")
    name.setFixedWidth(look.px(170))
    combo.setFixedWidth(look.px(270))
    frame = QFrame()
    row = QHBoxLayout(frame)
    row.setContentsMargins(16, 1, 16, 1)
    row.setSpacing(12)
    row.addWidget(name)
    row.addWidget(combo)
    row.addWidget(ElidedLabel(f"{why}，{question.rows} 行（第 {question.first} 行起）", Text.SECONDARY, "ink2"))
    row.addStretch(1)
    frame.setFixedHeight(look.heights.button + 2)
    return frame

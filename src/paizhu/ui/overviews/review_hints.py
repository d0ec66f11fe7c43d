"""The hints beside an item: cards that show their records, go into the opinion, or are settled with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Row
from paizhu.rules.flags.finding import Level
from paizhu.services.deadlines.task import open_title
from paizhu.services.office import Office
from paizhu.services.register_keys import register_of
from paizhu.services.reviews.hints import ReviewHint
from paizhu.ui.kit.button import Button, Look, Offer, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.hint_card import COMPARED, Hint, HintCard
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.roles import Tone
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.register.words import meta_line
from paizhu.ui.theme import Text

_EVIDENCE, _WRITE, _SETTLE, _OPEN = "evidence", "write", "settle", "open"
_MOST_EVIDENCE = 8
_BODY_LINES = 3


class SettledHints(QWidget):
    """What was looked into and put aside, folded to one line; each with its reason and the way to show it again."""

    brought_back = Signal(object)

    def __init__(self, hints: Sequence[ReviewHint]) -> None:
        super().__init__()
        self.setAccessibleName("已核实的提示")
        self.unfold = Button("", Look.LINK, size=Size.SMALL)
        self._words = f"已核实的 {len(hints)} 条"
        self._lines = QWidget()
        self.unfold.clicked.connect(lambda: self._set_open(self._lines.isHidden()))
        self.links: list[Button] = []
        inside = QVBoxLayout(self._lines)
        inside.setContentsMargins(8, 0, 0, 0)
        inside.setSpacing(4)
        for hint in hints:
            inside.addWidget(Label(f"{hint.finding}　核实情况：{hint.reason}", Text.SECONDARY, "ink2", wraps=True))
            if not hint.pair:
                continue
            link = Button("恢复提示", Look.LINK, size=Size.SMALL)
            link.setAccessibleName(f"恢复提示：{hint.finding}")
            link.setToolTip("撤回“已核实”，重新列为提示；写入修改记录")
            link.clicked.connect(lambda _=False, hint=hint: self.brought_back.emit(hint))
            row = FlowLayout()
            row.addWidget(link)
            inside.addLayout(row)
            self.links.append(link)
        head = FlowLayout()
        head.addWidget(self.unfold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._lines)
        self._set_open(False)

    def _set_open(self, is_open: bool) -> None:
        self._lines.setVisible(is_open)
        self.unfold.setText(f"{'收起' if is_open else '看'}{self._words}")


class HintsPane(QWidget):
    """All hints of one item; what is done with them is told by signals."""

    write_asked = Signal(str)
    record_asked = Signal(str, int)
    settled = Signal(object, str)
    brought_back = Signal(object)
    """A settled hint that should be shown again."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.setAccessibleName("提示")
        self._title = Label("提示", Text.SECTION)
        self._note = ElidedLabel(COMPARED, Text.SECONDARY, "ink2")
        # The note must be read in full: where there is no room beside the title it goes below.
        head = FlowLayout(gap=8)
        head.addWidget(self._title)
        head.addWidget(self._note)
        self._hints: list[ReviewHint] = []
        self.put_aside = SettledHints(())
        self._cards: list[HintCard] = []
        self._places: list[QWidget] = []
        self._can_write = self._folding = False
        self._stands = True
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 6)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addStretch(1)

    def show_waiting(self) -> None:
        """Show no hints as yet: those of this item are still being compared."""
        self._hints, self._can_write = [], False
        self._stands = False
        self._title.setText("正在比对…")
        empty(self._list)
        self._cards, self._places, self._folding = [], [], False

    def show_hints(self, hints: Sequence[ReviewHint], *, can_write: bool) -> None:
        """Show other hints; the same ones stay as they are, with whatever is open at them."""
        if self._stands and list(hints) == self._hints and can_write == self._can_write:
            return
        self._stands = True
        self._hints, self._can_write = list(hints), can_write
        open_hints = [hint for hint in hints if not hint.settled]
        settled = len(hints) - len(open_hints)
        # Counted as the list beside counts: what another item of the meeting brings is no finding about this one.
        met = sum(hint.level is Level.MEETING for hint in open_hints)
        own = len(open_hints) - met
        words = f"提示 {own} 条" if own else f"同会 {met} 条" if met else "已全部核实" if settled else "没有提示"
        self._title.setText(words)
        empty(self._list)
        self._cards, self._places, self._folding = [], [], False
        for hint in open_hints:
            self._add(hint)
        self.put_aside = SettledHints([hint for hint in hints if hint.settled])
        self.put_aside.brought_back.connect(self.brought_back)
        self._list.addWidget(self.put_aside)
        # Only now: without its place it would be a window of its own for a moment, and take the focus.
        self.put_aside.setVisible(bool(settled))

    def fold(self, folded: bool) -> None:
        """Fold every card but the first to one line, or open all; what the officer opened himself stays."""
        if folded == self._folding:
            return
        self._folding = folded
        for at, card in enumerate(self._cards):
            card.set_folded(folded and at > 0)

    def height_now(self, width: int) -> int:
        """Return the height at a width with cards as they are."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout else self.sizeHint().height()

    def full_height(self, width: int) -> int:
        """Return about the height with every card open, whether or not they are now."""
        folded = sum(bool(card.property("folded")) for card in self._cards)
        return self.height_now(width) + folded * self.fontMetrics().height() * _BODY_LINES

    def _add(self, hint: ReviewHint) -> None:
        offers = []
        if hint.level is Level.MEETING and hint.evidence:
            offers.append(Offer(_OPEN, "打开该议题"))
        elif hint.evidence:
            offers.append(Offer(_EVIDENCE, f"查看 {len(hint.evidence)} 条依据"))
        if self._can_write and hint.level is not Level.MEETING:
            offers.append(Offer(_WRITE, "写入意见"))
        if hint.pair:
            offers.append(Offer(_SETTLE, "已核实…"))
        tone = Tone.DONE if hint.level is Level.MEETING else Tone.AMBER
        card = HintCard(Hint(hint.level.words, hint.finding, hint.figures, tone, offers))
        card.setToolTip(f"规则：{hint.rule}" if hint.rule else "")
        place = QWidget()
        place.hide()
        QVBoxLayout(place).setContentsMargins(8, 0, 0, 4)
        card.acted.connect(lambda key, hint=hint, place=place: self._act(key, hint, place))
        card.unfolded.connect(lambda is_open, card=card: card.setProperty("folded", not is_open))
        self._list.addWidget(card)
        # Only now: an arrow shown before the card has its place would be a window of its own and take the focus.
        for arrow in card.findChildren(QToolButton):
            arrow.show()
        self._list.addWidget(place)
        self._cards.append(card)
        self._places.append(place)

    def _act(self, key: str, hint: ReviewHint, place: QWidget) -> None:
        if key == _WRITE:
            self.write_asked.emit(hint.for_opinion)
        elif key == _OPEN:
            self.record_asked.emit(*hint.evidence[0])
        elif key == _EVIDENCE:
            self._show_evidence(hint, place)
        elif key == _SETTLE:
            self._ask_reason(hint, place)

    def _show_evidence(self, hint: ReviewHint, place: QWidget) -> None:
        if not place.isHidden() and place.property("shows") == _EVIDENCE:
            place.hide()
            return
        column = _emptied(place)
        place.setProperty("shows", _EVIDENCE)
        for register, record_id in hint.evidence[:_MOST_EVIDENCE]:
            if (words := self._named(register, record_id)) is None:
                continue
            link = Button(words, Look.LINK, size=Size.SMALL)
            link.clicked.connect(lambda _=False, at=(register, record_id): self.record_asked.emit(*at))
            row = FlowLayout()
            row.addWidget(link)
            column.addLayout(row)
        if len(hint.evidence) > _MOST_EVIDENCE:
            column.addWidget(Label(f"还有 {len(hint.evidence) - _MOST_EVIDENCE} 条", Text.SECONDARY, "ink2"))
        place.show()

    def _ask_reason(self, hint: ReviewHint, place: QWidget) -> None:
        column = _emptied(place)
        place.setProperty("shows", _SETTLE)
        ask = AskStrip()

        def give(lines: list[str]) -> None:
            if lines[0].strip():
                self.settled.emit(hint, lines[0].strip())
            else:
                ask.say("请写明核实的情况")

        ask.given.connect(give)
        ask.left.connect(place.hide)
        column.addWidget(ask)
        place.show()
        ask.ask("核实情况", "只对这一条依据有效，写入修改记录。", "登记核实", [("情况", None)])

    def _named(self, register: str, record_id: int) -> str | None:
        try:
            found = register_of(register)
            row: Row = self._office.records.get(found, record_id)
        except PaizhuError:
            return None
        return f"{open_title(found, row)}　{meta_line(found, row, self._office.desk.today)}"


def _emptied(place: QWidget) -> QVBoxLayout:
    column = place.layout()
    assert isinstance(column, QVBoxLayout)
    empty(column)
    return column

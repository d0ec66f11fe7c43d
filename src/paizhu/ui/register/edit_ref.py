"""The editor of one reference: names are proposed by words and pinyin, those outside the roster kept as written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, cast

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from paizhu.base.field import Field
from paizhu.base.rows import Ref, Value
from paizhu.services.proposing import Proposal
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.in_sight import InSight
from paizhu.ui.kit.line_mark import LineMark
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.word_list import WordDelegate
from paizhu.ui.register.editor import Editor
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text


class Names(Protocol):
    """What a line asks for names."""

    def find(self, field: Field, words: str) -> list[Proposal]:
        """Return the records that fit the words typed so far."""
        ...

    def every(self, field: Field) -> list[Proposal]:
        """Return the records there are to choose from."""
        ...

    def alike(self, field: Field, words: str) -> list[Proposal]:
        """Return the organisations that words in no roster may mean."""
        ...

    def called(self, field: Field, words: str) -> list[Ref]:
        """Return the records that go by a second name which is just these words."""
        ...


Maker = Callable[[Field, str], Ref | None]
"""Makes a record for a name that is in no roster; None when it could not be made."""

_LABEL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_PROPOSAL_ROLE = _LABEL_ROLE + 1
OUTSIDE = "未关联名册"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_POPUP, _WIDEST, _BESIDE = 320, 640, 40
"""How wide the list of names is at least and at most, and what stands beside the words of a line."""
_HINT = "从名册里选（Alt+↓）"


class NameLine(QLineEdit):
    """A line that proposes records while a name is typed; `met` gives the one that was chosen."""

    met = Signal(object)
    _taken = Signal(object)

    def __init__(self, field: Field, names: Names) -> None:
        super().__init__()
        self._field, self._names = field, names
        self._offers = QStandardItemModel(self)
        self._stays_in_sight: InSight | None = None
        completer = QCompleter(self)
        completer.setModel(self._offers)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_LABEL_ROLE)
        completer.setMaxVisibleItems(12)
        # The published types know only one of the two forms of this signal.
        cast(Any, completer.activated)[QModelIndex].connect(self._take)
        # The completer writes the words into the line after it told of the index; the choice comes after that.
        self._taken.connect(self.met, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)
        self.textEdited.connect(self._propose)
        self.mark = LineMark(self, "search", _HINT, self.offer_every)

    def proposals(self) -> list[Proposal]:
        """Return what is proposed now."""
        return [self._offers.item(at).data(_PROPOSAL_ROLE) for at in range(self._offers.rowCount())]

    def alike(self, words: str = "") -> list[Proposal]:
        """Return the organisations that words, or those in the line, may mean, none of which is called so."""
        words = " ".join((words or self.text()).split())
        return self._names.alike(self._field, words) if words else []

    def only_match(self, words: str = "") -> Ref | None:
        """Return the one record that is called exactly as the words say, by its short name too; namesakes are never
        guessed.
        """
        words = " ".join((words or self.text()).split())
        same = [found.ref for found in self._names.find(self._field, words) if found.ref.label == words]
        same = same or self._names.called(self._field, words)
        return same[0] if len(same) == 1 else None

    def offer_all(self) -> None:
        """Open the proposals for the words that stand there."""
        self._propose(self.text())
        self.completer().complete()

    def offer_every(self) -> None:
        """Open the roster itself, for whoever does not know how the name is written; another takes its place."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()
        self._show(self._names.every(self._field))
        self.completer().complete()

    def offer_these(self, proposals: Sequence[Proposal]) -> None:
        """Open a list of these alone."""
        self._show(proposals)
        self.completer().complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the roster by the keyboard; let Enter take the one name that letters stand for.

        Where the name stays in the line, Enter means the line as well.
        """
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.offer_every()
        elif event.key() in _ENTER and (meant := self._meant_by_letters()):
            self.completer().popup().hide()
            self.met.emit(meant)
            if self.text():
                self.returnPressed.emit()
        else:
            super().keyPressEvent(event)

    def _meant_by_letters(self) -> Ref | None:
        """Return the only name that is written with these letters; words stay as they are, a like name is not meant."""
        letters = self.text().strip()
        found = self._names.find(self._field, letters) if letters.isascii() and letters else []
        return found[0].ref if len(found) == 1 and not found[0].ref.label.isascii() else None

    def _propose(self, words: str) -> None:
        self._show(self._names.find(self._field, words))

    def _show(self, proposals: Sequence[Proposal]) -> None:
        self._dress()
        self._offers.clear()
        for proposal in proposals:
            item = QStandardItem("　".join(part for part in (proposal.ref.label, proposal.note) if part))
            item.setData(proposal.ref.label, _LABEL_ROLE)
            item.setData(proposal, _PROPOSAL_ROLE)
            self._offers.appendRow(item)
        self._widen()

    def _dress(self) -> None:
        """Give the list under the line the look of other lists, when there is one: most lines never propose."""
        popup = self.completer().popup()
        if isinstance(popup, QListView) and not isinstance(popup.itemDelegate(), WordDelegate):
            popup.setProperty("frame", "popup")
            popup.setAccessibleName(f"{self._field.label}：名册")
            popup.setItemDelegate(WordDelegate(popup))
        if not self._stays_in_sight:
            self._stays_in_sight = InSight(popup)

    def _widen(self) -> None:
        """Let the list be as wide as its longest line: unit and post tell namesakes apart."""
        popup, look = self.completer().popup(), theme.current()
        metrics = QFontMetrics(look.font())
        lines = (self._offers.item(at).text() for at in range(self._offers.rowCount()))
        longest = max((metrics.horizontalAdvance(words) for words in lines), default=0)
        popup.setMinimumWidth(min(max(look.px(_POPUP), longest + look.px(_BESIDE)), look.px(_WIDEST)))

    def _take(self, index: QModelIndex) -> None:
        model = index.model()
        if isinstance(model, QSortFilterProxyModel):
            index = model.mapToSource(index)
        proposal = index.data(_PROPOSAL_ROLE)
        if isinstance(proposal, Proposal):
            self._taken.emit(proposal.ref)


class RefEditor(Editor):
    """One name; below it, when it is in no roster, the ways to link it or to put it there; not in a cell."""

    def __init__(self, field: Field, names: Names, make: Maker | None = None, *, in_cell: bool = False) -> None:
        super().__init__(field)
        self._make = make
        self._in_cell = in_cell
        self._ref: Ref | None = None
        self.line = NameLine(field, names)
        self.line.textEdited.connect(self._typed)
        self.line.met.connect(self._met)
        self.line.returnPressed.connect(self.go_on)
        self.column.addWidget(self.line)
        self._outside = QWidget()
        row = FlowLayout(self._outside, gap=4)
        row.addWidget(MarkLabel(Mark(Shape.CIRCLE, OUTSIDE, Tone.QUIET), Text.SECONDARY))
        self.link_button = Button("关联名册", Look.LINK, size=Size.SMALL)
        self.link_button.clicked.connect(self._link)
        self.make_button = Button("新建", Look.LINK, size=Size.SMALL)
        self.make_button.clicked.connect(self._create)
        self.same_button = Button("", Look.LINK, size=Size.SMALL)
        self.same_button.clicked.connect(self._take_same)
        self.same_button.hide()
        self._same: list[Proposal] = []
        row.addWidget(self.same_button)
        row.addWidget(self.link_button)
        row.addWidget(self.make_button)
        self.make_button.setVisible(make is not None)
        self._outside.hide()
        self.column.addWidget(self._outside)
        self.take(self.line)
        self.left.connect(self._settle)

    def raw(self) -> Any:
        """Return the reference that is known, else the words."""
        words = " ".join(self.line.text().split())
        if self._ref and self._ref.linked and self._ref.label == words:
            return {"label": words, "register": self._ref.register, "id": self._ref.id}
        return words

    def show_value(self, value: Value) -> None:
        """Show the name, and whether a record stands behind it."""
        self._ref, self._same = value if isinstance(value, Ref) else None, []
        self.line.setText(self._ref.label if self._ref else "")
        self.line.setCursorPosition(0)
        self._show_outside()

    def show_raw(self, raw: Any) -> None:
        """Show a name as it was typed; one that the roster knows is the person it knows."""
        self.show_value(ref_of(raw))
        if self._ref and not self._ref.linked:
            self._settle()

    def show_placeholder(self, words: str) -> None:
        """Say what is wanted."""
        self.line.setPlaceholderText(words)

    def _typed(self, _words: str) -> None:
        self._ref, self._same = None, []
        self._outside.hide()
        self.edited.emit()

    def _met(self, ref: Ref) -> None:
        self._ref, self._same = ref, []
        self.line.setText(ref.label)
        self._show_outside()
        self.edited.emit()

    def _settle(self) -> None:
        if self.line.text().strip() and not (self._ref and self._ref.linked):
            self._ref = self.line.only_match()
            if self._ref:
                # A short name is linked when it is saved; what it means is seen before.
                self.line.setText(self._ref.label)
        self._same = [] if self._in_cell or (self._ref and self._ref.linked) else self.line.alike()
        self._show_outside()

    def _show_outside(self) -> None:
        known = self._in_cell or (self._ref is not None and self._ref.linked)
        if self._same and not known:
            self.same_button.setText(f"是不是{named(self._same)}")
        self.same_button.setVisible(bool(self._same) and not known)
        self._outside.setVisible(bool(self.line.text().strip()) and not known)
        # Several names, as of those a collective talk was held with, are no one of the roster and none to be put there.
        one = len(pieces(self.line.text())) == 1
        self.link_button.setVisible(one)
        self.make_button.setVisible(one and self._make is not None)

    def _take_same(self) -> None:
        """Take the one it may be; of several one is chosen from the list."""
        if len(self._same) == 1:
            self._met(self._same[0].ref)
            return
        self.line.setFocus()
        self.line.offer_these(self._same)

    def _link(self) -> None:
        self.line.setFocus()
        self.line.selectAll()
        self.line.offer_all()

    def _create(self) -> None:
        words = " ".join(self.line.text().split())
        if self._make and words and (ref := self._make(self.field, words)):
            self._met(ref)


def named(same: Sequence[Proposal]) -> str:
    """Return the organisations a name may mean as they are asked about: the first, and how many there are."""
    return f"“{same[0].ref.label}”{f'等 {len(same)} 家' if len(same) > 1 else ''}"


def ref_of(raw: Any) -> Ref | None:
    """Return the reference behind plain data; None for nothing."""
    if isinstance(raw, Ref):
        return raw
    if isinstance(raw, dict):
        return Ref(str(raw.get("label") or ""), str(raw.get("register") or ""), raw.get("id"))
    return Ref(str(raw)) if raw else None


def pieces(words: str) -> list[str]:
    """Return the names that stand in words, parted by 、 or the like."""
    for mark in "，,；;":
        words = words.replace(mark, "、")
    return [piece.strip() for piece in words.split("、") if piece.strip()]

"""The editor of several references: names as chips, each proposed, kept as written and asked about as a single one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from paizhu import registers
from paizhu.base.field import Field
from paizhu.base.rows import Ref, Value
from paizhu.services.proposing import Proposal
from paizhu.ui.icons import icon
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.register.edit_ref import OUTSIDE, NameLine, Names, named, pieces, ref_of
from paizhu.ui.register.editor import Editor
from paizhu.ui.register.flow_layout import FlowLayout


class RefsEditor(Editor):
    """Several names as chips, and a line for the next one; Enter or 、 takes it in.

    Below it, for each name in no roster that may be written otherwise there, the question whether it is the same one;
    not in a cell.
    """

    def __init__(self, field: Field, names: Names, *, in_cell: bool = False) -> None:
        super().__init__(field)
        self._in_cell = in_cell
        self._refs: list[Ref] = []
        self._same: dict[str, list[Proposal]] = {}
        self._choosing = ""
        """The name in whose place the one chosen from the list comes."""
        self.same_buttons: list[Button] = []
        self._holder = QWidget()
        self._chips = FlowLayout(self._holder)
        self.line = NameLine(field, names)
        one = "名字" if set(field.targets) <= set(registers.ROSTERS) else "编号"
        self.line.setPlaceholderText(f"写一个{one}后按回车，再写下一个")
        self.line.textEdited.connect(self._typed)
        self.line.met.connect(self._met)
        self.line.returnPressed.connect(self._entered)
        self.column.addWidget(self._holder)
        self.column.addWidget(self.line)
        self._asking = QWidget()
        self._asked = FlowLayout(self._asking, gap=4)
        self.column.addWidget(self._asking)
        self.take(self.line)
        self.left.connect(self._leave)
        self._show_chips()

    def raw(self) -> Any:
        """Return every name, with its record where it is known; a name still in the line counts too."""
        refs = [*self._refs, *(Ref(words) for words in pieces(self.line.text()))]
        return [
            {"label": ref.label, "register": ref.register, "id": ref.id} if ref.linked else ref.label for ref in refs
        ]

    def show_value(self, value: Value) -> None:
        """Show the names of the record."""
        self._refs = [ref for ref in value if isinstance(ref, Ref)] if isinstance(value, tuple) else []
        self._same, self._choosing = {}, ""
        self.line.clear()
        self._show_chips()

    def show_raw(self, raw: Any) -> None:
        """Show names as they were typed."""
        given = raw if isinstance(raw, list | tuple) else pieces(str(raw or ""))
        self.show_value(tuple(self._known(ref) for each in given if (ref := ref_of(each))))
        self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Backspace in the empty line take the last name away; the line itself would keep the key."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_empty = bool(self._refs) and not self.line.text()
            if event.key() == Qt.Key.Key_Backspace and is_empty:
                self._drop(len(self._refs) - 1)
                return True
        return super().eventFilter(watched, event)

    def _typed(self, words: str) -> None:
        self._choosing = ""
        if words and words[-1] in "、，,；;":
            self._take_words()
        self.edited.emit()

    def _entered(self) -> None:
        if self.line.text().strip():
            self._take_words()
        else:
            self.go_on()

    def _met(self, ref: Ref) -> None:
        if any(same.ref == ref for same in self._same.get(self._choosing, ())):
            self._put(self._choosing, ref)
        else:
            self._add(ref)
        self._choosing = ""
        self.line.clear()
        self._show_chips()
        self.edited.emit()

    def _take_words(self) -> None:
        typed = pieces(self.line.text())
        if typed:
            for words in typed:
                self._add(self._known(Ref(words)))
            self.line.clear()
            self._show_chips()
            self._ask()
            self.edited.emit()

    def _leave(self) -> None:
        self._take_words()
        self._ask()

    def _ask(self) -> None:
        """Look once for each name in no roster which organisation it may mean."""
        fresh = [ref.label for ref in self._refs if not ref.linked and ref.label not in self._same]
        if fresh and not self._in_cell:
            self._same |= {label: self.line.alike(label) for label in fresh}
            self._show_asked()

    def _take_same(self, label: str) -> None:
        """Take the one a name may be; of several one is chosen from the list."""
        same = self._same[label]
        self.line.setFocus()
        if len(same) == 1:
            self._met_for(label, same[0].ref)
            return
        self._choosing = label
        self.line.offer_these(same)

    def _met_for(self, label: str, ref: Ref) -> None:
        self._put(label, ref)
        self._show_chips()
        self.edited.emit()

    def _put(self, label: str, ref: Ref) -> None:
        """Put a record of the roster in the place of a name as it was written."""
        refs = [ref if not each.linked and each.label == label else each for each in self._refs]
        self._refs = []
        for each in refs:
            self._add(each)

    def _add(self, ref: Ref) -> None:
        # Enter on a proposal both chooses it and ends the line; nobody is named twice.
        if not any((each.label, each.register, each.id) == (ref.label, ref.register, ref.id) for each in self._refs):
            self._refs.append(ref)

    def _known(self, ref: Ref) -> Ref:
        return ref if ref.linked else self.line.only_match(ref.label) or ref

    def _drop(self, at: int) -> None:
        del self._refs[at]
        self._show_chips()
        self.edited.emit()
        self.line.setFocus()

    def _show_chips(self) -> None:
        empty(self._chips)
        for at, ref in enumerate(self._refs):
            chip = QToolButton()
            chip.setText(ref.label if ref.linked else f"{ref.label}（{OUTSIDE}）")
            chip.setIcon(icon("close"))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setToolTip(f"去掉{ref.label}")
            chip.setAccessibleName(f"去掉{ref.label}")
            chip.clicked.connect(lambda _=False, at=at: self._drop(at))
            self._chips.addWidget(chip)
        self._holder.setVisible(bool(self._refs))
        self._show_asked()

    def _show_asked(self) -> None:
        empty(self._asked)
        self.same_buttons = []
        for ref in self._refs:
            if not ref.linked and (same := self._same.get(ref.label)):
                button = Button(f"“{ref.label}”是不是{named(same)}", Look.LINK, size=Size.SMALL)
                button.clicked.connect(lambda _=False, label=ref.label: self._take_same(label))
                self._asked.addWidget(button)
                self.same_buttons.append(button)
        self._asking.setVisible(bool(self.same_buttons))

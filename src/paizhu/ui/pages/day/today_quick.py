"""The line of quick capture: what one sentence was taken for stands under it before anything is saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.base.errors import PaizhuError
from paizhu.services.drafts import Drafts
from paizhu.services.quick.capture import Understood
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.search_box import SearchBox
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text
from paizhu.ui.when_seen import WhenSeen

WORDS = "快速登记：写一句话，例如“9月25日 与孙立新 日常廉政谈话”"
_KEPT = ("quick", "sentence")
_NEW = 0
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SentenceEdit(SearchBox):
    """One line; Enter saves, Shift+Enter opens the form, Esc leaves the line and keeps the words."""

    form_asked = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell Shift+Enter from Enter, and let Esc leave."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.form_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class QuickLine(QWidget):
    """A sentence becomes a record; its words stay until they are saved, over a lock as well."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._quick = context.office.quick
        self._chosen: str | None = None
        self.understood = Understood(None)
        self.line = SentenceEdit(WORDS, "Ctrl+N", icon="plus")
        self.line.setAccessibleName("快速登记")
        self.line.setAccessibleDescription("写一句话，回车保存，Shift+回车先打开表单")
        self.line.textChanged.connect(self._type)
        self.line.returnPressed.connect(self.save)
        self.line.form_asked.connect(self.open_form)
        self.line.left.connect(self.left)
        self._said = Label("", Text.SECONDARY, "ink2", wraps=True)
        self._unclear = MarkLabel(Mark(Shape.TRIANGLE, "", Tone.AMBER), Text.SECONDARY)
        self._more = Label("", Text.SECONDARY, "amber", wraps=True)
        self._problem = Label("", Text.SECONDARY, "accent", wraps=True)
        self.store = Button("保存", shortcut="Enter", size=Size.SMALL)
        self.store.clicked.connect(self.save)
        self.form = Button("打开表单补充", Look.LINK, shortcut="Shift+Enter", size=Size.SMALL)
        self.form.clicked.connect(self.open_form)
        self.choices = {kind.key: Button(kind.button, size=Size.SMALL) for kind in self._quick.kinds}
        self._lay_out()
        context.events.changed.connect(WhenSeen(self, self._read_again).ask)
        self.line.setText(context.office.vault.kept(*_KEPT) or "")
        self._show()

    def start(self) -> None:
        """Put the cursor into the line; what stands there is taken up again."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def is_busy(self) -> bool:
        """Tell whether a sentence stands there that is not saved."""
        return bool(self.line.text().strip())

    def keep(self) -> None:
        """Keep the sentence in the vault, to stand there again after a lock."""
        vault = self._context.office.vault
        words = self.line.text().strip() or None
        if not vault.closed and words != vault.kept(*_KEPT):
            vault.keep(*_KEPT, words)

    def choose(self, register: str) -> None:
        """Take the sentence for a record of this register, as the officer says."""
        self._chosen = register
        self._read_again()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save what was understood; without a register the buttons ask for it, and nothing typed is lost."""
        if not self.is_busy() or self._asks():
            return
        try:
            change = self._quick.save(self.understood)
        except PaizhuError as error:
            self._say_problem(f"还没有保存：{messages.sentence(error)}")
            return
        register_key, record_id = change.records[0]
        register = registers.register(register_key)
        row = self._context.office.records.get(register, record_id)
        self._done()
        self._context.events.changed.emit(change)
        self._context.events.said.emit(f"已登记{register.label} {row.no}".strip(), change.entry)

    def open_form(self) -> None:
        """Open the form of the register with everything understood filled in; saving is done there."""
        if not self.is_busy() or self._asks():
            return
        register = registers.register(str(self.understood.register))
        drafts = Drafts(self._context.office.desk)
        if drafts.find(register, None):
            self._say_problem(f"“{register.label}”有一张没有保存的新表单，先保存或放弃它；这句话留在这里。")
            return
        drafts.keep(register, None, dict(self.understood.values))
        self._context.events.asked_for.emit(register.key, _NEW)
        # A form that stood open and empty takes the draft away with it; then the sentence is the only copy.
        if drafts.find(register, None):
            self._done()

    # --- the machine -------------------------------------------------------------------------------------------

    def _asks(self) -> bool:
        if self.understood.register is None:
            next(iter(self.choices.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        return self.understood.register is None

    def _done(self) -> None:
        self.line.clear()
        self.keep()

    def _type(self, words: str) -> None:
        if not words.strip():
            self._chosen = None
        self._understand()

    def _read_again(self) -> None:
        self._quick.refresh()
        self._understand()

    def _understand(self) -> None:
        self.understood = self._quick.understand(self.line.text(), self._chosen)
        self._say_problem("")
        self._show()

    def _say_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _show(self) -> None:
        typed, known = self.is_busy(), self.understood.register is not None
        unclear = "；".join(self.understood.unclear)
        self._said.setText(f"识别为：{self.understood.words}" if known else "登记到哪个台账？请选一个：")
        self._unclear.set_mark(Mark(Shape.TRIANGLE, "待核对", Tone.AMBER))
        self._more.setText(unclear)
        for part in (self._unclear, self._more):
            part.setVisible(typed and bool(unclear))
        for button in (self.store, self.form):
            button.setVisible(known)
        self._asking.setVisible(typed and not known)
        self._below.setVisible(typed)
        self.line.setAccessibleDescription(
            "。".join(words for words in (self._said.text(), unclear and f"待核对：{unclear}") if words)
            if typed
            else "写一句话，回车保存，Shift+回车先打开表单"
        )

    def _lay_out(self) -> None:
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._said, 1)
        said.addWidget(self.store)
        said.addWidget(self.form)
        unclear = QHBoxLayout()
        unclear.setSpacing(8)
        unclear.addWidget(self._unclear)
        unclear.addWidget(self._more, 1)
        self._asking = QWidget()
        row = FlowLayout(self._asking)
        for key, button in self.choices.items():
            button.setAccessibleDescription("把这句话登记到这个台账")
            button.clicked.connect(partial(self._choose, key))
            row.addWidget(button)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(8, 0, 0, 0)
        below.setSpacing(4)
        below.addLayout(said)
        below.addWidget(self._asking)
        below.addLayout(unclear)
        below.addWidget(self._problem)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._below)

    def _choose(self, register: str, _checked: bool = False) -> None:
        self.choose(register)

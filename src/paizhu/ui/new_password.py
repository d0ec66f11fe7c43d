"""Setting a password: typed twice, judged while it is typed, the rules ticking off."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paizhu.services.safety.passwords import RULES, Judgement, judge
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit, RuleList, StrengthBar


class NewPassword(QWidget):
    """Two fields and a strength; `rules` is a list to be placed where the page has room for it."""

    changed = Signal()
    entered = Signal()

    def __init__(self, words: str = "口令", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self.first = PasswordEdit(words)
        self.second = PasswordEdit("再输一遍")
        self.rules = RuleList(RULES)
        self._strength = StrengthBar()
        self._note = FieldNote(self.second.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for name, edit in ((words, self.first), ("再输一遍", self.second)):
            label = Label(name)
            label.setBuddy(edit.field)
            column.addWidget(label)
            column.addWidget(edit)
            if edit is self.first:
                column.addWidget(self._strength)
                column.addSpacing(10)
        column.addWidget(self._note)
        for edit in (self.first, self.second):
            edit.edited.connect(self._judge)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.entered)
        # The passphrase is typed twice running: Tab must not stop at 显示 between the two.
        for before, after in pairwise((self.first.field, self.second.field, self.first.reveal, self.second.reveal)):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(self.first)
        self._judge()

    def set_names(self, names: Sequence[str]) -> None:
        """Say which words must not stand in the password."""
        self._names = tuple(names)
        self._judge()

    def judgement(self) -> Judgement:
        """Return how what is typed now stands against the rules."""
        return judge(self.first.text(), self.second.text(), self._names)

    def password(self) -> str:
        """Return what was typed first; whether it was repeated rightly is asked apart."""
        return self.first.text()

    def waits_for(self) -> str:
        """Return why the password cannot be used yet; empty when it can."""
        missing = [rule for rule, met in zip(RULES, self.judgement().met, strict=True) if not met]
        return f"口令还须满足：{'、'.join(missing)}" if missing else ""

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()

    def _judge(self) -> None:
        judged = self.judgement()
        self._strength.show_strength(judged.strength, judged.advice)
        self.rules.show_met(judged.met)
        first, second = self.first.text(), self.second.text()
        if not second or first == second:
            self._note.clear()
        elif first.startswith(second):
            self._note.show_hint("还没输完，与上面尚不一致")
        else:
            self._note.show_caution("与上面不一致")
        self.changed.emit()

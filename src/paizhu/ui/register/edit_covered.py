"""The editor of a field of class P4: what the record holds stays covered, also while its section is open for typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.rows import Value
from paizhu.base.values import MASK
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.register.editor import Editor
from paizhu.ui.theme import Text

_COVERED = f"{MASK}　已填写"
_ANEW = "重新填写；留空保存就是清空"


def is_secret(field: Field) -> bool:
    """Tell whether a field is of class P4 and not sealed by itself: its value is covered till the password is given."""
    return field.sens is Sens.P4 and field.kind is not FieldKind.SEALED


class CoveredEditor(Editor):
    """Covers what is there and takes new words in its place; typed by the officer himself, they can be read.

    What is covered is kept here and in no widget, so that neither the screen nor a screen reader has it.
    """

    def __init__(self, field: Field, make: Callable[[Field], Editor]) -> None:
        super().__init__(field)
        self._inner = make(field)
        self._inner.onward = lambda: bool(self.onward and self.onward())
        self._inner.edited.connect(self.edited)
        self._inner.left.connect(self.left)
        self.target = self._inner.target
        self._kept: Any = None
        self._before: Any = None
        self.is_covered = self.seen = False
        self._line = QWidget()
        self._words = Label("", Text.SECONDARY, "ink2")
        self.button = Button("重新填写", Look.LINK, size=Size.SMALL)
        self.button.clicked.connect(self._press)
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addWidget(self._line)
        self.column.addWidget(self._inner)
        self._arrange()

    @property
    def inner(self) -> Editor:
        """The editor of the field's kind."""
        return self._inner

    def raw(self) -> Any:
        """Return what is covered as it is, or what stands in the field."""
        return self._kept if self.is_covered else self._inner.raw()

    def show_value(self, value: Value) -> None:
        """Hold a value of the record, covered unless it was opened with the password."""
        self._before = None
        self.is_covered = False
        self._inner.show_value(value)
        self._settle()

    def show_raw(self, raw: Any) -> None:
        """Show what was typed: it is the officer's own and not saved yet."""
        if self.is_covered:
            self._before, self._kept, self.is_covered = (self._kept,), None, False
        self._inner.show_raw(raw)
        self._settle(typed=True)

    def show_read(self, words: str) -> None:
        """Show how typed words were understood; what is covered stays so."""
        if not self.is_covered:
            self._inner.show_read(words)

    def show_placeholder(self, words: str) -> None:
        """Say what is wanted in the empty field."""
        self._inner.show_placeholder(words)

    def uncover(self) -> None:
        """Show what is covered, after the password was given again."""
        self.seen = True
        if self.is_covered:
            self.is_covered = False
            self._inner.show_raw(self._kept)
            self._kept = None
        self._arrange()

    def cover(self) -> None:
        """Cover what stands in the field; an empty one that is being typed anew stays open."""
        self.seen = False
        self._settle()

    def _settle(self, *, typed: bool = False) -> None:
        raw = self._inner.raw()
        if not self.is_covered and not self.seen and not typed and raw not in ("", [], None):
            self._kept, self._before, self.is_covered = raw, None, True
            had_focus = self._inner.isAncestorOf(self.focusWidget() or self)
            self._inner.show_value(None)
            self._arrange()
            if had_focus:
                self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._arrange()

    def _press(self) -> None:
        if self.is_covered:
            self._before, self._kept, self.is_covered = (self._kept,), None, False
            self._arrange()
            self._inner.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._before:
            (raw,), self._before = self._before, None
            if self.seen:
                self._inner.show_raw(raw)
            else:
                self._kept, self.is_covered = raw, True
                self._inner.show_value(None)
            self._arrange()
            (self._inner if self.seen else self.button).setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _arrange(self) -> None:
        anew = self._before is not None
        self._words.setText(_COVERED if self.is_covered else _ANEW)
        self.button.setText("重新填写" if self.is_covered else "不改了")
        self.button.setAccessibleName(f"{self.button.text()}{self.field.label}")
        self._line.setVisible(self.is_covered or anew)
        self._inner.setVisible(not self.is_covered)
        self.setFocusProxy(self.button if self.is_covered else self._inner)

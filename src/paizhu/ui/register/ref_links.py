"""References of a field that is read: each record a line that opens it, words without a record as they were written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.base.field import Field
from paizhu.base.rows import Ref, Value, refs_in
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.eliding import cut
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import Label


class RefLinks(QWidget):
    """One line for each reference; `opened` names the register and the record."""

    opened = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_refs(self, refs: Sequence[Ref]) -> None:
        """Show these in place of those there were."""
        empty(self._column)
        for ref in refs:
            self._column.addWidget(self._line(ref))

    def _line(self, ref: Ref) -> QWidget:
        if ref.id is None:
            return Label(ref.label, wraps=True)
        link = _Link(ref.label)
        link.setAccessibleName(f"打开{ref.label}")
        link.clicked.connect(lambda: self.opened.emit(ref.register, ref.id))
        return link


class _Link(Button):
    """A link that gives way in a narrow form: its words are cut, the tooltip has all of them."""

    def __init__(self, words: str) -> None:
        super().__init__(words, Look.LINK, size=Size.SMALL)
        self._words = words
        self.setProperty("start", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the width there is."""
        super().resizeEvent(event)
        shown = cut(self.fontMetrics(), self._words, max(self.width() - 8, 0))
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._words if shown != self._words else "")


def linked_refs(field: Field, value: Value) -> tuple[Ref, ...]:
    """Return the references a form shows as links; none where they are names or nobody linked them."""
    # What is called by a name is read as one; it is looked up in its roster, not opened from every form.
    if not field.is_reference or (len(field.targets) == 1 and field.targets[0] in registers.ROSTERS):
        return ()
    refs = refs_in(value)
    return refs if any(ref.linked for ref in refs) else ()

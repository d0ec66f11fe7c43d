"""Esc in a form leaves the typing: the record reads as it is saved, and what was typed waits as a draft.

Where a form stands open all the time there is nothing to shut, so that Esc leads back to the list at once.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from paizhu.services.drafts import Draft
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.words import new_words

RESUME = "resume"


class Leaving(QObject):
    """Puts what is typed aside as a draft, and back into the form as soon as anything of it is opened again."""

    left_new = Signal()
    """A record that was never saved is left; its draft comes back with the next new one."""
    left_open = Signal()
    """A record is left that is still being written: its form stands open all the time, with what was typed."""

    def __init__(self, context: Context, pane: DetailPane, keep: Callable[[], None], shut: Callable[[], None]) -> None:
        super().__init__(pane)
        self._context, self._pane = context, pane
        self._keep, self._shut = keep, shut
        self._is_aside = False
        pane.form.installEventFilter(self)
        pane.form.opened.connect(self.resume)
        pane.strip.acted.connect(self._acted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take an Esc that no field, list or cell of the form wanted for itself."""
        key = event.key() if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress else None
        if key == Qt.Key.Key_Escape and self._pane.form.is_open:
            self._leave()
            return True
        return super().eventFilter(watched, event)

    def settle(self) -> None:
        """Forget that a draft stands aside: the form shows it, or another record."""
        self._is_aside = False

    def aside(self) -> Draft | None:
        """Return what stands aside, for whoever writes the record meanwhile and must not lose it."""
        return self._pane.work.draft() if self._is_aside else None

    def resume(self) -> None:
        """Put what stands aside back into the form."""
        draft = self.aside()
        self._is_aside = False
        if draft:
            self._pane.form.show_draft(draft)
            self._pane.work.version = draft.version or self._pane.work.version
            self._pane.strip.hide()

    def bring_back(self) -> None:
        """Open the fields of what stands aside; the form then shows it again."""
        names = list(draft.typed) + list(draft.rows) if (draft := self.aside()) else []
        self._pane.form.open_fields(names)
        if names and self._pane.form.body.has_field(names[0]):
            self._pane.form.open_section(name=names[0])

    def _leave(self) -> None:
        work, form = self._pane.work, self._pane.form
        self._keep()
        row = work.row
        if row is None:
            if work.draft():
                words = f"没有登记，填写的内容存为草稿，再{new_words(work.register)}时接着填"
                self._context.events.said.emit(words, 0)
            self.left_new.emit()
            return
        # First, or the field that goes hands the focus on, and the form scrolls after it.
        self._pane.header.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._shut()
        if form.is_open:
            if kept := work.draft():
                form.show_draft(kept)
            self.left_open.emit()
        elif work.draft():
            self._is_aside = True
            offers = [Offer(RESUME, "接着填", Look.LINK), Offer("drop", "不要草稿", Look.LINK)]
            self._pane.strip.show_words(
                "已离开编辑，还没有保存", "填写的内容存为草稿，点修改（F2）就放回来。", offers=offers
            )
            self._pane.strip.show()

    def _acted(self, key: str) -> None:
        if key == RESUME:
            self.bring_back()
        elif key == "drop":
            self.settle()

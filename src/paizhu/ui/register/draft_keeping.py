"""Keeping what stands typed in a pane as an encrypted draft, and telling when the disk does not take it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from paizhu.base import clock
from paizhu.base.errors import PaizhuError
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.register.detail_pane import DetailPane

HEADLINE = "草稿还没有写到盘上"
_KEPT = "正在填写的内容先留在本程序里，已保存的记录没有动。"
_NEXT = "腾出空间或插好盘以后接着填，会自动存下；在那以前请不要关机。"
_LEFT = f"{HEADLINE}，填写的内容先留在本程序里。腾出空间或插好盘以后会自动存下，在那以前请不要关机"


class DraftKeeping(QObject):
    """Keeps the draft of one pane; a disk that does not take it is told of where the record stands, until it does."""

    def __init__(self, context: Context, pane: DetailPane) -> None:
        super().__init__(pane)
        self._context, self._pane = context, pane
        self.strip = Strip()
        self.strip.hide()
        pane.add_below_strip(self.strip)

    def keep(self) -> bool:
        """Keep the draft; True when there was something to keep.

        A refusal is told and goes no further: a full disk must keep nobody from locking the desk.
        """
        try:
            kept = self._keep()
        except PaizhuError as error:
            self._refused(error)
            return True
        self.settle()
        return kept

    def settle(self) -> None:
        """Say no more of it: it is on the disk, saved or thrown away."""
        if not self.strip.isHidden():
            self.strip.hide()
            self._context.events.draft_kept.emit()

    def leave(self) -> None:
        """Let another record come: what is in memory alone is told once more, in passing."""
        if not self.strip.isHidden():
            self.strip.hide()
            self._context.events.said.emit(_LEFT, 0)

    def _refused(self, error: PaizhuError) -> None:
        self._pane.bar.show_saved("")
        why = messages.ended(error.happened.partition("：")[2] or error.happened)
        self.strip.show_words(HEADLINE, f"{why}{_KEPT}{_NEXT}", Level.ERROR)
        self.strip.show()
        if not self._pane.isVisibleTo(self._pane.window()):
            # Kept while another page comes, where the strip is not seen; its parts are hidden only after the page.
            self._context.events.said.emit(_LEFT, 0)

    def _keep(self) -> bool:
        pane, closed = self._pane, self._context.office.vault.closed
        if not closed:
            pane.keep_typed_in_overview()
        if closed or not pane.has_record or not pane.form.is_open:
            return False
        typed, rows = pane.form.typed(), pane.form.typed_rows()
        if not typed and not rows and pane.work.draft() is None:
            return False
        pane.work.keep_draft(typed, rows)
        if typed or rows:
            pane.bar.show_saved(f"{clock.now():%H:%M} 已存草稿")
        return True

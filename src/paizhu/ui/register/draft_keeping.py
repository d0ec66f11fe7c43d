"""Keeping what stands typed in a pane as an encrypted draft, and telling when the disk does not take it."""

from __future__ import annotations

from paizhu.base import clock
from paizhu.base.errors import PaizhuError
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.trouble import Trouble
from paizhu.ui.register.detail_pane import DetailPane

HEADLINE = "草稿还没有写到盘上"
_KEPT = "正在填写的内容先留在本程序里，已保存的记录没有动。"
_NEXT = "腾出空间或插好盘以后接着填，会自动存下；在那以前请不要关机。"


def keep_draft(context: Context, pane: DetailPane) -> bool:
    """Keep the draft of a pane; True when there was something to keep.

    A refusal is shown by the window and goes no further: a full disk must keep nobody from locking the desk.
    """
    try:
        return _keep(context, pane)
    except PaizhuError as error:
        pane.bar.show_saved("")
        window = pane.window()
        if isinstance(window, messages.Teller):
            why = error.happened.partition("：")[2] or error.happened
            window.show_trouble(Trouble(HEADLINE, messages.ended(why), _KEPT, _NEXT))
        return True


def _keep(context: Context, pane: DetailPane) -> bool:
    closed = context.office.vault.closed
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

"""The keys for the size of the words on pages that stand before the desk, which has them among its commands."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from paizhu.ui import theme


def take_size_keys(page: QWidget) -> None:
    """Let Ctrl++, Ctrl+− and Ctrl+0 work on a page: who cannot read it well sees it for the first time here."""
    look = theme.current()
    for keys, change in (
        ("Ctrl++", look.larger),
        ("Ctrl+=", look.larger),
        ("Ctrl+-", look.smaller),
        ("Ctrl+0", look.normal),
    ):
        # Without a context of its own the key is the window's, and heard while the page is in sight.
        key = QShortcut(QKeySequence(keys), page, partial(look.gently, change))
        key.setAutoRepeat(False)

"""Pages behind one another of which only the one in front counts for the height."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget


class OnePage(QStackedWidget):
    """Qt makes a stack as high as its longest page, and a short one could then be scrolled into nothing."""

    def __init__(self, pages: Sequence[QWidget]) -> None:
        super().__init__()
        for page in pages:
            page.setParent(self)
            # Without a word of their own, children come to sight with what holds them.
            page.hide()
        self.bring(pages[0])

    def bring(self, page: QWidget) -> None:
        """Show a page alone."""
        if (before := self.currentWidget()) is not page:
            if before is not None:
                self.removeWidget(before)
                before.hide()
            self.addWidget(page)
        self.setCurrentWidget(page)

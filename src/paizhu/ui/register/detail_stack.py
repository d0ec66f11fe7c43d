"""The parts of a record that lie behind one another: overview and form, and three that are made when looked at."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from paizhu.ui import theme
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.kit.standing_still import StandingStill
from paizhu.ui.register.attachments_pane import AttachmentsPane
from paizhu.ui.register.history_pane import HistoryPane
from paizhu.ui.register.timeline_pane import TimelinePane

OVERVIEW, FORM, TIMELINE, FILES, HISTORY = range(5)
_Late = TypeVar("_Late", bound=QWidget)


class DetailStack(QStackedWidget):
    """Each part in a scroll area of its own, in the order of the tabs."""

    undo_asked = Signal(int)
    """Number of the entry that is to be taken back."""
    files_made = Signal(object)
    """The pane of files was made; its wishes can be heard from now on."""

    def __init__(self, overview: QWidget | None, form: QWidget) -> None:
        super().__init__()
        self.form_scroll = scrolling(form)
        self.stands = StandingStill(self.form_scroll)
        self.currentChanged.connect(self.stands.let_go)
        self.addWidget(scrolling(overview) if overview else QWidget())
        self.addWidget(self.form_scroll)
        for _late in (TIMELINE, FILES, HISTORY):
            self.addWidget(QWidget())

    @property
    def made(self) -> frozenset[int]:
        """Which of the parts that are made late are there."""
        late = {TIMELINE: "timeline", FILES: "files", HISTORY: "history"}
        return frozenset(at for at, name in late.items() if name in self.__dict__)

    def parts(self) -> list[QWidget]:
        """Return what lies behind one another."""
        return [self.widget(at) for at in range(self.count())]

    def to_top(self) -> None:
        """Let another record begin at its top."""
        self.stands.let_go()
        for at in range(self.count()):
            part = self.widget(at)
            if isinstance(part, QScrollArea):
                part.verticalScrollBar().setValue(0)
        # An overview may have columns that scroll by themselves.
        for column in self.widget(OVERVIEW).findChildren(QScrollArea):
            column.verticalScrollBar().setValue(0)

    def overview_to_top(self) -> None:
        """Show where the record stands now and what it offers next; both stand at the top of the overview."""
        part = self.widget(OVERVIEW)
        if isinstance(part, QScrollArea):
            part.verticalScrollBar().setValue(0)

    def scroll_form_to(self, widget: QWidget) -> None:
        """Scroll the form until a field with its note is seen; one made just now has its place when it is laid out."""
        form = self.form_scroll
        QTimer.singleShot(0, widget, lambda: form.ensureWidgetVisible(widget, 0, theme.current().px(76)))

    @cached_property
    def timeline(self) -> TimelinePane:
        """The days of the record."""
        return self._put(TIMELINE, TimelinePane())

    @cached_property
    def files(self) -> AttachmentsPane:
        """The files at the record."""
        pane = self.__dict__["files"] = self._put(FILES, AttachmentsPane())
        self.files_made.emit(pane)
        return pane

    @cached_property
    def history(self) -> HistoryPane:
        """What was done to the record."""
        pane = self._put(HISTORY, HistoryPane())
        pane.undo_asked.connect(self.undo_asked)
        return pane

    def _put(self, at: int, pane: _Late) -> _Late:
        held, in_front = self.widget(at), self.currentIndex() == at
        self.insertWidget(at, scrolling(pane))
        if in_front:
            self.setCurrentIndex(at)
        self.removeWidget(held)
        held.deleteLater()
        return pane

"""What was done last, said at the foot of the desk, and taken back from there or by the keys of undo and redo."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from paizhu.ui.context import Context
from paizhu.ui.kit.undo_bar import UndoBar
from paizhu.ui.page_offers import ask
from paizhu.ui.page_stack import PageStack
from paizhu.ui.undoing import is_written_in, offered, redo_typing, take_back

_BUSY = "表单里还有没保存的内容，没有撤销以前的操作。先保存，或点到列表里再撤销。"


class LastAct(QObject):
    """Owns the bar; a page that says for itself what was done in it keeps the bar silent."""

    def __init__(self, context: Context, pages: PageStack) -> None:
        super().__init__(pages)
        self._context = context
        self._pages = pages
        self._entry = 0
        self._is_of_page = False
        """What is said holds for the page in front alone."""
        self.bar = UndoBar()
        self.bar.undo_asked.connect(self._take_said_back)
        events = context.events
        # Methods, not lambdas: events outlive the desk, and must not speak to what is deleted.
        events.said.connect(self._take_said)
        events.changed.connect(self.bar.settle)
        events.written.connect(self.leave_off)
        events.begun.connect(self.leave_off)
        pages.shown.connect(self._leave_page)

    def say(self, words: str, entry: int = 0) -> None:
        """Say what was done; with an entry of the journal it can be taken back."""
        self._entry, self._is_of_page = entry, False
        self.bar.show_done(words, offered(self._context, entry))

    def say_of_page(self, words: str) -> None:
        """Say something of the page in front; it leaves with the page."""
        self.say(words)
        self._is_of_page = True

    def leave_off(self) -> None:
        """Say no more what was done before, unless it can still be taken back there."""
        if not self._entry:
            self.bar.settle()

    def undo(self) -> None:
        """Take the newest act back."""
        if self._is_typing() or self._is_coming("撤销"):
            return
        entry = self._context.office.history.last_undoable()
        if entry is None:
            self.say("没有可以撤销的操作。")
        else:
            take_back(self._context, entry.id)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if redo_typing(QApplication.focusWidget()) or self._is_typing() or self._is_coming("重做"):
            return
        entry = self._context.office.history.last_redoable()
        if entry is None:
            self.say("没有可以重做的操作。")
        else:
            take_back(self._context, entry.id)

    def _leave_page(self, _key: str) -> None:
        if self._is_of_page:
            self._is_of_page = False
            self.bar.settle()

    def _take_said(self, words: str, entry: int) -> None:
        if not self._pages.shows_said:
            self.say(words, entry)

    def _take_said_back(self) -> None:
        if self._entry:
            take_back(self._context, self._entry)

    def _is_typing(self) -> bool:
        """Tell whether the key came out of a field while others hold what is not saved: it was meant for those."""
        focus, page = QApplication.focusWidget(), self._pages.currentWidget()
        inside = page is not None and focus is not None and page.isAncestorOf(focus) and is_written_in(focus)
        if not (inside and ask(page, "is_busy")):
            return False
        self.say(_BUSY)
        return True

    def _is_coming(self, verb: str) -> bool:
        """Tell whether the act that is meant is still being written: the newest that stands is an older one."""
        coming = self._context.tasks.at_act
        if coming:
            self.say(f"“{coming}”还没有写完，没有{verb}以前的操作。等它写完再{verb}。")
        return bool(coming)

"""What stands where on the import page; what it does is the page's matter."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from paizhu import registers
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.dropped import files_there
from paizhu.ui.kit.held_in_view import HeldInView
from paizhu.ui.kit.loading import LoadingPane
from paizhu.ui.kit.scrolled import scrolled
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.stepper import Stepper
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.wizards.import_bars import ImportActions, ImportHead
from paizhu.ui.wizards.import_done import DonePane
from paizhu.ui.wizards.import_files import FilesPane
from paizhu.ui.wizards.import_header import HeaderPane
from paizhu.ui.wizards.import_log import ImportLog
from paizhu.ui.wizards.import_mapping import MappingPane
from paizhu.ui.wizards.import_middle import ImportMiddle
from paizhu.ui.wizards.import_next import ImportStep
from paizhu.ui.wizards.import_preview import PreviewPane
from paizhu.ui.wizards.import_questions import QuestionPane
from paizhu.ui.wizards.import_side import SidePane

FILES, HEADER, MAPPING, CHECK, DONE = ImportStep
_WITH_ROWS = {"", "正在导入", "正在读入工作簿"}
_NARROW = 1040


class ImportPanes(QWidget):
    """Head, steps, tables, the pane of the step beside the side column, and the buttons below."""

    dropped = Signal(list)
    log_asked = Signal()
    log_left = Signal()
    again_asked = Signal()
    rest_asked = Signal()

    def __init__(self, context: Context, register: str) -> None:
        super().__init__()
        self._context = context
        self.head = ImportHead(registers.register(register).label if register else "")
        self.stepper = Stepper()
        self.strip = Strip(closable=True)
        self.segments = Segments("要导入的表")
        self.files = FilesPane()
        self.loading = LoadingPane()
        self.bar = ImportActions()
        self._stack = QStackedWidget()
        self._steps, self._segments_bar = QFrame(), QFrame()
        self.step = FILES
        self._running, self._rows = "", 0
        self._left: QWidget | None = None
        self._lay_out()

    @cached_property
    def middle(self) -> ImportMiddle:
        """The panes that look at a table, made when there is one, or in a turn of their own before."""
        panes = ImportMiddle()
        self._put(panes)
        self._join_middle(panes)
        return panes

    @property
    def has_middle(self) -> bool:
        """Tell whether the panes that look at a table are there."""
        return "middle" in self.__dict__

    def _join_middle(self, made: ImportMiddle) -> None:
        """Hear of what is done in the panes that look at a table."""
        raise NotImplementedError

    @property
    def header(self) -> HeaderPane:
        """The step 识别表头."""
        return self.middle.header

    @property
    def mapping(self) -> MappingPane:
        """The step 对应字段."""
        return self.middle.mapping

    @property
    def preview(self) -> PreviewPane:
        """The rows."""
        return self.middle.preview

    @property
    def questions(self) -> QuestionPane:
        """Names the roster does not know."""
        return self.middle.questions

    @property
    def side(self) -> SidePane:
        """The column beside the panes."""
        return self.middle.side

    @cached_property
    def done(self) -> DonePane:
        """The last pane, made when there is something to tell."""
        pane = DonePane(self._context)
        pane.log_asked.connect(self.log_asked)
        pane.again_asked.connect(self.again_asked)
        pane.rest_asked.connect(self.rest_asked)
        self._put(pane)
        return pane

    @cached_property
    def log(self) -> ImportLog:
        """The batches so far, made when they are first looked at."""
        pane = ImportLog(self._context)
        pane.left.connect(self.log_left)
        self._put(pane)
        return pane

    def show_panes(self, step: ImportStep, *, has_table: bool) -> None:
        """Show the panes of a step."""
        middle = step in (HEADER, MAPPING, CHECK) and has_table
        self._stack.setCurrentWidget(self.middle if middle else self.done if step == DONE else self.files)
        self.step = step
        self.arrange()
        self.stepper.show()
        self.bar.show()

    def _put(self, pane: QWidget) -> None:
        self._stack.addWidget(pane)
        self._share_room(self._stack.currentIndex())

    def _share_room(self, current: int) -> None:
        """Let the pane in front alone say how large the page must be; in a low window it scrolls, buttons apart."""
        for at in range(self._stack.count()):
            pane = self._stack.widget(at)
            policy = QSizePolicy.Policy.Preferred if at == current else QSizePolicy.Policy.Ignored
            pane.setSizePolicy(policy, policy)

    def let_see(self, pane: QWidget) -> None:
        """Let a pane of the step be seen, and stay so while the step gets its heights."""
        self._held.hold(pane)

    def show_tables_bar(self, shown: bool) -> None:
        """Show or hide the choice of the table in hand."""
        self._segments_bar.setVisible(shown)

    def show_log_pane(self) -> None:
        """Show the batches in place of the import."""
        self._stack.setCurrentWidget(self.log)
        for widget in (self.stepper, self._segments_bar, self.bar, self.strip):
            widget.hide()

    def shows_log(self) -> bool:
        """Tell whether the batches are shown."""
        return isinstance(self._stack.currentWidget(), ImportLog)

    def say(self, words: str, detail: str, level: Level = Level.PLAIN) -> None:
        """Tell something over the panes, until it is closed or work begins."""
        self.strip.show_words(words, detail, level)
        self.strip.show()

    def begin_work(self, what: str) -> None:
        """Say what runs; nothing else can be pressed meanwhile."""
        self._running, self._rows = what, 0
        # What is pressed goes dead, and the cursor with it.
        self._left = self.focusWidget()
        self.strip.hide()
        self.loading.start(what)
        self._set_working(True)

    def advance_work(self, done: int, rows: int, words: str = "") -> None:
        """Say how far it has come; 0 rows stands for a number that nobody knows yet.

        What is not done with rows is the backup that goes before, which counts bytes and files.
        """
        before = words not in _WITH_ROWS
        if rows != self._rows:
            self._rows = rows
            self.loading.start("导入前先备份" if before else self._running, rows, "" if before else "行")
        self.loading.advance(done, words if before else "" if rows else f"已到第 {done:,} 行，可继续看别的台账")

    def end_work(self) -> None:
        """Let everything be pressed again."""
        self.loading.finish()
        self._set_working(False)
        left, self._left = self._left, None
        if left is not None and isValid(left) and left.isEnabled() and left.isVisible():
            left.setFocus()

    def _set_working(self, working: bool) -> None:
        for widget in (self._stack, self.bar, self._segments_bar):
            widget.setEnabled(not working)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if files_there(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take dropped files."""
        if paths := files_there(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the side column under the main one where both have no room."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Show the panes of the step at their sizes."""
        if self.has_middle:
            self.middle.show_step(self.step)
            bars = (self.head, self._steps, self.strip, self._segments_bar, self.loading, self.bar)
            room = self.height() - sum(each.sizeHint().height() for each in bars if not each.isHidden())
            self.middle.arrange(self.step, self.height(), room, narrow=self.width() < theme.current().px(_NARROW))

    def _lay_out(self) -> None:
        self.setProperty("ground", "surface")
        # Inside the window the page is no window of its own, and only a styled one paints its ground.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._stack.currentChanged.connect(self._share_room)
        self._stack.addWidget(self.files)
        self._segments_bar.setProperty("frame", "toolbar")
        row = QHBoxLayout(self._segments_bar)
        row.setContentsMargins(16, 5, 16, 5)
        row.addWidget(self.segments, 1)
        self._steps.setProperty("frame", "strip-plain")
        inside = QVBoxLayout(self._steps)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.stepper)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._scrolled = scrolled(column)
        self._held = HeldInView(self._scrolled)
        for bar in (self.head, self._steps, self.strip, self._segments_bar):
            column.addWidget(bar)
        column.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scrolled, 1)
        whole.addWidget(self.loading)
        whole.addWidget(self.bar)
        self.strip.hide()
        self._segments_bar.hide()
        theme.current().follow(self, self.arrange)

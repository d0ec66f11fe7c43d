"""Showing a record anew when something wrote to it, without taking anything out of the officer's hands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from paizhu.base.rows import Change
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.register.detail_pane import DetailPane

_LOOK_EVERY_MS = 1000
_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)


class KeepingFresh(QObject):
    """What the officer did himself is shown at once; what the program wrote behind his back waits until he pauses."""

    def __init__(
        self,
        pane: DetailPane,
        show: Callable[[int], object],
        merge: Callable[[str], object],
        closed: Callable[[], bool],
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._show = show
        self._merge = merge
        self._closed = closed
        self._timer = DeskTimer(self, _LOOK_EVERY_MS)
        self._timer.timeout.connect(self._show_when_unused)

    def take(self, change: Change) -> None:
        """Show the record anew, now or when it is no longer typed into; what is typed stays in the form."""
        work = self._pane.work
        if work.row is None:
            return
        written = (work.register.key, work.row.id) in change.records
        if change.behind or not written:
            if written or (change.records and self._tells_of_others()):
                self._timer.start()
                self._show_when_unused()
        elif self._pane.form.is_changed():
            self._merge("这条记录刚才改动过")
        else:
            self._show_anew(work.row.id)

    def _tells_of_others(self) -> bool:
        """Tell whether other records count too: an overview gathers them, or the steps wait for them."""
        flow = self._pane.work.register.flow
        return self._pane.has_overview or (flow is not None and bool(flow.beside))

    def settle(self) -> None:
        """Take note that the record was read again: nothing waits to be shown."""
        self._timer.stop()

    def _show_when_unused(self) -> None:
        row = self._pane.work.row
        if row is None or self._closed():
            self._timer.stop()
        elif not self._pane.form.is_open and not in_use(self._pane):
            self._show_anew(row.id)

    def _show_anew(self, record_id: int) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self._pane.isAncestorOf(focus)
        self._show(record_id)
        focus = QApplication.focusWidget()
        if inside and (focus is None or not self._pane.isAncestorOf(focus)):
            # What held the cursor was replaced: the next key still belongs to this pane.
            self._pane.header.tabs.setFocus(Qt.FocusReason.OtherFocusReason)


def in_use(pane: QWidget) -> bool:
    """Tell whether something is typed into in a pane, asked in it, or chosen from a menu over it."""
    if QApplication.activePopupWidget() is not None:
        return True
    focus = QApplication.focusWidget()
    if focus is not None and pane.isAncestorOf(focus) and isinstance(focus, _TYPED_INTO) and not _only_read(focus):
        return True
    # A reason may stand half written while the officer looks something up elsewhere.
    return any(ask.isVisible() for ask in pane.findChildren(AskStrip))


def _only_read(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox) and widget.isReadOnly()

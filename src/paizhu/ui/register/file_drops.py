"""Files dropped anywhere on a record hang at it; while they are dragged over it, the pane says what will happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen, QTextOption
from PySide6.QtWidgets import QWidget

from paizhu.ui import theme
from paizhu.ui.dropped import files_of, workbooks
from paizhu.ui.kit.strip import Level
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.detail_stack import FILES

_WORDS = "松开鼠标，作为附件添加到这条记录"
_EDGE, _BAND = 3, 40


class _Veil(QWidget):
    """The edge and the words over a pane that files are dragged over; nothing below is moved by it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_WORDS)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw an edge of dashes and the words at its foot."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("slate"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE), 6, 6)
        band = QRectF(self.rect().adjusted(2 * _EDGE, 0, -2 * _EDGE, -2 * _EDGE))
        band.setTop(band.bottom() - look.px(_BAND))
        painter.fillRect(band, look.colour("slate"))
        painter.setPen(look.colour("on_slate"))
        painter.drawText(band, _WORDS, QTextOption(Qt.AlignmentFlag.AlignCenter))


class FileDrops(QObject):
    """Hears what is dragged over one pane.

    Over the list of files everything is an attachment. Elsewhere a drop of workbooks alone is left to the window,
    which imports them.
    """

    def __init__(self, pane: DetailPane, add: Callable[[Sequence[Path], str], object]) -> None:
        super().__init__(pane)
        self._pane, self._add = pane, add
        self.veil = _Veil(pane)
        pane.setAcceptDrops(True)
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drags that concern the record, and leave others alone."""
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent):
                return self._enter(event)
            case QEvent.Type.DragLeave:
                self.veil.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                return self._drop(event)
            case _:
                pass
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> bool:
        paths = files_of(event.mimeData())
        in_files = self._pane.stack.currentIndex() == FILES
        if not paths or not self._pane.has_record or (not in_files and len(workbooks(paths)) == len(paths)):
            event.ignore()
            return True
        event.acceptProposedAction()
        self.veil.setGeometry(self._pane.rect())
        self.veil.raise_()
        self.veil.show()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self.veil.hide()
        paths, row = files_of(event.mimeData()), self._pane.work.row
        event.acceptProposedAction()
        if row is None or row.voided:
            why = "这条记录还没有保存" if row is None else "这条记录在回收区，只读"
            todo = "先保存，再把文件拖进来。" if row is None else "先恢复这条记录，再把文件拖进来。"
            self._pane.strip.show_words(f"没有添加附件：{why}", todo, Level.AMBER)
            self._pane.strip.show()
            return True
        in_files = self._pane.stack.currentIndex() == FILES
        self._add(paths, self._pane.files.slot_now() if in_files else "")
        return True

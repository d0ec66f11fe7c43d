"""A paper on the screen: its pages one below the other, as wide as the pane, scrolled by wheel and keys."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from paizhu.documents.pdf.pages import Pages, Picture
from paizhu.ui import theme

_GAP = 12
_LEAST, _MOST = 0.5, 4.0
_STEP = 1.25
_KEPT = 6


def image_of(picture: Picture) -> QImage:
    """Return a page as an image of its own."""
    image = QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    return image.copy()


class _Places:
    """Where the pages stand at one width: reckoned once, since a list of thousands of records has thousands of them."""

    def __init__(self, sizes: list[tuple[float, float]], width: int, zoom: float) -> None:
        self._width = width
        scale = max(width - 2 * _GAP, 200) / max(wide for wide, _high in sizes) * zoom
        drawn = {size: (round(size[0] * scale), round(size[1] * scale)) for size in set(sizes)}
        self._sizes = [drawn[size] for size in sizes]
        self._tops, top = list[int](), _GAP
        for _wide, high in self._sizes:
            self._tops.append(top)
            top += high + _GAP
        self._bottoms = [top + high - 1 for top, (_wide, high) in zip(self._tops, self._sizes, strict=True)]
        self.bottom, self.right = self._bottoms[-1], max(self._left(wide) + wide - 1 for wide, _high in self._sizes)

    def __len__(self) -> int:
        return len(self._tops)

    def __getitem__(self, page: int) -> QRect:
        width, height = self._sizes[page]
        return QRect(self._left(width), self._tops[page], width, height)

    def at(self, height: int) -> int:
        """Return the first page that reaches so far down; the number of pages where none does."""
        return bisect_left(self._bottoms, height)

    def _left(self, width: int) -> int:
        return max((self._width - width) // 2, _GAP)


class PdfView(QAbstractScrollArea):
    """Shows the pages of a PDF on white, in dark mode too; `page_shown` tells which one stands at the top."""

    page_shown = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._open: list[Pages] = []
        self.destroyed.connect(lambda _=None, held=self._open: [pages.close() for pages in held])
        self._zoom = 1.0
        self._sizes: list[tuple[float, float]] = []
        self._laid: tuple[tuple[int, float], _Places] | None = None
        self._drawn: dict[tuple[int, int], QImage] = {}
        self.verticalScrollBar().valueChanged.connect(self._moved)
        theme.current().follow(self, self._repaint)
        self.show_pages(None)

    def show_pages(self, pages: Pages | None) -> None:
        """Show these pages from the first; None leaves nothing readable on the screen."""
        for old in self._open:
            old.close()
        # The one list is also what the end of the widget closes.
        self._open[:] = [pages] if pages else []
        self._sizes = [pages.size(page) for page in range(len(pages))] if pages else []
        self._laid = None
        self._drawn.clear()
        self._zoom = 1.0
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._moved()

    @property
    def _pages(self) -> Pages | None:
        return self._open[0] if self._open else None

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages) if self._pages else 0

    @property
    def current(self) -> int:
        """The page at the top of the pane, counted from 0."""
        places = self._places()
        return min(places.at(self.verticalScrollBar().value() + _GAP), len(places) - 1) if places else 0

    def go_to_page(self, page: int) -> None:
        """Bring a page to the top."""
        places = self._places()
        if places:
            page = min(max(page, 0), len(places) - 1)
            self.verticalScrollBar().setValue(places[page].top() - _GAP)

    def zoom(self, factor: float) -> None:
        """Draw larger or smaller, staying at the same page."""
        page = self.current
        self._zoom = min(max(self._zoom * factor, _LEAST), _MOST)
        self._arrange()
        self.go_to_page(page)

    # --- Qt ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, go to either end, and let everything else pass."""
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self.go_to_page(self.current + 1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_Backspace:
                self.go_to_page(self.current - 1)
            case Qt.Key.Key_Home:
                self.go_to_page(0)
            case Qt.Key.Key_End:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel with Ctrl change the size of the pages."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pages as wide as the pane."""
        page = self.current
        super().resizeEvent(event)
        self._arrange()
        self.go_to_page(page)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew for a screen with other pixels."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._drawn.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages that stand in the pane."""
        painter = QPainter(self.viewport())
        look = theme.current()
        painter.fillRect(event.rect(), look.colour("win"))
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        places = self._places()
        for page in range(places.at(event.rect().top() + offset.y()) if places else 0, self.count):
            assert places is not None
            shown = places[page].translated(-offset)
            if shown.top() > event.rect().bottom():
                break
            if shown.intersects(event.rect()):
                painter.fillRect(shown, Qt.GlobalColor.white)
                painter.drawImage(shown, self._image(page, shown.size()))
                painter.setPen(look.colour("line"))
                painter.drawRect(shown.adjusted(0, 0, -1, -1))
        painter.end()

    # --- the machine -------------------------------------------------------------------------------------------

    def _image(self, page: int, size: QSize) -> QImage:
        assert self._pages is not None
        ratio = self.viewport().devicePixelRatioF()
        width = round(size.width() * ratio)
        if (page, width) not in self._drawn:
            # Pages out of sight are forgotten: a long list would fill the memory with pictures.
            while len(self._drawn) >= _KEPT:
                self._drawn.pop(next(iter(self._drawn)))
            self._drawn[page, width] = image_of(self._pages.picture(page, width / self._pages.size(page)[0]))
        return self._drawn[page, width]

    def _places(self) -> _Places | None:
        if not self._sizes:
            return None
        asked = (self.viewport().width(), self._zoom)
        if self._laid is None or self._laid[0] != asked:
            self._laid = (asked, _Places(self._sizes, *asked))
        return self._laid[1]

    def _arrange(self) -> None:
        places = self._places()
        bottom = places.bottom + _GAP if places else 0
        right = (places.right if places else 0) + _GAP
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(bottom - view.height(), 0))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(theme.current().heights.row)
        self.horizontalScrollBar().setRange(0, max(right - view.width(), 0))
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()

    def _repaint(self) -> None:
        # A bound method is let go with its widget; a lambda would outlive it.
        self.viewport().update()

    def _moved(self, _value: int = 0) -> None:
        self.viewport().update()
        at, count = self.current + 1 if self.count else 0, self.count
        self.setAccessibleName(f"文书预览，第 {at} 页，共 {count} 页" if count else "文书预览，还没有生成")
        if self._pages and count:
            self.setAccessibleDescription(self._pages.text(at - 1)[:2000])
        else:
            self.setAccessibleDescription("")
        self.page_shown.emit(at, count)

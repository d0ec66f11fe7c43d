"""The pages of a finished PDF as pictures, for the screen and for a printer: what is seen is the paper itself."""

from dataclasses import dataclass
from threading import Lock
from typing import Any

from paizhu.base.errors import PaizhuError

POINTS_PER_INCH = 72.0
# The renderer keeps state of its own that two threads must not touch at once.
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in pixels: four bytes each (blue, green, red, unused), rows of ``stride`` bytes."""

    width: int
    height: int
    stride: int
    data: bytes


class UnreadablePdfError(PaizhuError):
    """A PDF that is damaged, or locked with a password."""


def load() -> None:
    """Import what reads a PDF: on a thread while nothing happens, so that the first paper does not wait for it."""
    import pypdfium2  # noqa: F401


class Pages:
    """The pages of one PDF in memory; nothing of it is written to the disk. Refused when they cannot be read."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        with _LOCK:
            try:
                self._document: Any = pypdfium2.PdfDocument(content)
            except pypdfium2.PdfiumError as error:
                raise UnreadablePdfError("这份 PDF 已损坏，或设有密码", "文件没有改动") from error
            self._sizes = [self._document.get_page_size(at) for at in range(len(self._document))]

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of a page in points; pages count from 0."""
        width, height = self._sizes[page]
        return float(width), float(height)

    def picture(self, page: int, scale: float) -> Picture:
        """Return a page drawn at so many pixels a point."""
        with _LOCK:
            opened = self._document[page]
            try:
                bitmap = opened.render(scale=scale, fill_color=(255, 255, 255, 255), prefer_bgrx=True)
                return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                opened.close()

    def text(self, page: int) -> str:
        """Return the words of a page, for who hears the screen read."""
        with _LOCK:
            opened = self._document[page]
            try:
                return str(opened.get_textpage().get_text_bounded())
            finally:
                opened.close()

    def close(self) -> None:
        """Let go of the file; nothing can be drawn afterwards."""
        with _LOCK:
            self._document.close()

"""Sending a paper to a printer page by page: exactly the pages that were looked at."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from paizhu.base.errors import CancelledError, PaizhuError
from paizhu.documents.pdf.pages import POINTS_PER_INCH, Pages
from paizhu.ui.first_light import PROGRAM
from paizhu.ui.kit.pdf_view import image_of
from paizhu.ui.tasks import Progress

# Finer than this no office printer shows, and a page would weigh a hundred megabytes.
_FINEST_DPI = 300
JOB = f"{PROGRAM} 内部文书"
"""What a job is called in the queue, where the whole office reads it: neither a person nor a matter is named."""


class NotPrintedError(PaizhuError):
    """The printer took nothing."""


def printer_for(pages: Pages) -> QPrinter:
    """Return a printer set up for these papers: A4 to the edge, upright or across as they are."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(JOB)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    width, height = pages.size(0)
    across = width > height
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
    printer.setFromTo(1, len(pages))
    return printer


def send(pages: Pages, printer: QPrinter, progress: Progress) -> int:
    """Print the pages chosen in the dialog and return how many; cancelled, the rest is taken back."""
    first = max(printer.fromPage(), 1)
    last = min(printer.toPage() or len(pages), len(pages))
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrintedError("打印机没有接收", "文书还在，没有打印", "检查打印机是否开机、连好，再打印一次")
    try:
        for page in range(first, last + 1):
            progress.report(page - first, last - first + 1, "正在打印")
            if page > first:
                printer.newPage()
            _draw(painter, printer, pages, page - 1)
    except CancelledError:
        printer.abort()
        raise
    finally:
        painter.end()
    progress.report(last - first + 1, last - first + 1, "正在打印")
    return last - first + 1


def sent(printer: QPrinter, pages: int, label: str) -> str:
    """Say where the pages went: without a printer, the system's dialog puts them into a file."""
    if file := printer.outputFileName():
        return f"没有送到打印机，{pages} 页已存成文件 {file}：{label}"
    return f"已送去打印 {pages} 页：{label}"


def _draw(painter: QPainter, printer: QPrinter, pages: Pages, page: int) -> None:
    dpi = min(printer.resolution(), _FINEST_DPI)
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), image_of(pages.picture(page, dpi / POINTS_PER_INCH)))

"""Writing a paper as PDF: set, drawn, put in its place when it is whole; or refused in words, all as before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from paizhu.documents.in_place import saved
from paizhu.documents.pdf.blocks import Paper
from paizhu.documents.pdf.fonts import LOCK, FontBook, of_machine, told
from paizhu.documents.pdf.frame import Frame
from paizhu.documents.pdf.layout import lay_out
from paizhu.documents.pdf.page import Page


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the file, its pages, what the officer has to look at, and which faces stand for others."""

    path: Path
    pages: int
    warnings: tuple[str, ...]
    substitutes: tuple[str, ...]


def write(
    path: Path,
    paper: Paper,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    book: FontBook | None = None,
) -> Written:
    """Write a paper; `progress` hears the pages drawn. Cancelled or refused, the place is as it was before."""
    made, pages, warnings, faces = make(paper, progress, cancelled, book)
    put(path, made)
    return Written(path, pages, warnings, faces)


def make(
    paper: Paper,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    book: FontBook | None = None,
) -> tuple[bytes, int, tuple[str, ...], tuple[str, ...]]:
    """Return a paper in memory for looking at: the PDF, its pages, warnings, faces that stand for others."""
    with LOCK:
        faces = book or of_machine()
        missing: set[str] = set()
        frame = Frame(paper, faces, missing)
        pages = _set(paper, faces, missing, frame.first_top, cancelled)
        content = frame.draw(pages, progress, cancelled)
    warnings = [*paper.warnings, *told(missing)]
    if paper.pages and len(pages) > paper.pages:
        warnings.append(f"内容太多，{paper.pages} 页放不下，打成了 {len(pages)} 页")
    return content, len(pages), tuple(warnings), faces.substitutes()


def _set(
    paper: Paper, book: FontBook, missing: set[str], first_top: float, cancelled: Callable[[], bool] | None
) -> list[Page]:
    pages = lay_out(paper, paper.blocks, book, missing, first_top, cancelled)
    for smaller in paper.smaller:
        if len(pages) <= max(paper.pages, 1):
            break
        tried = lay_out(paper, smaller, book, missing, first_top, cancelled)
        if paper.pages or len(tried) < len(pages):
            pages = tried
    return pages


def put(path: Path, content: bytes) -> None:
    """Write a paper made before; it stands whole in its place, or the place is as it was and says why."""
    with saved(path) as target:
        target.write_bytes(content)

"""Attachments made ready for a page: pictures upright, each frame of a scan, each page of a PDF, as print needs it."""

import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from paizhu.documents.pdf.pages import Pages, UnreadablePdfError

KINDS = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".pdf")
_MOST_PIXELS = 1700
_MOST_FRAMES = 200
_QUALITY = 80
_PDF = b"%PDF"


def is_picture(name: str) -> bool:
    """Tell from its name whether a file is a picture, or a PDF, that can be set on a page."""
    return PurePath(name).suffix.lower() in KINDS


def is_whole(content: bytes) -> bool:
    """Tell whether anything of a file can be set on a page; one that is damaged or locked cannot."""
    return next(frames(content), None) is not None


def frames(content: bytes) -> Iterator[bytes]:
    """Yield each frame of a picture, or page of a PDF, as JPEG; nothing for what is neither."""
    yield from _pages(content) if content.startswith(_PDF) else _pictures(content)


def _pages(content: bytes) -> Iterator[bytes]:
    from PIL import Image

    try:
        pages = Pages(content)
    except UnreadablePdfError:
        return
    try:
        for number in range(min(len(pages), _MOST_FRAMES)):
            drawn = pages.picture(number, _MOST_PIXELS / max(pages.size(number)))
            size = (drawn.width, drawn.height)
            yield _jpeg(Image.frombuffer("RGB", size, drawn.data, "raw", "BGRX", drawn.stride, 1))
    finally:
        pages.close()


def _pictures(content: bytes) -> Iterator[bytes]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            for number in range(min(getattr(picture, "n_frames", 1), _MOST_FRAMES)):
                picture.seek(number)
                yield _jpeg(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height of a picture in pixels."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return picture.size


def _jpeg(picture: Any) -> bytes:
    from PIL import Image

    flat = Image.new("RGB", picture.size, "white")
    plain = picture.convert("RGBA")
    flat.paste(plain, mask=plain.getchannel("A"))
    flat.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()

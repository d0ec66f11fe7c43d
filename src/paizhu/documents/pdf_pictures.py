"""Pictures among the attachments, made ready for a page: upright, no larger than print needs, each frame of a scan."""

import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

KINDS = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp")
_MOST_PIXELS = 1700
_MOST_FRAMES = 200
_QUALITY = 80


def is_picture(name: str) -> bool:
    """Tell from its name whether a file is a picture that can be set on a page."""
    return PurePath(name).suffix.lower() in KINDS


def frames(content: bytes) -> Iterator[bytes]:
    """Yield each frame of a picture as JPEG, turned as the camera held it; nothing for what is no picture."""
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

"""Font files of this machine that reportlab can embed: TrueType outlines, allowed to be embedded, known by name.

Only the headers are read, a few kilobytes a file; files that cannot be understood are passed over in silence,
since there is always a font of our own.
"""

import os
import struct
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from paizhu.base import paths

_TRUE_TYPE = (0x00010000, 0x74727565)
_COLLECTION = b"ttcf"
_MOST_TABLES = 64
_MOST_FONTS = 64
_LONGEST_TABLE = 1 << 20
_FAMILY, _FULL, _POSTSCRIPT, _TYPOGRAPHIC = 1, 4, 6, 16
_NO_EMBEDDING = 2
_ENDINGS = (".ttf", ".ttc")


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font in a file: a collection holds several, told apart by their number."""

    path: Path
    number: int = 0


def folders() -> tuple[Path, ...]:
    """Return where this machine keeps fonts, the user's own last."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return (windows, local / "Microsoft" / "Windows" / "Fonts")
    data = paths.of_desktop("XDG_DATA_HOME", home / ".local" / "share")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", data / "fonts")


@lru_cache(maxsize=8)
def by_name(places: Sequence[Path]) -> dict[str, FontFile]:
    """Return every usable font under these folders by each of its names, in lower case without spaces."""
    found: dict[str, FontFile] = {}
    for path in _files(places):
        for number, names in _read(path):
            for name in names:
                found.setdefault(folded(name), FontFile(path, number))
    return found


def folded(name: str) -> str:
    """Return the form in which two writings of a font's name are equal."""
    return "".join(name.split()).replace("-", "").replace("_", "").lower()


def _files(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        try:
            yield from sorted(path for path in place.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file())
        except OSError:
            continue


def _read(path: Path) -> list[tuple[int, set[str]]]:
    try:
        with path.open("rb") as file:
            starts = _starts(file.read(12 + 4 * _MOST_FONTS))
            read = []
            for number, start in enumerate(starts):
                file.seek(start)
                names = _names(file.read(12 + 16 * _MOST_TABLES), file)
                if names:
                    read.append((number, names))
            return read
    except (OSError, struct.error, ValueError):
        return []


def _starts(head: bytes) -> tuple[int, ...]:
    if head[:4] != _COLLECTION:
        return (0,)
    count = min(struct.unpack_from(">I", head, 8)[0], _MOST_FONTS)
    return struct.unpack_from(f">{count}I", head, 12)


def _names(head: bytes, file: BinaryIO) -> set[str]:
    version, count = struct.unpack_from(">IH", head)
    if version not in _TRUE_TYPE or count > _MOST_TABLES:
        return set()
    tables = {}
    for place in range(count):
        tag, _sum, offset, length = struct.unpack_from(">4sIII", head, 12 + 16 * place)
        tables[tag] = (offset, length)
    if not {b"glyf", b"loca", b"cmap", b"name"} <= tables.keys():
        return set()
    if b"OS/2" in tables and not _may_embed(_table(file, tables[b"OS/2"])):
        return set()
    return _named(_table(file, tables[b"name"]))


def _table(file: BinaryIO, place: tuple[int, int]) -> bytes:
    offset, length = place
    file.seek(offset)
    return bytes(file.read(min(length, _LONGEST_TABLE)))


def _may_embed(metrics: bytes) -> bool:
    # The low four bits of fsType; 2 alone is a licence that forbids embedding.
    return len(metrics) < 10 or struct.unpack_from(">H", metrics, 8)[0] & 0xF != _NO_EMBEDDING


def _named(table: bytes) -> set[str]:
    _format, count, words_at = struct.unpack_from(">HHH", table)
    names = set()
    for place in range(count):
        platform, _encoding, _language, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * place)
        if kind not in (_FAMILY, _FULL, _POSTSCRIPT, _TYPOGRAPHIC):
            continue
        raw = table[words_at + offset : words_at + offset + length]
        names.add(raw.decode("utf-16-be" if platform in (0, 3) else "latin-1", "ignore").strip("\0 "))
    return {name for name in names if name}
